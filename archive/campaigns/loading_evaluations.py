"""The evaluations of a campaign with all that belongs to each: assessments, decisions, shortcomings, rulings."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import fields

from sqlite_utils import Database

from archive.campaigns.row_values import Record, T, day_of, grouped
from archive.campaigns.subjects import Answer, Assessment, Campaign, Decision, Evaluation, Shortcoming, Waiver
from archive.records.database import rows


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
        day_of(record["assessed_on"]),
    )


def _waivers(database: Database, campaign: Campaign) -> dict[str, list[Waiver]]:
    columns = [column.name for column in fields(Waiver)]
    found = rows(
        database,
        "SELECT w.* FROM waiver w JOIN evaluation e ON e.id = w.evaluation_id WHERE e.campaign_id = ?"
        " ORDER BY w.given_at, w.rowid",
        [campaign.id],
    )
    return grouped(found, "evaluation_id", lambda record: Waiver(**{column: record[column] for column in columns}))


def _answers(database: Database, campaign: Campaign) -> dict[str, list[Answer]]:
    columns = [column.name for column in fields(Answer)]
    found = rows(
        database,
        "SELECT a.* FROM answer a JOIN evaluation e ON e.id = a.evaluation_id"
        " WHERE e.campaign_id = ? AND a.superseded_at IS NULL ORDER BY a.rule_id",
        [campaign.id],
    )
    return grouped(found, "evaluation_id", lambda record: Answer(**{column: record[column] for column in columns}))


def rulings_of_units(
    database: Database, campaign: Campaign, table: str, standing: str, made: type[T]
) -> dict[str, list[T]]:
    """The rulings on units of a campaign, of one table; `standing` is the condition on those read."""
    columns = [column.name for column in fields(made)]  # type: ignore[arg-type]
    found = rows(database, f"SELECT * FROM {table} WHERE campaign_id = ? AND {standing} ORDER BY rowid", [campaign.id])  # noqa: S608
    return grouped(found, "unit_id", lambda record: made(**{column: record[column] for column in columns}))


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
        made = Decision(record["level"], record["body"], record["number"], day_of(record["decided_on"]))
        if record["annulled_on"]:
            former.setdefault(record["evaluation_id"], made)
        else:
            in_force[record["evaluation_id"]] = made
    return in_force, former


def load_evaluations(database: Database, campaign: Campaign) -> dict[str, Evaluation]:
    """The evaluations of a campaign by id."""
    of_campaign = "SELECT id FROM evaluation WHERE campaign_id = ?"
    assessments = grouped(
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
