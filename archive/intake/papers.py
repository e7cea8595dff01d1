"""A file from outside: what it is, whether it may come in, and the paper code in its text or properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha512
from pathlib import PurePath

from archive.intake.errors import PaperRefused
from archive.intake.old_word import DOC, OLE, old_word_to_pdf
from archive.intake.pdf_papers import read_pdf
from archive.intake.pictures import TIFF, check_picture, is_kept, one_pdf
from archive.store.media import JPEG, PDF, PNG
from generator.vietnamese import nfc
from generator.word.errors import NotADocument
from generator.word.reading import document_text, open_docx, parse

__all__ = ["LARGEST_FILE", "WORD", "Paper", "PaperCode", "PaperRefused", "find_code", "joined", "open_paper"]

LARGEST_FILE = 50 * 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Mapping[str, str] = {WORD: "docx", PDF: "pdf", JPEG: "jpg", PNG: "png"}
_HEADS = (
    (JPEG, b"\xff\xd8\xff"), (PNG, b"\x89PNG\r\n\x1a\n"), (TIFF, b"II*\0"), (TIFF, b"MM\0*"), (TIFF, b"II+\0"),
    (TIFF, b"MM\0+"),
)  # fmt: skip
_WORD_NAMES = (".docx", ".doc", ".docm")
# Period, form and evaluation, as the footer of a form that leaves the office carries it.
_CODE = re.compile(r"\b(\d{4}(?:-Q[1-4])?)-([0-9A-Za-z.\-]{1,40}?)-([a-z2-9]{12})\b")


@dataclass(frozen=True)
class PaperCode:
    """What the footer of one of our own forms says: period, form code and evaluation id."""

    period: str
    form: str
    evaluation_id: str


@dataclass(frozen=True)
class Paper:
    """A file that may come in, as a dossier keeps it.

    Args:
        data, media_type: Word, PDF, JPEG or PNG; the bytes that came, unless `converted_from` says otherwise.
        pages: None for Word, which has none until it is printed.
        text: what its first pages say, as far as that can be read without a machine that reads pictures.
        signature: `digital` (a PDF with a digital signature), `copy` (a scan, photograph or PDF, which stands for
            a signed paper) or `none` (a Word file).
        converted_from: the media type it came in, where a dossier cannot keep that; the PDF carries the file inside.
        digest: SHA-512 of the bytes that are kept.
        several: whether it holds the codes of more than one paper.
    """

    data: bytes
    media_type: str
    pages: int | None
    code: PaperCode | None
    text: str = ""
    signature: str = "copy"
    converted_from: str = ""
    digest: str = ""
    several: bool = False

    def __post_init__(self) -> None:
        if not self.digest:
            object.__setattr__(self, "digest", sha512(self.data).hexdigest())

    @property
    def state(self) -> str:
        """The document state it comes in with: `signed`, or `final` for a Word file."""
        return "final" if self.signature == "none" else "signed"

    @property
    def is_picture(self) -> bool:
        """Whether nothing of it can be read but by a machine that reads pictures."""
        return self.media_type != WORD and not self.text.strip()

    @property
    def ending(self) -> str:
        """The ending of its file name in a dossier."""
        return ENDINGS[self.media_type]


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
        read = read_pdf(data)
        signature = "digital" if read.is_signed else "copy"
        code, several = find_code(read.text), len(_codes(read.text)) > 1
        return Paper(data, PDF, read.pages, code, read.text, signature, several=several)
    for media_type, head in _HEADS:
        if data.startswith(head):
            return _picture(data, media_type)
    if data.startswith(OLE):
        pdf = old_word_to_pdf(data)
        read = read_pdf(pdf)
        return Paper(pdf, PDF, read.pages, find_code(read.text), read.text, "none", DOC)
    if data.startswith(b"PK") or PurePath(name).suffix.lower() in _WORD_NAMES:
        return _word(data)
    raise PaperRefused("Loại tệp này không nhận. Hãy đưa tệp Word (.docx, .doc), PDF hoặc ảnh (.jpg, .png, .tif).")


def joined(pages: list[Paper]) -> Paper:
    """One paper of photographs, each a page, in the order given."""
    data = one_pdf([(page.data, page.media_type) for page in pages])
    return Paper(data, PDF, sum(page.pages or 0 for page in pages), None, "", "copy")


def _word(data: bytes) -> Paper:
    try:
        text = document_text(data)
        several = len(_codes(text)) > 1
        code = None if several else find_code(text) or find_code(_properties(data))
    except NotADocument as error:
        raise PaperRefused(error.message) from error
    if not text.strip():
        raise PaperRefused("Tệp Word không có chữ nào. Hãy xin lại tệp.")
    return Paper(data, WORD, None, code, text, "none", several=several)


def _properties(data: bytes) -> str:
    """The texts of a Word file's properties, where the code stays when somebody cut the footer."""
    parts = open_docx(data)
    named = (part for name, part in parts.items() if name.startswith("docProps/") and name.endswith(".xml"))
    return "\n".join(text for part in named for text in parse(part).itertext())


def _picture(data: bytes, media_type: str) -> Paper:
    pages = check_picture(data, media_type)
    if is_kept(data, media_type):
        return Paper(data, media_type, pages, None)
    original = ("original.tif" if media_type == TIFF else "original.png", data)
    return Paper(one_pdf([(data, media_type)], original), PDF, pages, None, converted_from=media_type)


def find_code(text: str) -> PaperCode | None:
    """The paper code in a text, when it holds exactly one."""
    found = _codes(text)
    return found.pop() if len(found) == 1 else None


def _codes(text: str) -> set[PaperCode]:
    return {PaperCode(*match.groups()) for match in _CODE.finditer(nfc(text))}
