"""The evaluations of a campaign: whom each is about, found or made, and which may no longer be changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from archive.records.database import new_id, rows
from archive.records.row_tables import id_of

# Capacity → kind of its subject.
SUBJECT_KINDS: Mapping[str, str] = {
    "member": "person",
    "leader_manager": "person",
    "party_organisation": "unit",
    "leadership_collective": "collective",
}
SUBJECT_COLUMNS: Mapping[str, str] = {"person": "person_id", "unit": "organisation_id", "collective": "collective_id"}
SUBJECT = "coalesce({alias}.person_id, {alias}.organisation_id, {alias}.collective_id)"
# Once filed, facts change only with a reason and an approver, and never by a workbook.
_LOCKED = """
SELECT evaluation_id FROM dossier
WHERE evaluation_id IS NOT NULL AND status IN ('filed', 'annulled', 'reclassified', 'disposed')
"""
_UNDER = """
WITH RECURSIVE under(id) AS (
    SELECT :unit UNION SELECT p.unit_id FROM unit_period p JOIN under ON p.parent_id = under.id
    WHERE p.valid_to IS NULL
)
"""
_NEWEST_MEMBERSHIPS = """
SELECT m.person_id, m.unit_id FROM membership m JOIN person p ON p.id = m.person_id AND p.merged_into IS NULL
WHERE m.id = (SELECT id FROM membership WHERE person_id = m.person_id
              ORDER BY coalesce(valid_from, '') DESC, rowid DESC LIMIT 1)
  AND m.unit_id IN (SELECT id FROM under) AND m.kind <> 'transferred_out'
  AND (m.valid_to IS NULL OR m.valid_to >= :day)
ORDER BY p.rowid
"""


class Evaluations:
    """The evaluations of one campaign, kept at hand while rows are saved."""

    def __init__(self, database: Database, campaign_id: str) -> None:
        self._database, self._campaign_id = database, campaign_id
        self._ids = {
            (record["capacity"], record["subject"]): record["id"]
            for record in rows(
                database,
                f"SELECT id, capacity, {SUBJECT.format(alias='evaluation')} AS subject"  # noqa: S608
                " FROM evaluation WHERE campaign_id = ?",
                [campaign_id],
            )
        }
        self._locked = {record["evaluation_id"] for record in rows(database, _LOCKED)}

    def find(self, capacity: str, reference: str) -> str | None:
        """The evaluation of a subject by the subject's reference, or None."""
        subject = id_of(self._database, SUBJECT_KINDS[capacity], reference)
        return self._ids.get((capacity, subject or ""))

    def ensure(self, capacity: str, reference: str, leads: Mapping[str, Any] | None = None) -> str:
        """The evaluation of a subject, made when there is none yet.

        Args:
            capacity: with which capacity it is evaluated.
            reference: of the person, unit or collective, which must be kept.
            leads: for a leader, his facts row, which names his collective and unit.
        """
        subject = id_of(self._database, SUBJECT_KINDS[capacity], reference) or ""
        found = self._ids.get((capacity, subject))
        return found or self._make(capacity, subject, self._unit(capacity, subject, leads or {}))

    def is_locked(self, evaluation_id: str) -> bool:
        """Whether its dossier is filed."""
        return evaluation_id in self._locked

    def place_members(self) -> int:
        """Makes the evaluation of every member whose cell stands under the campaign's owner; gives how many were made.

        Those exempt or suspended get one too, which stays unclassified. An unfiled evaluation follows a member who was
        entered under another cell.
        """
        made = 0
        for record in rows(self._database, _UNDER + _NEWEST_MEMBERSHIPS, self._scope):
            found = self._ids.get(("member", record["person_id"]))
            if found is None:
                self._make("member", record["person_id"], record["unit_id"])
                made += 1
            elif found not in self._locked:
                self._database.execute(
                    "UPDATE evaluation SET unit_id = ?1 WHERE id = ?2 AND unit_id <> ?1", [record["unit_id"], found]
                )
        return made

    @cached_property
    def _scope(self) -> dict[str, str]:
        owner = self._database.execute(
            "SELECT owner_id, evaluated_on FROM campaign WHERE id = ?", [self._campaign_id]
        ).fetchone()
        return {"unit": owner[0], "day": owner[1]}

    def _make(self, capacity: str, subject: str, unit_id: str) -> str:
        made = new_id()
        column = SUBJECT_COLUMNS[SUBJECT_KINDS[capacity]]
        self._database.execute(
            f"INSERT INTO evaluation (id, campaign_id, capacity, {column}, unit_id) VALUES (?, ?, ?, ?, ?)",  # noqa: S608
            [made, self._campaign_id, capacity, subject, unit_id],
        )
        self._ids[capacity, subject] = made
        return made

    def _unit(self, capacity: str, subject: str, leads: Mapping[str, Any]) -> str:
        if capacity == "party_organisation":
            return subject
        if capacity == "leadership_collective":
            return self._one("SELECT unit_id FROM collective WHERE id = ?", subject)
        if leads.get("collective"):
            return self._one("SELECT unit_id FROM collective WHERE reference = ?", leads["collective"])
        if leads.get("heads_unit"):
            return self._one("SELECT id FROM unit WHERE reference = ?", leads["heads_unit"])
        return self._one(
            "SELECT unit_id FROM membership WHERE person_id = ? ORDER BY coalesce(valid_from, '') DESC, rowid DESC",
            subject,
        )

    def _one(self, sql: str, value: str) -> str:
        return str(self._database.execute(sql, [value]).fetchone()[0])


def units_under(database: Database, unit_id: str) -> set[str]:
    """The ids of a unit and of every unit under it now."""
    return {record["id"] for record in rows(database, _UNDER + "SELECT id FROM under", {"unit": unit_id})}  # noqa: S608
