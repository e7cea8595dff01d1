"""One PDF of a whole dossier: its papers one behind the other, with bookmarks, sheet numbers and attachments.

The papers come converted: usually as one joined PDF (so that they share their fonts) with the first page of each, then
what was taken in as PDF or picture. The same parts give the same bytes, on any day and machine.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from archive.store.errors import PaperUnreadable
from archive.store.stamp import stamp_pages


@dataclass(frozen=True)
class Paper:
    """A paper inside a part: the Vietnamese title of its bookmark and its first page there, counted from 0."""

    title: str
    first_page: int = 0


@dataclass(frozen=True)
class BundlePart:
    """A ready PDF with the papers it holds, in order; an uploaded one holds one."""

    pdf: bytes
    papers: Sequence[Paper]


@dataclass(frozen=True)
class Bundle:
    """The finished PDF, its number of pages, and the first page of each paper, counted from 1."""

    pdf: bytes
    pages: int
    starts: tuple[int, ...]


def bundle(parts: Sequence[BundlePart], *, title: str, attachments: Mapping[str, bytes] | None = None) -> Bundle:
    """Binds the papers of a dossier.

    Args:
        parts: cover, contents list and papers, in the order of binding.
        title: the dossier's title, shown in the reader's window.
        attachments: file name (ASCII) → content, carried inside the PDF: the Word files and `dossier.json`.

    Raises:
        PaperUnreadable: a part is no PDF, is locked with a password or has fewer pages than its papers need.
    """
    writer = PdfWriter()
    starts: list[int] = []
    for part in parts:
        first = len(writer.pages)
        _append(writer, part)
        for paper in part.papers:
            if paper.first_page >= len(writer.pages) - first:
                raise PaperUnreadable(f"“{paper.title}” không có trang nào trong tệp PDF.")
            starts.append(first + paper.first_page + 1)
            writer.add_outline_item(title=paper.title, page_number=first + paper.first_page)
    stamp_pages(writer)
    for name, data in sorted((attachments or {}).items()):
        writer.add_attachment(name, data)
    _describe(writer, title)
    writer._ID = _identifier(parts, title, attachments or {})
    out = io.BytesIO()
    writer.write(out)
    return Bundle(out.getvalue(), len(writer.pages), tuple(starts))


def count_pages(pdf: bytes, title: str) -> int:
    """How many pages a PDF has; `title` names it when it cannot be read.

    Raises:
        PaperUnreadable: it is no PDF or is locked.
    """
    return len(_reader(pdf, title).pages)


def _reader(pdf: bytes, title: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(pdf))
        if reader.is_encrypted and not reader.decrypt(""):
            raise PaperUnreadable(f"“{title}” là tệp PDF đặt mật khẩu. Xin bỏ mật khẩu rồi đưa vào lại.")
        if not reader.pages:
            raise PaperUnreadable(f"“{title}” là tệp PDF không có trang nào.")
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PaperUnreadable(f"“{title}” không phải tệp PDF đọc được. Xin lưu lại thành PDF rồi đưa vào.") from error
    return reader


def _append(writer: PdfWriter, part: BundlePart) -> None:
    title = part.papers[0].title if part.papers else ""
    reader = _reader(part.pdf, title)
    try:
        writer.append(reader, import_outline=False)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PaperUnreadable(f"“{title}” không ghép được vào tập hồ sơ. Xin lưu lại thành PDF rồi đưa vào.") from error


def _describe(writer: PdfWriter, title: str) -> None:
    # No dates: the day of binding is in the store's inventory, and here it would change the bytes.
    writer.metadata = {"/Title": title, "/Producer": "hoso"}
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject("vi-VN")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})


def _identifier(parts: Iterable[BundlePart], title: str, attachments: Mapping[str, bytes]) -> ArrayObject:
    """The file's /ID, from what went into it instead of the clock."""
    hasher = hashlib.sha512(title.encode())
    for part in parts:
        hasher.update(hashlib.sha512(part.pdf).digest())
    for name, data in sorted(attachments.items()):
        hasher.update(name.encode())
        hasher.update(hashlib.sha512(data).digest())
    value = ByteStringObject(hasher.digest()[:16])
    return ArrayObject([value, value])
