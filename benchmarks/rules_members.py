"""A whole province checked in one process: every member, cell, base, collective and head, with caps and quotas.

Each party base is judged from its picture by the judge of campaigns, so cells are counted from their members, bases
from their cells, heads bound by what they head; then the quotas of the districts over the bases. Making the province
up is not measured. Ballots are not part of it.
"""

from __future__ import annotations

import resource
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import cast

from archive.campaigns.verdicts import CampaignJudge, CampaignJudgement
from benchmarks import Row, cpu_seconds, row
from benchmarks.province import CELLS, party_bases
from generator import judge
from generator.rulebooks.hd13_2018.results import QuotaResult
from generator.rules.rulebook import load_rulebook

NAMES = ("rules-members-per-cpu-second",)
MEMBERS = 105_000
GOAL = 5_000
"""Members in one CPU second: a province of 105,000 is then checked in under half a minute."""

_SIZES = (1_000, 10_000, MEMBERS)
_CELLS = 5_500
_BASES_OF_A_DISTRICT = 21


@dataclass
class _Checked:
    """What one run found, and the processor time it took."""

    seconds: float = 0.0
    members: int = 0
    subjects: int = 0
    refused: int = 0
    quotas: Counter[str] = field(default_factory=Counter)


def run() -> Row:
    """The row `rules-members-per-cpu-second`; smaller sizes and the memory are told on standard error."""
    load_rulebook()
    for size in _SIZES:
        checked = _checked(size)
        rate = round(checked.members / checked.seconds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"    {checked.members:,} members, {checked.subjects:,} subjects, {checked.refused:,} refused, quotas "
            f"{dict(checked.quotas)}: {rate:,} members/cpu-s, peak memory {peak} MB",
            file=sys.stderr,
        )
    assert 0 < checked.refused < checked.subjects, "some must be refused and some not"
    return row(NAMES[0], rate, "members/cpu-s", GOAL, round(rate / GOAL, 2), 1, checked.members)


def _checked(members: int) -> _Checked:
    made = _Checked()
    bases: Counter[str] = Counter()
    cells = max(CELLS, round(members * _CELLS / MEMBERS / CELLS) * CELLS)
    for number, picture in enumerate(party_bases(members, cells), start=1):
        started = cpu_seconds()
        judged = CampaignJudge(picture).judged()
        bases[(picture.organisation(picture.owner.id) or next(iter(picture.evaluations.values()))).level or ""] += 1
        if number % _BASES_OF_A_DISTRICT == 0 or number == cells // CELLS:
            made.quotas[_district_quota(bases)] += 1
            bases.clear()
        made.seconds += cpu_seconds() - started
        _count(made, judged)
        made.members += len(picture.people)
    return made


def _district_quota(bases: Counter[str]) -> str:
    counts = {code: bases[code] for code in ("excellent", "good", "completed", "not_completed")}
    result: QuotaResult = judge.quota({"rule": "QUO-01", "group": "Đảng bộ huyện", **counts})
    return result.zone


def _count(made: _Checked, judged: CampaignJudgement) -> None:
    made.subjects += len(judged.subjects)
    made.refused += len(judged.refused)
    made.quotas.update(cast(QuotaResult, result).zone for _, result in judged.quotas)


if __name__ == "__main__":
    print(run())
