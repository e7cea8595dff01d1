"""Writing the campaign workbook: empty for a new office, or filled with what is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.rules.rulebook import Rulebook
from generator.word import zipping
from generator.workbook import layout, look, originals
from generator.workbook.guide import write_guide
from generator.workbook.sheets import NO, NOT_APPLICABLE, YES, Column, Sheet, labels, sheets
from generator.workbook.values import escaped, example_shown, shown

# Rows of a workbook: sheet key → rows, each field → value as in the row model, with `id` and `revision` where kept.
Content = Mapping[str, Sequence[Mapping[str, Any]]]

_DAY = datetime(2018, 11, 20)  # noqa: DTZ001 - the day of the guidance: the same content gives the same bytes
_ROW = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write(content: Content, *, book: Rulebook) -> bytes:
    """The workbook as an .xlsx file; the same content gives the same bytes.

    Args:
        content: sheet key → rows; a row holds field → value as the sheet's row model has it (codes, dates), and
            optional `id` of what is kept, written to a hidden column together with what the row says now; a `revision`
            only sets workbooks of different days apart. Sheets left out are written empty.
        book: the rulebook whose criteria, levels and forms give the columns.

    Raises:
        KeyError: a sheet of the content does not exist.
    """
    known = sheets(book)
    for key in content:
        known[key]
    workbook = Workbook()
    guide = workbook.active
    assert guide is not None  # noqa: S101 - a new workbook has one sheet
    guide.title = layout.GUIDE_SHEET
    guide.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    write_guide(guide, known.values(), book)
    lists = _Lists(book)
    names = _names(content, book)
    for sheet in known.values():
        _write_sheet(workbook.create_sheet(sheet.title), sheet, content.get(sheet.key, ()), lists, names, book)
    lists.write(workbook.create_sheet(layout.LISTS_SHEET), originals.workbook_id(content, book))
    properties = workbook.properties
    properties.title, properties.creator = "Bảng nhập liệu kiểm điểm, đánh giá, xếp loại", "hoso"
    properties.created = properties.modified = _DAY
    return _steady(workbook)


def _steady(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    day = _DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(buffer) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = _SAVED.sub(rb"\g<1>" + day + rb"\g<2>", parts["docProps/core.xml"])
    for name in parts:
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _ROW.sub(_free_height, parts[name])
    return zipping.write(parts)


def _free_height(row: re.Match[bytes]) -> bytes:
    # openpyxl fixes every height it is given; a row people fill in must grow with what they type.
    return row[1] if int(row[2]) > layout.HEADER_ROW else row[0]


class _Lists:
    """The hidden sheet of drop-down lists, filled as columns ask for them."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._columns: dict[str, list[str]] = {}

    def reference(self, column: Column) -> str:
        """The range that holds the labels a column may take."""
        if column.choices not in self._columns:
            extra = [NOT_APPLICABLE] if column.kind == "rating" else []
            self._columns[column.choices] = [*labels(column.choices, self._book).values(), *extra]
        letter = get_column_letter(list(self._columns).index(column.choices) + 2)
        return f"'{layout.LISTS_SHEET}'!${letter}$1:${letter}${len(self._columns[column.choices])}"

    def write(self, sheet: Worksheet, workbook_id: str) -> None:
        """Fills the sheet: the workbook's id in the first column, a list in each of the others."""
        sheet.sheet_state = "hidden"
        sheet["A1"], sheet["A2"] = layout.WORKBOOK_HEADER, workbook_id
        for index, values in enumerate(self._columns.values(), start=2):
            for row, value in enumerate(values, start=1):
                sheet.cell(row, index, value)


def _names(content: Content, book: Rulebook) -> dict[str, dict[str, str]]:
    """What the information columns show: reference → name, and a person's reference → name of his cell."""
    units = {row["reference"]: row.get("short_name") or row["name"] for row in content.get("units", ())}
    people = {row["reference"]: row["full_name"] for row in content.get("people", ())}
    full = {row["reference"]: row["name"] for row in content.get("units", ())}
    collectives = {row["reference"]: row["name"] for row in content.get("collectives", ())}
    cells = {row["reference"]: units.get(row["cell"], row["cell"]) for row in content.get("people", ())}
    return {"name": {**full, **collectives, **people}, "cell": cells}


