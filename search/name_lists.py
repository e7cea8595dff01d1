"""A list of people as someone wrote it: pasted lines, a CSV file or a sheet of Excel. No line of it is lost."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter

from generator.vietnamese import nfc
from generator.workbook.opening import open_sheets
from search.errors import SearchError
from search.filters import key

MOST_LINES = 5_000
LARGEST_LIST = 20 * 1024 * 1024  # bytes
_LONGEST = 500
_FIRST_ROWS = 30  # among which the headings are looked for
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARK = re.compile(r"^\s*(?:\(?\d{1,4}[.)/]\s+|\(?\d{1,4}[.)](?=[^\W\d_])|[-–—•*+]\s*)")
_PARTED = re.compile(r"[\t;,(]|\s[-–—]\s")
_BEFORE_NUMBER = re.compile(r"(\D*?)[\s:.-]*(?:(?:sinh|sn|ns|năm|ngày|số|thẻ|mã)[\s:.]*)*(\d.*)", re.IGNORECASE)
_NUMBER_IN_ROW = re.compile(r"\d{1,4}[.)]?")
_HEADS: Mapping[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ho va ten khai sinh", "ten dang vien", "can bo", "dang vien"),
    "family": ("ho dem", "ho va ten dem", "ho va dem", "ho lot", "ho va chu lot", "ho"),
    "given": ("ten",),
    "birth": ("ngay sinh", "nam sinh", "ngay thang nam sinh", "sinh ngay", "sinh nam"),
    "code": ("so the", "so the dang", "so the dang vien", "so ly lich", "so ly lich dang vien", "ma dang vien", "ma"),
}


class ListUnreadable(SearchError):
    """Không đọc được danh sách tên."""

    code = "search.list-unreadable"


@dataclass(frozen=True)
class Line:
    """One line of a list.

    Args:
        number: of the line or row in what was given.
        given: all that stands in it, as written.
        name: the person's name; may be empty.
        tells: what else stands there: birth date, card number, unit.
    """

    number: int
    given: str
    name: str
    tells: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameList:
    """A list read.

    Args:
        lines: every line that may name somebody, in order.
        source: how it was read, for the person: which sheet and column.
        headings: the lines taken for headings, as written.
    """

    lines: tuple[Line, ...]
    source: str = ""
    headings: tuple[str, ...] = ()


def pasted(text: str) -> NameList:
    """The list in a text: one person a line; tabs, commas or semicolons part the name from what else is told.

    Raises:
        ListUnreadable: it has more lines than are taken.
    """
    numbered = [(number, _clean(line)) for number, line in enumerate(text.splitlines(), start=1)]
    filled = [(number, line) for number, line in numbered if line]
    _hold_to(len(filled))
    table = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in filled]
    if any("\t" in line for _, line in filled) and _headings(table) is not None:
        return _tabled(table, "", "")
    return NameList(tuple(_line(number, line) for number, line in filled))


def in_file(file_name: str, data: bytes, column: str = "") -> NameList:
    """The list in a file: .xlsx by its headings (the first sheet that has them), .csv, or a text as it is pasted.

    Args:
        column: letter or heading of the column that holds the names, where it is not found by itself.

    Raises:
        ListUnreadable: no text or table, too large, or no such column.
        NotAWorkbook: an .xlsx that cannot be opened.
    """
    if len(data) > LARGEST_LIST:
        raise ListUnreadable(f"Tệp lớn quá {LARGEST_LIST // 1024 // 1024} MB, không nhận.")
    ending = PurePath(file_name).suffix.lower()
    if ending in (".xlsx", ".xlsm", ".xls") or data.startswith(b"PK"):
        return _in_workbook(data, column)
    text = _decoded(data)
    if ending not in (".csv", ".tsv"):
        return pasted(text)
    delimiter = max(",;\t", key=text[:20_000].count)
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise ListUnreadable("Tệp CSV hỏng. Xin mở bằng Excel rồi lưu lại.") from error
    return _tabled(_filled(read), column, "")


def _in_workbook(data: bytes, column: str) -> NameList:
    sheets = [(sheet.title, _filled(sheet.rows)) for sheet in open_sheets(data)]
    filled = [(title, table) for title, table in sheets if table]
    if not filled:
        return NameList((), "Bảng Excel không có dòng nào")
    title, table = next(((title, table) for title, table in filled if _headings(table) is not None), filled[0])
    return _tabled(table, column, title)


Row = tuple[int, list[str]]


def _filled(read: Sequence[Sequence[Any]]) -> list[Row]:
    table = [(number, [_clean(_text(cell)) for cell in cells]) for number, cells in enumerate(read, start=1)]
    return [(number, cells) for number, cells in table if any(cells)]


def _tabled(table: Sequence[Row], column: str, sheet: str) -> NameList:
    """The people of a table: below its headings, or by the column that looks like names."""
    found = _headings(table)
    above = found[0] + 1 if found else 0
    places = dict(found[1]) if found else {}
    if column:
        places = {**{kind: at for kind, at in places.items() if kind in ("birth", "code")}, **_named(table, column)}
        if not found:
            above = next((index + 1 for index, (_, cells) in enumerate(table) if key(column) in map(key, cells)), 0)
    elif not found:
        places = {"name": _likeliest(table)}
    _hold_to(len(table) - above)
    at = places.get("name", places.get("given", 0))
    source = f"cột {get_column_letter(at + 1)}" + (f" của trang “{sheet}”" if sheet else "")
    headings = tuple(_joined(cells) for _, cells in table[:above])
    return NameList(tuple(_row(number, cells, places, above > 0) for number, cells in table[above:]), source, headings)


def _row(number: int, cells: Sequence[str], places: Mapping[str, int], headed: bool) -> Line:
    def cell(kind: str) -> str:
        return cells[places[kind]] if kind in places and places[kind] < len(cells) else ""

    parts = [cell("name")] if "name" in places else [cell("family"), cell("given")]
    name = " ".join(part for part in parts if part)
    named = {places[kind] for kind in ("name", "family", "given") if kind in places}
    tells = [text for index, text in enumerate(cells) if text and index not in named]
    if headed:
        # Under headings a number or day in another column is a telephone or the day of admission.
        words = [text for text in tells if not any(letter.isdigit() for letter in text)]
        tells = [text for text in (cell("birth"), cell("code")) if text] + words
    return Line(number, _joined(cells), _MARK.sub("", name), tuple(tells))


def _headings(table: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """Where the headings stand in a table, and the column of each thing they name; None where there are none."""
    for index, (_, cells) in enumerate(table[:_FIRST_ROWS]):
        places: dict[str, int] = {}
        for kind, heads in _HEADS.items():
            at = next((at for at, cell in enumerate(cells) if key(cell) in heads), None)
            if at is not None:
                places[kind] = at
        if "name" in places:
            return index, {kind: at for kind, at in places.items() if kind not in ("family", "given")}
        if "family" in places and "given" in places:
            return index, places
    return None


def _named(table: Sequence[Row], column: str) -> dict[str, int]:
    wanted = key(column)
    for _, cells in table[:_FIRST_ROWS]:
        for at, cell in enumerate(cells):
            if wanted and key(cell) == wanted:
                return {"name": at}
    if re.fullmatch(r"[A-Za-z]{1,2}", column):
        return {"name": column_index_from_string(column.upper()) - 1}
    raise ListUnreadable(f"Không có cột “{column}”. Xin ghi chữ cái của cột (B) hoặc tên cột đúng như trong bảng.")


def _likeliest(table: Sequence[Row]) -> int:
    width = max(len(cells) for _, cells in table) if table else 0
    named = [sum(at < len(cells) and _looks_like_a_name(cells[at]) for _, cells in table) for at in range(width)]
    return named.index(max(named)) if named else 0


def _looks_like_a_name(text: str) -> bool:
    return 2 <= len(text.split()) <= 7 and not any(letter.isdigit() for letter in text)


def _line(number: int, line: str) -> Line:
    """A line of its own: the first part that is neither a number nor a date is the name."""
    parts = [part.strip(" ()\u00a0") for part in _PARTED.split(_MARK.sub("", line))]
    parts = [part for part in parts if part]
    if len(parts) > 1 and _NUMBER_IN_ROW.fullmatch(parts[0]):
        parts = parts[1:]
    at = next((at for at, part in enumerate(parts) if not any(letter.isdigit() for letter in part)), None)
    if at is not None:
        return Line(number, line, parts[at], tuple(part for index, part in enumerate(parts) if index != at))
    head = _BEFORE_NUMBER.match(parts[0]) if parts else None
    if head and " " in head[1]:
        return Line(number, line, head[1], (head[2], *parts[1:]))
    return Line(number, line, "", tuple(parts))


def _joined(cells: Sequence[str]) -> str:
    return " | ".join(_dropped_end(cells))


def _dropped_end(cells: Sequence[str]) -> Iterator[str]:
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    yield from cells[: last + 1]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _clean(text: str) -> str:
    """One line, composed; a letter no paper can carry is shown as the sign for that."""
    told = _FORBIDDEN.sub("\ufffd", nfc(text)).replace("\r", " ").replace("\n", " ").strip(" \u00a0\ufeff")
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ListUnreadable(
            "Tệp không phải là văn bản Unicode (UTF-8). Xin mở bằng Excel hoặc Notepad rồi lưu lại dạng UTF-8."
        ) from error


def _hold_to(lines: int) -> None:
    if lines > MOST_LINES:
        raise ListUnreadable(f"Danh sách có {lines} dòng; mỗi lần nhận nhiều nhất {MOST_LINES} dòng.")
