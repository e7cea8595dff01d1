"""Searching: what is indexed in a second, how large the index is, how long a clerk waits.

The peer is Whoosh as its documentation shows it: a StemmingAnalyzer over the whole text of the papers, every field
stored. Both get the same dossiers; the peer with the printed text of two papers of each (Mẫu 2 and Mẫu 5.1), ours with
what varies alone.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer

from archive.office.folder import Office, make_office
from archive.records.database import now, writing
from benchmarks import Row, row, side_by_side, spent
from generator.rules.rulebook import load_rulebook
from search.analysis import name_terms, terms
from search.engine import Entry
from search.find import find
from search.index import reindex
from search.whoosh_engine import WhooshEngine

NAMES = ("index-rate", "index-size", "query-20k-p95")
_SIDE_BY_SIDE = 1_500
_DOSSIERS = 20_000
_LIMIT = 0.100  # seconds
_FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
_MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Hữu", "Quốc", "Ngọc", "Thanh", "Xuân", "Thu", "Công", "Đình"]
_GIVEN = [
    "An",
    "Anh",
    "Ân",
    "Bình",
    "Chi",
    "Cường",
    "Dung",
    "Dũng",
    "Đạt",
    "Đức",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hòa",
    "Hoa",
    "Hương",
    "Khánh",
    "Lan",
    "Long",
    "Minh",
    "Nga",
    "Thủy",
    "Tú",
]
_REMARKS = (
    "Gương mẫu, trách nhiệm, hoàn thành tốt nhiệm vụ được giao",
    "Cần chủ động hơn trong công tác tham mưu và phối hợp",
    "Tích cực xây dựng nông thôn mới, vận động nhân dân hiến đất làm đường",
    "Còn nể nang trong tự phê bình và phê bình",
    "Có sáng kiến cải cách thủ tục hành chính được công nhận",
    "Đoàn kết nội bộ, giữ gìn phẩm chất đạo đức, lối sống lành mạnh",
    "Chưa thường xuyên học tập nghị quyết; một số việc còn chậm",
    "Bị khiển trách do vi phạm quy định về tiếp công dân",
)
_LEVELS = ("excellent", "good", "good", "good", "completed", "not_completed")


def _dossiers(count: int) -> Iterator[dict[str, str]]:
    """The same dossiers each time."""
    chance = random.Random(2018)  # noqa: S311 - a corpus, no secret
    for number in range(count):
        yield {
            "id": f"{2009 + number % 10}-m-{number:012d}",
            "period": str(2009 + number % 10),
            "name": " ".join(chance.choice(part) for part in (_FAMILIES, _MIDDLES, _GIVEN)),
            "unit": f"Chi bộ Khu {number % 400}",
            "card": f"{number:08d}",
            "decision": f"{number % 120 + 1}-QĐ/ĐU",
            "comment": ". ".join(chance.sample(_REMARKS, 2)) + f" (việc số {chance.randrange(10_000)}).",
            "level": chance.choice(_LEVELS),
        }


def _variable(dossier: dict[str, str]) -> str:
    return "\n".join(dossier[part] for part in ("comment", "name", "unit", "card", "decision", "period"))


def _ours(folder: Path) -> None:
    WhooshEngine(folder).rebuild(
        Entry(one["id"], one["period"], one["name"], name_terms(one["name"]), terms(_variable(one)))
        for one in _dossiers(_SIDE_BY_SIDE)
    )


def _printed() -> str:
    """What the forms print for everyone: the text of the templates without their tags, with the criteria's rows."""
    papers = [
        Document(str(resources.files("templates_docx").joinpath("hd13_2018", name)))
        for name in ("mau-2.docx", "mau-5.1.docx")
    ]
    texts = ["".join(paper.element.body.itertext(qn("w:t"))) for paper in papers]
    rows = [criterion.title for criterion in load_rulebook().criteria("party_member")]
    return "\n".join([*(re.sub(r"\{[{%].*?[}%]\}", " ", text) for text in texts), *rows])


