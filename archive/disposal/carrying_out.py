"""Carrying out an approved list: the dossiers leave the store and the database, their tombstones stay for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from archive.afterwards.permission import permitted
from archive.disposal.errors import DisposalRefused
from archive.disposal.lists import (
    APPROVALS,
    STATES,
    DisposalList,
    early_units,
    inventory_digest,
    kept_dossiers,
    read_list,
)
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records import events
from archive.records.database import now, one, writing
from archive.records.disposed_rows import kept_of
from archive.store.filing import file_register, recover
from archive.store.ocfl import no_checkpoint

LEFT_BEHIND = (
    "Các bản sao lưu đã làm trước (nơi sao lưu, thư mục backups, thư mục print) vẫn còn những hồ sơ này; "
    "xin hủy các bản ấy theo quy chế của cơ quan."
)


@dataclass(frozen=True)
class CarriedOut:
    """What was disposed of: the list and the ids of its dossiers."""

    list_id: str
    dossiers: tuple[str, ...]


def carry_out(
    office: Office,
    database: Database,
    list_id: str,
    *,
    account: Account | None,
    today: date,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> CarriedOut:
    """Disposes of every dossier of an approved list. Stopped at any moment, all of them are whole or all are gone.

    The caller holds `office.locked()`. A list that an earlier call began is finished.

    Raises:
        NotPermitted: the account may not.
        NotFound: there is no such list.
        DisposalRefused: an approval is missing, or something stands against a dossier since it was proposed.
        StoreFull: the disk is full or failing; the next opening finishes or takes back.
    """
    account = permitted(account, "disposal.carry-out")
    recover(office, database)
    found = read_list(database, list_id)
    reason = f"Tiêu hủy theo danh mục {list_id}"
    if found.state == "withdrawn":
        raise DisposalRefused(f"Danh mục {list_id} {STATES[found.state]}.")
    if found.state == "proposed":
        _check(database, found, today)
        file_register(
            office, database, actor=account.id, reason=reason, checkpoint=checkpoint,
            before=lambda: _write_tombstones(database, found, account),
        )  # fmt: skip
        checkpoint("tombstones filed")
        recover(office, database)
    file_register(office, database, actor=account.id, reason=reason, checkpoint=checkpoint)
    return CarriedOut(list_id, tuple(item["dossier_id"] for item in found.items))


def _check(database: Database, found: DisposalList, today: date) -> None:
    if len(found.approvals) < APPROVALS:
        raise DisposalRefused(
            f"Danh mục {found.id} mới có {len(found.approvals)} lần duyệt; cần {APPROVALS} người duyệt khác nhau."
        )
    known = {one.dossier_id: one for one in kept_dossiers(database, None, today)}
    refused = []
    for item in found.items:
        dossier_id = item["dossier_id"]
        if dossier_id not in known:
            refused.append(f"{dossier_id}: không còn hồ sơ này")
        elif known[dossier_id].against:
            refused.append(f"{dossier_id}: {'; '.join(known[dossier_id].against)}")
        elif inventory_digest(database, dossier_id) != item["inventory_digest"]:
            refused.append(f"{dossier_id}: đã nộp lưu thêm sau khi lập danh mục")
    refused += [
        f"{dossier_id}: hồ sơ đợt của đơn vị còn được hồ sơ khác trích"
        for dossier_id in early_units(database, [item["dossier_id"] for item in found.items])
    ]
    if refused:
        raise DisposalRefused("Chưa tiêu hủy được; xin rút danh mục và lập lại:", refused)


def _write_tombstones(database: Database, found: DisposalList, account: Account) -> None:
    approvers = "; ".join(f"{one['account_name']} ({one['approved_at'][:10]})" for one in found.approvals)
    moment = now()
    with writing(database):
        for item in found.items:
            dossier = one(database, "SELECT * FROM dossier WHERE id = ?", [item["dossier_id"]]) or {}
            files = one(
                database, "SELECT count(*) AS files FROM dossier_file WHERE dossier_id = ?", [item["dossier_id"]]
            ) or {}  # fmt: skip
            database.table("tombstone").insert({
                "id": item["dossier_id"], "list_id": found.id, "campaign_id": dossier["campaign_id"],
                "unit_id": dossier["unit_id"], "evaluation_id": dossier["evaluation_id"], "title": item["title"],
                "versions": dossier["version"], "files": files["files"], "inventory_digest": item["inventory_digest"],
                "reason": found.reason, "document": found.document, "approvers": approvers,
                "disposed_by": account.id, "disposed_name": account.full_name, "disposed_at": moment,
                **kept_of(database, item["dossier_id"]),
            })  # fmt: skip
        note = f"dossiers={len(found.items)}"
        events.append(database, actor=account.id, action="disposal.begun", subject=found.id, note=note)
