"""Filing dossiers so that a stop at any moment leaves each of them either filed whole or not at all.

The order of one batch, under the data folder's lock: `prepared` rows that hold all that is to be recorded → the versions
written aside and synced → renames, synced → one transaction with the rows, an event and an outbox line for each dossier
and `committed`. Only then is a dossier said to be filed. `recover` settles what a stop left behind: a prepared version
that is whole is recorded from its row, any other is removed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import now, one, rows, writing
from archive.store.disk import remove
from archive.store.errors import RowsRefused, StoreFull
from archive.store.inventory import User
from archive.store.ocfl import PreparedVersion, Store, no_checkpoint

METADATA = "dossier.json"
_COLUMNS = (
    "id", "campaign_id", "kind", "evaluation_id", "unit_id", "title", "status", "level", "waits_for", "fingerprint",
    "subject_name", "unit_name", "parent_name",
)  # fmt: skip


@dataclass(frozen=True)
class DossierFile:
    """One file of a dossier: its ASCII path, item of VI.2, Vietnamese title, media type and content."""

    path: str
    item: str
    title: str
    media_type: str
    data: bytes
    document_id: str | None


@dataclass(frozen=True)
class DossierPackage:
    """A dossier ready to be filed.

    Args:
        fingerprint: equal to the last filing's when nothing changed; then nothing is filed.
        files: in the order of the contents list.
        metadata: what `dossier.json` tells besides the files: who, what, decision, readings, inputs.
    """

    dossier_id: str
    campaign_id: str
    evaluation_id: str | None
    kind: str
    title: str
    subject_name: str
    unit_id: str
    unit_name: str
    parent_name: str | None
    status: str
    level: str | None
    waits_for: tuple[str, ...]
    fingerprint: str
    files: tuple[DossierFile, ...]
    metadata: Mapping[str, Any]


@dataclass(frozen=True)
class FiledDossier:
    """A dossier now filed, under this version."""

    dossier_id: str
    version: int


@dataclass(frozen=True)
class RecoveryReport:
    """What a recovery settled: ids rolled forward, ids removed."""

    completed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def file_dossiers(
    office: Office,
    database: Database,
    packages: Sequence[DossierPackage],
    *,
    actor: str,
    reason: str,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> list[FiledDossier]:
    """Files a batch; the caller holds `office.locked()`.

    Args:
        reason: the version's message.
        checkpoint: told each step's name before the next; tests stop there.

    Raises:
        StoreFull: the disk refused; nothing of the batch is filed and nothing filed before is touched.
        RowsRefused: a dossier names a campaign, unit or evaluation that is not recorded.
    """
    store = Store(office.store_root)
    store.ensure()
    wanted = [package for package in packages if not _is_filed(database, package)]
    if not wanted:
        return []
    head, moment = events.head(database), now()
    user = User(actor, f"urn:hoso:{actor}")
    planned = [_planned(store, package, head, moment, reason, user) for package in wanted]
    _record_prepared(database, wanted, planned, actor, reason, moment)
    checkpoint("prepared")
    try:
        for version in planned:
            store.write(version)
            checkpoint("written")
        store.sync()
        checkpoint("synced")
        for version in planned:
            store.install(version, checkpoint)
            checkpoint("installed")
        store.sync()
    except OSError as error:
        recover(office, database)
        raise StoreFull(f"{(StoreFull.__doc__ or '').strip()} ({error.strerror})") from error
    checkpoint("renamed")
    _commit(database, [(version.object_id, version.number) for version in planned])
    checkpoint("committed")
    return [FiledDossier(version.object_id, version.number) for version in planned]


def recover(office: Office, database: Database) -> RecoveryReport:
    """Settles filings that a stop interrupted; the caller holds `office.locked()`. Cheap when there are none."""
    store = Store(office.store_root)
    completed, removed = [], []
    for row in rows(database, "SELECT * FROM filing WHERE state = 'prepared' ORDER BY id"):
        if store.roll_forward(row["object"], row["version"], row["inventory_digest"]):
            store.sync()
            _commit(database, [(row["object"], row["version"])])
            completed.append(row["object"])
        else:
            store.withdraw(row["object"], row["version"])
            with writing(database):
                database.execute("DELETE FROM filing WHERE id = ?", [row["id"]])
            removed.append(row["object"])
    for path in store.leftovers():
        remove(path)
    return RecoveryReport(tuple(completed), tuple(removed))


def _is_filed(database: Database, package: DossierPackage) -> bool:
    known = one(database, "SELECT fingerprint FROM dossier WHERE id = ?", [package.dossier_id])
    return known is not None and known["fingerprint"] == package.fingerprint


def _planned(store: Store, package: DossierPackage, head: str, moment: str, reason: str, user: User) -> PreparedVersion:
    files = {file.path: file.data for file in package.files}
    files[METADATA] = _metadata(package, head, moment)
    return store.plan(package.dossier_id, files, message=reason, user=user, created=moment)


def _metadata(package: DossierPackage, head: str, moment: str) -> bytes:
    told = {
        **package.metadata,
        "dossier": package.dossier_id,
        "kind": package.kind,
        "title": package.title,
        "subject": package.subject_name,
        "unit": package.unit_name,
        "parent": package.parent_name,
        "status": package.status,
        "level": package.level,
        "waits_for": list(package.waits_for),
        "files": [
            {"path": file.path, "item": file.item, "title": file.title, "media_type": file.media_type}
            for file in package.files
        ],
        "filed_at": moment,
        "events_head": head,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _record_prepared(
    database: Database,
    packages: Sequence[DossierPackage],
    planned: Sequence[PreparedVersion],
    actor: str,
    reason: str,
    moment: str,
) -> None:
    with writing(database):
        for package, version in zip(packages, planned, strict=True):
            _check_known(database, package)
            database.table("filing").insert({
                "object": version.object_id,
                "version": version.number,
                "inventory_digest": version.inventory_digest,
                "actor": actor,
                "reason": reason,
                "prepared_at": moment,
                "payload": json.dumps(_payload(package, version, moment), ensure_ascii=False),
                "state": "prepared",
            })  # fmt: skip


def _check_known(database: Database, package: DossierPackage) -> None:
    # Refused here, before anything is written: a row that cannot be recorded would block every later recovery.
    for table, wanted in (
        ("campaign", package.campaign_id),
        ("unit", package.unit_id),
        ("evaluation", package.evaluation_id),
    ):
        if wanted and not one(database, f"SELECT 1 AS found FROM {table} WHERE id = ?", [wanted]):  # noqa: S608
            raise RowsRefused


def _payload(package: DossierPackage, version: PreparedVersion, moment: str) -> dict[str, Any]:
    digests = version.inventory.versions[-1].state
    files = [*package.files, DossierFile(METADATA, "metadata", "Mô tả hồ sơ", "application/json", b"", None)]
    dossier = {
        **{name: getattr(package, name) for name in _COLUMNS if name not in ("id", "waits_for")},
        "id": package.dossier_id,
        "waits_for": json.dumps(list(package.waits_for), ensure_ascii=False),
        "version": version.number,
        "filed_at": moment,
    }
    sizes = {file.path: len(file.data) for file in package.files}
    sizes[METADATA] = next((len(data) for path, data in version.content.items() if path.endswith(f"/{METADATA}")), 0)
    return {
        "dossier": dossier,
        "files": [
            {
                "dossier_id": package.dossier_id,
                "version": version.number,
                "path": file.path,
                "item": file.item,
                "title": file.title,
                "media_type": file.media_type,
                "digest": digests[file.path],
                "size": sizes[file.path],
                "position": position,
                "document_id": file.document_id,
            }
            for position, file in enumerate(files, start=1)
        ],
    }


def _commit(database: Database, versions: Sequence[tuple[str, int]]) -> None:
    """Records filed versions from their prepared rows: dossier, files, event, outbox, all or none."""
    with writing(database):
        for object_id, number in versions:
            row = one(
                database,
                "SELECT * FROM filing WHERE object = ? AND version = ? AND state = 'prepared'",
                [object_id, number],
            )
            if row is None:
                continue
            payload = json.loads(row["payload"])
            database.table("dossier").upsert(payload["dossier"], pk="id")
            database.table("dossier_file").insert_all(_kept_links(database, payload["files"]))
            action = "dossier.filed" if number == 1 else "dossier.filed-again"
            events.append(database, actor=row["actor"], action=action, subject=object_id, note=f"v{number}")
            database.table("outbox").insert({"dossier_id": object_id, "queued_at": now()})
            database.execute("UPDATE filing SET state = 'committed', payload = '' WHERE id = ?", [row["id"]])


def _kept_links(database: Database, files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    # A paper may have been made anew between a stop and its recovery; the file then keeps its name and loses the link.
    known = {row["id"] for row in rows(database, "SELECT id FROM document")} if files else set()
    return [{**file, "document_id": file["document_id"] if file["document_id"] in known else None} for file in files]
