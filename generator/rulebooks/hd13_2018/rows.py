"""The rows an office enters because the rules of 2018 ask for them: facts of each kind of subject, votes by level."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.facts.values import (
    BallotReference,
    Choice,
    Code,
    CollectiveReference,
    Count,
    Day,
    Level,
    Line,
    Paragraphs,
    PersonReference,
    Row,
    UnitReference,
)


class MemberFactsRow(Row):
    """What the rules ask of one member in the year (13-HD/TU, II.2.3 and V.1)."""

    in_order = (("sick_from", "sick_to"),)

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
    party_discipline: bool | None = Field(
        None, title="Kỷ luật đã ghi là kỷ luật đảng", description="Ghi Không khi chỉ là kỷ luật hành chính, đoàn thể."
    )
    committee_disunity: bool | None = Field(None, title="Nội bộ mất đoàn kết")
    remedy_considered: Line | None = Field(
        None, title="Đã xem xét việc khắc phục", description="Trước khi quyết định (13-HD/TU, II.1.6, bước 3)."
    )


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


class TallyRow(Row):
    """The votes for one subject in one ballot."""

    ballot: BallotReference = Field(title="Mã phiếu")
    subject: Code = Field(title="Mã đối tượng", description="Mã đảng viên, đơn vị hoặc tập thể.")
    excellent: Count | None = Field(None, title="Xuất sắc")
    good: Count | None = Field(None, title="Tốt")
    completed: Count | None = Field(None, title="Hoàn thành")
    not_completed: Count | None = Field(None, title="Không hoàn thành")
    votes: Count | None = Field(None, title="Đồng ý (lần 2)")
    invalid: Count | None = Field(None, title="Không hợp lệ")
