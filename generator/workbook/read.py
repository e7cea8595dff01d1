"""Reading a campaign workbook that people have worked on: every row, and every problem with its place.

People move columns, add rows, type dates as text. Sheets and headings are found by their words without marks and case,
wherever they stand. An empty cell says nothing; only what stands in a cell is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, Optional

from pydantic import ValidationError, create_model

from generator.errors import Place, Problem
from generator.facts.problems import problems_of
from generator.facts.values import Row
from generator.rules.rulebook import Rulebook
from generator.workbook import layout
from generator.workbook.cells import CLEARED, Unreadable, is_blank, read_cell
from generator.workbook.errors import NotAWorkbook
from generator.workbook.headings import find_columns, header_row, nearest, words
from generator.workbook.opening import RawSheet, last_saved_by, open_sheets
from generator.workbook.originals import from_cell
from generator.workbook.sheets import Column, Sheet, sheets
from generator.workbook.values import example_shown


@dataclass(frozen=True)
class WorkbookRow:
    """One row people filled in.

    Args:
        sheet: key of its sheet.
        place: file, sheet and row.
        given: field → value for the filled cells only; None where a cell asks to remove what is kept. `ratings` and
            `sections` hold only the criteria and sections given.
        id: the hidden id of what it was written from; empty in a new row.
        original: what its cells said when the workbook was written, as `originals.digests` gives it; None in a new row.
    """

    sheet: str
    place: Place
    given: Mapping[str, Any]
    id: str = ""
    original: Mapping[str, str] | None = None


@dataclass(frozen=True)
class WorkbookContent:
    """What a workbook says: the rows of each sheet that stands in it, and what could not be read.

    Args:
        workbook_id: of the workbook as it was written, shared by all copies of the file; empty when it is lost.
        saved_by: who saved it last, as Excel notes it; often empty.
    """

    file_name: str
    rows: Mapping[str, tuple[WorkbookRow, ...]]
    problems: tuple[Problem, ...] = ()
    workbook_id: str = ""
    saved_by: str = ""


def read(data: bytes, file_name: str, *, book: Rulebook) -> WorkbookContent:
    """The rows of a workbook and every problem in its cells; a row with a problem is left out of the rows.

    Args:
        data: the file's bytes.
        file_name: as people know it, for the places of problems.
        book: the rulebook whose criteria, levels and forms the columns follow.

    Raises:
        NotAWorkbook: it cannot be opened as an .xlsx, or none of its sheets is one of the campaign workbook.
    """
    known = {words(sheet.title): sheet for sheet in sheets(book).values()}
    found: dict[str, tuple[WorkbookRow, ...]] = {}
    problems: list[Problem] = []
    raws = open_sheets(data)
    for raw in raws:
        sheet = known.get(words(raw.title))
        place = Place(file=file_name, sheet=raw.title)
        if sheet is None:
            problems += _strange_sheet(raw, place, [one.title for one in known.values()])
        elif sheet.key in found:
            problems.append(Problem("workbook.sheet-twice", place, "trang này có hai lần", "Hãy gộp lại một trang"))
        else:
            reading = _Reading(sheet, raw, place, book)
            found[sheet.key] = tuple(reading.rows())
            problems += reading.problems
    if not found:
        raise NotAWorkbook(
            "Tệp Excel không có trang nào của bảng nhập liệu. "
            "Hãy lấy bảng nhập liệu bằng lệnh “hoso workbook” hoặc trên trang Nhập dữ liệu."
        )
    return WorkbookContent(file_name, found, tuple(problems), _workbook_id(raws), last_saved_by(data))


@cache
def given_model(model: type[Row]) -> type[Row]:
    """A row model of the same fields in which any may be left out or removed, for rows that say only what changes."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        kind = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
        fields[name] = (Optional[kind], None)  # noqa: UP045 - a union with | is not defined for every annotation
    return create_model(f"{model.__name__}Given", __base__=Row, **fields)


def _strange_sheet(raw: RawSheet, place: Place, titles: list[str]) -> Iterator[Problem]:
    own = (words(layout.GUIDE_SHEET), words(layout.LISTS_SHEET))
    if words(raw.title) in own or _is_empty(raw):
        return
    near = nearest(raw.title, titles)
    hint = f"Có phải trang “{near}” không? " if near else ""
    message = "trang này không thuộc bảng nhập liệu"
    yield Problem("workbook.unknown-sheet", place, message, f"{hint}Hãy sửa tên trang hoặc xóa trang")


def _workbook_id(raws: Sequence[RawSheet]) -> str:
    for raw in raws:
        if words(raw.title) == words(layout.LISTS_SHEET):
            for row, below in pairwise(raw.rows):
                if row and words(_text(row[0])) == words(layout.WORKBOOK_HEADER):
                    return _text(below[0])
    return ""


def _is_empty(raw: RawSheet) -> bool:
    return all(is_blank(cell) for row in raw.rows for cell in row) and not raw.unreadable


