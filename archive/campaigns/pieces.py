"""The papers of a dossier on their way into its bundle: as they are kept, as PDF, and where they lie in it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader, PdfWriter

from archive.campaigns.production import WORD, ascii_name
from archive.store.bundle import BundlePart, Paper, count_pages
from archive.store.media import to_pdf
from generator.pdf.convert import ConvertedGroup


@dataclass
class Piece:
    """One paper on its way.

    Args:
        document: its row.
        pdf: its PDF, once made.
        pages: of the PDF; while there is none, of the one that was filed before in its place, 0 where none was.
    """

    document: Mapping[str, Any]
    data: bytes
    pdf: bytes | None = None
    pages: int = 0

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file."""
        return bool(self.document["media_type"] == WORD)

    @property
    def to_convert(self) -> bool:
        """Whether it still has to become a PDF."""
        return self.is_word and self.pdf is None

    @property
    def is_ours(self) -> bool:
        """Whether hoso made it."""
        return bool(self.document["source"] == "generated")


def converted(group: Sequence[Piece], made: ConvertedGroup) -> BundlePart:
    """The part of a bundle that papers converted as one are."""
    for piece, document in zip(group, made.documents, strict=True):
        piece.pdf, piece.pages = document.data, document.pages
    papers = tuple(Paper(piece.document["title"], start) for piece, start in zip(group, made.starts, strict=True))
    return BundlePart(made.bundle, papers)


def take_upload(piece: Piece) -> None:
    """Makes a paper handed in as PDF or picture ready to be bound.

    Raises:
        PaperUnreadable: it is neither.
    """
    title = piece.document["title"]
    piece.pdf = to_pdf(piece.data, piece.document["media_type"], title)
    piece.pages = count_pages(piece.pdf, title)


def by_itself(piece: Piece) -> BundlePart:
    """The part of a bundle that a paper is whose PDF is there already."""
    return BundlePart(piece.pdf or b"", (Paper(piece.document["title"]),))


def sharing_fonts(parts: Sequence[BundlePart]) -> BundlePart:
    """Parts that LibreOffice made, in order, as one: what they have alike, such as their fonts, is in it once."""
    if len(parts) == 1:
        return parts[0]
    writer = PdfWriter()
    papers: list[Paper] = []
    for part in parts:
        first = len(writer.pages)
        writer.append(PdfReader(io.BytesIO(part.pdf)), import_outline=False)
        papers += [Paper(paper.title, first + paper.first_page) for paper in part.papers]
    writer.metadata = None
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=False)
    out = io.BytesIO()
    writer.write(out)
    return BundlePart(out.getvalue(), tuple(papers))


def sheets_of(pieces: Sequence[Piece], front: int) -> dict[str, str]:
    """The sheets of each paper as they are stamped in the bundle, behind `front` sheets of cover and contents list."""
    sheets: dict[str, str] = {}
    page = front + 1
    for piece in pieces:
        last = page + piece.pages - 1
        sheets[piece.document["key"]] = str(page) if last <= page else f"{page}-{last}"
        page = last + 1
    return sheets


def file_name_of(number: int, document: Mapping[str, Any]) -> str:
    """The plain ASCII name of a paper in its dossier: `03-minutes-cell.docx`."""
    ending = str(document["file_name"] or "").rpartition(".")[2].lower() or "bin"
    return f"{number:02d}-{ascii_name(document['form'] or document['item'])}.{ending}"


def pdf_name_of(number: int, document: Mapping[str, Any]) -> str:
    """The name of a Word paper's PDF beside it."""
    return f"{file_name_of(number, document).rsplit('.', 1)[0]}.pdf"
