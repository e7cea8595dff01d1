"""The year's own facts: the campaign, papers handed in, assessments, shortcomings, proposals and past results."""

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
    Ratings,
    Row,
    UnitReference,
)


class CampaignRow(Row):
    """One campaign of one owner unit."""

    period: Code = Field(title="Năm", description="Ví dụ 2018.")
    owner: UnitReference = Field(title="Đơn vị chủ trì (mã)")
    place: Line = Field(title="Địa danh", description="In trước ngày tháng trên văn bản.")
    evaluated_on: Day = Field(title="Ngày xếp loại", description="Mốc tính đủ 06 tháng (13-HD/TU, V.1).")
    excellent_places: Count | None = Field(
        None,
        title="Số đảng viên được xếp loại xuất sắc",
        description="Số do cấp có thẩm quyền quyết định, không vượt tỷ lệ (13-HD/TU, II.2.3.a).",
    )


class MemberFactsRow(Row):
    """What the rules ask of one member in the year (13-HD/TU, II.2.3 and V.1)."""

    person: PersonReference = Field(title="Mã đảng viên")
    review_paper: Annotated[str, Choice("review_paper")] | None = Field(None, title="Bản tự kiểm điểm")
    review_completed: bool | None = Field(
        None, title="Đã kiểm điểm", description="Phải kiểm điểm xong mới xếp loại (13-HD/TU, V.1)."
    )
    public_employee_rating: Level | None = Field(
        None, title="Xếp loại công chức, viên chức", description="Có trước khi xếp loại đảng viên (13-HD/TU, V.1)."
    )
    targets_assigned: Count | None = Field(None, title="Số chỉ tiêu được giao")
    targets_completed: Count | None = Field(None, title="Số chỉ tiêu hoàn thành")
    outstanding_evidence: Paragraphs | None = Field(
        None, title="Thành tích nổi bật, sản phẩm cụ thể", description="Cần cho mức xuất sắc (13-HD/TU, II.2.3.a)."
    )
    disciplined_on: Day | None = Field(None, title="Ngày bị kỷ luật")
    discipline: Line | None = Field(None, title="Hình thức, quyết định kỷ luật")
    discipline_already_counted: bool | None = Field(
        None, title="Vi phạm đã tính năm trước", description="Một vi phạm chỉ tính một lần (13-HD/TU, II.2.3.d)."
    )
    degeneration_concluded: bool | None = Field(None, title="Có kết luận suy thoái")
    sick_from: Day | None = Field(None, title="Nghỉ ốm từ ngày")
    sick_to: Day | None = Field(None, title="Nghỉ ốm đến ngày")
    card_lost: bool | None = Field(None, title="Làm mất thẻ đảng viên")
    card_loss_force_majeure: bool | None = Field(None, title="Mất thẻ do bất khả kháng")
    maternity_leave: bool | None = Field(None, title="Nghỉ thai sản")
    leads_mass_organisation: Line | None = Field(None, title="Là lãnh đạo đoàn thể", description="Tên đoàn thể.")


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


class OrganisationFactsRow(Row):
    """What the rules ask of one party organisation in the year (13-HD/TU, II.1.3)."""

    unit: UnitReference = Field(title="Mã tổ chức đảng")
    review_completed: bool | None = Field(None, title="Đã kiểm điểm")
    outstanding_evidence: Paragraphs | None = Field(None, title="Thành tích nổi bật, sản phẩm cụ thể")
    targets_assigned: Count | None = Field(None, title="Số chỉ tiêu được giao")
    targets_completed: Count | None = Field(None, title="Số chỉ tiêu hoàn thành")
    targets_force_majeure: bool | None = Field(None, title="Không đạt do bất khả kháng")
    committee_member_discipline: Annotated[str, Choice("discipline_state")] | None = Field(
        None, title="Cấp ủy viên bị kỷ luật"
    )
    subordinate_committee_discipline: Annotated[str, Choice("discipline_state")] | None = Field(
        None, title="Cấp ủy trực thuộc bị kỷ luật"
    )
    cell_member_discipline: Annotated[str, Choice("discipline_state")] | None = Field(
        None, title="Đảng viên bị kỷ luật (nơi không có chi ủy)"
    )
    subordinate_committee_violations: Annotated[str, Choice("discipline_state")] | None = Field(
        None, title="Cấp ủy trực thuộc để xảy ra vi phạm"
    )
    committee_disciplined: bool | None = Field(None, title="Cấp ủy, chi ủy bị kỷ luật")
    committee_disunity: bool | None = Field(None, title="Nội bộ mất đoàn kết")
    remedy_considered: Line | None = Field(
        None, title="Đã xem xét việc khắc phục", description="Trước khi quyết định (13-HD/TU, II.1.6, bước 3)."
    )


