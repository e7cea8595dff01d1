"""Opening the database and writing to it.

Reading needs no transaction. Every change happens inside `writing`, which takes the write lock at its start: what was
read inside it is still true when it is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.records.upgrading import upgrade

_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def open_database(path: Path) -> Database:
    """The database at `path`, made or brought up to date when needed.

    Before the database of an earlier release is changed, a copy of it goes to `backups/` beside it.

    One connection serves one thread. Foreign keys are enforced; readers do not wait for a writer (WAL).
    """
    database = Database(path)
    database.conn.execute("PRAGMA journal_mode = WAL")
    database.conn.execute("PRAGMA synchronous = FULL")
    database.conn.execute("PRAGMA foreign_keys = ON")
    database.conn.execute("PRAGMA busy_timeout = 30000")
    upgrade(database, path)
    return database


@contextmanager
def writing(database: Database) -> Iterator[Database]:
    """One transaction, begun with the write lock; an exception leaves nothing behind. May be nested."""
    if database.conn.in_transaction:
        yield database
        return
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield database
    except BaseException:
        database.conn.rollback()
        raise
    database.conn.commit()


def rows(database: Database, sql: str, parameters: Any = ()) -> list[dict[str, Any]]:
    """The rows a SELECT gives, each as a dictionary."""
    return list(database.query(sql, parameters))


def one(database: Database, sql: str, parameters: Any = ()) -> dict[str, Any] | None:
    """The first row a SELECT gives, or None."""
    return next(iter(database.query(sql, parameters)), None)


def new_id() -> str:
    """A fresh opaque id: 12 letters and digits that cannot be misread, about 59 bits."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(12))


def now() -> str:
    """The present moment as ISO text in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
