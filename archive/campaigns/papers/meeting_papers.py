"""The papers of meetings: minutes, what concerns one subject out of them, and the counting of ballots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.campaigns.papers.extracts import certified, digest_of, kept_at, subject_lines
from archive.campaigns.papers.paper import (
    Document,
    Paper,
    body_name,
    committee_signature,
    given,
    head_of,
    heading,
    recipients,
    symbol_of,
)
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Evaluation, Meeting, Tally, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook

_NAME_AND_REASON = re.compile(
    r"^[-–•\s]*(?:[Đđ]ồng chí\s+)?(?P<name>[^:(–,;]+?)\s*(?:[:–(,;]\s*(?P<reason>.+?)\)?)?[.;,]?$"
)
_FOUR = ("excellent", "good", "completed", "not_completed")
# What tally-minutes calls each kind of ballot, how its title names it, its table and the columns of that table.
_BALLOTS = {
    "member_round1": ("round_1", "lần 1", "three_levels", ("good", "completed", "not_completed")),
    "member_round2": ("round_2", "lần 2", "agreement", ("agree",)),
    "organisation_level": ("four_levels", "tự xếp loại", "four_levels", _FOUR),
    "decision_members": ("four_levels", "quyết định xếp loại đảng viên", "four_levels", _FOUR),
    "decision_organisations": ("four_levels", "quyết định xếp loại tổ chức, tập thể", "four_levels", _FOUR),
}  # fmt: skip


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _named(text: str | None, name: str, rest: str) -> list[Document]:
    """The rows of a text with one person a line: “Họ tên: điều người ấy nói” or “Họ tên (lý do)”."""
    found = []
    for line in _lines(text):
        match = _NAME_AND_REASON.match(line)
        if match:
            found.append(given({name: match["name"].strip(), rest: match["reason"]}))
        else:
            found.append({name: line})
    return found


def _opinions(text: str | None) -> list[Document]:
    found = []
    for line in _lines(text):
        speaker, colon, content = line.lstrip("-– ").partition(":")
        found.append(
            {"speaker": speaker.strip(), "content": content.strip()}
            if colon and content.strip() and len(speaker) <= 300
            else {"speaker": "Hội nghị", "content": line}
        )
    return found


def _clock(value: Any) -> str | None:
    return str(value)[:5] if value else None


def votes_phrase(picture: Picture, evaluation: Evaluation, first: Ballot | None, second: Ballot | None) -> str:
    """What a cell voted on one member, as minutes say it: “Lần 1: 21/24 phiếu tốt; lần 2: 16/24 phiếu đồng ý”."""
    parts = []
    tally = first.tallies.get(evaluation.id) if first else None
    if first and tally:
        counts = ((tally.good, "tốt"), (tally.completed, "hoàn thành"), (tally.not_completed, "không hoàn thành"))
        told = ", ".join(f"{count}/{first.entitled} phiếu {label}" for count, label in counts if count)
        parts.append(f"lần 1: {told}")
    votes = second.tallies.get(evaluation.id) if second else None
    if second and votes and votes.votes is not None:
        parts.append(f"lần 2: {votes.votes}/{second.entitled} phiếu đồng ý")
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _member_rows(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> tuple[list[Document], list[Document]]:
    first, second = picture.ballot(unit.id, "member_round1"), picture.ballot(unit.id, "member_round2")
    reviewed, voted = [], []
    for evaluation in picture.members(unit.id):
        if judgement.of(evaluation).excluded:
            continue
        name = picture.subject_name(evaluation)
        conclusion, heard = _conclusion(evaluation), evaluation.assessed_by("cell_committee")
        if conclusion:
            opinions = heard.comment if heard and heard.comment != conclusion else None
            reviewed.append(given({"full_name": name, "opinions": opinions, "conclusion": conclusion}))
        votes = votes_phrase(picture, evaluation, first, second)
        if votes:
            voted.append(given({"subject": name, "votes": votes, "level": _level(evaluation)}))
    return reviewed, voted


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
        "opened_at": _clock(details["opened_at"]),
        "venue": details["place"],
        "absences": _named(details["absent"], "full_name", "reason"),
        "guests": details["guests"],
        "chair": details["chair"],
        "chair_position": details["chair_title"],
        "deputy_chair": details["deputy_chair"],
        "secretary": details["secretary"],
        "opening": f"Đồng chí {details['chair'] or 'chủ trì'} nêu mục đích, yêu cầu, nội dung hội nghị; thống nhất "
        "kiểm điểm tập thể trước, cá nhân sau; người đứng đầu trước, cấp phó và các thành viên sau.",
        "opinions": _opinions(details["discussion"]),
        "members": reviewed,
        "ballots": "Chi bộ bỏ phiếu kín lần 1 để phân loại chất lượng đảng viên theo 3 mức và lần 2 để bầu đảng viên "
        "hoàn thành xuất sắc nhiệm vụ; kết quả theo biên bản kiểm phiếu kèm theo, đã thông báo trước chi bộ.",
        "ballot_results": voted,
        "conclusion": details["conclusion"],
        "closed_at": _clock(details["closed_at"]),
    }) | {"summoned": summoned, "present": present, "absent": max(summoned - present, 0)}  # fmt: skip


def minutes_papers(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    """The minutes of a cell, filed once in its own dossier."""
    meeting = picture.meeting(unit.id, "review_cell") if unit.is_cell else None
    if meeting is None:
        return
    title = f"Biên bản hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}"
    document = minutes_document(picture, unit, meeting, judgement)
    yield Paper(
        f"submit:minutes-cell:{unit.id}", "minutes-cell", "final", "submit", unit.id, "review_minutes", title, document,
        None, unit.name, f"{unit.reference}-bien-ban",
    )  # fmt: skip


def extract_papers(picture: Picture, unit: Unit, judgement: CampaignJudgement, book: Rulebook) -> Iterator[Paper]:
    """What each subject's dossier holds of the minutes of the meeting that reviewed it."""
    yield from _cell_extracts(picture, unit, judgement, book)
    reviewed = picture.meeting(unit.id, "review_collective")
    if reviewed is None:
        return
    for evaluation in picture.worked_by(unit):
        if evaluation.capacity != "member":
            contents = str(reviewed.details["conclusion"] or "").strip()
            comment = evaluation.proposal_comment
            text = f"Kết luận: {comment}" if comment else f"Kết luận của hội nghị: {contents}"
            yield _extract(picture, unit, evaluation, reviewed, text, None)


