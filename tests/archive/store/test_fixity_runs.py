"""Checks kept: each run is recorded, a limited one takes what was looked at longest ago, a stopped one is known."""

from __future__ import annotations

import pytest
from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store import fixity
from archive.store.chain_fixity import check_chain
from archive.store.filing import file_dossiers
from archive.store.fixity import check_store
from archive.store.ocfl import Store
from tests.archive.store.conftest import package


@pytest.fixture(autouse=True)
def filed(office: Office, database: Database) -> None:
    with office.locked():
        file_dossiers(office, database, [package(0), package(1)], actor="cli", reason="Nộp lưu")


def checked(database: Database) -> list[str]:
    return [row["object"] for row in rows(database, "SELECT object FROM fixity_check ORDER BY object")]


def test_a_limited_run_goes_on_with_what_was_not_looked_at(office: Office, database: Database) -> None:
    first = check_store(office, database, limit=1)
    assert (first.objects, first.checked, first.damages) == (3, 1, ())
    seen = checked(database)
    assert len(seen) == 1
    check_store(office, database, limit=2)
    assert len(checked(database)) == 3
    assert check_store(office, database, minutes=0).checked == 0


def test_every_run_is_kept_and_is_an_event(office: Office, database: Database) -> None:
    check_store(office, database, actor="k7m2")
    (Store(office.store_root).folder("2018-m-aaaaaaaaaa00") / "v1/content/01-mau-2.docx").unlink()
    check_store(office, database, actor="k7m2")
    runs = rows(database, "SELECT actor, checked, damages > 0 AS bad, outcome FROM fixity_run ORDER BY id")
    assert [(run["actor"], run["checked"], run["bad"], run["outcome"]) for run in runs] == [
        ("k7m2", 3, 0, "sound"),
        ("k7m2", 3, 1, "damaged"),
    ]
    told = rows(database, "SELECT outcome, note FROM event WHERE action = 'store.verified' ORDER BY seq")
    assert [row["outcome"] for row in told] == ["done", "failed"]
    assert told[0]["note"] == "run=1 objects=3 checked=3 damages=0"


def test_a_check_that_breaks_off_is_known(office: Office, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(fixity, "check_object", broken)
    with pytest.raises(MemoryError):
        check_store(office, database)
    assert one(database, "SELECT outcome FROM fixity_run") == {"outcome": "broken_off"}


def test_a_tail_cut_off_since_the_last_check_shows(office: Office, database: Database) -> None:
    check_store(office, database)
    newest = events.last(database)["seq"]
    with writing(database):
        database.execute("DROP TRIGGER event_kept_on_delete")
        database.execute("DELETE FROM event WHERE seq = ?", [newest])
        database.execute("DELETE FROM event_head")
        database.table("event_head").insert({"only": 1, **events.last(database)})
    assert list(events.broken(database)) == [], "the chain itself holds, and so does what is noted beside it"
    [damage] = check_chain(office, database).damages
    assert "sau lần kiểm tra ngày" in str(damage)
