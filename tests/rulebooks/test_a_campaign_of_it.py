"""A quarter of a commune, judged from its picture by the same judge as a year of 2018."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Assessment, Campaign, Evaluation, Person, Unit
from archive.campaigns.verdicts import CampaignJudge
from generator.rules.rulebook import Rulebook

_SCORED_ON = date(2025, 10, 2)


def _unit(key: str, name: str, kind: str, parent: str | None = None) -> Unit:
    return Unit(key, key, name, None, kind, parent, None, None, None, None, kind == "residential_cell", True)


def _nothing(kind: Any) -> dict[str, Any]:
    """None for every field that must be given; the others keep their defaults."""
    return {one.name: None for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING}


def _person(key: str, cell: str) -> Person:
    values = _nothing(Person)
    values.update(id=key, reference=key, full_name=f"Đảng viên {key}", cell_id=cell, membership_kind="official")
    return Person(**{**values, "is_public_employee": False, "cell_is_residential": True, "positions": ()})


def _evaluation(key: str, capacity: str, unit: str, level: str, **points: int) -> Evaluation:
    values = _nothing(Evaluation)
    scored = Assessment("self", None, dict[str, Any](points), level, None, _SCORED_ON)
    values.update(id=key, capacity=capacity, unit_id=unit, facts={"review_completed": True}, sections={})
    values.update(proposed_level=level, assessments=(scored,), shortcomings=())
    values |= {"person_id": key} if capacity == "member" else {"organisation_id": unit}
    return Evaluation(**values)


def _picture(levels: dict[str, str]) -> Picture:
    units = {
        "DU": _unit("DU", "Đảng bộ phường Vân Hòa", "commune_committee"),
        "CB1": _unit("CB1", "Chi bộ Tổ dân phố 1", "residential_cell", "DU"),
    }
    members = [
        _evaluation(key, "member", "CB1", level, conduct=28, work=50 if level == "good" else 30, initiative=2)
        for key, level in levels.items()
    ]
    cell = _evaluation("cell", "party_organisation", "CB1", "good", building=35, results=50)
    return Picture(
        campaign=Campaign("c", "2025-Q3", "score_2025", "DU", "Vân Hòa", _SCORED_ON, None, {}),
        units=units,
        people={key: _person(key, "CB1") for key in levels},
        collectives={},
        evaluations={one.id: one for one in (*members, cell)},
        ballots=(),
        meetings=(),
        peers={},
        residence={},
    )


def test_each_subject_is_judged_by_points_and_the_group_by_its_share(book: Rulebook) -> None:
    levels = {"A": "good", "B": "good", "C": "fair", "D": "fair"}
    judged = CampaignJudge(_picture(levels), book).judged()
    assert {one.evaluation_id: one.refused for one in judged.subjects.values()} == dict.fromkeys(
        [*levels, "cell"], False
    )
    assert judged.subjects["A"].highest == "good"
    quotas = {group: result.violated_rule_ids for group, result in judged.quotas}
    assert quotas == {"Đảng viên Đảng bộ phường Vân Hòa": ("P-25",), "Chi bộ Đảng bộ phường Vân Hòa": ("P-25",)}
    assert judged.decided_quota.expected() == {
        "reached": 2,
        "most": 1,
        "allowed": False,
        "violated_rule_ids": ["P-25"],
    }


def test_a_cell_feels_the_levels_of_its_members(book: Rulebook) -> None:
    judged = CampaignJudge(_picture({"A": "good", "B": "weak"}), book).judged()
    (refused,) = judged.refused
    assert (refused.evaluation_id, refused.highest) == ("cell", "fair")
    assert [finding.rule_id for finding in refused.errors] == ["P-BELOW"]
