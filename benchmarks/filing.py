"""Filing dossiers: hoso against loose files each synced by itself, and whether the cost stays flat as the store grows.

Measured by the clock, not by processor time: waiting for the disk is the point.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlite_utils import Database

from archive.office.folder import Office, make_office
from archive.records.database import now, open_database, writing
from archive.store.filing import DossierFile, DossierPackage, file_dossiers
from benchmarks import Row, row, side_by_side

NAMES = ("filing-vs-fsync-each", "filing-flat")
_PDF = "application/pdf"
# What a member's dossier holds: so many papers of so many bytes, as Word and as PDF.
_FILES, _SIZE = 12, 15_000
_DOSSIERS, _ROUNDS = 64, 3
_GROWTH, _STEP = 4_000, 250


def run() -> list[Row]:
    """Dossiers filed per second; and the first and the last thousand of a growing store, one beside the other."""
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
    batches = iter(range(0, _DOSSIERS * (_ROUNDS + 1), _DOSSIERS))
    contents = _contents(_DOSSIERS)
    _rate_of_loose(theirs, loose, -1, contents)
    _rate(office, database, next(batches), contents)
    rounds = iter(range(_ROUNDS))
    ours, each, ratio = side_by_side(
        lambda: _rate(office, database, next(batches), contents),
        lambda: _rate_of_loose(theirs, loose, next(rounds), contents),
        _ROUNDS,
    )
    return row(NAMES[0], ours, "dossiers/s", each, ratio, 3, _DOSSIERS * _ROUNDS)


def _flat(place: Path) -> Row:
    """The ratio says how much dearer the last dossiers are than the first: 1 is flat; the limit is 10 % dearer."""
    office, database = _office(place / "growing", _GROWTH)
    contents = [papers[:2] for papers in _contents(_STEP)]
    rates = [_rate(office, database, start, contents) for start in range(0, _GROWTH, _STEP)]
    quarter = len(rates) // 4
    first, last = median(rates[1 : 1 + quarter]), median(rates[-quarter:])
    return row(NAMES[1], last, "dossiers/s", first, last / first, 0.9, _GROWTH)


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


def _rate_of_loose(place: Path, database: Database, turn: int, contents: Sequence[Sequence[bytes]]) -> float:
    """A folder for each dossier, each file written and synced, then the folder, then one transaction with the rows."""
    start = perf_counter()
    for number, papers in enumerate(contents):
        folder = place / f"{turn}-{number}"
        folder.mkdir()
        for index, data in enumerate([*papers, b"{}"]):
            handle = os.open(folder / f"{index}.pdf", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            os.write(handle, data)
            os.fsync(handle)
            os.close(handle)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
        with writing(database):
            database.conn.executemany(
                "INSERT INTO kept VALUES (?, ?, ?)",
                [(folder.name, f"{index}.pdf", len(data)) for index, data in enumerate(papers)],
            )
    return len(contents) / (perf_counter() - start)


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
