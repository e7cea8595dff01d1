"""What the owner reports upward of the year: results counted by group, with the lists of the excellent.

13-HD/TU, VI.1, and the shares of II.1.3.a, II.2.3.a, III.3.1: only levels decided are counted; the sentences of the
report say what the records hold and nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from archive.campaigns.hd13_2018.body_decisions import led_by, remedies_told
from archive.campaigns.hd13_2018.cases import collective_facts, organisation_facts, reviewed_only
from archive.campaigns.hd13_2018.decided import decision_of, stands
from archive.campaigns.hd13_2018.kinds import kind_of
from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, symbol_of
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook
from generator.vietnamese import name_sort_key, percent, short_date

_FOUR = ("excellent", "good", "completed", "not_completed")
_EMPLOYEES, _OTHERS = "Công chức, viên chức, người hưởng lương từ ngân sách", "Đảng viên khác"
_CONCERNS = {
    "party_organisation": "party_organisation",
    "leadership_collective": "leadership_collective",
    "leader_manager": "leader_manager",
}


def _counts(picture: Picture, judgement: CampaignJudgement, listed: Sequence[Evaluation]) -> Document:
    """How many of a group stand at each level, how many wait, how many are outside and why."""
    outside: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    for one in listed:
        own = judgement.of(one)
        if one.person_id and picture.person_of(one).membership_kind == "exempt" and own.excluded:
            outside["exempt"] += 1
        elif any(finding.rule_id == "GEN-05" for finding in own.findings):
            outside["under_six_months"] += 1
        elif own.barred:
            outside["other"] += 1
        elif stands(one, judgement):
            levels[decision_of(one).level] += 1
    classified = sum(levels.values())
    return {
        "total": len(listed),
        "not_yet": len(listed) - sum(outside.values()) - classified,
        "classified": classified,
        **{level: levels[level] for level in _FOUR},
        **{name: outside[name] for name in ("exempt", "under_six_months", "other")},
    }


def _of_bodies(counted: Document) -> Document:
    outside = counted.pop("exempt") + counted.pop("under_six_months") + counted.pop("other")
    return counted | {"outside": outside}


def _member_rows(picture: Picture, judgement: CampaignJudgement, members: Sequence[Evaluation]) -> list[Document]:
    by_unit: dict[str, list[Evaluation]] = {}
    for one in members:
        by_unit.setdefault(one.unit_id, []).append(one)
    return [{"name": picture.units[unit].name, **_counts(picture, judgement, found)} for unit, found in by_unit.items()]


def _kind_rows(picture: Picture, judgement: CampaignJudgement, members: Sequence[Evaluation]) -> list[Document]:
    paid = [one for one in members if picture.person_of(one).is_public_employee]
    others = [one for one in members if not picture.person_of(one).is_public_employee]
    return [
        {"name": name, **_counts(picture, judgement, found)}
        for name, found in ((_EMPLOYEES, paid), (_OTHERS, others))
        if found
    ]


def _organisation_rows(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> list[Document]:
    by_type: dict[str, list[Evaluation]] = {}
    for one in picture.evaluations.values():
        if one.capacity == "party_organisation" and one.unit_id != picture.owner.id:
            by_type.setdefault(picture.units[one.unit_id].type, []).append(one)
    rows = []
    for kind, found in by_type.items():
        # The share of cells is that of one base, the share of bases that of one district (II.1.3.a).
        group = "Chi bộ trực thuộc" if kind == "subordinate_cell" else "Tổ chức cơ sở đảng thuộc"
        counted = _of_bodies(_counts(picture, judgement, found))
        label = book.type_label("party_organisation", kind)
        rows.append({"name": label, "scope": f"{group} {picture.owner.name}", **counted})
    return rows


def _collective_rows(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> list[Document]:
    by_type: dict[str, list[Evaluation]] = {}
    for one in picture.collectives_of(picture.owner):
        if one.unit_id != picture.owner.id and not reviewed_only(picture, one):
            by_type.setdefault(picture.collectives[one.collective_id or ""].type, []).append(one)
    return [
        {"name": book.type_label("leadership_collective", kind), **_of_bodies(_counts(picture, judgement, found))}
        for kind, found in by_type.items()
    ]


def _upward(picture: Picture, judgement: CampaignJudgement) -> list[Evaluation]:
    """Whom the committee above decides on: the owner's organisation and committee, and the leaders it manages."""
    owner = picture.owner
    own = [one for one in (picture.organisation(owner.id),) if one]
    committee = [one for one in picture.collectives_of(owner) if one.unit_id == owner.id and kind_of(picture, one)]
    found = (*own, *committee, *picture.leaders(owner))
    return [one for one in found if one.proposed_level in _FOUR and not judgement.of(one).refused]


