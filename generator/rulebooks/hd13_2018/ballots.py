"""Two rounds of secret ballots on members (II.2.5, bước 2, gạch 4)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.rulebooks.hd13_2018.codes import LEVELS
from generator.rulebooks.hd13_2018.results import BallotResult
from generator.rules.applied import AppliedBook
from generator.rules.facts import Count, FactsModel, OneOf, told
from generator.rules.findings import Finding, Shortfall
from generator.rules.registry import judging

ROUND1_OPTIONS = ("good", "completed", "not_completed")
NO_MAJORITY = "no_majority"


class Tally(FactsModel):
    """Sheets of round 1 on one member."""

    good: Count = Field(title="Phiếu hoàn thành tốt nhiệm vụ")
    completed: Count = Field(title="Phiếu hoàn thành nhiệm vụ")
    not_completed: Count = Field(title="Phiếu không hoàn thành nhiệm vụ")
    invalid: Count = Field(title="Phiếu không hợp lệ")

    @property
    def total(self) -> int:
        """Every sheet counted on the member."""
        return self.good + self.completed + self.not_completed + self.invalid


class Round1(FactsModel):
    """Round 1: `entitled` official members summoned, excused absents already taken off."""

    entitled: Count = Field(title="Số đảng viên chính thức được triệu tập")
    issued: Count = Field(title="Số phiếu phát ra")
    returned: Count = Field(title="Số phiếu thu về")
    options: list[Annotated[str, OneOf(LEVELS)]] = Field(title="Các mức trên phiếu")
    tallies: dict[str, Tally] = Field(title="Kết quả kiểm phiếu lần 1")
    present: Count | None = Field(default=None, title="Số người có mặt bỏ phiếu lần 1")


class Round2(FactsModel):
    """Round 2: votes for each candidate for excellent."""

    issued: Count = Field(title="Số phiếu phát ra")
    returned: Count = Field(title="Số phiếu thu về")
    candidates: dict[str, Count] = Field(title="Kết quả kiểm phiếu lần 2")
    present: Count | None = Field(default=None, title="Số người có mặt bỏ phiếu lần 2")
    invalid: Count = Field(default=0, title="Số phiếu không hợp lệ")


class BallotFacts(FactsModel):
    """Both rounds; `capped` names members who may not be good or above (V.1, gạch 8)."""

    round1: Round1 = Field(title="Bỏ phiếu lần 1")
    round2: Round2 | None = Field(title="Bỏ phiếu lần 2")
    quota_max: Count | None = Field(title="Số lượng xuất sắc tối đa")
    capped: list[str] = Field(default_factory=list, title="Người không được xếp tốt trở lên")

    @model_validator(mode="after")
    def _names_are_on_the_sheet(self) -> Self:
        if strangers := [name for name in self.capped if name not in self.round1.tallies]:
            raise told(f"Không có trong phiếu lần 1: {', '.join(strangers)}", "Kiểm tra lại tên")
        return self


@judging("ballot", BallotFacts)
def ballot(facts: BallotFacts, book: AppliedBook) -> BallotResult:
    """Round-1 levels, those chosen in round 2, and ties the quota leaves open; None for each when invalid."""
    majorities = {name: round1_level(tally, facts.round1, book) for name, tally in facts.round1.tallies.items()}
    results = {name: _capped(level) if name in facts.capped else level for name, level in majorities.items()}
    broken = [*_wrong_options(facts, book), *_wrong_numbers(facts, book), *_wrong_candidates(facts, results, book)]
    if broken:
        return BallotResult(None, None, None, findings=tuple(sorted(broken, key=lambda finding: finding.rule_id)))
    chosen, tied = chosen_excellent(facts, book)
    return BallotResult(results, chosen, tied, findings=(*_no_majorities(results, book), *_ties(tied, book)))


def round1_level(tally: Tally, sheet: Round1, book: AppliedBook) -> str:
    """The level more than half of the base agree to, counted down from the best; `no_majority` when none."""
    base = _base(sheet.entitled, sheet.present, sheet.issued, sheet.returned - tally.invalid, book)
    if 2 * tally.good > base:
        return "good"
    if 2 * (tally.good + tally.completed) > base:
        return "completed"
    return "not_completed" if 2 * tally.not_completed > base else NO_MAJORITY


def chosen_excellent(facts: BallotFacts, book: AppliedBook) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who has a majority in round 2 and a place in the quota, and who is tied on its last place; both sorted."""
    sheet = facts.round2
    if sheet is None:
        return (), ()
    base = _base(facts.round1.entitled, sheet.present, sheet.issued, sheet.returned - sheet.invalid, book)
    majorities = {name: votes for name, votes in sheet.candidates.items() if 2 * votes > base}
    places = facts.quota_max
    if places is None or len(majorities) <= places:
        return tuple(sorted(majorities)), ()
    if places == 0:
        return (), ()
    ranked = sorted(majorities.values(), reverse=True)
    last, next_one = ranked[places - 1], ranked[places]
    tied = [name for name, votes in majorities.items() if last == next_one and votes == last]
    chosen = [name for name, votes in majorities.items() if votes > last or (votes == last and not tied)]
    return tuple(sorted(chosen)), tuple(sorted(tied))


