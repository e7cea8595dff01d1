"""The register: units, people with their membership, positions and collectives."""

from __future__ import annotations

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
    PersonReference,
    Row,
    UnitReference,
)


class UnitRow(Row):
    """A unit as it stands now: a party organisation, or a body of the same level whose result counts."""

    reference: Code = Field(title="Mã đơn vị", description="Mã ngắn do văn phòng đặt, ví dụ CB1; không trùng nhau.")
    name: Name = Field(title="Tên đơn vị", description="Tên đầy đủ, ví dụ Chi bộ Khu 1.")
    short_name: Line | None = Field(None, title="Tên gọi tắt")
    type: Annotated[str, Choice("unit_type")] = Field(title="Loại hình")
    parent: UnitReference | None = Field(None, title="Trực thuộc (mã)", description="Mã của đơn vị cấp trên.")
    superior_name: Line | None = Field(
        None, title="Tên cấp trên in trên văn bản", description="Ví dụ Đảng bộ huyện Thanh Lâm."
    )
    symbol: Line | None = Field(
        None,
        max_length=60,
        title="Ký hiệu văn bản",
        description="Phần sau dấu gạch chéo, ví dụ ĐU. Bỏ trống thì theo cấp: chi bộ CB, đảng ủy cơ sở ĐU, huyện HU.",
    )
    has_committee: bool | None = Field(
        None, title="Có chi ủy", description="Chỉ ghi cho chi bộ; nơi không có chi ủy ghi Không."
    )
    established_on: Day | None = Field(None, title="Ngày thành lập")
    note: Line | None = Field(None, title="Ghi chú")


class PersonRow(Row):
    """A party member with the cell where he takes part."""

    in_order = (
        ("birth_date", "admitted_on"),
        ("admitted_on", "official_on"),
        ("membership_from", "membership_to"),
    )

    reference: Code = Field(
        title="Mã", description="Mã do văn phòng đặt, ví dụ DV001; dùng để gọi tên ở các trang khác."
    )
    full_name: Name = Field(title="Họ và tên")
    birth_date: Day | None = Field(None, title="Ngày sinh")
    sex: Annotated[str, Choice("sex")] | None = Field(None, title="Giới tính")
    card_number: Code | None = Field(
        None, max_length=30, title="Số thẻ đảng viên", description="Ghi dạng chữ, giữ các số 0 ở đầu."
    )
    file_number: Code | None = Field(None, title="Số lý lịch đảng viên")
    cell: UnitReference = Field(title="Chi bộ (mã)")
    membership_kind: Annotated[str, Choice("membership_kind")] = Field(title="Tình trạng sinh hoạt")
    membership_from: Day | None = Field(None, title="Từ ngày")
    membership_to: Day | None = Field(None, title="Đến ngày")
    membership_note: Line | None = Field(None, title="Nơi đi, nơi đến")
    admitted_on: Day | None = Field(None, title="Ngày vào Đảng", description="Ngày kết nạp.")
    official_on: Day | None = Field(None, title="Ngày chính thức")
    workplace: Line | None = Field(None, title="Đơn vị công tác")
    residence: Line | None = Field(None, title="Nơi cư trú")
    is_public_employee: bool = Field(
        False, title="Công chức, viên chức", description="Kể cả người hưởng lương từ ngân sách."
    )
    cell_is_residential: bool = Field(
        True, title="Sinh hoạt tại nơi cư trú", description="Có thì không cần nhận xét của cấp ủy nơi cư trú."
    )
    note: Line | None = Field(None, title="Ghi chú")


class PositionRow(Row):
    """A post a person holds: Party, government or mass organisation."""

    in_order = (("valid_from", "valid_to"),)

    person: PersonReference = Field(title="Mã đảng viên")
    position_field: Annotated[str, Choice("position_field")] = Field(title="Lĩnh vực")
    title: Line = Field(title="Chức vụ")
    unit: UnitReference | None = Field(None, title="Ở đơn vị (mã)")
    is_head: bool = Field(False, title="Là người đứng đầu")
    is_main: bool = Field(False, title="Là chức vụ chính")
    rank: Count | None = Field(None, title="Thứ bậc", description="1 là cao nhất.")
    valid_from: Day | None = Field(None, title="Từ ngày")
    valid_to: Day | None = Field(None, title="Đến ngày")


class CollectiveRow(Row):
    """A collective that leads or manages: reviewed, and classified where the guidance lists it."""

    reference: Code = Field(title="Mã tập thể")
    name: Name = Field(title="Tên tập thể")
    type: Annotated[str, Choice("collective_type")] = Field(title="Loại tập thể")
    level: Annotated[str, Choice("collective_level")] = Field(title="Cấp")
    unit: UnitReference = Field(title="Của đơn vị (mã)", description="Đơn vị mà tập thể lãnh đạo.")
    party_organisation: UnitReference | None = Field(
        None,
        title="Tổ chức đảng (mã)",
    )
    note: Paragraphs | None = Field(None, title="Ghi chú")


class CollectiveMemberRow(Row):
    """A person's seat in a collective."""

    in_order = (("valid_from", "valid_to"),)

    collective: CollectiveReference = Field(title="Mã tập thể")
    person: PersonReference = Field(title="Mã đảng viên")
    role: Annotated[str, Choice("collective_role")] = Field(title="Vai trò")
    valid_from: Day | None = Field(None, title="Từ ngày")
    valid_to: Day | None = Field(None, title="Đến ngày")
