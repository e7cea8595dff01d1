"""Every rule that a machine judges, by a case that breaks it (or is under it) and one that keeps it (or is not)."""

from __future__ import annotations

import pytest

from generator.rules.rulebook import load_rulebook
from tests.generator.rules.shown import SHOWN, Shown, judged_rules

BOOK = load_rulebook()


def _named(shown: Shown) -> str:
    return shown.rule_id


def _severities(shown: Shown, broken: bool) -> set[str]:
    named, _ = shown.said(shown.breaks if broken else shown.keeps, BOOK)
    return {severity for rule_id, severity in named if rule_id == shown.rule_id}


def _answered(shown: Shown, broken: bool) -> bool:
    _, answer = shown.said(shown.breaks if broken else shown.keeps, BOOK)
    wanted = shown.answers[0 if broken else 1]
    return {name: answer[name] for name in wanted} == wanted


@pytest.mark.parametrize("shown", SHOWN, ids=_named)
def test_a_case_breaks_it(shown: Shown) -> None:
    assert _answered(shown, True)
    assert all(shown.answers) or _severities(shown, True), "the answer must name the rule"


@pytest.mark.parametrize("shown", SHOWN, ids=_named)
def test_a_case_keeps_it(shown: Shown) -> None:
    assert _answered(shown, False)
    assert all(shown.answers) or not _severities(shown, True) & _severities(shown, False)


def test_no_rule_is_judged_without_both_cases() -> None:
    assert {shown.rule_id for shown in SHOWN} == judged_rules(BOOK)
    assert all(shown.breaks != shown.keeps for shown in SHOWN)


def test_what_no_machine_judges_is_asked_or_only_stated() -> None:
    asked = {rule.id for rule in BOOK.rules if rule.question}
    stated = {rule.id for rule in BOOK.rules} - judged_rules(BOOK) - asked
    assert {BOOK.rule(rule_id).effect for rule_id in stated} <= {"duty", "document"}
    assert all(BOOK.rule(rule_id).severity == "info" for rule_id in stated), stated
