"""One workbook imported again and again, by one clerk or by several with copies of the file, others at work meanwhile.

Every story goes through real Excel files: written, filled in with openpyxl as people do in Excel, read and imported.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlite_utils import Database

from archive.importing.export import export_content
from archive.importing.report import ImportReport
from archive.importing.run import import_workbook
from archive.records.database import one, open_database
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.workbook.layout import FIRST_COLUMN, FIRST_ROW, HEADER_ROW, LISTS_SHEET
from generator.workbook.originals import digests
from generator.workbook.read import read
from generator.workbook.sheets import sheets
from generator.workbook.write import write
from tests.archive.importing.conftest import Content, Import, as_read, everything

PEOPLE, OUTCOMES = "Đảng viên", "Đề xuất – quyết định"
NEW = [
    (PEOPLE, "DV9", "Họ và tên", "Vũ Văn Giang"),
    (PEOPLE, "DV9", "Chi bộ (mã)", "CB1"),
    (PEOPLE, "DV9", "Tình trạng sinh hoạt", "Chính thức"),
]
Give = Callable[..., ImportReport]


@pytest.fixture
def book() -> Rulebook:
    return load_rulebook("hd13_2018")


@pytest.fixture
def workbook(database: Database, bring_in: Import, content: Content, book: Rulebook) -> bytes:
    """The pre-filled workbook of a small đảng bộ, as an office gets it."""
    for person in content["people"]:
        person["residence"] = "Khu cũ"
    return write(export_content(database, bring_in(content).campaign_id), book=book)


def edited(data: bytes, *changes: tuple[str, str, str, Any], saved_by: str | None = None) -> bytes:
    """The file with cells changed: sheet, the row's code, heading, value; a code that is not there begins a new row."""
    file = load_workbook(io.BytesIO(data))
    for title, code, heading, value in changes:
        sheet = file[title]
        headings = {str(cell.value or "").removesuffix(" *"): cell.column or 0 for cell in sheet[HEADER_ROW]}
        codes = {
            str(cell.value): cell.row or 0
            for column in sheet.iter_cols(FIRST_COLUMN, FIRST_COLUMN + 1, min_row=FIRST_ROW)
            for cell in column
            if cell.value
        }
        row = codes.get(code) or 1 + max([FIRST_ROW - 1, *codes.values()])
        sheet.cell(row, FIRST_COLUMN).value = sheet.cell(row, FIRST_COLUMN).value or code
        sheet.cell(row, headings[heading]).value = value
    file.properties.lastModifiedBy = saved_by
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def give(database: Database, book: Rulebook) -> Give:
    """Imports a file as an account does in the pages or on the command line."""

    def run(data: bytes, actor: str = "an", file_name: str = "bang.xlsx") -> ImportReport:
        content = read(data, file_name, book=book)
        assert content.problems == ()
        report = import_workbook(database, content, actor=actor)
        assert report.problems == []
        return report

    return run


def person(database: Database, code: str, field: str = "residence") -> Any:
    found = one(database, f"SELECT {field} AS value FROM person WHERE reference = ?", [code])
    return found["value"] if found else None


def outcome(report: ImportReport) -> tuple[int, int, int]:
    return report.created.total(), report.changed.total(), len(report.conflicts)


# One clerk, one file


def test_a_file_filled_in_further_is_imported_again(database: Database, workbook: bytes, give: Give) -> None:
    first = edited(workbook, (PEOPLE, "DV1", "Đơn vị công tác", "Trạm y tế"), (PEOPLE, "DV2", "Ghi chú", "Nghỉ hưu"))
    assert outcome(give(first)) == (0, 2, 0)
    second = edited(first, (PEOPLE, "DV1", "Ghi chú", "Tổ trưởng"), (PEOPLE, "DV4", "Ghi chú", "Mới chuyển đến"))
    assert outcome(give(second)) == (0, 2, 0)
    assert (person(database, "DV1", "workplace"), person(database, "DV1", "note")) == ("Trạm y tế", "Tổ trưởng")


def test_a_cell_imported_before_may_be_corrected_in_the_same_file(
    database: Database, workbook: bytes, give: Give
) -> None:
    first = edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"), saved_by="Văn thư")
    second = edited(first, (PEOPLE, "DV1", "Nơi cư trú", "Khu 2"), saved_by="Văn thư")
    give(first)
    assert outcome(give(second)) == (0, 1, 0)
    assert person(database, "DV1") == "Khu 2"
    third = edited(second, (PEOPLE, "DV1", "Nơi cư trú", "Khu 3"), saved_by="Văn thư")
    assert outcome(give(third)) == (0, 1, 0)
    assert person(database, "DV1") == "Khu 3"


