"""What goes before a decision and how it is taken: the appraisal's report, and the minutes of the body that decides.

13-HD/TU, II.1.6, bước 3; II.2.5, bước 3; III.5, bước 2 and bước 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from archive.campaigns.hd13_2018.body_decisions import remedies_told
from archive.campaigns.hd13_2018.cases import facts
from archive.campaigns.hd13_2018.conferences import clock
from archive.campaigns.hd13_2018.decided import decision_of, stands
from archive.campaigns.hd13_2018.kinds import kind_of
from archive.campaigns.papers.bodies import body_name, deciding_committee, standing_signature, symbol_of
from archive.campaigns.papers.paper import Document, Paper, distinct_names, given, heading, recipients
from archive.campaigns.papers.spoken import absences, opinions
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Meeting, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook
from generator.vietnamese import text_sort_key

_FOUR = ("excellent", "good", "completed", "not_completed")
_CONCERNS = {
    "member": "party_member",
    "party_organisation": "party_organisation",
    "leadership_collective": "leadership_collective",
}
# Kind of ballot → whom the meeting decided on, in words and in file names.
_DECIDED = {
    "decision_members": ("đảng viên", "dang-vien"),
    "decision_organisations": ("tổ chức đảng, tập thể lãnh đạo, quản lý", "to-chuc-tap-the"),
}
_NEEDED = ("opened_at", "place", "chair", "secretary", "conclusion")


def appraised(picture: Picture, judgement: CampaignJudgement) -> list[Evaluation]:
    """The subjects the owner decides on, in order: members cell by cell, organisations, collectives beside it."""
    owner = picture.owner
    cells = [one for cell in picture.cells if cell.id != owner.id and (one := picture.organisation(cell.id))]
    beside = [one for one in picture.collectives_of(owner) if one.unit_id != owner.id and kind_of(picture, one)]
    beside.sort(key=lambda one: text_sort_key(picture.subject_name(one)))
    return [one for one in (*picture.all_members(), *cells, *beside) if not judgement.of(one).excluded]


def appraisal_paper(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> Paper | None:
    """The report on all the owner decides on; None while nobody is proposed. Levels refused stand in its findings."""
    if picture.owner.is_cell:
        # A chi bộ cơ sở decides on its own members by its own vote (II.2.5, bước 3, gạch 2).
        return None
    owner, listed = picture.owner, appraised(picture, judgement)
    proposed = [one for one in listed if one.level and not judgement.of(one).refused and not judgement.of(one).barred]
    if not proposed:
        return None
    body, decides = body_name(owner), deciding_committee(picture, owner)
    lacking = [one for one in listed if judgement.of(one).incomplete]
    back = [one for one in listed if judgement.of(one).refused]
    request = f"Kính đề nghị {decides} xem xét, bỏ phiếu kín quyết định mức xếp loại theo các đề xuất trên"
    if back:
        request += f"; {len(back)} trường hợp đề nghị chưa đúng quy định trả lại để xem xét, đề nghị lại"
    document = given({
        **heading(picture, owner, None, symbol_of(owner, "BC")),
        **standing_signature(picture, owner),
        "addressee": decides,
        "appraising_body": f"Thường trực {body}",
        "concerned": f"đảng viên, chi bộ trực thuộc và tập thể lãnh đạo, quản lý thuộc {owner.name}",
        "incomplete": "; ".join(f"{picture.subject_name(one)}: thiếu dữ kiện để xét" for one in lacking),
        "findings": list(_findings(picture, listed, judgement)),
        "waivers": list(_waivers(picture, listed, judgement)),
        "remedies": _sentence(remedies_told([one for one in listed if not one.person_id], of_people=False)),
        "results": [_proposal(picture, one) for one in proposed],
        "opinion": f"{request}./.",
        "recipients": recipients("Như kính gửi", f"Lưu {body}, hồ sơ đánh giá"),
    }) | {"received": len(listed), "complete": len(listed) - len(lacking)}  # fmt: skip
    return Paper(
        f"decide:appraisal-report:{owner.id}", "appraisal-report", "final", "decide", owner.id, "other_documents",
        f"Báo cáo thẩm định kết quả đánh giá, xếp loại chất lượng năm {picture.campaign.period}", document, None, body,
        f"{owner.reference}-bao-cao-tham-dinh", {"results": [_case(picture, one, book) for one in proposed]},
    )  # fmt: skip


def _case(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Document | None:
    found = facts(picture, evaluation, book)
    return found[1] if found else None


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _proposal(picture: Picture, evaluation: Evaluation) -> Document:
    claimed = evaluation.proposed_level
    return given({
        "subject": picture.subject_name(evaluation),
        "concerns": _CONCERNS[evaluation.capacity],
        "unit": picture.units[evaluation.unit_id].name if evaluation.person_id else None,
        "claimed": claimed if claimed != "not_classified" else None,
        "level": evaluation.level,
    })  # fmt: skip


def _findings(picture: Picture, listed: Sequence[Evaluation], judgement: CampaignJudgement) -> Iterator[Document]:
    for evaluation in listed:
        own = judgement.of(evaluation)
        for finding in own.errors if own.refused else ():
            yield {
                "subject": picture.subject_name(evaluation),
                "finding": finding.message,
                "citation": f"{finding.citation} ({finding.rule_id})",
                "severity": "error",
                "handling": "Trả lại để xem xét, đề nghị lại",
            }


def _waivers(picture: Picture, listed: Sequence[Evaluation], judgement: CampaignJudgement) -> Iterator[Document]:
    for evaluation in listed:
        for waiver in judgement.of(evaluation).waivers:
            yield given({
                "subject": picture.subject_name(evaluation),
                "finding": waiver.message,
                "reason": f"{waiver.reason} ({waiver.document})" if waiver.document else waiver.reason,
                "approver": waiver.approver_name,
                "approved_on": date.fromisoformat(waiver.given_at[:10]).isoformat(),
            })  # fmt: skip


def decision_minutes(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> Iterator[Paper]:
    """The minutes of the owner's meeting for each ballot by which it decided; none while something of it is missing."""
    owner = picture.owner
    meeting = picture.meeting(owner.id, "decision")
    if meeting is None or not all(meeting.details[name] for name in _NEEDED):
        return
    for kind, (whom, file) in _DECIDED.items():
        ballot = picture.ballot(owner.id, kind)
        if ballot is None or not (ballot.head_teller or ballot.tellers):
            continue
        voted = [picture.evaluations[one] for one in ballot.tallies]
        order = {one.id: number for number, one in enumerate(appraised(picture, judgement))}
        listed = sorted((one for one in voted if stands(one, judgement)), key=lambda one: order.get(one.id, len(order)))
        if not listed:
            continue
        broken = kind == "decision_members" and not judgement.decided_quota.allowed
        yield Paper(
            f"decide:minutes-decision:{kind}:{owner.id}", "minutes-decision", "draft" if broken else "final", "decide",
            owner.id, "other_documents", f"Biên bản hội nghị xem xét, quyết định xếp loại chất lượng {whom}",
            _minutes(picture, owner, meeting, ballot, whom, listed), None, body_name(owner),
            f"{owner.reference}-bien-ban-quyet-dinh-{file}",
            {"results": [_case(picture, one, book) for one in listed]},
        )  # fmt: skip


