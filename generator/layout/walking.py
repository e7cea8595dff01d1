"""The paragraphs of a Word file in reading order, wherever they stand: in tables, content controls and text boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from generator.layout.effective import Element, Look, Looks, W, points, twips

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = f"{_MC}Fallback"
_BOX = f"{W}txbxContent"
_DRAWINGS = (f"{W}drawing", f"{W}pict")
# What only wraps what stands in it: content controls, text added under tracked changes, marks of other programs.
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")
)
_ALTERNATIVES = (f"{_MC}AlternateContent", f"{_MC}Choice")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_UNDRAWN = ("nil", "none")


@dataclass(frozen=True)
class Run:
    """A piece of text of one look."""

    text: str
    look: Look

    @property
    def printed(self) -> str:
        """The text as it is seen, in capitals where the look makes them."""
        return self.text.upper() if self.look.caps else self.text


@dataclass(frozen=True)
class Cell:
    """Where in which table a paragraph stands, each counted from 0; `width` in twentieths of a point.

    `framed` says that lines are drawn around it; `boxed` that it is a text box, which counts as a table of its own.
    `shown` counts, from 1, the tables that have lines, as a reader does.
    """

    table: int
    row: int
    column: int
    width: int
    framed: bool
    boxed: bool = False
    shown: int = 0


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
    def printed(self) -> str:
        """All its text as it is seen."""
        return "".join(run.printed for run in self.runs)

    @property
    def shown(self) -> tuple[Run, ...]:
        """The runs that print letters or figures; blanks and dots to write on have no look to speak of."""
        return tuple(run for run in self.runs if run.text.strip(" \t\n\u00a0.…_"))


class Walk:
    """Counts paragraphs and tables while a part is read in order; `numbered` is false for headers and footers."""

    def __init__(self, looks: Looks, *, numbered: bool = True) -> None:
        self._looks = looks
        self._numbers = count(1)
        self._tables = count()
        self._shown = count(1)
        self._numbered = numbered

    def paragraphs(self, parent: Element, cell: Cell | None) -> Iterator[Paragraph]:
        """Every paragraph of the body or of a cell, in reading order, with those of its tables and text boxes."""
        for _, paragraph in self.elements(parent, cell):
            yield paragraph

    def elements(self, parent: Element, cell: Cell | None) -> Iterator[tuple[Element, Paragraph]]:
        """The same, each with its element."""
        for child in parent:
            if child.tag == f"{W}p":
                yield child, self._paragraph(child, cell)
                yield from self._boxes(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _WRAPPERS or child.tag in _ALTERNATIVES:
                yield from self.elements(child, cell)

    def _boxes(self, paragraph: Element) -> Iterator[tuple[Element, Paragraph]]:
        """What stands in the text boxes that are anchored in a paragraph."""
        for box in paragraph.iter(_BOX):
            outer = list(_up_to(box, paragraph))
            if any(one.tag in (_BOX, _FALLBACK) for one in outer):
                continue
            yield from self.elements(box, Cell(next(self._tables), 0, 0, 0, framed=False, boxed=True))

    def _table(self, element: Element) -> Iterator[tuple[Element, Paragraph]]:
        number = next(self._tables)
        widths = [twips(column.get(f"{W}w")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
        drawn = _is_drawn(element.find(f"{W}tblPr/{W}tblBorders"))
        if drawn is None:
            drawn = self._looks.draws_tables(element.find(f"{W}tblPr/{W}tblStyle"))
        own_lines = any(_is_drawn(borders) for borders in element.iterfind(f".//{W}tcBorders"))
        shown = next(self._shown) if drawn or own_lines else 0
        for index, row in enumerate(_inside(element, f"{W}tr")):
            at = 0
            for column, inner in enumerate(_inside(row, f"{W}tc")):
                span = inner.find(f"{W}tcPr/{W}gridSpan")
                spanned = 1 if span is None else int(points(span.get(f"{W}val"), 1)) or 1
                own = _is_drawn(inner.find(f"{W}tcPr/{W}tcBorders"))
                width = sum(widths[at : at + spanned])
                at += spanned
                framed = drawn if own is None else own
                yield from self.elements(inner, Cell(number, index, column, width, framed, shown=shown))

    def _paragraph(self, element: Element, cell: Cell | None) -> Paragraph:
        number = next(self._numbers) if self._numbered else 0
        look = self._looks.paragraph(element)
        own = [run for run in element.iter(f"{W}r") if not _is_apart(run, element)]
        runs = tuple(Run(_text(run), self._looks.run(run, look)) for run in own if not self._looks.hides(run))
        draws = any(one.find(f".//{_BOX}") is None for one in element.iter(*_DRAWINGS))
        return Paragraph(number, look, runs, cell, draws)


def _up_to(element: Element, end: Element) -> Iterator[Element]:
    above = element.getparent()
    while above is not None and above is not end:
        yield above
        above = above.getparent()


def _is_apart(run: Element, paragraph: Element) -> bool:
    """Whether a run within a paragraph's element belongs to a text box in it, or is written a second time."""
    return any(one.tag in (_BOX, _FALLBACK) for one in _up_to(run, paragraph))


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _is_drawn(borders: Sequence[Element] | None) -> bool | None:
    """Whether some of these lines are drawn; None where nothing is said of any."""
    if borders is None or len(borders) == 0:
        return None
    return any(border.get(f"{W}val") not in _UNDRAWN for border in borders)


def _text(run: Element) -> str:
    return "".join((child.text or "") if child.tag == f"{W}t" else _SIGNS.get(child.tag, "") for child in run)
