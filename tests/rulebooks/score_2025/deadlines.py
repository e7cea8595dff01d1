"""Results are sent a few days after the quarter."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from generator.rules.applied import AppliedBook
from generator.rules.facts import Day, FactsModel
from generator.rules.findings import Shortfall
from generator.rules.registry import judging
from generator.rules.results import DeadlineResult
from generator.vietnamese import short_date

from .facts import Quarter


class Sending(FactsModel):
    """Results of a quarter sent upward, or not yet (null)."""

    quarter: Quarter = Field(title="Quý")
    sent_on: Day | None = Field(title="Ngày gửi")


@judging("deadline", Sending)
def deadline(facts: Sending, book: AppliedBook) -> DeadlineResult:
    """The last day in time."""
    year, quarter = int(facts.quarter[:4]), int(facts.quarter[-1])
    after = date(year + quarter // 4, 3 * (quarter % 4) + 1, 1)
    due = after + timedelta(days=int(book.number("P-DAY", "days")) - 1)
    if facts.sent_on is None or facts.sent_on <= due:
        return DeadlineResult(due)
    given = Shortfall(given=f"Gửi ngày {short_date(facts.sent_on)}", needed=f"Chậm nhất ngày {short_date(due)}")
    return DeadlineResult(due, findings=(book.finding_of("P-DAY", given),))