def _cell_extracts(picture: Picture, unit: Unit, judgement: CampaignJudgement, book: Rulebook) -> Iterator[Paper]:
    whole = next(minutes_papers(picture, unit, judgement), None)
    meeting = picture.meeting(unit.id, "review_cell")
    if whole is None or meeting is None:
        return
    digest = digest_of(whole, book)
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
    organisation = picture.organisation(unit.id)
    if organisation and meeting.details["conclusion"]:
        yield _extract(picture, unit, organisation, meeting, meeting.details["conclusion"], digest)


def _extract(
    picture: Picture, unit: Unit, evaluation: Evaluation, meeting: Meeting, contents: str, digest: str | None
) -> Paper:
    document = given({
        **certified(picture, unit, meeting.held_on.isoformat()),
        **subject_lines(picture, evaluation),
        "symbol": symbol_of(unit, "BB"),
        "source_title": f"Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}",
        "source_date": meeting.held_on.isoformat(),
        "source_body": body_name(unit),
        "source_digest": digest,
        "kept_at": kept_at(picture, unit),
        "contents": contents,
        "level": _level(evaluation) if evaluation.capacity == "member" else None,
    })  # fmt: skip
    return Paper(
        f"submit:extract-minutes:{evaluation.id}", "extract-minutes", "final", "submit", unit.id, "review_minutes",
        "Trích biên bản hội nghị kiểm điểm", document, evaluation.id, body_name(unit),
        f"{picture.subject_reference(evaluation)}-{evaluation.capacity}-trich-bien-ban",
    )  # fmt: skip


def _tally_row(name: str, tally: Tally, columns: tuple[str, ...], issued: int) -> Document:
    row: Document = {"subject": name}
    for column in columns:
        value = tally.votes if column == "agree" else getattr(tally, column)
        row[column] = value or 0
    if "agree" in row:
        row["disagree"] = max(issued - row["agree"] - (tally.invalid or 0), 0)
    if tally.invalid:
        row["invalid"] = tally.invalid
    return row


