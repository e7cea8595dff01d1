"""The minutes of a conference that reviews a collective and then its members (13-HD/TU, I.4.2; VI.2, gạch 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.campaigns.hd13_2018.conferences import Conference, clock, collective_conference
from archive.campaigns.papers.bodies import body_name, symbol_of
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading
from archive.campaigns.papers.spoken import absences, opinions
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Meeting, Unit
from generator.vietnamese import name_sort_key, short_date

_PRESENTED = re.compile(r"[Đđ]ồng chí (?P<name>[^:;,.\n]+?) (?:thay mặt [^:;.\n]+? )?trình bày báo cáo")
_RANKS = {"head": 0, "deputy": 1}
# What minutes must have; a conference whose row lacks one of them has none until it is entered.
_NEEDED = ("opened_at", "closed_at", "place", "chair", "secretary", "conclusion")


def review_minutes(picture: Picture, unit: Unit) -> Iterator[tuple[Meeting, Paper]]:
    """The minutes a unit keeps of each conference on a collective: of the collective, then of the individuals."""
    for evaluation in picture.collectives_of(unit):
        conference = collective_conference(picture, evaluation)
        meeting = conference.meeting
        if meeting is None or not all(meeting.details[name] for name in _NEEDED):
            continue
        yield meeting, _paper(unit, conference, "minutes-collective", _collective(picture, conference, evaluation))
        if individuals := reviewed_in(picture, conference):
            document = _individuals(picture, conference, individuals)
            yield meeting, _paper(unit, conference, "minutes-individuals", document)


def _paper(unit: Unit, conference: Conference, form: str, document: Document) -> Paper:
    whom = "cá nhân" if form == "minutes-individuals" else "tập thể"
    return Paper(
        f"submit:{form}:{conference.reference}", form, "final", "submit", unit.id, "review_minutes",
        f"Biên bản hội nghị kiểm điểm {whom} {conference.body}", document, None, body_name(conference.unit),
        f"{conference.reference}-bien-ban-{'ca-nhan' if form == 'minutes-individuals' else 'tap-the'}",
    )  # fmt: skip


def reviewed_in(picture: Picture, conference: Conference) -> list[Evaluation]:
    """The leaders and managers a collective reviews whose review was concluded, the head first (I.4.2, gạch 1)."""
    collective = conference.collective
    if collective is None:
        return []
    found = [
        one
        for one in picture.evaluations.values()
        if one.capacity == "leader_manager" and one.person_id in collective.members and one.proposal_comment
    ]

    def place(one: Evaluation) -> tuple[object, ...]:
        rank = _RANKS.get(collective.members[one.person_id or ""], len(_RANKS))
        return (rank, name_sort_key(picture.subject_name(one)))

    return sorted(found, key=place)


def _opened(picture: Picture, conference: Conference, meeting: Meeting) -> Document:
    details, unit = meeting.details, conference.unit
    summoned, present = details["summoned"] or 0, details["present"] or 0
    ended = details["ended_on"]
    return given({
        **heading(picture, unit, meeting.held_on, symbol_of(unit, "BB")),
        **conference.known(picture),
        "absences": absences(details["absent"]),
        "guests": details["guests"],
        "secretary": details["secretary"],
        "closed_at": clock(details["closed_at"]),
        "closed_on": ended if ended and ended != meeting.held_on.isoformat() else None,
        "conclusion": details["conclusion"],
    }) | {"summoned": summoned, "present": present, "absent": max(summoned - present, 0)}  # fmt: skip


def _collective(picture: Picture, conference: Conference, evaluation: Evaluation) -> Document:
    meeting = conference.meeting
    if meeting is None:
        raise ValueError("the conference was not held")
    details = meeting.details
    presented = _PRESENTED.search(details["discussion"] or "")
    held = [one for one in picture.ballots if one.kind == "organisation_level" and evaluation.id in one.tallies]
    voted = None
    for ballot in held[-1:]:
        day = f" ngày {short_date(ballot.held_on)}" if ballot.held_on else ""
        voted = f"Tập thể bỏ phiếu kín tự xếp loại chất lượng; kết quả theo biên bản kiểm phiếu{day}."
    return _opened(picture, conference, meeting) | given({
        "opening": f"Đồng chí {details['chair']} nêu mục đích, yêu cầu, nội dung hội nghị; thống nhất kiểm điểm tập "
        "thể trước, cá nhân sau; người đứng đầu trước, cấp phó và các thành viên sau.",
        # The head presents, or whom he has authorised: then the discussion names him (I.4.2, gạch 2).
        "presenter": presented["name"] if presented else details["chair"],
        "report": f"Theo báo cáo kiểm điểm tập thể năm {picture.campaign.period} kèm theo biên bản này.",
        "suggested_matters": evaluation.sections.get("suggested_matters"),
        "opinions": opinions(details["discussion"]),
        "ballots": voted,
    })  # fmt: skip


def _individuals(picture: Picture, conference: Conference, individuals: list[Evaluation]) -> Document:
    meeting = conference.meeting
    if meeting is None:
        raise ValueError("the conference was not held")
    rows = [
        given({
            "full_name": picture.subject_name(one),
            "position": posts_of(picture, one),
            "presented": "Theo bản tự kiểm điểm kèm theo." if _wrote(picture, one) else None,
            "conclusion": one.proposal_comment,
        })
        for one in individuals
    ]  # fmt: skip
    return _opened(picture, conference, meeting) | given({
        "deputy_chair": meeting.details["deputy_chair"],
        "collective_reviewed_on": meeting.held_on.isoformat(),
        "opening": f"Sau khi kiểm điểm tập thể, đồng chí {meeting.details['chair']} quán triệt yêu cầu kiểm điểm cá "
        "nhân; thống nhất kiểm điểm người đứng đầu trước, cấp phó và các thành viên sau.",
        "individuals": rows,
    })  # fmt: skip


def _wrote(picture: Picture, evaluation: Evaluation) -> bool:
    other = picture.other_capacity(evaluation)
    return any(one.sections or one.facts.get("review_paper") for one in (evaluation, other) if one)