def _theirs(folder: Path) -> None:
    printed = _printed()
    text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), name=text, unit=text, body=text)
    folder.mkdir()
    writer = index.create_in(str(folder), schema).writer()
    for one in _dossiers(_SIDE_BY_SIDE):
        writer.add_document(id=one["id"], name=one["name"], unit=one["unit"], body=f"{printed}\n{_variable(one)}")
    writer.commit()


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _indexing(root: Path) -> list[Row]:
    rounds = iter(range(100))
    made: dict[str, Path] = {}

    def rate(name: str, work: Any) -> float:
        made[name] = root / f"{name}{next(rounds)}"
        return _SIDE_BY_SIDE / spent(lambda: work(made[name]))

    ours, theirs, ratio = side_by_side(lambda: rate("ours", _ours), lambda: rate("theirs", _theirs), 3)
    small, large = _bytes(made["ours"]) / _SIDE_BY_SIDE, _bytes(made["theirs"]) / _SIDE_BY_SIDE
    return [
        row("index-rate", ours, "dossiers/cpu-s", theirs, ratio, 6, _SIDE_BY_SIDE),
        row("index-size", small, "bytes/dossier", large, large / small, 4, _SIDE_BY_SIDE),
    ]


def _office(root: Path) -> Office:
    """An office with 20,000 filed dossiers of ten years in 400 cells."""
    office = make_office(root)
    database = office.connect()
    with writing(database):
        many = database.conn.executemany
        units = [(f"u{number}", f"Chi bộ Khu {number}") for number in range(400)]
        many("INSERT INTO unit (id, reference) VALUES (?, upper(?))", [(unit, unit) for unit, _ in units])
        many("INSERT INTO unit_period (unit_id, name, type) VALUES (?, ?, 'subordinate_cell')", units)
        many(
            "INSERT INTO campaign (id, period, rulebook, owner_id, place, evaluated_on, opened_at) "
            "VALUES ('c' || ?, ?, 'hd13_2018', 'u0', 'Hòa Sơn', '2018-12-20', ?)",
            [(year, str(year), now()) for year in range(2009, 2019)],
        )
        every = [
            {**one, "key": f"{number:06d}", "unit_id": f"u{number % 400}"}
            for number, one in enumerate(_dossiers(_DOSSIERS))
        ]
        many("INSERT INTO person (id, reference, full_name) VALUES (:key, 'R' || :key, :name)", every)
        many("INSERT INTO person_identifier VALUES (:key, 'card_number', :card, NULL, NULL)", every)
        many(
            "INSERT INTO evaluation (id, campaign_id, capacity, person_id, unit_id, proposal_comment) "
            "VALUES (:key, 'c' || :period, 'member', :key, :unit_id, :comment)",
            every,
        )
        many("INSERT INTO decision (id, evaluation_id, level, number) VALUES (:key, :key, :level, :decision)", every)
        many(
            "INSERT INTO dossier (id, campaign_id, kind, evaluation_id, unit_id, title, status, level, version, "
            "subject_name, unit_name) VALUES (:id, 'c' || :period, 'member', :key, :unit_id, '', 'filed', :level, 1, "
            ":name, :unit)",
            every,
        )
    database.close()
    return office


def _queries() -> Iterator[str]:
    """What clerks type: names with and without marks, parts of names, codes, remarks, filters."""
    for number, one in enumerate(_dossiers(40)):
        family, middle, given = one["name"].split()
        yield one["name"]
        yield f"{family} {given}".lower()
        yield f"{given} nam:{one['period']}"
        yield f"{one['name']} muc:tot"
        yield one["card"]
        yield one["decision"]
        yield f'"{one["unit"]}"' if number % 2 else f'{middle} don-vi:"{one["unit"]}"'
        yield f"{family[:2]}* {given}"
    yield from ("sáng kiến", "khien trach", '"nể nang"', "nông thôn mới -khiển", "HTXSNV nam:2018", "nam:2018 muc:xs")


def _query_time(root: Path) -> Row:
    office = _office(root)
    database = office.connect()
    reindex(office, database)
    find(office, database, "làm nóng")
    times = []
    for query in _queries():
        start = time.perf_counter()
        find(office, database, query)
        times.append(time.perf_counter() - start)
    database.close()
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    return row("query-20k-p95", p95 * 1_000, "ms", _LIMIT * 1_000, _LIMIT / p95, 1, len(times))


def run() -> list[Row]:
    """The three figures of searching; about a minute and a half."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_indexing(Path(folder)), _query_time(Path(folder) / "office")]