def tally_document(picture: Picture, unit: Unit, ballot: Ballot) -> Document:
    """The minutes of one count (13-HD/TU, II.2.5: the chi ủy counts)."""
    kind, _, rows, columns = _BALLOTS[ballot.kind]
    meeting = picture.meeting(unit.id, "review_cell" if unit.is_cell else "decision")
    chair = head_of(picture, unit)
    tellers = [{"full_name": ballot.head_teller, "role": "Trưởng ban kiểm phiếu"}] if ballot.head_teller else []
    others = re.split(r"[;,\n]", ballot.tellers or "")
    tellers += [{"full_name": name.strip(), "role": "Ủy viên"} for name in others if name.strip()]
    present = ballot.present if ballot.present is not None else ballot.issued
    return given({
        **heading(picture, unit, ballot.held_on, symbol_of(unit, "BB")),
        "ballot": kind,
        "held_on": ballot.held_on.isoformat() if ballot.held_on else None,
        "venue": meeting.details["place"] if meeting else None,
        "counted_by": f"Chi ủy {unit.name}" if unit.has_committee else "Ban kiểm phiếu",
        "voters": f"hội nghị {unit.name if unit.is_cell else 'Ban Chấp hành ' + unit.name}",
        "tellers": tellers,
        rows: [
            _tally_row(picture.subject_name(picture.evaluations[tally.evaluation_id]), tally, columns, ballot.returned)
            for tally in ballot.tallies.values()
        ],
        "counters_authority": "T/M Ban kiểm phiếu",
        "counters_title": "Trưởng ban",
        "counters_head": ballot.head_teller,
        "chair": (meeting.details["chair"] if meeting else None) or (chair.full_name if chair else None),
        "chair_position": meeting.details["chair_title"] if meeting else None,
    }) | {
        "entitled": ballot.entitled,
        "present": present,
        "absent": max(ballot.entitled - present, 0),
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.returned - ballot.invalid,
        "invalid": ballot.invalid,
    }  # fmt: skip


def tally_papers(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """The minutes of every count of a unit."""
    for ballot in picture.ballots:
        if ballot.unit_id != unit.id or ballot.kind not in _BALLOTS or not ballot.tallies:
            continue
        yield Paper(
            f"ballots:tally:{ballot.id}", "tally-minutes", "final", "ballots", unit.id, "other_documents",
            f"Biên bản kiểm phiếu ({_BALLOTS[ballot.kind][1]})", tally_document(picture, unit, ballot), None,
            body_name(unit), f"{ballot.reference}-kiem-phieu",
        )  # fmt: skip
    leaders = picture.ballot(unit.id, "leaders")
    if leaders:
        for evaluation in picture.leaders(unit):
            if evaluation.id in leaders.tallies:
                document = leaders_document(picture, unit, leaders, [evaluation])
                yield Paper(
                    f"ballots:tally-summary:{evaluation.id}", "tally-summary", "final", "ballots", unit.id,
                    "ballot_summary", "Bảng tổng hợp kết quả kiểm phiếu", document, evaluation.id, body_name(unit),
                    f"{picture.subject_reference(evaluation)}-tong-hop-kiem-phieu",
                )  # fmt: skip
        document = leaders_document(picture, unit, leaders, list(picture.leaders(unit)))
        yield Paper(
            f"ballots:tally-summary:{unit.id}", "tally-summary", "final", "ballots", unit.id, "other_documents",
            "Bảng tổng hợp kết quả kiểm phiếu đánh giá cán bộ lãnh đạo, quản lý", document, None, body_name(unit),
            f"{unit.reference}-tong-hop-kiem-phieu",
        )  # fmt: skip


def leaders_document(picture: Picture, unit: Unit, ballot: Ballot, leaders: list[Evaluation]) -> Document:
    """The summary of ballots on leaders and managers (13-HD/TU, VI.2, gạch 7): of all, or of one for his dossier."""
    listed = []
    for evaluation in leaders:
        tally = ballot.tallies.get(evaluation.id)
        facts = evaluation.facts
        row = given(
            {
                "full_name": picture.subject_name(evaluation),
                "position": facts.get("title"),
                "self_level": facts.get("claimed_level"),
                "cell_level": facts.get("level_at_cell"),
                "collective_level": facts.get("level_at_collective"),
                "proposed": _level(evaluation),
            }
        )
        if tally:
            votes = {code: getattr(tally, code) for code in ("excellent", "good", "completed", "not_completed")}
            row |= {code: count for code, count in votes.items() if count is not None}
        listed.append(row)
    return given({
        **heading(picture, unit, ballot.held_on),
        **committee_signature(picture, unit),
        "deciding_body": f"Hội nghị Ban Chấp hành {unit.name}",
        "held_on": ballot.held_on.isoformat() if ballot.held_on else None,
        "rows": listed,
        "recipients": recipients("Ban Tổ chức cấp ủy cấp trên (để báo cáo)", "Lưu hồ sơ đánh giá"),
    }) | {
        "entitled": ballot.entitled,
        "issued": ballot.issued,
        "returned": ballot.returned,
        "valid": ballot.returned - ballot.invalid,
        "invalid": ballot.invalid,
    }  # fmt: skip
