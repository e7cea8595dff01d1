"""Working days as an office of Viet Nam counts them."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.calendar import CalendarUnknown, WorkingCalendar, add_months, calendar_year, year_note, year_table
from generator.calendar.years import KINDS, KNOWN_YEARS, computed_year

VIET_NAM = WorkingCalendar.viet_nam()
_within = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def test_a_swapped_saturday_is_worked_and_its_monday_is_not() -> None:
    assert not VIET_NAM.is_working_day(date(2018, 12, 31))
    assert VIET_NAM.is_working_day(date(2019, 1, 5))
    assert not VIET_NAM.is_working_day(date(2019, 4, 29))
    assert VIET_NAM.is_working_day(date(2019, 5, 4))
    assert not VIET_NAM.is_working_day(date(2019, 1, 12)), "an ordinary Saturday"


def test_tet_of_2019_is_off_from_the_second_to_the_tenth_of_february() -> None:
    tet = [date(2019, 2, 2) + timedelta(days=count) for count in range(9)]
    assert not any(VIET_NAM.is_working_day(day) for day in tet)
    assert VIET_NAM.is_working_day(date(2019, 2, 1))
    assert VIET_NAM.is_working_day(date(2019, 2, 11))


def test_the_day_counted_from_is_not_counted() -> None:
    calendar = WorkingCalendar.of(())
    friday = date(2018, 12, 14)
    assert calendar.add_working_days(friday, 1) == date(2018, 12, 17)
    assert calendar.subtract_working_days(friday, 3) == date(2018, 12, 11)
    assert calendar.add_working_days(friday, 0) == friday
    assert calendar.last_working_day(date(2018, 12, 16)) == friday


@given(_within, st.integers(0, 60))
@settings(deadline=None)
def test_counting_forth_and_back_returns_to_the_working_day(day: date, count: int) -> None:
    start = VIET_NAM.last_working_day(day)
    assert VIET_NAM.subtract_working_days(VIET_NAM.add_working_days(start, count), count) == start


@pytest.mark.parametrize("year", KNOWN_YEARS)
def test_each_table_agrees_with_the_labour_code_as_computed(year: int) -> None:
    found = holidays.country_holidays("VN", years=year, language="vi")
    table = year_table(year)
    assert table is not None
    assert table.days_off == {day for day in found if day.year == year}
    computed = computed_year(year)
    assert computed.days_off == table.days_off
    assert computed.worked_weekends <= table.worked_weekends


def test_every_entry_falls_in_its_year_and_names_its_source() -> None:
    assert tuple(range(2018, 2028)) == KNOWN_YEARS
    for year in KNOWN_YEARS:
        table = year_table(year)
        assert table is not None
        assert [entry.day for entry in table.days] == sorted({entry.day for entry in table.days})
        for entry in table.days:
            assert entry.day.year == year
            assert entry.kind in KINDS
            assert entry.source
            assert entry.kind != "swap_work" or entry.day.weekday() == 5


def test_only_an_announced_year_is_official_and_the_others_say_so() -> None:
    assert [year for year in KNOWN_YEARS if (table := year_table(year)) and table.status == "official"] == [2019]
    assert "cần đối chiếu thông báo" in year_note(2020)
    assert "chưa có bảng lịch nghỉ chính thức" in year_note(2031)
    assert year_note(3000) == "Chưa có lịch ngày làm việc của năm 3000"


def test_the_rows_of_a_year_are_what_the_command_prints() -> None:
    rows = calendar_year(2019)
    assert rows[1] == {
        "date": "2019-01-05",
        "kind": "swap_work",
        "kind_label": "làm bù",
        "name": "Làm bù cho ngày 31/12/2018",
        "source": "Công văn số 6519/VPCP-KGVX năm 2018 của Văn phòng Chính phủ về nghỉ lễ, Tết năm 2018 – 2019",
        "status": "official",
    }
    assert [row["kind"] for row in calendar_year(2028) if row["date"] == "2028-01-26"] == ["holiday"]
    assert calendar_year(3000) == []


def test_a_year_out_of_reach_is_refused() -> None:
    with pytest.raises(CalendarUnknown, match="3000"):
        VIET_NAM.is_working_day(date(3000, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2018, 6, 20), 6, date(2018, 12, 20)),
        (date(2018, 12, 31), 2, date(2019, 2, 28)),
        (date(2019, 3, 31), -1, date(2019, 2, 28)),
    ],
)
def test_months_are_of_the_calendar_and_clipped_at_their_end(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