class OrganisationAssessmentRow(Row):
    """One assessor's ratings of one party organisation on Mẫu 3 (13-HD/TU, II.1.6)."""

    unit: UnitReference = Field(title="Mã tổ chức đảng")
    assessor: Annotated[str, Choice("assessor")] = Field(title="Chủ thể đánh giá")
    assessor_name: Line | None = Field(None, title="Tên chủ thể")
    ratings: Ratings = Field(default_factory=dict, title="Cấp độ từng tiêu chí")
    level: Level | None = Field(None, title="Mức đề nghị")
    comment: Paragraphs | None = Field(None, title="Nhận xét chung")
    assessed_on: Day | None = Field(None, title="Ngày")


class CollectiveFactsRow(Row):
    """What the rules ask of one collective in the year (13-HD/TU, III.3)."""

    collective: CollectiveReference = Field(title="Mã tập thể")
    review_completed: bool | None = Field(None, title="Đã kiểm điểm")
    outstanding_evidence: Paragraphs | None = Field(None, title="Thành tích nổi bật, sản phẩm cụ thể")
    targets_assigned: Count | None = Field(None, title="Số chỉ tiêu được giao")
    targets_completed: Count | None = Field(None, title="Số chỉ tiêu hoàn thành")
    main_targets_all_met: bool | None = Field(None, title="Chỉ tiêu chủ yếu đạt 100%")
    targets_force_majeure: bool | None = Field(None, title="Không đạt do bất khả kháng")
    member_discipline: Annotated[str, Choice("discipline_state")] | None = Field(None, title="Thành viên bị kỷ luật")
    collective_disciplined: bool | None = Field(None, title="Tập thể bị kỷ luật")
    disunity_concluded: bool | None = Field(None, title="Có kết luận mất đoàn kết")
    member_degeneration_concluded: bool | None = Field(None, title="Có kết luận thành viên suy thoái")


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


class LeaderFactsRow(Row):
    """A leader or manager's year: what he claims and what was voted where (13-HD/TU, IV and V.1)."""

    person: PersonReference = Field(title="Mã đảng viên")
    title: Line = Field(title="Chức vụ xét", description="Chức vụ chính và cao nhất.")
    collective: CollectiveReference | None = Field(
        None,
        title="Thuộc tập thể (mã)",
        description="Mức của người đứng đầu không cao hơn mức của tập thể (13-HD/TU, V.1).",
    )
    heads_unit: UnitReference | None = Field(None, title="Đứng đầu đơn vị (mã)")
    criteria_source: Line | None = Field(None, title="Căn cứ tiêu chí", description="13-HD/TU, IV.")
    claimed_level: Level | None = Field(None, title="Tự nhận")
    level_at_cell: Level | None = Field(None, title="Mức ở chi bộ")
    level_at_collective: Level | None = Field(None, title="Mức ở tập thể lãnh đạo")
    level_at_committee: Level | None = Field(None, title="Mức ở cấp ủy")
    asset_declared_on: Day | None = Field(None, title="Ngày kê khai tài sản")


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
