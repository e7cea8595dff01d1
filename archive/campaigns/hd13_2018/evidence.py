"""What the records themselves say to a question of the rulebook: that it is kept, that it is not, or nothing.

A question is put to a person only where nothing here answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from archive.campaigns.hd13_2018.circumstances import meeting_collective, peers_of
from archive.campaigns.hd13_2018.decided import notice_key
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Meeting, Unit
from generator.rules.findings import Shortfall
from generator.rules.rulebook import Rule
from generator.vietnamese import fold, joined, short_date

Answered = bool | Shortfall | None
"""True: kept; a shortfall: not kept, and how; None: the records do not tell."""


_HANDED_IN = ("intake:self_review", "intake:collective_review_report")
_ELSEWHERE = ("own_file", "handwritten")


def own_paper(picture: Picture, evaluation: Evaluation) -> bool:
    """Whether its review is a paper of its own: handed in, or said to be, with no text keyed."""
    own = [one for one in (evaluation, picture.other_capacity(evaluation)) if one]
    if any(picture.has_paper(one.id, *_HANDED_IN) for one in own):
        return True
    keyed = any(text for one in own for text in one.sections.values())
    return not keyed and any(one.facts.get("review_paper") in _ELSEWHERE for one in own)


def review_meeting(picture: Picture, evaluation: Evaluation) -> Meeting | None:
    """The meeting at which a subject was reviewed: a member's in his cell, else that of the collective."""
    if evaluation.capacity == "member":
        return picture.meeting(evaluation.unit_id, "review_cell")
    if evaluation.capacity == "party_organisation":
        return picture.meeting(evaluation.unit_id, "review_cell") or picture.meeting(
            evaluation.unit_id, "review_collective"
        )
    wanted = meeting_collective(picture, evaluation)
    held = [one for one in picture.meetings if one.kind == "review_collective" and one.collective_id == wanted]
    return max(held, key=lambda one: one.held_on) if wanted and held else None


def of_content(picture: Picture, evaluation: Evaluation, rule: Rule) -> Answered:
    """Whether every section the rule asks for has text, where the text was keyed in.

    Of a paper handed in nobody keyed the text, so a person has to read it.
    """
    source = evaluation
    if evaluation.capacity == "leader_manager":
        # A person writes one Mẫu 2 for both capacities; what is keyed of it stands with the member.
        source = picture.other_capacity(evaluation) or evaluation
    if not any(source.sections.values()):
        return None
    empty = [name for name in rule.sections if not source.sections.get(name)]
    if not empty:
        return True
    return Shortfall(
        given=f"Bản nhập trong phần mềm để trống {len(empty)}/{len(rule.sections)} mục phải có",
        message=f"Chưa đủ nội dung: {rule.title}",
    )


def _reviewed(picture: Picture, evaluation: Evaluation) -> Answered:
    own = evaluation if evaluation.capacity != "leader_manager" else picture.other_capacity(evaluation)
    return True if own and own.facts.get("review_completed") else None


def _own_place(picture: Picture, evaluation: Evaluation) -> Answered:
    meeting = review_meeting(picture, evaluation)
    if meeting is None:
        return None
    collective = picture.collectives[evaluation.collective_id or ""]
    if meeting.unit_id in (collective.unit_id, collective.party_organisation_id):
        return True
    return Shortfall(given=f"Hội nghị kiểm điểm họp ở {picture.units[meeting.unit_id].name}")


def _wrote_self_review(picture: Picture, evaluation: Evaluation) -> Answered:
    for one in filter(None, (evaluation, picture.other_capacity(evaluation))):
        told = one.facts.get("review_paper")
        if one.sections or picture.has_paper(one.id, "2", "intake:self_review") or told not in (None, "missing"):
            return True
        if told == "missing":
            return Shortfall(given="Ghi là chưa nộp bản tự kiểm điểm")
    return None


def _residence(picture: Picture, evaluation: Evaluation) -> Answered:
    commented = evaluation.person_id in picture.residence
    own = [one.id for one in (evaluation, picture.other_capacity(evaluation)) if one]
    handed_in = any(picture.has_paper(one, "residence-comment", "intake:residence_comment") for one in own)
    return True if commented or handed_in else None


def _opinions(picture: Picture, evaluation: Evaluation) -> Answered:
    return True if picture.has_paper(evaluation.id, "intake:contributed_opinions") else None


def _minutes(picture: Picture, evaluation: Evaluation) -> Answered:
    meeting = review_meeting(picture, evaluation)
    if meeting is None:
        return None
    wanted = {"chair": "người chủ trì", "discussion": "ý kiến phát biểu", "conclusion": "kết luận"}
    lacking = [label for name, label in wanted.items() if not meeting.details.get(name)]
    return Shortfall(given=f"Biên bản “{meeting.reference}” chưa ghi {joined(lacking)}") if lacking else True


def _deputy_chairs(picture: Picture, evaluation: Evaluation) -> Answered:
    meeting = review_meeting(picture, evaluation)
    chair = meeting.details.get("deputy_chair") if meeting else None
    if not chair:
        return None
    if fold(chair) != fold(picture.subject_name(evaluation)):
        return True
    return Shortfall(given=f"Biên bản ghi người chủ trì khi kiểm điểm người đứng đầu cũng là đồng chí {chair}")


