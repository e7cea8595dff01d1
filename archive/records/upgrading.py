"""Bringing the database of an earlier release up to date; a copy of it as it was is put aside first."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from sqlite_utils import Database

from archive.records.schema import migrations
from archive.store import disk

COPIES = "backups"
KEPT = 3
_START, _PART = "hoso-truoc-nang-cap-", "dang-chep.db"
# A table with a row in any of these is worth a copy; a database being made for the first time has none.
_TELLING = ("event", "account", "unit", "person")
# Seconds one opening waits for another that upgrades.
_PATIENCE = 600


def upgrade(database: Database, path: Path) -> None:
    """Applies the migrations still missing, each in a transaction of its own; an interrupted upgrade is gone on with.

    Where the database holds data, a copy goes to `backups/` beside it before the first change; the newest three stay.

    Raises:
        sqlite3.OperationalError, OSError: the copy or a migration could not be written; nothing half-done counts.
    """
    if not migrations.pending(database):
        return
    if not _holds_data(database):
        migrations.apply(database)
        return
    folder = path.parent / COPIES
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "hoso.lock", timeout=_PATIENCE):
        # Another process may have done it meanwhile.
        if migrations.pending(database):
            if not _begun(database, folder):
                _copy(database, folder)
            migrations.apply(database)


def copies(folder: Path) -> list[Path]:
    """The copies made before upgrades in a data folder, oldest first."""
    return sorted((folder / COPIES).glob(f"{_START}*.db"))


def _holds_data(database: Database) -> bool:
    known = set(database.table_names())
    return any(
        database.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0]  # noqa: S608
        for table in _TELLING
        if table in known
    )


def _target(database: Database) -> int:
    """How many migrations this release has."""
    return len(migrations.pending(database)) + len(migrations.applied(database))


def _begun(database: Database, folder: Path) -> bool:
    """Whether the newest copy was made for this same upgrade, which was stopped between two migrations."""
    newest = max(folder.glob(f"{_START}*.db"), default=None)
    applied = migrations.applied(database)
    if newest is None or not applied or not newest.stem.endswith(f"-{_target(database)}"):
        return False
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    return datetime.fromisoformat(applied[-1].applied_at) > made


def _copy(database: Database, folder: Path) -> None:
    half = folder / _PART
    half.unlink(missing_ok=True)
    try:
        database.conn.execute("VACUUM INTO ?", [str(half)])
    except sqlite3.Error:
        half.unlink(missing_ok=True)
        raise
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    disk.sync(folder)
    half.rename(folder / f"{_START}{moment}-{_target(database)}.db")
    disk.sync(folder)
    for old in sorted(folder.glob(f"{_START}*.db"))[:-KEPT]:
        old.unlink()
