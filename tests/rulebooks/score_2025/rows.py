"""The rows this guidance asks for: what was done late, and votes for and against the points."""

from __future__ import annotations

from pydantic import Field

from generator.facts.values import BallotReference, Code, Count, Day, Line, PersonReference, Row, UnitReference


class CampaignRow(Row):
    """One quarter of one commune."""

    period: Code = Field(title="Quý", description="Ví dụ 2025-Q3.")
    owner: UnitReference = Field(title="Đơn vị chủ trì (mã)")
    place: Line = Field(title="Địa danh")
    evaluated_on: Day = Field(title="Ngày chấm điểm")


class MemberFactsRow(Row):
    """What is asked of a member."""

    person: PersonReference = Field(title="Mã đảng viên")
    review_completed: bool | None = Field(None, title="Đã kiểm điểm quý")
    late_tasks: Count | None = Field(None, title="Số việc chậm hạn", description="Mỗi việc trừ 05 điểm.")


class OrganisationFactsRow(Row):
    """What is asked of a party organisation."""

    unit: UnitReference = Field(title="Mã tổ chức đảng")
    review_completed: bool | None = Field(None, title="Đã kiểm điểm quý")


class TallyRow(Row):
    """A show of hands on one member's points."""

    ballot: BallotReference = Field(title="Mã biểu quyết")
    subject: Code = Field(title="Mã đảng viên")
    approve: Count = Field(title="Tán thành")
    oppose: Count = Field(0, title="Không tán thành")
