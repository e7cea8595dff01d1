"""The office's own days off and days worked instead, over the calendar of Viet Nam."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.errors import NotFound
from archive.records import events
from archive.records.database import one, rows, writing
from generator.calendar.years import year_table

KINDS = {"off": "Nghỉ", "worked": "Làm bù"}
"""Code of a day's kind → its word."""


def own_days(database: Database) -> list[dict[str, Any]]:
    """Every day of the office's own, in order: `{day, kind, name, document}`."""
    return rows(database, "SELECT day, kind, name, document FROM own_day ORDER BY day")


def set_own_day(database: Database, day: date, kind: str, *, name: str, document: str, actor: str) -> None:
    """Enters a day, in place of what was entered for it before.

    Args:
        kind: `off`, or `worked` for a weekend or holiday the office works.
        document: the notice that says so; may be empty.
    """
    with writing(database):
        row = {"day": day.isoformat(), "kind": kind, "name": name, "document": document}
        database.table("own_day").upsert(row, pk="day")
        events.append(database, actor=actor, action="own-day.set", subject=day.isoformat(), note=kind)


def remove_own_day(database: Database, day: date, *, actor: str) -> None:
    """Takes a day out again.

    Raises:
        NotFound: the office has no such day of its own.
    """
    with writing(database):
        if one(database, "SELECT 1 FROM own_day WHERE day = ?", [day.isoformat()]) is None:
            raise NotFound(f"Cơ quan không có ngày riêng {day.isoformat()}. Xem danh sách bằng “hoso days-off”.")
        database.execute("DELETE FROM own_day WHERE day = ?", [day.isoformat()])
        events.append(database, actor=actor, action="own-day.removed", subject=day.isoformat())


def office_calendar(database: Database, *years: int) -> dict[str, list[str]]:
    """What a deadline's facts need to be counted by the office's calendar; nothing when it has no days of its own.

    Args:
        years: those the counting may touch.
    """
    own = {date.fromisoformat(row["day"]): row["kind"] for row in own_days(database)}
    if not own:
        return {}
    tables = [table for year in years if (table := year_table(year))]
    off = {day for table in tables for day in table.days_off} | {day for day, kind in own.items() if kind == "off"}
    worked = {day for table in tables for day in table.worked_weekends}
    worked |= {day for day, kind in own.items() if kind == "worked"}
    off -= {day for day, kind in own.items() if kind == "worked"}
    worked -= {day for day, kind in own.items() if kind == "off"}
    return {
        "non_working_days": [day.isoformat() for day in sorted(off)],
        "working_saturdays": [day.isoformat() for day in sorted(worked)],
    }
