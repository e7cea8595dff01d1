"""Reading a campaign's picture from the database: one query a table, joined in memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from sqlite_utils import Database

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import (
    Answer,
    Assessment,
    Ballot,
    Campaign,
    Collective,
    Decision,
    Evaluation,
    Meeting,
    Person,
    Position,
    ResidenceComment,
    Shortcoming,
    Tally,
    Unit,
    Waiver,
)
from archive.office.sheets import office_sheets
from archive.records.database import rows
from generator.forms.assessed import Sheets
from generator.rules.rulebook import Rulebook, load_rulebook

Record = Mapping[str, Any]
T = TypeVar("T")
_NEWEST_MEMBERSHIP = """
SELECT person_id, unit_id, kind, valid_from, note FROM membership
WHERE valid_from IS NULL OR valid_from <= :day ORDER BY person_id, coalesce(valid_from, ''), rowid
"""
_PRESENT_POSITIONS = """
SELECT * FROM position WHERE (valid_to IS NULL OR valid_to >= :day) AND (valid_from IS NULL OR valid_from <= :day)
ORDER BY person_id, coalesce(rank, 999), rowid
"""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _grouped(records: Iterable[Record], key: str, make: Callable[[Record], T]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for record in records:
        grouped[record[key]].append(make(record))
    return grouped


def _units(database: Database, book: Rulebook) -> dict[str, Unit]:
    party = book.subject_types("party_organisation")
    return {
        record["unit_id"]: Unit(
            record["unit_id"],
            record["reference"],
            record["name"],
            record["short_name"],
            record["type"],
            record["parent_id"],
            record["superior_name"],
            record["symbol"],
            _flag(record["has_committee"]),
            _day(record["established_on"]),
            book.is_cell(record["type"]),
            record["type"] in party,
        )
        for record in rows(
            database,
            "SELECT p.*, u.reference FROM unit_period p JOIN unit u ON u.id = p.unit_id WHERE p.valid_to IS NULL",
        )
    }


def _people(database: Database, day: date) -> dict[str, Person]:
    moment = {"day": day.isoformat()}
    membership = {record["person_id"]: record for record in rows(database, _NEWEST_MEMBERSHIP, moment)}
    positions = _grouped(
        rows(database, _PRESENT_POSITIONS, moment),
        "person_id",
        lambda record: Position(
            record["position_field"],
            record["title"],
            record["unit_id"],
            bool(record["is_head"]),
            bool(record["is_main"]),
            record["rank"],
        ),
    )
    codes: dict[tuple[str, str], str] = {
        (record["person_id"], record["kind"]): record["value"]
        for record in rows(database, "SELECT * FROM person_identifier WHERE valid_to IS NULL")
    }
    people: dict[str, Person] = {}
    for record in rows(database, "SELECT * FROM person WHERE merged_into IS NULL"):
        place = membership.get(record["id"])
        if place is None:
            continue
        people[record["id"]] = Person(
            record["id"],
            record["reference"],
            record["full_name"],
            _day(record["birth_date"]),
            record["sex"],
            codes.get((record["id"], "card_number")),
            codes.get((record["id"], "file_number")),
            _day(record["admitted_on"]),
            _day(record["official_on"]),
            record["workplace"],
            record["residence"],
            bool(record["is_public_employee"]),
            bool(record["cell_is_residential"]),
            place["unit_id"],
            place["kind"],
            _day(place["valid_from"]),
            place["note"],
            tuple(positions.get(record["id"], ())),
        )
    return people


def _collectives(database: Database, book: Rulebook) -> dict[str, Collective]:
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for record in rows(database, "SELECT * FROM collective_member WHERE valid_to IS NULL ORDER BY rowid"):
        members[record["collective_id"]][record["person_id"]] = record["role"]
    return {
        record["id"]: Collective(
            record["id"],
            record["reference"],
            record["name"],
            record["type"],
            record["level"],
            record["unit_id"],
            record["party_organisation_id"],
            members[record["id"]],
            book.is_committee(record["type"]),
        )
        for record in rows(database, "SELECT * FROM collective")
    }


def _shortcomings(database: Database, before: str) -> dict[str, list[Shortcoming]]:
    found: dict[str, list[Shortcoming]] = defaultdict(list)
    for record in rows(
        database, "SELECT * FROM shortcoming WHERE found_period < ? ORDER BY found_period, rowid", [before]
    ):
        subject = record["person_id"] or record["organisation_id"] or record["collective_id"]
        found[subject].append(
            Shortcoming(
                record["found_period"],
                record["found_by"],
                record["text"],
                record["status"],
                record["remedy"],
                record["responsibility"],
            )
        )
    return found


def _assessment(record: Record) -> Assessment:
    return Assessment(
        record["assessor"],
        record["assessor_name"],
        json.loads(record["ratings"]),
        record["level"],
        record["comment"],
        _day(record["assessed_on"]),
    )


def _waivers(database: Database, campaign: Campaign) -> dict[str, list[Waiver]]:
    columns = [column.name for column in fields(Waiver)]
    found = rows(
        database,
        "SELECT w.* FROM waiver w JOIN evaluation e ON e.id = w.evaluation_id WHERE e.campaign_id = ?"
        " ORDER BY w.given_at, w.rowid",
        [campaign.id],
    )
    return _grouped(found, "evaluation_id", lambda record: Waiver(**{column: record[column] for column in columns}))


def _answers(database: Database, campaign: Campaign) -> dict[str, list[Answer]]:
    columns = [column.name for column in fields(Answer)]
    found = rows(
        database,
        "SELECT a.* FROM answer a JOIN evaluation e ON e.id = a.evaluation_id"
        " WHERE e.campaign_id = ? AND a.superseded_at IS NULL ORDER BY a.rule_id",
        [campaign.id],
    )
    return _grouped(found, "evaluation_id", lambda record: Answer(**{column: record[column] for column in columns}))


def _of_units(database: Database, campaign: Campaign, table: str, standing: str, made: type[T]) -> dict[str, list[T]]:
    """The rulings on units of a campaign, of one table; `standing` is the condition on those read."""
    columns = [column.name for column in fields(made)]  # type: ignore[arg-type]
    found = rows(database, f"SELECT * FROM {table} WHERE campaign_id = ? AND {standing} ORDER BY rowid", [campaign.id])  # noqa: S608
    return _grouped(found, "unit_id", lambda record: made(**{column: record[column] for column in columns}))


def _decisions(database: Database, campaign: Campaign) -> tuple[dict[str, Decision], dict[str, Decision]]:
    """The decisions in force, and the first one of each evaluation that had one annulled."""
    in_force: dict[str, Decision] = {}
    former: dict[str, Decision] = {}
    for record in rows(
        database,
        "SELECT d.* FROM decision d JOIN evaluation e ON e.id = d.evaluation_id WHERE e.campaign_id = ?"
        " ORDER BY d.annulled_on IS NULL, d.annulled_on, d.rowid",
        [campaign.id],
    ):
        made = Decision(record["level"], record["body"], record["number"], _day(record["decided_on"]))
        if record["annulled_on"]:
            former.setdefault(record["evaluation_id"], made)
        else:
            in_force[record["evaluation_id"]] = made
    return in_force, former


def _evaluations(database: Database, campaign: Campaign) -> dict[str, Evaluation]:
    of_campaign = "SELECT id FROM evaluation WHERE campaign_id = ?"
    assessments = _grouped(
        rows(
            database,
            f"SELECT * FROM assessment WHERE evaluation_id IN ({of_campaign}) ORDER BY rowid",  # noqa: S608
            [campaign.id],
        ),
        "evaluation_id",
        _assessment,
    )
    decisions, former = _decisions(database, campaign)
    shortcomings = _shortcomings(database, campaign.period)
    waivers, answers = _waivers(database, campaign), _answers(database, campaign)
    found: dict[str, Evaluation] = {}
    for record in rows(database, "SELECT * FROM evaluation WHERE campaign_id = ? ORDER BY rowid", [campaign.id]):
        subject = record["person_id"] or record["organisation_id"] or record["collective_id"]
        found[record["id"]] = Evaluation(
            record["id"],
            record["capacity"],
            record["person_id"],
            record["organisation_id"],
            record["collective_id"],
            record["unit_id"],
            json.loads(record["facts"]),
            json.loads(record["sections"]),
            record["proposed_level"],
            record["proposal_comment"],
            record["proposal_reason"],
            tuple(assessments.get(record["id"], ())),
            decisions.get(record["id"]),
            tuple(shortcomings.get(subject, ())),
            tuple(waivers.get(record["id"], ())),
            tuple(answers.get(record["id"], ())),
            former.get(record["id"]),
        )
    return found


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
            _day(record["held_on"]),
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
            record["committee"], _flag(record["satisfied"]), record["comment"], _day(record["commented_on"])
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


def load_picture(database: Database, campaign: Campaign) -> Picture:
    """Everything known of a campaign at this moment.

    Names and parents are those of the units' present periods; memberships and posts those of the evaluation day.
    """
    book = load_rulebook(campaign.rulebook)
    previous = str(campaign.year - 1)
    past = {
        f"{record['capacity']}:{record['person_id'] or record['organisation_id'] or record['collective_id']}": record[
            "level"
        ]
        for record in rows(database, "SELECT * FROM result_view WHERE period = ?", [previous])
    }
    units = _units(database, book)
    return Picture(
        campaign=campaign,
        units=units,
        people=_people(database, campaign.evaluated_on),
        collectives=_collectives(database, book),
        evaluations=_evaluations(database, campaign),
        ballots=_ballots(database, campaign),
        meetings=tuple(
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
        ),
        peers={
            record["unit_id"]: record["level"]
            for record in rows(database, "SELECT * FROM peer_result WHERE campaign_id = ?", [campaign.id])
        },
        residence=_residence(database, campaign),
        past_levels=past,
        local_criteria=_local_criteria(database, campaign),
        papers=load_papers(database, campaign),
        complaints={
            record["evaluation_id"]: bool(record["settled"])
            for record in rows(
                database,
                "SELECT c.evaluation_id, min(EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id"
                " AND s.kind = 'concluded')) AS settled FROM complaint c JOIN evaluation e ON e.id = c.evaluation_id"
                " WHERE e.campaign_id = ? GROUP BY c.evaluation_id",
                [campaign.id],
            )
        },
        numbers={
            record["key"]: (record["number"], record["dated_on"])
            for record in rows(database, "SELECT * FROM paper_number WHERE campaign_id = ?", [campaign.id])
        },
        sheets=_sheets(database, book, units),
        reviewed_again=frozenset(
            record["evaluation_id"]
            for record in rows(
                database,
                "SELECT s.evaluation_id FROM step s JOIN evaluation e ON e.id = s.evaluation_id"
                " WHERE e.campaign_id = ? AND s.step = 're_review'",
                [campaign.id],
            )
        ),
        unit_answers=_of_units(database, campaign, "unit_answer", "superseded_at IS NULL", Answer),
        unit_waivers=_of_units(database, campaign, "unit_waiver", "true", Waiver),
        annulled=frozenset(
            record["evaluation_id"]
            for record in rows(
                database,
                "SELECT d.evaluation_id FROM decision d JOIN evaluation e ON e.id = d.evaluation_id"
                " WHERE e.campaign_id = ? AND d.annulled_on IS NOT NULL",
                [campaign.id],
            )
        ),
    )
