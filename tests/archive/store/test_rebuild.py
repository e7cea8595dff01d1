"""Making the records anew: in place beside work that is not filed, with gaps in the events, from a damaged store."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import DatabaseLost
from archive.office.folder import Office, make_office, office_without_database, open_office
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.chain_fixity import check_chain
from archive.store.filing import file_dossiers
from archive.store.fixity import verify
from archive.store.ocfl import Store
from archive.store.rebuild.rebuilding import rebuild, try_rebuild
from tests.archive.store.conftest import package

FIRST = "2018-m-aaaaaaaaaa00"


def file(office: Office, database: Database, *numbers: int, text: str = "bản đầu") -> None:
    with office.locked():
        packages = [package(number, text) for number in numbers]
        file_dossiers(office, database, packages, actor="cli", reason="Nộp lưu")


def lose(office: Office, database: Database) -> Office:
    database.close()
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (office.root / part).unlink(missing_ok=True)
    return office_without_database(office.root)


def test_no_empty_database_takes_the_place_of_a_lost_one(office: Office, database: Database) -> None:
    file(office, database, 0)
    lose(office, database)
    with pytest.raises(DatabaseLost, match="hoso rebuild"):
        open_office(office.root)
    with pytest.raises(DatabaseLost):
        make_office(office.root)
    assert not office.database_path.exists()


def test_an_unreadable_database_is_kept_aside(office: Office, database: Database) -> None:
    file(office, database, 0, 1)
    database.close()
    office.database_path.write_bytes(b"x" * 10_000)
    report = rebuild(office_without_database(office.root), actor="cli")
    assert (report.dossiers, report.anew) == (2, True)
    assert report.kept is not None
    assert report.kept.read_bytes() == b"x" * 10_000
    with closing(open_office(office.root).connect().conn) as connection:
        assert verify(office, Database(connection)) == []


def test_work_that_is_not_filed_stays(office: Office, database: Database) -> None:
    file(office, database, 0)
    with writing(database):
        database.execute("UPDATE person SET full_name = 'Trần Văn Ơn', revision = 2 WHERE reference = 'DV0'")
        database.execute("UPDATE evaluation SET facts = '{\"a\": 1}', revision = 2 WHERE id = 'aaaaaaaaaa01'")
        database.execute("UPDATE dossier SET level = 'excellent' WHERE id = ?", [FIRST])
    assert rebuild(office, actor="cli").anew is False
    assert one(database, "SELECT level FROM dossier WHERE id = ?", [FIRST]) == {"level": "good"}
    assert one(database, "SELECT full_name FROM person WHERE reference = 'DV0'") == {"full_name": "Trần Văn Ơn"}
    assert one(database, "SELECT facts FROM evaluation WHERE id = 'aaaaaaaaaa01'") == {"facts": '{"a": 1}'}
    assert verify(office, database) == []
    with pytest.raises(Exception, match="append-only"), writing(database):
        database.execute("UPDATE event SET note = 'x'")


def test_events_that_nothing_tells_of_leave_a_gap_that_shows(office: Office, database: Database) -> None:
    file(office, database, 0)
    for _ in range(4):
        with writing(database):
            events.append(database, actor="cli", action="document.opened", subject=FIRST)
    file(office, database, 1)
    file(office, database, 2)
    before = {row["object"]: row for row in rows(database, "SELECT * FROM event WHERE action = 'dossier.filed'")}
    lose(office, database)
    rebuild(office, actor="cli")
    with closing(open_office(office.root).connect().conn) as connection:
        again = Database(connection)
        report = check_chain(office, again)
        assert (report.lost, report.damages) == (1, ())
        assert verify(office, again) == []
        after = {row["object"]: row for row in rows(again, "SELECT * FROM event WHERE action = 'dossier.filed'")}
        assert after == before, "the chain goes on behind the gap as it was"
        with writing(again):
            again.execute("DROP TRIGGER event_kept_on_update")
            again.execute("UPDATE event SET hash = 'x' WHERE action = 'events.lost'")
        assert {damage.code for damage in verify(office, again)} == {"events"}


def test_what_cannot_be_read_is_told_and_the_rest_made(office: Office, database: Database) -> None:
    file(office, database, 0, 1)
    (Store(office.store_root).folder(FIRST) / "v1/content/dossier.json").write_bytes(b"{}")
    lose(office, database)
    report = rebuild(office, actor="cli")
    assert [damage.dossier for damage in report.damages] == [FIRST]
    assert report.dossiers == 1


def test_the_trial_changes_nothing_and_names_what_differs(office: Office, database: Database, tmp_path: Path) -> None:
    file(office, database, 0)
    assert try_rebuild(office, database) == []
    with writing(database):
        database.execute("UPDATE dossier SET level = 'excellent'")
    [damage] = try_rebuild(office, database)
    assert damage.path == f"dossier/{FIRST}"
    assert one(database, "SELECT level FROM dossier") == {"level": "excellent"}
