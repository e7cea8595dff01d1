"""The rows of a filing: written with the store's renames already done, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.changes import Change, apply_changes
from archive.records.database import now

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
    """What a filing row carries so that its rows can be written by whoever finishes it."""
    told = {"dossier": dossier, "files": files, "changes": list(changes)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def try_rows(database: Database, payloads: Sequence[str]) -> None:
    """Writes the rows and takes them back, inside the transaction now open: what the database refuses shows now.

    Raises:
        sqlite3.IntegrityError: a row does not fit the others.
    """
    database.conn.execute("SAVEPOINT trial")
    try:
        _write_dossiers(database, payloads)
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
    payloads = [filing["payload"] for filing in filings]
    _write_dossiers(database, payloads)
    queued_at = now()
    for filing, text in zip(filings, payloads, strict=True):
        note = f"version={filing['version']} files={len(json.loads(text)['files'])}"
        events.append(database, actor=filing["actor"], action="dossier.filed", subject=filing["object"], note=note)
    database.conn.executemany(
        "INSERT INTO outbox (dossier_id, queued_at) VALUES (?, ?)", [(one["object"], queued_at) for one in filings]
    )
    database.conn.executemany(
        "UPDATE filing SET state = 'committed' WHERE object = ? AND version = ?",
        [(filing["object"], filing["version"]) for filing in filings],
    )


def drop_filing(database: Database, filing: Mapping[str, Any]) -> None:
    """Takes back a filing that never reached the store whole; the caller holds the transaction."""
    database.conn.execute("DELETE FROM filing WHERE id = ? AND state = 'prepared'", [filing["id"]])
    note = f"version={filing['version']}"
    events.append(
        database,
        actor=filing["actor"],
        action="dossier.filing-withdrawn",
        subject=filing["object"],
        outcome="failed",
        note=note,
    )


def _write_dossiers(database: Database, payloads: Sequence[str]) -> None:
    told = [json.loads(text) for text in payloads]
    database.conn.executemany(_DOSSIER_SQL, [one["dossier"] for one in told])
    database.conn.executemany(_FILE_SQL, [file for one in told for file in one["files"]])
    # A filing prepared by an earlier release has none.
    apply_changes(database, [change for one in told for change in one.get("changes", ())])
