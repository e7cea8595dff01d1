"""Each rule that decides a level, once where it holds by a hair and once where it just fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator import judge
from generator.rules.rulebook import load_rulebook
from tests.generator.rules.edges import BLOCKS, EDGES, C, Edge, H, L, M, O

Changed = Callable[..., dict[str, Any]]


def _named(edge: Edge) -> str:
    return f"{edge.rule_id}-{edge.kind}"


@pytest.mark.parametrize("edge", EDGES, ids=_named)
def test_a_failed_condition_caps_the_level(edge: Edge, facts_of: Changed) -> None:
    verdict = judge.classify(edge.kind, facts_of(edge.kind, **edge.fails), "excellent")
    cap = edge.highest or load_rulebook().rule(edge.rule_id).cap
    levels = load_rulebook().levels
    assert not verdict.allowed
    assert edge.rule_id in verdict.violated_rule_ids
    assert cap is not None
    assert levels.at_least(cap, verdict.highest_allowed_level)
    at_the_cap = judge.classify(edge.kind, facts_of(edge.kind, **edge.fails), cap)
    assert edge.rule_id not in at_the_cap.violated_rule_ids, "a cap equal to the proposal is no violation"


@pytest.mark.parametrize("edge", EDGES, ids=_named)
def test_a_condition_that_just_holds_is_not_named(edge: Edge, facts_of: Changed) -> None:
    verdict = judge.classify(edge.kind, facts_of(edge.kind, **edge.holds), "excellent")
    assert edge.rule_id not in verdict.violated_rule_ids


@pytest.mark.parametrize("edge", BLOCKS, ids=_named)
def test_a_block_bars_every_level_and_leaves_the_subject_unclassified(edge: Edge, facts_of: Changed) -> None:
    facts = facts_of(edge.kind, **edge.fails)
    for level in load_rulebook().levels.codes:
        verdict = judge.classify(edge.kind, facts, level)
        assert verdict.violated_rule_ids == (edge.rule_id,)
        assert verdict.highest_allowed_level == "not_classified"
    left = judge.classify(edge.kind, facts, "not_classified")
    assert left.allowed
    assert [finding.severity for finding in left.findings if finding.rule_id == edge.rule_id] == ["info"]


@pytest.mark.parametrize("edge", BLOCKS, ids=_named)
def test_a_block_that_just_does_not_hold_bars_nothing(edge: Edge, facts_of: Changed) -> None:
    verdict = judge.classify(edge.kind, facts_of(edge.kind, **edge.holds), "completed")
    assert verdict.allowed


def test_every_rule_with_an_effect_on_a_level_is_on_its_edge_here() -> None:
    tried = {edge.rule_id for edge in (*EDGES, *BLOCKS)}
    decisive = {rule.id for rule in load_rulebook().rules if rule.effect in ("level", "block", "ceiling")}
    assert tried == decisive


@pytest.mark.parametrize("kind", [M, O, C, L, H])
def test_facts_that_meet_every_condition_allow_excellent(kind: str, facts_of: Changed) -> None:
    verdict = judge.classify(kind, facts_of(kind), "excellent")
    assert verdict.as_dict() == {
        "allowed": True,
        "highest_allowed_level": "excellent",
        "violated_rule_ids": [],
        "warning_rule_ids": [],
        "findings": [],
    }


@pytest.mark.parametrize(("kind", "rule_id"), [(M, "SCP-04"), (O, "SCP-06"), (C, "SCP-07")])
def test_nobody_is_left_unclassified_without_a_block(kind: str, rule_id: str, facts_of: Changed) -> None:
    verdict = judge.classify(kind, facts_of(kind, outstanding_evidence=False), "not_classified")
    assert verdict.violated_rule_ids == (rule_id,)
    assert verdict.highest_allowed_level == "good"
    assert "Không xếp loại" in verdict.findings[0].given


@pytest.mark.parametrize("kind", [M, O, C, L])
def test_the_worst_level_without_ground_is_asked_for_its_ground(kind: str, facts_of: Changed) -> None:
    verdict = judge.classify(kind, facts_of(kind), "not_completed")
    assert verdict.allowed
    assert verdict.warning_rule_ids == ("GEN-12",)


def test_a_leader_whose_criteria_are_not_recorded_is_warned_of(facts_of: Changed) -> None:
    verdict = judge.classify(L, facts_of(L, criteria_source=" "), "good")
    assert verdict.allowed
    assert verdict.warning_rule_ids == ("SCP-08",)


_SPRING = {"from": "2018-03-01", "to": "2018-04-14"}


@pytest.mark.parametrize(("until", "allowed"), [("2018-07-15", True), ("2018-07-16", False)])
def test_several_spells_of_sick_leave_are_summed(until: str, allowed: bool, facts_of: Changed) -> None:
    facts = facts_of(M, sick_leave=[_SPRING, {"from": "2018-06-01", "to": until}])
    verdict = judge.classify(M, facts, "good")
    assert verdict.allowed is allowed
    assert verdict.violated_rule_ids == (() if allowed else ("GEN-07",))


def test_one_spell_counts_whole_months_only(facts_of: Changed) -> None:
    alone = facts_of(M, sick_leave=[{"from": "2018-01-31", "to": "2018-04-28"}])
    assert judge.classify(M, alone, "good").allowed
    assert judge.classify(M, facts_of(M, sick_leave=[]), "excellent").allowed


def test_six_months_may_be_counted_to_the_end_of_the_year(facts_of: Changed) -> None:
    to_year_end = load_rulebook().settings.overlaid({"six_month_date": "year_end"})
    early = facts_of(M, admitted_on="2018-06-25", evaluated_on="2018-12-20")
    assert judge.classify(M, early, "good").violated_rule_ids == ("GEN-05",)
    assert judge.classify(M, early, "good", settings=to_year_end).allowed
    in_june = facts_of(M, admitted_on="2017-07-05", evaluated_on="2018-06-30")
    assert judge.classify(M, in_june, "good", settings=to_year_end).violated_rule_ids == ("GEN-05",)
    in_january = facts_of(O, established_on="2018-07-05", evaluated_on="2019-01-05")
    assert judge.classify(O, in_january, "good").allowed
    assert judge.classify(O, in_january, "good", settings=to_year_end).violated_rule_ids == ("GEN-04",)


def test_key_criteria_are_what_an_office_calls_key(facts_of: Changed) -> None:
    also_b1 = load_rulebook().settings.overlaid({"organisation_key_criteria": ["a1", "a2", "a3", "a4", "b1", "b2"]})
    facts = facts_of(O, criteria__b1="good")
    assert judge.classify(O, facts, "excellent").allowed
    assert judge.classify(O, facts, "excellent", settings=also_b1).violated_rule_ids == ("ORG-EXC-02",)


def test_ratings_of_the_organisation_itself_give_a_forecast_only(facts_of: Changed) -> None:
    own = judge.classify(O, facts_of(O, rated_by="self"), "excellent")
    assert (own.allowed, own.warning_rule_ids) == (True, ("ORG-PROC-07",))
    appraised = judge.classify(O, facts_of(O, rated_by="competent_authority"), "excellent")
    assert appraised.findings == ()


def test_a_new_member_is_reminded_of_the_review(facts_of: Changed) -> None:
    verdict = judge.classify(M, facts_of(M, admitted_on="2018-11-01"), "not_classified")
    assert [finding.rule_id for finding in verdict.findings] == ["GEN-05", "GEN-06"]


def test_maternity_leave_is_said_and_bounds_nothing(facts_of: Changed) -> None:
    verdict = judge.classify(M, facts_of(M, maternity_leave=True), "excellent")
    assert verdict.allowed
    assert [(finding.rule_id, finding.severity) for finding in verdict.findings] == [("GEN-09", "info")]


def test_pending_subordinates_are_said_and_in_no_share(facts_of: Changed) -> None:
    verdict = judge.classify(O, facts_of(O, subordinates__not_classified=2), "excellent")
    assert verdict.allowed
    assert [finding.given for finding in verdict.findings] == ["2 tổ chức đảng trực thuộc không xếp loại"]


def test_one_half_of_a_missed_plan_is_said_and_bounds_nothing(facts_of: Changed) -> None:
    verdict = judge.classify(C, facts_of(C, targets__main_targets_all_met=False), "excellent")
    assert verdict.allowed
    assert [(finding.rule_id, finding.severity) for finding in verdict.findings] == [("COL-NC-03", "info")]


def test_a_body_without_a_level_bounds_nothing_and_is_said(facts_of: Changed) -> None:
    verdict = judge.classify(H, facts_of(H, collective_level="not_classified"), "excellent")
    assert verdict.allowed
    assert [(finding.rule_id, finding.severity) for finding in verdict.findings] == [("CAP-01", "info")]


def test_caps_of_a_collective_are_judged_alone_or_with_its_own_facts(facts_of: Changed) -> None:
    levels = {"organisation_level": "good", "party_organisation_level": "completed"}
    alone = judge.classify(C, levels, "excellent")
    assert alone == judge.caps(C, levels, "excellent")
    together = judge.classify(C, facts_of(C, **levels), "excellent")
    assert alone.violated_rule_ids == together.violated_rule_ids == ("CAP-03", "CAP-04")
    assert alone.highest_allowed_level == "completed"
