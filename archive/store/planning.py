"""Working out what a filing will write: the next version of each object and the rows that go with it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.changes import tried
from archive.records.database import now, one
from archive.records.filed_tables import rows_of_dossier
from archive.store.errors import PathRefused, StoreDamaged
from archive.store.inventory import User
from archive.store.ocfl import PreparedVersion, Store
from archive.store.package import DOSSIER_JSON, DossierFile, DossierPackage, dossier_json
from archive.store.register_object import REGISTER, next_register, register_due
from archive.store.rows import payload, register_payload


@dataclass(frozen=True)
class Filing:
    """One version about to be filed, and its row of `filing`."""

    prepared: PreparedVersion
    row: dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """Who files, when and why, and the newest event before: the same for every object of a batch."""

    user: User
    actor: str
    reason: str
    filed_at: str
    event_head: str
    event_seq: int

    def told(self, version: int, order: int) -> dict[str, Any]:
        """What the store keeps of it; `order` is the object's place in the batch, from 1."""
        told = {"version": version, "filed_at": self.filed_at, "actor": self.actor, "reason": self.reason}
        return {**told, "event_head": self.event_head, "event_seq": self.event_seq, "order": order}


def moment_of(database: Database, actor: str, reason: str) -> Moment:
    """The present moment, as all objects of a batch carry it."""
    account = one(database, "SELECT full_name FROM account WHERE id = ?", [actor])
    user = User(account["full_name"] if account else actor, f"urn:hoso:account:{actor}")
    last = events.last(database)
    return Moment(user, actor, reason, now(), last["hash"], last["seq"])


def plan(
    store: Store, database: Database, wanted: Sequence[tuple[DossierPackage, int]], moment: Moment
) -> list[Filing]:
    """The versions of a batch: the register where it is due, then the dossiers, each with the number of its last one.

    Raises:
        PathRefused: a file name is not plain ASCII or comes twice.
        StoreDamaged: store and database do not agree on how many versions there are.
    """
    filings = []
    if register_due(database):
        # First, so that no dossier in the store ever names someone the store does not know.
        filings.append(plan_register(store, database, moment))
    for package, version in wanted:
        with tried(database, package.changes) if package.changes else contextlib.nullcontext():
            rows_now = rows_of_dossier(database, package.row)
        told = dossier_json(package, moment.told(version + 1, len(filings) + 1), rows_now)
        files = (*package.files, DossierFile(DOSSIER_JSON, "metadata", "Mô tả hồ sơ", "application/json", told))
        contents = {file.path: file.data for file in files}
        if len(contents) < len(files):
            raise PathRefused(f"Hồ sơ {package.dossier_id} có hai tệp cùng tên trong kho.")
        prepared = _prepared(store, package.dossier_id, version, contents, moment)
        filings.append(Filing(prepared, _filing_row(package, files, prepared, moment)))
    return filings


def plan_register(store: Store, database: Database, moment: Moment) -> Filing:
    """The register's next version.

    Raises:
        StoreDamaged: as `plan`.
    """
    sql = "SELECT coalesce(max(version), 0) AS version FROM filing WHERE object = ? AND state = 'committed'"
    known = one(database, sql, [REGISTER]) or {}
    register = next_register(database, moment.told(known["version"] + 1, 1))
    prepared = _prepared(store, REGISTER, known["version"], register.files, moment)
    carried = register_payload(register.payload, len(register.files))
    return Filing(prepared, _row(prepared, moment, carried))


def _prepared(
    store: Store, object_id: str, version: int, contents: Mapping[str, bytes], moment: Moment
) -> PreparedVersion:
    prepared = store.plan(object_id, contents, message=moment.reason, user=moment.user, created=moment.filed_at)
    if prepared.number != version + 1:
        raise StoreDamaged(
            f"Hồ sơ {object_id}: cơ sở dữ liệu ghi {version} lần nộp, trong kho có {prepared.number - 1}. "
            "Xin chạy “hoso verify”."
        )
    return prepared


def _row(prepared: PreparedVersion, moment: Moment, carried: str) -> dict[str, Any]:
    return {
        "object": prepared.object_id,
        "version": prepared.number,
        "inventory_digest": prepared.inventory_digest,
        "actor": moment.actor,
        "reason": moment.reason,
        "prepared_at": moment.filed_at,
        "payload": carried,
    }


def _filing_row(
    package: DossierPackage, files: Sequence[DossierFile], prepared: PreparedVersion, moment: Moment
) -> dict[str, Any]:
    state = prepared.inventory.versions[-1].state
    dossier = {**package.row, "version": prepared.number, "filed_at": moment.filed_at}
    listed = [
        {
            "dossier_id": package.dossier_id,
            "version": prepared.number,
            "path": file.path,
            "item": file.item,
            "title": file.title,
            "media_type": file.media_type,
            "digest": state[file.path],
            "size": len(file.data),
            "position": position,
            "document_id": file.document_id,
        }
        for position, file in enumerate(files, 1)
    ]
    return _row(prepared, moment, payload(dossier, listed, package.changes))
