"""The rows of a filing: written with the store's renames already done, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.changes import Change, apply_changes
from archive.records.database import now
from archive.store.register_object import REGISTER, settle_register

_DOSSIER = (
    "id", "campaign_id", "kind", "evaluation_id", "unit_id", "title", "status", "level", "waits_for", "fingerprint",
    "subject_name", "unit_name", "parent_name", "version", "filed_at",
)  # fmt: skip
# A complaint is opened and closed beside the filings, so a filing leaves that column alone.
_DOSSIER_SQL = (
    f"INSERT INTO dossier ({', '.join(_DOSSIER)}) VALUES ({', '.join(f':{name}' for name in _DOSSIER)}) "  # noqa: S608
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _DOSSIER[1:])}"
)
_FILE = ("dossier_id", "version", "path", "item", "title", "media_type", "digest", "size", "position", "document_id")
_FILE_SQL = f"INSERT INTO dossier_file ({', '.join(_FILE)}) VALUES ({', '.join(f':{name}' for name in _FILE)})"  # noqa: S608
_FILING_SQL = (
    "INSERT INTO filing (object, version, inventory_digest, actor, reason, prepared_at, payload, state) "
    "VALUES (:object, :version, :inventory_digest, :actor, :reason, :prepared_at, :payload, 'prepared')"
)


def payload(dossier: Mapping[str, Any], files: Sequence[Mapping[str, Any]], changes: Sequence[Change] = ()) -> str:
    """What a filing row carries until it is committed, so that its rows can be written by whoever finishes it."""
    return _json({"dossier": dossier, "files": files, "changes": list(changes)})


def register_payload(register: Mapping[str, int], files: int) -> str:
    """What the filing row of the register carries: up to where it tells, and how many files it has."""
    return _json({"register": register, "files": [None] * files})


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def try_rows(database: Database, filings: Sequence[Mapping[str, Any]]) -> None:
    """Writes the rows and takes them back, inside the transaction now open: what the database refuses shows now.

    Raises:
        sqlite3.IntegrityError: a row does not fit the others.
    """
    database.conn.execute("SAVEPOINT trial")
    try:
        _write_rows(database, filings)
    finally:
        database.conn.execute("ROLLBACK TO trial")
        database.conn.execute("RELEASE trial")


def record_prepared(database: Database, filings: Sequence[Mapping[str, Any]]) -> None:
    """Writes the rows that say what is about to be filed."""
    database.conn.executemany(_FILING_SQL, filings)


def commit_filings(database: Database, filings: Sequence[Mapping[str, Any]]) -> None:
    """Writes all rows of filings that stand in the store, with their events, and marks them committed.

    Args:
        filings: rows of `filing`, in order. The caller holds the transaction.
    """
    dossiers = _write_rows(database, filings)
    for filing in filings:
        append_filed(database, filing, files=len(json.loads(filing["payload"])["files"]))
    queued_at = now()
    database.conn.executemany(
        "INSERT INTO outbox (dossier_id, queued_at) VALUES (?, ?)", [(one["id"], queued_at) for one in dossiers]
    )
    # What it carried stands in its rows now, and in the store.
    database.conn.executemany(
        "UPDATE filing SET state = 'committed', payload = '' WHERE object = ? AND version = ?",
        [(filing["object"], filing["version"]) for filing in filings],
    )


def append_filed(database: Database, filing: Mapping[str, Any], *, files: int) -> None:
    """Writes the event of a filing, at the moment its version gives."""
    events.append(
        database,
        actor=filing["actor"],
        action=filed_action(filing["object"]),
        subject=filing["object"],
        note=f"version={filing['version']} files={files}",
        happened_at=filing["prepared_at"],
    )


def filed_action(object_id: str) -> str:
    """The action of the event that tells of a filing."""
    return "register.filed" if object_id == REGISTER else "dossier.filed"


def drop_filing(database: Database, filing: Mapping[str, Any]) -> None:
    """Takes back a filing that never reached the store whole; the caller holds the transaction."""
    database.conn.execute(
        "DELETE FROM filing WHERE object = ? AND version = ? AND state = 'prepared'",
        [filing["object"], filing["version"]],
    )
    note = f"version={filing['version']}"
    events.append(
        database,
        actor=filing["actor"],
        action="dossier.filing-withdrawn",
        subject=filing["object"],
        outcome="failed",
        note=note,
    )


def _write_rows(database: Database, filings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows that filings carry; gives those of the dossiers."""
    told = [(filing["prepared_at"], json.loads(filing["payload"])) for filing in filings]
    dossiers = [carried["dossier"] for _, carried in told if "dossier" in carried]
    write_dossiers(database, dossiers)
    write_files(database, [file for _, carried in told if "dossier" in carried for file in carried["files"]])
    for happened_at, carried in told:
        # A filing prepared by an earlier release has none.
        apply_changes(database, carried.get("changes", ()), happened_at)
        if "register" in carried:
            settle_register(database, carried["register"])
    return dossiers


def write_dossiers(database: Database, dossiers: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows of `dossier`, over the ones that are there."""
    database.conn.executemany(_DOSSIER_SQL, dossiers)


def write_files(database: Database, files: Sequence[Mapping[str, Any]]) -> None:
    """Writes rows of `dossier_file`."""
    database.conn.executemany(_FILE_SQL, files)
