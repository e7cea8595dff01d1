"""The workbook as it opens in Excel."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openxml_audit import OpenXmlValidator

from generator.rules.rulebook import Rulebook
from generator.workbook.layout import EXAMPLE_ROW, FIRST_ROW, GUIDE_SHEET, HEADER_ROW, LISTS_SHEET
from generator.workbook.read import read
from generator.workbook.sheets import sheets
from generator.workbook.write import write
from tests.generator.workbook.conftest import column_of

PERSON: dict[str, Any] = {
    "reference": "DV7", "full_name": "Đặng Thị Hoà", "birth_date": date(1980, 2, 3), "card_number": "00123456",
    "cell": "CB1", "membership_kind": "official", "is_public_employee": False, "note": "=SUM(A1)",
    "id": "abc", "revision": 4,
}  # fmt: skip
UNIT: dict[str, Any] = {"reference": "CB1", "name": "Chi bộ Khu 1", "type": "subordinate_cell"}


def test_same_content_gives_the_same_bytes(book: Rulebook) -> None:
    content = {"people": [PERSON], "units": [UNIT]}
    assert write(content, book=book) == write(content, book=book)


def test_sheets_stand_in_order_behind_the_guide(book: Rulebook, empty: bytes) -> None:
    workbook = load_workbook(io.BytesIO(empty))
    assert workbook.sheetnames == [GUIDE_SHEET, *(sheet.title for sheet in sheets(book).values()), LISTS_SHEET]
    assert workbook[LISTS_SHEET].sheet_state == "hidden"


def test_a_sheet_has_title_frozen_headings_notes_and_an_example(empty: bytes) -> None:
    sheet = load_workbook(io.BytesIO(empty))["Đảng viên"]
    assert sheet["C1"].value == "Đảng viên"
    assert any(str(merged).startswith("C1:") for merged in sheet.merged_cells.ranges)
    assert sheet.freeze_panes == f"F{EXAMPLE_ROW}"  # code and name stay in sight
    header = sheet.cell(HEADER_ROW, column_of(sheet, "Ngày vào Đảng"))
    assert header.comment and "13-HD/TU, V.1" in header.comment.text
    assert sheet.cell(HEADER_ROW, column_of(sheet, "Họ và tên")).value == "Họ và tên *"
    assert sheet.cell(EXAMPLE_ROW, 3).value == "Ví dụ"


def test_codes_are_text_days_are_days_and_ids_are_hidden(book: Rulebook) -> None:
    sheet = load_workbook(io.BytesIO(write({"people": [PERSON], "units": [UNIT]}, book=book)))["Đảng viên"]
    card = sheet.cell(FIRST_ROW, column_of(sheet, "Số thẻ đảng viên"))
    assert (card.value, card.number_format) == ("00123456", "@")
    born = sheet.cell(FIRST_ROW, column_of(sheet, "Ngày sinh"))
    assert (str(born.value), born.number_format) == ("1980-02-03 00:00:00", "dd/mm/yyyy")
    assert sheet.cell(FIRST_ROW, column_of(sheet, "Tình trạng sinh hoạt")).value == "Chính thức"
    assert sheet["A5"].value == "abc" and "full_name=" in str(sheet["B5"].value)
    assert sheet.column_dimensions["A"].hidden and sheet.column_dimensions["B"].hidden


def test_a_text_that_looks_like_a_formula_stays_a_text(book: Rulebook) -> None:
    sheet = load_workbook(io.BytesIO(write({"people": [PERSON]}, book=book)))["Đảng viên"]
    note = sheet.cell(FIRST_ROW, column_of(sheet, "Ghi chú"))
    assert (note.value, note.data_type) == ("=SUM(A1)", "s")


def test_names_are_shown_beside_codes(book: Rulebook) -> None:
    content = {"people": [PERSON], "units": [UNIT], "member_facts": [{"person": "DV7"}]}
    sheet = load_workbook(io.BytesIO(write(content, book=book)))["Dữ kiện đảng viên"]
    shown = [sheet.cell(FIRST_ROW, column_of(sheet, f"{name} (để xem)")).value for name in ("Họ và tên", "Chi bộ")]
    assert shown == ["Đặng Thị Hoà", "Chi bộ Khu 1"]


def test_choices_drop_down_from_the_hidden_sheet_with_labels(empty: bytes) -> None:
    workbook = load_workbook(io.BytesIO(empty))
    sheet = workbook["Đánh giá đảng viên (Mẫu 5.1)"]
    letter = get_column_letter(column_of(sheet, "I.1. Tư tưởng chính trị"))
    rule = next(
        one
        for one in sheet.data_validations.dataValidation
        if any(str(part).startswith(letter) for part in one.sqref.ranges)
    )
    shown = [row[0].value for row in workbook[LISTS_SHEET][rule.formula1.split("!")[1].replace("$", "")]]
    assert shown == ["Xuất sắc", "Tốt", "Trung bình", "Kém", "Không áp dụng"]


def test_the_file_is_sound_open_xml(book: Rulebook, tmp_path: object) -> None:
    path = f"{tmp_path}/bang.xlsx"
    data = write({"people": [PERSON], "units": [UNIT]}, book=book)
    with open(path, "wb") as file:  # noqa: PTH123 - the validator wants a path as text
        file.write(data)
    errors = [str(error) for error in OpenXmlValidator().validate(path).errors]
    # openpyxl orders the children of <font> its own way and writes texts inline; Excel reads both.
    assert [error for error in errors if "font" not in error and "inline-string" not in error] == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_an_unknown_sheet_is_a_mistake_of_the_caller(book: Rulebook) -> None:
    with pytest.raises(KeyError):
        write({"nguoi": []}, book=book)


def test_a_row_is_as_high_as_its_texts_and_grows_with_what_is_typed(book: Rulebook) -> None:
    comment = {"person": "DV7", "committee": "Chi ủy Khu 1", "comment": "Gương mẫu. " * 30}
    data = write({"residence_comments": [comment, {**comment, "comment": "Tốt"}]}, book=book)
    sheet = load_workbook(io.BytesIO(data))["Nhận xét nơi cư trú"]
    long, short = (sheet.row_dimensions[FIRST_ROW + number].height for number in (0, 1))
    assert long > 4 * short
    part = "xl/worksheets/sheet11.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rows = re.findall(r'<row r="(\d+)"([^>]*)>', package.read(part).decode())
    assert {number for number, marks in rows if "customHeight" in marks} == {"1", str(HEADER_ROW)}


def test_a_text_no_cell_can_hold_is_left_out_and_stays_as_it_is_kept(book: Rulebook) -> None:
    rows = [{"id": "abc", "person": "DV7", "sections": {"targets": "a" * 40_000, "plan": "Học thêm"}}]
    data = write({"member_reviews": rows}, book=book)
    (row,) = read(data, "bang.xlsx", book=book).rows["member_reviews"]
    assert row.given["sections"] == {"plan": "Học thêm"}
    sheet = load_workbook(io.BytesIO(data))["Tự kiểm điểm (Mẫu 2)"]
    assert any(cell.comment and "dài hơn một ô" in cell.comment.text for cell in sheet[FIRST_ROW])


def test_a_choice_can_be_cleared_and_prints_repeat_whom_a_row_is_about(empty: bytes) -> None:
    sheet = load_workbook(io.BytesIO(empty))["Đảng viên"]
    letter = get_column_letter(column_of(sheet, "Giới tính"))
    (rule,) = (one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(letter))
    assert rule.errorStyle == "warning" and "(xóa)" in str(rule.error)
    assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}" and sheet.print_title_cols == "$C:$E"
    assert sheet.page_setup.fitToWidth == 2


def test_copies_share_an_id_and_other_content_has_another(book: Rulebook, empty: bytes) -> None:
    ids = [
        read(data, "bang.xlsx", book=book).workbook_id
        for data in (empty, write({"people": [PERSON]}, book=book), write({"people": [PERSON]}, book=book))
    ]
    assert ids[0] and ids[0] != ids[1] == ids[2]
