"""What is exported comes back without a change, through the real Excel file too."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.errors import NotFound
from archive.importing.export import export_content
from archive.importing.run import import_workbook
from archive.records.database import one, open_database
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import nfc
from generator.workbook.read import read
from generator.workbook.write import write
from tests.archive.importing.conftest import CONTENT, Content, Import, as_read, everything


def test_export_and_import_through_excel_change_nothing(database: Database, bring_in: Import, content: Content) -> None:
    book = load_rulebook("hd13_2018")
    campaign = bring_in(content).campaign_id
    exported = export_content(database, campaign)
    before = everything(database)
    back = read(write(exported, book=book), "bang.xlsx", book=book)
    report = import_workbook(database, back, actor="cli")
    assert back.problems == () and report.problems == [] and report.conflicts == [] and report.changes == 0
    assert everything(database) == before and export_content(database, campaign) == exported


def test_one_cell_gets_its_own_rows_and_they_change_nothing(
    database: Database, bring_in: Import, content: Content
) -> None:
    campaign = bring_in(content).campaign_id
    cell = one(database, "SELECT id FROM unit WHERE reference = 'CB1'")
    assert cell is not None
    exported = export_content(database, campaign, cell["id"])
    assert [row["reference"] for row in exported["people"]] == ["DV1", "DV2"]
    assert [row["person"] for row in exported["member_facts"]] == ["DV1", "DV2"]
    assert exported["residence_comments"] == [] and [row["reference"] for row in exported["ballots"]] == ["P1"]
    assert bring_in({key: [dict(row) for row in found] for key, found in exported.items()}).changes == 0


def test_every_member_stands_ready_to_be_filled_in(database: Database, bring_in: Import, content: Content) -> None:
    campaign = bring_in(content).campaign_id
    exported = export_content(database, campaign)
    assert {row["person"] for row in exported["member_facts"]} == {"DV1", "DV2", "DV4"}
    assert [row["person"] for row in exported["member_reviews"]] == ["DV1"]


def test_an_unknown_campaign_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        export_content(database, "nowhere")


_WORDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30)
    .map(nfc)
    .filter(lambda text: text == text.strip() and text.casefold() != "(xóa)")
)
_DAYS = st.dates(date(1950, 1, 1), date(2018, 12, 31))
_MAYBE: dict[str, Any] = {
    "birth_date": st.dates(date(1930, 1, 1), date(1949, 1, 1)),
    "sex": st.sampled_from(["male", "female"]),
    "admitted_on": _DAYS,
    "workplace": _WORDS,
    "residence": _WORDS,
    "note": _WORDS,
    "is_public_employee": st.booleans(),
    "file_number": st.uuids().map(lambda value: value.hex[:12]),
    "card_number": st.uuids().map(lambda value: str(value.int)[:8]),
}
_RATINGS = st.dictionaries(st.sampled_from(["a1", "b2", "dd"]), st.sampled_from(["good", "poor", None]))
_PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "full_name": _WORDS,
            "cell": st.sampled_from(["CB1", "CB2"]),
            "membership_kind": st.sampled_from(["official", "exempt"]),
        },
        optional=_MAYBE,
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None)
@given(
    people=_PEOPLE,
    ratings=st.dictionaries(st.sampled_from(["a1", "b2", "dd"]), st.sampled_from(["good", "poor", None])),
)
def test_any_content_survives_the_way_through_excel(
    people: list[dict[str, Any]], ratings: dict[str, str | None]
) -> None:
    book = load_rulebook("hd13_2018")
    rows = [{"reference": f"DV{number}", **person} for number, person in enumerate(people)]
    seen: set[str] = set()
    for row in rows:  # two people with one number are refused, which is tested elsewhere
        for name in ("card_number", "file_number"):
            if row.get(name) in seen:
                del row[name]
            seen.add(row.get(name, ""))
    content = {
        **{key: CONTENT[key] for key in ("units", "campaign")},
        "people": rows,
        "member_assessments": [{"person": row["reference"], "assessor": "self", "ratings": ratings} for row in rows],
    }
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "hoso.db")
        first = import_workbook(database, as_read(content), actor="cli")
        assert first.problems == []
        exported = export_content(database, first.campaign_id)
        back = read(write(exported, book=book), "bang.xlsx", book=book)
        second = import_workbook(database, back, actor="cli")
        assert (back.problems, second.problems, second.conflicts, second.changes) == ((), [], [], 0)
        for row, kept in zip(rows, exported["people"], strict=True):
            assert {name: kept[name] for name in row} == row
        database.close()