def _proposals(picture: Picture, upward: Sequence[Evaluation]) -> list[Document]:
    return [
        given({
            "subject": picture.subject_name(one),
            "concerns": _CONCERNS[one.capacity],
            "position": posts_of(picture, one) if one.person_id else None,
            "level": one.level,
        })
        for one in upward
    ]  # fmt: skip


def _cases(picture: Picture, upward: Sequence[Evaluation], book: Rulebook) -> list[Document | None]:
    cases: list[Document | None] = []
    for one in upward:
        if one.capacity == "party_organisation":
            cases.append(organisation_facts(picture, one, book))
        elif one.capacity == "leadership_collective":
            cases.append(collective_facts(picture, one, book))
        else:
            cases.append(None)
    return cases


def _conduct(picture: Picture) -> str:
    """When the reviews and the deciding meeting were held."""
    told = []
    cells = sorted(one.held_on for one in picture.meetings if one.kind == "review_cell")
    bodies = sorted(one.held_on for one in picture.meetings if one.kind == "review_collective")
    for days, whose in ((bodies, "tập thể, cá nhân cán bộ lãnh đạo, quản lý"), (cells, "chi bộ")):
        if days:
            first, last = short_date(days[0]), short_date(days[-1])
            when = f"ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"
            told.append(f"{len(days)} hội nghị kiểm điểm {whose}, {when}")
    decided = picture.meeting(picture.owner.id, "decision")
    if decided:
        told.append(f"hội nghị xem xét, quyết định xếp loại ngày {short_date(decided.held_on)}")
    text = "; ".join(told) or "các tập thể, cá nhân kiểm điểm theo kế hoạch"
    return f"Đã tổ chức {text}."


def _assessed(picture: Picture, judgement: CampaignJudgement, counted: Document) -> tuple[str, str]:
    """What went well and what did not, as the figures tell it."""
    good = counted["excellent"] + counted["good"]
    share = percent(good, counted["classified"]) if counted["classified"] else "0%"
    bodies = [one for one in picture.evaluations.values() if not one.person_id]
    strengths = (
        f"Đã đánh giá, xếp loại {counted['classified']} đảng viên; {good} đảng viên ({share}) hoàn thành tốt nhiệm vụ "
        f"trở lên. Kết quả khắc phục hạn chế của kỳ trước: {remedies_told(bodies, of_people=False)}."
    )
    back = [picture.subject_name(picture.evaluations[one.evaluation_id]) for one in judgement.refused]
    weaknesses = (
        f"{len(back)} trường hợp đề nghị mức xếp loại chưa đúng quy định, phải trả lại để xem xét: {', '.join(back)}."
        if back
        else "Không có trường hợp đề nghị mức xếp loại chưa đúng quy định."
    )
    return strengths, weaknesses


def _failed(picture: Picture, judgement: CampaignJudgement) -> list[Document]:
    return [
        given({
            "subject": picture.subject_name(one),
            "position": f"Đảng viên {picture.units[one.unit_id].name}" if one.capacity == "member" else None,
            "reason": one.proposal_reason or one.proposal_comment or "Theo quyết định xếp loại.",
        })
        for one in picture.evaluations.values()
        if stands(one, judgement) and decision_of(one).level == "not_completed"
    ]  # fmt: skip


