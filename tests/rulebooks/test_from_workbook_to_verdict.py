"""A quarter typed into the workbook of the other rulebook, imported into an office and judged from its database."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from archive.campaigns.opening import find_campaign
from archive.campaigns.running import situation_of
from archive.importing.run import import_workbook
from archive.office.folder import make_office
from generator.rules.rulebook import Rulebook
from generator.workbook.read import read
from generator.workbook.write import write

_LEVELS = {"DV1": "good", "DV2": "fair", "DV3": "fair", "DV4": "fair"}


def _content() -> dict[str, list[dict[str, Any]]]:
    def scored(person: str, level: str) -> dict[str, Any]:
        ratings = {"conduct": 25, "work": 45 if level == "good" else 30, "initiative": 5}
        return {"person": person, "assessor": "self", "ratings": ratings, "level": level}

    proposals = [
        {"capacity": "member", "subject": person, "proposed_level": level} for person, level in _LEVELS.items()
    ]
    return {
        "campaign": [
            {"period": "2025-Q3", "owner": "DU", "place": "Vân Hòa", "evaluated_on": date(2025, 10, 2)},
        ],
        "units": [
            {"reference": "DU", "name": "Đảng bộ phường Vân Hòa", "type": "commune_committee"},
            {"reference": "CB1", "name": "Chi bộ Tổ dân phố 1", "type": "residential_cell", "parent": "DU"},
        ],
        "people": [
            {"reference": key, "full_name": f"Đảng viên {key}", "cell": "CB1", "membership_kind": "official"}
            for key in _LEVELS
        ],
        "member_facts": [{"person": person, "review_completed": True} for person in _LEVELS],
        "member_assessments": [scored(person, level) for person, level in _LEVELS.items()],
        "organisation_facts": [{"unit": "CB1", "review_completed": True}],
        "organisation_assessments": [
            {"unit": "CB1", "assessor": "self", "ratings": {"building": 40, "results": 55}, "level": "outstanding"}
        ],
        "outcomes": [*proposals, {"capacity": "party_organisation", "subject": "CB1", "proposed_level": "outstanding"}],
    }


def test_a_quarter_is_typed_imported_and_judged(book: Rulebook, tmp_path: Path) -> None:
    database = make_office(tmp_path / "data").connect()
    workbook = read(write(_content(), book=book), "quy-3.xlsx", book=book)
    report = import_workbook(database, workbook, actor="cli", rulebook=book.name)
    assert not report.problems
    judgement = situation_of(database, find_campaign(database, "2025-Q3")).judgement
    assert len(judgement.subjects) == 5
    assert judgement.refused == ()
    assert [result.expected()["reached"] for _, result in judgement.quotas] == [1, 1]
    assert [result.allowed for _, result in judgement.quotas] == [True, False], "one cell of one is above a quarter"
    database.close()
