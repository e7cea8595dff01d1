"""How the small functions of a rulebook say which rule they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

from generator.rules.findings import Shortfall

if TYPE_CHECKING:
    from generator.rules.applied import AppliedBook
    from generator.rules.facts import FactsModel

RuleFunction = Callable[[Any, "AppliedBook"], Shortfall | None]
JudgeFunction = Callable[[Any, "AppliedBook"], Any]
_Rule = TypeVar("_Rule", bound=Callable[..., Shortfall | None])
_Judge = TypeVar("_Judge", bound=Callable[..., Any])


@dataclass(frozen=True)
class Judging:
    """How a book judges one type of case: the shape of its facts, or one shape for each `kind`, and the function."""

    facts: type[FactsModel] | Mapping[str, type[FactsModel]]
    judge: JudgeFunction


@dataclass(frozen=True)
class Registered:
    """The functions of a book's modules, by rule id and by type of case."""

    rules: dict[str, RuleFunction]
    notes: dict[str, RuleFunction]
    judgings: dict[str, Judging]


def rule(rule_id: str) -> Callable[[_Rule], _Rule]:
    """Marks a function as the condition of a rule: None when it holds, a `Shortfall` when it does not."""

    def marked(function: _Rule) -> _Rule:
        vars(function)["rule_id"] = rule_id
        return function

    return marked


def note(rule_id: str) -> Callable[[_Rule], _Rule]:
    """Marks a function that has something to say under a rule without holding anything against the case."""

    def marked(function: _Rule) -> _Rule:
        vars(function)["note_id"] = rule_id
        return function

    return marked


def judging(case_type: str, facts: type[FactsModel] | Mapping[str, type[FactsModel]]) -> Callable[[_Judge], _Judge]:
    """Marks a function as the judge of one type of case (`ballot`), over facts of this model."""

    def marked(function: _Judge) -> _Judge:
        vars(function)["judging"] = (case_type, Judging(facts, function))
        return function

    return marked


def collected(modules: Iterable[ModuleType]) -> Registered:
    """Every marked function of the modules.

    Raises:
        ValueError: two functions claim one rule or one type of case.
    """
    found = Registered({}, {}, {})
    for module in modules:
        for function in vars(module).values():
            if getattr(function, "__module__", None) != module.__name__ or not callable(function):
                continue
            marks = getattr(function, "__dict__", {})
            if "rule_id" in marks:
                _once(found.rules, marks["rule_id"], function)
            if "note_id" in marks:
                _once(found.notes, marks["note_id"], function)
            if "judging" in marks:
                _once(found.judgings, *marks["judging"])
    return found


def _once(found: dict[str, Any], key: str, value: object) -> None:
    if key in found:
        raise ValueError(f"two functions for {key}")
    found[key] = value
