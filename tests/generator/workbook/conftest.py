"""Workbooks as an office has them: written by hoso, then worked on with openpyxl as people do with Excel."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from generator.errors import Problem
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.workbook.layout import HEADER_ROW
from generator.workbook.read import WorkbookContent, read
from generator.workbook.write import write

Fill = Callable[..., WorkbookContent]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook("hd13_2018")


@pytest.fixture(scope="session")
def empty(book: Rulebook) -> bytes:
    return write({}, book=book)


def saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def column_of(sheet: Worksheet, header: str) -> int:
    for cell in sheet[HEADER_ROW]:
        if str(cell.value or "").removesuffix(" *") == header:
            return int(cell.column or 0)
    raise AssertionError(f"no column {header}")


@pytest.fixture
def typed(empty: bytes, book: Rulebook) -> Fill:
    """Types rows into the sheet of a title, below the example row, and reads the workbook."""

    def fill(
        title: str, *rows: Mapping[str, Any], change: Callable[[Worksheet], None] | None = None
    ) -> WorkbookContent:
        workbook = load_workbook(io.BytesIO(empty))
        sheet = workbook[title]
        for number, row in enumerate(rows, start=HEADER_ROW + 2):
            for header, value in row.items():
                sheet.cell(number, column_of(sheet, header)).value = value
        if change:
            change(sheet)
        return read(saved(workbook), "bang.xlsx", book=book)

    return fill


def codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]
