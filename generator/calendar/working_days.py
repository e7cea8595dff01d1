"""Working days: Monday to Friday, without holidays and swapped days off, with make-up Saturdays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from generator.calendar.years import KNOWN_YEARS, year_table
from generator.errors import GeneratorError

_DAY = timedelta(days=1)


class CalendarUnknown(GeneratorError):
    """Chưa có lịch ngày làm việc của năm này."""

    code = "generator.calendar-unknown"


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked.

    Args:
        days_off: weekdays that are not worked; other dates among them change nothing.
        worked_weekends: Saturdays or Sundays that are worked instead of a day off.
        looks_up_years: the exceptions of each year are looked up as it is touched; the two sets then stay empty.
    """

    days_off: frozenset[date] = frozenset()
    worked_weekends: frozenset[date] = frozenset()
    looks_up_years: bool = False

    @classmethod
    def of(cls, days_off: Iterable[date], worked_weekends: Iterable[date] = ()) -> WorkingCalendar:
        """A calendar of exactly these exceptions."""
        return cls(frozenset(days_off), frozenset(worked_weekends))

    @classmethod
    def viet_nam(cls) -> WorkingCalendar:
        """The calendar of Viet Nam: each year by its table in `viet_nam.toml` or, without one, computed."""
        return cls(looks_up_years=True)

    @property
    def known_years(self) -> tuple[int, ...]:
        """The years that have a table; others are computed and say so."""
        return KNOWN_YEARS if self.looks_up_years else ()

    def is_working_day(self, day: date) -> bool:
        """Whether the day is worked.

        Raises:
            CalendarUnknown: neither a table nor the computation covers its year.
        """
        days_off, worked = _exceptions(day.year) if self.looks_up_years else (self.days_off, self.worked_weekends)
        return day in worked or (day.weekday() < 5 and day not in days_off)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, which is not counted; a negative count goes back.

        Raises:
            CalendarUnknown: a year touched is not covered.
        """
        step = _DAY if count >= 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def subtract_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`, which is not counted."""
        return self.add_working_days(day, -count)

    def last_working_day(self, day: date) -> date:
        """`day` itself when it is worked, else the last working day before it."""
        return day if self.is_working_day(day) else self.subtract_working_days(day, 1)


@cache
def _exceptions(year: int) -> tuple[frozenset[date], frozenset[date]]:
    table = year_table(year)
    if table is None:
        raise CalendarUnknown(f"Chưa có lịch ngày làm việc của năm {year}.")
    return table.days_off, table.worked_weekends
