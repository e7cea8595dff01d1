"""What an approver let pass in the papers that hold a list of cases."""

from __future__ import annotations

from collections.abc import Iterable

from archive.campaigns.papers.paper import Paper
from archive.campaigns.stages import Situation


def waived_in(papers: Iterable[Paper], situation: Situation) -> dict[str, tuple[str, ...]]:
    """The waivers in force by the key of the paper they hold in: `members[2]:GEN-07`.

    A waiver holds for the facts it was given for, so a case is known by them.
    """
    picture, judgement = situation.picture, situation.judgement
    waived = [
        (asked[1], judgement.of(evaluation).waived)
        for evaluation in picture.all_members()
        if judgement.of(evaluation).waived
        and (asked := situation.plan.facts(picture, evaluation, situation.book)) is not None
    ]
    return {
        paper.key: tuple(
            f"{table}[{number}]:{rule}"
            for table, cases in paper.facts.items()
            for number, case in enumerate(cases, start=1)
            for facts, rules in waived
            if case == facts
            for rule in sorted(rules)
        )
        for paper in papers
        if waived and paper.facts
    }
