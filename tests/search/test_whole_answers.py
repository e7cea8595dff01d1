"""Every answer held against a plain reading of the rows: the same dossiers, the same number, in the order promised."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.records.database import rows, writing
from generator.vietnamese import fold, name_sort_key
from search.find import facets, find
from search.index import drain, reindex
from tests.search.conftest import SmallOffice, small_office

NAMES = ["Nguyễn Văn An", "Nguyễn Thị Ân", "Đặng Đình Đạt", "Đỗ An Hoà", "Hoàng Thị Hòa", "Nguyễn Hữu Đồng", "Lê Na"]
REMARKS = ["Siêng năng, hoà nhã", "Nể nang trong tự phê bình", "Có sáng kiến hay", "Nể, nang nhiều việc", ""]
UNITS = {"cb1": "Chi bộ Khu 1", "cb10": "Chi bộ Khu 10"}
LEVELS = ["excellent", "good", "completed"]
QUERIES = [
    "", "nguyễn", "nguyen van an", "đặng", "dang dat", "an", "hoà", "Hòa", "n*", "hoa* nguyen", '"nể nang"',
    '"sáng kiến"', "nể nang", "nguyễn -nể", "-nguyen", "khongai", "na", '"nguyen van"', "d*", '"van nguyen"',
    "siêng hòa", "hay nguyễn",
]  # fmt: skip
FILTERS: list[dict[str, str]] = [
    {}, {"period": "2017"}, {"level": "good"}, {"period": "2016..2017", "level": "excellent"}, {"unit": "khu 1"},
    {"unit": "DX"}, {"status": "draft"}, {"kind": "member", "unit": "CB10"}, {"level": "not_completed"},
]  # fmt: skip


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallOffice]:
    made = small_office(Path(tmp_path_factory.mktemp("many")) / "office")
    chance = random.Random(13)  # noqa: S311 - the same dossiers each time
    people = [made.person(chance.choice(NAMES), chance.choice(list(UNITS))) for _ in range(60)]
    filed = []
    with writing(made.database):
        for person in people:
            for period in ("2016", "2017", "2018"):
                status = "draft" if period == "2018" and chance.random() < 0.3 else "filed"
                level = chance.choice(LEVELS) if status == "filed" else None
                comment = chance.choice(REMARKS) if status == "filed" else ""
                filed.append(made.dossier(person, period, level, comment, status))
    reindex(made.office, made.database)
    with writing(made.database):
        # Indexed in three segments, some of them more than once, some not yet.
        for batch in range(3):
            for dossier in chance.sample(filed, 25):
                if not dossier_row(made, dossier)["version"]:
                    continue
                changed = {"comment": chance.choice(REMARKS), "id": dossier}
                made.database.execute(
                    "UPDATE evaluation SET proposal_comment = :comment WHERE id = "
                    "(SELECT evaluation_id FROM dossier WHERE id = :id)",
                    changed,
                )
                made.queue(dossier)
            if batch < 2:
                made.database.conn.commit()
                drain(made.office, made.database)
    yield made
    made.database.close()


def dossier_row(small: SmallOffice, dossier: str) -> dict[str, Any]:
    return rows(small.database, "SELECT * FROM dossier WHERE id = ?", [dossier])[0]


def read_row_by_row(small: SmallOffice, query: str, filters: dict[str, str]) -> list[dict[str, Any]]:
    """What a person would find who reads every row."""
    found = []
    for row in rows(
        small.database,
        "SELECT v.*, t.comment, p.reference FROM dossier_view v JOIN dossier_text_view t USING (dossier_id) "
        "JOIN dossier_person_view p USING (dossier_id)",
    ):
        text = f"{row['comment']}\n{row['subject_name']}\n{row['unit_name']}\n{row['period']}"
        # What is not filed is found by name and unit alone.
        text += f"\n{row['reference']}" if row["version"] else ""
        if fits(fold(text), query) and passes(row, filters):
            found.append(row)
    return found


def fits(text: str, query: str) -> bool:
    words = re.findall(r"\w+", text)
    for minus, quoted, bare in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', fold(query)):
        if quoted:
            run = quoted.split()
            met = any(words[start : start + len(run)] == run for start in range(len(words)))
        elif bare.endswith("*"):
            met = any(word.startswith(bare[:-1]) for word in words)
        else:
            met = bare in words
        if met == bool(minus):
            return False
    return True


def passes(row: dict[str, Any], filters: dict[str, str]) -> bool:
    period = filters.get("period", row["period"])
    first, last = period.split("..") if ".." in period else (period, period)
    unit = {"khu 1": {"cb1"}, "CB10": {"cb10"}, "DX": set(UNITS)}.get(filters.get("unit", "DX"), set())
    return (
        first <= row["period"] <= last
        and row["unit_id"] in unit
        and all(row[field] == filters.get(field, row[field]) for field in ("level", "status", "kind"))
    )


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_the_same_dossiers_as_reading_row_by_row(many: SmallOffice, filters: dict[str, str]) -> None:
    for query in QUERIES:
        expected = read_row_by_row(many, query, filters)
        answer = find(many.office, many.database, query, **filters, limit=1_000)  # type: ignore[arg-type]
        assert {hit["dossier_id"] for hit in answer["hits"]} == {row["dossier_id"] for row in expected}, query
        assert answer["total"] == len(expected), query
        counted = facets(many.office, many.database, query, **filters)
        for field in counted:
            assert counted[field] == Counter(row[field] or "" for row in expected), (query, field)


@pytest.mark.parametrize("query", QUERIES)
def test_pages_are_the_list_cut(many: SmallOffice, query: str) -> None:
    whole = find(many.office, many.database, query, limit=1_000)["hits"]
    paged = []
    for start in range(0, len(whole), 7):
        paged += find(many.office, many.database, query, limit=7, offset=start)["hits"]
    assert paged == whole


@pytest.mark.parametrize("query", ["", "nguyen"])
def test_equals_stand_by_period_then_name_wherever_they_are_indexed(many: SmallOffice, query: str) -> None:
    listed = find(many.office, many.database, query, limit=1_000)["hits"]
    by_name = sorted(listed, key=lambda hit: (name_sort_key(hit["subject"]), hit["dossier_id"]))
    assert listed == sorted(by_name, key=lambda hit: hit["period"], reverse=True)
