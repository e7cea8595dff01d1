"""The years a list asks about: the last ones that have results, or from one period to another."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlite_utils import Database

from archive.records.database import rows
from search.errors import SearchError

_PERIOD = re.compile(r"[12][0-9]{3}(-[A-Z0-9]{1,4})?", re.ASCII)
MOST_YEARS = 50


class SpanUnclear(SearchError):
    """Khoảng thời gian viết chưa đúng."""

    code = "search.span-unclear"


@dataclass(frozen=True)
class Span:
    """From one period to another, both included: `2016` to `2018`, `2025-Q1` to `2025-Q3`, `2023` to `2025-Q2`."""

    first: str
    last: str

    @property
    def years(self) -> tuple[str, ...]:
        """Its years, the oldest first."""
        return tuple(str(year) for year in range(int(self.first[:4]), int(self.last[:4]) + 1))

    def holds(self, period: str) -> bool:
        """Whether a period lies in it; a whole year does not lie in a span that begins or ends inside that year."""
        if not self.first <= period or period[: len(self.last)] > self.last:
            return False
        cut_off = len(period) < len(self.last) and self.last.startswith(period)
        return not cut_off and period[:4].isdigit()

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}–{self.last}"


def span_of(database: Database, years: int = 3, until: str = "", between: str = "") -> Span:
    """The span asked for.

    Args:
        years: how many years back, the last one counted.
        until: the last period; without it the newest that has a result of a person.
        between: `2016..2018`, in place of both; one period alone is a span too.

    Raises:
        SpanUnclear: what is written is no period, the first comes after the last, or the years are too many.
    """
    if between:
        first, dots, last = (part.strip().upper() for part in between.partition(".."))
        span = Span(_read(first), _read(last if dots else first))
    else:
        last = _read(until.strip().upper()) if until.strip() else newest_period(database)
        if not 1 <= years <= MOST_YEARS:
            raise SpanUnclear(f"Số năm phải từ 1 đến {MOST_YEARS}.")
        span = Span(f"{max(int(last[:4]) - years + 1, 1000):04d}", last)
    if span.first > span.last and not span.first.startswith(span.last):
        raise SpanUnclear(f"“{between}”: kỳ đầu ở sau kỳ cuối. Xin ghi như 2016..2018.")
    if len(span.years) > MOST_YEARS:
        raise SpanUnclear(f"“{between}”: quá {MOST_YEARS} năm.")
    return span


def newest_period(database: Database) -> str:
    """The newest period that has a result of a person: the whole year where the year has one.

    Raises:
        SpanUnclear: there is none yet.
    """
    known: list[str] = [row["period"] for row in rows(database, "SELECT period FROM campaign_view WHERE has_results")]
    known += [row["period"] for row in rows(database, "SELECT period FROM past_period_view")]
    # What was typed as a year long ago may be any text.
    known = [period for period in known if _PERIOD.fullmatch(period)]
    if not known:
        raise SpanUnclear("Chưa có kết quả xếp loại nào của cá nhân, nên chưa lập được danh sách.")
    newest = max(known)
    return newest[:4] if newest[:4] in known else newest


def _read(text: str) -> str:
    if not _PERIOD.fullmatch(text):
        raise SpanUnclear(
            f"“{text}” không phải là một năm hoặc kỳ đánh giá. Xin ghi như 2018, 2025-Q3 hoặc 2016..2018."
        )
    return text
