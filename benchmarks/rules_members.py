"""Party members judged in one CPU second: the whole level standard, with every finding explained."""

from __future__ import annotations

import random
from time import process_time

from benchmarks import Row, row
from generator import judge
from generator.rules.facts import FactsModel

NAMES = ("rules-members-per-cpu-second",)
MEMBERS = 20_000
GOAL = 5_000
"""Members in one CPU second: a province of 105,000 members is then judged in under half a minute."""

_LEVELS = ("excellent", "good", "completed", "not_completed")
_CRITERIA = ("a1", "a2", "a3", "a4", "a5", "b1", "b2", "d", "dd")


def run() -> Row:
    """The row `rules-members-per-cpu-second`: validated facts of 20,000 members, each judged for its proposed level."""
    members = [generated(random.Random(seed)) for seed in range(MEMBERS)]  # noqa: S311 - reproducible, not secret
    book = judge.in_force()
    refused = 0
    best = float("inf")
    for _ in range(3):
        started = process_time()
        verdicts = [judge.classify_facts("party_member", facts, level, book) for facts, level in members]
        best = min(best, process_time() - started)
        refused = sum(not verdict.allowed for verdict in verdicts)
    assert 0 < refused < MEMBERS, "the year must hold members who are refused and members who are not"
    value = round(MEMBERS / best)
    return row(NAMES[0], value, "members/cpu-s", GOAL, round(value / GOAL, 2), 1, MEMBERS)


def generated(chance: random.Random) -> tuple[FactsModel, str]:
    """One member of an ordinary year, typed, with the level proposed: most are good, few fail."""
    level = chance.choices(_LEVELS, weights=(15, 65, 18, 2))[0]
    usual = {"excellent": "excellent", "good": "good", "completed": "average", "not_completed": "poor"}[level]
    criteria: dict[str, str | None] = {
        code: chance.choices((usual, "good", "average"), weights=(80, 15, 5))[0] for code in _CRITERIA
    }
    public = chance.random() < 0.6
    assigned = chance.randint(4, 20)
    sick = chance.random() < 0.02
    facts = {
        "exempt_from_activities": chance.random() < 0.01,
        "admitted_on": f"{chance.randint(1975, 2018)}-{chance.randint(1, 12):02d}-15",
        "evaluated_on": "2018-12-20",
        "review_completed": chance.random() < 0.99,
        "outstanding_evidence": level == "excellent",
        "criteria": {**criteria, "c": None, "e": None},
        "is_public_employee": public,
        "public_employee_rating": level if public else None,
        "targets": {"completed": chance.randint(assigned // 2, assigned), "assigned": assigned, "force_majeure": False},
        "degeneration_concluded": False,
        "discipline": {"in_year": level == "not_completed", "already_counted": False},
        "sick_leave": {"from": "2018-03-01", "to": "2018-06-30"} if sick else None,
        "card_lost": chance.random() < 0.01,
        "card_loss_force_majeure": False,
        "maternity_leave": chance.random() < 0.02,
    }
    return judge.read_facts("party_member", facts), level


if __name__ == "__main__":
    print(run())
