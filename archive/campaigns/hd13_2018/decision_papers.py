"""The papers of a decision: the decision on members with its list, notices of results, extracts for each dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from archive.campaigns.hd13_2018.body_decisions import body_decisions, body_notices
from archive.campaigns.hd13_2018.cases import member_facts
from archive.campaigns.hd13_2018.decided import (
    DecisionKey,
    decided,
    decision_key,
    decision_of,
    keeper,
    named,
    notice_key,
    numbered,
    slug,
    stands,
)
from archive.campaigns.papers.bodies import body_name, committee_above, committee_signature, symbol_of
from archive.campaigns.papers.extracts import certified, kept_at, posts_of, subject_lines
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook

_CONCERNING = {
    "member": "đảng viên",
    "leader_manager": "cán bộ lãnh đạo, quản lý",
    "party_organisation": "tổ chức đảng",
    "leadership_collective": "tập thể lãnh đạo, quản lý",
}


def decision_paper(picture: Picture, unit: Unit, members: Sequence[Evaluation], state: str, book: Rulebook) -> Paper:
    """The decision that classifies members, with its list (13-HD/TU, II.2.5, bước 3)."""
    decision = decision_of(members[0])
    cells = {evaluation.unit_id for evaluation in members}
    alone = picture.units[cells.pop()] if len(cells) == 1 else None
    rows = [
        given({
            "full_name": picture.subject_name(evaluation),
            "birth_date": born.isoformat() if (born := picture.person_of(evaluation).birth_date) else None,
            "cell": None if alone else picture.units[evaluation.unit_id].name,
            "level": evaluation.level,
        })
        for evaluation in members
    ]  # fmt: skip
    body = body_name(unit)
    document = given({
        **numbered(picture, unit, decision, "QĐ"),
        **committee_signature(picture, unit),
        "deciding_body": decision.body or body,
        "organisation": alone.name if alone else unit.name,
        "voted_on": decision.decided_on.isoformat() if decision.decided_on else None,
        "duties": f"Giao Thường trực Đảng ủy thông báo kết quả xếp loại đến {alone.name if alone else 'các chi bộ'}, "
        "từng đảng viên và tập thể, cá nhân trực tiếp quản lý, sử dụng; chỉ đạo lưu hồ sơ đánh giá theo quy định.",
        "enforcement": f"{alone.name if alone else 'Các chi bộ trực thuộc'} và các đảng viên có tên trong danh sách "
        "chịu trách nhiệm thi hành Quyết định này.",
        "members": rows,
        "recipients": recipients("Như Điều 3", f"{committee_above(picture, unit)} (để báo cáo)", f"Lưu {body}"),
    })  # fmt: skip
    whose = f"đảng viên {alone.name}" if alone else "đảng viên"
    title = f"Quyết định xếp loại chất lượng {whose} năm {picture.campaign.period}"
    return Paper(
        f"decide:decision-members:{unit.id}:{'|'.join(decision_key(members[0]))}", "decision-members", state, "decide",
        unit.id, "conclusion", title, document, None, body,
        "-".join([unit.reference, "quyet-dinh-dang-vien", *slug(decision)]),
        {"members": [member_facts(picture, one, book) for one in members]}, tuple(one.id for one in members),
    )  # fmt: skip


def _notice(picture: Picture, unit: Unit, told: Unit, listed: Sequence[Evaluation]) -> Document:
    # The notice goes to one cell, which it names above the table.
    rows = [
        given({
            **subject_lines(picture, evaluation),
            "position": posts_of(picture, evaluation).replace(told.name, "chi bộ") or "Đảng viên",
            "level": evaluation.level,
        })
        for evaluation in listed
    ]  # fmt: skip
    decision = decision_of(listed[0])
    return given({
        **heading(picture, unit, decision.decided_on, symbol_of(unit, "TB")),
        **committee_signature(picture, unit),
        "addressed": "list",
        "concerns": "party_member",
        "decision": named(decision),
        "deciding_body": decision.body or body_name(unit),
        "notifying_body": body_name(unit),
        "concerned": f"đảng viên của {told.name}",
        "results": rows,
        "recipients": recipients(told.name, f"Lưu {body_name(unit)}"),
    })  # fmt: skip


def _extract(picture: Picture, unit: Unit, evaluation: Evaluation, digest: str | None, book: Rulebook) -> Paper:
    """The extract for a subject's dossier, made by the owner of the campaign for the unit that files it."""
    owner = picture.owner
    decision = decision_of(evaluation)
    name = picture.subject_name(evaluation)
    label = book.levels.label(decision.level)
    who = f"đồng chí {name}" if evaluation.person_id else name
    day = decision.decided_on.isoformat() if decision.decided_on else None
    document = given({
        **certified(picture, owner, day),
        **subject_lines(picture, evaluation),
        "source_title": f"về xếp loại chất lượng {_CONCERNING[evaluation.capacity]} năm {picture.campaign.period}",
        "source_number": decision.number,
        "source_date": day,
        "source_body": decision.body or body_name(owner),
        "source_digest": digest,
        "kept_at": kept_at(picture, owner) if digest else keeper(picture, evaluation),
        "contents": f"Xếp loại chất lượng năm {picture.campaign.period} đối với {who}: {label}.",
        "level": decision.level,
    })  # fmt: skip
    return Paper(
        f"decide:extract-decision:{evaluation.id}", "extract-decision", "final", "decide", unit.id,
        "conclusion", "Trích quyết định xếp loại chất lượng", document, evaluation.id,
        decision.body or body_name(owner), f"{picture.subject_reference(evaluation)}-trich-quyet-dinh",
    )  # fmt: skip


