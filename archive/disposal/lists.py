"""Lists of dossiers to be disposed of: what is due, proposing, two approvals, withdrawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.permission import permitted
from archive.disposal.errors import DisposalRefused
from archive.disposal.holds import held
from archive.disposal.retention import Retention, retentions
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing
from archive.records.dossiers import DossierFilter, list_dossiers
from generator.vietnamese import nfc, short_date

APPROVALS = 2
STATES: Mapping[str, str] = {"proposed": "đang chờ", "withdrawn": "đã rút", "carried_out": "đã thực hiện"}


@dataclass(frozen=True)
class Due:
    """A dossier with the time it is kept.

    Args:
        due_on: the first day on which it may be disposed of; None where none is set.
        against: what stands against disposing of it today, in words; empty when nothing does.
        list_id: the list it is proposed in.
    """

    dossier_id: str
    title: str
    subject: str
    unit: str
    period: str
    kind: str
    version: int
    retention: str
    source: str
    due_on: str | None
    against: tuple[str, ...]
    list_id: str | None

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {**asdict(self), "against": list(self.against)}


@dataclass(frozen=True)
class DisposalList:
    """A list of dossiers to be disposed of, with its approvals.

    Args:
        items: rows of `disposal_item`; `approvals`: rows of `disposal_approval`, oldest first.
    """

    id: str
    state: str
    reason: str
    document: str
    proposed_by: str
    proposed_name: str
    proposed_at: str
    items: tuple[Mapping[str, Any], ...]
    approvals: tuple[Mapping[str, Any], ...]

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {**asdict(self), "items": list(self.items), "approvals": list(self.approvals)}


def kept_dossiers(database: Database, wanted: DossierFilter | None, today: date) -> list[Due]:
    """The filed dossiers that a filter leaves, by id, each with how long it is kept and what holds it."""
    known, on_hold, listed = retentions(database), held(database), _listed(database)
    titles = {row["id"]: row["title"] for row in rows(database, "SELECT id, title FROM dossier")}
    found = []
    for row in list_dossiers(database, wanted):
        retention = known.get(row["dossier_id"])
        if retention is None:
            continue
        found.append(
            Due(
                row["dossier_id"], titles[row["dossier_id"]], row["subject"], row["unit"], row["period"], row["kind"],
                row["version"], retention.period.told, retention.period.source,
                retention.due_on.isoformat() if retention.due_on else None,
                (*_time_against(retention, today), *on_hold.get(row["dossier_id"], ())), listed.get(row["dossier_id"]),
            )
        )  # fmt: skip
    return found


def _time_against(retention: Retention, today: date) -> Iterable[str]:
    if retention.unset:
        yield f"cơ quan chưa đặt thời hạn bảo quản cho: {', '.join(retention.unset).lower()}"
    elif retention.due_on is None:
        yield "bảo quản vĩnh viễn"
    elif retention.due_on > today:
        yield f"còn thời hạn bảo quản, đến {short_date(retention.due_on)} mới hết"


def _listed(database: Database) -> dict[str, str]:
    found = rows(
        database,
        "SELECT i.dossier_id, i.list_id FROM disposal_item i JOIN disposal_list l ON l.id = i.list_id"
        " WHERE l.state = 'proposed'",
    )
    return {row["dossier_id"]: row["list_id"] for row in found}


def propose(
    database: Database,
    dossier_ids: Sequence[str],
    *,
    reason: str,
    document: str,
    account: Account | None,
    today: date,
    wanted: DossierFilter | None = None,
) -> DisposalList:
    """Puts dossiers on a new list; a list never changes after that.

    Args:
        dossier_ids: which; when empty, all that are due and that nothing holds, of those `wanted` leaves.
        reason, document: why, and the paper that says so, printed on the list.

    Raises:
        NotPermitted: the account may not.
        DisposalRefused: a dossier named is not due, is held, or is on another list; or none is due.
    """
    account = permitted(account, "disposal.propose")
    reason = nfc(reason).strip()
    if not reason:
        raise DisposalRefused("Phải ghi lý do tiêu hủy (--reason).")
    known = {one.dossier_id: one for one in kept_dossiers(database, None if dossier_ids else wanted, today)}
    if unknown := [dossier_id for dossier_id in dossier_ids if dossier_id not in known]:
        raise NotFound(f"Không có hồ sơ đã nộp lưu nào mang mã {', '.join(unknown)}.")
    chosen = [known[one] for one in dict.fromkeys(dossier_ids)]
    if not chosen:
        chosen = [one for one in known.values() if not one.against and not one.list_id]
    chosen = _without_early_units(database, chosen, bool(dossier_ids))
    if refused := [f"{one.dossier_id}: {'; '.join(_against(one))}" for one in chosen if _against(one)]:
        raise DisposalRefused("Chưa đưa vào danh mục tiêu hủy được:", refused)
    if not chosen:
        raise DisposalRefused("Không có hồ sơ nào hết thời hạn bảo quản và không bị giữ lại.")
    return _written(database, chosen, reason, nfc(document).strip(), account)


def _against(item: Due) -> list[str]:
    return [*item.against, *([f"đã có trong danh mục {item.list_id}"] if item.list_id else [])]


def early_units(database: Database, dossier_ids: Iterable[str]) -> list[str]:
    """Dossiers of units whose subjects' dossiers would stay: these hold extracts of papers filed only there."""
    gone = set(dossier_ids)
    found = rows(
        database,
        "SELECT u.id, s.id AS subject FROM dossier u JOIN dossier s ON s.campaign_id = u.campaign_id"
        " AND s.unit_id = u.unit_id AND s.evaluation_id IS NOT NULL AND s.status <> 'disposed' AND s.version > 0"
        " WHERE u.evaluation_id IS NULL",
    )
    return sorted({row["id"] for row in found if row["id"] in gone and row["subject"] not in gone})


