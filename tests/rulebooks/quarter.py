"""A quarter of one commune as its office types it: a cell of eight, scored, voted on and decided."""

from __future__ import annotations

from datetime import date
from typing import Any

Rows = dict[str, list[dict[str, Any]]]
LEVELS = {
    "DV1": "outstanding", "DV2": "good", "DV3": "fair", "DV4": "fair",
    "DV5": "fair", "DV6": "fair", "DV7": "fair", "DV8": "weak",
}  # fmt: skip
NAMES = {
    "DV1": "Lý Thị Sen", "DV2": "Hà Văn Đông", "DV3": "Mai Thị Vân", "DV4": "Đỗ Hữu Hòa",
    "DV5": "Tạ Quang Lộc", "DV6": "Bùi Thị Ngà", "DV7": "Phan Văn Sửu", "DV8": "Cao Thế Anh",
}  # fmt: skip
_WORK = {"outstanding": 58, "good": 45, "fair": 30, "weak": 12}
_DAY = date(2025, 10, 2)


def register() -> Rows:
    """Units and people, known before any quarter is opened."""
    cell = {"reference": "CB1", "name": "Chi bộ Tổ dân phố 1", "type": "residential_cell", "parent": "DU"}
    return {
        "units": [{"reference": "DU", "name": "Đảng bộ phường Vân Hòa", "type": "commune_committee"}, cell],
        "people": [
            {"reference": key, "full_name": name, "cell": "CB1", "membership_kind": "official"}
            for key, name in NAMES.items()
        ],
    }


def year() -> Rows:
    """What was scored, voted and decided."""
    decided = {"decided_by": "Đảng ủy phường Vân Hòa", "decision_number": "5-QĐ/ĐU", "decided_on": date(2025, 10, 4)}
    outcomes = [
        {"capacity": "member", "subject": key, "proposed_level": level, "decided_level": level, **decided}
        for key, level in LEVELS.items()
    ]
    own = {"capacity": "party_organisation", "subject": "CB1", "proposed_level": "fair"}
    return {
        "member_facts": [{"person": key, "review_completed": True, "late_tasks": int(key == "DV8")} for key in LEVELS],
        "member_assessments": [
            {
                "person": key, "assessor": "self", "level": level, "assessed_on": _DAY,
                "ratings": {"conduct": 28, "work": _WORK[level], "initiative": 5},
            }
            for key, level in LEVELS.items()
        ],
        "member_reviews": [{"person": "DV1", "sections": {"work_done": "Cấp đổi 120 hồ sơ đất đai."}}],
        "organisation_facts": [{"unit": "CB1", "review_completed": True}],
        "organisation_assessments": [
            {"unit": "CB1", "assessor": "self", "ratings": {"building": 30, "results": 30}, "level": "fair"}
        ],
        "ballots": [
            {"reference": "BQ1", "unit": "CB1", "kind": "approval", "held_on": _DAY,
             "entitled": 8, "issued": 8, "returned": 8}
        ],
        "tallies": [{"ballot": "BQ1", "subject": key, "approve": 7, "oppose": 1} for key in LEVELS],
        "outcomes": [*outcomes, own],
    }  # fmt: skip
