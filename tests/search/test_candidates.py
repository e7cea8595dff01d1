"""Who qualifies: years, levels of each guidance, gaps, units, merged people; and the same by a plain count."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator.rules.rulebook import add_rulebooks, load_rulebook
from generator.vietnamese import name_sort_key
from search.candidate_sheets import candidate_sheet
from search.candidate_units import UnitUnknown
from search.candidate_words import outcome, question
from search.candidates import THEN, Asked, Candidates, LevelUnclear, candidates
from search.spans import Span, SpanUnclear, span_of
from tests.search.conftest import SmallOffice, small_office
from tests.search.years_office import BOOK, YearsOffice

GOOD = Asked(("good",))
add_rulebooks(Path(__file__).parents[1] / "rulebooks")


@pytest.fixture
def years(small: SmallOffice) -> YearsOffice:
    return YearsOffice(small)


def found(years: YearsOffice, asked: Asked = GOOD) -> Candidates:
    return candidates(years.database, asked, BOOK)


def names(years: YearsOffice, asked: Asked = GOOD) -> list[str]:
    return [one.person["name"] for one in found(years, asked).people]


def test_every_year_must_reach_the_level(years: YearsOffice) -> None:
    years.years("Lê An", {"2016": "good", "2017": "excellent", "2018": "good"})
    years.years("Lê Bình", {"2016": "good", "2017": "completed", "2018": "excellent"})
    assert names(years) == ["Lê An"]
    assert names(years, Asked(("completed",))) == ["Lê An", "Lê Bình"]
    assert names(years, Asked(("excellent",))) == []
    assert names(years, Asked(("good",), years=1)) == ["Lê An", "Lê Bình"]


def test_years_before_those_asked_do_not_weigh(years: YearsOffice) -> None:
    years.years("Lê An", {"2015": "not_completed", "2016": "good", "2017": "good", "2018": "good"})
    assert names(years) == ["Lê An"]
    assert names(years, Asked(("good",), years=4)) == []
    assert names(years, Asked(("good",), between="2016..2017")) == ["Lê An"]
    assert names(years, Asked(("good",), years=1, until="2015")) == []


@pytest.mark.parametrize(
    "level", ["good", "Hoàn thành tốt nhiệm vụ", "hoan thanh tot nhiem vu", "HTTNV", "tốt", "hd13_2018:tot"]
)
def test_a_level_is_understood_however_it_is_written(years: YearsOffice, level: str) -> None:
    years.years("Lê An", {"2018": "good"})
    years.years("Lê Bình", {"2018": "completed"})
    assert names(years, Asked((level,), years=1)) == ["Lê An"]


@pytest.mark.parametrize("level", ["cao", "", "not_classified", "good:good"])
def test_a_level_that_no_guidance_has_is_refused_with_those_it_has(years: YearsOffice, level: str) -> None:
    years.years("Lê An", {"2018": "good"})
    with pytest.raises(LevelUnclear, match="Hoàn thành tốt nhiệm vụ"):
        found(years, Asked((level,)))


def test_so_many_years_at_the_best_level(years: YearsOffice) -> None:
    years.years("Lê An", {"2016": "excellent", "2017": "good", "2018": "excellent"})
    years.years("Lê Bình", {"2016": "good", "2017": "good", "2018": "excellent"})
    assert names(years, Asked(("good",), best=2)) == ["Lê An"]
    assert found(years, Asked(("good",), best=2)).counted["short_of_best"] == 1


def gaps(years: YearsOffice) -> None:
    before: dict[str, str | None] = {"2016": "good", "2017": "good"}
    years.years("Ai Đủ", {**before, "2018": "good"})
    years.years("Ai Thiếu", before)
    years.years("Ai Chờ", {**before, "2018": None})
    years.years("Ai Không", {**before, "2018": "not_classified"})
    years.result(years.years("Ai Hủy", before), "2018", None, annulled="excellent")
    years.result(years.years("Ai Khiếu", before), "2018", "good", complaint=True)


def test_a_year_without_a_firm_result_excludes(years: YearsOffice) -> None:
    gaps(years)
    assert names(years) == ["Ai Đủ"]
    assert found(years).counted == {"considered": 6, "qualified": 1, "below": 0, "short_of_best": 0, "gaps": 5}


def test_or_is_shown_with_its_reason(years: YearsOffice) -> None:
    gaps(years)
    shown = found(years, Asked(("good",), show_gaps=True)).people
    assert {one.person["name"]: one.years[-1].state for one in shown} == {
        "Ai Chờ": "pending", "Ai Đủ": "met", "Ai Hủy": "annulled", "Ai Khiếu": "complaint", "Ai Không": "outside",
        "Ai Thiếu": "missing",
    }  # fmt: skip
    assert [one.years[-1].text for one in shown if one.person["name"] == "Ai Khiếu"] == [
        "Hoàn thành tốt nhiệm vụ (đang có khiếu nại)"
    ]


def test_gaps_alone_show_nobody(years: YearsOffice) -> None:
    years.years("Lê An", {"2018": "good"})
    years.years("Lê Bình", {"2018": None})
    assert names(years, Asked(("good",), show_gaps=True)) == ["Lê An"]


def test_a_contested_result_is_not_counted_among_the_best(years: YearsOffice) -> None:
    person = years.years("Lê An", {"2016": "excellent", "2017": "good"})
    years.result(person, "2018", "excellent", complaint=True)
    assert names(years, Asked(("good",), best=2, show_gaps=True)) == []
    assert names(years, Asked(("good",), best=1, show_gaps=True)) == ["Lê An"]


def test_the_level_in_force_counts(years: YearsOffice) -> None:
    person = years.small.person("Lê An")
    years.result(person, "2018", "completed", annulled="excellent")
    other = years.small.person("Lê Bình")
    years.result(other, "2018", "good", annulled="not_completed")
    (one,) = found(years, Asked(("good",), years=1)).people
    assert (one.person["name"], one.years[0].text) == ("Lê Bình", "Hoàn thành tốt nhiệm vụ (đã xếp loại lại)")


def test_a_capacity_stands_for_itself(years: YearsOffice) -> None:
    person = years.years("Lê An", {"2018": "completed"})
    years.result(person, "2018", "excellent", capacity="leader_manager")
    assert names(years, Asked(("good",), years=1)) == []
    assert names(years, Asked(("good",), years=1, capacity="leader_manager")) == ["Lê An"]


def test_people_merged_count_as_one(years: YearsOffice) -> None:
    staying = years.years("Nguyễn Văn An", {"2018": "good"})
    years.years("Nguyễn An", {"2016": "good", "2017": "excellent"}, merged_into=staying)
    (one,) = found(years).people
    assert (one.person["person_id"], one.best) == (staying, 1)
    years.years("Nguyễn V An", {"2017": "completed"}, merged_into=staying)
    assert names(years) == []


def test_paper_of_years_before_counts_until_hoso_has_decided(years: YearsOffice) -> None:
    person = years.years("Lê An", {"2017": None, "2018": "good"})
    years.paper(person, "2016", "good")
    years.paper(person, "2017", "excellent")
    assert [year.text for year in found(years).people[0].years] == [
        "Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"
    ]  # fmt: skip
    other = years.years("Lê Bình", {"2016": "good", "2018": "good"})
    years.paper(other, "2017", "excellent")
    years.result(other, "2017", None, annulled="excellent")
    assert names(years) == ["Lê An"]


def test_a_level_on_paper_that_no_guidance_knows_is_a_gap(years: YearsOffice) -> None:
    person = years.years("Lê An", {"2018": "good"})
    years.paper(person, "2017", "Đủ tư cách, hoàn thành tốt")
    (one,) = found(years, Asked(("good",), years=2, show_gaps=True)).people
    assert one.years[0].text == "Đủ tư cách, hoàn thành tốt (mức không có trong hướng dẫn)"
    assert names(years, Asked(("good",), years=2)) == []


def test_each_year_by_the_order_of_its_own_guidance(years: YearsOffice) -> None:
    best = load_rulebook("score_2025").levels.codes[0]
    person = years.years("Lê An", {"2024": "good"})
    years.result(person, "2025", best, rulebook="score_2025")
    other = years.years("Lê Bình", {"2024": "good"})
    years.result(other, "2025", "fair", rulebook="score_2025")
    assert names(years, Asked(("good",), years=2)) == ["Lê An"]
    assert found(years, Asked(("good",), years=2)).people[0].best == 1
    with pytest.raises(LevelUnclear, match="2025"):
        found(years, Asked(("excellent",), years=2))
    by_hand = Asked(("completed", "score_2025:fair"), years=2)
    assert names(years, by_hand) == ["Lê An", "Lê Bình"]
    assert found(years, by_hand).bounds == {BOOK: "completed", "score_2025": "fair"}


def test_quarters_make_a_year_and_a_missing_one_is_a_gap(years: YearsOffice) -> None:
    def quarters(name: str, levels: list[str]) -> str:
        person = years.small.person(name)
        for number, level in enumerate(levels, start=1):
            years.result(person, f"2025-Q{number}", level, rulebook="score_2025")
        return person

    quarters("Lê An", ["good", "good", "outstanding"])
    quarters("Lê Bình", ["good", "weak", "good"])
    quarters("Lê Chi", ["good", "good"])
    asked = Asked(("good",), years=1)
    assert found(years, asked).span == Span("2025", "2025-Q3")
    assert names(years, asked) == ["Lê An"]
    shown = found(years, Asked(("good",), years=1, show_gaps=True)).people
    assert [one.years[0].text for one in shown] == [
        "Q1: Tốt; Q2: Tốt; Q3: Xuất sắc", "Q1: Tốt; Q2: Tốt; Q3: chưa có kết quả"
    ]  # fmt: skip
    assert names(years, Asked(("good",), between="2025-Q1..2025-Q2")) == ["Lê An", "Lê Chi"]
    assert names(years, Asked(("good",), between="2025-Q3")) == ["Lê An", "Lê Bình"]


def test_the_result_of_the_whole_year_speaks_before_its_quarters(years: YearsOffice) -> None:
    person = years.small.person("Lê An")
    years.result(person, "2025-Q1", "weak", rulebook="score_2025")
    years.result(person, "2025", "good", rulebook="score_2025")
    assert names(years, Asked(("good",), years=1)) == ["Lê An"]
    assert found(years, Asked(("good",), years=1)).span == Span("2025", "2025")


def test_two_campaigns_of_one_year_must_both_reach_it(years: YearsOffice) -> None:
    person = years.years("Lê An", {"2018": "good"})
    years.result(person, "2018", "completed", owner="cb10")
    assert names(years, Asked(("good",), years=1)) == []


def test_the_unit_of_today_and_the_unit_then(years: YearsOffice) -> None:
    years.small.unit("dy", "Đảng bộ xã Thanh Vân")
    years.small.unit("cb2", "Chi bộ Khu 2", "dy")
    stayed = years.small.person("Lê An", "cb1")
    years.result(stayed, "2018", "good")
    moved = years.small.person("Lê Bình", "cb2")
    years.result(moved, "2018", "good")
    new = years.small.person("Lê Chi", "cb2")
    years.result(new, "2018", "good", unit="cb2", unit_name="Chi bộ Khu 2", parent_name="Đảng bộ xã Thanh Vân")

    def of(unit: str, basis: str) -> list[str]:
        return names(years, Asked(("good",), years=1, unit=unit, basis=basis))

    assert of("CB1", "now") == of("dang bo xa hoa son", "now") == ["Lê An"]
    assert of("DY", "now") == ["Lê Bình", "Lê Chi"]
    assert of("Chi bộ Khu 1", THEN) == of("DX", THEN) == of("Đảng bộ xã Hòa Sơn", THEN) == ["Lê An", "Lê Bình"]
    assert of("DY", THEN) == of("Chi bộ Khu 2", THEN) == ["Lê Chi"]
    with pytest.raises(UnitUnknown):
        of("Chi bộ Khu 99", "now")
    with pytest.raises(UnitUnknown):
        of("Chi bộ Khu 99", THEN)


def test_then_follows_the_tree_of_that_day_and_names_no_longer_borne(years: YearsOffice) -> None:
    years.database.execute("UPDATE unit_period SET name = 'Chi bộ Hợp nhất', parent_id = NULL WHERE unit_id = 'cb1'")
    person = years.years("Lê An", {"2018": "good"})
    asked = Asked(("good",), years=1, unit="Chi bộ Khu 1", basis=THEN)
    assert names(years, asked) == ["Lê An"]
    assert names(years, Asked(("good",), years=1, unit="Đảng bộ xã Hòa Sơn", basis=THEN)) == ["Lê An"]
    assert names(years, Asked(("good",), years=1, unit="Đảng bộ xã Hòa Sơn")) == []
    assert names(years, Asked(("good",), years=1, unit="Chi bộ Hợp nhất")) == ["Lê An"]
    assert found(years, asked).people[0].person["person_id"] == person


def test_names_in_the_vietnamese_order(years: YearsOffice) -> None:
    given = ["Đỗ Ân", "Lê Đạt", "Trần Dũng", "Bùi Ánh", "Nguyễn An", "An", "Y Bhăm", "=1+1", "<b>Tý</b>", "Ô'Bình"]
    for name in given:
        years.years(name, {"2018": "good"})
    assert names(years, Asked(("good",), years=1)) == sorted(given, key=name_sort_key)
    assert [name for name in names(years, Asked(("good",), years=1)) if name[0] in "ĐLTN"] == [
        "Nguyễn An", "Đỗ Ân", "Trần Dũng", "Lê Đạt"
    ]  # fmt: skip


def test_nothing_kept_is_said_plainly(years: YearsOffice) -> None:
    with pytest.raises(SpanUnclear, match="Chưa có kết quả"):
        found(years)
    assert found(years, Asked(("good",), between="2018")).people == ()
    years.years("Lê An", {"2018": "good"})
    assert "2016, 2017" in found(years).notes[0]
    assert outcome(found(years))[0].startswith("0 người đủ điều kiện trong 1 người")


@pytest.mark.parametrize("between", ["abc", "2018..", "..2018", "2018..2016", "18", "2018-", "1000..2999", "2018..x"])
def test_a_span_that_is_none_is_refused(years: YearsOffice, between: str) -> None:
    with pytest.raises(SpanUnclear):
        span_of(years.database, between=between)


def test_what_was_asked_is_told(years: YearsOffice) -> None:
    years.years("Lê An", {"2018": "good"})
    told = " ".join(question(found(years, Asked(("good",), best=1, unit="DX", basis=THEN, years=2))))
    for part in ("Đảng viên", "2017, 2018", "“Hoàn thành tốt nhiệm vụ” trở lên", "HD 13-HD/TU", "1 năm ở mức cao nhất",
                 "“DX”", "lúc được đánh giá", "không đưa vào danh sách"):  # fmt: skip
        assert part in told


def rows_of(data: bytes) -> list[list[Any]]:
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_the_excel_file_says_how_it_was_asked_and_where_it_is_from(years: YearsOffice) -> None:
    years.years('=HYPERLINK("x")', {"2018": "good"}, card="00123456", birth_date="1970-05-02")
    answer = found(years, Asked(("good",), years=2, show_gaps=True))
    dossier = answer.people[0].years[1].results[0].dossier_id
    data = candidate_sheet(years.database, answer, today=date(2026, 11, 22), actor="me")
    page = load_workbook(io.BytesIO(data)).active
    assert page is not None
    rows = rows_of(data)
    head = next(index for index, row in enumerate(rows) if row[0] == "TT")
    above = " ".join(str(row[0]) for row in rows[:head] if row[0])
    assert "Hoàn thành tốt nhiệm vụ" in above
    assert "22/11/2026" in above
    line = dict(zip(rows[head], rows[head + 1], strict=True))
    assert line["Họ và tên"] == '=HYPERLINK("x")'
    assert page.cell(head + 2, 2).data_type == "s"
    assert (line["Ngày sinh"], line["Số thẻ, số lý lịch"]) == ("02/05/1970", "00123456")
    assert (line["Năm 2017"], line["Năm 2018"]) == ("chưa có kết quả", "Hoàn thành tốt nhiệm vụ")
    assert (line["Mã hồ sơ"], line["Quyết định"]) == (dossier, "2018: 15-QĐ/ĐU ngày 28/12/2018")
    assert len(rows) == head + 2
    (event,) = years.database.query("SELECT actor, note FROM event WHERE action = 'results.exported'")
    assert event == {"actor": "me", "note": "rows=1"}


def test_an_empty_list_makes_an_excel_file_too(years: YearsOffice) -> None:
    years.years("Lê An", {"2018": "completed"})
    data = candidate_sheet(years.database, found(years), today=date(2026, 11, 22), actor="me")
    assert rows_of(data)[-1][0] == "TT"


LEVELS = load_rulebook(BOOK).levels.codes
EVALUATION = st.one_of(
    st.none(),  # no evaluation at all
    st.just("pending"),
    st.just("annulled"),
    st.just("not_classified"),
    st.tuples(st.sampled_from(LEVELS), st.booleans()),
)


def plainly(years: list[Any], bound: str, best: int, show: bool) -> bool:
    """The same question read straight from its sentence."""
    in_force = [one for one in years if isinstance(one, tuple)]
    firm = [level for level, contested in in_force if not contested]
    if not in_force or any(LEVELS.index(level) > LEVELS.index(bound) for level, _ in in_force):
        return False
    return (show or len(firm) == len(years)) and firm.count(LEVELS[0]) >= best


@pytest.fixture(scope="module")
def module_office() -> Iterator[YearsOffice]:
    with tempfile.TemporaryDirectory() as root:
        made = small_office(Path(root) / "office")
        yield YearsOffice(made)
        made.database.close()


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(st.lists(EVALUATION, min_size=3, max_size=3), max_size=5),
    bound=st.sampled_from(LEVELS), best=st.integers(0, 2), show=st.booleans(),
)  # fmt: skip
def test_as_a_plain_count_says(
    module_office: YearsOffice, people: list[list[Any]], bound: str, best: int, show: bool
) -> None:
    database = module_office.database
    for table in ("dossier_change", "dossier", "decision", "evaluation", "membership", "person"):
        database.execute(f"DELETE FROM {table}")
    expected = set()
    for number, years in enumerate(people):
        person = module_office.small.person(f"Người {number}")
        for period, one in zip(("2016", "2017", "2018"), years, strict=True):
            if one == "annulled":
                module_office.result(person, period, None, annulled="good")
            elif isinstance(one, tuple):
                module_office.result(person, period, one[0], complaint=one[1])
            elif one is not None:
                module_office.result(person, period, None if one == "pending" else one)
        if plainly(years, bound, best, show):
            expected.add(f"Người {number}")
    answer = candidates(database, Asked((bound,), best=best, show_gaps=show, between="2016..2018"), BOOK)
    assert {one.person["name"] for one in answer.people} == expected
    assert answer.counted["considered"] == sum(any(one is not None for one in years) for years in people)
    assert sum(answer.counted.values()) == 2 * answer.counted["considered"]


def test_a_part_of_the_list_is_that_part_of_the_whole(years: YearsOffice) -> None:
    for number in range(7):
        years.years(f"Lê Văn {'GEDCBAH'[number]}", {"2018": "good"})
    asked = Asked(("good",), years=1)
    part = candidates(years.database, asked, BOOK, limit=3, offset=2)
    assert part.people == found(years, asked).people[2:5]
    assert part.counted["qualified"] == 7
    assert candidates(years.database, asked, BOOK, limit=3, offset=9).people == ()
