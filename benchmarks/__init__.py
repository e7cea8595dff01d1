"""The figures of the README, each against its peer, side by side in the same run."""

from __future__ import annotations

import resource
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

Row = dict[str, Any]


class CannotRun(Exception):
    """A figure that cannot be taken on this machine; the message says why."""


def row(
    name: str, value: float | None, unit: str, baseline: float | None, ratio: float | None, goal: float, n: int
) -> Row:
    """One figure: `ratio` says how many times better than the baseline, and the goal is a ratio too."""
    return {"name": name, "value": value, "unit": unit, "baseline": baseline, "ratio": ratio, "goal": goal, "n": n}


def not_run(name: str, why: str) -> Row:
    """The row of a figure that could not be taken."""
    return {**row(name, None, "", None, None, 1, 0), "why": why}


def cpu_seconds() -> float:
    """Seconds of processor time this process and its finished children have used: neighbours do not disturb it."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time a piece of work takes."""
    start = cpu_seconds()
    work()
    return cpu_seconds() - start


def side_by_side(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> tuple[float, float, float]:
    """Medians of rates measured in turns: ours, theirs, and of the ratios of each round.

    Args:
        ours: measures one round of ours and gives its rate, higher being better.
        theirs: the same for the peer.
        rounds: how often both are measured, one after the other.
    """
    pairs: Sequence[tuple[float, float]] = [(ours(), theirs()) for _ in range(rounds)]
    return median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)
