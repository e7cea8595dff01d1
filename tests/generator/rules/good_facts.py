"""Facts that meet every condition of excellent, to be changed in one place by each test."""

from __future__ import annotations

import copy
from typing import Any

Facts = dict[str, Any]
_MEMBER: Facts = {
    "exempt_from_activities": False,
    "admitted_on": "2010-02-03",
    "evaluated_on": "2018-12-20",
    "review_completed": True,
    "outstanding_evidence": True,
    "criteria": {
        **dict.fromkeys(("a1", "a2", "a3", "a4", "a5", "b1", "b2", "d", "dd"), "excellent"),
        "c": None,
        "e": None,
    },
    "is_public_employee": True,
    "public_employee_rating": "excellent",
    "targets": {"completed": 10, "assigned": 10, "force_majeure": False},
    "degeneration_concluded": False,
    "discipline": {"in_year": False, "already_counted": False},
    "sick_leave": None,
    "card_lost": False,
    "card_loss_force_majeure": False,
    "maternity_leave": False,
}
_ORGANISATION: Facts = {
    "organisation_type": "grassroots_party_committee",
    "has_cell_committee": None,
    "established_on": "2010-05-20",
    "evaluated_on": "2019-01-05",
    "review_completed": True,
    "outstanding_evidence": True,
    "criteria": {**dict.fromkeys(("a1", "a2", "a3", "a4", "b1", "b2", "b3", "c"), "excellent"), "b4": None},
    "subordinates": {"excellent": 1, "good": 9, "completed": 0, "not_completed": 0, "not_classified": 0},
    "peer_bodies": {"government": "good", "fatherland_front": "good", "socio_political": ["good"] * 5},
    "committee_member_discipline": "none",
    "subordinate_committee_discipline": "none",
    "cell_member_discipline": "none",
    "committee_disciplined": False,
    "subordinate_committee_violations": "none",
    "committee_disunity": False,
    "targets": {"completed": 20, "assigned": 20, "force_majeure": False},
}
_COLLECTIVE: Facts = {
    "collective_type": "district_standing_committee",
    "review_completed": True,
    "outstanding_evidence": True,
    "criteria": dict.fromkeys(("s1", "s2", "t1", "t2", "t3", "t4", "r"), "excellent"),
    "member_discipline": "none",
    "collective_disciplined": False,
    "disunity_concluded": False,
    "member_degeneration_concluded": False,
    "targets": {"completed": 20, "assigned": 20, "main_targets_all_met": True, "force_majeure": False},
}
_LEADER: Facts = {"review_completed": True, "criteria_source": "Quy định 04-QĐ/TU ngày 28/11/2017"}
_HEAD: Facts = {"collective_level": "excellent", "organisation_level": "excellent"}

_BASES = {
    "party_member": _MEMBER,
    "party_organisation": _ORGANISATION,
    "leadership_collective": _COLLECTIVE,
    "leader_manager": _LEADER,
    "head": _HEAD,
}


def good_facts(kind: str, **changes: Any) -> Facts:
    """Excellent facts of a kind; `criteria__b1="good"` changes one inside."""
    facts = copy.deepcopy(_BASES[kind])
    for path, value in changes.items():
        *outer, last = path.split("__")
        place = facts
        for name in outer:
            place = place[name]
        place[last] = value
    return facts
