"""The 30 working days after an annulment: until when a result is to be classified again and reported (V.1, gạch 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.office.own_days import office_calendar
from archive.records.afterwards import Annulment
from generator import judge
from generator.rules.findings import Finding
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date


@dataclass(frozen=True)
class Clock:
    """How an annulment stands against its last day.

    Args:
        due_on: the last day in time for both the second decision and the report; None where the guidance names none.
        state: `running`, `overdue`, `in_time`, `late`.
        days_left: calendar days from today to the last day, while it runs; below zero when overdue.
        findings: what the rules say against it, by the one judge.
    """

    due_on: date | None
    state: str
    days_left: int | None
    findings: tuple[Finding, ...]
    advice: str = ""

    @property
    def sentence(self) -> str:
        """How it stands, for people."""
        if self.due_on is None:
            return "Hướng dẫn không quy định thời hạn xếp loại lại"
        day = short_date(self.due_on)
        return {
            "running": f"Phải xếp loại lại và báo cáo cấp trên chậm nhất ngày {day} (còn {self.days_left} ngày)",
            "overdue": f"Đã quá hạn xếp loại lại và báo cáo cấp trên ({day})",
            "in_time": f"Đã xếp loại lại và báo cáo cấp trên trong hạn ({day})",
            "late": f"Xếp loại lại hoặc báo cáo cấp trên sau thời hạn ({day})",
        }[self.state]

    def as_dict(self) -> dict[str, Any]:
        """The clock as commands print it."""
        return {
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "state": self.state,
            "days_left": self.days_left,
            "sentence": self.sentence,
            "advice": self.advice,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def last_day(database: Database, annulled_on: date, book: Rulebook) -> date | None:
    """The last day in time after an annulment, by the office's own calendar; None where the guidance names none."""
    if "deadline" not in book.registered.judgings:
        return None
    facts = _facts(database, annulled_on, None, None)
    return judge.deadline(facts, book=book).due_date


def clock_of(database: Database, annulment: Annulment, book: Rulebook, today: date) -> Clock:
    """How an annulment stands on a day."""
    done = bool(annulment.reclassified_on and annulment.reported_on)
    if "deadline" not in book.registered.judgings:
        return Clock(None, "in_time" if done else "running", None, ())
    annulled_on = date.fromisoformat(annulment.annulled_on)
    result = judge.deadline(_facts(database, annulled_on, annulment.reclassified_on, annulment.reported_on), book=book)
    if done:
        return Clock(result.due_date, "late" if result.findings else "in_time", None, result.findings, result.advice)
    left = (result.due_date - today).days
    return Clock(result.due_date, "overdue" if left < 0 else "running", left, result.findings, result.advice)


def _facts(
    database: Database, annulled_on: date, reclassified_on: str | None, reported_on: str | None
) -> dict[str, Any]:
    return {
        "kind": "reclassify",
        "annulled_on": annulled_on.isoformat(),
        "reclassified_on": reclassified_on,
        "reported_on": reported_on,
        **office_calendar(database, annulled_on.year, annulled_on.year + 1),
    }
