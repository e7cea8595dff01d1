"""Filing dossiers: in batches, against the same files each synced by itself; and whether the cost stays flat.

The first is measured by the clock, since waiting for the disk is the point, over so many rounds that a moment in which
the disk is busy with something else does not decide; the second by processor time.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlite_utils import Database

from archive.office.folder import Office, make_office, open_office
from archive.records.database import now, open_database, writing
from archive.store.disk import write_file
from archive.store.filing import DossierFile, DossierPackage, file_dossiers
from archive.store.inventory import INVENTORY, SIDECAR, User, sidecar
from archive.store.layout import OBJECT_DECLARATION, OBJECT_DECLARATION_TEXT
from archive.store.ocfl import Store
from benchmarks import Row, row, side_by_side, spent

NAMES = ("filing-vs-fsync-each", "filing-flat")
_PDF = "application/pdf"
# What a member's dossier holds: so many papers of so many bytes, as Word and as PDF.
_FILES, _SIZE = 12, 15_000
_DOSSIERS, _ROUNDS = 64, 5
_SIZES, _STEP, _TURNS = (1_000, 3_000, 10_000), 100, 7


def run() -> list[Row]:
    """Dossiers filed per second; and a full store against an empty one."""
    # Not in /tmp, which may be memory, and not where much was deleted a moment ago: ext4 then makes files very slowly.
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        place = Path(folder)
        return [_against_fsync(place), _flat(place)]


def _against_fsync(place: Path) -> Row:
    office, database = _office(place / "ours", _DOSSIERS * (_ROUNDS + 1))
    theirs = place / "theirs"
    theirs.mkdir()
    loose = open_database(theirs / "hoso.db")
    loose.execute("CREATE TABLE kept (dossier TEXT, path TEXT, size INTEGER) STRICT")
    Store(theirs / "store").ensure()
    starts = [iter(range(0, _DOSSIERS * (_ROUNDS + 1), _DOSSIERS)) for _ in range(2)]
    contents = _contents(_DOSSIERS)

    def ours() -> float:
        return _rate(office, database, next(starts[0]), contents)

    def each() -> float:
        return _rate_of_each(theirs, loose, next(starts[1]), contents)

    side_by_side(ours, each, 1)  # neither side pays for the first touch
    rates = side_by_side(ours, each, _ROUNDS)
    return row(NAMES[0], rates[0], "dossiers/s", rates[1], rates[2], 3, _DOSSIERS * _ROUNDS)


def _flat(place: Path) -> Row:
    """Processor time of a dossier in stores that hold 1,000, 3,000 and 10,000, batch by batch in turns.

    The ratio is the cheapest to the dearest of the three; 0.9 is ten per cent apart.
    """
    contents = [papers[:2] for papers in _contents(_STEP)]
    people = _SIZES[-1] + _STEP * _TURNS
    growing, database = _office(place / "growing", people)
    offices = []
    for start in range(0, _SIZES[-1], _STEP):
        if start in _SIZES:
            database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copytree(growing.root, place / str(start))
            offices.append(open_office(place / str(start)))
        _rate(growing, database, start, contents)
    stores = [(office, office.connect()) for office in offices] + [(growing, database)]
    costs: list[list[float]] = [[] for _ in stores]
    for turn in range(_TURNS):
        first = _SIZES[-1] + turn * _STEP
        for cost, (office, own) in zip(costs, stores, strict=True):
            cost.append(spent(lambda: _rate(office, own, first, contents)) / _STEP * 1_000)  # noqa: B023
    middle = [median(cost) for cost in costs]
    return row(NAMES[1], middle[-1], "ms/dossier", middle[0], min(middle) / max(middle), 0.9, _SIZES[-1])


def _contents(count: int) -> list[list[bytes]]:
    source = random.Random(13)  # noqa: S311  the same bytes every time
    return [[source.randbytes(_SIZE) for _ in range(_FILES)] for _ in range(count)]


def _rate(office: Office, database: Database, first: int, contents: Sequence[Sequence[bytes]]) -> float:
    packages = [_package(first + number, papers) for number, papers in enumerate(contents)]
    start = perf_counter()
    with office.locked():
        filed = file_dossiers(office, database, packages, actor="cli", reason="Nộp lưu")
    spent = perf_counter() - start
    assert sum(done.changed for done in filed) == len(contents)
    return len(contents) / spent


def _rate_of_each(place: Path, database: Database, first: int, contents: Sequence[Sequence[bytes]]) -> float:
    """The same objects by the careful way without batches: every file of an object written and synced by itself, then
    its folders, then one transaction with its rows; no preparation aside, so a stop would leave half a dossier."""
    store = Store(place / "store")
    packages = [_package(first + number, papers) for number, papers in enumerate(contents)]
    start = perf_counter()
    for package in packages:
        planned = store.plan(
            package.dossier_id,
            {file.path: file.data for file in package.files} | {"dossier.json": b"{}"},
            message="Nộp lưu",
            user=User("cli", "urn:hoso:account:cli"),
            created=now(),
        )
        folder = store.folder(package.dossier_id)
        (folder / "v1" / "content").mkdir(parents=True)
        both = {INVENTORY: planned.inventory_bytes, SIDECAR: sidecar(planned.inventory_bytes)}
        files = {OBJECT_DECLARATION: OBJECT_DECLARATION_TEXT, **both, **planned.content}
        for name, data in {**files, **{f"v1/{name}": data for name, data in both.items()}}.items():
            write_file(folder / name, data)
            _sync_one(folder / name)
        for made in (folder / "v1" / "content", folder / "v1", folder, folder.parent):
            _sync_one(made)
        with writing(database):
            database.conn.executemany(
                "INSERT INTO kept VALUES (?, ?, ?)",
                [(package.dossier_id, file.path, len(file.data)) for file in package.files],
            )
    return len(contents) / (perf_counter() - start)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _package(number: int, papers: Sequence[bytes]) -> DossierPackage:
    files = tuple(
        DossierFile(f"{index:02d}-mau.pdf", "other_documents", "Tài liệu của hồ sơ", _PDF, data)
        for index, data in enumerate(papers)
    )
    # The number goes into the first paper, so that no two dossiers have a content in common.
    files = (replace(files[0], data=f"{number}".encode() + files[0].data), *files[1:])
    return DossierPackage(
        dossier_id=f"2018-m-{number:012d}",
        campaign_id="campaign",
        evaluation_id=f"{number:012d}",
        kind="member",
        title="Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng đảng viên năm 2018",
        subject_name="Nguyễn Thị Ước",
        unit_id="unit",
        unit_name="Chi bộ Khu 1",
        parent_name="Đảng bộ xã Hòa Bình",
        status="filed",
        level="good",
        waits_for=(),
        fingerprint=str(number),
        files=files,
        metadata={"period": "2018", "rulebook": "hd13_2018"},
    )


def _office(root: Path, people: int) -> tuple[Office, Database]:
    office = make_office(root)
    database = office.connect()
    with writing(database):
        database.table("unit").insert({"id": "unit", "reference": "CB1"})
        database.table("campaign").insert({
            "id": "campaign", "period": "2018", "rulebook": "hd13_2018", "owner_id": "unit", "place": "Hòa Bình",
            "evaluated_on": "2018-12-15", "opened_at": now(),
        })  # fmt: skip
        ids = [f"{number:012d}" for number in range(people)]
        database.table("person").insert_all({"id": one, "reference": one, "full_name": "Nguyễn Thị Ước"} for one in ids)
        database.table("evaluation").insert_all(
            {"id": one, "campaign_id": "campaign", "capacity": "member", "person_id": one, "unit_id": "unit"}
            for one in ids
        )
    return office, database
