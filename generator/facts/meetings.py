"""Meetings and ballots; whom a ballot may count and for what is the guidance's (`TallyRow` in its `rows.py`)."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field

from generator.facts.values import (
    Choice,
    Code,
    CollectiveReference,
    Count,
    Day,
    Line,
    Name,
    Paragraphs,
    Row,
    UnitReference,
)


class MeetingRow(Row):
    """A meeting whose minutes are written (13-HD/TU, I.4.2)."""

    in_order = (("held_on", "ended_on"),)

    reference: Code = Field(title="Mã hội nghị")
    unit: UnitReference = Field(title="Đơn vị (mã)")
    collective: CollectiveReference | None = Field(None, title="Tập thể (mã)")
    kind: Annotated[str, Choice("meeting_kind")] = Field(title="Loại hội nghị")
    held_on: Day = Field(title="Ngày họp")
    opened_at: time | None = Field(None, title="Giờ khai mạc")
    closed_at: time | None = Field(None, title="Giờ bế mạc")
    ended_on: Day | None = Field(None, title="Ngày bế mạc")
    place: Line | None = Field(None, title="Địa điểm")
    chair: Name | None = Field(None, title="Chủ trì")
    chair_title: Line | None = Field(None, title="Chức vụ người chủ trì")
    deputy_chair: Name | None = Field(None, title="Chủ trì khi kiểm điểm người đứng đầu", description="Một cấp phó.")
    secretary: Name | None = Field(None, title="Thư ký")
    summoned: Count | None = Field(None, title="Triệu tập")
    present: Count | None = Field(None, title="Có mặt")
    absent: Paragraphs | None = Field(None, title="Vắng mặt, lý do")
    guests: Paragraphs | None = Field(None, title="Đại biểu cấp trên dự")
    discussion: Paragraphs | None = Field(None, title="Ý kiến phát biểu")
    conclusion: Paragraphs | None = Field(None, title="Kết luận")


class BallotRow(Row):
    """A secret ballot of one round: how many sheets went out and came back (13-HD/TU, II.2.5)."""

    reference: Code = Field(title="Mã phiếu")
    unit: UnitReference = Field(title="Đơn vị bỏ phiếu (mã)")
    kind: Annotated[str, Choice("ballot_kind")] = Field(title="Loại phiếu")
    held_on: Day | None = Field(None, title="Ngày bỏ phiếu")
    entitled: Count = Field(
        title="Được quyền bỏ phiếu", description="Đảng viên chính thức được triệu tập, trừ người vắng có lý do."
    )
    present: Count | None = Field(None, title="Có mặt")
    issued: Count = Field(title="Phiếu phát ra")
    returned: Count = Field(title="Phiếu thu về")
    invalid: Count = Field(0, title="Phiếu không hợp lệ")
    places: Count | None = Field(
        None,
        title="Số được bầu xuất sắc",
        description="Chỉ tiêu ghi cho lần 2; quá số này thì lấy từ cao xuống, bằng phiếu ở vị trí cuối thì không chọn.",
    )
    head_teller: Name | None = Field(None, title="Trưởng ban kiểm phiếu")
    tellers: Line | None = Field(None, title="Ủy viên kiểm phiếu")
