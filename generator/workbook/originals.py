"""What a written workbook remembers of itself, hidden from people: its id, and what each cell of a row said.

A cell that no longer says what it said was changed by whoever works on the workbook; every other cell only shows what
was kept on the day of writing. Short digests are enough to tell, and fit one cell where long texts would not.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.rules.rulebook import Rulebook
from generator.vietnamese import nfc
from generator.workbook.sheets import Sheet


def digests(sheet: Sheet, values: Mapping[str, Any]) -> dict[str, str]:
    """What each cell of a row says, as short digests: column key → digest, "" for nothing.

    Args:
        values: field → value as the sheet's row model has it; a column whose field, criterion or section is not among
            them is left out.
    """
    found: dict[str, str] = {}
    for column in sheet.facts:
        holder = values.get(column.field) if column.part else values
        name = column.part or column.field
        if holder and name in holder:
            value = holder[name]
            # A rating of None says “not applicable”; any other None says nothing.
            found[column.key] = "" if value is None and column.kind != "rating" else _digest(value)
    return found


def _digest(value: Any) -> str:
    if isinstance(value, str):
        # Neither blanks at the ends nor the way a line ends survive every program that saves a workbook.
        value = nfc(value).strip().replace("\r\n", "\n").replace("\r", "\n")
    return _short(f"{type(value).__name__}:{value}", size=5)


def as_cell(row: Mapping[str, str]) -> str:
    """The digests of a row as the text of one cell."""
    return " ".join(f"{key}={digest}" for key, digest in row.items() if digest)


def from_cell(text: str) -> dict[str, str]:
    """The digests that `as_cell` wrote."""
    return {key: digest for key, _, digest in (part.partition("=") for part in text.split()) if digest}


def workbook_id(content: Mapping[str, Sequence[Mapping[str, Any]]], book: Rulebook) -> str:
    """The id of a workbook: the same content gives the same, and copies of a file share it."""
    text = json.dumps([book.name, content], ensure_ascii=False, sort_keys=True, default=str)
    return _short(text, size=15)


def _short(text: str, *, size: int) -> str:
    return base64.b32encode(hashlib.blake2b(text.encode(), digest_size=size).digest()).decode().lower()