class _Reading:
    """The reading of one sheet; problems gather as rows are read."""

    def __init__(self, sheet: Sheet, raw: RawSheet, place: Place, book: Rulebook) -> None:
        self._sheet, self._raw, self._place, self._book = sheet, raw, place, book
        self._positions: dict[Column | str, int] = {}
        self.problems: list[Problem] = []

    def rows(self) -> Iterator[WorkbookRow]:
        header = header_row(self._sheet, self._raw)
        if header is None:
            if not _is_empty(self._raw):
                message, remedy = (
                    "không tìm thấy dòng tiêu đề cột",
                    "Hãy lấy lại bảng nhập liệu mẫu và chép dữ liệu sang",
                )
                self._note(("workbook.no-header", message, remedy))
            return
        columns, problems = find_columns(self._sheet, self._raw, header, self._place)
        self.problems += problems
        self._positions = {column: position for position, column in columns.items()}
        for index in range(header + 1, len(self._raw.rows)):
            row = self._row(index)
            if row is not None:
                yield row

    def _row(self, index: int) -> WorkbookRow | None:
        cells, number, before = self._raw.rows[index], index + 1, len(self.problems)
        filled: dict[Column | str, Any] = {
            column: cells[position]
            for column, position in self._positions.items()
            if position < len(cells) and (not is_blank(cells[position]) or self._is_unreadable(number, position))
        }
        facts = [one for one in filled if isinstance(one, Column) and one.kind != "information"]
        if not facts or self._is_example(filled, facts, number):
            return None
        given: dict[str, Any] = {}
        for column in facts:
            self._read_into(given, filled[column], column, number)
        identity = _text(filled.get(layout.ID_HEADER))
        given = self._checked(given, number)
        if not identity and len(self.problems) == before:
            self._check_key(given, number)
        if len(self.problems) > before:
            return None
        original = _text(filled.get(layout.ORIGINAL_HEADER))
        place = replace(self._place, row=number)
        return WorkbookRow(self._sheet.key, place, given, identity, from_cell(original) if original else None)

    def _is_unreadable(self, number: int, position: int) -> bool:
        return (number, position + 1) in self._raw.unreadable

    def _is_example(self, filled: Mapping[Column | str, Any], facts: list[Column], number: int) -> bool:
        marked = words(_text(filled.get(layout.MARK_HEADER))) == words(layout.EXAMPLE_MARK)
        if not marked and layout.MARK_HEADER in self._positions:
            return False
        expected = {
            column: value
            for column in self._sheet.facts
            if column in self._positions and (value := example_shown(self._sheet, column, self._book)) is not None
        }
        same = {column: filled[column] for column in facts} == expected
        if marked and not same:
            self._note(
                (
                    "workbook.example",
                    "dòng mang dấu “Ví dụ” đã được sửa nội dung",
                    "Nếu là dữ liệu thật, hãy xóa chữ “Ví dụ” ở đầu dòng; nếu không, hãy xóa cả dòng",
                ),
                row=number,
            )
        return marked or same

    def _read_into(self, given: dict[str, Any], raw: Any, column: Column, number: int) -> None:
        if self._is_unreadable(number, self._positions[column]):
            wrong = (
                "workbook.formula",
                "công thức trong ô báo lỗi hoặc chưa được tính",
                "Hãy ghi giá trị thay công thức",
            )
            self._note(wrong, column=column.header, row=number)
            return
        try:
            value = read_cell(raw, column, self._book)
        except Unreadable as error:
            self._note((error.code, error.message, error.remedy), column=column.header, row=number)
            return
        if value is CLEARED and (column.required or column.kind == "rating"):
            wrong = ("input.missing", "nội dung này không bỏ được", "Hãy ghi giá trị khác hoặc để trống ô")
            self._note(wrong, column=column.header, row=number)
            return
        value = None if value is CLEARED else value
        if column.part:
            given.setdefault(column.field, {})[column.part] = value
        else:
            given[column.field] = value

    def _checked(self, given: dict[str, Any], number: int) -> dict[str, Any]:
        place = replace(self._place, row=number)
        try:
            checked = given_model(self._sheet.model).model_validate(given)
        except ValidationError as error:
            headers = {column.key: column.header for column in self._sheet.facts}
            for detail, problem in zip(
                error.errors(include_url=False), problems_of(error, self._sheet.model, place), strict=True
            ):
                parts = [str(part) for part in detail["loc"]]
                heading = headers.get(".".join(parts[:2])) or headers.get(parts[0], problem.place.column)
                self.problems.append(replace(problem, place=replace(place, column=heading)))
            return {}
        return {name: getattr(checked, name) for name in given}

    def _check_key(self, given: Mapping[str, Any], number: int) -> None:
        for column in self._sheet.facts:
            if column.required and column.field in self._sheet.natural_key and given.get(column.field) is None:
                wrong = ("input.missing", "còn thiếu, mục này bắt buộc phải ghi", "Hãy ghi vào rồi nhập lại")
                self._note(wrong, column=column.header, row=number)

    def _note(self, wrong: tuple[str, str, str], *, column: str = "", row: int | None = None) -> None:
        code, message, remedy = wrong
        self.problems.append(Problem(code, replace(self._place, column=column, row=row), message, remedy))


def _text(raw: Any) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return "" if raw is None else str(raw).strip()
