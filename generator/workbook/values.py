"""A value of a row as the cell that shows it, and the letters Excel escapes."""

from __future__ import annotations

import re
from typing import Any

from generator.rules.rulebook import Rulebook
from generator.workbook.sheets import NO, NOT_APPLICABLE, YES, Column, Sheet, labels

# Excel writes a character XML cannot carry as _x0007_, and that sign itself, where a text holds it, as _x005F_x0007_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def escaped(text: str) -> str:
    """The text as it stands in the file: a carriage return and whatever looks like an escape are escaped."""
    return _ESCAPED.sub(lambda found: f"_x005F{found.group()}", text).replace("\r", "_x000D_")


def unescaped(text: str) -> str:
    """The text as it was typed: `_x000D_` is a carriage return again."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def is_given(row: Any, column: Column) -> bool:
    """Whether a row of values says anything for a column; a rating of None says “not applicable”."""
    if column.part:
        return column.part in (row.get(column.field) or {})
    return row.get(column.field) is not None


def shown(row: Any, column: Column, book: Rulebook) -> Any:
    """What the cell of a column shows for a row of values: text, number, date or None for an empty cell."""
    if not is_given(row, column):
        return None
    value = row[column.field][column.part] if column.part else row[column.field]
    if column.kind == "rating":
        return NOT_APPLICABLE if value is None else labels(column.choices, book).get(value, value)
    if column.kind == "choice":
        return labels(column.choices, book).get(value, value)
    if column.kind == "flag":
        return YES if value else NO
    return value


def example_shown(sheet: Sheet, column: Column, book: Rulebook) -> Any:
    """What the example row shows in a column."""
    return shown(sheet.example, column, book) if column.field else None
