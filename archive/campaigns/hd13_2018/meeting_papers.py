"""The papers of meetings: minutes, and what concerns one subject out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.campaigns.hd13_2018.conferences import clock
from archive.campaigns.hd13_2018.review_minutes import review_minutes
from archive.campaigns.papers.bodies import body_name, symbol_of
from archive.campaigns.papers.extracts import certified, kept_at, subject_lines
from archive.campaigns.papers.paper import CAPACITIES, Document, Paper, distinct_names, given, heading
from archive.campaigns.papers.spoken import absences, opinions
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Meeting, Unit
from archive.campaigns.verdicts import CampaignJudgement

# What a meeting is called whose minutes are the cell's, or are not ours.
_REVIEWED = "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng"


def votes_phrase(picture: Picture, evaluation: Evaluation, first: Ballot | None, second: Ballot | None) -> str:
    """What a cell voted on one member, as minutes say it: “Lần 1: 21/24 phiếu tốt; lần 2: 16/24 phiếu đồng ý”."""
    parts = []
    tally = first.tallies.get(evaluation.id) if first else None
    if first and tally:
        counts = (
            (tally.counts.get("good"), "tốt"),
            (tally.counts.get("completed"), "hoàn thành"),
            (tally.counts.get("not_completed"), "không hoàn thành"),
            (tally.invalid, "không hợp lệ"),
        )
        told = ", ".join(f"{count}/{first.returned} phiếu {label}" for count, label in counts if count)
        parts.append(f"lần 1: {told}")
    votes = second.tallies.get(evaluation.id) if second else None
    if second and votes and votes.votes is not None:
        parts.append(f"lần 2: {votes.votes}/{second.returned} phiếu đồng ý")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _standing(picture: Picture, unit: Unit, evaluation: Evaluation) -> int:
    """The secretary first, then deputies, then chi ủy viên, then the members (13-HD/TU, I.4.2, gạch 1)."""
    posts = [post for post in picture.person_of(evaluation).positions if post.unit_id == unit.id]
    if any(post.is_head for post in posts):
        return 0
    titles = [post.title for post in posts if post.position_field == "party"]
    return 1 if any(title.startswith("Phó ") for title in titles) else 2 if titles else 3


def _member_rows(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> tuple[list[Document], list[Document]]:
    first, second = picture.ballot(unit.id, "member_round1"), picture.ballot(unit.id, "member_round2")
    listed = [evaluation for evaluation in picture.members(unit.id) if not judgement.of(evaluation).excluded]
    names = distinct_names(picture, listed)
    reviewed, voted = [], []
    for evaluation in sorted(listed, key=lambda one: _standing(picture, unit, one)):
        conclusion = _conclusion(evaluation)
        if conclusion:
            reviewed.append({"full_name": names[evaluation.id], "conclusion": conclusion})
    for evaluation in listed:
        votes = votes_phrase(picture, evaluation, first, second)
        if votes:
            voted.append(given({"subject": names[evaluation.id], "votes": votes, "level": _level(evaluation)}))
    # The cell votes on its own level first (II.1.6, bước 1).
    own = _own_votes(picture, unit)
    return reviewed, [own, *voted] if own else voted


def _own_votes(picture: Picture, unit: Unit) -> Document | None:
    """What the cell voted on its own level (13-HD/TU, II.1.6, bước 1, gạch 2)."""
    organisation, ballot = picture.organisation(unit.id), picture.ballot(unit.id, "organisation_level")
    tally = ballot.tallies.get(organisation.id) if organisation and ballot else None
    if organisation is None or ballot is None or tally is None:
        return None
    counts = (
        (tally.counts.get("excellent"), "xuất sắc"),
        (tally.counts.get("good"), "tốt"),
        (tally.counts.get("completed"), "hoàn thành"),
        (tally.counts.get("not_completed"), "không hoàn thành"),
    )
    told = ", ".join(f"{count}/{ballot.returned} phiếu {label}" for count, label in counts if count)
    own = organisation.assessed_by("self")
    return given({"subject": unit.name, "votes": f"Tự xếp loại: {told}", "level": own.level if own else None})


def _balloting(picture: Picture, unit: Unit) -> str:
    """Which ballots the cell held, as its minutes tell it."""
    held = [
        ("organisation_level", "tự xếp loại chất lượng chi bộ theo 4 mức"),
        ("member_round1", "phân loại chất lượng đảng viên theo 3 mức (lần 1)"),
        ("member_round2", "bầu đảng viên hoàn thành xuất sắc nhiệm vụ (lần 2)"),
    ]
    told = [text for kind, text in held if picture.ballot(unit.id, kind)]
    if not told:
        return "Chi bộ chưa bỏ phiếu kín."
    return (
        f"Chi bộ bỏ phiếu kín {'; '.join(told)}. Kết quả theo biên bản kiểm phiếu kèm theo, đã thông báo trước chi bộ."
    )


def _conclusion(evaluation: Evaluation) -> str | None:
    committee = evaluation.assessed_by("cell_committee")
    return evaluation.proposal_comment or (committee.comment if committee else None)


def _level(evaluation: Evaluation) -> str | None:
    return evaluation.proposed_level if evaluation.proposed_level != "not_classified" else None


def minutes_document(picture: Picture, unit: Unit, meeting: Meeting, judgement: CampaignJudgement) -> Document:
    """The minutes of a cell's review meeting (13-HD/TU, I.4.2)."""
    details = meeting.details
    reviewed, voted = _member_rows(picture, unit, judgement)
    summoned, present = details["summoned"] or 0, details["present"] or 0
    return given({
        **heading(picture, unit, meeting.held_on, symbol_of(unit, "BB")),
        "body": unit.name,
        "held_on": meeting.held_on.isoformat(),
        "opened_at": clock(details["opened_at"]),
        "venue": details["place"],
        "absences": absences(details["absent"]),
        "guests": details["guests"],
        "chair": details["chair"],
        "chair_position": details["chair_title"],
        "deputy_chair": details["deputy_chair"],
        "secretary": details["secretary"],
        "opening": f"Đồng chí {details['chair'] or 'chủ trì'} nêu mục đích, yêu cầu, nội dung hội nghị; thống nhất "
        "kiểm điểm tập thể trước, cá nhân sau; người đứng đầu trước, cấp phó và các thành viên sau.",
        "opinions": opinions(details["discussion"]),
        "members": reviewed,
        "ballots": _balloting(picture, unit),
        "ballot_results": voted,
        "conclusion": details["conclusion"],
        "closed_at": clock(details["closed_at"]),
    }) | {"summoned": summoned, "present": present, "absent": max(summoned - present, 0)}  # fmt: skip