def _write_sheet(
    page: Worksheet,
    sheet: Sheet,
    rows: Sequence[Mapping[str, Any]],
    lists: _Lists,
    names: Mapping[str, Mapping[str, str]],
    book: Rulebook,
) -> None:
    last_row = layout.EXAMPLE_ROW + len(rows) + layout.EMPTY_ROWS
    _write_head(page, sheet)
    widths = [
        look.width("cell" if column.shows == "cell" else column.kind, _options(column, book))
        for column in sheet.columns
    ]
    for index, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), start=layout.FIRST_COLUMN):
        _write_header(page, index, column)
        page.column_dimensions[get_column_letter(index)].width = width
        _add_validation(page, index, column, lists, book, last_row)
    _write_example(page, sheet, book)
    for number, row in enumerate(rows, start=layout.FIRST_ROW):
        if row.get("id"):
            page.cell(number, layout.ID_COLUMN, row["id"])
            page.cell(number, layout.ORIGINAL_COLUMN, originals.as_cell(originals.digests(sheet, row)))
        for index, column in enumerate(sheet.columns, start=layout.FIRST_COLUMN):
            known = names.get(column.shows, {}).get(str(row.get(column.refers))) if column.shows else None
            _put(page, number, index, column, known if column.shows else shown(row, column, book))
    for number in range(layout.EXAMPLE_ROW, layout.FIRST_ROW + len(rows)):
        cells = page.iter_rows(number, number, layout.FIRST_COLUMN, layout.FIRST_COLUMN + len(widths) - 1)
        texts = [str(cell.value) if isinstance(cell.value, str) else "" for cell in next(cells)]
        page.row_dimensions[number].height = look.row_height(zip(texts, widths, strict=True))
    _format_empty_columns(page, sheet)
    _set_up_page(page, sheet, widths)


def _options(column: Column, book: Rulebook) -> Sequence[str]:
    return list(labels(column.choices, book).values()) if column.choices else ()


def _write_head(page: Worksheet, sheet: Sheet) -> None:
    last = layout.FIRST_COLUMN + len(sheet.columns) - 1
    for row, text, font in (
        (layout.TITLE_ROW, sheet.title, look.TITLE),
        (layout.ABOUT_ROW, f"{sheet.about} ({sheet.cites})", look.ABOUT),
    ):
        cell = page.cell(row, layout.MARK_COLUMN, text)
        cell.font, cell.alignment = font, look.ONE_LINE
        page.merge_cells(start_row=row, end_row=row, start_column=layout.MARK_COLUMN, end_column=last)
    page.row_dimensions[layout.TITLE_ROW].height = 26
    for index, header in (
        (layout.ID_COLUMN, layout.ID_HEADER),
        (layout.ORIGINAL_COLUMN, layout.ORIGINAL_HEADER),
        (layout.MARK_COLUMN, layout.MARK_HEADER),
    ):
        _style_header(page, index, header, information=True)
    for index in (layout.ID_COLUMN, layout.ORIGINAL_COLUMN):
        page.column_dimensions[get_column_letter(index)].hidden = True
    page.column_dimensions[get_column_letter(layout.MARK_COLUMN)].width = 8


