"""How many may be excellent (II.1.3.a, II.2.3.a, III.3.1, V.1, gạch 4)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.rulebooks.hd13_2018.results import QuotaResult
from generator.rules.applied import AppliedBook
from generator.rules.facts import Count, FactsModel, OneOf, told
from generator.rules.findings import Finding, Shortfall
from generator.rules.registry import judging
from generator.vietnamese import decimal

QUOTA_RULES = ("QUO-01", "QUO-02", "QUO-03", "QUO-04")


class Counts(FactsModel):
    """Final counts of one group."""

    excellent: Count = Field(title="Số hoàn thành xuất sắc nhiệm vụ")
    good: Count = Field(title="Số hoàn thành tốt nhiệm vụ")
    completed: Count = Field(title="Số hoàn thành nhiệm vụ")
    not_completed: Count = Field(title="Số không hoàn thành nhiệm vụ")


class CellCounts(Counts):
    """Counts of one cell of the group."""

    name: str = Field(title="Tên chi bộ")


class QuotaFacts(FactsModel):
    """Final counts of the whole group, or of its cells, which are summed."""

    rule: Annotated[str, OneOf(QUOTA_RULES)] = Field(title="Quy tắc tỷ lệ")
    group: str = Field(title="Phạm vi tính")
    excellent: Count | None = Field(default=None, title="Số hoàn thành xuất sắc nhiệm vụ")
    good: Count | None = Field(default=None, title="Số hoàn thành tốt nhiệm vụ")
    completed: Count | None = Field(default=None, title="Số hoàn thành nhiệm vụ")
    not_completed: Count | None = Field(default=None, title="Số không hoàn thành nhiệm vụ")
    cells: list[CellCounts] | None = Field(default=None, title="Các chi bộ")

    @model_validator(mode="after")
    def _counted_once(self) -> Self:
        counts = (self.excellent, self.good, self.completed, self.not_completed)
        whole, none = None not in counts, counts == (None,) * 4
        if (whole, none) not in ((True, False), (False, True)) or whole is (self.cells is not None):
            message = "Phải ghi đủ bốn số của cả nhóm, hoặc ghi số của từng chi bộ"
            raise told(message, "Ghi một trong hai cách, không ghi cả hai")
        return self

    def total(self, level: str) -> int:
        """The count of a level over the whole group."""
        if self.cells is not None:
            return sum(getattr(cell, level) for cell in self.cells)
        return int(getattr(self, level))


@judging("quota", QuotaFacts)
def quota(facts: QuotaFacts, book: AppliedBook) -> QuotaResult:
    """Both maxima, always; beyond the wide one is an error, between the two a warning or, when strict, an error."""
    excellent, good = facts.total("excellent"), facts.total("good")
    literal = max_excellent(good, facts.rule, book)
    pool = max_excellent(good + excellent, facts.rule, book)
    zone = "inside_every_reading" if excellent <= literal else "only_wide" if excellent <= pool else "outside_all"
    sentence = _arithmetic(excellent, good, literal, pool, facts.rule, book)
    findings = [_exceeded(facts, zone, literal, pool, sentence, book)] if zone != "inside_every_reading" else []
    percent = int(book.number(facts.rule, "percent"))
    return QuotaResult(excellent, good, literal, pool, zone, percent, sentence, findings=tuple(findings))


def _exceeded(facts: QuotaFacts, zone: str, literal: int, pool: int, sentence: str, book: AppliedBook) -> Finding:
    # Where only the narrow base is exceeded the text leaves a way open, so a reason may be recorded.
    wide_only, strict = zone == "only_wide", book.settings["quota_base"] == "strict"
    shortfall = Shortfall(
        given=f"{facts.group}: {sentence}",
        message="Số xuất sắc chỉ vượt mức tối đa theo cách tính chặt" if wide_only else "",
        needed=f"Nhiều nhất {literal if wide_only or strict else pool} “{book.levels.label(book.levels.codes[0])}”",
        waivable=wide_only,
    )
    return book.finding_of(facts.rule, shortfall, "warning" if wide_only and not strict else "error")


def max_excellent(base: int, rule_id: str, book: AppliedBook) -> int:
    """The share of a base, rounded as the settings say."""
    share = base * int(book.number(rule_id, "percent"))
    match book.settings["quota_rounding"]:
        case "half_up":
            return (share + 50) // 100
        case "ceil":
            return -(-share // 100)
        case _:
            return share // 100


def _arithmetic(excellent: int, good: int, literal: int, pool: int, rule_id: str, book: AppliedBook) -> str:
    percent = int(book.number(rule_id, "percent"))
    best, next_best = (book.levels.label(code) for code in book.levels.codes[:2])
    return (
        f"có {excellent} “{best}” và {good} “{next_best}”; "
        f"tính trên số tốt: {percent}% × {good} = {decimal(percent * good / 100)}, nhiều nhất {literal}; "
        f"tính cả số xuất sắc: {percent}% × {good + excellent} = {decimal(percent * (good + excellent) / 100)}, "
        f"nhiều nhất {pool}"
    )
