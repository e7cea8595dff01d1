"""What people do to a workbook, and how each mistake is told: sheet, row, column, what is wrong, how to mend it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.rules.rulebook import Rulebook
from generator.vietnamese import nfc
from generator.workbook.errors import NotAWorkbook
from generator.workbook.layout import EXAMPLE_ROW, FIRST_ROW, HEADER_ROW
from generator.workbook.originals import digests
from generator.workbook.read import read
from generator.workbook.sheets import sheets
from generator.workbook.write import write
from tests.generator.workbook.conftest import Fill, codes, column_of, saved

PERSON = {"Mã": "DV1", "Họ và tên": "Nguyễn Văn An", "Chi bộ (mã)": "CB1", "Tình trạng sinh hoạt": "Chính thức"}


def given_of(content: Any, sheet: str = "people") -> dict[str, Any]:
    assert content.problems == ()
    (row,) = content.rows[sheet]
    return dict(row.given)


# What is understood


def test_everything_written_is_read_again(book: Rulebook) -> None:
    content = {key: [{**sheet.example, "id": "abc"}] for key, sheet in sheets(book).items()}
    found = read(write(content, book=book), "bang.xlsx", book=book)
    assert found.problems == ()
    for key, sheet in sheets(book).items():
        (row,) = found.rows[key]
        assert (dict(row.given), row.id, row.original) == (dict(sheet.example), "abc", digests(sheet, row.given))


def test_an_empty_workbook_has_no_rows_and_no_problems(book: Rulebook, empty: bytes) -> None:
    found = read(empty, "bang.xlsx", book=book)
    assert found.problems == ()
    assert all(rows == () for rows in found.rows.values())


@pytest.mark.parametrize(
    "written",
    [
        "5/12/2018", "05-12-2018", "2018-12-05", "5.12.2018", " 05 / 12 / 2018 ", "ngày 5 tháng 12 năm 2018",
        date(2018, 12, 5), datetime(2018, 12, 5), "Ngày 05 tháng 12 năm 2018",  # noqa: DTZ001
    ],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_typed(typed: Fill, written: Any) -> None:
    assert given_of(typed("Đảng viên", {**PERSON, "Ngày sinh": written}))["birth_date"] == date(2018, 12, 5)


@pytest.mark.parametrize("written", ["7h30", "07:30", "7 giờ 30", time(7, 30), "7:30:00"])
def test_an_hour_is_understood_however_it_is_typed(typed: Fill, written: Any) -> None:
    row = {"Mã hội nghị": "HN1", "Đơn vị (mã)": "CB1", "Giờ khai mạc": written}
    assert given_of(typed("Hội nghị", row), "meetings")["opened_at"] == time(7, 30)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Có", True), ("x", True), ("X", True), ("co", True), (True, True), (1, True), ("Không", False), ("khong", False)],
)
def test_yes_and_no_however_they_are_marked(typed: Fill, written: Any, meant: bool) -> None:
    assert given_of(typed("Đảng viên", {**PERSON, "Công chức, viên chức": written}))["is_public_employee"] is meant


@pytest.mark.parametrize("written", ["Chính thức", "chinh thuc", "CHÍNH THỨC", "official", " Chính thức "])
def test_a_choice_is_taken_by_label_or_code_without_marks_and_case(typed: Fill, written: str) -> None:
    assert given_of(typed("Đảng viên", {**PERSON, "Tình trạng sinh hoạt": written}))["membership_kind"] == "official"


@pytest.mark.parametrize("written", ["Hoàn thành tốt nhiệm vụ", "HTTNV", "good", "hoan thanh tot nhiem vu"])
def test_a_level_is_taken_by_name_or_short_name(typed: Fill, written: str) -> None:
    row = {"Mã đảng viên": "DV1", "Xếp loại công chức, viên chức": written}
    assert given_of(typed("Dữ kiện đảng viên", row), "member_facts")["public_employee_rating"] == "good"


def test_not_applicable_is_said_and_differs_from_an_empty_cell(typed: Fill) -> None:
    row = {"Mã đảng viên": "DV1", "Chủ thể đánh giá": "Chi ủy", "I.1. Tư tưởng chính trị": "Không áp dụng"}
    assert given_of(typed("Đánh giá đảng viên (Mẫu 5.1)", row), "member_assessments")["ratings"] == {"a1": None}


def test_decomposed_letters_come_in_composed(typed: Fill) -> None:
    row = {**PERSON, "Họ và tên": unicodedata.normalize("NFD", "Đặng Thị Hoà")}
    assert given_of(typed("Đảng viên", row))["full_name"] == "Đặng Thị Hoà"


def test_a_card_number_kept_as_text_keeps_its_zeros_and_blanks_around_it_go(typed: Fill) -> None:
    assert given_of(typed("Đảng viên", {**PERSON, "Số thẻ đảng viên": " 00123456 "}))["card_number"] == "00123456"


def test_a_year_typed_as_a_number_is_a_code(typed: Fill) -> None:
    row = {"Năm": 2018, "Đơn vị chủ trì (mã)": "DU"}
    assert given_of(typed("Đợt đánh giá", row), "campaign")["period"] == "2018"


def test_an_empty_cell_says_nothing_and_a_cleared_one_says_so(typed: Fill) -> None:
    row = given_of(typed("Đảng viên", {**PERSON, "Nơi cư trú": "(Xóa)", "Ghi chú": "   "}))
    assert row["residence"] is None
    assert "note" not in row and "birth_date" not in row


def test_moved_columns_and_rows_pushed_down_are_found(typed: Fill) -> None:
    def move(sheet: Worksheet) -> None:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(1, 2)
        sheet.insert_cols(4)
        sheet.merge_cells("C1:K2")
        last = sheet.max_column + 1
        name = next(cell.column for cell in sheet[HEADER_ROW + 2] if cell.value == "Họ và tên *")
        for row in range(1, sheet.max_row + 1):
            if row > 2:
                sheet.cell(row, last).value = sheet.cell(row, name).value
                sheet.cell(row, name).value = None

    content = typed("Đảng viên", PERSON, change=move)
    assert given_of(content)["full_name"] == "Nguyễn Văn An"
    assert content.rows["people"][0].place.row == FIRST_ROW + 2


def test_a_workbook_without_some_sheets_is_read(book: Rulebook, empty: bytes) -> None:
    workbook = load_workbook(io.BytesIO(empty))
    for title in workbook.sheetnames[2:]:
        del workbook[title]
    assert set(read(saved(workbook), "bang.xlsx", book=book).rows) == {"campaign"}


def test_ten_thousand_rows_are_read(book: Rulebook) -> None:
    person = {"full_name": "Nguyễn Văn An", "cell": "CB1", "membership_kind": "official"}
    content = {"people": [{"reference": f"DV{number}", **person} for number in range(10_000)]}
    found = read(write(content, book=book), "bang.xlsx", book=book)
    assert (len(found.rows["people"]), found.problems) == (10_000, ())


# What is wrong, each with its sentence


@pytest.mark.parametrize(
    ("title", "row", "heading", "code", "sentence"),
    [
        ("Đảng viên", {**PERSON, "Ngày sinh": "31/02/1980"}, "Ngày sinh", "input.date", "không phải là ngày có thật"),
        ("Đảng viên", {**PERSON, "Ngày sinh": "5/12/18"}, "Ngày sinh", "input.date", "năm có hai chữ số"),
        ("Đảng viên", {**PERSON, "Ngày sinh": 1975}, "Ngày sinh", "input.date", "là số 1975"),
        ("Đảng viên", {**PERSON, "Ngày sinh": "sáng mai"}, "Ngày sinh", "input.date", "không phải là ngày tháng"),
        ("Đảng viên", {**PERSON, "Ngày sinh": "01/01/1492"}, "Ngày sinh", "input.implausible-date", "từ năm 1900"),
        ("Đảng viên", {**PERSON, "Số thẻ đảng viên": 123456}, "Số thẻ đảng viên", "input.lost-zeros", "số 0 ở đầu"),
        ("Đảng viên", {**PERSON, "Họ và tên": date(2018, 12, 5)}, "Họ và tên", "input.text", "tự đổi"),
        ("Đảng viên", {**PERSON, "Ghi chú": 1.10}, "Ghi chú", "input.text", "số thập phân"),
        ("Đảng viên", {**PERSON, "Mã": "ĐV 1"}, "Mã", "input.code", "mã “ĐV 1” viết chưa đúng"),
        ("Đảng viên", {**PERSON, "Mã": None}, "Mã", "input.missing", "còn thiếu"),
        ("Đảng viên", {**PERSON, "Họ và tên": "A" * 301}, "Họ và tên", "input.too-long", "quá 300 ký tự"),
        ("Đảng viên", {**PERSON, "Họ và tên": "An_x0007_"}, "Họ và tên", "input.control-character", "U+0007"),
        ("Đảng viên", {**PERSON, "Họ và tên": "(xóa)"}, "Họ và tên", "input.missing", "không bỏ được"),
        (
            "Đảng viên", {**PERSON, "Tình trạng sinh hoạt": "Chính thc"}, "Tình trạng sinh hoạt", "input.choice",
            "Có phải “Chính thức” không",
        ),
        ("Đảng viên", {**PERSON, "Giới tính": "?"}, "Giới tính", "input.choice", "Hãy chọn: Nam; Nữ"),
        ("Đảng viên", {**PERSON, "Công chức, viên chức": "chắc"}, "Công chức, viên chức", "input.flag", "Có, Không"),
        ("Đợt bỏ phiếu", {"Mã phiếu": "P1", "Phiếu phát ra": 12.5}, "Phiếu phát ra", "input.count", "“12.5”"),
        ("Đợt bỏ phiếu", {"Mã phiếu": "P1", "Phiếu phát ra": "24 phiếu"}, "Phiếu phát ra", "input.count", "số nguyên"),
        ("Đợt bỏ phiếu", {"Mã phiếu": "P1", "Phiếu phát ra": -1}, "Phiếu phát ra", "input.count", "từ 0 trở lên"),
        ("Hội nghị", {"Mã hội nghị": "H1", "Giờ khai mạc": "25h00"}, "Giờ khai mạc", "input.time", "không phải là giờ"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_its_place_and_how_to_mend_it(
    typed: Fill, title: str, row: dict[str, Any], heading: str, code: str, sentence: str
) -> None:
    (problem,) = typed(title, row).problems
    assert problem.code == code
    assert (problem.place.file, problem.place.sheet, problem.place.row) == ("bang.xlsx", title, FIRST_ROW)
    assert problem.place.column == heading
    assert sentence in str(problem)
    assert problem.remedy


def test_all_problems_come_together_and_sound_rows_stay(typed: Fill) -> None:
    content = typed("Đảng viên", {**PERSON, "Ngày sinh": "?", "Giới tính": "?"}, {**PERSON, "Mã": "DV2"}, {"Mã": "a b"})
    assert [(problem.place.row, problem.code) for problem in content.problems] == [
        (5, "input.date"), (5, "input.choice"), (7, "input.code"),
    ]  # fmt: skip
    assert [row.given["reference"] for row in content.rows["people"]] == ["DV2"]


def test_a_column_nobody_knows_is_told_with_the_one_it_may_be(typed: Fill) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet.cell(HEADER_ROW, column_of(sheet, "Nơi cư trú")).value = "Nơi cư chú"

    content = typed("Đảng viên", {**PERSON, "Nơi cư trú": "Khu 1"}, change=rename)
    (problem,) = content.problems
    assert problem.code == "workbook.unknown-column"
    assert "Có phải cột “Nơi cư trú” không" in problem.remedy


def test_a_missing_key_column_a_column_twice_and_no_headings(typed: Fill) -> None:
    def without_key(sheet: Worksheet) -> None:
        sheet.delete_cols(column_of(sheet, "Mã"))

    def twice(sheet: Worksheet) -> None:
        sheet.cell(HEADER_ROW, sheet.max_column + 1).value = "Họ và tên"

    def without_headings(sheet: Worksheet) -> None:
        sheet.delete_rows(HEADER_ROW)

    assert "workbook.missing-column" in codes(typed("Đảng viên", change=without_key).problems)
    assert codes(typed("Đảng viên", change=twice).problems) == ["workbook.column-twice"]
    assert codes(typed("Đảng viên", change=without_headings).problems) == ["workbook.no-header"]


def test_the_example_is_not_read_and_an_edited_example_is_asked_about(typed: Fill) -> None:
    def edit(sheet: Worksheet) -> None:
        sheet.cell(EXAMPLE_ROW, column_of(sheet, "Họ và tên")).value = "Trần Thị Bình"

    def take_mark_away(sheet: Worksheet) -> None:
        edit(sheet)
        sheet.cell(EXAMPLE_ROW, 3).value = None

    assert codes(typed("Đảng viên", change=edit).problems) == ["workbook.example"]
    assert given_of(typed("Đảng viên", change=take_mark_away))["full_name"] == "Trần Thị Bình"


def test_a_formula_that_gave_no_value_is_a_problem_not_an_empty_cell(typed: Fill) -> None:
    content = typed("Đảng viên", {**PERSON, "Ghi chú": "=A1&B1"}, {**PERSON, "Mã": "DV2", "Ghi chú": "#N/A"})
    assert [(problem.code, problem.place.row) for problem in content.problems] == [
        ("workbook.formula", 5), ("workbook.formula", 6),
    ]  # fmt: skip


def test_a_sheet_nobody_knows_is_told_unless_it_is_empty(book: Rulebook, empty: bytes) -> None:
    workbook = load_workbook(io.BytesIO(empty))
    workbook.create_sheet("Trang tính1")
    assert read(saved(workbook), "bang.xlsx", book=book).problems == ()
    workbook.create_sheet("Đảng viên mới")["A1"] = "x"
    (problem,) = read(saved(workbook), "bang.xlsx", book=book).problems
    assert problem.code == "workbook.unknown-sheet"
    assert "Có phải trang “Đảng viên” không" in problem.remedy


# Files that are no workbook


def _zip(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return buffer.getvalue()


def _changed(data: bytes, name: str, change: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            part = source.read(entry)
            target.writestr(entry, change(part) if entry == name else part)
    return buffer.getvalue()


WORD = b"<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"ma,ten\n1,An", "không phải là bảng Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "mật khẩu hoặc là bảng Excel đời cũ"),
        (b"PK\x03\x04 no more", "bị hỏng"),
        (_zip(**{"[Content_Types].xml": WORD}), "văn bản Word đổi đuôi"),
        (_zip(**{"[Content_Types].xml": b"<Types/>"}), "không phải là bảng Excel"),
        (_zip(**{"xl/bomb.xml": bytes(201 * 1024 * 1024)}), "quá lớn khi giải nén"),
        (_zip(**{"[Content_Types].xml": b"<Types>vbaProject</Types>"}), "macro"),
    ],
    ids=["empty", "csv", "encrypted", "cut", "docx", "zip", "bomb", "macro"],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(book: Rulebook, data: bytes, sentence: str) -> None:
    with pytest.raises(NotAWorkbook, match=sentence):
        read(data, "bang.xlsx", book=book)


def test_a_workbook_of_something_else_a_doctype_and_a_cell_far_out_are_refused(book: Rulebook, empty: bytes) -> None:
    other = load_workbook(io.BytesIO(empty))
    for title in other.sheetnames[1:]:
        del other[title]
    far = load_workbook(io.BytesIO(empty))
    far["Đảng viên"]["XFD1048576"] = "x"
    doctype = _changed(empty, "xl/styles.xml", lambda part: b"<!DOCTYPE x [<!ENTITY a 'a'>]>" + part)
    for data, sentence in ((saved(other), "không có trang nào"), (saved(far), "quá xa"), (doctype, "DOCTYPE")):
        with pytest.raises(NotAWorkbook, match=sentence):
            read(data, "bang.xlsx", book=book)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1), cut=st.booleans(), new=st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_but_never_breaks(
    book: Rulebook, empty: bytes, where: float, cut: bool, new: bytes
) -> None:
    at = int(where * (len(empty) - 1))
    damaged = empty[:at] if cut else empty[:at] + new + empty[at + len(new) :]
    try:
        read(damaged, "bang.xlsx", book=book)
    except NotAWorkbook as refusal:
        assert refusal.message.endswith(".")


_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\r\t_x0041"), min_size=1, max_size=60
).filter(lambda text: nfc(text).strip() and nfc(text).strip().casefold() != "(xóa)" and len(nfc(text)) < 200)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXT, min_size=1, max_size=8))
def test_any_text_comes_back_letter_for_letter(book: Rulebook, texts: list[str]) -> None:
    rows = [
        {"person": f"DV{number}", "committee": "Chi ủy Khu 1", "comment": text} for number, text in enumerate(texts)
    ]
    found = read(write({"residence_comments": rows}, book=book), "bang.xlsx", book=book)
    assert found.problems == ()
    assert [row.given["comment"] for row in found.rows["residence_comments"]] == [nfc(text).strip() for text in texts]
