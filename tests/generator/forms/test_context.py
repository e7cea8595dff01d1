"""What a template is given to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import manifest
from generator.rules.rulebook import Rulebook

Sample = Callable[[str], dict[str, Any]]


@pytest.fixture
def shown(book: Rulebook) -> Callable[..., dict[str, Any]]:
    def make(code: str, document: dict[str, Any], state: str = "final") -> dict[str, Any]:
        form = manifest(code, book)
        return context(form, read(form, document, state=state), state=state, book=book)

    return make


Shown = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        ("15", "QĐ/ĐU", "Số 15-QĐ/ĐU"),
        ("05", "QĐ/ĐU", "Số 05-QĐ/ĐU"),
        (None, "QĐ/ĐU", "Số      -QĐ/ĐU"),
        ("15", None, "Số 15"),
        (None, None, ""),
    ],
)
def test_the_number_of_a_paper_may_come_later(
    number: str | None, symbol: str | None, line: str, sample_of: Sample, shown: Shown
) -> None:
    made = shown("6", sample_of("6") | {"number": number, "symbol": symbol})
    assert made["number_line"] == line
    assert made["has"]["number_line"] is bool(line)


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2019-01-05", "An Đồng, ngày 05 tháng 01 năm 2019"),
        ("2018-12-29", "An Đồng, ngày 29 tháng 12 năm 2018"),
        ("2018-12", "An Đồng, ngày      tháng 12 năm 2018"),
        ("2019-01", "An Đồng, ngày      tháng 01 năm 2019"),
        (None, "An Đồng, ngày      tháng      năm 2018"),
    ],
)
def test_the_day_of_a_paper_may_come_later(day: str | None, line: str, sample_of: Sample, shown: Shown) -> None:
    assert shown("5.1", sample_of("5.1") | {"date": day})["date_line"] == line


def test_dates_are_written_short_within_the_text(sample_of: Sample, shown: Shown) -> None:
    assert shown("5.1", sample_of("5.1") | {"birth_date": "1979-04-07"})["birth_date"] == "07/04/1979"


def test_a_blank_form_keeps_who_and_where_and_hides_every_answer(sample_of: Sample, shown: Shown) -> None:
    made = shown("5.1", sample_of("5.1"), "blank")
    assert made["full_name"] == "Nguyễn Thị Hường"
    assert made["has"]["full_name"]
    assert made["comment"] == [""] * 4
    assert not made["has"]["comment"]
    assert made["level"]["label"] == ""
    assert {option["mark"] for option in made["level"]["options"]} == {""}
    assert {mark for row in made["criteria"] for mark in row.get("marks", {}).values()} == {""}
    assert made["date_line"] == "An Đồng, ngày      tháng      năm 2018"


def test_a_ballot_names_its_candidates_though_it_is_blank(sample_of: Sample, shown: Shown) -> None:
    made = shown("5.2", sample_of("5.2"), "blank")
    assert [row["full_name"] for row in made["candidates"]][:2] == ["Trần Văn Thịnh", "Nguyễn Thị Hường"]


def test_a_report_printed_blank_names_its_members_and_nothing_of_their_levels(sample_of: Sample, shown: Shown) -> None:
    made = shown("6", sample_of("6"), "blank")
    assert [row["full_name"] for row in made["members"]] == [""] * 10
    assert made["members_total"]["proposed_level"]["good"]["count"] == ""


def test_each_criterion_carries_one_cross_under_its_rating(sample_of: Sample, shown: Shown) -> None:
    rows = shown("5.1", sample_of("5.1") | {"criteria": {"a1": "good", "b2": "poor"}})["criteria"]
    crossed = {row["code"]: [code for code, mark in row["marks"].items() if mark] for row in rows if "marks" in row}
    assert {code: marks for code, marks in crossed.items() if marks} == {"a1": ["good"], "b2": ["poor"]}
    assert [row["number"] for row in rows if row["is_group"]] == ["I", "II"]
    assert [row["number"] for row in rows[-4:]] == ["III", "IV", "V", "VI"]


def test_one_level_is_ticked(sample_of: Sample, shown: Shown) -> None:
    level = shown("5.1", sample_of("5.1") | {"level": "completed"})["level"]
    assert level["label"] == "Hoàn thành nhiệm vụ"
    assert [option["code"] for option in level["options"] if option["mark"]] == ["completed"]


def test_levels_of_a_list_are_counted_with_their_shares(sample_of: Sample, shown: Shown) -> None:
    document = sample_of("6")
    rows = document["members"]
    document["members"] = [rows[0], rows[1], rows[2], {**rows[2], "proposed_level": "not_classified"}]
    totals = shown("6", document)["members_total"]["proposed_level"]
    assert {code: part["count"] for code, part in totals.items()} == {
        "excellent": "1", "good": "1", "completed": "1", "not_completed": "0", "not_classified": "1",
    }  # fmt: skip
    assert totals["good"]["percent"] == "25%"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_text_keeps_its_paragraphs_whatever_ends_its_lines(ending: str, sample_of: Sample, shown: Shown) -> None:
    made = shown("5.1", sample_of("5.1") | {"comment": f"Một.{ending}{ending}Hai."})
    assert made["comment"] == ["Một.", "", "Hai."]


def test_what_others_write_by_hand_stays_open_in_a_final_paper(sample_of: Sample, shown: Shown) -> None:
    made = shown("2", sample_of("2"))
    assert made["committee_comment"] == ["", "", ""]
    given = shown("2", sample_of("2") | {"committee_comment": "Nhất trí."})
    assert given["committee_comment"] == ["Nhất trí."]


def test_an_absent_part_leaves_no_trace(sample_of: Sample, shown: Shown) -> None:
    document = sample_of("2")
    del document["explanation"]
    made = shown("2", document)
    assert made["explanation"] == []
    assert not made["has"]["explanation"]


def test_figures_come_in_words_too(sample_of: Sample, shown: Shown) -> None:
    assert shown("5.3", sample_of("5.3") | {"most_votes": 15})["words"]["most_votes"] == "Mười lăm"


def test_two_documents_share_nothing_that_one_could_change(sample_of: Sample, shown: Shown) -> None:
    first = shown("6", sample_of("6"))
    first["members"][0]["full_name"] = "Khác"
    first["has"]["signer"] = False
    assert shown("6", sample_of("6"))["members"][0]["full_name"] == "Trần Văn Thịnh"
