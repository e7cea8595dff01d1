"""The register: units, people with their identifiers and memberships, positions, collectives.

Rows come and go as the row models of `generator.facts.register` have them. A person is told from others by his own id,
never by name, card or unit; what an import gives is matched here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlite_utils import Database

from archive.records.database import new_id, now, one, rows
from archive.records.row_tables import Kept, RowTable, id_of, kept, write
from generator.facts.register import CollectiveMemberRow, CollectiveRow, PersonRow, PositionRow, UnitRow

POSITIONS = RowTable("position", PositionRow, {"person": ("person_id", "person"), "unit": ("unit_id", "unit")})
COLLECTIVES = RowTable(
    "collective",
    CollectiveRow,
    {"unit": ("unit_id", "unit"), "party_organisation": ("party_organisation_id", "unit")},
)
COLLECTIVE_MEMBERS = RowTable(
    "collective_member",
    CollectiveMemberRow,
    {"collective": ("collective_id", "collective"), "person": ("person_id", "person")},
)
IDENTIFIERS = ("card_number", "file_number")
_UNIT_FIELDS = (
    "name", "short_name", "type", "superior_name", "symbol", "has_committee", "established_on", "note",
)  # fmt: skip
_PERSON_FIELDS = (
    "reference", "full_name", "birth_date", "sex", "admitted_on", "official_on", "workplace", "residence",
    "is_public_employee", "cell_is_residential", "note",
)  # fmt: skip
_UNITS = """
SELECT u.id, u.revision, u.reference, p.name, p.short_name, p.type, parent.reference AS parent, p.superior_name,
       p.symbol, p.has_committee, p.established_on, p.note
