"""Complaints as lists show them, without a word of theirs, and as those may read them who decide or check."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from archive.afterwards.permission import permitted
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.records import events
from archive.records.afterwards import Complaint, complaints_of
from archive.records.database import one, rows, writing

STATES = {
    "open": "Mới tiếp nhận",
    "acknowledged": "Đã báo nhận",
    "considered": "Đang xem xét",
    "concluded": "Đã kết luận",
}
"""Where a complaint stands: code → words."""


def listed_complaints(
    database: Database, period: str | None = None, *, only_open: bool = False
) -> list[dict[str, Any]]:
    """Every complaint without its texts: `{complaint_id, dossier_id, received_on, reply_by, state, outcome}`."""
    found = rows(
        database,
        "SELECT d.id AS dossier_id, c.evaluation_id FROM complaint c"
        " JOIN dossier d ON d.evaluation_id = c.evaluation_id"
        " JOIN campaign y ON y.id = d.campaign_id WHERE (:period IS NULL OR y.period = :period)"
        " GROUP BY d.id ORDER BY d.id",
        {"period": period},
    )
    return [
        {
            "complaint_id": complaint.id,
            "dossier_id": row["dossier_id"],
            "received_on": complaint.received_on,
            "reply_by": complaint.reply_by,
            "state": complaint.state,
            "outcome": complaint.concluded.outcome if complaint.concluded else None,
        }
        for row in found
        for complaint in complaints_of(database, row["evaluation_id"])
        if not (only_open and complaint.concluded)
    ]


def read_complaint(database: Database, complaint_id: str, account: Account | None) -> tuple[str, Complaint]:
    """One complaint whole, with its dossier's id; reading it is an event.

    Raises:
        NotFound: there is none. NotPermitted: complaints are for those who decide or check.
    """
    dossier = dossier_of(database, complaint_id)
    reader = permitted(account, "complaint.read", dossier)
    evaluation_id = dossier.rpartition("-")[2]
    found = next(one for one in complaints_of(database, evaluation_id) if one.id == complaint_id)
    with writing(database):
        events.append(database, actor=reader.id, action="complaint.read", subject=dossier, note=complaint_id)
    return dossier, found


def dossier_of(database: Database, complaint_id: str) -> str:
    """The id of the dossier a complaint is about.

    Raises:
        NotFound: there is no such complaint.
    """
    found = one(
        database,
        "SELECT d.id FROM complaint c JOIN dossier d ON d.evaluation_id = c.evaluation_id WHERE c.id = ?",
        [complaint_id],
    )
    if found is None:
        raise NotFound(f"Không có khiếu nại “{complaint_id}”. Xem mã bằng “hoso complaint list”.")
    return str(found["id"])


def complaint_named(database: Database, given: str, *, only_open: bool = True) -> str:
    """The id of a complaint by its own id, or by that of a dossier with just one.

    Args:
        only_open: of a dossier's complaints, those concluded do not count.

    Raises:
        NotFound: none is meant, or more than one.
    """
    if one(database, "SELECT 1 FROM complaint WHERE id = ?", [given]):
        return given
    meant = [
        complaint
        for complaint in complaints_of(database, given.rpartition("-")[2])
        if not (only_open and complaint.concluded)
    ]
    if len(meant) != 1:
        told = "Hồ sơ này có nhiều khiếu nại." if meant else f"Không có khiếu nại “{given}” nào còn phải giải quyết."
        raise NotFound(f"{told} Xem mã bằng “hoso complaint list”.")
    return meant[0].id
