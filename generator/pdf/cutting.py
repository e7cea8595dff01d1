"""A joined PDF cut into its documents: where each begins, whether all of it is there, and the pages as a file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import IndirectObject, NameObject

from generator.pdf.joining import mark
from generator.pdf.piece import Piece, visible_letters
from generator.pdf.text import Letters


@dataclass(frozen=True)
class Span:
    """The pages of one document: from `first` up to and without `end`, counted from 0 in the reader's file."""

    reader: PdfReader
    first: int
    end: int

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return self.end - self.first


def whole(pdf: bytes) -> Span:
    """All pages of a PDF as one span.

    Raises:
        pypdf.errors.PyPdfError: it is no readable PDF.
    """
    reader = PdfReader(io.BytesIO(pdf))
    return Span(reader, 0, len(reader.pages))


def cut(pdf: bytes, pieces: Sequence[Piece]) -> list[Span | None]:
    """The span of each joined document, or None for one that is not whole and has to be converted alone."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        starts = _starts(reader, len(pieces))
    except PyPdfError:
        return [None] * len(pieces)
    if not starts:
        return [None] * len(pieces)
    letters = Letters()
    ends = [*starts[1:], len(reader.pages)]
    spans = (Span(reader, first, end) for first, end in zip(starts, ends, strict=True))
    return [span if _is_whole(span, piece, letters) else None for span, piece in zip(spans, pieces, strict=True)]


def _starts(reader: PdfReader, count: int) -> list[int]:
    """The first page of each document; empty when the marks are not all there in order after one empty page."""
    named = reader.named_destinations
    if any(f"/{mark(number)}" not in named for number in range(count)):
        return []
    numbers = {
        page.indirect_reference.idnum: index for index, page in enumerate(reader.pages) if page.indirect_reference
    }
    starts: list[int] = []
    for number in range(count):
        page = named[f"/{mark(number)}"].raw_get("/Page")
        starts.append(numbers.get(page.idnum, -1) if isinstance(page, IndirectObject) else -1)
    in_order = starts[0] == 1 and all(before < after for before, after in pairwise(starts))
    return starts if in_order else []


def _is_whole(span: Span, piece: Piece, letters: Letters) -> bool:
    """Whether the document's first words stand on its first page and every letter of it on its pages."""
    texts = [letters.of(span.reader.pages[number]) for number in range(span.first, span.end)]
    first = "".join(texts[0].split()).casefold()
    return piece.opening in first and not piece.letters - visible_letters("".join(texts))


def write(spans: Sequence[Span]) -> bytes:
    """A PDF of these spans, one after the other. It holds no date; the same spans give the same bytes."""
    writer = PdfWriter()
    writer.metadata = None
    for span in spans:
        for number in range(span.first, span.end):
            writer.add_page(span.reader.pages[number])
    for page in writer.pages:
        page.pop(NameObject("/Annots"), None)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
