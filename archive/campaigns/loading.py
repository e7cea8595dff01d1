"""Reading a campaign's picture from the database: one query a table, joined in memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlite_utils import Database

from archive.campaigns.loading_evaluations import load_evaluations, rulings_of_units
from archive.campaigns.loading_register import load_collectives, load_people, load_units
from archive.campaigns.picture import Picture
from archive.campaigns.row_values import day_of, flag_of
from archive.campaigns.subjects import (
    Answer,
    Ballot,
    Campaign,
    Meeting,
    ResidenceComment,
    Tally,
    Waiver,
)
from archive.office.sheets import office_sheets
from archive.records.database import rows
from generator.forms.assessed import Sheets
from generator.rules.rulebook import Rulebook, load_rulebook


def _ballots(database: Database, campaign: Campaign) -> tuple[Ballot, ...]:
    tallies: dict[str, dict[str, Tally]] = defaultdict(dict)
    for record in rows(
        database,
        "SELECT t.* FROM tally t JOIN ballot b ON b.id = t.ballot_id WHERE b.campaign_id = ? ORDER BY t.rowid",
        [campaign.id],
    ):
        tallies[record["ballot_id"]][record["evaluation_id"]] = Tally(
            record["evaluation_id"],
            json.loads(record["counts"]),
            record["votes"],
            record["invalid"],
        )
    return tuple(
        Ballot(
            record["id"],
            record["reference"],
            record["unit_id"],
            record["kind"],
            day_of(record["held_on"]),
            record["entitled"],
            record["present"],
            record["issued"],
            record["returned"],
            record["invalid"],
            record["places"],
            record["head_teller"],
            record["tellers"],
            tallies[record["id"]],
        )
        for record in rows(database, "SELECT * FROM ballot WHERE campaign_id = ? ORDER BY reference", [campaign.id])
    )


def _local_criteria(database: Database, campaign: Campaign) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for record in rows(
        database, "SELECT * FROM local_criterion WHERE campaign_id = ? ORDER BY length(code), code", [campaign.id]
    ):
        found[record["kind"]][record["code"]] = record["title"]
    return dict(found)


def _residence(database: Database, campaign: Campaign) -> dict[str, ResidenceComment]:
    return {
        record["person_id"]: ResidenceComment(
            record["committee"], flag_of(record["satisfied"]), record["comment"], day_of(record["commented_on"])
        )
        for record in rows(database, "SELECT * FROM residence_comment WHERE campaign_id = ?", [campaign.id])
    }


def load_papers(database: Database, campaign: Campaign) -> dict[str, frozenset[str]]:
    """The papers of a campaign, as `Picture.has_paper` asks for them: by evaluation, else by unit."""
    found: dict[str, set[str]] = defaultdict(set)
    for record in rows(
        database,
        "SELECT evaluation_id, unit_id, form, item, key, source, state FROM document WHERE campaign_id = ?"
        " AND item <> ''",
        [campaign.id],
    ):
        names = found[record["evaluation_id"] or record["unit_id"]]
        names.add(f"item:{record['item']}")
        if record["source"] == "intake":
            names.add(f"intake:{record['item']}")
        elif record["state"] in ("final", "signed"):
            names.add(record["form"])
            if not record["evaluation_id"]:
                names.add(record["key"])
    return {key: frozenset(names) for key, names in found.items()}


def _sheets(database: Database, book: Rulebook, units: Iterable[str]) -> dict[str, Sheets]:
    corrected = rows(database, "SELECT 1 FROM reading WHERE unit_id NOTNULL AND name LIKE 'sheet%' LIMIT 1")
    own = {unit: office_sheets(database, book, unit) for unit in units} if corrected else {}
    return {"": office_sheets(database, book), **own}


def _meetings(database: Database, campaign: Campaign) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            record["id"],
            record["reference"],
            record["unit_id"],
            record["collective_id"],
            record["kind"],
            date.fromisoformat(record["held_on"]),
            record,
        )
        for record in rows(database, "SELECT * FROM meeting WHERE campaign_id = ? ORDER BY held_on", [campaign.id])
    )


def _peers(database: Database, campaign: Campaign) -> dict[str, str]:
    found = rows(database, "SELECT * FROM peer_result WHERE campaign_id = ?", [campaign.id])
    return {record["unit_id"]: record["level"] for record in found}


def _past_levels(database: Database, campaign: Campaign) -> dict[str, str]:
    """The levels of the year before, by capacity and subject."""
    found = rows(database, "SELECT * FROM result_view WHERE period = ?", [str(campaign.year - 1)])
    return {
        f"{record['capacity']}:{record['person_id'] or record['organisation_id'] or record['collective_id']}": record[
            "level"
        ]
        for record in found
    }


def _complaints(database: Database, campaign: Campaign) -> dict[str, bool]:
    """The evaluations complained about, each with whether every complaint has its conclusion."""
    found = rows(
        database,
        "SELECT c.evaluation_id, min(EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id"
        " AND s.kind = 'concluded')) AS settled FROM complaint c JOIN evaluation e ON e.id = c.evaluation_id"
        " WHERE e.campaign_id = ? GROUP BY c.evaluation_id",
        [campaign.id],
    )
    return {record["evaluation_id"]: bool(record["settled"]) for record in found}


def _numbers(database: Database, campaign: Campaign) -> dict[str, tuple[int, str]]:
    found = rows(database, "SELECT * FROM paper_number WHERE campaign_id = ?", [campaign.id])
    return {record["key"]: (record["number"], record["dated_on"]) for record in found}


def _evaluations_where(database: Database, campaign: Campaign, table: str, condition: str) -> frozenset[str]:
    """The evaluations of a campaign of which a table has a row that fits."""
    found = rows(
        database,
        f"SELECT t.evaluation_id FROM {table} t JOIN evaluation e ON e.id = t.evaluation_id"  # noqa: S608
        f" WHERE e.campaign_id = ? AND {condition}",
        [campaign.id],
    )
    return frozenset(record["evaluation_id"] for record in found)


def load_picture(database: Database, campaign: Campaign) -> Picture:
    """Everything known of a campaign at this moment.

    Names and parents are those of the units' present periods; memberships and posts those of the evaluation day.
    """
    book = load_rulebook(campaign.rulebook)
    units = load_units(database, book)
    return Picture(
        campaign=campaign,
        units=units,
        people=load_people(database, campaign.evaluated_on),
        collectives=load_collectives(database, book),
        evaluations=load_evaluations(database, campaign),
        ballots=_ballots(database, campaign),
        meetings=_meetings(database, campaign),
        peers=_peers(database, campaign),
        residence=_residence(database, campaign),
        past_levels=_past_levels(database, campaign),
        local_criteria=_local_criteria(database, campaign),
        papers=load_papers(database, campaign),
        complaints=_complaints(database, campaign),
        numbers=_numbers(database, campaign),
        sheets=_sheets(database, book, units),
        reviewed_again=_evaluations_where(database, campaign, "step", "t.step = 're_review'"),
        unit_answers=rulings_of_units(database, campaign, "unit_answer", "superseded_at IS NULL", Answer),
        unit_waivers=rulings_of_units(database, campaign, "unit_waiver", "true", Waiver),
        annulled=_evaluations_where(database, campaign, "decision", "t.annulled_on IS NOT NULL"),
    )
