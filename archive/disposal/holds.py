"""What keeps a dossier from being disposed of: an open complaint, or a hold that the office sets and ends."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.afterwards.permission import permitted
from archive.disposal.errors import DisposalRefused
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing
from generator.vietnamese import nfc

_OPEN = """
SELECT d.id AS dossier_id, c.received_on FROM complaint c JOIN dossier d ON d.evaluation_id = c.evaluation_id
WHERE NOT EXISTS (SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id AND s.kind = 'concluded')
ORDER BY c.received_on
"""


@dataclass(frozen=True)
class Hold:
    """A hold an office set on a dossier; it has ended where `ended_at` says when."""

    id: str
    dossier_id: str
    reason: str
    document: str
    set_name: str
    set_at: str
    ended_at: str | None

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return asdict(self)


def holds(database: Database, *, ended: bool = False) -> list[Hold]:
    """The holds in force, oldest first; with `ended` those too that have ended."""
    return [
        Hold(**row)
        for row in rows(
            database,
            "SELECT id, dossier_id, reason, document, set_name, set_at, ended_at FROM disposal_hold"
            " WHERE ended_at IS NULL OR ? ORDER BY rowid",
            [ended],
        )
    ]


def held(database: Database) -> dict[str, list[str]]:
    """Why dossiers are held, in sentences without the closing stop: dossier id → reasons."""
    found: dict[str, list[str]] = {}
    for row in rows(database, _OPEN):
        found.setdefault(row["dossier_id"], []).append(
            f"đang có khiếu nại nhận ngày {row['received_on']} chưa kết luận"
        )
    for hold in holds(database):
        found.setdefault(hold.dossier_id, []).append(f"đang tạm giữ: {hold.reason}")
    return found


def hold(database: Database, dossier_id: str, *, reason: str, document: str, account: Account | None) -> Hold:
    """Keeps a dossier from being disposed of until the hold is ended.

    Raises:
        NotPermitted: the account may not.
        NotFound: there is no such filed dossier.
        DisposalRefused: no reason, or the dossier is disposed of already.
    """
    account = permitted(account, "disposal.hold")
    found = one(database, "SELECT status FROM dossier WHERE id = ? AND version > 0", [dossier_id])
    if found is None:
        raise NotFound(f"Không có hồ sơ “{dossier_id}” đã nộp lưu.")
    if found["status"] == "disposed":
        raise DisposalRefused(f"Hồ sơ {dossier_id} đã tiêu hủy.")
    reason = nfc(reason).strip()
    if not reason:
        raise DisposalRefused("Phải ghi lý do tạm giữ (--reason).")
    made = Hold(new_id(), dossier_id, reason, nfc(document).strip(), account.full_name, now(), None)
    with writing(database):
        database.table("disposal_hold").insert({**made.as_dict(), "set_by": account.id})
        events.append(database, actor=account.id, action="disposal.held", subject=dossier_id, note=f"hold={made.id}")
    return made


def release(database: Database, dossier_id: str, *, reason: str, account: Account | None) -> int:
    """Ends the holds on a dossier; gives how many. A complaint is not ended so.

    Raises:
        NotPermitted: the account may not.
        DisposalRefused: there is no hold, or no reason.
    """
    account = permitted(account, "disposal.hold")
    if not nfc(reason).strip():
        raise DisposalRefused("Phải ghi lý do thôi tạm giữ (--reason).")
    with writing(database):
        ended = database.execute(
            "UPDATE disposal_hold SET ended_at = ?, ended_by = ?, ended_name = ?, end_reason = ?,"
            " revision = revision + 1 WHERE dossier_id = ? AND ended_at IS NULL",
            [now(), account.id, account.full_name, nfc(reason).strip(), dossier_id],
        ).rowcount
        if not ended:
            raise DisposalRefused(f"Hồ sơ {dossier_id} không có lệnh tạm giữ nào của cơ quan.")
        events.append(database, actor=account.id, action="disposal.released", subject=dossier_id, note=f"holds={ended}")
    return ended
