"""What happened to a result after it was decided, read from its rows; nobody but these functions asks for them.

Texts of complaints are for those only who may read them (`can(account, "complaint.read")`); ids, days and states are
for everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

from sqlite_utils import Database

from archive.records.database import one, rows

T = TypeVar("T")


@dataclass(frozen=True)
class ComplaintStep:
    """Something done about a complaint: `acknowledged`, `considered` or `concluded` (then with its outcome)."""

    id: str
    kind: str
    taken_on: str
    outcome: str | None
    text: str
    number: str | None
    recorded_by: str
    recorded_at: str


@dataclass(frozen=True)
class Complaint:
    """A complaint about one decision, with what was done about it, oldest first (13-HD/TU, V.3)."""

    id: str
    evaluation_id: str
    decision_id: str
    complainant: str
    position: str | None
    address: str | None
    dated_on: str | None
    received_on: str
    received_through: str
    receiver: str | None
    grounds: str
    examined_by: str | None
    reply_by: str | None
    opened_by: str
    opened_at: str
    steps: tuple[ComplaintStep, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The complaint as `hoso complaint show --json` prints it, its steps in order."""
        told = {column.name: getattr(self, column.name) for column in fields(self)}
        return {**told, "steps": [asdict(step) for step in self.steps], "state": self.state}

    @property
    def concluded(self) -> ComplaintStep | None:
        """Its conclusion, which closes it."""
        return next((step for step in self.steps if step.kind == "concluded"), None)

    @property
    def state(self) -> str:
        """`open`, `acknowledged`, `considered` or `concluded`: what was done last."""
        return self.steps[-1].kind if self.steps else "open"


@dataclass(frozen=True)
class Annulment:
    """An annulled decision, and what followed: the second decision and the report upward, where there are any."""

    id: str
    evaluation_id: str
    decision_id: str
    complaint_id: str | None
    level: str
    cause: str
    reason: str
    document: str
    number: str | None
    annulled_on: str
    body: str
    reviewing_body: str
    reports_to: str
    approver: str
    approver_name: str
    recorded_at: str
    reclassified_on: str | None
    new_level: str | None
    new_number: str | None
    reported_on: str | None
    report: str | None


def complaints_of(database: Database, evaluation_id: str) -> list[Complaint]:
    """The complaints about the results of an evaluation, oldest first."""
    steps: dict[str, list[ComplaintStep]] = {}
    for row in rows(database, "SELECT * FROM complaint_step WHERE evaluation_id = ? ORDER BY rowid", [evaluation_id]):
        steps.setdefault(row["complaint_id"], []).append(_made(ComplaintStep, row))
    return [
        _made(Complaint, row, steps=tuple(steps.get(row["id"], ())))
        for row in rows(database, "SELECT * FROM complaint WHERE evaluation_id = ? ORDER BY rowid", [evaluation_id])
    ]


_ANNULMENTS = """
SELECT a.*, r.reclassified_on, r.level AS new_level, x.number AS new_number, s.reported_on, s.document AS report
FROM annulment a JOIN evaluation e ON e.id = a.evaluation_id
LEFT JOIN reclassification r ON r.annulment_id = a.id LEFT JOIN decision x ON x.id = r.decision_id
LEFT JOIN superior_report s ON s.annulment_id = a.id
"""


def annulments_of(database: Database, evaluation_id: str) -> list[Annulment]:
    """The annulments of an evaluation, oldest first."""
    found = rows(database, f"{_ANNULMENTS} WHERE a.evaluation_id = ? ORDER BY a.rowid", [evaluation_id])
    return [_made(Annulment, row) for row in found]


def unsettled_annulments(database: Database, campaign_id: str | None = None) -> list[Annulment]:
    """The annulments, of one campaign or of all, that still wait for a second decision or for the report upward."""
    found = rows(
        database,
        f"{_ANNULMENTS} WHERE (:campaign IS NULL OR e.campaign_id = :campaign)"
        " AND (r.id IS NULL OR s.id IS NULL) ORDER BY a.annulled_on, a.rowid",
        {"campaign": campaign_id},
    )
    return [_made(Annulment, row) for row in found]


def open_complaints(database: Database, campaign_id: str | None = None) -> list[dict[str, Any]]:
    """The complaints without a conclusion, of one campaign or of all.

    Returns:
        `[{id, dossier_id, received_on, reply_by, state}]`, the oldest first.
    """
    return rows(
        database,
        "SELECT c.id, d.id AS dossier_id, c.received_on, c.reply_by, coalesce((SELECT s.kind FROM complaint_step s"
        " WHERE s.complaint_id = c.id ORDER BY s.rowid DESC LIMIT 1), 'open') AS state"
        " FROM complaint c JOIN dossier d ON d.evaluation_id = c.evaluation_id"
        " WHERE (:campaign IS NULL OR d.campaign_id = :campaign) AND NOT EXISTS (SELECT 1 FROM complaint_step s"
        " WHERE s.complaint_id = c.id AND s.kind = 'concluded') ORDER BY c.received_on, c.rowid",
        {"campaign": campaign_id},
    )


def complaint_state(database: Database, evaluation_id: str) -> str:
    """`open` while a complaint about the evaluation has no conclusion, else `none`; an open one holds disposal."""
    found = one(
        database,
        "SELECT 1 FROM complaint c WHERE c.evaluation_id = ? AND NOT EXISTS (SELECT 1 FROM complaint_step s"
        " WHERE s.complaint_id = c.id AND s.kind = 'concluded')",
        [evaluation_id],
    )
    return "open" if found else "none"


def reserved_opinions_of(database: Database, evaluation_id: str) -> list[dict[str, Any]]:
    """The opinions reserved against an evaluation's results, oldest first."""
    return rows(database, "SELECT * FROM reserved_opinion WHERE evaluation_id = ? ORDER BY rowid", [evaluation_id])


def corrections_of(database: Database, dossier_id: str) -> list[dict[str, Any]]:
    """The corrections of a filed dossier, oldest first."""
    return rows(database, "SELECT * FROM correction WHERE dossier_id = ? ORDER BY rowid", [dossier_id])


def newest_decision(database: Database, evaluation_id: str) -> dict[str, Any] | None:
    """The decision in force on an evaluation, else the one annulled last; None where nothing was ever decided."""
    return one(
        database,
        "SELECT * FROM decision WHERE evaluation_id = ? ORDER BY annulled_on IS NOT NULL, annulled_on DESC, rowid DESC",
        [evaluation_id],
    )


def _made(kind: type[T], row: Mapping[str, Any], **more: Any) -> T:
    names = [column.name for column in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: row[name] for name in names if name in row}, **more)
