"""What holds of a subject or a unit, by the names under which the rulebook says where it asks (`asked_when`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from archive.campaigns.hd13_2018.cases import reviewed_only, unclassified_by_standing
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from generator.calendar.months import add_months
from generator.rules.rulebook import Rulebook

_MANY_POSITIONS = 3
_NEW_MEMBER_MONTHS = 6
_PROVINCE = "provincial_standing_committee"
_OfSubject = Callable[[Picture, Evaluation, Rulebook], bool]
_OfUnit = Callable[[Picture, Unit, Rulebook], bool]


def meeting_collective(picture: Picture, evaluation: Evaluation) -> str | None:
    """The collective at whose meeting a subject is reviewed: the one evaluated, or that a leader sits in."""
    if evaluation.capacity == "leader_manager":
        reference = evaluation.facts.get("collective")
        return next((one.id for one in picture.collectives.values() if one.reference == reference), None)
    return evaluation.collective_id


def _heads(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    collective = picture.collectives.get(meeting_collective(picture, evaluation) or "")
    if collective is not None:
        return collective.members.get(evaluation.person_id or "") == "head"
    return any(post.is_head for post in picture.person_of(evaluation).positions)


def _new_member(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    admitted = picture.person_of(evaluation).admitted_on
    return admitted is not None and picture.campaign.evaluated_on < add_months(admitted, _NEW_MEMBER_MONTHS)


def _still_unclassified(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    """Without a level, and not rightly so: neither left outside for his standing nor too short a time in the Party."""
    if evaluation.level is not None or unclassified_by_standing(picture, evaluation):
        return False
    return evaluation.capacity != "member" or not _new_member(picture, evaluation, book)


def _with_leaders(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    return any(
        one.capacity == "leader_manager" and meeting_collective(picture, one) == evaluation.collective_id
        for one in picture.evaluations.values()
    )


def _combined_review(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    """A collective without a review of its own, while another one of its party organisation has held one."""
    own = picture.collectives[evaluation.collective_id or ""]
    held = {one.collective_id for one in picture.meetings if one.kind == "review_collective"}
    if own.id in held or own.party_organisation_id in (None, own.unit_id):
        return False
    return any(
        other.id in held and own.party_organisation_id in (other.unit_id, other.party_organisation_id)
        for other in picture.collectives.values()
    )


def _of_province(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    if evaluation.organisation_id:
        decider = book.decider("party_organisation", picture.units[evaluation.organisation_id].type)
    else:
        collective = picture.collectives.get(meeting_collective(picture, evaluation) or "")
        decider = book.decider("leadership_collective", collective.type, collective.level) if collective else None
    return decider is not None and decider.body == _PROVINCE


def _has_peers(picture: Picture, evaluation: Evaluation, book: Rulebook) -> bool:
    return bool(peers_of(picture, evaluation.organisation_id or ""))


def peers_of(picture: Picture, unit_id: str) -> tuple[Unit, ...]:
    """The government, Front and mass organisations of a party organisation's place (13-HD/TU, II.1.2.b)."""
    kinds = ("government", "peoples_council", "fatherland_front", "socio_political")
    return tuple(unit for unit in picture.units.values() if unit.parent_id == unit_id and unit.type in kinds)


def _decided_under(picture: Picture, unit: Unit, book: Rulebook) -> bool:
    """Whether something is decided of a unit, or for the owner of anyone in its campaign."""
    whole = unit.id == picture.owner.id
    return any(one.decision for one in (picture.evaluations.values() if whole else picture.worked_by(unit)))


SUBJECT: Mapping[str, _OfSubject] = {
    "reviewed_only": lambda picture, one, book: reviewed_only(picture, one),
    "has_level": lambda picture, one, book: one.level is not None,
    "classified": lambda picture, one, book: not reviewed_only(picture, one),
    "unclassified": _still_unclassified,
    "decided": lambda picture, one, book: one.decision is not None,
    "annulled": lambda picture, one, book: one.id in picture.annulled,
    "complaint": lambda picture, one, book: (
        one.id in picture.complaints or picture.has_paper(one.id, "intake:complaint_file")
    ),
    "suggested": lambda picture, one, book: picture.has_paper(one.id, "intake:review_suggestion"),
    "position": lambda picture, one, book: bool(picture.person_of(one).positions),
    "many_positions": lambda picture, one, book: len(picture.person_of(one).positions) >= _MANY_POSITIONS,
    "public_employee": lambda picture, one, book: picture.person_of(one).is_public_employee,
    "not_residential": lambda picture, one, book: not picture.person_of(one).cell_is_residential,
    "head": _heads,
    "new_member": _new_member,
    "with_leaders": _with_leaders,
    "combined_review": _combined_review,
    "of_province": _of_province,
    "has_peers": _has_peers,
}
"""Name → whether it holds of an evaluation."""

UNIT: Mapping[str, _OfUnit] = {
    "owner": lambda picture, unit, book: unit.id == picture.owner.id,
    "cell": lambda picture, unit, book: unit.is_cell,
    "party_base": lambda picture, unit, book: not unit.is_cell,
    "under_committee": lambda picture, unit, book: unit.type == "subordinate_cell",
    "own_cell": lambda picture, unit, book: unit.type == "grassroots_cell",
    "has_collectives": lambda picture, unit, book: bool(picture.collectives_of(unit)),
    "decided": _decided_under,
}
"""Name → whether it holds of a unit that works in the campaign."""
