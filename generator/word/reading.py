"""Reading a Word file safely: what is no plain .docx is refused with a sentence; text comes in reading order."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from lxml import etree

from generator.word.errors import NotADocument

LARGEST_UNPACKED = 50 * 1024 * 1024
_MOST_PARTS = 5000
_SMALL = 16 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_TYPES = ("macroEnabled", "vbaProject")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRIVE_OR_PARENT = re.compile(r"(^/)|(^[A-Za-z]:)|(\\)|(^|/)\.\.(/|$)")


def open_docx(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, in the order of the file.

    Raises:
        NotADocument: it is no .docx, is broken, protected by a password, holds macros, or unpacks to more than 50 MB.
    """
    if data.startswith(_OLE):
        raise NotADocument(
            "Tệp được bảo vệ bằng mật khẩu hoặc là văn bản Word đời cũ (.doc). "
            "Hãy mở bằng Word, bỏ mật khẩu và lưu lại dưới dạng .docx."
        )
    if not data.startswith(b"PK"):
        raise NotADocument("Tệp này không phải là văn bản Word (.docx). Hãy mở bằng Word và lưu lại dưới dạng .docx.")
    parts = _unpack(data)
    _check_kind(parts)
    return parts


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _check_entries(entries)
            # zipfile stops at the declared size, so the sum checked above is the most that is ever unpacked.
            return {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise NotADocument("Tệp Word bị hỏng, không mở được. Hãy mở bằng Word và lưu lại.") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise NotADocument("Tệp Word quá lớn khi giải nén (trên 50 MB), không nhận.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotADocument("Tệp được bảo vệ bằng mật khẩu. Hãy bỏ mật khẩu và lưu lại.")
    names = [entry.filename for entry in entries]
    if len({name.casefold() for name in names}) != len(names) or any(_DRIVE_OR_PARENT.search(name) for name in names):
        raise NotADocument("Tệp Word bị hỏng: tên các phần bên trong không hợp lệ.")


def _check_kind(parts: dict[str, bytes]) -> None:
    types = parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if any(kind in types for kind in _MACRO_TYPES) or any(name.endswith("vbaProject.bin") for name in parts):
        raise NotADocument("Tệp Word có chứa macro, không nhận. Hãy lưu lại dưới dạng .docx không có macro.")
    if _MAIN_TYPE not in types:
        raise NotADocument("Tệp này không phải là văn bản Word (.docx). Hãy mở bằng Word và lưu lại dưới dạng .docx.")
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            (_check_small_xml if len(data) < _SMALL else _check_xml)(data)
    main = main_part(parts)
    if main not in parts:
        raise NotADocument("Tệp Word bị hỏng: không có phần nội dung.")


def _check_xml(data: bytes) -> None:
    try:
        root = parse(data)
    except etree.XMLSyntaxError as error:
        raise NotADocument("Tệp Word bị hỏng, không mở được. Hãy mở bằng Word và lưu lại.") from error
    if root.getroottree().docinfo.doctype:
        raise NotADocument("Tệp Word có phần khai báo lạ (DOCTYPE), không nhận.")


# Thousands of documents share their styles, settings and headers, byte for byte.
_check_small_xml = lru_cache(maxsize=256)(_check_xml)


def parse(data: bytes) -> etree._Element:
    """One XML part as a tree; nothing outside the part is ever fetched and no entity is expanded.

    Raises:
        lxml.etree.XMLSyntaxError: it is not well-formed.
    """
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def relations(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str, str, bool]]:
    """The relations of a part ("" for the package): id, type (last word of its address), target, is it external.

    An internal target is given as the name of the part it means.
    """
    home = PurePosixPath(part)
    path = str(home.parent / "_rels" / f"{home.name}.rels") if part else "_rels/.rels"
    if path not in parts:
        return
    for relation in parse(parts[path]).iter(_RELATIONSHIP):
        target = relation.get("Target", "")
        external = relation.get("TargetMode") == "External"
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        yield relation.get("Id", ""), kind, target if external else _resolve(part, target), external


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    pieces: list[str] = list(PurePosixPath(part).parent.parts) if part else []
    for piece in PurePosixPath(target).parts:
        if piece == "..":
            del pieces[-1:]
        elif piece != ".":
            pieces.append(piece)
    return "/".join(pieces)


def main_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part that holds the body: `word/document.xml` in nearly every file."""
    own = ((kind, target) for _, kind, target, external in relations(parts, "") if not external)
    return next((target for kind, target in own if kind == "officeDocument"), "")


def document_text(data: bytes) -> str:
    """All text of a Word file in reading order: headers, body with its tables, footnotes, endnotes, footers.

    One line a paragraph; a line break is a line break, a tab a tab. The same header in two sections stands once.

    Raises:
        NotADocument: as `open_docx`.
    """
    parts = open_docx(data)
    main = main_part(parts)
    named: dict[str, list[str]] = {"header": [], "footnotes": [], "endnotes": [], "footer": []}
    for _, kind, target, external in relations(parts, main):
        if kind in named and not external and target in parts and target not in named[kind]:
            named[kind].append(target)
    order = [*named["header"], main, *named["footnotes"], *named["endnotes"], *named["footer"]]
    lines = [line for name in order for line in _paragraphs(parse(parts[name]))]
    return "\n".join(lines)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p"):
        if not any(ancestor.tag == _MC_FALLBACK for ancestor in paragraph.iterancestors()):
            yield "".join(_pieces(paragraph))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "\u2011"
        elif child.tag not in (f"{_W}p", f"{_W}pPr", f"{_W}rPr", f"{_W}txbxContent", f"{_W}del", _MC_FALLBACK):
            yield from _pieces(child)
