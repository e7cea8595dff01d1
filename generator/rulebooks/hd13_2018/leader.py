"""Leaders and managers: their level standard stands in another document (IV)."""

from __future__ import annotations

from generator.rulebooks.hd13_2018.facts import LeaderFacts
from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import rule


@rule("SCP-08")
def criteria_source_recorded(leader: LeaderFacts, book: AppliedBook) -> Shortfall | None:
    """The document whose criteria were applied is recorded."""
    recorded = (leader.criteria_source or "").strip()
    return None if recorded else Shortfall(given="Chưa ghi văn bản tiêu chí")
