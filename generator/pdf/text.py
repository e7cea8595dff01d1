"""The letters that stand on a page LibreOffice wrote, read quickly enough to check every document, and its fonts."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

_TOKENS = re.compile(rb"/(F\d+) [\d.]+ Tf|/ActualText\s*<[0-9A-Fa-f]*>|<([0-9A-Fa-f]+)>")
_SINGLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")

Map = tuple[int, dict[bytes, str]]


class Letters:
    """Reads the text of pages that share their fonts; each font's table is read once."""

    def __init__(self) -> None:
        self._maps: dict[int, Map] = {}

    def of(self, page: PageObject) -> str:
        """The text of a page in the order it was written, without spaces between its pieces."""
        contents = page.get_contents()
        if contents is None:
            return ""
        fonts = _fonts_of(page)
        width, table = 1, dict[bytes, str]()
        pieces: list[str] = []
        for font, text in _TOKENS.findall(contents.get_data()):
            if font:
                width, table = self._map(fonts.get("/" + font.decode()))
            elif text:
                step = 2 * width
                codes = (text[at : at + step] for at in range(0, len(text), step))
                pieces += [table.get(code, "") for code in codes]
        return "".join(pieces)

    def _map(self, font: Any) -> Map:
        if font is None or "/ToUnicode" not in font:
            return 1, {}
        reference = font.raw_get("/ToUnicode")
        key = getattr(reference, "idnum", id(reference))
        if key not in self._maps:
            self._maps[key] = _read_map(reference.get_object().get_data())
        return self._maps[key]


def _read_map(data: bytes) -> Map:
    table: dict[bytes, str] = {}
    for block in _BLOCK.findall(data):
        for code, text in _SINGLE.findall(block):
            table[code.upper()] = _utf16(text)
    for block in _RANGES.findall(data):
        for first, last, text in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = b"%0*X" % (len(first), int(first, 16) + step)
                table[code] = chr(int(text, 16) + step)
    width = max((len(code) for code in table), default=2) // 2
    return width, table


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _fonts_of(page: PageObject) -> DictionaryObject:
    resources = page.get("/Resources")
    fonts = resources.get_object().get("/Font") if resources is not None else None
    found = fonts.get_object() if fonts is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def fonts(pdf: bytes) -> set[str]:
    """The names of the fonts of a PDF, without the mark of a subset: `{"LiberationSerif", "LiberationSerif-Bold"}`.

    A font that is not embedded has “ (not embedded)” behind its name.
    """
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in _fonts_of(page).values():
            found.add(_name(font.get_object()))
    return found


def _name(font: DictionaryObject) -> str:
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