def test_an_imported_file_imported_again_changes_nothing_at_all(
    database: Database, workbook: bytes, give: Give
) -> None:
    file = edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"), *NEW)
    assert outcome(give(file)) == (1, 1, 0)
    before = everything(database)
    assert outcome(give(file)) == (0, 0, 0)
    assert everything(database) == before


def test_a_new_row_may_be_filled_in_further_and_corrected(database: Database, workbook: bytes, give: Give) -> None:
    first = edited(workbook, *NEW)
    give(first)
    second = edited(first, (PEOPLE, "DV9", "Nơi cư trú", "Khu 9"), (PEOPLE, "DV9", "Họ và tên", "Vũ Văn Giáng"))
    assert outcome(give(second)) == (0, 1, 0)
    assert (person(database, "DV9"), person(database, "DV9", "full_name")) == ("Khu 9", "Vũ Văn Giáng")


def test_facts_and_outcome_of_one_evaluation_are_changed_in_turn(
    database: Database, workbook: bytes, give: Give
) -> None:
    first = edited(workbook, ("Dữ kiện đảng viên", "DV1", "Số chỉ tiêu hoàn thành", 7))
    assert outcome(give(first)) == (0, 1, 0)
    second = edited(first, (OUTCOMES, "DV1", "Mức quyết định", "Hoàn thành nhiệm vụ"))
    assert outcome(give(second)) == (0, 1, 0)
    assert one(database, "SELECT level FROM decision WHERE level = 'completed'")


def test_a_cleared_cell_removes_once(database: Database, workbook: bytes, give: Give) -> None:
    file = edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "(xóa)"))
    assert outcome(give(file)) == (0, 1, 0)
    assert person(database, "DV1") is None
    assert outcome(give(file)) == (0, 0, 0)


# Others at work meanwhile


def test_what_someone_changed_meanwhile_is_listed_and_left(
    database: Database, workbook: bytes, give: Give, bring_in: Import
) -> None:
    bring_in({"people": [{"reference": "DV1", "residence": "Khu 7"}]})
    report = give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"), (PEOPLE, "DV2", "Nơi cư trú", "Khu 2")))
    (conflict,) = report.conflicts
    assert conflict.code == "import.changed-meanwhile"
    (difference,) = conflict.differences
    assert (difference.column, difference.kept, difference.given) == ("Nơi cư trú", "Khu 7", "Khu 1")
    assert dict(report.changed) == {"people": 1} and report.saved
    assert (person(database, "DV1"), person(database, "DV2")) == ("Khu 7", "Khu 2")


def test_what_someone_changed_between_two_imports_of_a_file_is_a_conflict(
    database: Database, workbook: bytes, give: Give, bring_in: Import
) -> None:
    first = edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"))
    give(first)
    bring_in({"people": [{"reference": "DV1", "residence": "Khu 7"}]})
    assert outcome(give(edited(first, (PEOPLE, "DV1", "Nơi cư trú", "Khu 2")))) == (0, 0, 1)
    assert person(database, "DV1") == "Khu 7"


def test_a_cell_nobody_touched_in_the_file_does_not_undo_the_work_of_others(
    database: Database, workbook: bytes, give: Give, bring_in: Import
) -> None:
    first = edited(workbook, (PEOPLE, "DV1", "Đơn vị công tác", "Trạm y tế"))
    give(first)
    bring_in({"people": [{"reference": "DV1", "residence": "Khu 7", "workplace": "Trường học"}]})
    assert outcome(give(edited(first, (PEOPLE, "DV1", "Ghi chú", "Tổ trưởng")))) == (0, 1, 0)
    assert [person(database, "DV1", field) for field in ("residence", "workplace", "note")] == [
        "Khu 7", "Trường học", "Tổ trưởng",
    ]  # fmt: skip


