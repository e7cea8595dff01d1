"""The index follows the database, whatever happens to it."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from generator.vietnamese import fold
from search.analysis import name_terms, terms
from search.engine import Entry, Found
from search.errors import IndexBroken
from search.find import find
from search.index import drain, drift, engine_of, ensure, reindex
from search.query import parse
from search.whoosh_engine import WhooshEngine
from tests.search.conftest import SmallOffice


def entry(number: int, text: str = "") -> Entry:
    name = f"Hùng Hương Huy{number % 7}"
    return Entry(f"2018-m-{number:06d}", "2018", name, name_terms(name), terms(f"{name} {text} số {number}"))


def ids(engine: WhooshEngine, query: str) -> list[str]:
    node = parse(query).text
    assert node is not None
    return Found(node, engine.segments()).best()


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    made = WhooshEngine(tmp_path / "index")
    made.rebuild(())
    return made


def test_the_outbox_is_drained_once(small: SmallOffice) -> None:
    ensure(small.office, small.database)
    for number in range(3):
        small.filed(f"Lê An {number}")
    assert drain(small.office, small.database) == 3
    assert drain(small.office, small.database) == 0
    assert engine_of(small.office).size() == 3
    assert drift(small.office, small.database) == ([], [])


def test_who_finds_the_index_lock_held_leaves_the_work_to_its_holder(small: SmallOffice) -> None:
    small.filed("Lê An")
    with FileLock(small.office.root / "index.lock"):
        assert drain(small.office, small.database) == 0
    assert drain(small.office, small.database) == 1


def test_many_filers_at_once_leave_nothing_in_the_outbox(small: SmallOffice) -> None:
    ensure(small.office, small.database)
    for number in range(40):
        small.filed(f"Lê An {number}")
    taken: list[int] = []

    def work() -> None:
        database = small.office.connect()
        taken.append(drain(small.office, database))
        database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 40
    assert find(small.office, small.database, "le an")["total"] == 40


# Whoosh does not close a table of contents that it cannot read.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "noise", "pointer", "version"])
def test_a_broken_index_is_made_anew(small: SmallOffice, damage: str) -> None:
    small.filed("Nguyễn Văn An")
    drain(small.office, small.database)
    root = small.office.index_root
    engine_of(small.office)._forget()
    files = [file for file in root.rglob("*") if file.is_file() and file.name != "current"]
    if damage == "missing":
        shutil.rmtree(root)
    elif damage == "pointer":
        (root / "current").write_bytes(b"\xff\x00")
    elif damage == "version":
        name = (root / "current").read_text()
        (root / name).rename(root / name.replace("v", "v0"))
        (root / "current").write_text(name.replace("v", "v0"))
    for file in files if damage in ("empty", "cut", "noise") else ():
        data = file.read_bytes()
        noise = bytes(reversed(data))
        file.write_bytes({"empty": b"", "cut": data[: len(data) // 2], "noise": noise}[damage])
    assert [hit["subject"] for hit in find(small.office, small.database, "nguyen an")["hits"]] == ["Nguyễn Văn An"]
    gc.collect()


def test_an_index_that_opens_and_is_damaged_within_is_made_anew_by_who_meets_it(small: SmallOffice) -> None:
    for number in range(30):
        small.filed(f"Nguyễn Văn An {number}", comment="Siêng năng, cần cù")
    drain(small.office, small.database)
    engine_of(small.office)._forget()
    gc.collect()
    (segment,) = small.office.index_root.rglob("*.seg")
    data = bytearray(segment.read_bytes())
    postings = data.find(b"W3Bl")
    while postings >= 0:
        packed = data.find(b"\x78\x5e", postings)  # zlib
        data[packed : packed + 8] = b"\xff" * 8
        postings = data.find(b"W3Bl", postings + 1)
    segment.write_bytes(data)
    assert engine_of(small.office).size() == 30
    assert find(small.office, small.database, '"cần cù"')["total"] == 30
    gc.collect()


def test_a_dossier_missing_from_the_index_shows_and_reindexing_mends_it(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An")
    drain(small.office, small.database)
    engine_of(small.office).remove([dossier])
    assert drift(small.office, small.database) == ([dossier], [])
    assert reindex(small.office, small.database) == 1
    assert drift(small.office, small.database) == ([], [])


def test_a_folder_that_is_no_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken):
        WhooshEngine(tmp_path).size()


def test_a_prefix_that_many_names_share_ends(engine: WhooshEngine) -> None:
    engine.add(entry(number) for number in range(5_000))
    assert engine.size() == len(ids(engine, "hu*")) == 5_000
    assert len(ids(engine, "hu* -huy3")) == 5_000 - len(ids(engine, "huy3"))


def test_batches_merges_and_replacements_keep_every_dossier_once(engine: WhooshEngine) -> None:
    random_ = random.Random(7)  # noqa: S311 - the same batches each time
    held: dict[str, Entry] = {}
    for _ in range(30):
        batch = [entry(random_.randrange(300), random_.choice(["đỏ", "xanh", "tím"])) for _ in range(15)]
        engine.add(batch)
        held.update({one.dossier_id: one for one in batch})
        gone = random_.sample(sorted(held), 2)
        engine.remove(gone)
        for dossier in gone:
            del held[dossier]
        for colour in ("đỏ", "xanh", "tím"):
            wanted = sorted(dossier for dossier, one in held.items() if fold(colour) in one.text)
            assert sorted(ids(engine, f'"{colour} số"')) == wanted
    assert engine.dossier_ids() == set(held)


def test_many_updates_do_not_make_the_index_grow(engine: WhooshEngine, tmp_path: Path) -> None:
    for _ in range(60):
        engine.add([entry(number) for number in range(20)])
    files = [file for file in (tmp_path / "index").rglob("*") if file.is_file()]
    assert len(files) < 40
    assert sum(file.stat().st_size for file in files) < 400_000


def test_readers_meet_no_error_during_sixty_commits(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.add(entry(number) for number in range(200))
    failures: list[BaseException] = []
    done = threading.Event()

    def read(reader: WhooshEngine) -> None:
        while not done.is_set():
            try:
                assert len(ids(reader, "hu*")) >= 200
            except BaseException as error:  # whatever it is, it fails the test
                failures.append(error)
                return

    # Each with an engine of its own, as other processes have.
    threads = [threading.Thread(target=read, args=(WhooshEngine(tmp_path / "index"),)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(60):
        engine.add([entry(200 + number), entry(number % 200, "thêm")])
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(ids(engine, "hu*")) == 260


def test_searching_goes_on_in_the_old_index_while_it_is_made_anew(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.add(entry(number) for number in range(50))
    reader = WhooshEngine(tmp_path / "index")
    meanwhile: list[int] = []

    def anew() -> Iterator[Entry]:
        for number in range(80):
            meanwhile.append(len(ids(reader, "hu*")) if number == 40 else 50)
            yield entry(number)

    engine.rebuild(anew())
    assert set(meanwhile) == {50}
    assert len(ids(reader, "hu*")) == 80


_ENDLESS_INDEXER = """
import sys
from pathlib import Path
from archive.office.folder import open_office
from search.index import drain, reindex
office = open_office(Path(sys.argv[1]))
database = office.connect()
print("ready", flush=True)
drain(office, database)
while True:
    reindex(office, database)
