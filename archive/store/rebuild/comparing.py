"""Comparing the records of a database with those made anew from the store."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from archive.records import events
from archive.records.database import rows
from archive.records.filed_tables import REGISTER_TABLES, SUBJECT_TABLES, UNIT_TABLES, FiledTable
from archive.store.damage import CALL_AUDITOR, REBUILD, Damage
from archive.store.filed_rows import FiledRows, revisions_of

# With the columns that are compared: the others are numbers given anew, or empty once a filing is committed.
_OWN = (
    (FiledTable("dossier"), "SELECT * FROM dossier WHERE version > 0"),
    (FiledTable("dossier_file", key=("dossier_id", "version", "path")), "SELECT * FROM dossier_file"),
    (
        FiledTable("filing", key=("object", "version")),
        "SELECT object, version, inventory_digest, actor, reason, prepared_at, state FROM filing",
    ),
)


def differences(rebuilt: Database, kept: Database) -> Iterator[Damage]:
    """What the rows of `kept` say otherwise than the store; rows that are not filed yet are no difference."""
    owners = {name: rows(rebuilt, f"SELECT id, revision FROM {name}") for name in ("unit", "person")}  # noqa: S608
    known = FiledRows(kept, revisions_of(owners))
    filed = {table.name: table for table in (*REGISTER_TABLES, *SUBJECT_TABLES, *UNIT_TABLES)}
    selected = [*_OWN, *((table, f"SELECT * FROM {name}") for name, table in filed.items())]  # noqa: S608
    for table, sql in selected:
        for path, message in known.differences(table, rebuilt.query(sql)):
            yield Damage("row", "", path, message, REBUILD)
    yield from _events(rebuilt, kept)


def _events(rebuilt: Database, kept: Database) -> Iterator[Damage]:
    known = {row["seq"]: row["hash"] for row in rows(kept, "SELECT seq, hash FROM event")}
    for row in rebuilt.query("SELECT seq, action, hash FROM event ORDER BY seq"):
        if row["action"] not in (events.REBUILT, events.LOST) and known.get(row["seq"]) != row["hash"]:
            message = "Nhật ký khác với những gì kho ghi lại từ việc này"
            yield Damage("events", "", f"việc số {row['seq']}", message, CALL_AUDITOR)
            return
