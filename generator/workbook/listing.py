"""A list that leaves the office as one Excel sheet: headings, rows, every cell a text."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.workbook import look
from generator.workbook.values import escaped


def listing(
    sheet: str,
    title: str,
    headers: Sequence[tuple[str, float]],
    lines: Sequence[Sequence[str]],
    about: Sequence[str] = (),
) -> bytes:
    """The .xlsx file of a list.

    Every cell is text: numbers keep the zeros in front, and what begins like a formula is none.

    Args:
        sheet: name of its one sheet; `title`: of the file.
        headers: (text, width in letters) of each column.
        lines: the cells of each row, as many as there are columns.
        about: what stands above the headings, the first as a title.
    """
    workbook = Workbook()
    page = workbook.active
    assert isinstance(page, Worksheet)  # noqa: S101 - a new workbook has one sheet
    page.title = sheet
    for number, sentence in enumerate(about, start=1):
        _write(page, number, 1, sentence)
        page.cell(number, 1).font = look.TITLE if number == 1 else look.ABOUT
        page.cell(number, 1).alignment = look.ONE_LINE
        page.row_dimensions[number].height = 24.0 if number == 1 else 16.0
    head = len(about) + 2 if about else 1
    for index, (header, width) in enumerate(headers, start=1):
        cell = page.cell(head, index, header)
        cell.font, cell.fill, cell.alignment, cell.border = (
            look.HEADER, look.HEADER_FILL, look.HEADER_PLACE, look.GRID,
        )  # fmt: skip
        page.column_dimensions[get_column_letter(index)].width = width
    page.row_dimensions[head].height = look.header_height(headers)
    widths = [width for _, width in headers]
    for number, line in enumerate(lines, start=head + 1):
        # Excel fits the height when it opens the file, LibreOffice does not.
        page.row_dimensions[number].height = look.row_height(zip(line, widths, strict=True))
        for index, value in enumerate(line, start=1):
            _write(page, number, index, value)
            written = page.cell(number, index)
            written.font, written.border, written.alignment = look.BODY, look.GRID, look.LEFT
    page.freeze_panes = f"C{head + 1}"
    page.auto_filter.ref = f"A{head}:{get_column_letter(len(headers))}{head + len(lines)}"
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    workbook.properties.creator, workbook.properties.title = "hoso", title
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _write(page: Worksheet, row: int, index: int, value: str) -> None:
    cell = page.cell(row, index)
    cell.value = escaped(value)
    # A text that begins with = stays a text and is no formula.
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    cell.number_format = "@"
