"""A small đảng bộ as its workbook tells of it, imported into a fresh database."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from archive.importing.report import ImportReport
from archive.importing.run import import_workbook
from archive.records.database import open_database, rows
from generator.errors import Place
from generator.workbook.read import WorkbookContent, WorkbookRow

Content = dict[str, list[dict[str, Any]]]
Import = Callable[..., ImportReport]

CONTENT: Content = {
    "units": [
        {"reference": "CB1", "name": "Chi bộ Khu 1", "type": "subordinate_cell", "parent": "DU", "has_committee": True},
        {"reference": "DU", "name": "Đảng bộ xã Thanh Lâm", "type": "grassroots_party_committee"},
        {"reference": "CB2", "name": "Chi bộ Khu 2", "type": "subordinate_cell", "parent": "DU"},
        {"reference": "UBND", "name": "UBND xã", "type": "government"},
        {"reference": "KHAC", "name": "Chi bộ nơi khác", "type": "grassroots_cell"},
    ],
    "people": [
        {
            "reference": "DV1", "full_name": "Nguyễn Văn An", "birth_date": date(1975, 3, 20),
            "card_number": "00000001", "cell": "CB1", "membership_kind": "official", "admitted_on": date(2000, 1, 1),
        },
        {
            "reference": "DV2", "full_name": "Trần Thị Bình", "birth_date": date(1980, 1, 2), "file_number": "000002PT",
            "cell": "CB1", "membership_kind": "exempt",
        },
        {"reference": "DV3", "full_name": "Lê Văn Cường", "cell": "CB2", "membership_kind": "transferred_out"},
        {"reference": "DV4", "full_name": "Phạm Thị Dung", "cell": "CB2", "membership_kind": "probationary"},
        {"reference": "DV5", "full_name": "Hoàng Văn Em", "cell": "KHAC", "membership_kind": "official"},
    ],
    "positions": [
        {"person": "DV1", "position_field": "party", "title": "Bí thư", "unit": "DU", "is_head": True, "is_main": True},
    ],
    "collectives": [
        {
            "reference": "TT1", "name": "Ban Chấp hành", "type": "grassroots_committee", "level": "grassroots",
            "unit": "DU", "party_organisation": "DU",
        }
    ],
    "collective_members": [{"collective": "TT1", "person": "DV1", "role": "head"}],
    "campaign": [{"period": "2018", "owner": "DU", "place": "Thanh Lâm", "evaluated_on": date(2018, 12, 28)}],
    "member_facts": [{"person": "DV1", "review_completed": True, "targets_assigned": 8, "targets_completed": 8}],
    "member_assessments": [
        {"person": "DV1", "assessor": "self", "ratings": {"a1": "good", "e": None}, "level": "good"},
    ],
    "member_reviews": [{"person": "DV1", "sections": {"targets": "Hoàn thành\n8/8 chỉ tiêu"}}],
    "residence_comments": [{"person": "DV4", "committee": "Chi ủy Khu 2", "satisfied": True}],
    "shortcomings": [
        {"subject_kind": "unit", "subject": "CB1", "found_period": "2017", "text": "Họp chậm", "status": "open"}
    ],
    "organisation_facts": [{"unit": "CB1", "review_completed": True, "committee_member_discipline": "none"}],
    "organisation_reviews": [{"unit": "CB1", "sections": {"shortcomings": "Họp chậm"}}],
    "collective_facts": [{"collective": "TT1", "review_completed": True}],
    "leader_facts": [{"person": "DV1", "title": "Bí thư Đảng ủy", "collective": "TT1", "claimed_level": "good"}],
    "peer_results": [{"unit": "UBND", "level": "good"}],
    "meetings": [{"reference": "HN1", "unit": "CB1", "kind": "review_cell", "held_on": date(2018, 12, 15)}],
    "ballots": [
        {"reference": "P1", "unit": "CB1", "kind": "member_round1", "entitled": 2, "issued": 2, "returned": 2},
        {"reference": "P2", "unit": "DU", "kind": "decision_organisations", "entitled": 9, "issued": 9, "returned": 9},
    ],
    "tallies": [
        {"ballot": "P1", "subject": "DV1", "good": 2, "completed": 0, "not_completed": 0},
        {"ballot": "P2", "subject": "CB1", "good": 9},
        {"ballot": "P2", "subject": "TT1", "good": 8, "completed": 1},
    ],
    "outcomes": [
        {
            "capacity": "member", "subject": "DV1", "proposed_level": "good", "decided_level": "good",
            "decision_number": "15-QĐ/ĐU", "decided_on": date(2019, 1, 5),
        }
    ],
    "past_results": [{"capacity": "member", "subject": "DV1", "period": "2017", "level": "completed"}],
}  # fmt: skip


def as_read(content: Mapping[str, list[dict[str, Any]]]) -> WorkbookContent:
    """The content as a workbook that holds it would be read, typed by hand: it carries no hidden cells but ids."""
    found = {
        sheet: tuple(
            WorkbookRow(
                sheet,
                Place("bang.xlsx", sheet, number),
                {name: value for name, value in row.items() if name not in ("id", "revision") and value is not None},
                row.get("id", ""),
            )
            for number, row in enumerate(given, start=5)
        )
        for sheet, given in content.items()
    }
    return WorkbookContent("bang.xlsx", found)


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table: what must not change when an import is refused."""
    names = [row["name"] for row in rows(database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: rows(database, f"SELECT * FROM {name}") for name in names}


@pytest.fixture
def content() -> Content:
    return copy.deepcopy(CONTENT)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "hoso.db")
    yield opened
    opened.close()


@pytest.fixture
def bring_in(database: Database) -> Import:
    """Imports content as the command line does."""

    def run(content: Mapping[str, list[dict[str, Any]]], **options: Any) -> ImportReport:
        return import_workbook(database, as_read(content), actor="cli", **options)

    return run
