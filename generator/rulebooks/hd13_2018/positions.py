"""The level of a person who holds several positions (V.1, gạch 2)."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from generator.rulebooks.hd13_2018.facts import Level
from generator.rules.applied import AppliedBook
from generator.rules.facts import FactsModel, told
from generator.rules.findings import Shortfall
from generator.rules.registry import judging
from generator.rules.results import PositionsResult


class Position(FactsModel):
    """One position: whether it is the main one, its rank (1 the highest) and the level voted there."""

    name: str = Field(title="Chức vụ")
    main: bool = Field(title="Là chức vụ chính")
    rank: int = Field(ge=1, title="Thứ bậc (1 là cao nhất)")
    level: Level = Field(title="Mức ở nơi giữ chức vụ")


class PositionsFacts(FactsModel):
    """Every position of a person, one of them the main one, no two of one rank."""

    positions: list[Position] = Field(min_length=1, title="Các chức vụ")

    @model_validator(mode="after")
    def _one_main_and_distinct_ranks(self) -> Self:
        if sum(position.main for position in self.positions) != 1:
            raise told("Phải có đúng một chức vụ chính", "Ghi main: true ở một chức vụ")
        if len({position.rank for position in self.positions}) != len(self.positions):
            raise told("Có hai chức vụ cùng thứ bậc", "Ghi thứ bậc khác nhau cho từng chức vụ")
        return self


@judging("multi_position", PositionsFacts)
def basis_level(facts: PositionsFacts, book: AppliedBook) -> PositionsResult:
    """The level at the main and highest position; when these are two, the lower, and the managing authority decides."""
    main = next(position for position in facts.positions if position.main)
    highest = min(facts.positions, key=lambda position: position.rank)
    if main is highest:
        return PositionsResult(main.level, needs_decision=False)
    shortfall = Shortfall(
        given=f"Chức vụ chính “{main.name}” đạt “{book.levels.label(main.level)}”; "
        f"chức vụ cao nhất “{highest.name}” đạt “{book.levels.label(highest.level)}”"
    )
    finding = book.finding_of("GEN-03", shortfall, "warning")
    return PositionsResult(book.levels.lowest((main.level, highest.level)), needs_decision=True, findings=(finding,))
