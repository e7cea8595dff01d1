"""The results of people as rows: what a list for another program and a summary of one person both say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.handover.choosing import same_person
from archive.records.database import one, rows
from archive.records.dossiers import DossierFilter, list_dossiers
from generator.rules.rulebook import load_rulebook

_DECIDED = """
SELECT e.id AS evaluation_id, e.person_id, e.capacity, c.period, c.rulebook, x.level, x.number, x.decided_on, x.body,
    x.annulled_on, x.supersedes, d.id AS dossier_id, d.unit_name, d.parent_name
FROM evaluation e JOIN campaign c ON c.id = e.campaign_id JOIN decision x ON x.evaluation_id = e.id
JOIN dossier d ON d.evaluation_id = e.id WHERE e.person_id IS NOT NULL ORDER BY c.period, e.capacity, x.rowid
"""
IN_FORCE, ANNULLED, RECLASSIFIED = "in_force", "annulled", "reclassified"
STANDINGS = {IN_FORCE: "Còn hiệu lực", ANNULLED: "Đã hủy bỏ", RECLASSIFIED: "Xếp loại lại"}


@dataclass(frozen=True)
class Result:
    """One decision about one person.

    Args:
        person: row of `person` of the one who stays, with `card_number` and `file_number` in force.
        level: code; `level_label` in words of its guidance.
        standing: `in_force`, `annulled`, or `reclassified` (in force, in place of an annulled one).
    """

    person: dict[str, Any]
    capacity: str
    period: str
    level: str
    level_label: str
    number: str
    decided_on: str
    body: str
    standing: str
    dossier_id: str
    unit: str
    parent: str


def results(
    database: Database, *, period: str | None = None, unit: str | None = None, person_id: str | None = None
) -> list[Result]:
    """Every decision about people, annulled ones too, of a period, a unit with all under it, or one person."""
    listed = {row["dossier_id"] for row in list_dossiers(database, DossierFilter(period=period, unit=unit))}
    wanted = set(same_person(database, person_id)) if person_id else None
    people: dict[str, dict[str, Any]] = {}
    found = []
    for row in rows(database, _DECIDED):
        if row["dossier_id"] not in listed or (wanted is not None and row["person_id"] not in wanted):
            continue
        if row["person_id"] not in people:
            people[row["person_id"]] = _person(database, row["person_id"])
        standing = ANNULLED if row["annulled_on"] else RECLASSIFIED if row["supersedes"] else IN_FORCE
        found.append(
            Result(
                people[row["person_id"]], row["capacity"], row["period"], row["level"],
                load_rulebook(row["rulebook"]).levels.label(row["level"]), row["number"] or "", row["decided_on"] or "",
                row["body"] or "", standing, row["dossier_id"], row["unit_name"], row["parent_name"] or "",
            )
        )  # fmt: skip
    return found


def _person(database: Database, person_id: str) -> dict[str, Any]:
    found = one(database, "SELECT * FROM person WHERE id = ?", [person_id]) or {}
    seen = {person_id}
    while found["merged_into"] and found["merged_into"] not in seen:
        seen.add(found["merged_into"])
        found = one(database, "SELECT * FROM person WHERE id = ?", [found["merged_into"]]) or found
    for kind in ("card_number", "file_number"):
        found[kind] = _number(database, [found["id"], *same_person(database, found["id"])], kind)
    return found


def _number(database: Database, person_ids: list[str], kind: str) -> str:
    """The number now in force, of the one who stays before those merged into him."""
    for person_id in person_ids:
        known = one(
            database,
            "SELECT value FROM person_identifier WHERE person_id = ? AND kind = ?"
            " ORDER BY valid_to IS NOT NULL, coalesce(valid_from, '') DESC LIMIT 1",
            [person_id, kind],
        )
        if known:
            return str(known["value"])
    return ""
