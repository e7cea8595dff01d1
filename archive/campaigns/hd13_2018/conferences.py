"""What is printed before each review conference: invitation, programme, list of those summoned; and the year's plan.

All are blank forms with what is known: the programme follows the order of 13-HD/TU, I.4.2, the superior committee is
invited (V.1, gạch 5), the list is signed by those who come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.campaigns.papers.bodies import (
    body_name,
    collective_signature,
    committee_above,
    committee_signature,
    deputy_of,
    head_of,
    symbol_of,
)
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Collective, Evaluation, Meeting, Person, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.vietnamese import name_sort_key


@dataclass(frozen=True)
class Conference:
    """A review conference, held or still to come: of a cell, or of a collective of some unit.

    Args:
        reference: names its files.
        body: who meets, as it is printed.
        meeting: its row; None while nobody entered it.
        summoned: who has a seat in it, by name, each with his post there.
    """

    reference: str
    body: str
    unit: Unit
    collective: Collective | None
    meeting: Meeting | None
    summoned: Sequence[tuple[str, str]]

    def known(self, picture: Picture) -> Document:
        """Where, when and under whom it meets, as far as it is known."""
        details = self.meeting.details if self.meeting else {}
        head = head_of(picture, self.unit)
        titles = [post.title for post in head.positions if post.unit_id == self.unit.id] if head else []
        return given({
            "body": self.body,
            "held_on": self.meeting.held_on.isoformat() if self.meeting else None,
            "opened_at": clock(details.get("opened_at")),
            "venue": details.get("place"),
            "chair": details.get("chair") or (head.full_name if head else None),
            "chair_position": details.get("chair_title") or (titles[0] if titles else None),
        })  # fmt: skip

    def signature(self, picture: Picture) -> Document:
        """Who signs for it."""
        if self.collective:
            return collective_signature(picture, self.collective)
        return committee_signature(picture, self.unit)


def clock(value: Any) -> str | None:
    """A time of day as forms take it."""
    return str(value)[:5] if value else None


def cell_conference(picture: Picture, cell: Unit, judgement: CampaignJudgement) -> Conference:
    """The review conference of a cell, to which all its members are summoned who take part in its work."""
    listed = [one for one in picture.members(cell.id) if not judgement.of(one).excluded]
    seats = [(picture.subject_name(one), posts_of(picture, one).replace(cell.name, "chi bộ")) for one in listed]
    return Conference(cell.reference, cell.name, cell, None, picture.meeting(cell.id, "review_cell"), seats)


def collective_conference(picture: Picture, evaluation: Evaluation) -> Conference:
    """The conference at which a collective and its members are reviewed."""
    collective = picture.collectives[evaluation.collective_id or ""]
    unit = picture.units[collective.unit_id]
    held = [one for one in picture.meetings if one.kind == "review_collective" and one.collective_id == collective.id]
    meeting = max(held, key=lambda one: one.held_on) if held else None
    people = sorted(
        (picture.people[one] for one in collective.members if one in picture.people),
        key=lambda one: name_sort_key(one.full_name),
    )
    seats = [(one.full_name, _post_in(one, unit)) for one in people]
    return Conference(collective.reference, collective.name, unit, collective, meeting, seats)


def _post_in(person: Person, unit: Unit) -> str:
    own = [post.title for post in person.positions if post.unit_id == unit.id]
    return own[0] if own else next((post.title for post in person.positions), "")


def conferences_of(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Conference]:
    """The review conferences a unit prepares: its own, and for the owner those of the bodies beside it."""
    if unit.is_cell:
        yield cell_conference(picture, unit, judgement)
    for evaluation in picture.collectives_of(unit):
        yield collective_conference(picture, evaluation)


def conference_papers(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    """Invitation, programme and list of those summoned for each review conference of a unit."""
    for conference in conferences_of(picture, unit, judgement):
        for form, title, document in (
            ("invitation", "Giấy mời dự hội nghị kiểm điểm", invitation_document(picture, conference)),
            ("agenda", "Chương trình hội nghị kiểm điểm", agenda_document(picture, conference)),
            ("attendance-list", "Danh sách dự hội nghị kiểm điểm", attendance_document(picture, conference)),
        ):
            yield Paper(
                f"prepare:{form}:{conference.reference}", form, "blank", "prepare", unit.id, "",
                f"{title} {conference.body}", document, None, body_name(conference.unit),
                f"{conference.reference}-{form}",
            )  # fmt: skip


def invitation_document(picture: Picture, conference: Conference) -> Document:
    """An invitation whose guest is left for the pen; it goes to the superior committee too (V.1, gạch 5)."""
    unit = conference.unit
    return given({
        **heading(picture, unit, None, symbol_of(unit, "GM")),
        **conference.signature(picture),
        **conference.known(picture),
        "inviting_body": body_name(unit),
        "programme": f"Kiểm điểm tập thể {conference.body} và kiểm điểm cá nhân; bỏ phiếu kín tự xếp loại chất lượng "
        f"năm {picture.campaign.period}.",
        "recipients": recipients("Như trên", f"Lưu {body_name(unit)}"),
    })  # fmt: skip


def agenda_document(picture: Picture, conference: Conference) -> Document:
    """The programme in the order of I.4.2: the collective first, then its head, deputies and members."""
    unit, known = conference.unit, conference.known(picture)
    details = conference.meeting.details if conference.meeting else {}
    deputy = deputy_of(picture, unit)
    chair = known.get("chair")
    acting = details.get("deputy_chair") or (deputy.full_name if deputy else None)
    votes = (
        "phân loại chất lượng đảng viên theo 3 mức (lần 1), bầu đảng viên hoàn thành xuất sắc nhiệm vụ (lần 2); "
        if unit.is_cell and not conference.collective
        else ""
    )
    members = "chi ủy viên, đảng viên" if unit.is_cell and not conference.collective else "thành viên"
    steps = (
        ("Giới thiệu đại biểu; thông qua chương trình; nêu mục đích, yêu cầu, cách làm việc", chair),
        ("Trình bày báo cáo kiểm điểm của tập thể và tổng hợp ý kiến góp ý", chair),
        ("Thảo luận, góp ý, làm rõ trách nhiệm của tập thể và từng cá nhân; kết luận từng nội dung", chair),
        ("Kiểm điểm cá nhân người đứng đầu: trình bày bản tự kiểm điểm, góp ý, kết luận", acting),
        (f"Kiểm điểm cá nhân cấp phó, sau đó các đồng chí {members}", chair),
        ("Phát biểu của đại diện cấp ủy cấp trên", None),
        (f"Bỏ phiếu kín tự xếp loại chất lượng tập thể; {votes}công bố kết quả kiểm phiếu", "Ban kiểm phiếu"),
        ("Thông qua biên bản; kết luận, bế mạc hội nghị", chair),
    )
    return given({
        **heading(picture, unit, None),
        **conference.signature(picture),
        **known,
        "deputy_chair": acting,
        "secretary": details.get("secretary"),
        "items": [given({"content": content, "presenter": presenter}) for content, presenter in steps],
        "recipients": recipients("Các đồng chí dự hội nghị", f"Lưu {body_name(unit)}"),
    })  # fmt: skip


def attendance_document(picture: Picture, conference: Conference) -> Document:
    """Those summoned, by name, to sign as they come."""
    details = conference.meeting.details if conference.meeting else {}
    return given({
        **heading(picture, conference.unit, None),
        **conference.known(picture),
        "secretary": details.get("secretary"),
        "attendees": [given({"full_name": name, "position": post}) for name, post in conference.summoned],
    })  # fmt: skip


def plan_paper(picture: Picture, unit: Unit) -> Paper:
    """The owner's plan of the year with whom it reviews, in the order of I.4.2, gạch 1; days and texts by hand."""
    bodies = [picture.collectives[one.collective_id or ""] for one in picture.collectives_of(unit)]
    beside = [one.name for one in bodies if not one.is_committee]
    own = [one.name for one in bodies if one.is_committee]
    cells = [cell.name for cell in picture.cells if cell.id != unit.id]
    speaker = (own or [unit.name])[0]
    document = given({
        **heading(picture, unit, None, symbol_of(unit, "KH")),
        **committee_signature(picture, unit),
        "sending_body": speaker,
        "reviews": [{"subject": name} for name in (*beside, *cells, *own)],
        "recipients": recipients(
            f"{committee_above(picture, unit)} (để báo cáo)", "Các chi bộ trực thuộc", f"Lưu {body_name(unit)}"
        ),
    })  # fmt: skip
    return Paper(
        f"prepare:review-plan:{unit.id}", "review-plan", "blank", "prepare", unit.id, "",
        f"Kế hoạch kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}", document, None,
        body_name(unit), f"{unit.reference}-ke-hoach",
    )  # fmt: skip