def decision_papers(
    picture: Picture,
    unit: Unit,
    judgement: CampaignJudgement,
    book: Rulebook,
    digest_of: Callable[[Paper], str | None],
) -> Iterator[Paper]:
    """A unit's papers of the decision: the owner's decision and notices; each subject's extract.

    The decision stays a draft while the member quota is broken under every reading (13-HD/TU, II.2.3.a).

    Args:
        digest_of: SHA-512 of the Word file a paper comes out as.
    """
    owner = picture.owner
    broken = not judgement.decided_quota.allowed
    groups = decided(picture, picture.all_members(), judgement)
    state = "draft" if broken else "final"
    papers: dict[tuple[str, ...], Paper] = {
        ("member", *key): decision_paper(picture, owner, members, state, book)
        for key, members in groups.items()
        if unit.id == owner.id or any(one.unit_id == unit.id for one in members)
    }
    bodies = body_decisions(picture, judgement, book)
    if unit.id == owner.id:
        yield from papers.values()
        yield from bodies.values()
        if not broken:
            yield from _notices(picture, owner, groups)
        yield from body_notices(picture, judgement)
    papers |= bodies
    digests: dict[tuple[str, ...], str | None] = {}
    for evaluation in picture.worked_by(unit):
        if stands(evaluation, judgement) and not (broken and evaluation.capacity == "member"):
            key = (evaluation.capacity, *decision_key(evaluation))
            if key in papers and key not in digests:
                digests[key] = digest_of(papers[key])
            yield _extract(picture, unit, evaluation, digests.get(key), book)


def _notices(picture: Picture, owner: Unit, groups: Mapping[DecisionKey, Sequence[Evaluation]]) -> Iterator[Paper]:
    for members in groups.values():
        for cell in picture.cells:
            told = [one for one in members if one.unit_id == cell.id]
            if told:
                title = f"Thông báo kết quả xếp loại chất lượng đảng viên {cell.name}"
                yield Paper(
                    notice_key(picture, told[0]), "result-notice", "final", "decide",
                    owner.id,
                    "other_documents", title, _notice(picture, owner, cell, told), None, body_name(owner),
                    f"{cell.reference}-thong-bao",
                )  # fmt: skip
