"""The facts a classification is judged by, typed: members, organisations, collectives, leaders, heads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from generator.rulebooks.hd13_2018.codes import (
    CELLS,
    CLASSIFICATIONS,
    COLLECTIVE_TYPES,
    CRITERIA,
    DISCIPLINE,
    LEVELS,
    ORGANISATION_TYPES,
    RATINGS,
    criterion_labels,
)
from generator.rules.facts import Count, Day, FactsModel, OneOf, RatingsOf, told

Level = Annotated[str, OneOf(LEVELS)]
Classification = Annotated[str, OneOf(CLASSIFICATIONS)]
RATED_BY = ("self", "competent_authority")
DisciplineState = Annotated[str, OneOf(DISCIPLINE)]


class Targets(FactsModel):
    """Targets fully met of those assigned in the year, and whether force majeure stood in the way."""

    completed: Count = Field(title="Số chỉ tiêu, nhiệm vụ hoàn thành")
    assigned: Count = Field(title="Số chỉ tiêu, nhiệm vụ được giao")
    force_majeure: bool = Field(title="Do nguyên nhân bất khả kháng")


class CollectiveTargets(Targets):
    """The same for a collective, with its main targets (III.3.4, gạch 2)."""

    main_targets_all_met: bool = Field(title="Các chỉ tiêu chủ yếu đều đạt 100%")


class Discipline(FactsModel):
    """Whether a member was disciplined in the year, and whether the violation counted in an earlier one."""

    in_year: bool = Field(title="Bị thi hành kỷ luật trong năm")
    already_counted: bool = Field(title="Vi phạm đã tính khi xếp loại năm trước")


class SickLeave(FactsModel):
    """One spell of sick leave, both days included."""

    start: Day = Field(alias="from", title="Nghỉ ốm từ ngày")
    to: Day = Field(title="Nghỉ ốm đến ngày")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.start:
            raise told("Ngày hết nghỉ ốm đứng trước ngày bắt đầu", "Kiểm tra lại hai ngày nghỉ ốm")
        return self


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, Mapping) else given


def _apart(spells: list[SickLeave] | None) -> list[SickLeave] | None:
    ordered = sorted(spells or [], key=lambda spell: spell.start)
    if any(later.start <= earlier.to for earlier, later in pairwise(ordered)):
        raise told("Hai đợt nghỉ ốm chồng lên nhau", "Kiểm tra lại các ngày nghỉ ốm")
    return spells


class MemberFacts(FactsModel):
    """What decides the level of a party member (II.2.2, II.2.3, V.1).

    The levels of the collective and the organisation are given for the secretary of a cell only (V.1, gạch 3).
    """

    exempt_from_activities: bool = Field(title="Được miễn công tác và sinh hoạt đảng")
    admitted_on: Day = Field(title="Ngày kết nạp vào Đảng")
    evaluated_on: Day = Field(title="Ngày đánh giá, xếp loại")
    review_completed: bool = Field(title="Đã hoàn thành kiểm điểm")
    outstanding_evidence: bool = Field(title="Có minh chứng thành tích nổi bật")
    criteria: Annotated[
        dict[str, str | None], RatingsOf(criterion_labels("party_member"), RATINGS), Field(title="Cấp độ các tiêu chí")
    ]
    is_public_employee: bool = Field(title="Là công chức, viên chức")
    public_employee_rating: Level | None = Field(title="Xếp loại công chức, viên chức")
    targets: Targets = Field(title="Chỉ tiêu, nhiệm vụ")
    degeneration_concluded: bool = Field(title="Có kết luận biểu hiện suy thoái")
    discipline: Discipline = Field(title="Kỷ luật")
    sick_leave: Annotated[list[SickLeave] | None, BeforeValidator(_listed), AfterValidator(_apart)] = Field(
        title="Nghỉ ốm (một đợt hoặc danh sách các đợt)"
    )
    card_lost: bool = Field(title="Làm mất thẻ đảng viên")
    card_loss_force_majeure: bool = Field(title="Mất thẻ do bất khả kháng")
    maternity_leave: bool = Field(title="Nghỉ thai sản")
    collective_level: Classification | None = Field(default=None, title="Mức của tập thể do mình đứng đầu")
    organisation_level: Classification | None = Field(default=None, title="Mức của tổ chức do mình đứng đầu")


class Subordinates(FactsModel):
    """How many subordinate organisations (of a cell: members) have each level."""

    excellent: Count = Field(title="Số hoàn thành xuất sắc nhiệm vụ")
    good: Count = Field(title="Số hoàn thành tốt nhiệm vụ")
    completed: Count = Field(title="Số hoàn thành nhiệm vụ")
    not_completed: Count = Field(title="Số không hoàn thành nhiệm vụ")
    not_classified: Count = Field(title="Số không xếp loại")

    @property
    def classified(self) -> int:
        """The denominator of every share: those with a level."""
        return self.excellent + self.good + self.completed + self.not_completed


class PeerBodies(FactsModel):
    """Levels of the bodies of the same place; null for one that does not exist."""

    government: Classification | None = Field(title="Chính quyền")
    fatherland_front: Classification | None = Field(title="Mặt trận Tổ quốc")
    socio_political: list[Classification] = Field(title="Các tổ chức chính trị - xã hội")


class OrganisationFacts(FactsModel):
    """What decides the level of a party organisation (II.1.2, II.1.3, V.1)."""

    organisation_type: Annotated[str, OneOf(ORGANISATION_TYPES)] = Field(title="Loại tổ chức đảng")
    has_cell_committee: bool | None = Field(title="Chi bộ có chi ủy")
    established_on: Day = Field(title="Ngày thành lập")
    evaluated_on: Day = Field(title="Ngày đánh giá, xếp loại")
    review_completed: bool = Field(title="Đã hoàn thành kiểm điểm")
    outstanding_evidence: bool = Field(title="Có minh chứng thành tích nổi bật")
    criteria: Annotated[
        dict[str, str | None],
        RatingsOf(criterion_labels("party_organisation"), RATINGS),
        Field(title="Cấp độ các tiêu chí"),
    ]
    subordinates: Subordinates = Field(title="Kết quả của cấp dưới")
    peer_bodies: PeerBodies = Field(title="Kết quả của cơ quan, tổ chức cùng cấp")
    committee_member_discipline: DisciplineState = Field(title="Kỷ luật cấp ủy viên")
    subordinate_committee_discipline: DisciplineState = Field(title="Kỷ luật tập thể cấp ủy trực thuộc")
    cell_member_discipline: DisciplineState = Field(title="Kỷ luật đảng viên của chi bộ")
    committee_disciplined: bool = Field(title="Cấp ủy, ban thường vụ bị kỷ luật")
    subordinate_committee_violations: DisciplineState = Field(title="Vi phạm ở tập thể cấp ủy trực thuộc")
    committee_disunity: bool = Field(title="Nội bộ mất đoàn kết")
    targets: Targets = Field(title="Chỉ tiêu, nhiệm vụ")
    party_discipline: bool | None = Field(default=None, title="Kỷ luật đã ghi là kỷ luật đảng")
    rated_by: Annotated[str, OneOf(RATED_BY)] | None = Field(default=None, title="Bên xếp cấp độ tiêu chí")

    @property
    def is_cell(self) -> bool:
        """Whether it is a chi bộ, whose subordinates are its members."""
        return self.organisation_type in CELLS

    @model_validator(mode="after")
    def _cell_says_whether_it_has_a_committee(self) -> Self:
        if self.is_cell and self.has_cell_committee is None:
            raise told("Chi bộ chưa ghi có chi ủy hay không", "Ghi has_cell_committee là true hoặc false")
        return self


class CollectiveFacts(FactsModel):
    """What decides the level of a leadership collective (III.2, III.3, V.1)."""

    collective_type: Annotated[str, OneOf(COLLECTIVE_TYPES)] = Field(title="Loại tập thể")
    review_completed: bool = Field(title="Đã hoàn thành kiểm điểm")
    outstanding_evidence: bool = Field(title="Có minh chứng thành tích nổi bật")
    criteria: Annotated[
        dict[str, str | None],
        RatingsOf(criterion_labels("leadership_collective"), RATINGS),
        Field(title="Cấp độ các tiêu chí"),
    ]
    member_discipline: DisciplineState = Field(title="Kỷ luật thành viên lãnh đạo")
    collective_disciplined: bool = Field(title="Tập thể bị xử lý kỷ luật")
    disunity_concluded: bool = Field(title="Có kết luận mất đoàn kết nội bộ")
    member_degeneration_concluded: bool = Field(title="Có kết luận thành viên suy thoái")
    targets: CollectiveTargets = Field(title="Chỉ tiêu, nhiệm vụ")
    organisation_level: Classification | None = Field(default=None, title="Mức của tổ chức, cơ quan, đơn vị")
    party_organisation_level: Classification | None = Field(default=None, title="Mức của tổ chức đảng")

    @model_validator(mode="after")
    def _rates_only_its_own_criteria(self) -> Self:
        own = {criterion.code for criterion in CRITERIA.criteria("leadership_collective", self.collective_type)}
        if foreign := [code for code, rating in self.criteria.items() if rating is not None and code not in own]:
            raise told(
                f"Loại tập thể này không có tiêu chí {', '.join(foreign)}", "Để trống (null) các tiêu chí không có"
            )
        return self


class LeaderFacts(FactsModel):
    """What can be judged of a leader or manager, whose level standard stands in another document (IV.1, IV.2)."""

    review_completed: bool = Field(title="Đã hoàn thành kiểm điểm")
    criteria_source: str | None = Field(title="Văn bản tiêu chí")
    collective_level: Classification | None = Field(default=None, title="Mức của tập thể do mình đứng đầu")
    organisation_level: Classification | None = Field(default=None, title="Mức của tổ chức do mình đứng đầu")


class HeadFacts(FactsModel):
    """What bounds the level of a head (V.1, gạch 3)."""

    collective_level: Classification | None = Field(title="Mức của tập thể lãnh đạo, quản lý")
    organisation_level: Classification | None = Field(title="Mức của tổ chức, cơ quan, đơn vị")


class CollectiveCapFacts(FactsModel):
    """What bounds the level of a collective (V.1, gạch 3; III.3.1)."""

    organisation_level: Classification | None = Field(title="Mức của tổ chức, cơ quan, đơn vị")
    party_organisation_level: Classification | None = Field(title="Mức của tổ chức đảng")


CLASSIFIED: dict[str, type[FactsModel]] = {
    "party_member": MemberFacts,
    "party_organisation": OrganisationFacts,
    "leadership_collective": CollectiveFacts,
    "leader_manager": LeaderFacts,
}
CAPPED: dict[str, type[FactsModel]] = {"head": HeadFacts, "leadership_collective": CollectiveCapFacts}