def _without_early_units(database: Database, chosen: list[Due], named: bool) -> list[Due]:
    early = early_units(database, [one.dossier_id for one in chosen])
    if named and early:
        raise DisposalRefused(
            "Hồ sơ đợt của đơn vị giữ những văn bản mà hồ sơ cá nhân, tổ chức trích lại, nên chỉ tiêu hủy sau chúng:",
            early,
        )
    return [one for one in chosen if one.dossier_id not in early]


def _written(database: Database, chosen: Sequence[Due], reason: str, document: str, account: Account) -> DisposalList:
    made = new_id()
    with writing(database):
        database.table("disposal_list").insert({
            "id": made, "reason": reason, "document": document, "proposed_by": account.id,
            "proposed_name": account.full_name, "proposed_at": now(), "state": "proposed",
        })  # fmt: skip
        for item in chosen:
            database.table("disposal_item").insert({
                "id": new_id(), "list_id": made, "dossier_id": item.dossier_id, "title": item.title,
                "subject_name": item.subject, "unit_name": item.unit, "period": item.period, "version": item.version,
                "inventory_digest": inventory_digest(database, item.dossier_id), "retention": item.retention,
                "source": item.source, "due_on": item.due_on,
            })  # fmt: skip
        note = f"dossiers={len(chosen)}"
        events.append(database, actor=account.id, action="disposal.proposed", subject=made, note=note)
    return read_list(database, made)


def inventory_digest(database: Database, dossier_id: str) -> str:
    """SHA-512 of the inventory of a dossier's newest version, as it was filed; empty where none is filed."""
    found = one(
        database,
        "SELECT inventory_digest FROM filing WHERE object = ? AND state = 'committed' ORDER BY version DESC LIMIT 1",
        [dossier_id],
    )
    return str(found["inventory_digest"]) if found else ""


def read_list(database: Database, list_id: str) -> DisposalList:
    """One list.

    Raises:
        NotFound: there is none of this id.
    """
    found = one(
        database,
        "SELECT id, state, reason, document, proposed_by, proposed_name, proposed_at FROM disposal_list WHERE id = ?",
        [list_id],
    )
    if found is None:
        raise NotFound(f"Không có danh mục tiêu hủy “{list_id}”.")
    items = rows(database, "SELECT * FROM disposal_item WHERE list_id = ? ORDER BY dossier_id", [list_id])
    approvals = rows(database, "SELECT * FROM disposal_approval WHERE list_id = ? ORDER BY rowid", [list_id])
    return DisposalList(**found, items=tuple(items), approvals=tuple(approvals))


def lists(database: Database) -> list[DisposalList]:
    """Every list, oldest first."""
    found = rows(database, "SELECT id FROM disposal_list ORDER BY rowid")
    return [read_list(database, row["id"]) for row in found]


def approve(database: Database, list_id: str, *, document: str, account: Account | None) -> DisposalList:
    """One of the two approvals; who proposed the list, or approved it already, gives none.

    Raises:
        NotPermitted: only an approver may.
        NotFound: there is no such list.
        DisposalRefused: it is not waiting, or this account may not approve it.
    """
    account = permitted(account, "disposal.approve")
    found = _waiting(database, list_id)
    if account.id == found.proposed_by:
        raise DisposalRefused("Người lập danh mục không tự duyệt; cần hai người duyệt khác.")
    if any(account.id == given["account_id"] for given in found.approvals):
        raise DisposalRefused("Tài khoản này đã duyệt danh mục; cần một người duyệt khác.")
    with writing(database):
        database.table("disposal_approval").insert({
            "id": new_id(), "list_id": list_id, "account_id": account.id, "account_name": account.full_name,
            "document": nfc(document).strip(), "approved_at": now(),
        })  # fmt: skip
        note = f"approval={len(found.approvals) + 1}"
        events.append(database, actor=account.id, action="disposal.approved", subject=list_id, note=note)
    return read_list(database, list_id)


def withdraw(database: Database, list_id: str, *, reason: str, account: Account | None) -> DisposalList:
    """Takes a list back; its dossiers may be proposed anew.

    Raises:
        NotPermitted: the account may not.
        NotFound: there is no such list.
        DisposalRefused: it is not waiting, or there is no reason.
    """
    account = permitted(account, "disposal.propose")
    _waiting(database, list_id)
    if not nfc(reason).strip():
        raise DisposalRefused("Phải ghi lý do rút danh mục (--reason).")
    with writing(database):
        database.execute(
            "UPDATE disposal_list SET state = 'withdrawn', ended_at = ?, ended_by = ?, ended_name = ?, end_reason = ?,"
            " revision = revision + 1 WHERE id = ?",
            [now(), account.id, account.full_name, nfc(reason).strip(), list_id],
        )
        events.append(database, actor=account.id, action="disposal.withdrawn", subject=list_id)
    return read_list(database, list_id)


def _waiting(database: Database, list_id: str) -> DisposalList:
    found = read_list(database, list_id)
    if found.state != "proposed":
        raise DisposalRefused(f"Danh mục {list_id} {STATES[found.state]}.")
    return found