def minutes_papers(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    """The minutes a unit files once in its own dossier: of the cell, of each collective and its members."""
    yield from _cell_minutes(picture, unit, judgement)
    for _, paper in review_minutes(picture, unit):
        yield paper


def _cell_minutes(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    meeting = picture.meeting(unit.id, "review_cell") if unit.is_cell else None
    if meeting is None:
        return
    title = f"Biên bản hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}"
    document = minutes_document(picture, unit, meeting, judgement)
    yield Paper(
        f"submit:minutes-cell:{unit.id}", "minutes-cell", "final", "submit", unit.id, "review_minutes", title, document,
        None, unit.name, f"{unit.reference}-bien-ban",
    )  # fmt: skip


def extract_papers(
    picture: Picture, unit: Unit, judgement: CampaignJudgement, digest_of: Callable[[Paper], str | None]
) -> Iterator[Paper]:
    """What each subject's dossier holds of the minutes of the meeting that reviewed it.

    Args:
        digest_of: SHA-512 of the Word file a paper comes out as.
    """
    yield from _cell_extracts(picture, unit, judgement, digest_of)
    kept = {(meeting.id, paper.form): (paper, digest_of(paper)) for meeting, paper in review_minutes(picture, unit)}
    for evaluation in picture.worked_by(unit):
        # A leader or collective is reviewed by the body led, an organisation by its committee (13-HD/TU, I.2).
        reviewed = picture.meeting(evaluation.unit_id, "review_collective")
        if reviewed and evaluation.capacity != "member":
            contents = str(reviewed.details["conclusion"] or "").strip()
            comment = evaluation.proposal_comment
            text = f"Kết luận: {comment}" if comment else f"Kết luận của hội nghị: {contents}"
            whole, of = kept.get((reviewed.id, "minutes-collective")), "tập thể"
            if evaluation.capacity == "leader_manager":
                apart = kept.get((reviewed.id, "minutes-individuals"))
                named = {row["full_name"] for row in apart[0].document["individuals"]} if apart else set()
                whole, of = (apart, "cá nhân") if picture.subject_name(evaluation) in named else (whole, of)
            title = f"Hội nghị kiểm điểm {of}" if whole else _REVIEWED
            yield _extract(picture, unit, evaluation, reviewed, text, whole[1] if whole else None, title)


def _cell_extracts(
    picture: Picture, unit: Unit, judgement: CampaignJudgement, digest_of: Callable[[Paper], str | None]
) -> Iterator[Paper]:
    whole = next(_cell_minutes(picture, unit, judgement), None)
    meeting = picture.meeting(unit.id, "review_cell")
    if whole is None or meeting is None:
        return
    digest = digest_of(whole)
    first, second = picture.ballot(unit.id, "member_round1"), picture.ballot(unit.id, "member_round2")
    for evaluation in picture.members(unit.id):
        if judgement.of(evaluation).excluded:
            continue
        votes = votes_phrase(picture, evaluation, first, second)
        lines = [
            f"Kết luận: {_conclusion(evaluation) or 'Đã kiểm điểm trước chi bộ.'}",
            f"Kết quả bỏ phiếu: {votes}." if votes else "",
        ]
        yield _extract(picture, unit, evaluation, meeting, "\n".join(line for line in lines if line), digest)
    organisation, own = picture.organisation(unit.id), _own_votes(picture, unit)
    if organisation and meeting.details["conclusion"]:
        voted = f"\nKết quả bỏ phiếu: {own['votes']}." if own else ""
        contents = f"Kết luận của hội nghị: {meeting.details['conclusion']}{voted}"
        yield _extract(picture, unit, organisation, meeting, contents, digest)


def _met(picture: Picture, meeting: Meeting) -> str:
    """Who met: the collective where one is named, else the cell."""
    collective = picture.collectives.get(meeting.collective_id or "")
    return collective.name if collective else body_name(picture.units[meeting.unit_id])


def _extract(
    picture: Picture,
    unit: Unit,
    evaluation: Evaluation,
    meeting: Meeting,
    contents: str,
    digest: str | None,
    title: str = _REVIEWED,
) -> Paper:
    met = picture.units[meeting.unit_id]
    document = given({
        **certified(picture, met, meeting.held_on.isoformat(), picture.people.get(evaluation.person_id or "")),
        **subject_lines(picture, evaluation),
        "source_title": f"{title} năm {picture.campaign.period}",
        "source_date": meeting.held_on.isoformat(),
        "source_body": _met(picture, meeting),
        "source_digest": digest,
        "kept_at": kept_at(picture, unit) if digest else body_name(met),
        "contents": contents,
        "level": _level(evaluation) if evaluation.capacity == "member" else None,
    })  # fmt: skip
    return Paper(
        f"submit:extract-minutes:{evaluation.id}", "extract-minutes", "final", "submit", unit.id, "review_minutes",
        "Trích biên bản hội nghị kiểm điểm", document, evaluation.id, body_name(met),
        f"{picture.subject_reference(evaluation)}-{CAPACITIES[evaluation.capacity]}-trich-bien-ban",
    )  # fmt: skip