FROM unit u JOIN unit_period p ON p.unit_id = u.id AND p.valid_to IS NULL
LEFT JOIN unit parent ON parent.id = p.parent_id
ORDER BY u.rowid
"""
_PEOPLE = "SELECT * FROM person WHERE merged_into IS NULL ORDER BY rowid"
# Sorted so that the last one of each person stands: the membership that began last.
_MEMBERSHIPS = """
SELECT m.id, m.person_id, u.reference AS cell, m.kind, m.valid_from, m.valid_to, m.note
FROM membership m JOIN unit u ON u.id = m.unit_id ORDER BY coalesce(m.valid_from, ''), m.rowid
"""


def units(database: Database) -> list[Kept]:
    """Every unit as it stands now, in the order they were made; a dissolved one is not among them."""
    return [_kept_unit(record) for record in rows(database, _UNITS)]


def _kept_unit(record: dict[str, Any]) -> Kept:
    return kept(record.pop("id"), record.pop("revision"), UnitRow, record)


def reserve_unit(database: Database, reference: str) -> str:
    """Makes room for a new unit, so that others can name it as their parent before it is described; gives its id."""
    unit_id = new_id()
    database.execute("INSERT INTO unit (id, reference) VALUES (?, ?)", [unit_id, reference])
    return unit_id


def save_unit(database: Database, row: UnitRow, unit_id: str | None) -> str:
    """Writes a unit as new (no id) or corrects its present period; gives its id. Its parent must be kept."""
    made = unit_id or _reserved(database, row.reference) or reserve_unit(database, row.reference)
    values = row.model_dump(mode="json", include=set(_UNIT_FIELDS))
    values["parent_id"] = id_of(database, "unit", row.parent)
    present = one(database, "SELECT id FROM unit_period WHERE unit_id = ? AND valid_to IS NULL", [made])
    if present is None:
        database.table("unit_period").insert({"unit_id": made, "valid_from": values["established_on"], **values})
        return made
    database.table("unit_period").update(present["id"], values)
    database.execute("UPDATE unit SET reference = ?, revision = revision + 1 WHERE id = ?", [row.reference, made])
    return made


def _reserved(database: Database, reference: str) -> str | None:
    sql = "SELECT id FROM unit WHERE reference = ? AND NOT EXISTS (SELECT 1 FROM unit_period WHERE unit_id = unit.id)"
    found = one(database, sql, [reference])
    return found["id"] if found else None


def people(database: Database) -> list[Kept]:
    """Every person with his present identifiers and newest membership, in the order they were made."""
    identifiers: dict[str, dict[str, str]] = {}
    for record in rows(database, "SELECT * FROM person_identifier WHERE valid_to IS NULL"):
        identifiers.setdefault(record["person_id"], {})[record["kind"]] = record["value"]
    memberships = {record["person_id"]: record for record in rows(database, _MEMBERSHIPS)}
    return [
        _kept_person(record, identifiers.get(record["id"], {}), memberships[record["id"]])
        for record in rows(database, _PEOPLE)
        if record["id"] in memberships
    ]


def _kept_person(record: Mapping[str, Any], identifiers: Mapping[str, str], membership: Mapping[str, Any]) -> Kept:
    values = {name: record[name] for name in _PERSON_FIELDS}
    values.update({kind: identifiers.get(kind) for kind in IDENTIFIERS})
    values.update(
        cell=membership["cell"],
        membership_kind=membership["kind"],
        membership_from=membership["valid_from"],
        membership_to=membership["valid_to"],
        membership_note=membership["note"],
    )
    return kept(record["id"], record["revision"], PersonRow, values)


def save_person(database: Database, row: PersonRow, person_id: str | None) -> str:
    """Writes a person as new (no id) or over the kept one; gives the id. The cell must be kept.

    A card or file number that changes ends the old one, which stays known. A new cell with a new first day ends the old
    membership on that day; without a new first day it is a correction of the present membership.
    """
    record = row.model_dump(mode="json", include=set(_PERSON_FIELDS))
    made = write(database, "person", record, person_id)
    for kind in IDENTIFIERS:
        _save_identifier(database, made, kind, getattr(row, kind))
    _save_membership(database, made, row)
    return made


def _save_identifier(database: Database, person_id: str, kind: str, value: str | None) -> None:
    database.execute(
        "UPDATE person_identifier SET valid_to = ?"
        " WHERE person_id = ? AND kind = ? AND valid_to IS NULL AND value IS NOT ?",
        [now()[:10], person_id, kind, value],
    )
    if value is not None:
        database.execute(
            "INSERT INTO person_identifier (person_id, kind, value) VALUES (?, ?, ?)"
            " ON CONFLICT (person_id, kind, value) DO UPDATE SET valid_to = NULL",
            [person_id, kind, value],
        )


def _save_membership(database: Database, person_id: str, row: PersonRow) -> None:
    start, end = (day.isoformat() if day else None for day in (row.membership_from, row.membership_to))
    record: dict[str, Any] = {
        "person_id": person_id,
        "unit_id": id_of(database, "unit", row.cell),
        "kind": row.membership_kind,
        "valid_from": start,
        "valid_to": end,
        "note": row.membership_note,
    }
    newest = one(
        database,
        "SELECT * FROM membership WHERE person_id = ? ORDER BY coalesce(valid_from, '') DESC, rowid DESC LIMIT 1",
        [person_id],
    )
    if newest is None:
        write(database, "membership", record, None)
    elif newest["unit_id"] != record["unit_id"] and start and start > (newest["valid_from"] or ""):
        if newest["valid_to"] is None:
            database.execute(
                "UPDATE membership SET valid_to = ?, revision = revision + 1 WHERE id = ?", [start, newest["id"]]
            )
        write(database, "membership", record, None)
    elif any(newest[name] != value for name, value in record.items()):
        write(database, "membership", record, newest["id"])


class PeopleIndex:
    """Finds the kept person a row of an import means: by reference, card, file number, or name and birth date."""

    def __init__(self, kept_people: Iterable[Kept]) -> None:
        self._by_reference: dict[str, Kept] = {}
        self._by_identifier: dict[tuple[str, str], list[Kept]] = {}
        self._by_birth: dict[tuple[str, Any], list[Kept]] = {}
        for person in kept_people:
            values = person.values
            self._by_reference[values["reference"]] = person
            for kind in IDENTIFIERS:
                if values[kind]:
                    self._by_identifier.setdefault((kind, values[kind]), []).append(person)
            if values["birth_date"]:
                self._by_birth.setdefault((values["full_name"].casefold(), values["birth_date"]), []).append(person)

    def match(self, given: Mapping[str, Any]) -> list[Kept]:
        """Whom a row may mean: nobody, one, or several among whom a person must choose.

        A namesake born on the same day is only taken for the same person when nothing speaks against it: another card
        or file number does, and another cell makes it a question.
        """
        if given.get("reference") in self._by_reference:
            return [self._by_reference[given["reference"]]]
        for kind in IDENTIFIERS:
            found = self._by_identifier.get((kind, given.get(kind) or ""), [])
            if found:
                return found
        alike = [person for person in self._namesakes(given) if not _contradicts(person, given)]
        same_cell = [person for person in alike if person.values["cell"] == given.get("cell")]
        return same_cell if len(same_cell) == 1 else alike

    def is_certain(self, given: Mapping[str, Any], person: Kept) -> bool:
        """Whether the match rests on an office's own code or on the cell as well as name and birth date."""
        values = person.values
        codes = ("reference", *IDENTIFIERS)
        return (
            any(given.get(code) and given[code] == values[code] for code in codes)
            or given.get("cell") == values["cell"]
        )

    def _namesakes(self, given: Mapping[str, Any]) -> list[Kept]:
        if not given.get("full_name") or not given.get("birth_date"):
            return []
        return self._by_birth.get((given["full_name"].casefold(), given["birth_date"]), [])


def _contradicts(person: Kept, given: Mapping[str, Any]) -> bool:
    return any(given.get(kind) and person.values[kind] and given[kind] != person.values[kind] for kind in IDENTIFIERS)
