"""Points stand when more than half of those present approve."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import Field

from generator.rules.applied import AppliedBook
from generator.rules.facts import Count, FactsModel
from generator.rules.findings import Shortfall
from generator.rules.registry import judging
from generator.rules.results import Outcome


class Hands(FactsModel):
    """A show of hands of one cell, members named by their reference."""

    present: Count = Field(title="Có mặt")
    approve: dict[str, Count] = Field(title="Tán thành")


@dataclass(frozen=True)
class HandsResult(Outcome):
    """Whose points were not approved."""

    unapproved: tuple[str, ...]


@judging("ballot", Hands)
def ballot(facts: Hands, book: AppliedBook) -> HandsResult:
    """Those with no more than half."""
    failed = tuple(sorted(name for name, votes in facts.approve.items() if 2 * votes <= facts.present))
    findings = [book.finding_of("P-VOTE", Shortfall(given=name)) for name in failed]
    return HandsResult(failed, findings=tuple(findings))
