"""What an approver let pass in the papers that hold a list of cases."""

from __future__ import annotations

from collections.abc import Iterable

from archive.campaigns.papers.paper import Paper
from archive.campaigns.stages import Situation


def waived_in(papers: Iterable[Paper], situation: Situation) -> dict[str, tuple[str, ...]]:
    """The waivers in force by the key of the paper they hold in: `members[2]:GEN-07`.

    A waiver holds for the facts it was given for, so a case is known by them.
    """
    listed = list(papers)
    picture, judgement = situation.picture, situation.judgement
    waived = [
        (asked[1], judgement.of(evaluation).waived)
        for evaluation in picture.evaluations.values()
        if judgement.of(evaluation).waived
        and (asked := situation.plan.facts(picture, evaluation, situation.book)) is not None
    ]
    found = {
        paper.key: tuple(
            f"{table}[{number}]:{rule}"
            for table, cases in paper.facts.items()
            for number, case in enumerate(cases, start=1)
            for facts, rules in waived
            if case == facts
            for rule in sorted(rules)
        )
        for paper in listed
        if waived and paper.facts
    }
    for paper in listed:
        of_unit = _shares_let_pass(situation, paper.unit_id)
        if of_unit:
            found[paper.key] = (*found.get(paper.key, ()), *of_unit)
    return found


def _shares_let_pass(situation: Situation, unit_id: str) -> tuple[str, ...]:
    """The quotas an approver let a unit exceed: they hold in every paper of the unit that shows them."""
    waivers = situation.picture.unit_waivers.get(unit_id, ())
    rules = {one.rule_id for one in waivers if one.ended_at is None}
    return tuple(rule.id for rule in situation.book.rules if rule.effect == "quota" and rule.id in rules)
