"""What the book of 2018 answers about quotas and about the two rounds of ballots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.rules.results import Outcome
from generator.vietnamese import decimal

_ZONES = {
    "inside_every_reading": "Trong giới hạn",
    "only_wide": "Chỉ đúng khi tính cả số xuất sắc",
    "outside_all": "Vượt giới hạn",
}


@dataclass(frozen=True)
class QuotaResult(Outcome):
    """How many may be excellent, and whether the group keeps to it.

    Args:
        max_excellent_literal: of those rated good alone; `max_excellent_pool` of good and excellent together.
        zone: `inside_every_reading`, `only_wide` or `outside_all`.
        percent: the share of either base.
        arithmetic: both maxima worked out, a Vietnamese sentence for the report.
    """

    excellent: int
    good: int
    max_excellent_literal: int
    max_excellent_pool: int
    zone: str
    percent: int
    arithmetic: str

    @property
    def sentence(self) -> str:
        """The arithmetic of both maxima."""
        return self.arithmetic

    def counted(self) -> dict[str, Any]:
        """The counts of the two best levels, and the arithmetic in words."""
        return {"excellent": self.excellent, "good": self.good, "arithmetic": self.arithmetic}

    def printed(self) -> dict[str, str]:
        """How many have the `best` and the `second` level, `base`, `quotient` and `limit` of both readings, the zone.

        The base is the second level alone (`literal_…`) or both (`pool_…`).
        """
        bases = {"literal": self.good, "pool": self.good + self.excellent}
        limits = {"literal": self.max_excellent_literal, "pool": self.max_excellent_pool}
        return {
            "second": str(self.good),
            "best": str(self.excellent),
            **{f"{reading}_base": str(base) for reading, base in bases.items()},
            **{f"{reading}_quotient": decimal(self.percent * base / 100) for reading, base in bases.items()},
            **{f"{reading}_limit": str(limit) for reading, limit in limits.items()},
            "conclusion": _ZONES[self.zone],
        }

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {
            "max_excellent_literal": self.max_excellent_literal,
            "max_excellent_pool": self.max_excellent_pool,
            "zone": self.zone,
            "violated_rule_ids": list(self.violated_rule_ids),
            "warning_rule_ids": list(self.warning_rule_ids),
        }


@dataclass(frozen=True)
class BallotResult(Outcome):
    """What two rounds of ballots give; None for the results of an invalid ballot."""

    round1_results: dict[str, str] | None
    chosen_excellent: tuple[str, ...] | None
    tie_unresolved: tuple[str, ...] | None

    @property
    def valid(self) -> bool:
        """The sheets and the numbers are in order."""
        return self.allowed

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {
            "valid": self.valid,
            "violated_rule_ids": list(self.violated_rule_ids),
            "round1_results": self.round1_results,
            "chosen_excellent": None if self.chosen_excellent is None else list(self.chosen_excellent),
            "tie_unresolved": None if self.tie_unresolved is None else list(self.tie_unresolved),
        }