def report_paper(picture: Picture, judgement: CampaignJudgement, book: Rulebook) -> Paper | None:
    """The owner's report; None until a level is decided. A draft while the share of the excellent is exceeded."""
    owner, members = picture.owner, picture.all_members()
    whole = _counts(picture, judgement, members)
    if not whole["classified"]:
        return None
    district = owner.type == "district_party_committee"
    form = "report-district" if district else "report-base"
    above, upward = committee_above(picture, owner), _upward(picture, judgement)
    strengths, weaknesses = _assessed(picture, judgement, whole)
    waiting = [
        picture.subject_name(one) for one in members if not judgement.of(one).barred and not stands(one, judgement)
    ]
    chosen = whole["excellent"]
    petition = f"Đề nghị Ban Thường vụ {above} xem xét, quyết định xếp loại các trường hợp nêu trên./."
    document = given({
        **heading(picture, owner, None, symbol_of(owner, "BC")),
        **committee_signature(picture, owner),
        "reporting_body": body_name(owner),
        "addressee": f"Ban Thường vụ {above}",
        "organisation": owner.name,
        "conduct": _conduct(picture),
        "organisations": _organisation_rows(picture, judgement, book),
        "members": _member_rows(picture, judgement, members),
        "member_kinds": _kind_rows(picture, judgement, members),
        "collectives": _collective_rows(picture, judgement, book),
        "excellent_list": f"{chosen} đảng viên (có danh sách kèm theo)" if chosen else None,
        "failed": _failed(picture, judgement),
        "not_yet_reason": f"{len(waiting)} đảng viên chưa có mức xếp loại đúng quy định: {', '.join(waiting)}."
        if waiting else None,
        "strengths": strengths,
        "weaknesses": weaknesses,
        "proposed_to": f"Ban Thường vụ {above}" if upward else None,
        "proposals": _proposals(picture, upward),
        "petitions": petition if upward else "Không có kiến nghị./.",
        "recipients": recipients(f"Ban Thường vụ {above} (để báo cáo)", f"Lưu {body_name(owner)}"),
    })  # fmt: skip
    state = "final" if judgement.decided_quota.allowed else "draft"
    return Paper(
        f"decide:{form}:{owner.id}", form, state, "decide", owner.id, "other_documents",
        f"Báo cáo kết quả kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}", document, None,
        body_name(owner), f"{owner.reference}-bao-cao-ket-qua",
        {"proposals": _cases(picture, upward, book)} if upward else None,
    )  # fmt: skip


def excellent_papers(picture: Picture, judgement: CampaignJudgement) -> Iterator[Paper]:
    """The lists of those decided excellent: members; organisations; each with the share they are of (II.2.3.a)."""
    owner = picture.owner
    cells = [one for cell in picture.cells if cell.id != owner.id and (one := picture.organisation(cell.id))]
    for concerns, whom, file, listed in (
        ("party_member", "đảng viên", "dang-vien", picture.all_members()),
        ("party_organisation", "tổ chức đảng", "to-chuc", cells),
    ):
        best = [one for one in listed if stands(one, judgement) and decision_of(one).level == "excellent"]
        if not best:
            continue
        counted = _counts(picture, judgement, listed)
        group = owner.name if concerns == "party_member" else f"Chi bộ trực thuộc {owner.name}"
        best.sort(key=lambda one: name_sort_key(picture.subject_name(one)))
        document = given({
            **heading(picture, owner, None),
            **committee_signature(picture, owner),
            "concerns": concerns,
            "decided": True,
            "subjects": [_excellent(picture, one) for one in best],
            "groups": [{"name": group, **{level: counted[level] for level in _FOUR}}],
            "recipients": recipients(f"{committee_above(picture, owner)} (để báo cáo)", f"Lưu {body_name(owner)}"),
        })  # fmt: skip
        state = "final" if judgement.decided_quota.allowed or concerns != "party_member" else "draft"
        yield Paper(
            f"decide:excellent-list:{concerns}:{owner.id}", "excellent-list", state, "decide", owner.id,
            "other_documents", f"Danh sách {whom} hoàn thành xuất sắc nhiệm vụ năm {picture.campaign.period}", document,
            None, body_name(owner), f"{owner.reference}-danh-sach-xuat-sac-{file}",
        )  # fmt: skip


def _excellent(picture: Picture, evaluation: Evaluation) -> Document:
    born = picture.person_of(evaluation).birth_date if evaluation.person_id else None
    unit: Unit = picture.units[evaluation.unit_id]
    evidence = evaluation.facts.get("outstanding_evidence")
    voted = next(
        (one for one in picture.ballots if one.kind.startswith("decision_") and evaluation.id in one.tallies), None
    )
    votes = voted.tallies[evaluation.id].counts.get("excellent") if voted else None
    return given({
        "subject": picture.subject_name(evaluation),
        "birth_date": born.isoformat() if born else None,
        "position": unit.name if evaluation.person_id else led_by(picture, evaluation),
        "achievement": evidence if isinstance(evidence, str) else evaluation.proposal_comment,
        "votes": f"{votes}/{voted.returned}" if voted and votes is not None else None,
    })  # fmt: skip