def test_two_who_write_the_same_do_not_quarrel(workbook: bytes, give: Give, bring_in: Import) -> None:
    bring_in({"people": [{"reference": "DV1", "residence": "Khu 1"}]})
    assert outcome(give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1")))) == (0, 0, 0)


# Copies of one file


@pytest.mark.parametrize(
    ("hand", "saved_by"),
    [({"actor": "binh"}, "Văn thư"), ({"file_name": "bang (2).xlsx"}, "Văn thư"), ({}, "Bình")],
    ids=["another account", "another name of the file", "saved by another"],
)
def test_a_copy_of_the_file_does_not_overwrite_the_other(
    database: Database, workbook: bytes, give: Give, hand: dict[str, str], saved_by: str
) -> None:
    give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"), saved_by="Văn thư"))
    copy = edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 2"), (PEOPLE, "DV2", "Ghi chú", "x"), saved_by=saved_by)
    for _ in range(2):
        report = give(copy, **hand)
        assert [conflict.code for conflict in report.conflicts] == ["import.changed-meanwhile"]
        assert (person(database, "DV1"), person(database, "DV2", "note")) == ("Khu 1", "x")


@pytest.mark.parametrize(
    "stale", [("DV2", "Nơi cư trú"), ("DV2", "Đơn vị công tác")], ids=["says the old again", "is still empty"]
)
def test_a_copy_that_nothing_else_tells_apart_is_known_by_what_it_does_not_say(
    database: Database, workbook: bytes, give: Give, stale: tuple[str, str]
) -> None:
    give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1"), (PEOPLE, *stale, "Khu 1")))
    report = give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 2")))
    assert "Khu 2" in {difference.given for conflict in report.conflicts for difference in conflict.differences}
    assert (report.changes, person(database, "DV1")) == (0, "Khu 1")
    field = {"Nơi cư trú": "residence", "Đơn vị công tác": "workplace"}[stale[1]]
    assert person(database, stale[0], field) == "Khu 1"


def test_two_copies_that_fill_in_different_cells_are_both_taken(
    database: Database, workbook: bytes, give: Give
) -> None:
    give(edited(workbook, (PEOPLE, "DV1", "Nơi cư trú", "Khu 1")))
    copy = edited(workbook, (PEOPLE, "DV1", "Ghi chú", "Tổ trưởng"))
    assert outcome(give(copy, actor="binh")) == (0, 1, 0)
    assert (person(database, "DV1"), person(database, "DV1", "note")) == ("Khu 1", "Tổ trưởng")


def test_the_same_new_person_in_two_copies_is_a_conflict_where_they_differ(
    database: Database, workbook: bytes, give: Give
) -> None:
    give(edited(workbook, *NEW, (PEOPLE, "DV9", "Nơi cư trú", "Khu 1")))
    assert outcome(give(edited(workbook, *NEW, (PEOPLE, "DV9", "Nơi cư trú", "Khu 2")), actor="binh")) == (0, 0, 1)
    assert outcome(give(edited(workbook, *NEW, (PEOPLE, "DV9", "Ghi chú", "x")), actor="binh")) == (0, 1, 0)
    assert (person(database, "DV9"), person(database, "DV9", "note")) == ("Khu 1", "x")


def test_a_workbook_whose_lists_are_lost_is_still_merged_cell_by_cell(
    database: Database, workbook: bytes, give: Give, bring_in: Import
) -> None:
    file = load_workbook(io.BytesIO(edited(workbook, (PEOPLE, "DV1", "Ghi chú", "x"))))
    del file[LISTS_SHEET]
    buffer = io.BytesIO()
    file.save(buffer)
    bring_in({"people": [{"reference": "DV1", "residence": "Khu 7"}]})
    assert outcome(give(buffer.getvalue())) == (0, 1, 0)
    assert (person(database, "DV1"), person(database, "DV1", "note")) == ("Khu 7", "x")


_CELLS = ("residence", "workplace", "note")
_STEP = st.tuples(
    st.sampled_from(["an", "binh", "office"]), st.sampled_from(_CELLS), st.sampled_from(["Khu 1", "Khu 2", "Khu 3"])
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(_STEP, max_size=8))
def test_a_copy_replaces_only_what_was_written_or_what_it_gave_itself(steps: list[tuple[str, str, str]]) -> None:
    """Two clerks fill in copies of a file while the office types too, in any order: nobody replaces another's value."""
    database = open_database(Path(":memory:"))
    unit = {"reference": "CB1", "name": "Chi bộ", "type": "grassroots_cell"}
    start = {"reference": "DV1", "full_name": "An", "cell": "CB1", "membership_kind": "official", "residence": "Khu cũ"}
    import_workbook(database, as_read({"units": [unit], "people": [start]}), actor="office")
    (exported,) = export_content(database)["people"]
    sheet = sheets(load_rulebook("hd13_2018"))["people"]
    files = {clerk: dict(exported) for clerk in ("an", "binh")}
    gave: dict[tuple[str, str], Any] = {}
    for who, cell, value in steps:
        before = {name: person(database, "DV1", name) for name in _CELLS}
        if who == "office":
            import_workbook(database, as_read({"people": [{"reference": "DV1", cell: value}]}), actor="office")
            continue
        files[who][cell] = value
        content = as_read({"people": [files[who]]})
        (row,) = content.rows["people"]
        content = replace(
            content,
            rows={"people": (replace(row, original=digests(sheet, exported)),)},
            workbook_id="bang",
            saved_by=who,
        )
        report = import_workbook(database, content, actor=who)
        after = {name: person(database, "DV1", name) for name in _CELLS}
        for name in _CELLS:
            if after[name] != before[name]:
                assert before[name] in (exported[name], gave.get((who, name)))
            if not report.conflicts and files[who][name] != exported[name]:
                assert after[name] == files[who][name] or gave.get((who, name)) == files[who][name]
                gave[who, name] = files[who][name]
        others = {other for other, _, _ in steps} - {who}
        assert others or not report.conflicts
    database.close()
