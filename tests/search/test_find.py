"""Finding dossiers as a clerk does."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.records.database import writing
from search.find import facets, find
from search.index import drain, ensure
from tests.search.conftest import SmallOffice


def subjects(small: SmallOffice, query: str = "", **filters: Any) -> list[str]:
    return [hit["subject"] for hit in find(small.office, small.database, query, **filters)["hits"]]


@pytest.mark.parametrize("typed", ["Nguyễn Văn Hoà", "Nguyễn Văn Hòa", "nguyen van hoa", "hoa nguyen", "NGUYỄN HOÀ"])
def test_a_name_is_found_with_and_without_marks(small: SmallOffice, typed: str) -> None:
    small.filed("Nguyễn Văn Hoà")
    small.filed("Trần Thị Bình")
    assert subjects(small, typed) == subjects(small, unicodedata.normalize("NFD", typed)) == ["Nguyễn Văn Hoà"]


def test_d_with_a_stroke_is_found_as_d(small: SmallOffice) -> None:
    small.filed("Đặng Đức Đạt")
    assert subjects(small, "dang duc dat") == ["Đặng Đức Đạt"]


def test_exact_marks_rank_first_and_names_before_texts(small: SmallOffice) -> None:
    small.filed("Lê Ân")
    small.filed("Lê Văn Bình", comment="Giữ gìn an ninh")
    small.filed("Lê An")
    drain(small.office, small.database)
    assert subjects(small, "An") == ["Lê An", "Lê Ân", "Lê Văn Bình"]
    assert subjects(small, "Ân") == ["Lê Ân", "Lê An", "Lê Văn Bình"]


def test_the_newest_year_comes_first_then_the_vietnamese_order_of_names(small: SmallOffice) -> None:
    for name in ("Lê Văn Đức", "Lê Văn Dũng", "Lê Văn Ân"):
        small.filed(name, period="2018")
    small.filed("Lê Văn Anh", period="2017")
    ordered = ["Lê Văn Ân", "Lê Văn Dũng", "Lê Văn Đức", "Lê Văn Anh"]
    assert subjects(small, "lê văn") == subjects(small) == ordered
    drain(small.office, small.database)
    assert subjects(small, "lê văn") == ordered


def test_what_was_just_filed_is_found_before_and_after_indexing(small: SmallOffice) -> None:
    small.filed("Trần Thị Bình")
    ensure(small.office, small.database)
    small.filed("Nguyễn Văn An", comment="Có sáng kiến")
    assert subjects(small, "sáng kiến") == ["Nguyễn Văn An"]
    assert drain(small.office, small.database) == 1
    assert subjects(small, "sáng kiến") == ["Nguyễn Văn An"]


def test_a_dossier_filed_again_is_found_by_its_new_text_only(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An", comment="Siêng năng")
    drain(small.office, small.database)
    with writing(small.database):
        small.database.execute("UPDATE evaluation SET proposal_comment = 'Cần cù'")
        small.queue(dossier)
    for _ in range(2):
        assert subjects(small, "siêng năng") == []
        assert subjects(small, "cần cù") == ["Nguyễn Văn An"]
        drain(small.office, small.database)


def test_a_draft_is_found_by_name(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An", status="draft", level=None)
    assert subjects(small, "nguyen an") == ["Nguyễn Văn An"]


def test_codes_results_reasons_and_review_texts_are_found(small: SmallOffice) -> None:
    person = small.person("Nguyễn Văn An", card="00123456")
    small.dossier(
        person,
        number="15-QĐ/ĐU",
        sections={"strengths": ["Gần gũi nhân dân"], "limits": {"text": "Còn nể nang"}},
        discipline="Khiển trách tháng 3",
        review_paper="handwritten",
    )
    for typed in ("00123456", "00.123.456", "15-QĐ/ĐU", "15qddu", "gần gũi", '"nể nang"', "khien trach", "HTTNV"):
        assert subjects(small, typed) == ["Nguyễn Văn An"], typed
    assert subjects(small, "handwritten") == []


def test_titles_of_papers_are_not_indexed(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An")
    small.database.table("dossier_file").insert(
        {
            "dossier_id": dossier, "version": 1, "path": "01.pdf", "item": "complaint_file", "title": "Đơn tố giác",
            "media_type": "application/pdf", "digest": "0", "size": 1, "position": 1,
        }
    )  # fmt: skip
    drain(small.office, small.database)
    assert subjects(small, "tố giác") == []


def test_filters_typed_and_given_agree(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An", level="excellent")
    small.filed("Nguyễn Văn Bình", period="2017")
    small.filed("Nguyễn Văn Cường", unit="cb10", level="excellent")
    drain(small.office, small.database)
    for typed, filters in (
        ("nam:2018", {"period": "2018"}),
        ("muc:xs", {"level": "excellent"}),
        ("mức:HTXSNV", {"level": "excellent"}),
        ('don-vi:"Khu 1"', {"unit": "CB1"}),
        ('loai:"đảng viên"', {"kind": "member"}),
        ('trạng-thái:"đã nộp"', {"status": "filed"}),
    ):
        for words in ("", "nguyen "):
            assert subjects(small, words + typed) == subjects(small, words, **filters) != [], typed
    assert subjects(small, "muc:xs nam:2018 -don-vi:CB10") == ["Nguyễn Văn An"]
    assert subjects(small, "nam:2016..2017") == ["Nguyễn Văn Bình"]
    assert subjects(small, "muc:lạ") == []


def test_khu_1_is_not_khu_10_and_a_committee_holds_its_cells(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An", unit="cb1")
    small.filed("Nguyễn Văn Bình", unit="cb10")
    assert subjects(small, 'don-vi:"khu 1"') == ["Nguyễn Văn An"]
    assert subjects(small, unit="DX") == subjects(small, unit="hoa son") == ["Nguyễn Văn An", "Nguyễn Văn Bình"]


def test_a_committee_is_found_by_its_name_alone_and_does_not_answer_for_people(small: SmallOffice) -> None:
    small.filed("Đặng Thị Hoà")
    small.filed("Trần Văn Sơn")
    assert subjects(small, "dang thi hoa") == ["Đặng Thị Hoà"]
    assert subjects(small, "đảng bộ xã hòa sơn") == subjects(small, "hoa son") == ["Đặng Thị Hoà", "Trần Văn Sơn"]


def test_a_unit_is_found_by_the_name_it_had(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An")
    small.database.execute("UPDATE unit_period SET name = 'Chi bộ Đồng Tâm' WHERE unit_id = 'cb1'")
    assert subjects(small, unit="Chi bộ Khu 1") == subjects(small, unit="đồng tâm") == ["Nguyễn Văn An"]


def test_totals_and_pages(small: SmallOffice) -> None:
    for number in range(5):
        small.filed(f"Nguyễn Văn A{number}")
    found = find(small.office, small.database, "nguyen", limit=2)
    assert (found["total"], len(found["hits"])) == (5, 2)
    pages = [find(small.office, small.database, "nguyen", limit=2, offset=start)["hits"] for start in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert len({hit["dossier_id"] for page in pages for hit in page}) == 5


def test_a_hit_tells_what_a_list_needs(small: SmallOffice) -> None:
    dossier = small.filed("Nguyễn Văn An", comment="Gương mẫu trong lối sống")
    assert find(small.office, small.database, "gương mẫu")["hits"] == [
        {
            "dossier_id": dossier, "subject": "Nguyễn Văn An", "kind": "member", "period": "2018", "level": "good",
            "status": "filed", "complaint": "none", "unit": "Chi bộ Khu 1", "snippet": "Gương mẫu trong lối sống",
        }
    ]  # fmt: skip


def test_facets_count_what_is_found(small: SmallOffice) -> None:
    small.filed("Nguyễn Văn An", level="excellent")
    small.filed("Nguyễn Văn Bình", period="2017")
    small.filed("Trần Văn Cường")
    counted = facets(small.office, small.database, "nguyen")
    assert counted["period"] == {"2018": 1, "2017": 1}
    assert counted["level"] == {"excellent": 1, "good": 1}
    assert counted["unit_name"] == {"Chi bộ Khu 1": 2}


def test_nothing_kept_gives_nothing(small: SmallOffice) -> None:
    for typed in ("", "an", "hu*", "nam:2018"):
        assert find(small.office, small.database, typed) == {"total": 0, "hits": []}


@given(typed=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_searched_for(small: SmallOffice, typed: str) -> None:
    if not subjects(small):
        small.filed("Nguyễn Văn An")
        drain(small.office, small.database)
    find(small.office, small.database, typed)