"""


def test_a_killed_indexer_leaves_an_office_that_finds_everything(small: SmallOffice) -> None:
    ensure(small.office, small.database)
    project = str(Path(__file__).parents[2])
    for turn in range(3):
        for number in range(30):
            small.filed(f"Lê Văn An {turn} {number}")
        process = subprocess.Popen(
            [sys.executable, "-c", _ENDLESS_INDEXER, str(small.office.root)],
            env={**os.environ, "PYTHONPATH": project}, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05 + 0.15 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert find(small.office, small.database, "le van an")["total"] == 30 * (turn + 1)
        drain(small.office, small.database)
        assert drift(small.office, small.database) == ([], [])


def test_five_thousand_dossiers_filed_at_once_are_found_at_once(small: SmallOffice) -> None:
    names = [f"Nguyễn Văn {given} {number}" for number in range(1_000) for given in ("An", "Bình", "Cúc", "Dũng", "Em")]
    small.filed_many(names)
    assert find(small.office, small.database, "nguyen van cuc")["total"] == 1_000
    assert drain(small.office, small.database) == 0, "so long an outbox is drained by the first who searches"
    assert find(small.office, small.database, "nguyen")["total"] == 5_000
    assert find(small.office, small.database, "")["total"] == 5_000
    assert drift(small.office, small.database) == ([], [])
