"""What still waits to be done after results were decided: complaints without an end, clocks that run."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.clock import clock_of
from archive.records.afterwards import Annulment, open_complaints, unsettled_annulments
from archive.records.database import one, rows
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import short_date

_TO_ANNUL = """
SELECT d.id AS dossier_id, c.id AS complaint_id, s.taken_on
FROM complaint_step s JOIN complaint c ON c.id = s.complaint_id
JOIN decision x ON x.id = c.decision_id AND x.annulled_on IS NULL JOIN dossier d ON d.evaluation_id = c.evaluation_id
WHERE s.outcome = 'annulled' AND (:campaign IS NULL OR d.campaign_id = :campaign) ORDER BY s.taken_on, s.rowid
"""


def waiting(database: Database, today: date, campaign_id: str | None = None) -> list[dict[str, Any]]:
    """Everything that waits, of one campaign or of all; ids, days and sentences, no text of a complaint.

    Returns:
        `[{kind, dossier_id, since, due_on, state, days_left, sentence}]`, `kind` one of `complaint`, `to_annul`,
        `annulment`; `state` as the clock has it, or `open`.
    """
    return [
        *(_clock(database, one_annulled, today) for one_annulled in unsettled_annulments(database, campaign_id)),
        *(_to_annul(row) for row in rows(database, _TO_ANNUL, {"campaign": campaign_id})),
        *(_complaint(row, today) for row in open_complaints(database, campaign_id)),
    ]


def _clock(database: Database, annulment: Annulment, today: date) -> dict[str, Any]:
    found = one(
        database,
        "SELECT d.id AS dossier_id, c.rulebook FROM evaluation e JOIN campaign c ON c.id = e.campaign_id"
        " JOIN dossier d ON d.evaluation_id = e.id WHERE e.id = ?",
        [annulment.evaluation_id],
    ) or {"dossier_id": "", "rulebook": ""}
    clock = clock_of(database, annulment, load_rulebook(found["rulebook"]), today)
    lacks = "xếp loại lại" if annulment.reclassified_on is None else "báo cáo cấp trên"
    return {
        "kind": "annulment",
        "dossier_id": found["dossier_id"],
        "since": annulment.annulled_on,
        "due_on": clock.due_on.isoformat() if clock.due_on else None,
        "state": clock.state,
        "days_left": clock.days_left,
        "sentence": f"Kết quả đã hủy, còn phải {lacks}. {clock.sentence}",
    }


def _to_annul(row: dict[str, Any]) -> dict[str, Any]:
    said = short_date(date.fromisoformat(row["taken_on"]))
    return {
        "kind": "to_annul",
        "dossier_id": row["dossier_id"],
        "since": row["taken_on"],
        "due_on": None,
        "state": "open",
        "days_left": None,
        "sentence": f"Khiếu nại đã kết luận hủy kết quả ngày {said} nhưng chưa có quyết định hủy",
    }


def _complaint(row: dict[str, Any], today: date) -> dict[str, Any]:
    received = short_date(date.fromisoformat(row["received_on"]))
    reply_by = date.fromisoformat(row["reply_by"]) if row["reply_by"] else None
    promised = f"; hẹn trả lời ngày {short_date(reply_by)}" if reply_by else ""
    return {
        "kind": "complaint",
        "dossier_id": row["dossier_id"],
        "since": row["received_on"],
        "due_on": row["reply_by"],
        "state": "overdue" if reply_by and reply_by < today else "open",
        "days_left": (reply_by - today).days if reply_by else None,
        "sentence": f"Khiếu nại nhận ngày {received} chưa kết luận{promised}",
    }
