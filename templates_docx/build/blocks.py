"""The smallest blocks papers are built from: paragraphs, runs, tags that steer the renderer, bare tables.

How a paper begins stands in `opening`, what is filled in by value or by pen in `filling`, how it ends in `closing`.
"""

from __future__ import annotations

from typing import TypeAlias, cast

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.parser import parse_xml
from docx.oxml.table import CT_Tbl
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from .styles import NAMESPACE, twips

Container: TypeAlias = Document | _Cell


def write(made: Paragraph, text: str, *, bold: bool = False, italic: bool = False, box: bool = False) -> Paragraph:
    """Add one run; a tab in the text becomes a Word tab; `box` draws a frame round the run."""
    run = made.add_run(text)
    run.bold = bold or None
    run.italic = italic or None
    if box:
        frame = f'<w:bdr xmlns:w="{NAMESPACE}" w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        run._r.get_or_add_rPr().append(parse_xml(frame))
    return made


def paragraph(place: Container, style: str, text: str = "", *, keep_next: bool = False) -> Paragraph:
    """Add a paragraph of that style id; `keep_next` holds it on the page of what follows."""
    made = place.add_paragraph()
    made._p.style = style
    if keep_next:
        made.paragraph_format.keep_with_next = True
    return write(made, text) if text else made


def tag(place: Container, statement: str) -> None:
    """A line that steers the renderer and is not printed: `tag(doc, "if has.number")`."""
    place.add_paragraph(f"{{%p {statement} %}}")


def spacer(place: Container) -> None:
    """A thin line between two tables, and after a table that ends the paper."""
    paragraph(place, "Spacer")


def leader_tab(made: Paragraph, width: float) -> Paragraph:
    """A tab stop with dots at `width` millimetres, for a paragraph narrower than the page."""
    stops = made.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return made


def columns(place: Container, widths: list[float], *, inset: float | None = None) -> Table:
    """A borderless table of one row whose columns have these widths in millimetres."""
    return bare_table(place, widths, rows=1, inset=inset)


def bare_table(
    place: Container, widths: list[float], rows: int, *, borders: bool = False, inset: float | None = None
) -> Table:
    """A table of fixed widths, millimetres; they stand in the grid too, since LibreOffice reads only that.

    `inset` is the room between a cell's sides and its text, millimetres.
    """
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for width in widths
    )
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    framed = f"<w:tblBorders>{lines}</w:tblBorders>" if borders else ""
    room = f'w:w="{twips(inset or 0)}" w:type="dxa"'
    margins = f"<w:tblCellMar><w:left {room}/><w:right {room}/></w:tblCellMar>" if inset is not None else ""
    element = cast(
        CT_Tbl,
        parse_xml(
            f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>{framed}'
            f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            + f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>" * rows
            + "</w:tbl>"
        ),
    )
    if isinstance(place, Document):
        place._body._element._insert_tbl(element)
    else:
        place._tc._insert_tbl(element)
        place.add_paragraph()._p.style = "Spacer"
    return Table(element, place)


def fill(cell: _Cell, style: str, text: str = "", *, keep_next: bool = False) -> Paragraph:
    """Use the first, empty paragraph of a cell."""
    first = cell.paragraphs[0]
    first._p.style = style
    if keep_next:
        first.paragraph_format.keep_with_next = True
    return write(first, text) if text else first


def tag_first(cell: _Cell, statement: str) -> None:
    """Like `tag`, in the paragraph a cell already has."""
    cell.paragraphs[0].add_run(f"{{%p {statement} %}}")


def heading(place: Container, text: str) -> None:
    """The heading of a part: bold, kept with what follows."""
    paragraph(place, "Heading", text)


def point(place: Container, text: str) -> None:
    """The heading of an item within a part."""
    paragraph(place, "Point", text)


def run_tag(made: Paragraph, statement: str) -> None:
    """A run that steers the renderer and is not printed; what it steers are the runs after it."""
    write(made, f"{{%r {statement} %}}")
