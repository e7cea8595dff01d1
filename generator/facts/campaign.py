"""The year's own facts under any guidance: the campaign, assessments, reviews, shortcomings, proposals, past results.

What the rules of one guidance ask of a subject are rows of its own (`rows.py` in its folder).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.facts.values import (
    Choice,
    Code,
    CollectiveReference,
    Count,
    Day,
    Level,
    Line,
    Name,
    Paragraphs,
    PersonReference,
    Rating,
    Ratings,
    Row,
    UnitReference,
)


class CampaignRow(Row):
    """One campaign of one owner unit."""

    period: Code = Field(title="Năm", description="Ví dụ 2018.")
    owner: UnitReference = Field(title="Đơn vị chủ trì (mã)")
    place: Line = Field(title="Địa danh", description="In trước ngày tháng trên văn bản.")
    evaluated_on: Day = Field(title="Ngày xếp loại")
    excellent_places: Count | None = Field(
        None,
        title="Số đảng viên được xếp loại xuất sắc",
        description="Số do cấp có thẩm quyền quyết định, không vượt tỷ lệ.",
    )


class MemberAssessmentRow(Row):
    """One assessor's ratings of one member on Mẫu 5.1 (13-HD/TU, II.2.5)."""

    person: PersonReference = Field(title="Mã đảng viên")
    assessor: Annotated[str, Choice("assessor")] = Field(title="Chủ thể đánh giá")
    assessor_name: Line | None = Field(None, title="Tên chủ thể")
    ratings: Ratings = Field(default_factory=dict, title="Cấp độ từng tiêu chí")
    level: Level | None = Field(None, title="Mức đề nghị")
    comment: Paragraphs | None = Field(None, title="Nhận xét")
    assessed_on: Day | None = Field(None, title="Ngày")


class MemberReviewRow(Row):
    """A self-review keyed in: each section of Mẫu 2 that has text. Most people hand in their own paper instead."""

    person: PersonReference = Field(title="Mã đảng viên")
    sections: dict[str, Paragraphs | None] = Field(default_factory=dict, title="Các mục của Mẫu 2")


class ResidenceCommentRow(Row):
    """The comment of the committee where a member lives (Quy định 76-QĐ/TW)."""

    person: PersonReference = Field(title="Mã đảng viên")
    committee: Line = Field(title="Cấp ủy nơi cư trú")
    satisfied: bool | None = Field(None, title="Đạt yêu cầu")
    comment: Paragraphs | None = Field(None, title="Nhận xét")
    commented_on: Day | None = Field(None, title="Ngày")


class ShortcomingRow(Row):
    """A shortcoming concluded or pointed out earlier, and what became of it (13-HD/TU, I.3.1.6, I.3.2)."""

    subject_kind: Annotated[str, Choice("subject_kind")] = Field(title="Đối tượng")
    subject: Code = Field(title="Mã đối tượng")
    found_period: Code = Field(title="Kỳ chỉ ra", description="Ví dụ 2017.")
    found_by: Line | None = Field(None, title="Cơ quan kết luận, chỉ ra")
    text: Paragraphs = Field(title="Hạn chế, khuyết điểm")
    status: Annotated[str, Choice("shortcoming_status")] = Field(title="Tình trạng khắc phục")
    remedy: Paragraphs | None = Field(None, title="Kết quả khắc phục")
    responsibility: Line | None = Field(None, title="Trách nhiệm")


class OrganisationAssessmentRow(Row):
    """One assessor's ratings of one party organisation on Mẫu 3 (13-HD/TU, II.1.6)."""

    unit: UnitReference = Field(title="Mã tổ chức đảng")
    assessor: Annotated[str, Choice("assessor")] = Field(title="Chủ thể đánh giá")
    assessor_name: Line | None = Field(None, title="Tên chủ thể")
    ratings: Ratings = Field(default_factory=dict, title="Cấp độ từng tiêu chí")
    level: Level | None = Field(None, title="Mức đề nghị")
    comment: Paragraphs | None = Field(None, title="Nhận xét chung")
    assessed_on: Day | None = Field(None, title="Ngày")


class CollectiveAssessmentRow(Row):
    """One assessor's ratings of one collective on Mẫu 4 (13-HD/TU, III.5)."""

    collective: CollectiveReference = Field(title="Mã tập thể")
    assessor: Annotated[str, Choice("assessor")] = Field(title="Chủ thể đánh giá")
    assessor_name: Line | None = Field(None, title="Tên chủ thể")
    ratings: Ratings = Field(default_factory=dict, title="Cấp độ từng tiêu chí")
    level: Level | None = Field(None, title="Mức đề nghị")
    comment: Paragraphs | None = Field(None, title="Nhận xét chung")
    assessed_on: Day | None = Field(None, title="Ngày")


class CollectiveReviewRow(Row):
    """A collective's review report keyed in: each section of Mẫu 1 that has text."""

    collective: CollectiveReference = Field(title="Mã tập thể")
    sections: dict[str, Paragraphs | None] = Field(default_factory=dict, title="Các mục của Mẫu 1")


class OrganisationReviewRow(Row):
    """A party organisation's review report keyed in: each section of Mẫu 1 that has text."""

    unit: UnitReference = Field(title="Mã tổ chức đảng")
    sections: dict[str, Paragraphs | None] = Field(default_factory=dict, title="Các mục của Mẫu 1")


class LocalRatingRow(Row):
    """An assessor's rating of one of the campaign's own rows under a criterion; no rule reads it (13-HD/TU, C.1)."""

    capacity: Annotated[str, Choice("capacity")] = Field(title="Với tư cách")
    subject: Code = Field(title="Mã đối tượng")
    assessor: Annotated[str, Choice("assessor")] = Field(title="Chủ thể đánh giá")
    assessor_name: Line | None = Field(None, title="Tên chủ thể")
    criterion: Code = Field(title="Mã tiêu chí riêng", description="Ví dụ a1.1; xem bằng “hoso local-criteria list”.")
    rating: Rating | None = Field(None, title="Cấp độ")


class PeerResultRow(Row):
    """The level of a body of the same level as the party organisation (13-HD/TU, II.1.2.b and C.2)."""

    unit: UnitReference = Field(title="Mã đơn vị")
    level: Level = Field(title="Mức xếp loại")
    source: Line | None = Field(None, title="Văn bản, cơ quan xếp loại")


class OutcomeRow(Row):
    """What is proposed for a subject, and what was decided."""

    capacity: Annotated[str, Choice("capacity")] = Field(title="Xếp loại với tư cách")
    subject: Code = Field(title="Mã đối tượng")
    proposed_level: Level | None = Field(None, title="Mức đề xuất")
    proposal_comment: Paragraphs | None = Field(None, title="Nội dung nhận xét")
    proposal_reason: Line | None = Field(None, title="Lý do", description="Ghi khi vượt số phiếu hoặc tỷ lệ.")
    decided_level: Level | None = Field(None, title="Mức quyết định")
    decided_by: Name | None = Field(None, title="Cơ quan quyết định")
    decision_number: Line | None = Field(None, max_length=30, title="Số, ký hiệu quyết định")
    decided_on: Day | None = Field(None, title="Ngày quyết định")


class PastResultRow(Row):
    """A result of an earlier year, from paper."""

    capacity: Annotated[str, Choice("capacity")] = Field(title="Xếp loại với tư cách")
    subject: Code = Field(title="Mã đối tượng")
    period: Code = Field(title="Năm")
    level: Level = Field(title="Mức xếp loại")
    decision: Line | None = Field(None, title="Quyết định")