def _minutes(
    picture: Picture, owner: Unit, meeting: Meeting, ballot: Ballot, whom: str, listed: Sequence[Evaluation]
) -> Document:
    details: Mapping[str, object] = meeting.details
    summoned, present = meeting.details["summoned"] or 0, meeting.details["present"] or 0
    names = distinct_names(picture, listed)
    collective = picture.collectives.get(meeting.collective_id or "")
    people = whom == "đảng viên"
    places = picture.campaign.excellent_places if people else None
    tellers = [name for name in (ballot.head_teller, ballot.tellers) if name]
    rows = []
    for one in listed:
        tally = ballot.tallies[one.id]
        rows.append({
            "subject": names[one.id],
            "concerns": _CONCERNS.get(one.capacity, "leader_manager"),
            **{level: tally.counts.get(level, 0) for level in _FOUR},
            "not_counted": tally.invalid or 0,
            "level": decision_of(one).level,
        })  # fmt: skip
    return given({
        **heading(picture, owner, meeting.held_on, symbol_of(owner, "BB")),
        "body": collective.name if collective else body_name(owner),
        "concerned": whom,
        "held_on": meeting.held_on.isoformat(),
        "opened_at": clock(details["opened_at"]),
        "venue": details["place"],
        "absences": absences(meeting.details["absent"]),
        "guests": details["guests"],
        "chair": details["chair"],
        "chair_position": details["chair_title"],
        "secretary": details["secretary"],
        "tellers": ", ".join(tellers),
        "report": f"Thường trực {body_name(owner)} trình bày báo cáo thẩm định kết quả đánh giá, xếp loại chất lượng "
        f"năm {picture.campaign.period} (kèm theo).",
        "remedies": _sentence(remedies_told(listed, of_people=people)),
        "opinions": opinions(meeting.details["discussion"]),
        "excellent_number": f"Đảng viên: không quá {places} đồng chí." if places is not None else None,
        "results": rows,
        "conclusion": details["conclusion"],
        "closed_at": clock(details["closed_at"]),
    }) | {
        "summoned": summoned,
        "present": present,
        "absent": max(summoned - present, 0),
        "entitled": ballot.entitled,
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.returned - ballot.invalid,
        "invalid": ballot.invalid,
    }  # fmt: skip
