"""Finished PDFs put on paper: many in one file, for both sides of a sheet, and small papers two to a page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import DecodedStreamObject, NameObject

_POINTS_PER_MM = 72 / 25.4
_A4_HEIGHT = 297 * _POINTS_PER_MM
# White left above and below a paper of half a page: for printers that do not reach the edge, and for scissors.
_EDGE = 8 * _POINTS_PER_MM
# How far letters of 16 points reach above and below their line, points.
_ABOVE_LINE, _BELOW_LINE = 12.0, 4.0


@dataclass(frozen=True)
class PrintedPaper:
    """A paper to be printed: its title in the outline, its PDF, and how many copies.

    `halves` says that two copies may share a page where they fit, as ballots do.
    """

    title: str
    data: bytes
    copies: int = 1
    halves: bool = False


@dataclass(frozen=True)
class PrintPack:
    """Papers ready for the printer: the file, and how many sheets each paper takes, in order."""

    data: bytes
    sheets: tuple[int, ...]


def print_pack(papers: Sequence[PrintedPaper], *, duplex: bool = False, binding_shift: float = 0) -> PrintPack:
    """One PDF of these papers in order, each copy whole, with an outline entry for each paper.

    Args:
        duplex: for printing on both sides: every copy begins on a front side.
        binding_shift: millimetres by which the text of back sides is moved to the left, so that the wide margin lies
            at the binding edge on both sides (36-HD/VPTW: trang mặt sau lề trái 15 mm, lề phải 30 mm).
    """
    writer = PdfWriter()
    writer.metadata = None
    sheets = []
    for paper in papers:
        pages = PdfReader(io.BytesIO(paper.data)).pages
        first = len(writer.pages)
        if paper.halves and len(pages) == 1 and _fits_half(pages[0]):
            _put_halves(writer, pages[0], paper.copies)
            sheets.append(len(writer.pages) - first)
        else:
            for _ in range(paper.copies):
                _put_copy(writer, list(pages), duplex=duplex, shift=binding_shift)
            taken = len(writer.pages) - first
            sheets.append((taken + 1) // 2 if duplex else taken)
        if duplex and len(writer.pages) % 2:
            _put_blank(writer)
        if len(writer.pages) > first:
            writer.add_outline_item(title=paper.title, page_number=first)
    out = io.BytesIO()
    writer.write(out)
    return PrintPack(out.getvalue(), tuple(sheets))


def _put_copy(writer: PdfWriter, pages: Sequence[PageObject], *, duplex: bool, shift: float) -> None:
    for number, page in enumerate(pages):
        added = writer.add_page(page)
        upright = added.mediabox.height > added.mediabox.width
        if duplex and shift and number % 2 and upright:
            added.add_transformation(Transformation().translate(tx=-shift * _POINTS_PER_MM))
    if duplex and len(pages) % 2:
        _put_blank(writer)


def _put_blank(writer: PdfWriter) -> None:
    last = writer.pages[-1].mediabox
    writer.add_blank_page(float(last.width), float(last.height))


def _fits_half(page: PageObject) -> bool:
    box = page.mediabox
    upright = abs(float(box.height) - _A4_HEIGHT) < 1 and box.width < box.height
    lowest, highest = _reach(page)
    return upright and highest - lowest <= float(box.height) / 2 - 2 * _EDGE


def _reach(page: PageObject) -> tuple[float, float]:
    """How far above the lower edge the lowest and the highest letter or line of a page stand, points."""
    height, width = float(page.mediabox.height), float(page.mediabox.width)
    marks: list[float] = []

    def see(operator: bytes, operands: Any, matrix: list[float], text_matrix: list[float]) -> None:
        if operator in (b"Tj", b"TJ"):
            line = _up(matrix, text_matrix[4], text_matrix[5])
            marks.extend((line - _BELOW_LINE, line + _ABOVE_LINE))
        elif operator in (b"m", b"l"):
            marks.append(_up(matrix, float(operands[0]), float(operands[1])))
        elif operator == b"re" and float(operands[2]) < width - 1:
            marks.extend(_up(matrix, float(operands[0]), float(operands[1]) + up) for up in (0, float(operands[3])))

    page.extract_text(visitor_operand_before=see)
    return (min(marks), max(marks)) if marks else (0, height)


def _up(matrix: list[float], x: float, y: float) -> float:
    return matrix[1] * x + matrix[3] * y + matrix[5]


def _put_halves(writer: PdfWriter, page: PageObject, copies: int) -> None:
    """The same small paper in the upper and the lower half of each page, with a line to cut along."""
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    both = PageObject.create_blank_page(None, width, height)
    top = height - _EDGE - _reach(page)[1]
    for half in (0.0, height / 2):
        both.merge_transformed_page(page, Transformation().translate(ty=top - half))
    _draw_cut(both, width, height)
    for _ in range(copies // 2):
        writer.add_page(both)
    if copies % 2:
        writer.add_page(page)


def _draw_cut(page: PageObject, width: float, height: float) -> None:
    line = DecodedStreamObject()
    line.set_data(f"q 0.3 w [3 3] 0 d 0 {height / 2:.2f} m {width:.2f} {height / 2:.2f} l S Q".encode())
    drawn = PageObject.create_blank_page(None, width, height)
    drawn[NameObject("/Contents")] = line
    page.merge_page(drawn)
