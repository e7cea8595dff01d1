"""The works that are stopped: what each starts from, what it does, and what must hold after it is done again."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from archive.afterwards.annulments import annul
from archive.backup.making import backup
from archive.backup.restoring import check
from archive.disposal.carrying_out import carry_out
from archive.importing.run import import_workbook
from archive.intake.run import intake
from archive.office.accounts import Account, accounts
from archive.office.folder import make_office, office_without_database, open_office
from archive.records.database import open_database, rows
from archive.records.schema import migrations
from archive.store.filing import FiledDossier, file_dossiers, file_register, recover
from archive.store.fixity import verify
from archive.store.ocfl import Store
from archive.store.rebuild.rebuilding import rebuild
from tests.archive.disposal.conftest import LONG_AFTER, accounts_of, approved_list, fill
from tests.archive.importing.conftest import CONTENT, as_read
from tests.archive.intake.conftest import word
from tests.archive.store.conftest import make_rows, package

Tell = Callable[[FiledDossier], None]
FIRST, SECOND, THIRD = (f"2018-m-aaaaaaaaaa0{number}" for number in range(3))


@dataclass(frozen=True)
class Scenario:
    """One kind of work.

    Args:
        prepare: makes the data folder that it starts from.
        act: does it, once; told of what it acknowledged by lines appended to a file.
        settle: does it again, as a person would after a power cut.
    """

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    settle: Callable[[Path], None] | None = None

    def again(self, root: Path) -> None:
        """Does the work once more after it was stopped."""
        (self.settle or self.act)(root)


def acknowledged(root: Path) -> dict[str, int]:
    """What was said to be filed: dossier → version."""
    told = root.with_name("acknowledged")
    lines = told.read_text().split("\n") if told.exists() else []
    return {line.split()[0]: int(line.split()[1]) for line in lines if line}


def _tell(root: Path) -> Tell:
    def tell(done: FiledDossier) -> None:
        handle = os.open(root.with_name("acknowledged"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(handle, f"{done.dossier_id} {done.version}\n".encode())
        os.close(handle)

    return tell


def sound(root: Path) -> None:
    """Opens the office as any command does and holds it to everything: store, rows, events, what was acknowledged."""
    office = open_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        with office.locked():
            recover(office, database)
        assert [str(damage) for damage in verify(office, database)] == []
        store = Store(office.store_root)
        assert store.leftovers() == []
        kept = {row["id"]: row["version"] for row in rows(database, "SELECT id, version FROM dossier")}
        for dossier, version in acknowledged(root).items():
            assert kept.get(dossier, 0) >= version, f"{dossier} was acknowledged"
            assert len(store.versions(dossier)) >= version


def _filed_office(root: Path) -> None:
    office = make_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        make_rows(database)
        with office.locked():
            file_dossiers(office, database, [package(0)], actor="cli", reason="Nộp lưu", progress=_tell(root))


def _file(root: Path) -> None:
    office = open_office(root)
    packages = [package(0, "bản sau"), package(1), package(2)]
    with closing(office.connect().conn) as connection, office.locked():
        database = Database(connection)
        recover(office, database)
        file_dossiers(office, database, packages, actor="cli", reason="Nộp lưu", progress=_tell(root))
        file_register(office, database, actor="cli", reason="Nộp lưu")


def _intake_office(root: Path) -> None:
    office = make_office(root)
    with closing(office.connect().conn) as connection:
        assert import_workbook(Database(connection), as_read(CONTENT), actor="cli").saved
    papers = root.with_name("papers")
    papers.mkdir(exist_ok=True)
    for member in ("DV1", "DV2 Trần Thị Bình", "DV4 Phạm Thị Dung"):
        (papers / f"{member} - Bản tự kiểm điểm.docx").write_bytes(word(f"Bản tự kiểm điểm của {member}"))


def _take_in(root: Path) -> None:
    report = intake(open_office(root), root.with_name("papers"), actor="cli")
    assert len(report.taken) + len(report.known) == 3
    with closing(sqlite3.connect(root / "hoso.db")) as database:
        assert database.execute("SELECT count(*) FROM document WHERE source = 'intake'").fetchone()[0] == 4


def _old_office(root: Path) -> None:
    """An office whose database has only the tables of the first release."""
    make_office(root)
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (root / part).unlink(missing_ok=True)
    with closing(sqlite3.connect(root / "hoso.db")) as connection:
        database = Database(connection)
        names = [one.name for one in migrations.pending(database)]
        migrations.apply(database, stop_before=names[3])


def _migrate(root: Path) -> None:
    with closing(open_database(root / "hoso.db").conn) as connection:
        assert migrations.pending(Database(connection)) == []


def _rebuilt_office(root: Path) -> None:
    _filed_office(root)
    _file(root)


def _lost_office(root: Path) -> None:
    _rebuilt_office(root)
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (root / part).unlink(missing_ok=True)


def _rebuild(root: Path) -> None:
    assert rebuild(office_without_database(root), actor="cli").dossiers == 3


def _back_up(root: Path) -> None:
    office = open_office(root)
    with closing(office.connect().conn) as connection:
        backup(office, Database(connection), root.with_name("copies"), actor="cli")


def _back_up_again(root: Path) -> None:
    _back_up(root)
    assert check(root.with_name("copies"), actor="cli").damages == []


def _annul(root: Path) -> None:
    approver = Account("k7m2k7m2k7m2", "bithu", "Trần Thị Ước", "approver", 1)
    office = open_office(root)
    with closing(office.connect().conn) as connection, office.locked():
        database = Database(connection)
        recover(office, database)
        dossier = (root.parent / "dossier").read_text()
        if Store(office.store_root).inventory(dossier).head > 1:  # type: ignore[union-attr]
            return
        annul(
            office, database, dossier, reason="Phát hiện khuyết điểm", document="21-QĐ/ĐU",
            annulled_on=date(2019, 2, 1), account=approver, today=date(2019, 2, 2),
        )  # fmt: skip


def annulling(filed: Path) -> Scenario:
    """Annulling in a copy of an office that holds the filed sample campaign."""

    def prepare(root: Path) -> None:
        shutil.copytree(filed, root)
        with closing(sqlite3.connect(root / "hoso.db")) as database:
            sql = "SELECT id FROM dossier WHERE kind = 'member' AND status = 'filed' ORDER BY id LIMIT 1"
            (root.parent / "dossier").write_text(database.execute(sql).fetchone()[0])

    return Scenario("annulling", prepare, _annul)


def _office_with_a_list(root: Path) -> None:
    """An office with three dossiers on a list that two approvers have approved."""
    office = make_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        fill(office, database)
        (root.parent / "list").write_text(approved_list(database, accounts_of(database)))


def _dispose(root: Path) -> None:
    office = open_office(root)
    with closing(office.connect().conn) as connection, office.locked():
        database = Database(connection)
        clerk = next(one for one in accounts(database) if one.role == "clerk")
        carry_out(office, database, (root.parent / "list").read_text(), account=clerk, today=LONG_AFTER)


def _dispose_again(root: Path) -> None:
    """Whatever the stop left, it was all of the list or nothing of it."""
    office = open_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        found = {row["status"] for row in rows(database, "SELECT status FROM dossier")}
        stays = {row["id"] for row in rows(database, "SELECT id FROM tombstone")}
        assert (found, len(stays)) in (({"filed"}, 0), ({"disposed"}, 3))
        assert (FIRST in set(Store(office.store_root).objects())) is (found == {"filed"})
    _dispose(root)
    with closing(office.connect().conn) as connection:
        gone = rows(Database(connection), "SELECT object FROM event WHERE action = 'dossier.disposed' ORDER BY object")
        assert [row["object"] for row in gone] == [FIRST, SECOND, THIRD]


def _released_office(root: Path) -> None:
    """An office whose database is that of the first release, with rows in every table."""
    make_office(root)
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (root / part).unlink(missing_ok=True)
    released = Path(__file__).parents[1] / "data" / "released" / "0.1.0.sql"
    with closing(sqlite3.connect(root / "hoso.db")) as connection:
        connection.executescript(released.read_text(encoding="utf-8"))
        # Its store is not at hand.
        connection.executescript(
            "DELETE FROM outbox; DELETE FROM dossier_file; DELETE FROM filing; DELETE FROM dossier;"
        )


SCENARIOS = (
    Scenario("filing", _filed_office, _file),
    Scenario("intake", _intake_office, _take_in),
    Scenario("migrating", _old_office, _migrate),
    Scenario("migrating a released database", _released_office, _migrate),
    Scenario("disposing", _office_with_a_list, _dispose, _dispose_again),
    Scenario("rebuilding", _rebuilt_office, _rebuild),
    Scenario("rebuilding a lost database", _lost_office, _rebuild),
    Scenario("backing up", _rebuilt_office, _back_up, _back_up_again),
)


def copied(base: Path, to: Path) -> Path:
    """A copy of everything beside and in a prepared data folder; what never changes in the store is linked."""
    shutil.copytree(base, to, copy_function=_copy)
    return to / "data"


def _copy(source: str, target: str) -> None:
    if "/content/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)
