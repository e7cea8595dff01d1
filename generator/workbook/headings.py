"""Finding the columns of a sheet by their headings, wherever people have moved them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from generator.errors import Place, Problem
from generator.vietnamese import fold
from generator.workbook import layout
from generator.workbook.cells import is_blank
from generator.workbook.opening import RawSheet
from generator.workbook.sheets import Column, Sheet

_HEADER_WITHIN = 30
_HIDDEN = (layout.ID_HEADER, layout.ORIGINAL_HEADER, layout.MARK_HEADER)


def words(text: str) -> str:
    """The words of a title or heading without marks, case and signs, for comparing."""
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def nearest(text: str, known: list[str]) -> str:
    """The known title that a mistyped one most likely means; empty when none comes near."""
    by_words = {words(one): one for one in known}
    near = get_close_matches(words(text), list(by_words), n=1, cutoff=0.6)
    return by_words[near[0]] if near else ""


def header_row(sheet: Sheet, raw: RawSheet) -> int | None:
    """The index of the row that holds most of the sheet's headings, or None when no row looks like one."""
    known = {words(column.header) for column in sheet.facts} | {words(column.key) for column in sheet.facts}
    best, most = None, 0
    for index, row in enumerate(raw.rows[:_HEADER_WITHIN]):
        hits = len({words(cell) for cell in row if isinstance(cell, str)} & known)
        if hits > most:
            best, most = index, hits
    return best if most >= min(2, len(sheet.facts)) else None


def find_columns(
    sheet: Sheet, raw: RawSheet, header: int, place: Place
) -> tuple[dict[int, Column | str], list[Problem]]:
    """What stands in which column: position → column of the sheet, or the heading of a hidden one; and what is wrong.

    A column without a heading of the sheet is a problem only when something stands in it.
    """
    known: dict[str, Column | str] = {words(name): name for name in _HIDDEN}
    for column in sheet.columns:
        known.setdefault(words(column.key), column)
        known[words(column.header)] = column
    found: dict[int, Column | str] = {}
    problems: list[Problem] = []
    for index, cell in enumerate(raw.rows[header]):
        target = known.get(words(cell)) if isinstance(cell, str) and words(cell) else None
        if target is None:
            problems += _strange(sheet, raw, header, index, place)
        elif target in found.values():
            heading = target if isinstance(target, str) else target.header
            where = replace(place, column=heading)
            problems.append(Problem("workbook.column-twice", where, "cột này có hai lần", "Hãy giữ lại một cột"))
        else:
            found[index] = target
    problems += _missing(sheet, found, place)
    return found, problems


def _strange(sheet: Sheet, raw: RawSheet, header: int, index: int, place: Place) -> list[Problem]:
    if all(index >= len(row) or is_blank(row[index]) for row in raw.rows[header + 1 :]):
        return []
    cell = raw.rows[header][index]
    if is_blank(cell):
        name, remedy = f"thứ {index + 1}", "Hãy ghi tiêu đề cột hoặc xóa nội dung của cột"
    else:
        name = str(cell).strip()
        near = nearest(name, [column.header for column in sheet.facts])
        remedy = f"Có phải cột “{near}” không? " if near else ""
        remedy += "Hãy sửa tiêu đề hoặc xóa cột"
    where = replace(place, column=name)
    return [Problem("workbook.unknown-column", where, "bảng nhập liệu không có cột này", remedy)]


def _missing(sheet: Sheet, found: Mapping[int, Column | str], place: Place) -> list[Problem]:
    return [
        Problem(
            "workbook.missing-column",
            replace(place, column=column.header),
            "thiếu cột này",
            "Hãy thêm lại cột với đúng tiêu đề",
        )
        for column in sheet.facts
        if column.required and column.field in sheet.natural_key and column not in found.values()
    ]
