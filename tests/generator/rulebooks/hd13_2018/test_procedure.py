"""Order, duration, places, deciders, participants and positions (13-HD/TU, I.2, I.4.2, II.1, II.2, III.4, V.1)."""

from __future__ import annotations

from typing import Any

import pytest

from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook

_BROKEN_ORDERS = [
    ("REV-24", ["review_deputies", "review_collective"]),
    ("REV-25", ["review_deputies", "review_head"]),
    ("REV-27", ["review_party_committee", "review_government_and_mass_bodies"]),
    ("GEN-01", ["classify_collective", "review_collective"]),
    ("ORD-01", ["classify_collective", "classify_lower_collectives"]),
    ("ORD-02", ["classify_members", "classify_collective"]),
    ("ORD-03", ["classify_public_employee_member", "rate_public_employee"]),
    ("ORD-05", ["classify_head", "classify_organisation"]),
    ("ORD-06", ["classify_collective", "classify_organisation"]),
    ("BAL-02", ["ballot_round2", "announce_round1"]),
    ("BAL-04", ["report_form6", "announce_round2"]),
    ("BAL-04", ["announce_round2", "ballot_round2"]),
    ("ORG-PROC-03", ["decision", "participants_evaluation"]),
    ("ORG-PROC-05", ["self_evaluation", "decision", "remedy_considered"]),
]
_MISSING = [
    ("GEN-01", ["review_government_and_mass_bodies", "classify_head"]),
    ("ORG-PROC-05", ["self_evaluation", "decision"]),
]


@pytest.mark.parametrize(("rule_id", "sequence"), [*_BROKEN_ORDERS, *_MISSING])
def test_the_wrong_order_is_named(rule_id: str, sequence: list[str]) -> None:
    result = judge.order({"sequence": sequence})
    assert result.violated_rule_ids == (rule_id,)
    assert result.findings[0].given
    assert result.findings[0].needed


@pytest.mark.parametrize(("rule_id", "sequence"), _BROKEN_ORDERS)
def test_the_other_way_round_is_right(rule_id: str, sequence: list[str]) -> None:
    assert rule_id not in judge.order({"sequence": sequence[::-1]}).violated_rule_ids


def test_every_rule_of_order_is_broken_here() -> None:
    ordered = {rule.id for rule in load_rulebook().rules if rule.effect == "order"}
    assert {rule_id for rule_id, _ in _BROKEN_ORDERS} == ordered | {"GEN-01", "ORD-03"}


def test_constraints_are_tested_only_when_both_events_occur() -> None:
    assert judge.order({"sequence": ["classify_head"]}).allowed
    assert judge.order({"sequence": ["decision", "remedy_considered"]}).allowed
    assert judge.order({"sequence": []}).allowed


def test_the_finding_tells_what_came_too_early_from_what_is_missing() -> None:
    (early,) = judge.order({"sequence": ["review_members", "review_head"]}).findings
    assert early.given == "“kiểm điểm các thành viên” có trước “kiểm điểm người đứng đầu”"
    (missing,) = judge.order({"sequence": ["self_evaluation", "decision"]}).findings
    assert missing.given == "chưa có “xem xét kết quả khắc phục khuyết điểm năm trước”"


def test_an_event_written_twice_is_refused() -> None:
    with pytest.raises(InvalidInput):
        judge.order({"sequence": ["decision", "decision"]})


@pytest.mark.parametrize(
    ("collective", "suggested", "least", "rule_id"),
    [
        ("district_standing_committee", False, 2, "REV-31"),
        ("district_standing_committee", True, 2.5, "REV-31"),
        ("provincial_body", False, 1, "REV-32"),
        ("provincial_body", True, 1.5, "REV-32"),
    ],
)
def test_a_review_lasts_its_least_days(collective: str, suggested: bool, least: float, rule_id: str) -> None:
    facts = {"collective": collective, "suggestion_issued": suggested}
    enough = judge.review_duration({**facts, "duration_days": least})
    assert (enough.min_days, enough.allowed) == (least, True)
    assert judge.review_duration({**facts, "duration_days": least - 0.5}).violated_rule_ids == (rule_id,)


def test_other_collectives_review_as_long_as_the_superior_says() -> None:
    result = judge.review_duration({"collective": "other", "suggestion_issued": True, "duration_days": 0})
    assert result.expected() == {"min_days": None, "allowed": True, "violated_rule_ids": []}


_AGENCY = "agency_leadership_collective"
_PLACES: list[tuple[list[str], int, int, set[str]]] = [
    (["ordinary_member"], 5, 50, set()),
    (["executive_committee_member"], 5, 50, {_AGENCY}),
    (["district_standing_committee_member"], 3, 50, {_AGENCY, "same_level_standing_committee"}),
    (["district_standing_committee_member"], 2, 50, {"all_agency_staff", "same_level_standing_committee"}),
    (["party_caucus_member"], 5, 50, {_AGENCY, "own_party_caucus"}),
    (["grassroots_committee_member"], 5, 50, {_AGENCY, "grassroots_executive_committee"}),
    (["manager_not_in_committee"], 5, 50, {_AGENCY}),
    (["one_head_regime_manager"], 1, 30, {"key_cadre_conference"}),
    (["one_head_regime_manager"], 1, 29, {"all_agency_staff"}),
    (
        ["district_standing_committee_member", "one_head_regime_manager", "party_caucus_member"],
        0,
        99,
        {"all_agency_staff", "same_level_standing_committee", "own_party_caucus", _AGENCY},
    ),
    (["executive_committee_member", "one_head_regime_manager"], 4, 10, {_AGENCY, "all_agency_staff"}),
]


