"""At most a quarter at good or above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from generator.rules.applied import AppliedBook
from generator.rules.facts import Count, FactsModel
from generator.rules.findings import Shortfall
from generator.rules.registry import judging
from generator.rules.results import Outcome


class QuotaFacts(FactsModel):
    """How many of a group reached each level."""

    group: str = Field(title="Phạm vi tính")
    outstanding: Count
    good: Count
    fair: Count
    weak: Count


@dataclass(frozen=True)
class ShareResult(Outcome):
    """How many are good or above, and how many may be."""

    reached: int
    most: int

    @property
    def sentence(self) -> str:
        """The share in words."""
        return f"{self.reached} “Tốt” trở lên, nhiều nhất {self.most}"

    def counted(self) -> dict[str, Any]:
        """How many reached it."""
        return {"reached": self.reached}

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"reached": self.reached, "most": self.most, **super().expected()}


@judging("quota", QuotaFacts)
def quota(facts: QuotaFacts, book: AppliedBook) -> ShareResult:
    """The share of all who have a level, rounded down."""
    reached = facts.outstanding + facts.good
    whole = reached + facts.fair + facts.weak
    most = whole * int(book.number("P-25", "percent")) // 100
    if reached <= most:
        return ShareResult(reached, most)
    shortfall = Shortfall(given=f"{facts.group}: {reached} trong {whole}", needed=f"Nhiều nhất {most}")
    return ShareResult(reached, most, findings=(book.finding_of("P-25", shortfall),))
