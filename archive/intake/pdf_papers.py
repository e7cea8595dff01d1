"""PDF files from outside: how many pages, what they say, and whether somebody signed them digitally.

A PDF is only ever read here. What it holds is kept byte for byte, so that a digital signature stays valid.
"""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, PdfObject, StreamObject

from archive.intake.errors import PaperRefused

# pypdf tells of every oddity of a file in English; what matters of it is said by `PaperRefused`.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 1000
MOST_PIXELS = 80_000_000  # of one picture: a sheet of A3 at 600 dots per inch has 70 million
_PAGES_READ = 3
_DEEPEST_FIELD = 8
# pypdf fails on a broken file in any of these ways, unknown filters and endless nesting (RuntimeError) among them.
_BROKEN_PDF = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, AssertionError,
    OSError, zlib.error, struct.error,
)  # fmt: skip
_BOMB = "Tệp PDF phình ra quá lớn khi mở, không nhận. Hãy in lại thành PDF hoặc quét lại."


@dataclass(frozen=True)
class PdfPaper:
    """What a PDF is: its pages, the text of the first and the last of them, and whether it is signed digitally."""

    pages: int
    text: str
    is_signed: bool


def read_pdf(data: bytes) -> PdfPaper:
    """What a PDF from outside is.

    Raises:
        PaperRefused: it is broken, locked, runs a program, has no or too many pages, or grows too large when opened.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            raise PaperRefused("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu và lưu lại.")
        pages = len(reader.pages)
        _check_size(reader, pages)
        if _runs_programs(reader):
            raise PaperRefused("Tệp PDF có chứa mã lệnh, không nhận. Hãy in lại thành PDF hoặc quét lại.")
        signed = any(_is_signature(field) for field in _fields(reader))
    except LimitReachedError as error:
        raise PaperRefused(_BOMB) from error
    except _BROKEN_PDF as error:
        raise PaperRefused("Tệp PDF bị hỏng, không mở được. Hãy quét hoặc lưu lại tệp.") from error
    return PdfPaper(pages, _text(reader), signed)


def _opens(reader: PdfReader) -> bool:
    # What anybody may open, though not change, has an empty password.
    try:
        return bool(reader.decrypt(""))
    except DependencyError:
        return False


def _check_size(reader: PdfReader, pages: int) -> None:
    if pages == 0:
        raise PaperRefused("Tệp PDF không có trang nào. Hãy quét hoặc lưu lại tệp.")
    if pages > MOST_PAGES:
        raise PaperRefused(f"Tệp PDF có quá {MOST_PAGES} trang. Hãy tách thành từng giấy tờ.")
    for page in reader.pages:
        _check_contents(page)
        for width, height in _pictures(page):
            if width * height > MOST_PIXELS:
                raise PaperRefused("Tệp PDF có ảnh quá nhiều điểm. Hãy quét lại với độ phân giải thấp hơn (300 dpi).")


def _check_contents(page: Mapping[str, Any]) -> None:
    """Unpacks what a page draws; what grows larger than pypdf allows ends there."""
    try:
        for stream in _contents(page):
            stream.get_data()
    except LimitReachedError:
        raise
    except _BROKEN_PDF:
        # A page that cannot be unpacked here may still be seen in other programs.
        return


def _pictures(page: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    objects = _part(_part(page, "/Resources"), "/XObject")
    for name in objects:
        picture = _part(objects, name)
        if picture.get("/Subtype") == "/Image":
            yield int(picture.get("/Width", 0)), int(picture.get("/Height", 0))


def _contents(page: Mapping[str, Any]) -> Iterator[StreamObject]:
    found = _meant(page.get("/Contents"))
    for one in found if isinstance(found, ArrayObject) else [found]:
        stream = _meant(one)
        if isinstance(stream, StreamObject):
            yield stream


def _part(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = _meant(holder.get(name))
    return found if isinstance(found, Mapping) else {}


def _meant(value: Any) -> Any:
    """What a reference of a PDF refers to; any other value is itself."""
    return value.get_object() if isinstance(value, PdfObject) else value


def _runs_programs(reader: PdfReader) -> bool:
    root = reader.root_object
    opening = _part(root, "/OpenAction")
    named = _part(_part(root, "/Names"), "/JavaScript")
    return bool(named) or opening.get("/S") in ("/JavaScript", "/Launch")


def _fields(reader: PdfReader) -> Iterator[Mapping[str, Any]]:
    waiting = [(field, 0) for field in _part(reader.root_object, "/AcroForm").get("/Fields", [])]
    while waiting:
        reference, depth = waiting.pop()
        field = reference.get_object()
        if isinstance(field, Mapping):
            yield field
            if depth < _DEEPEST_FIELD:
                waiting += [(kid, depth + 1) for kid in field.get("/Kids", [])]


def _is_signature(field: Mapping[str, Any]) -> bool:
    return field.get("/FT") == "/Sig" and "/ByteRange" in _part(field, "/V")


def _text(reader: PdfReader) -> str:
    try:
        # The last page tells whether the papers of two people were scanned into one file.
        last = reader.pages[max(_PAGES_READ, len(reader.pages) - 1) :]
        return "\n".join(page.extract_text() for page in (*reader.pages[:_PAGES_READ], *last))
    except LimitReachedError as error:
        raise PaperRefused(_BOMB) from error
    except _BROKEN_PDF:
        # The pages can be seen though their text cannot be read: then the file's name must tell.
        return ""