def _write_header(page: Worksheet, index: int, column: Column) -> None:
    cell = _style_header(page, index, _heading(column), information=column.kind == "information")
    if column.note:
        cell.comment = Comment(column.note, "hoso", height=40 + 18 * (len(column.note) // 42 + 1), width=320)


def _heading(column: Column) -> str:
    return f"{column.header} {layout.REQUIRED_SIGN}" if column.required else column.header


def _style_header(page: Worksheet, index: int, text: str, *, information: bool) -> Any:
    cell = page.cell(layout.HEADER_ROW, index, text)
    cell.font, cell.alignment, cell.border = look.HEADER, look.HEADER_PLACE, look.GRID
    cell.fill = look.INFORMATION_FILL if information else look.HEADER_FILL
    return cell


def _add_validation(page: Worksheet, index: int, column: Column, lists: _Lists, book: Rulebook, last_row: int) -> None:
    if column.kind in ("choice", "rating"):
        rule = DataValidation(type="list", formula1=lists.reference(column), allow_blank=True, showErrorMessage=True)
        # A warning only: what is kept is removed by a word that is no choice.
        rule.errorStyle, rule.errorTitle = "warning", "Chưa đúng"
        rule.error = f"Xin chọn một mục trong danh sách, hoặc ghi {layout.CLEAR} để bỏ nội dung đã lưu."
    elif column.kind == "flag":
        # No error: x is read as well.
        rule = DataValidation(type="list", formula1=f'"{YES},{NO}"', allow_blank=True, showErrorMessage=False)
    elif column.kind == "count":
        rule = DataValidation(
            type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True, showErrorMessage=True
        )
        rule.errorStyle, rule.errorTitle, rule.error = "warning", "Chưa đúng", "Ô này ghi một số nguyên, từ 0 trở lên."
    elif column.refers in _REGISTERS and column.kind == "code":
        rule = DataValidation(type="list", formula1=_references(column, book), allow_blank=True)
        rule.showErrorMessage = False
    else:
        return
    letter = get_column_letter(index)
    rule.add(f"{letter}{layout.FIRST_ROW}:{letter}{last_row}")
    page.add_data_validation(rule)


_REGISTERS = {"person": "people", "unit": "units", "collective": "collectives", "ballot": "ballots"}


def _references(column: Column, book: Rulebook) -> str:
    register = sheets(book)[_REGISTERS[column.refers]]
    index = [one.field for one in register.columns].index("reference") + layout.FIRST_COLUMN
    letter = get_column_letter(index)
    return f"'{register.title}'!${letter}${layout.FIRST_ROW}:${letter}${layout.FIRST_ROW + 2 * layout.EMPTY_ROWS}"


def _write_example(page: Worksheet, sheet: Sheet, book: Rulebook) -> None:
    mark = page.cell(layout.EXAMPLE_ROW, layout.MARK_COLUMN, layout.EXAMPLE_MARK)
    mark.font, mark.fill, mark.border, mark.alignment = look.FAINT, look.EXAMPLE_FILL, look.GRID, look.CENTRE
    for index, column in enumerate(sheet.columns, start=layout.FIRST_COLUMN):
        cell = _put(page, layout.EXAMPLE_ROW, index, column, example_shown(sheet, column, book))
        cell.font, cell.fill = look.FAINT, look.EXAMPLE_FILL


_TOO_LONG = (
    "Nội dung đã lưu dài hơn một ô Excel chứa được nên không ghi ở đây. Để trống thì nội dung ấy vẫn giữ nguyên."
)


def _put(page: Worksheet, row: int, index: int, column: Column, value: Any) -> Any:
    cell = page.cell(row, index)
    if isinstance(value, str) and len(escaped(value)) > layout.LONGEST_TEXT:
        # An empty cell changes nothing; a text cut short would, when the workbook comes back.
        cell.comment = Comment(_TOO_LONG, "hoso", height=80, width=320)
        value = None
    cell.value = escaped(value) if isinstance(value, str) else value
    if isinstance(value, str):
        # A text that begins with = stays a text and is no formula.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.font = look.FAINT if column.kind == "information" else look.BODY
    cell.border = look.GRID
    cell.alignment = look.CENTRE if column.kind in look.CENTRED else look.LEFT
    if column.kind == "information":
        cell.fill = look.SEEN_FILL
    if column.kind in look.FORMATS:
        cell.number_format = look.FORMATS[column.kind]
    return cell


def _format_empty_columns(page: Worksheet, sheet: Sheet) -> None:
    # What is typed later below the last row takes the format of its column.
    for index, column in enumerate(sheet.columns, start=layout.FIRST_COLUMN):
        dimension = page.column_dimensions[get_column_letter(index)]
        dimension.font = look.BODY
        dimension.alignment = look.CENTRE if column.kind in look.CENTRED else look.LEFT
        if column.kind in look.FORMATS:
            dimension.number_format = look.FORMATS[column.kind]


def _set_up_page(page: Worksheet, sheet: Sheet, widths: Sequence[float]) -> None:
    headers = [_heading(column) for column in sheet.columns]
    page.row_dimensions[layout.HEADER_ROW].height = look.header_height(zip(headers, widths, strict=True))
    keys = _frozen(sheet, widths)
    page.freeze_panes = f"{get_column_letter(layout.FIRST_COLUMN + keys)}{layout.EXAMPLE_ROW}"
    page.sheet_view.zoomScale = 90
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = look.pages_across(widths), 0
    page.page_setup.pageOrder = "overThenDown"
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    footer = page.oddFooter
    assert footer is not None  # noqa: S101 - a new sheet has one
    footer.left.text, footer.right.text = sheet.title, "Trang &P/&N"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{layout.HEADER_ROW}:{layout.HEADER_ROW}"
    first = get_column_letter(layout.MARK_COLUMN)
    page.print_title_cols = f"{first}:{get_column_letter(layout.FIRST_COLUMN + keys - 1)}"


def _frozen(sheet: Sheet, widths: Sequence[float]) -> int:
    """How many columns stay in sight: those that say whom a row is about, as far as they leave room for the others."""
    telling = {*sheet.natural_key, "name", "full_name"}
    count, used = 0, 0.0
    for column, width in zip(sheet.columns, widths, strict=True):
        used += width
        if used > look.FROZEN_WIDTH or not (column.kind == "information" or column.field in telling):
            break
        count += 1
    return count