@pytest.mark.parametrize(("roles", "leaders", "staff", "places"), _PLACES)
def test_the_places_of_all_roles_are_united(roles: list[str], leaders: int, staff: int, places: set[str]) -> None:
    result = judge.review_place({"roles": roles, "agency_leader_count": leaders, "staff_count": staff})
    assert set(result.places) == places | {"own_cell"}
    assert list(result.places) == sorted(result.places)
    assert result.own_cell_scope == ("full" if roles == ["ordinary_member"] else "member_duties_only")
    asked = {place: rule_ids for place, _, rule_ids in result.reasons}
    assert set(asked) == set(result.places)
    assert asked["own_cell"] == (("REV-03",) if roles == ["ordinary_member"] else ("REV-03", "REV-04"))


def test_a_role_that_hangs_on_the_size_of_the_agency_needs_it() -> None:
    unknown = {"agency_leader_count": None, "staff_count": None}
    assert judge.review_place({"roles": ["manager_not_in_committee"], **unknown}).places
    for role in ("one_head_regime_manager", "district_standing_committee_member"):
        with pytest.raises(InvalidInput):
            judge.review_place({"roles": [role], **unknown})


_PROVINCE, _DISTRICT, _GRASSROOTS = (
    "provincial_standing_committee",
    "district_standing_committee",
    "grassroots_executive_committee",
)


@pytest.mark.parametrize(
    ("kind", "subject_type", "level", "decider", "rule_id"),
    [
        ("party_organisation", "district_party_committee", "district", _PROVINCE, "ORG-AUTH-01"),
        ("party_organisation", "grassroots_cell", "grassroots", _DISTRICT, "ORG-AUTH-02"),
        ("party_organisation", "sectional_party_committee", "grassroots", _GRASSROOTS, "ORG-AUTH-03"),
        ("party_member", "subordinate_cell", "grassroots", "grassroots_party_committee", "MEM-AUTH-01"),
        ("leadership_collective", "party_caucus", "province", _PROVINCE, "COL-AUTH-01"),
        ("leadership_collective", "advisory_body", "province", _PROVINCE, "COL-AUTH-02"),
        ("leadership_collective", "advisory_body", "district", _DISTRICT, "COL-AUTH-02"),
        ("leadership_collective", "district_standing_committee", "district", _PROVINCE, "COL-AUTH-03"),
        ("leadership_collective", "grassroots_committee", "grassroots", _DISTRICT, "COL-AUTH-04"),
        ("leadership_collective", "front_or_socio_political", "district", _DISTRICT, "COL-AUTH-05"),
        ("leadership_collective", "front_or_socio_political", "grassroots", _GRASSROOTS, "COL-AUTH-05"),
        ("leadership_collective", "front_or_socio_political", "province", None, None),
    ],
)
def test_who_decides(kind: str, subject_type: str, level: str, decider: str | None, rule_id: str | None) -> None:
    result = judge.authority({"subject_kind": kind, "subject_type": subject_type, "level": level})
    assert result.expected() == {"decider": decider, "rule_id": rule_id}
    assert bool(result.label) is (decider is not None)


def test_a_type_of_another_kind_is_refused() -> None:
    with pytest.raises(InvalidInput):
        judge.authority({"subject_kind": "party_member", "subject_type": "party_caucus", "level": None})


@pytest.mark.parametrize("leads", [True, False])
def test_the_mass_organisation_takes_part_only_for_its_leaders(leads: bool) -> None:
    employee = judge.participants({"is_public_employee": True, "leads_mass_organisation": leads})
    other = judge.participants({"is_public_employee": False, "leads_mass_organisation": leads})
    assert ("mass_organisation_leadership" in employee.participants) is leads
    assert set(employee.participants) - set(other.participants) == {"head_of_managing_agency", "residence_committee"}
    assert employee.labels[0] == "Chi ủy (chi bộ) nơi đảng viên sinh hoạt"


def test_every_type_of_subject_has_its_participants() -> None:
    book = load_rulebook()
    for kind in ("party_member", "party_organisation", "leadership_collective"):
        for subject_type in book.subject_types(kind):
            found = book.participants(kind, subject_type)
            assert found, (kind, subject_type)
            assert all(book.rule(entry.rule_id).effect == "participants" for entry in found)


def _positions(*levels: tuple[bool, int, str]) -> dict[str, Any]:
    rows = [{"name": f"Chức vụ {rank}", "main": main, "rank": rank, "level": level} for main, rank, level in levels]
    return {"positions": rows}


def test_two_positions_take_the_lower_level_and_ask_even_when_equal() -> None:
    result = judge.multi_position(_positions((True, 2, "good"), (False, 1, "completed"), (False, 3, "not_completed")))
    assert (result.basis_level, result.needs_decision) == ("completed", True)
    assert result.warning_rule_ids == ("GEN-03",)
    equal = judge.multi_position(_positions((True, 2, "good"), (False, 1, "good")))
    assert (equal.basis_level, equal.needs_decision) == ("good", True)


def test_a_single_position_is_its_own_basis() -> None:
    result = judge.multi_position(_positions((True, 1, "good")))
    assert (result.basis_level, result.needs_decision, result.findings) == ("good", False, ())


@pytest.mark.parametrize(
    "facts",
    [
        _positions((True, 1, "good"), (True, 2, "good")),
        _positions((False, 1, "good")),
        _positions((True, 1, "good"), (False, 1, "good")),
        {"positions": []},
    ],
)
def test_positions_that_leave_it_open_are_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        judge.multi_position(facts)