def _base(entitled: int, present: int | None, issued: int, valid: int, book: AppliedBook) -> int:
    match book.settings["majority_base"]:
        case "present":
            # Nobody takes part without a sheet, so the sheets issued stand in where the number is not recorded.
            return issued if present is None else present
        case "issued":
            return issued
        case "valid":
            return valid
        case _:
            return entitled


def _capped(level: str) -> str:
    return "completed" if level == "good" else level


def _wrong_options(facts: BallotFacts, book: AppliedBook) -> list[Finding]:
    if sorted(facts.round1.options) == sorted(ROUND1_OPTIONS):
        return []
    given = "; ".join(f"“{book.levels.label(option)}”" for option in facts.round1.options)
    return [book.finding_of("BAL-01", Shortfall(given=f"Phiếu ghi các mức: {given}"))]


def _wrong_numbers(facts: BallotFacts, book: AppliedBook) -> list[Finding]:
    first, second = facts.round1, facts.round2
    wrong = [
        f"{name}: cộng được {tally.total} phiếu, thu về {first.returned}"
        for name, tally in first.tallies.items()
        if tally.total != first.returned
    ]
    rounds = [("Lần 1", first.issued, first.returned)]
    rounds += [("Lần 2", second.issued, second.returned)] if second else []
    for name, issued, returned in rounds:
        if not returned <= issued <= first.entitled:
            wrong.append(f"{name}: triệu tập {first.entitled}, phát ra {issued}, thu về {returned}")
    if second:
        wrong += [
            f"{name}: được {votes} phiếu, thu về {second.returned}"
            for name, votes in second.candidates.items()
            if votes > second.returned
        ]
    return [book.finding_of("BAL-05", Shortfall(given="; ".join(wrong)))] if wrong else []


def _wrong_candidates(facts: BallotFacts, results: dict[str, str], book: AppliedBook) -> list[Finding]:
    candidates = facts.round2.candidates if facts.round2 else {}
    capped = [name for name in candidates if name in facts.capped]
    strangers = [name for name in candidates if results.get(name) != "good" and name not in capped]
    findings = []
    if strangers:
        findings.append(book.finding_of("BAL-03", Shortfall(given=", ".join(strangers))))
    if capped:
        findings.append(book.finding_of("BAL-08", Shortfall(given=", ".join(capped))))
    return findings


def _no_majorities(results: dict[str, str], book: AppliedBook) -> list[Finding]:
    names = [name for name, level in results.items() if level == NO_MAJORITY]
    return [book.finding_of("BAL-06", Shortfall(given=", ".join(names)))] if names else []


def _ties(tied: tuple[str, ...], book: AppliedBook) -> list[Finding]:
    return [book.finding_of("BAL-07", Shortfall(given=", ".join(tied)))] if tied else []
