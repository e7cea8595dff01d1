"""The letters that stand on a page LibreOffice wrote, read quickly enough to check every document, and its fonts."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

_FONT = re.compile(rb"/(F\d+) [\d.]+ Tf")
_SPOKEN = re.compile(rb"/ActualText\s*<[0-9A-Fa-f]*>")
_CODES = re.compile(rb"<([0-9A-Fa-f]+)>")
_SINGLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")

Map = tuple[int, dict[int, str]]


class Letters:
    """Reads the text of pages that share their fonts; each font's table is read once."""

    def __init__(self) -> None:
        self._maps: dict[int, Map] = {}

    def of(self, page: PageObject) -> str:
        """The text of a page in the order it was written, without spaces between its pieces."""
        contents = page.get_contents()
        if contents is None:
            return ""
        fonts = {name: self._map(font) for name, font in self._tables(page).items()}
        # One font after the other: its name, then what is written in it.
        written = _FONT.split(_SPOKEN.sub(b"", contents.get_data()))
        pieces: list[str] = []
        for name, shown in zip(written[1::2], written[2::2], strict=True):
            width, table = fonts.get(name.decode(), (1, dict[int, str]()))
            codes = bytes.fromhex(b"".join(_CODES.findall(shown)).decode())
            wide = codes.decode("latin-1") if width == 1 else codes.decode("utf-16-be", "replace")
            pieces.append(wide.translate(table))
        return "".join(pieces)

    def _tables(self, page: PageObject) -> dict[str, Any]:
        fonts = _fonts_of(page)
        return {name[1:]: fonts.raw_get(name) for name in fonts}

    def _map(self, reference: Any) -> Map:
        key = getattr(reference, "idnum", id(reference))
        if key not in self._maps:
            font = reference.get_object()
            unicode_table = font.get("/ToUnicode")
            self._maps[key] = _read_map(unicode_table.get_object().get_data()) if unicode_table is not None else (1, {})
        return self._maps[key]


def _read_map(data: bytes) -> Map:
    table: dict[int, str] = {}
    longest = 2
    for block in _BLOCK.findall(data):
        for code, text in _SINGLE.findall(block):
            longest = max(longest, len(code))
            table[int(code, 16)] = _utf16(text)
    for block in _RANGES.findall(data):
        for first, last, text in _RANGE.findall(block):
            longest = max(longest, len(first))
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + step] = chr(int(text, 16) + step)
    return longest // 2, table


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _fonts_of(page: PageObject) -> DictionaryObject:
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    found = fonts.get_object() if fonts is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts of a PDF, without the mark of a subset: `{"LiberationSerif", "LiberationSerif-Bold"}`.

    A font that is not embedded has “ (not embedded)” behind its name. One drawn in the PDF itself is `Type3`.
    """
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in _fonts_of(page).values():
            found.add(_name(font.get_object()))
    return found


def _name(font: DictionaryObject) -> str:
    if font.get("/Subtype") == "/Type3":
        return "Type3"
    descendants = font.get("/DescendantFonts")
    held = _holds_file(font) or (
        descendants is not None and any(_holds_file(inner.get_object()) for inner in descendants.get_object())
    )
    name = re.sub(r"^[A-Z]{6}\+", "", str(font["/BaseFont"])[1:])
    return name if held else f"{name} (not embedded)"


def _holds_file(font: DictionaryObject) -> bool:
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(
        key in descriptor.get_object() for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
