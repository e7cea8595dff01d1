"""Each rule that decides a level, on its edge: the facts on which it just fails and those on which it still holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

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
