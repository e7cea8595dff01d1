"""Taking disposed dossiers out of the store: wholly or not at all, whenever the work is stopped.

The order: tombstones are written and filed with the register → each object is renamed out of the store, synced → one
transaction takes its rows away and writes the event → what was renamed is deleted. A tombstone that never reached the
store is taken back; one that did is the order to finish.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import NotFound
from archive.records import events
from archive.records.database import now, rows, writing
from archive.records.disposed_rows import forget
from archive.store import disk
from archive.store.ocfl import Store, no_checkpoint
from archive.store.register_object import REGISTER

DISPOSED = "dossier.disposed"
TOMBSTONES = "tombstone.json"
_PENDING = """
SELECT t.* FROM tombstone t JOIN dossier d ON d.id = t.id WHERE d.status <> 'disposed' ORDER BY t.rowid
"""
_CARRIED_OUT = """
UPDATE disposal_list SET state = 'carried_out', ended_at = :at, ended_by = :by, ended_name = :name,
    revision = revision + 1
WHERE id = :list AND state = 'proposed' AND NOT EXISTS (
    SELECT 1 FROM disposal_item i JOIN dossier d ON d.id = i.dossier_id
    WHERE i.list_id = disposal_list.id AND d.status <> 'disposed')
"""


def finish_disposals(
    store: Store, database: Database, checkpoint: Callable[[str], None] = no_checkpoint
) -> tuple[str, ...]:
    """Carries out what filed tombstones order and takes back those that were never filed; gives what is gone now.

    The caller holds the lock on the data folder; no filing is under way.

    Raises:
        OSError: the disk is full or failing; the next opening goes on.
    """
    pending = rows(database, _PENDING)
    if not pending:
        return ()
    ordered = _filed(store)
    gone = [tombstone for tombstone in pending if tombstone["id"] in ordered]
    _take_back(database, [tombstone for tombstone in pending if tombstone["id"] not in ordered])
    for tombstone in gone:
        _move_out(store, tombstone["id"])
        checkpoint("moved out")
    store.sync()
    checkpoint("moves synced")
    if gone:
        _forget(database, gone)
        checkpoint("rows gone")
    for tombstone in gone:
        disk.remove(_aside(store, tombstone["id"]))
        checkpoint("removed")
    store.sync()
    return tuple(tombstone["id"] for tombstone in gone)


def _filed(store: Store) -> set[str]:
    try:
        return {row["id"] for row in json.loads(store.read(REGISTER, TOMBSTONES))}
    except NotFound:
        return set()


def _take_back(database: Database, tombstones: Sequence[Mapping[str, Any]]) -> None:
    if tombstones:
        with writing(database):
            for tombstone in tombstones:
                database.conn.execute("DELETE FROM tombstone WHERE id = ?", [tombstone["id"]])
                events.append(
                    database, actor=tombstone["disposed_by"], action="disposal.interrupted", subject=tombstone["id"],
                    outcome="failed", note=f"list={tombstone['list_id']}",
                )  # fmt: skip


def _aside(store: Store, object_id: str) -> Path:
    return store.workspace / f"{object_id}.removed"


def _move_out(store: Store, object_id: str) -> None:
    folder = store.folder(object_id)
    if folder.exists():
        disk.remove(_aside(store, object_id))
        folder.rename(_aside(store, object_id))
    # Also where a stop came between the two.
    disk.prune(folder.parent, store.root)


def _forget(database: Database, tombstones: Sequence[Mapping[str, Any]]) -> None:
    # What is deleted is written over, so that the file of the database does not hold it any longer.
    database.conn.execute("PRAGMA secure_delete = ON")
    with writing(database):
        for tombstone in tombstones:
            forget(database, tombstone)
            note = (
                f"list={tombstone['list_id']} versions={tombstone['versions']} files={tombstone['files']}"
                f" inventory={tombstone['inventory_digest']}"
            )
            events.append(database, actor=tombstone["disposed_by"], action=DISPOSED, subject=tombstone["id"], note=note)
            database.conn.execute("INSERT INTO outbox (dossier_id, queued_at) VALUES (?, ?)", [tombstone["id"], now()])
        for tombstone in {one["list_id"]: one for one in tombstones}.values():
            database.conn.execute(_CARRIED_OUT, {
                "at": now(), "by": tombstone["disposed_by"], "name": tombstone["disposed_name"],
                "list": tombstone["list_id"],
            })  # fmt: skip
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
