"""The database of every released version opens, keeps each of its rows, and is put aside before it is changed."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.records import events
from archive.records.database import open_database
from archive.records.schema import migrations
from archive.records.upgrading import COPIES, KEPT, copies
from tests.drivers.stopping import Operations, in_child, kill_here, operations_of

RELEASED = sorted((Path(__file__).parents[2] / "data" / "released").glob("*.sql"))
# Where a column went that a later release has in another shape.
_MOVED = {"tally": {"excellent", "good", "completed", "not_completed"}}


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database as that release left it, in a folder of its own."""
    path = tmp_path / "hoso.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(request.param.read_text(encoding="utf-8"))
    return path


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as text would show it."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in database.execute(f"SELECT * FROM {name}")]
            for name in names
            if not name.startswith(("sqlite_", "_sqlite"))
        }


def schema(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def columns(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(path)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        return {name: database.execute(f"PRAGMA table_info({name})").fetchall() for name in names}


def kept_rows(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """What of the rows is lost or changed."""
    for table, rows in before.items():
        if len(after.get(table, [])) < len(rows):
            yield f"{table}: rows lost"
        for row in rows:
            told = {name: value for name, value in row.items() if name not in _MOVED.get(table, set())}
            if not any(told.items() <= {**other}.items() for other in after.get(table, [])):
                yield f"{table}: {told}"


def test_there_is_a_release_to_prove() -> None:
    assert RELEASED
    assert all(len(rows) > 0 for rows in _of_first().values()), "a row in every table"


def _of_first() -> dict[str, list[dict[str, Any]]]:
    database = sqlite3.connect(":memory:")
    with closing(database):
        database.executescript(RELEASED[0].read_text(encoding="utf-8"))
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_every_row_is_kept_and_the_schema_is_that_of_a_new_database(released: Path, tmp_path: Path) -> None:
    before = contents(released)
    database = open_database(released)
    assert list(events.broken(database)) == []
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    database.close()
    assert list(kept_rows(before, contents(released))) == []
    tallied = {row["id"]: json.loads(row["counts"]) for row in contents(released)["tally"]}
    assert tallied == {"tally0000001": {"good": 8, "completed": 2, "not_completed": 0}}
    (tmp_path / "fresh").mkdir()
    fresh = tmp_path / "fresh" / "hoso.db"
    open_database(fresh).close()
    assert columns(released) == columns(fresh)
    assert schema(released) == schema(fresh)


def test_a_copy_as_it_was_is_put_aside_once(released: Path) -> None:
    before = contents(released)
    open_database(released).close()
    [copy] = copies(released.parent)
    assert contents(copy) == before
    open_database(released).close()
    assert copies(released.parent) == [copy]


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    open_database(tmp_path / "hoso.db").close()
    assert not (tmp_path / COPIES).exists()


def test_the_last_three_copies_stay(released: Path) -> None:
    original = released.read_bytes()
    made = []
    for _ in range(KEPT + 2):
        for part in ("hoso.db-wal", "hoso.db-shm"):
            released.with_name(part).unlink(missing_ok=True)
        released.write_bytes(original)
        open_database(released).close()
        made.append(copies(released.parent)[-1])
    assert copies(released.parent) == made[-KEPT:]


def test_without_a_place_for_the_copy_nothing_is_changed(released: Path) -> None:
    before = schema(released)
    (released.parent / COPIES).write_bytes(b"a file in the way")
    with pytest.raises(OSError, match=COPIES):
        open_database(released)
    assert schema(released) == before


def test_killed_anywhere_the_next_opening_finishes(released: Path, tmp_path: Path) -> None:
    before = contents(released)
    fresh = tmp_path / "fresh.db"
    open_database(fresh).close()
    wanted = schema(fresh)

    def placed(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        return Path(shutil.copy(released, folder / "hoso.db"))

    trial = placed("trial")
    count = operations_of(lambda: open_database(trial).close(), tmp_path / "told")
    assert count > 100
    for number in range(24):
        path = placed(str(number))
        moment = 1 + number * (count - 1) // 23
        status = in_child(lambda: open_database(path).close(), Operations(moment, kill_here), tmp_path / "told")  # noqa: B023
        assert status == -signal.SIGKILL
        open_database(path).close()
        assert schema(path) == wanted, moment
        assert list(kept_rows(before, contents(path))) == [], moment
        # Whatever was half-done, the oldest copy is of the database as it was.
        assert contents(copies(path.parent)[0]) == before, moment
        shutil.rmtree(path.parent)


def test_no_migration_of_a_release_was_changed_or_taken_away(released: Path) -> None:
    with closing(sqlite3.connect(released)) as database:
        applied = [row[0] for row in database.execute("SELECT name FROM _sqlite_migrations ORDER BY id")]
    fresh = open_database(released.parent / "fresh.db")
    assert [one.name for one in migrations.applied(fresh)][: len(applied)] == applied
