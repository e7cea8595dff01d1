"""A list of names: every line stands in the answer, with the person, those it may mean, or nobody."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from search.candidate_sheets import named_sheet
from search.candidate_words import named_question, told_list
from search.name_lists import MOST_LINES, ListUnreadable, NameList, in_file, pasted
from search.named_people import FOUND, MISSING, SHOWN, STATES, UNCLEAR, Answered, NamedPeople, results_of_named
from tests.search.conftest import SmallOffice
from tests.search.years_office import BOOK, YearsOffice


@pytest.fixture
def years(small: SmallOffice) -> YearsOffice:
    made = YearsOffice(small)
    made.years("Nguyễn Văn An", {"2018": "good"}, card="00123456", birth_date="1970-05-02")
    made.years("Nguyễn Văn An", {"2018": "excellent"}, "cb10", "00123499", birth_date="1982-11-12")
    made.years("Lê Thị Hòa", {"2017": "good", "2018": "completed"})
    made.years("Lê Thị Hoa", {"2018": "good"})
    made.years("Ông Văn Tám", {"2018": "good"}, birth_date="1960-01-01")
    return made


def answer(years: YearsOffice, given: NameList | str) -> NamedPeople:
    listed = pasted(given) if isinstance(given, str) else given
    return results_of_named(years.database, listed, BOOK, years=2)


def only(years: YearsOffice, line: str) -> Answered:
    (one,) = answer(years, line).lines
    return one


@pytest.mark.parametrize(
    ("line", "name", "born"),
    [
        ("Nguyễn Văn An, 02/05/1970", "Nguyễn Văn An", "1970-05-02"),
        ("nguyen van an\t2.5.1970", "Nguyễn Văn An", "1970-05-02"),
        ("3. Nguyễn Văn An – 1982", "Nguyễn Văn An", "1982-11-12"),
        ("- đ/c Nguyễn Văn An (sinh năm 1982)", "Nguyễn Văn An", "1982-11-12"),
        ("NGUYỄN VĂN AN; 12/11/82", "Nguyễn Văn An", "1982-11-12"),
        ("Nguyễn Văn An 11/1982", "Nguyễn Văn An", "1982-11-12"),
        ("Nguyễn Văn An, Chi bộ Khu 10", "Nguyễn Văn An", "1982-11-12"),
        ("Nguyễn Văn An, số thẻ 00.123.456", "Nguyễn Văn An", "1970-05-02"),
        ("Nguyễn Văn An\t123456", "Nguyễn Văn An", "1970-05-02"),
        ("00123499", "Nguyễn Văn An", "1982-11-12"),
        ("12\t00123499\tNguyễn Văn An", "Nguyễn Văn An", "1982-11-12"),
        ("Lê Thị Hoà", "Lê Thị Hòa", None),
        ("lê thị hoa", "Lê Thị Hoa", None),
        ("Đồng chí Lê Thị Hoa", "Lê Thị Hoa", None),
        ("Ông Văn Tám", "Ông Văn Tám", "1960-01-01"),
        ("Ông Ông Văn Tám", "Ông Văn Tám", "1960-01-01"),
    ],
)
def test_a_line_finds_its_person(years: YearsOffice, line: str, name: str, born: str | None) -> None:
    one = only(years, line)
    assert one.state == FOUND, one
    assert (one.people[0]["name"], one.people[0]["birth_date"]) == (name, born)
    assert one.line.given == line.strip()


@pytest.mark.parametrize(
    ("line", "state", "total", "told"),
    [
        ("Nguyễn Văn An", UNCLEAR, 2, "2 người trùng tên"),
        ("le thi hoa", UNCLEAR, 2, "2 người trùng tên"),
        ("Lê Thi Hoa", UNCLEAR, 2, "gần giống"),
        ("Văn An", UNCLEAR, 2, "gần giống"),
        ("Nguyễn Văn An, 01/01/1999", UNCLEAR, 2, "Ngày sinh trong kho khác"),
        ("Lê Thị Hòa, 1975", UNCLEAR, 1, "chưa có ngày sinh"),
        ("Ông Văn Tám, 1961", UNCLEAR, 1, "Ngày sinh trong kho khác"),
        ("Lê Thị Hòa, 00123456", UNCLEAR, 2, "của người mang tên khác"),
        ("Nguyễn Văn An, 99999999", UNCLEAR, 2, "không có số"),
        ("Phạm Không Ai", MISSING, 0, "không có người nào"),
        ("99999999", MISSING, 0, "không có người nào"),
        ("...", MISSING, 0, "không có"),
    ],
)
def test_what_is_not_certain_is_not_decided(years: YearsOffice, line: str, state: str, total: int, told: str) -> None:
    one = only(years, line)
    assert (one.state, one.total) == (state, total)
    assert told in one.remark
    assert not one.years


def test_a_number_and_name_that_agree_are_found_though_the_birth_date_differs(years: YearsOffice) -> None:
    one = only(years, "Nguyễn Văn An, 00123456, 03/05/1970")
    assert one.state == FOUND
    assert "Ngày sinh trong kho khác" in one.remark


def test_results_by_capacity_with_every_year(years: YearsOffice) -> None:
    person = years.small.person("Trần Bình")
    years.result(person, "2018", None, annulled="good")
    years.result(person, "2018", "excellent", capacity="leader_manager", complaint=True, unit_name="Chi bộ Khu 10")
    one = only(years, "Trần Bình")
    assert {capacity: [year.text for year in told] for capacity, told in one.years.items()} == {
        "member": ["chưa có kết quả", "kết quả đã bị hủy bỏ"],
        "leader_manager": ["chưa có kết quả", "Hoàn thành xuất sắc nhiệm vụ (đang có khiếu nại)"],
    }
    result = one.years["leader_manager"][1].results[0]
    assert (result.place[1], result.complaint) == ("Chi bộ Khu 10", "open")
    assert result.dossier_id
    assert only(years, "Lê Thị Hoa").years["member"][0].text == "chưa có kết quả"


def test_someone_without_any_result_is_found_with_empty_years(years: YearsOffice) -> None:
    years.small.person("Vũ Chưa Có")
    assert [year.state for year in only(years, "Vũ Chưa Có").years["member"]] == ["missing", "missing"]


def test_a_person_merged_into_another_is_found_by_both_names(years: YearsOffice) -> None:
    staying = years.years("Hoàng Văn Em", {"2018": "good"})
    years.years("Hoàng Em", {"2017": "excellent"}, card="00777777", merged_into=staying)
    told = answer(years, "Hoàng Em\n00777777\nHoàng Văn Em")
    assert [one.people[0]["person_id"] for one in told.lines] == [staying] * 3
    assert [year.best for year in told.lines[0].years["member"]] == [True, False]
    assert [one.remark for one in told.lines] == ["", "Trùng với dòng 1.", "Trùng với dòng 1."]


def test_of_very_many_some_are_told_and_how_many_there_are(years: YearsOffice) -> None:
    for _ in range(SHOWN + 5):
        years.small.person("Đỗ Thị Na")
    one = only(years, "Đỗ Thị Na")
    assert (len(one.people), one.total) == (SHOWN, SHOWN + 5)


LINE = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(LINE, max_size=8))
def test_every_line_of_a_text_stands_in_the_list(lines: list[str]) -> None:
    text = "\n".join(lines)
    listed = pasted(text)
    said = {number for number, line in enumerate(text.splitlines(), start=1) if any(map(str.isalnum, line))}
    numbers = [one.number for one in listed.lines]
    assert len(numbers) == len(set(numbers))
    assert len(said - set(numbers)) <= len(listed.headings)
    assert len(pasted(told_list(listed)).lines) == len(listed.lines)


def test_hostile_lines_are_answered_like_any_other(years: YearsOffice) -> None:
    hostile = [
        '=HYPERLINK("x")',
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "Nguyễn\x07An",
        "%",
        "_",
        "*",
        "(((",
        "a" * 900,
    ]
    told = answer(years, "\n".join(hostile))
    assert [one.line.number for one in told.lines] == list(range(1, len(hostile) + 1))
    assert {one.state for one in told.lines} == {MISSING}
    page = load_workbook(
        io.BytesIO(named_sheet(years.database, told, today=date(2026, 11, 22), actor="me"))
    ).active  # fmt: skip
    assert page is not None
    assert '=HYPERLINK("x")' in {cell.value for row in page.iter_rows() for cell in row if cell.data_type == "s"}


def sheet(*rows: list[object]) -> bytes:
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    for row in rows:
        page.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_a_sheet_is_read_by_its_headings(years: YearsOffice) -> None:
    data = sheet(
        ["DANH SÁCH QUY HOẠCH"],
        ["TT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Số thẻ đảng viên", "Điện thoại", "Ghi chú"],
        [1, "Nguyễn Văn An", date(1970, 5, 2), date(1999, 1, 1), None, "0912345678", "x"],
        [2, "Nguyễn Văn An", None, None, 123499, None, None],
        [None, None, None, None, None, None, "không tên"],
        [3, "Lê Thị Hoa", None, None, None, "0912345678", None],
    )
    listed = in_file("ds.xlsx", data)
    told = answer(years, listed)
    assert [(one.line.number, one.state) for one in told.lines] == [
        (3, FOUND), (4, FOUND), (5, MISSING), (6, FOUND)
    ]  # fmt: skip
    assert [one.people[0]["birth_date"] for one in told.lines[:2]] == ["1970-05-02", "1982-11-12"]
    sentences = " ".join(named_question(told))
    assert "cột B của trang" in sentences
    assert "DANH SÁCH QUY HOẠCH" in sentences
    assert answer(years, pasted(told_list(listed))).count(FOUND) == 3


def test_family_and_given_names_in_two_columns(years: YearsOffice) -> None:
    listed = in_file("ds.xlsx", sheet(["STT", "Họ và tên đệm", "Tên"], [1, "Lê Thị", "Hòa"], [2, "Ông Văn", "Tám"]))
    assert [one.state for one in answer(years, listed).lines] == [FOUND, FOUND]


def test_a_sheet_without_headings_and_a_column_that_is_named(years: YearsOffice) -> None:
    bare = sheet([1, "Lê Thị Hoa", "Bí thư chi bộ"], [2, "Nguyễn Văn An", "1982"])
    assert answer(years, in_file("ds.xlsx", bare)).count(FOUND) == 2
    odd = sheet(["Cấp ủy", "Người được giới thiệu"], ["Đảng ủy xã", "Lê Thị Hoa"])
    for column in ("B", "b", "nguoi duoc gioi thieu"):
        told = answer(years, in_file("ds.xlsx", odd, column))
        assert FOUND in {one.state for one in told.lines}
    with pytest.raises(ListUnreadable, match="Không có cột"):
        in_file("ds.xlsx", odd, "Tên gì đó")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file(years: YearsOffice, encoding: str, delimiter: str) -> None:
    lines = [["Họ tên", "Năm sinh"], ["Nguyễn Văn An", "1970"], ['"Lê Thị Hoa"', ""]]
    data = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    told = answer(years, in_file("ds.csv", data))
    assert [(one.line.number, one.state) for one in told.lines] == [(2, FOUND), (3, FOUND)]


def test_a_pasted_table_with_headings_is_a_table(years: YearsOffice) -> None:
    told = answer(years, "TT\tHọ và tên\tNgày sinh\n1\tNguyễn Văn An\t12/11/1982\n2\tAi đó\t")
    assert [(one.line.number, one.state) for one in told.lines] == [(2, FOUND), (3, MISSING)]


def test_what_cannot_be_read_is_refused_with_a_sentence() -> None:
    with pytest.raises(ListUnreadable, match="5000"):
        pasted("An\n" * (MOST_LINES + 1))
    with pytest.raises(ListUnreadable, match="UTF-8"):
        in_file("ds.txt", "Nguyễn".encode("utf-16-le")[1:] + b"\xff\xc3")
    assert in_file("ds.csv", b"").lines == pasted("").lines == in_file("x.xlsx", sheet([])).lines == ()


def test_the_excel_file_has_a_row_for_every_line(years: YearsOffice) -> None:
    told = answer(years, "Lê Thị Hoa\nNguyễn Văn An\nKhông Ai Cả")
    page = load_workbook(io.BytesIO(named_sheet(years.database, told, today=date(2026, 11, 22), actor="me"))).active
    assert page is not None
    rows: list[list[Any]] = [[cell.value for cell in row] for row in page.iter_rows()]
    head = next(index for index, row in enumerate(rows) if row[0] == "TT")
    lines = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
    assert [(row["Dòng"], row["Kết quả tìm"]) for row in lines] == [
        ("1", STATES[FOUND]), ("2", STATES[UNCLEAR]), ("2", STATES[UNCLEAR]), ("3", STATES[MISSING])
    ]  # fmt: skip
    assert lines[0]["Năm 2018"] == "Hoàn thành tốt nhiệm vụ"
    assert lines[0]["Mã hồ sơ"].startswith("2018-m-")
    assert lines[1]["Năm 2018"] is None