def _superiors_invited(picture: Picture, evaluation: Evaluation) -> Answered:
    meeting = review_meeting(picture, evaluation)
    return True if meeting and meeting.details.get("guests") else None


def _after_review(picture: Picture, evaluation: Evaluation) -> Answered:
    meeting = review_meeting(picture, evaluation)
    decided = evaluation.decision.decided_on if evaluation.decision else None
    if meeting is None or decided is None:
        # Nothing is decided yet, so nothing can have come before its review.
        return True if decided is None else None
    ended = meeting.details.get("ended_on")
    ended_on = date.fromisoformat(ended) if ended else meeting.held_on
    if ended_on <= decided:
        return True
    return Shortfall(
        given=f"Quyết định ngày {short_date(decided)}, hội nghị kiểm điểm kết thúc ngày {short_date(ended_on)}"
    )


def _self_assessed(picture: Picture, evaluation: Evaluation) -> Answered:
    return True if evaluation.assessed_by("self") else None


def _committee_assessed(picture: Picture, evaluation: Evaluation) -> Answered:
    given = {one.assessor for one in evaluation.assessments}
    wanted = {"cell_committee"} | ({"mass_organisation"} if evaluation.facts.get("leads_mass_organisation") else set())
    return True if wanted <= given else None


def _took_part(picture: Picture, evaluation: Evaluation) -> Answered:
    others = any(one.assessor == "participant" for one in evaluation.assessments)
    return True if others and (evaluation.proposed_level or evaluation.assessed_by("appraisal", "authority")) else None


def _balloted(*kinds: str) -> Callable[[Picture, Evaluation], Answered]:
    def held(picture: Picture, evaluation: Evaluation) -> Answered:
        return any(evaluation.id in one.tallies and one.kind in kinds for one in picture.ballots) or None

    return held


def _employee_rated(picture: Picture, evaluation: Evaluation) -> Answered:
    return True if evaluation.facts.get("public_employee_rating") else None


def _peers_rated(picture: Picture, evaluation: Evaluation) -> Answered:
    peers = peers_of(picture, evaluation.organisation_id or "")
    lacking = [unit.name for unit in peers if unit.id not in picture.peers]
    return Shortfall(given=f"Chưa có kết quả của {joined(lacking)}") if lacking else True


def _notified(picture: Picture, evaluation: Evaluation) -> Answered:
    if picture.has_paper(evaluation.id, "result-notice", "extract-decision"):
        return True
    told = evaluation.decision and picture.has_paper(picture.owner.id, notice_key(picture, evaluation))
    return True if told else None


def _complaint_settled(picture: Picture, evaluation: Evaluation) -> Answered:
    return True if picture.complaints.get(evaluation.id) else None


def _decided_by_ballot(picture: Picture, unit: Unit) -> Answered:
    working = {unit.id} | {cell.id for cell in picture.cells if unit.id == picture.owner.id}
    kinds = ("decision_members", "member_round1") if unit.type == "grassroots_cell" else ("decision_members",)
    return any(one.kind in kinds and one.unit_id in working for one in picture.ballots) or None


def _number_decided(picture: Picture, unit: Unit) -> Answered:
    return True if picture.campaign.excellent_places is not None else None


def _verticals_rated(picture: Picture, unit: Unit) -> Answered:
    return True if picture.peers else None


def _reported(picture: Picture, unit: Unit) -> Answered:
    return True if picture.has_paper(unit.id, "6") else None


SUBJECT: Mapping[str, Callable[[Picture, Evaluation], Answered]] = {
    "SCP-01": _reviewed,
    "SCP-05": _reviewed,
    "REV-01": _own_place,
    "REV-17": _opinions,
    "REV-19": _wrote_self_review,
    "REV-20": _residence,
    "REV-29": _minutes,
    "REV-30": _deputy_chairs,
    "REV-34": _superiors_invited,
    "REV-36": _after_review,
    "ORG-AUTH-04": _self_assessed,
    "ORG-PROC-01": _self_assessed,
    "ORG-PROC-02": _balloted("organisation_level"),
    "ORG-PROC-04": _balloted("decision_organisations"),
    "ORG-PROC-06": _peers_rated,
    "COL-AUTH-06": _self_assessed,
    "COL-PROC-01": _self_assessed,
    "COL-PROC-02": _took_part,
    "COL-PROC-03": _balloted("decision_organisations"),
    "MEM-AUTH-03": _self_assessed,
    "MEM-PROC-01": _committee_assessed,
    "MEM-PROC-02": _residence,
    "MEM-PROC-03": _employee_rated,
    "GEN-06": _reviewed,
    "PUB-01": _notified,
    "CMP-02": _complaint_settled,
}
"""Rule → what the records say to its question of an evaluation."""

UNIT: Mapping[str, Callable[[Picture, Unit], Answered]] = {
    "MEM-AUTH-01": _decided_by_ballot,
    "MEM-AUTH-02": _decided_by_ballot,
    "MEM-PROC-04": _reported,
    "QUO-05": _number_decided,
    "IMP-03": _verticals_rated,
}
"""Rule → what the records say to its question of a unit."""
