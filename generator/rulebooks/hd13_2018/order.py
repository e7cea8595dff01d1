"""What comes before what, and how long a review lasts (I.4.2, II.1.6, II.2.5, V.1)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.rules.applied import AppliedBook
from generator.rules.facts import FactsModel, OneOf, told
from generator.rules.findings import Finding, Shortfall
from generator.rules.registry import judging
from generator.rules.results import DurationResult, Outcome
from generator.rules.tables import codes, table
from generator.vietnamese import decimal

_PACKAGE = __package__ or ""
_EVENTS = {row["code"]: row["label"] for row in table(_PACKAGE, "order")["event"]}
_BEFORE = table(_PACKAGE, "order")["before"]
_REVIEWED = ("collective", "head", "members")


class OrderFacts(FactsModel):
    """Events in the order of time, each at most once."""

    sequence: list[Annotated[str, OneOf(codes(_PACKAGE, "order", "event"))]] = Field(title="Thứ tự các việc")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.sequence)) != len(self.sequence):
            raise told("Có việc ghi hai lần", "Mỗi việc chỉ ghi một lần")
        return self


@judging("order", OrderFacts)
def order(facts: OrderFacts, book: AppliedBook) -> Outcome:
    """Every constraint whose two events both occur, and the two that ask for an event which may be missing."""
    at = {event: index for index, event in enumerate(facts.sequence)}
    wrong: dict[str, list[tuple[str, str]]] = {}
    for row in _BEFORE:
        for first in row["first"]:
            for then in row["then"]:
                if first in at and then in at and at[first] > at[then]:
                    wrong.setdefault(row["rule"], []).append((first, then))
    for rule_id, pair in (*_classified_before_review(at), *_decided_before_remedy(at)):
        wrong.setdefault(rule_id, []).append(pair)
    return Outcome(findings=tuple(_finding(rule_id, pairs, at, book) for rule_id, pairs in sorted(wrong.items())))


def _classified_before_review(at: dict[str, int]) -> list[tuple[str, tuple[str, str]]]:
    # V.1, gạch 1: where reviews are recorded at all, a classification without its review is one before it.
    if not any(event.startswith("review_") for event in at):
        return []
    pairs = [(f"review_{who}", f"classify_{who}") for who in _REVIEWED]
    return [("GEN-01", (review, then)) for review, then in pairs if then in at and at.get(review, len(at)) > at[then]]


def _decided_before_remedy(at: dict[str, int]) -> list[tuple[str, tuple[str, str]]]:
    if "self_evaluation" not in at or "decision" not in at or at.get("remedy_considered", len(at)) < at["decision"]:
        return []
    return [("ORG-PROC-05", ("remedy_considered", "decision"))]


def _finding(rule_id: str, pairs: list[tuple[str, str]], at: dict[str, int], book: AppliedBook) -> Finding:
    given = "; ".join(
        f"“{_EVENTS[then]}” có trước “{_EVENTS[first]}”" if first in at else f"chưa có “{_EVENTS[first]}”"
        for first, then in pairs
    )
    needed = "; ".join(f"“{_EVENTS[first]}” trước, “{_EVENTS[then]}” sau" for first, then in pairs)
    return book.finding_of(rule_id, Shortfall(given=given, needed=needed, remedy="Làm lại theo đúng thứ tự"))


class DurationFacts(FactsModel):
    """How long the review of a collective and its members lasted."""

    collective: Annotated[str, OneOf(("district_standing_committee", "provincial_body", "other"))] = Field(
        title="Loại tập thể"
    )
    suggestion_issued: bool = Field(title="Có gợi ý kiểm điểm của cấp trên")
    duration_days: float = Field(ge=0, allow_inf_nan=False, title="Số ngày kiểm điểm")


_DURATION_RULES = {"district_standing_committee": "REV-31", "provincial_body": "REV-32"}


@judging("review_duration", DurationFacts)
def review_duration(facts: DurationFacts, book: AppliedBook) -> DurationResult:
    """The shortest review the guidance allows (I.4.2, gạch 4); for other collectives the superior decides."""
    rule_id = _DURATION_RULES.get(facts.collective)
    if rule_id is None:
        return DurationResult(None)
    least = book.number(rule_id, "days_with_suggestion" if facts.suggestion_issued else "days")
    if facts.duration_days >= least:
        return DurationResult(least)
    shortfall = Shortfall(
        given=f"Kiểm điểm {decimal(facts.duration_days, 2)} ngày"
        + (", có gợi ý kiểm điểm của cấp trên" if facts.suggestion_issued else ""),
        needed=f"Tối thiểu {decimal(least)} ngày",
    )
    return DurationResult(least, findings=(book.finding_of(rule_id, shortfall),))
