"""A file from outside: what it is, whether it may come in, and the paper code in its text."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from archive.errors import ArchiveError
from archive.store.errors import PaperUnreadable
from archive.store.media import JPEG, PDF, PNG, to_pdf
from generator.word.errors import NotADocument
from generator.word.reading import document_text

# pypdf tells of every oddity of a file in English; what matters of it is said by `PaperRefused`.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

LARGEST_FILE = 50 * 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Period, form and evaluation, as the footer of a form that leaves the office carries it.
_CODE = re.compile(r"\b(\d{4}(?:-Q[1-4])?)-([0-9A-Za-z.\-]{1,40}?)-([a-z2-9]{12})\b")
_PAGES_READ = 3
# pypdf fails on a broken file in any of these ways, unknown filters and endless nesting (RuntimeError) among them.
_BROKEN_PDF = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, AssertionError,
    OSError, zlib.error, struct.error,
)  # fmt: skip


class PaperRefused(ArchiveError):
    """Tệp này không nhận được."""

    code = "intake.refused"


@dataclass(frozen=True)
class PaperCode:
    """What the footer of one of our own forms says: period, form code and evaluation id."""

    period: str
    form: str
    evaluation_id: str


@dataclass(frozen=True)
class Paper:
    """A file that may come in. A scan, photograph or PDF stands for a signed paper; Word has no pages until printed."""

    data: bytes
    media_type: str
    pages: int | None
    code: PaperCode | None

    @property
    def state(self) -> str:
        """The document state it comes in with: `signed`, or `final` for a Word file."""
        return "final" if self.media_type == WORD else "signed"


def open_paper(name: str, data: bytes) -> Paper:
    """The paper a file holds; what it is shows in its bytes, not in its name.

    Raises:
        PaperRefused: empty, too large, broken, protected, with macros, or of a kind that is not taken.
    """
    if not data:
        raise PaperRefused("Tệp rỗng, không có nội dung. Hãy xin lại tệp.")
    if len(data) > LARGEST_FILE:
        raise PaperRefused("Tệp lớn quá 50 MB. Hãy quét lại với độ phân giải thấp hơn.")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    for media_type, head in ((JPEG, b"\xff\xd8\xff"), (PNG, b"\x89PNG\r\n\x1a\n")):
        if data.startswith(head):
            return _picture(data, media_type, name)
    if data.startswith((b"PK", _OLE)) or PurePath(name).suffix.lower() in (".docx", ".doc", ".docm"):
        return _word(data)
    raise PaperRefused("Loại tệp này không nhận. Hãy đưa tệp Word (.docx), PDF hoặc ảnh chụp (.jpg, .png).")


def _word(data: bytes) -> Paper:
    try:
        text = document_text(data)
    except NotADocument as error:
        raise PaperRefused(error.message) from error
    if not text.strip():
        raise PaperRefused("Tệp Word không có chữ nào. Hãy xin lại tệp.")
    return Paper(data, WORD, None, find_code(text))


def _pdf(data: bytes) -> Paper:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise PaperRefused("Tệp PDF có mật khẩu. Hãy bỏ mật khẩu và lưu lại.")
        pages = len(reader.pages)
    except _BROKEN_PDF as error:
        raise PaperRefused("Tệp PDF bị hỏng, không mở được. Hãy quét hoặc lưu lại tệp.") from error
    if pages == 0:
        raise PaperRefused("Tệp PDF không có trang nào. Hãy quét hoặc lưu lại tệp.")
    try:
        text = "\n".join(page.extract_text() for page in reader.pages[:_PAGES_READ])
    except _BROKEN_PDF:
        # The pages can be seen though their text cannot be read: then the file's name must tell.
        text = ""
    return Paper(data, PDF, pages, find_code(text))


def _picture(data: bytes, media_type: str, name: str) -> Paper:
    try:
        to_pdf(data, media_type, PurePath(name).name)
    except PaperUnreadable as error:
        raise PaperRefused(error.message) from error
    return Paper(data, media_type, 1, None)


def find_code(text: str) -> PaperCode | None:
    """The paper code in a text, when it holds exactly one."""
    found = {PaperCode(*match.groups()) for match in _CODE.finditer(text)}
    return found.pop() if len(found) == 1 else None
