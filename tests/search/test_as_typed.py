"""What personnel officers type, and whom they mean by it."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import CliRunner

from archive.records.database import writing
from cli import main
from search.find import facets, find
from search.index import drain
from tests.search.conftest import SmallOffice


def answer(small: SmallOffice, query: str, **filters: Any) -> dict[str, Any]:
    return find(small.office, small.database, query, **filters)


def subjects(small: SmallOffice, query: str) -> list[str]:
    return [hit["subject"] for hit in answer(small, query)["hits"]]


@pytest.mark.parametrize(
    "typed", ["00004154", "0000 4154", "4154", "011247PT", "011247", "11247", "DV002", "16/01/1970"]
)
def test_a_person_is_found_by_number_reference_and_date_of_birth(small: SmallOffice, typed: str) -> None:
    hanh = small.person("Hà Thị Mỹ Hạnh", card="00004154", birth_date="1970-01-16")
    with writing(small.database):
        small.database.execute("UPDATE person SET reference = 'DV002' WHERE id = ?", [hanh])
        small.database.table("person_identifier").insert(
            {"person_id": hanh, "kind": "file_number", "value": "011247PT"}
        )
    small.dossier(hanh)
    small.dossier(small.person("Lê Na", card="00014154", birth_date="1971-01-16"))
    assert subjects(small, typed) == ["Hà Thị Mỹ Hạnh"]


def test_of_two_people_of_one_name_the_year_of_birth_tells_which(small: SmallOffice) -> None:
    older = small.dossier(small.person("Nguyễn Văn Bình", birth_date="1950-09-02"))
    younger = small.dossier(small.person("Nguyễn Văn Bình", birth_date="1971-03-15"))
    assert [hit["dossier_id"] for hit in answer(small, "nguyễn văn bình 1971")["hits"]] == [younger]
    assert [hit["dossier_id"] for hit in answer(small, "bình 02/09/1950")["hits"]] == [older]


def test_those_of_the_unit_level_and_year_named_come_first(small: SmallOffice) -> None:
    small.filed("Bùi Thế Cử", unit="cb1", level="excellent", comment="Giúp khu 10 làm đường")
    small.filed("Triệu Thị Xuân", unit="cb10", level="excellent")
    small.filed("An Thị Lan", unit="cb10", level="good", comment="Có 10 việc làm xuất sắc")
    drain(small.office, small.database)
    for typed in ("xuất sắc 2018 khu 10", "xs khu 10", "hoàn thành xuất sắc 2018 khu 10"):
        assert subjects(small, typed)[0] == "Triệu Thị Xuân", typed
    assert len(subjects(small, "xuất sắc khu 10")) == 3


def test_a_given_name_comes_before_the_same_word_elsewhere_in_a_name(small: SmallOffice) -> None:
    for name in ("An Thị Lan", "Hồ An Bình", "Phùng Văn Ẩn"):
        small.filed(name)
    assert subjects(small, "an")[0] == "Phùng Văn Ẩn"


@pytest.mark.parametrize(
    "typed", ["đồng chí Vĩnh", "đ/c Vĩnh", "Đ/c Phùng Đắc Vĩnh", "ông Vĩnh", "dong chi vinh", "ông"]
)
def test_how_a_person_is_spoken_of_is_no_condition(small: SmallOffice, typed: str) -> None:
    small.filed("Phùng Đắc Vĩnh", comment="Được ông khen" if typed == "ông" else "")
    small.filed("Lê Na")
    assert subjects(small, typed) == ["Phùng Đắc Vĩnh"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nguyn van binh", "nguyen van binh"),
        ("Nguyễn Văn Bihn", "nguyen van binh"),
        ("NGUYỄN VĂN BÌNHH", "nguyen van binh"),
        ("nguyenvanbinh", "nguyen van binh"),
        ("trịn xuân báu khu 1", "trinh xuan bau khu 1"),
    ],
)
def test_a_name_mistyped_is_put_right_and_said_so(small: SmallOffice, typed: str, meant: str) -> None:
    for name in ("Nguyễn Văn Bình", "Trịnh Xuân Báu", "Lê Trị"):
        small.filed(name)
    found = answer(small, typed)
    assert found["meant"] == meant
    assert found["total"] == 1
    assert facets(small.office, small.database, typed)["period"] == {"2018": 1}
    assert "meant" not in answer(small, meant)


@pytest.mark.parametrize("typed", ["trường THCS", "khiếu nạn", "xyz bình", "bì", '"nguyn van binh"', "-nguyn binhh"])
def test_what_is_no_mistyped_name_stays_unanswered(small: SmallOffice, typed: str) -> None:
    small.filed("Nguyễn Văn Bình", comment="Không có khiếu kiện ở trường")
    small.filed("Lê Thị Nga")
    small.unit("tn", "Đoàn THCA")
    small.filed("Trần Tú", unit="tn")
    drain(small.office, small.database)
    assert answer(small, typed) == {"total": 0, "hits": []}


def test_filters_hold_for_names_put_right(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn Bình", level="good")
    assert answer(small, "nguyn van binh", level="good")["total"] == 1
    assert answer(small, "nguyn van binh", level="excellent") == {"total": 0, "hits": []}


def test_the_command_says_what_it_searched_for_instead(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn Bình")
    said = CliRunner().invoke(main, ["--data", str(small.office.root), "search", "nguyn van binh"])
    assert said.exit_code == 0
    assert "dưới đây là kết quả tìm “nguyen van binh”" in said.output
    assert "Nguyễn Văn Bình" in said.output
