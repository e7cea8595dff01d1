"""The 20 percent (13-HD/TU, II.1.3.a, II.2.3.a, III.3.1, V.1)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook
from generator.rules.settings import Settings


def _group(excellent: int, good: int, rule: str = "QUO-02") -> dict[str, Any]:
    return {
        "rule": rule,
        "group": "Đảng bộ xã",
        "excellent": excellent,
        "good": good,
        "completed": 3,
        "not_completed": 0,
    }


def _settings(**changes: Any) -> Settings:
    return load_rulebook().settings.overlaid(changes)


def test_a_broken_quota_shows_its_arithmetic() -> None:
    (finding,) = judge.quota(_group(4, 19)).findings
    assert finding.severity == "warning"
    assert finding.waivable
    assert finding.given == (
        "Đảng bộ xã: có 4 “Hoàn thành xuất sắc nhiệm vụ” và 19 “Hoàn thành tốt nhiệm vụ”; "
        "tính trên số tốt: 20% × 19 = 3,8, nhiều nhất 3; "
        "tính cả số xuất sắc: 20% × 23 = 4,6, nhiều nhất 4"
    )
    assert finding.needed == "Nhiều nhất 3 “Hoàn thành xuất sắc nhiệm vụ”"


def test_what_breaks_every_reading_is_an_error_nobody_may_waive() -> None:
    result = judge.quota(_group(4, 15))
    assert (result.zone, result.violated_rule_ids, result.warning_rule_ids) == ("outside_all", ("QUO-02",), ())
    assert not result.findings[0].waivable


def test_a_group_within_both_has_the_arithmetic_and_no_finding() -> None:
    result = judge.quota(_group(4, 20))
    assert result.findings == ()
    assert "20% × 20 = 4, nhiều nhất 4" in result.arithmetic


def test_strict_refuses_what_only_the_wide_reading_allows() -> None:
    result = judge.quota(_group(4, 19), settings=_settings(quota_base="strict"))
    assert (result.zone, result.violated_rule_ids, result.warning_rule_ids) == ("only_wide", ("QUO-02",), ())
    assert result.findings[0].waivable


@pytest.mark.parametrize(("rounding", "literal", "pool"), [("floor", 2, 3), ("half_up", 3, 3), ("ceil", 3, 4)])
def test_rounding_is_a_reading_for_both_maxima(rounding: str, literal: int, pool: int) -> None:
    result = judge.quota(_group(3, 13), settings=_settings(quota_rounding=rounding))
    assert (result.max_excellent_literal, result.max_excellent_pool) == (literal, pool)


def test_cells_are_summed_and_never_judged_alone() -> None:
    cell = {"completed": 0, "not_completed": 0}
    cells = [{"name": "A", "excellent": 3, "good": 5, **cell}, {"name": "B", "excellent": 0, "good": 10, **cell}]
    result = judge.quota({"rule": "QUO-02", "group": "Đảng bộ xã", "cells": cells})
    assert (result.excellent, result.good, result.zone) == (3, 15, "inside_every_reading")


@pytest.mark.parametrize(
    "facts",
    [
        {**_group(1, 5), "cells": []},
        {"rule": "QUO-02", "group": "Đảng bộ xã"},
        {"rule": "QUO-02", "group": "Đảng bộ xã", "excellent": 1, "good": 5},
        {**_group(1, 5), "rule": "QUO-05"},
    ],
)
def test_counts_are_given_once_and_whole(facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        judge.quota(facts)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(("QUO-01", "QUO-02", "QUO-03", "QUO-04")))
def test_the_wide_maximum_is_never_below_the_literal_one(excellent: int, good: int, rule: str) -> None:
    result = judge.quota(_group(excellent, good, rule))
    assert result.max_excellent_literal == good // 5
    assert result.max_excellent_literal <= result.max_excellent_pool
    assert (result.zone == "outside_all") is bool(result.violated_rule_ids)
    assert (result.zone == "only_wide") is bool(result.warning_rule_ids)
