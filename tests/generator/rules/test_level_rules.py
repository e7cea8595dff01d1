"""Each rule that decides a level, once where it holds by a hair and once where it just fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from generator import judge
from generator.rules.rulebook import load_rulebook

M, O, C, L, H = "party_member", "party_organisation", "leadership_collective", "leader_manager", "head"  # noqa: E741
_HIDDEN, _FOUND, _HALF = "self_detected_and_remedied", "not_self_detected", "self_detected_not_remedied"
_CELL = {"organisation_type": "subordinate_cell", "has_cell_committee": True}
_BARE_CELL = {"organisation_type": "subordinate_cell", "has_cell_committee": False}


@dataclass(frozen=True)
class Edge:
    """A rule, the facts on which it just fails and those on which it still holds."""

    rule_id: str
    kind: str
    fails: dict[str, Any]
    holds: dict[str, Any] = field(default_factory=dict)
    highest: str = ""


def _subordinates(excellent: int, good: int, completed: int, not_completed: int, **other: Any) -> dict[str, Any]:
    counts = {"excellent": excellent, "good": good, "completed": completed, "not_completed": not_completed}
    return {"subordinates": {**counts, "not_classified": other.pop("not_classified", 0)}, **other}


EDGES = [
    Edge("MEM-EXC-01", M, {"outstanding_evidence": False}),
    Edge("MEM-EXC-02", M, {"criteria__b2": "good"}, {"criteria__d": "good"}),
    Edge("MEM-EXC-02", M, {"criteria__a1": "average"}, {"criteria__c": None}),
    Edge(
        "MEM-EXC-03",
        M,
        {"public_employee_rating": "good"},
        {"is_public_employee": False, "public_employee_rating": None},
    ),
    Edge("MEM-GOOD-01", M, {"criteria__b1": "average"}, {"criteria__b1": "good"}),
    Edge("MEM-GOOD-01", M, {"criteria__dd": "poor"}, {"criteria__dd": "average"}),
    Edge("MEM-GOOD-02", M, {"public_employee_rating": "completed"}, {"public_employee_rating": "good"}),
    Edge("MEM-COMP-01", M, {"criteria__a5": "poor"}, {"criteria__d": "poor"}),
    Edge("MEM-COMP-02", M, {"public_employee_rating": "not_completed"}, {"public_employee_rating": "completed"}),
    Edge("MEM-NC-01", M, {"degeneration_concluded": True}),
    Edge("MEM-NC-02", M, {"targets__completed": 4}, {"targets__completed": 5}),
    Edge("MEM-NC-02", M, {"targets__completed": 4, "targets__force_majeure": True}, {"targets__assigned": 0}),
    Edge("MEM-NC-02", M, {"targets": {"completed": 99, "assigned": 199, "force_majeure": False}}),
    Edge("ORG-NC-03", O, {"targets": {"completed": 99, "assigned": 199, "force_majeure": False}}),
    Edge("ORG-NC-07", O, _subordinates(0, 83, 0, 21), _subordinates(0, 84, 0, 21)),
    Edge(
        "COL-NC-03",
        C,
        {"targets": {"completed": 99, "assigned": 199, "main_targets_all_met": False, "force_majeure": False}},
    ),
    Edge("MEM-NC-03", M, {"public_employee_rating": "not_completed"}, {"public_employee_rating": "completed"}),
    Edge("MEM-NC-04", M, {"discipline__in_year": True}, {"discipline": {"in_year": True, "already_counted": True}}),
    Edge(
        "GEN-07",
        M,
        {"sick_leave": {"from": "2018-03-01", "to": "2018-05-31"}},
        {"sick_leave": {"from": "2018-03-01", "to": "2018-05-30"}},
    ),
    Edge("GEN-08", M, {"card_lost": True}, {"card_lost": True, "card_loss_force_majeure": True}),
    Edge("ORG-EXC-01", O, {"outstanding_evidence": False}),
    Edge("ORG-EXC-02", O, {"criteria__a3": "good"}, {"criteria__b1": "good"}),
    Edge("ORG-EXC-03", O, _subordinates(1, 8, 1, 0), _subordinates(0, 1, 0, 0, not_classified=3)),
    Edge("ORG-EXC-04", O, {"peer_bodies__government": "completed"}, {"peer_bodies__government": None}),
    Edge("ORG-EXC-05", O, {"committee_member_discipline": _HIDDEN}),
    Edge("ORG-GOOD-01", O, {"criteria__b2": "average"}, {"criteria__b3": "average"}),
    Edge("ORG-GOOD-02", O, _subordinates(0, 9, 0, 1), _subordinates(0, 9, 1, 0)),
    Edge("ORG-GOOD-03", O, _subordinates(1, 4, 6, 0), _subordinates(1, 4, 5, 0)),
    Edge("ORG-GOOD-03", O, _subordinates(0, 0, 1, 0), _subordinates(0, 0, 0, 0)),
    Edge(
        "ORG-GOOD-04", O, {"peer_bodies__fatherland_front": "not_completed"}, {"peer_bodies__government": "completed"}
    ),
    Edge("ORG-GOOD-05", O, {"committee_member_discipline": _HALF}, {"committee_member_discipline": _HIDDEN}),
    Edge("ORG-COMP-01", O, {"criteria__c": "poor"}, {"criteria__c": "average"}),
    Edge("ORG-COMP-02", O, {"subordinate_committee_discipline": _FOUND}, {"subordinate_committee_discipline": _HIDDEN}),
    Edge(
        "ORG-COMP-02", O, {**_BARE_CELL, "cell_member_discipline": _FOUND}, {**_CELL, "cell_member_discipline": _FOUND}
    ),
    Edge("ORG-COMP-02", O, {"committee_member_discipline": _HALF}, {"cell_member_discipline": _FOUND}),
    Edge(
        "ORG-COMP-02",
        O,
        {**_CELL, "committee_member_discipline": _FOUND},
        {**_CELL, "subordinate_committee_discipline": _FOUND},
    ),
    Edge("ORG-NC-01", O, {"committee_disunity": True}),
    Edge("ORG-NC-02", O, {"subordinate_committee_violations": _HALF}, {"subordinate_committee_violations": _HIDDEN}),
    Edge(
        "ORG-NC-02",
        O,
        {"subordinate_committee_violations": _FOUND},
        {**_CELL, "subordinate_committee_violations": _FOUND},
    ),
    Edge("ORG-NC-03", O, {"targets__completed": 9}, {"targets__completed": 10}),
    Edge("ORG-NC-03", O, {"targets__completed": 0}, {"targets__completed": 0, "targets__force_majeure": True}),
    Edge("ORG-NC-04", O, {"criteria__a2": "poor", "targets__force_majeure": True}, {"criteria__b2": "poor"}),
    Edge(
        "ORG-NC-05",
        O,
        {"peer_bodies__fatherland_front": "not_completed", "peer_bodies__socio_political": ["not_completed", "good"]},
        {"peer_bodies__government": "not_completed", "peer_bodies__socio_political": ["not_completed", "good"]},
    ),
    Edge("ORG-NC-06", O, {"committee_disciplined": True}),
    Edge("ORG-NC-07", O, _subordinates(0, 3, 0, 1), _subordinates(0, 4, 0, 1)),
    Edge("COL-EXC-01", C, {"outstanding_evidence": False}),
    Edge("COL-EXC-02", C, {"criteria__t4": "good"}, {"criteria__r": "good"}),
    Edge("COL-EXC-03", C, {"member_discipline": _HIDDEN}),
    Edge("COL-GOOD-01", C, {"criteria__t1": "average"}, {"criteria__s1": "average"}),
    Edge("COL-GOOD-02", C, {"member_discipline": _HALF}, {"member_discipline": _HIDDEN}),
    Edge("COL-COMP-01", C, {"criteria__s2": "poor"}, {"criteria__r": "poor"}),
    Edge("COL-COMP-02", C, {"member_discipline": _FOUND}, {"member_discipline": _HIDDEN}),
    Edge("COL-NC-01", C, {"disunity_concluded": True}),
    Edge("COL-NC-02", C, {"member_degeneration_concluded": True}),
    Edge(
        "COL-NC-03",
        C,
        {"targets__completed": 9, "targets__main_targets_all_met": False},
        {"targets__completed": 9, "targets__main_targets_all_met": True},
    ),
    Edge(
        "COL-NC-03",
        C,
        {"targets__completed": 0, "targets__main_targets_all_met": False},
        {"targets": {"completed": 0, "assigned": 9, "main_targets_all_met": False, "force_majeure": True}},
    ),
    Edge("COL-NC-04", C, {"collective_disciplined": True}),
    Edge("COL-NC-05", C, {"member_discipline": _FOUND}, {"member_discipline": _HIDDEN}),
    Edge("CAP-01", H, {"collective_level": "good"}, {"collective_level": "not_classified"}, "good"),
    Edge("CAP-01", M, {"collective_level": "completed"}, {"collective_level": None}, "completed"),
    Edge("CAP-02", H, {"organisation_level": "not_completed"}, {"organisation_level": None}, "not_completed"),
    Edge("CAP-02", L, {"organisation_level": "good"}, {}, "good"),
    Edge(
        "CAP-03", C, {"party_organisation_level": "completed"}, {"party_organisation_level": "excellent"}, "completed"
    ),
    Edge("CAP-04", C, {"organisation_level": "good"}, {"organisation_level": "not_classified"}, "good"),
]
BLOCKS = [
    Edge("GEN-01", M, {"review_completed": False}),
    Edge("GEN-01", O, {"review_completed": False}),
    Edge("GEN-01", C, {"review_completed": False}),
    Edge("GEN-01", L, {"review_completed": False}),
    Edge("GEN-04", O, {"established_on": "2018-07-06"}, {"established_on": "2018-07-05"}),
    Edge("GEN-05", M, {"admitted_on": "2018-06-21"}, {"admitted_on": "2018-06-20"}),
    Edge(
        "GEN-05",
        M,
        {"admitted_on": "2018-08-31", "evaluated_on": "2019-02-27"},
        {"admitted_on": "2018-08-31", "evaluated_on": "2019-02-28"},
    ),
    Edge("SCP-04", M, {"exempt_from_activities": True}),
    Edge("ORD-03", M, {"public_employee_rating": None}, {"public_employee_rating": None, "is_public_employee": False}),
]
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
