"""Opening an Excel file from outside: what is no plain .xlsx is refused with a sentence before it is unpacked."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from openpyxl.utils import column_index_from_string
from python_calamine import CalamineError, CalamineWorkbook

from generator.workbook.errors import NotAWorkbook

LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_SHEET = 5_000_000
_MOST_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_WORD_TYPE = "wordprocessingml"
_MACRO_TYPES = ("macroEnabled", "vbaProject")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(/?)>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_TYPE = re.compile(rb"\bt=[\"'](\w+)[\"']")
_NOT_COMPUTED = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</(?:\w+:)?c>")
_SAVE_AGAIN = "Hãy mở bằng Excel, lưu lại dưới dạng “Excel Workbook (.xlsx)” rồi nhập lại."


@dataclass(frozen=True)
class RawSheet:
    """One sheet as it stands in the file.

    Args:
        title: its name.
        rows: the cells' values from A1 on; an empty cell is "".
        unreadable: (row, column), both from 1, of cells whose formula gave an error or was never computed.
    """

    title: str
    rows: list[list[Any]]
    unreadable: frozenset[tuple[int, int]]


def open_sheets(data: bytes) -> list[RawSheet]:
    """The sheets of an .xlsx file, in order.

    Raises:
        NotAWorkbook: it is empty, no .xlsx, protected by a password, broken, holds macros, or would unpack to more
            than memory should hold.
    """
    if not data:
        raise NotAWorkbook("Tệp rỗng, không có nội dung. Hãy chọn lại tệp.")
    if data.startswith(_OLE):
        raise NotAWorkbook(f"Tệp có mật khẩu hoặc là bảng Excel đời cũ (.xls). Hãy bỏ mật khẩu. {_SAVE_AGAIN}")
    if not data.startswith(b"PK"):
        raise NotAWorkbook(f"Tệp này không phải là bảng Excel (.xlsx). {_SAVE_AGAIN}")
    parts = _unpack(data)
    _check_kind(parts)
    scans = {title: _scan(parts[part], title) for title, part in _sheet_parts(parts).items() if part in parts}
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            RawSheet(
                name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False), scans.get(name, frozenset())
            )
            for name in workbook.sheet_names
        ]
    except CalamineError as error:
        raise _broken() from error


def last_saved_by(data: bytes) -> str:
    """The name that Excel noted of who saved a file last, which `open_sheets` has opened; empty when it noted none."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "docProps/core.xml" not in package.namelist():
            return ""
        part = package.read("docProps/core.xml")
    try:
        core = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return ""
    return str(core.findtext("{*}lastModifiedBy") or "").strip()


def _broken() -> NotAWorkbook:
    return NotAWorkbook(f"Tệp Excel bị hỏng, không mở được. {_SAVE_AGAIN}")


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
                raise NotAWorkbook("Tệp Excel quá lớn khi giải nén (trên 200 MB), không nhận.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise NotAWorkbook("Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu và lưu lại.")
            # zipfile stops at the declared size, so the sum checked above is the most that is ever unpacked.
            return {entry.filename: package.read(entry) for entry in entries if entry.filename.endswith(_XML)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise _broken() from error


_XML = (".xml", ".rels", ".bin")


def _check_kind(parts: Mapping[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if any(kind in types for kind in _MACRO_TYPES) or any(name.endswith("vbaProject.bin") for name in parts):
        raise NotAWorkbook(f"Tệp Excel có chứa macro, không nhận. {_SAVE_AGAIN}")
    if _WORD_TYPE in types:
        raise NotAWorkbook("Tệp này là văn bản Word đổi đuôi thành .xlsx, không phải bảng Excel. Hãy chọn đúng tệp.")
    if _MAIN_TYPE not in types:
        raise NotAWorkbook(f"Tệp này không phải là bảng Excel (.xlsx). {_SAVE_AGAIN}")
    if any(b"<!DOCTYPE" in part for part in parts.values()):
        raise NotAWorkbook("Tệp Excel có phần khai báo lạ (DOCTYPE), không nhận.")


def _sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    try:
        book = etree.fromstring(parts["xl/workbook.xml"])
        relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, etree.XMLSyntaxError) as error:
        raise _broken() from error
    targets = {str(one.get("Id")): str(one.get("Target")) for one in relations}
    found: dict[str, str] = {}
    for sheet in book.iter("{*}sheet"):
        relation = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(str(relation), "")
        found[str(sheet.get("name"))] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return found


def _scan(part: bytes, title: str) -> frozenset[tuple[int, int]]:
    """The unreadable cells of a sheet.

    Raises:
        NotAWorkbook: a filled cell stands so far out that the rows before it would fill the memory.
    """
    rows = columns = 1
    unreadable: set[tuple[int, int]] = set()
    for cell in _CELL.finditer(part):
        place = _PLACE.search(cell.group(1))
        if cell.group(2) or place is None:
            continue
        row, column = int(place.group(2)), column_index_from_string(place.group(1).decode())
        rows, columns = max(rows, row), max(columns, column)
        kind = _TYPE.search(cell.group(1))
        if kind and kind.group(1) == b"e":
            unreadable.add((row, column))
    if rows * columns > LARGEST_SHEET:
        raise NotAWorkbook(
            f"Trang “{title}” có ô ghi ở quá xa (dòng {rows}, cột thứ {columns}). "
            "Hãy xóa các dòng, cột thừa ở cuối trang rồi lưu lại."
        )
    return frozenset(unreadable | _not_computed(part))


def _not_computed(part: bytes) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for end in _NOT_COMPUTED.finditer(part):
        start = max(part.rfind(b"<c ", 0, end.start()), part.rfind(b":c ", 0, end.start()))
        tag = part[start : part.find(b">", start)]
        place, kind = _PLACE.search(tag), _TYPE.search(tag)
        # A formula may rightly give an empty text.
        if place and not (kind and kind.group(1) == b"str"):
            found.add((int(place.group(2)), column_index_from_string(place.group(1).decode())))
    return found
