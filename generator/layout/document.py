"""A Word file as the format sees it: pages, page numbers, and paragraphs with their place and look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.layout.effective import Element, Look, Looks, W, points, twips
from generator.word.errors import NotADocument
from generator.word.reading import main_part, open_docx, parse, relations

_DRAWINGS = ("drawing", "pict")


@dataclass(frozen=True)
class Run:
    """A piece of text of one look."""

    text: str
    look: Look


@dataclass(frozen=True)
class Cell:
    """Where in which table a paragraph stands, each counted from 0; `width` in twentieths of a point."""

    table: int
    row: int
    column: int
    width: int
    framed: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its number in the file from 1, its cell if it stands in a table, its look and its runs."""

    number: int
    look: Look
    runs: tuple[Run, ...]
    cell: Cell | None = None
    draws: bool = False

    @property
    def text(self) -> str:
        """All its text, as written."""
        return "".join(run.text for run in self.runs)

    @property
    def shown(self) -> tuple[Run, ...]:
        """The runs that print letters or figures; blanks and dots to write on have no look to speak of."""
        return tuple(run for run in self.runs if run.text.strip(" \t\n\u00a0.…_"))


@dataclass(frozen=True)
class Section:
    """Page and margins of one section, in twentieths of a point; `has_margins` when it has headers or footers of its
    own, without which it has those of the section before.
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    number_from_edge: int
    first_page_apart: bool
    has_margins: bool


@dataclass(frozen=True)
class PageNumber:
    """Where a page number is printed: in the `header` or `footer` of which pages, and how it looks."""

    place: str
    pages: str
    look: Look


@dataclass
class Layout:
    """Everything the format speaks of in one file; `margins` are the paragraphs of headers and footers, numbered 0."""

    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    page_numbers: list[PageNumber] = field(default_factory=list)
    margins: list[Paragraph] = field(default_factory=list)


def read_layout(data: bytes) -> Layout:
    """The layout of a Word file.

    Raises:
        NotADocument: it is no plain .docx.
    """
    parts = open_docx(data)
    main = main_part(parts)
    related = {name: (kind, target) for name, kind, target, external in relations(parts, main) if not external}
    by_kind = dict(related.values())
    looks = Looks(
        *(parse(parts[by_kind[kind]]) if by_kind.get(kind) in parts else None for kind in ("styles", "theme"))
    )
    root = parse(parts[main])
    if root.tag != f"{W}document":
        raise NotADocument("Tệp ở dạng “Strict Open XML”. Hãy mở bằng Word và lưu lại dưới dạng Word Document (.docx).")
    layout = Layout()
    layout.sections = [_section(element) for element in root.iter(f"{W}sectPr")]
    body = root.find(f"{W}body")
    if body is not None:
        layout.paragraphs = list(_Walk(looks).paragraphs(body, None))
    for reference in root.iter(f"{W}headerReference", f"{W}footerReference"):
        kind, target = related.get(_relation_id(reference), ("", ""))
        if target in parts:
            _read_margin(layout, parse(parts[target]), looks, kind, reference.get(f"{W}type", "default"))
    return layout


def _relation_id(reference: Element) -> str:
    return str(reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", ""))


def _read_margin(layout: Layout, root: Element, looks: Looks, kind: str, pages: str) -> None:
    for element in root.iter(f"{W}p"):
        look = looks.paragraph(element)
        codes = "".join(code.text or "" for code in element.iter(f"{W}instrText"))
        codes += "".join(simple.get(f"{W}instr", "") for simple in element.iter(f"{W}fldSimple"))
        if "PAGE" in codes.replace("NUMPAGES", ""):
            numbered = [looks.run(run, look) for run in element.iter(f"{W}r")]
            layout.page_numbers.append(PageNumber(kind, pages, numbered[-1] if numbered else look))
        runs = tuple(Run(_text(run), looks.run(run, look)) for run in element.iter(f"{W}r"))
        layout.margins.append(Paragraph(0, look, runs))


def _section(element: Element) -> Section:
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")

    def length(holder: Element | None, name: str) -> int:
        return 0 if holder is None else twips(holder.get(W + name))

    apart = element.find(f"{W}titlePg")
    return Section(
        width=length(size, "w"),
        height=length(size, "h"),
        top=length(margins, "top"),
        bottom=length(margins, "bottom"),
        left=length(margins, "left"),
        right=length(margins, "right"),
        number_from_edge=length(margins, "header"),
        first_page_apart=apart is not None and apart.get(f"{W}val", "1") not in ("0", "false", "off"),
        has_margins=any(element.find(W + kind) is not None for kind in ("headerReference", "footerReference")),
    )


class _Walk:
    """Counts paragraphs and tables while the body is read in order."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._paragraphs = 0
        self._tables = 0

    def paragraphs(self, parent: Element, cell: Cell | None) -> Iterator[Paragraph]:
        """Every paragraph of the body or of a cell, in reading order, with those of its tables."""
        for child in parent:
            if child.tag == f"{W}p":
                yield self._paragraph(child, cell)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
                yield from self.paragraphs(child, cell)

    def _table(self, element: Element) -> Iterator[Paragraph]:
        number = self._tables
        self._tables += 1
        widths = [twips(column.get(f"{W}w")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        framed = (
            any(
                border.get(f"{W}val") not in ("nil", "none")
                for borders in element.iterfind(f"{W}tblPr/{W}tblBorders")
                for border in borders
            )
            or element.find(f"{W}tblPr/{W}tblStyle") is not None
        )
        for index, row in enumerate(element.iterfind(f"{W}tr")):
            at = 0
            for column, inner in enumerate(row.iterfind(f"{W}tc")):
                span = inner.find(f"{W}tcPr/{W}gridSpan")
                spanned = 1 if span is None else int(points(span.get(f"{W}val"), 1)) or 1
                cell = Cell(number, index, column, sum(widths[at : at + spanned]), framed)
                at += spanned
                yield from self.paragraphs(inner, cell)

    def _paragraph(self, element: Element, cell: Cell | None) -> Paragraph:
        self._paragraphs += 1
        look = self._looks.paragraph(element)
        runs = tuple(Run(_text(run), self._looks.run(run, look)) for run in element.iter(f"{W}r"))
        draws = any(next(element.iter(W + tag), None) is not None for tag in _DRAWINGS)
        return Paragraph(self._paragraphs, look, runs, cell, draws)


def _text(run: Element) -> str:
    pieces = []
    for child in run:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{W}tab":
            pieces.append("\t")
        elif child.tag == f"{W}br":
            pieces.append("\n")
    return "".join(pieces)
