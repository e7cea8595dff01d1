"""Full and read-only disks, two writers at once, a clock set back: nothing is half done, and each is told in words."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.office.folder import make_office, open_office
from archive.store import planning
from archive.store.errors import StoreFull
from archive.store.filing import file_dossiers
from archive.store.fixity import verify
from archive.store.ocfl import Store
from tests.archive.store.conftest import make_rows, package
from tests.drivers.scenarios import SCENARIOS, copied, sound
from tests.drivers.stopping import Operations, in_child

FILING = SCENARIOS[0]
REFUSED = int(os.environ.get("HOSO_KILLS", "24")) // 2


def _refuse(number: int) -> Callable[[], None]:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS], ids=["full", "read-only"])
def test_a_disk_that_takes_nothing_any_more(place: Path, number: int) -> None:
    base = place / "base"
    base.mkdir()
    FILING.prepare(base / "data")

    def refused(root: Path) -> None:
        # Whatever is written for the store is refused from some moment on; the database still has room.
        with pytest.raises(StoreFull):
            FILING.act(root)

    trial, told = copied(base, place / "trial"), place / "told"
    counting = Operations(0, _refuse(number), files_only=True, below=trial / "workspace")
    assert in_child(lambda: FILING.act(trial), counting, told) == 0
    # The first and the last ask for the workspace itself, which is there; a refusal of that alone disturbs nobody.
    every = range(1, int(told.read_text()))
    moments = random.Random(13).sample(every, min(REFUSED, len(every)))  # noqa: S311 - moments of a test
    for at in moments:
        root = copied(base, place / str(at))
        watch = Operations(at, _refuse(number), files_only=True, below=root / "workspace")
        assert in_child(lambda: refused(root), watch, told) == 0, at  # noqa: B023
        sound(root)
        FILING.again(root)
        sound(root)
        shutil.rmtree(root.parent)


def test_two_writers_at_once_lose_nothing(place: Path) -> None:
    root = place / "data"
    office = make_office(root)
    with closing(office.connect().conn) as connection:
        make_rows(Database(connection), people=6)

    def write(numbers: range) -> None:
        own = open_office(root)
        with closing(own.connect().conn) as connection:
            database = Database(connection)
            for turn in range(4):
                for number in numbers:
                    with own.locked(120):
                        given = [package(number, f"lần {turn}"), package(5, f"{numbers} {turn} {number}")]
                        file_dossiers(own, database, given, actor="cli", reason="Nộp lưu")

    children = []
    for numbers in (range(3), range(2, 5)):
        child = os.fork()
        if child == 0:
            outcome = 1
            try:
                write(numbers)
                outcome = 0
            finally:
                os._exit(outcome)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    sound(root)
    store = Store(office.store_root)
    assert len(store.versions("2018-m-aaaaaaaaaa00")) == 4
    assert len(store.versions("2018-m-aaaaaaaaaa05")) == 24, "both wrote it, one after the other"


def test_a_clock_set_back_changes_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = place / "data"
    FILING.prepare(root)
    monkeypatch.setattr(planning, "now", lambda: "2001-01-01T00:00:00Z")
    FILING.act(root)
    monkeypatch.undo()
    office = open_office(root)
    with closing(office.connect().conn) as connection:
        database = Database(connection)
        assert verify(office, database) == []
        with office.locked():
            file_dossiers(office, database, [package(1, "bản sau nữa")], actor="cli", reason="Nộp lưu")
        assert verify(office, database) == []
    created = [version.created[:4] for version in Store(office.store_root).versions("2018-m-aaaaaaaaaa01")]
    assert created[0] == "2001"
    assert created[1] > created[0]
