"""The steps of an evaluation as events of the rules of order (13-HD/TU, I.4.2, II.1.6, V.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archive.campaigns.picture import Picture
from archive.campaigns.plan import Events
from archive.campaigns.procedure import Standing
from archive.campaigns.subjects import Evaluation

_CLASSIFYING = ("decision", "reclassified")
_Has = Callable[..., bool]
_Classified = Callable[[Evaluation | None], bool]


def events(picture: Picture, evaluation: Evaluation, step: str, every: Mapping[str, Standing]) -> Iterator[Events]:
    """The step as an event of the order rules, with the events it has to come before or after."""

    def has(other: Evaluation | None, *codes: str) -> bool:
        found = every.get(other.id) if other else None
        return found is not None and any(found.has(code) for code in codes)

    def classified(other: Evaluation | None) -> bool:
        return other is not None and (other.id not in every or has(other, *_CLASSIFYING))

    if step == "review":
        yield from _review_events(picture, evaluation, has)
    elif step not in _CLASSIFYING:
        return
    elif evaluation.capacity == "party_organisation":
        considered = not evaluation.shortcomings or bool(evaluation.facts.get("remedy_considered"))
        yield (
            "decision",
            [
                ("self_evaluation", has(evaluation, "self_assessment")),
                ("participants_evaluation", has(evaluation, "participants")),
                ("remedy_considered", considered),
            ],
        )
    elif evaluation.capacity == "leadership_collective":
        collective = picture.collectives[evaluation.collective_id or ""]
        above = picture.organisation(collective.party_organisation_id or collective.unit_id)
        yield "classify_collective", [("classify_organisation", classified(above))] if above else []
    else:
        yield from _person_events(picture, evaluation, classified)


def _review_events(picture: Picture, evaluation: Evaluation, has: _Has) -> Iterator[Events]:
    collective, role = _post(picture, evaluation)
    if collective is None or evaluation.capacity != "leader_manager":
        return
    event = {"head": "review_head", "deputy": "review_deputies"}.get(role, "review_members")
    others = [("review_collective", has(collective, "review"))]
    if role != "head":
        heads = [one for one in _colleagues(picture, evaluation) if _post(picture, one)[1] == "head"]
        others += [("review_head", all(has(one, "review") for one in heads))] if heads else []
    yield event, others


def _person_events(picture: Picture, evaluation: Evaluation, classified: _Classified) -> Iterator[Events]:
    person = picture.person_of(evaluation)
    if evaluation.capacity == "member" and person.is_public_employee:
        rated = bool(evaluation.facts.get("public_employee_rating"))
        yield "classify_public_employee_member", [("rate_public_employee", rated)]
    collective, role = _post(picture, evaluation)
    headed = _headed(picture, evaluation)
    if role != "head" and headed is None:
        if collective:
            yield "classify_members", [("classify_collective", classified(collective))]
        return
    others = [("classify_organisation", classified(headed))] if headed else []
    if collective and role == "head":
        others.append(("classify_collective", classified(collective)))
    led = _led(picture, evaluation)
    others += [("classify_members", all(classified(one) or one.level is None for one in led))] if led else []
    yield "classify_head", others


def _post(picture: Picture, evaluation: Evaluation) -> tuple[Evaluation | None, str]:
    reference = evaluation.facts.get("collective") if evaluation.capacity == "leader_manager" else None
    collective = next((one for one in picture.collectives.values() if one.reference == reference), None)
    if collective is None:
        return None, ""
    return picture.collective_evaluation(collective.id), collective.members.get(evaluation.person_id or "", "")


def _headed(picture: Picture, evaluation: Evaluation) -> Evaluation | None:
    if evaluation.capacity == "leader_manager":
        reference = evaluation.facts.get("heads_unit")
        unit = next((one for one in picture.units.values() if one.reference == reference), None)
        return picture.organisation(unit.id) if unit else None
    other = picture.other_capacity(evaluation)
    if not picture.person_of(evaluation).heads(evaluation.unit_id) or (other and other.capacity == "leader_manager"):
        return None
    return picture.organisation(evaluation.unit_id)


def _colleagues(picture: Picture, evaluation: Evaluation) -> list[Evaluation]:
    reference = evaluation.facts.get("collective")
    found = [one for one in picture.evaluations.values() if one.capacity == "leader_manager" and one != evaluation]
    return [one for one in found if reference and one.facts.get("collective") == reference]


def _led(picture: Picture, evaluation: Evaluation) -> list[Evaluation]:
    """Those whose classification a head waits for: his collective's members, or those of the cell he leads."""
    if evaluation.capacity == "leader_manager":
        return _colleagues(picture, evaluation)
    return [one for one in picture.members(evaluation.unit_id) if one.id != evaluation.id]
