"""Units, people and collectives of a campaign, read from the register as it stood on the evaluation day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlite_utils import Database

from archive.campaigns.row_values import day_of, flag_of, grouped
from archive.campaigns.subjects import Collective, Person, Position, Unit
from archive.records.database import rows
from generator.rules.rulebook import Rulebook

_NEWEST_MEMBERSHIP = """
SELECT person_id, unit_id, kind, valid_from, note FROM membership
WHERE valid_from IS NULL OR valid_from <= :day ORDER BY person_id, coalesce(valid_from, ''), rowid
"""
_PRESENT_POSITIONS = """
SELECT * FROM position WHERE (valid_to IS NULL OR valid_to >= :day) AND (valid_from IS NULL OR valid_from <= :day)
ORDER BY person_id, coalesce(rank, 999), rowid
"""


def load_units(database: Database, book: Rulebook) -> dict[str, Unit]:
    """Every unit as it is now, by id."""
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
            flag_of(record["has_committee"]),
            day_of(record["established_on"]),
            book.is_cell(record["type"]),
            record["type"] in party,
        )
        for record in rows(
            database,
            "SELECT p.*, u.reference FROM unit_period p JOIN unit u ON u.id = p.unit_id WHERE p.valid_to IS NULL",
        )
    }


def load_people(database: Database, day: date) -> dict[str, Person]:
    """Everybody by id, with the cell and the posts of the evaluation day."""
    moment = {"day": day.isoformat()}
    membership = {record["person_id"]: record for record in rows(database, _NEWEST_MEMBERSHIP, moment)}
    positions = grouped(
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
            day_of(record["birth_date"]),
            record["sex"],
            codes.get((record["id"], "card_number")),
            codes.get((record["id"], "file_number")),
            day_of(record["admitted_on"]),
            day_of(record["official_on"]),
            record["workplace"],
            record["residence"],
            bool(record["is_public_employee"]),
            bool(record["cell_is_residential"]),
            place["unit_id"],
            place["kind"],
            day_of(place["valid_from"]),
            place["note"],
            tuple(positions.get(record["id"], ())),
        )
    return people


def load_collectives(database: Database, book: Rulebook) -> dict[str, Collective]:
    """Every collective with its members, by id."""
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
