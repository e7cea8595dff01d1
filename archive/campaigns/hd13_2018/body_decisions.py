"""The decisions of the owner on organisations, collectives and leaders, each with its list, and their notices.

13-HD/TU, II.1.6, bước 3; III.5, bước 3; V.1, gạch 6. What a body above decides, it writes itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.campaigns.hd13_2018.cases import collective_facts, organisation_facts
from archive.campaigns.hd13_2018.decided import by_owner, decided, decision_of, named, notice_key, numbered, slug
from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, head_of, symbol_of
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date


@dataclass(frozen=True)
class _Kind:
    """One kind of decision: its form, whom it is about in words and in file names, and by which ballot it is taken."""

    form: str
    whom: str
    concerns: str
    file: str
    ballot: str


_KINDS: Mapping[str, _Kind] = {
    "party_organisation": _Kind(
        "decision-organisations", "tổ chức đảng", "party_organisation", "to-chuc", "decision_organisations"
    ),
    "leadership_collective": _Kind(
        "decision-collectives", "tập thể lãnh đạo, quản lý", "leadership_collective", "tap-the",
        "decision_organisations",
    ),
    "leader_manager": _Kind("decision-leaders", "cán bộ lãnh đạo, quản lý", "leader_manager", "can-bo", "leaders"),
}  # fmt: skip


def _groups(picture: Picture, judgement: CampaignJudgement) -> Iterator[tuple[str, tuple[str, ...], list[Evaluation]]]:
    for capacity in _KINDS:
        found = [one for one in picture.evaluations.values() if one.capacity == capacity and by_owner(picture, one)]
        for key, listed in decided(picture, found, judgement).items():
            yield capacity, key, listed


def body_decisions(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> dict[tuple[str, ...], Paper]:
    """The owner's decisions: (capacity, body, number, day) → the paper."""
    return {
        (capacity, *key): _decision_paper(picture, capacity, key, listed, book)
        for capacity, key, listed in _groups(picture, judgement)
    }


def _decision_paper(
    picture: Picture, capacity: str, key: tuple[str, ...], listed: Sequence[Evaluation], book: Rulebook
) -> Paper:
    owner, kind, decision = picture.owner, _KINDS[capacity], decision_of(listed[0])
    body = body_name(owner)
    ballot = picture.ballot(owner.id, kind.ballot)
    day = ballot.held_on if ballot else None
    document = given({
        **numbered(picture, owner, decision, "QĐ"),
        **committee_signature(picture, owner),
        "deciding_body": decision.body or body,
        "organisation": owner.name,
        "remedy_considered": f"kết quả khắc phục hạn chế ({remedies_told(listed, of_people=False)})"
        if capacity == "party_organisation"
        else None,
        "voted_on": day.isoformat() if day else None,
        "tally_minutes": f"Biên bản kiểm phiếu ngày {short_date(day)}" if day else None,
        "duties": f"Giao Thường trực {body} thông báo kết quả xếp loại đến các {kind.whom} có tên trong danh sách; "
        "chỉ đạo lưu hồ sơ đánh giá theo quy định.",
        "enforcement": f"Các {kind.whom} có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.",
        "subjects": [given(_row(picture, one)) for one in listed],
        "recipients": recipients("Như Điều 3", f"{committee_above(picture, owner)} (để báo cáo)", f"Lưu {body}"),
    })  # fmt: skip
    title = f"Quyết định xếp loại chất lượng {kind.whom} năm {picture.campaign.period}"
    name = "-".join([owner.reference, "quyet-dinh", kind.file, *slug(decision)])
    facts = [_facts(picture, one, book) for one in listed]
    return Paper(
        f"decide:{kind.form}:{owner.id}:{'|'.join(key)}", kind.form, "final", "decide", owner.id, "conclusion", title,
        document, None, body, name, {"subjects": facts} if any(facts) else None, tuple(one.id for one in listed),
    )  # fmt: skip


def _facts(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Document | None:
    """What the judge reads of one subject; nothing of a leader, whose standard stands elsewhere (IV)."""
    match evaluation.capacity:
        case "party_organisation":
            return organisation_facts(picture, evaluation, book)
        case "leadership_collective":
            return collective_facts(picture, evaluation, book)
        case _:
            return None


def _row(picture: Picture, evaluation: Evaluation) -> Document:
    row: Document = {"subject": picture.subject_name(evaluation), "level": decision_of(evaluation).level}
    if evaluation.person_id:
        born = picture.person_of(evaluation).birth_date
        return row | {"birth_date": born.isoformat() if born else None, "position": posts_of(picture, evaluation)}
    return row | {"position": led_by(picture, evaluation)}


def led_by(picture: Picture, evaluation: Evaluation) -> str | None:
    """Who heads an organisation or collective."""
    collective = picture.collectives.get(evaluation.collective_id or "")
    if collective is None:
        head = head_of(picture, picture.units[evaluation.unit_id])
        return head.full_name if head else None
    heads = [
        picture.people[one] for one, role in collective.members.items() if role == "head" and one in picture.people
    ]
    return heads[0].full_name if heads else None


def remedies_told(evaluations: Sequence[Evaluation], *, of_people: bool) -> str:
    """What became of the shortcomings found before, counted: “đã khắc phục 4/7 hạn chế được chỉ ra”."""
    listed = [one for evaluation in evaluations for one in evaluation.shortcomings]
    if not listed:
        return "không có hạn chế nào được chỉ ra ở kỳ trước"
    done = sum(one.status == "remedied" for one in listed)
    going = sum(one.status == "in_progress" for one in listed)
    whose = "đảng viên" if of_people else "tập thể, tổ chức"
    parts = [f"đã khắc phục {done}/{len(listed)} hạn chế được chỉ ra đối với {whose}"]
    if going:
        parts.append(f"đang khắc phục {going}")
    if left := len(listed) - done - going:
        parts.append(f"chưa khắc phục {left}")
    return ", ".join(parts)


def body_notices(picture: Picture, judgement: CampaignJudgement) -> Iterator[Paper]:
    """One notice for each such decision, with the results of all whom it is about (V.1, gạch 6)."""
    owner = picture.owner
    for capacity, _, listed in _groups(picture, judgement):
        kind, decision = _KINDS[capacity], decision_of(listed[0])
        document = given({
            **heading(picture, owner, decision.decided_on, symbol_of(owner, "TB")),
            **committee_signature(picture, owner),
            "addressed": "list",
            "concerns": kind.concerns,
            "decision": named(decision),
            "deciding_body": decision.body or body_name(owner),
            "notifying_body": body_name(owner),
            "concerned": f"{kind.whom} của {owner.name}",
            "results": [given(_row(picture, one)) for one in listed],
            "recipients": recipients(f"Các {kind.whom} có tên trên", f"Lưu {body_name(owner)}"),
        })  # fmt: skip
        yield Paper(
            notice_key(picture, listed[0]), "result-notice", "final", "decide", owner.id,
            "other_documents", f"Thông báo kết quả xếp loại chất lượng {kind.whom}", document, None,
            body_name(owner), "-".join([owner.reference, "thong-bao", kind.file, *slug(decision)]),
        )  # fmt: skip
