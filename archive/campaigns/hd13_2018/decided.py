"""What a decision decides: which evaluations make one paper, what it is called, in whose register it stands."""

from __future__ import annotations

from collections.abc import Iterable

from archive.campaigns.papers.bodies import body_name, symbol_of
from archive.campaigns.papers.paper import Document, heading
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Decision, Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.vietnamese import fold, name_sort_key, short_date, text_sort_key

# Body, number and day: what makes the decisions on two subjects one paper.
DecisionKey = tuple[str, str, str]


def decision_key(evaluation: Evaluation) -> DecisionKey:
    """What the decision on an evaluation has in common with the others of its paper."""
    decision = evaluation.decision
    if decision is None:
        return ("", "", "")
    return (decision.body or "", decision.number or "", decision.decided_on.isoformat() if decision.decided_on else "")


def notice_key(picture: Picture, evaluation: Evaluation) -> str:
    """The key of the notice that tells the decision on an evaluation: to its cell, or to all of its capacity."""
    told = picture.units[evaluation.unit_id].reference if evaluation.capacity == "member" else evaluation.capacity
    return f"decide:result-notice:{told}:{'|'.join(decision_key(evaluation))}"


def decision_of(evaluation: Evaluation) -> Decision:
    """The decision on an evaluation that has one."""
    if evaluation.decision is None:
        raise ValueError("no decision stands on this evaluation")
    return evaluation.decision


def stands(evaluation: Evaluation, judgement: CampaignJudgement) -> bool:
    """Whether a level was decided that the rulebook does not refuse."""
    decision = evaluation.decision
    return decision is not None and decision.level != "not_classified" and not judgement.of(evaluation).refused


def by_owner(picture: Picture, evaluation: Evaluation) -> bool:
    """Whether the owner of the campaign decided, so that the decision is a paper of its own register."""
    body, owner = (evaluation.decision.body if evaluation.decision else None) or "", picture.owner
    return not body or owner.name in body or body_name(owner) in body


def decided(
    picture: Picture, evaluations: Iterable[Evaluation], judgement: CampaignJudgement
) -> dict[DecisionKey, list[Evaluation]]:
    """The subjects decided on, by decision and by name, those left out whose level the rulebook refuses."""
    groups: dict[DecisionKey, list[Evaluation]] = {}
    for evaluation in evaluations:
        if stands(evaluation, judgement):
            groups.setdefault(decision_key(evaluation), []).append(evaluation)
    for listed in groups.values():
        listed.sort(key=lambda one: (name_sort_key if one.person_id else text_sort_key)(picture.subject_name(one)))
    return groups


def numbered(picture: Picture, unit: Unit, decision: Decision, kind: str) -> Document:
    """The heading of a decision with its number, where it has one."""
    number, _, symbol = (decision.number or "").partition("-")
    document = heading(picture, unit, decision.decided_on, symbol or symbol_of(unit, kind))
    return document | ({"number": number} if number and symbol else {})


def slug(decision: Decision) -> list[str]:
    """The number of a decision as part of a file name, so that two decisions are two files: “12-qd-du”."""
    return fold(decision.number or "").replace("/", "-").replace(" ", "").split()


def named(decision: Decision) -> str:
    """“Quyết định số 15-QĐ/ĐU, ngày 05/01/2019”, with what is known of number and day."""
    parts = [f"Quyết định số {decision.number}" if decision.number else "Quyết định"]
    if decision.decided_on:
        parts.append(f"ngày {short_date(decision.decided_on)}")
    return ", ".join(parts)


def keeper(picture: Picture, evaluation: Evaluation) -> str:
    """The body whose register holds a decision that the campaign did not make itself."""
    body = decision_of(evaluation).body or ""
    if by_owner(picture, evaluation):
        return body_name(picture.owner)
    return body.removeprefix("Ban Thường vụ ").removeprefix("Ban Chấp hành ")
