"""Facts of a quarter: points by criterion, and the counts of those below."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from generator.rules.criteria import CriteriaTable
from generator.rules.facts import Count, FactsModel, told
from generator.rules.tables import table

_CRITERIA = CriteriaTable(table(__package__ or "", "criteria"))
Quarter = Annotated[str, StringConstraints(pattern=r"^20\d\d-Q[1-4]$")]


class Scored(FactsModel):
    """Points earned in one quarter by someone of a kind."""

    quarter: Quarter = Field(title="Quý")
    review_completed: bool = Field(title="Đã kiểm điểm quý")
    points: dict[str, Count] = Field(title="Điểm các tiêu chí")

    @property
    def total(self) -> int:
        """All points."""
        return sum(self.points.values())


def _check_points(points: dict[str, int], kind: str) -> None:
    most = {criterion.code: criterion.points for criterion in _CRITERIA.criteria(kind)}
    if set(points) != set(most):
        raise told(f"Phải có điểm của đúng các tiêu chí {', '.join(most)}", "Ghi điểm từng tiêu chí")
    if over := [code for code, given in points.items() if given > most[code]]:
        raise told(f"Điểm vượt mức tối đa ở tiêu chí {', '.join(over)}", "Kiểm tra lại điểm")


class MemberFacts(Scored):
    """A member in a quarter."""

    @model_validator(mode="after")
    def _of_a_member(self) -> Self:
        _check_points(self.points, "party_member")
        return self


class Below(FactsModel):
    """Levels of those below."""

    outstanding: Count = 0
    good: Count = 0
    fair: Count = 0
    weak: Count = 0
    unscored: Count = 0


class OrganisationFacts(Scored):
    """A party organisation in a quarter."""

    below: Below = Field(title="Kết quả của cấp dưới")

    @model_validator(mode="after")
    def _of_an_organisation(self) -> Self:
        _check_points(self.points, "party_organisation")
        return self


CLASSIFIED: dict[str, type[FactsModel]] = {"party_member": MemberFacts, "party_organisation": OrganisationFacts}
CAPPED: dict[str, type[FactsModel]] = {}
