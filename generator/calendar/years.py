"""The days off of each year in Viet Nam: tables with their sources, and a computed year where no table stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from generator.vietnamese import nfc

KINDS = {
    "holiday": "nghỉ lễ",
    "comp": "nghỉ bù",
    "swap_off": "nghỉ hoán đổi",
    "swap_work": "làm bù",
}
# Years the lunar computation behind the days of Tết is good for.
_COMPUTED_YEARS = range(1976, 2100)


@dataclass(frozen=True)
class CalendarDay:
    """One day that departs from the ordinary week: date, kind (see `KINDS`), name and source text."""

    day: date
    kind: str
    name: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        """The day as `hoso calendar` prints it."""
        return {
            "date": self.day.isoformat(),
            "kind": self.kind,
            "kind_label": KINDS[self.kind],
            "name": self.name,
            "source": self.source,
        }


@dataclass(frozen=True)
class YearTable:
    """One year: `status` is `official` where every day was announced, `computed` otherwise; `note` says which."""

    year: int
    status: str
    note: str
    days: tuple[CalendarDay, ...]

    @property
    def days_off(self) -> frozenset[date]:
        """Every day that is not worked though it may fall on a weekday."""
        return frozenset(entry.day for entry in self.days if entry.kind != "swap_work")

    @property
    def worked_weekends(self) -> frozenset[date]:
        """Saturdays worked instead of a day off."""
        return frozenset(entry.day for entry in self.days if entry.kind == "swap_work")


@cache
def _tables() -> dict[int, YearTable]:
    data = tomllib.loads(nfc(files(__package__ or "").joinpath("viet_nam.toml").read_text(encoding="utf-8")))
    sources: dict[str, str] = data["source"]
    return {
        row["year"]: YearTable(
            row["year"],
            row["status"],
            row["note"],
            tuple(CalendarDay(day["date"], day["kind"], day["name"], sources[day["source"]]) for day in row["day"]),
        )
        for row in data["year"]
    }


KNOWN_YEARS = tuple(sorted(_tables()))


def year_table(year: int) -> YearTable | None:
    """The days off of a year: its table, else the computed year, else None where the computation does not reach."""
    return _tables().get(year) or (computed_year(year) if year in _COMPUTED_YEARS else None)


def computed_year(year: int) -> YearTable:
    """The holidays of the Labour Code for a year, computed; days swapped by announcement only as far as known."""
    # Slow to import and needed only for years without a table.
    import holidays

    found = holidays.country_holidays("VN", years=year, language="vi")
    named = [(day, _kind_of(name), name) for day, name in found.items()]
    named += [(day, "swap_work", "Ngày làm việc bù") for day in getattr(found, "weekend_workdays", ())]
    days = [CalendarDay(*entry, _COMPUTED) for entry in sorted(named) if entry[0].year == year]
    note = f"Năm {year} chưa có bảng lịch nghỉ chính thức; ngày lễ được tính theo Bộ luật Lao động"
    return YearTable(year, "computed", note, tuple(days))


def calendar_year(year: int) -> list[dict[str, Any]]:
    """The departures of a year from the ordinary week, in order of date; empty where the year is not covered."""
    table = year_table(year)
    return [{**entry.as_dict(), "status": table.status} for entry in table.days] if table else []


def year_note(year: int) -> str:
    """What the reader must know of a year's calendar: where it comes from and how far it may be trusted."""
    table = year_table(year)
    return table.note if table else f"Chưa có lịch ngày làm việc của năm {year}"


def uncertain_years(days: Iterable[date]) -> tuple[int, ...]:
    """The years among these days whose calendar is not official."""
    years = sorted({day.year for day in days})
    return tuple(year for year in years if (table := year_table(year)) is None or table.status != "official")


_COMPUTED = "Tính theo Bộ luật Lao động"


def _kind_of(name: str) -> str:
    if "thay cho ngày" in name:
        return "swap_off"
    return "comp" if "nghỉ bù" in name else "holiday"
