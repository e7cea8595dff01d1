"""Tables of papers: rows from the context, heads that repeat on each page, widths that hold everywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.table import Table, _Cell, _Row

from .blocks import Container, bare_table, fill, spacer, tag, write
from .styles import NAMESPACE, twips


@dataclass(frozen=True)
class Column:
    """A column: its head, the template text of its cells, width in millimetres, how the cells stand.

    `lines` names a list of paragraphs (`row.content`) printed one below the other in place of `text`.
    """

    head: str
    text: str
    width: float
    centre: bool = False
    lines: str = ""


def add_row(table: Table, *, split: bool = False) -> _Row:
    """A new last row of empty cells; unless `split` it stays whole on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for element in row._tr.xpath("./w:trPr"):
        row._tr.remove(element)
    if not split:
        row._tr.get_or_add_trPr().append(parse_xml(f'<w:cantSplit xmlns:w="{NAMESPACE}"/>'))
    return row


def row_tag(table: Table, statement: str) -> None:
    """A row that steers the renderer and is not printed."""
    add_row(table, split=True).cells[0].paragraphs[0].add_run(f"{{%tr {statement} %}}")


def repeat_on_pages(row: _Row) -> None:
    """Word and LibreOffice print this row again at the top of each page the table runs over."""
    row._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader xmlns:w="{NAMESPACE}"/>'))


def least_height(row: _Row, millimetres: float) -> None:
    """A row at least that high, so that a pen finds room in an empty one."""
    row._tr.get_or_add_trPr().append(
        parse_xml(f'<w:trHeight xmlns:w="{NAMESPACE}" w:val="{twips(millimetres)}" w:hRule="atLeast"/>')
    )


def centre_upright(cell: _Cell) -> None:
    """The text stands in the middle of the cell's height."""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign xmlns:w="{NAMESPACE}" w:val="center"/>'))


def cell_lines(cell: _Cell, style: str, expression: str) -> None:
    """The paragraphs of a list, one below the other; the list holds at least one, since Word refuses an empty cell."""
    cell.paragraphs[0].add_run(f"{{%p for line in {expression} %}}")
    made = cell.add_paragraph()
    made._p.style = style
    write(made, "{{ line }}")
    cell.add_paragraph("{%p endfor %}")


def head_row(table: Table, row: _Row, heads: list[str], prefix: str = "") -> None:
    """Fill a row with column heads and print it again on each page."""
    repeat_on_pages(row)
    for cell, head in zip(row.cells, heads, strict=True):
        fill(cell, f"{prefix}CellHead", head)
        centre_upright(cell)


def framed_table(place: Container, widths: list[float], rows: int = 1, *, inset: float | None = None) -> Table:
    """An empty table with lines round every cell; `inset` narrows the room beside the text, millimetres."""
    return bare_table(place, widths, rows, borders=True, inset=inset)


def merged(first: _Cell, last: _Cell) -> _Cell:
    """The cells from `first` to `last` as one cell with one empty paragraph."""
    cell: _Cell = first.merge(last)
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    return cell


def two_storey_head(table: Table, before: list[str], pairs: list[tuple[str, list[str]]], after: list[str]) -> None:
    """Heads over the first two rows, printed again on each page.

    Args:
        before, after: heads of the columns left and right, which run through both rows.
        pairs: heads that span columns, each with the heads of the columns below it.
    """
    upper, lower = table.rows[0], table.rows[1]
    above, below = upper.cells, lower.cells
    placed: list[tuple[_Cell, str]] = []
    column = 0
    for text in before:
        placed.append((merged(above[column], below[column]), text))
        column += 1
    for text, heads in pairs:
        placed += [(below[column + index], head) for index, head in enumerate(heads)]
        placed.append((merged(above[column], above[column + len(heads) - 1]), text))
        column += len(heads)
    for text in after:
        placed.append((merged(above[column], below[column]), text))
        column += 1
    for cell, text in placed:
        fill(cell, "SmallCellHead", text)
        centre_upright(cell)
    repeat_on_pages(upper)
    repeat_on_pages(lower)


def rows_table(
    place: Container,
    rows: str,
    columns: list[Column],
    *,
    small: bool = False,
    height: float = 7,
    row: str = "row",
) -> Table:
    """A framed table with one row for each of `rows`.

    Args:
        rows: the list in the context.
        small: 12 points in place of 13, for wide tables.
        height: least height of a row, millimetres.
        row: what a row is called in the columns' texts.

    A row stays whole on one page; one that is longer than a page runs over all the same.
    """
    prefix = "Small" if small else ""
    table = framed_table(place, [column.width for column in columns], inset=1 if small else None)
    head_row(table, table.rows[0], [column.head for column in columns], prefix)
    row_tag(table, f"for {row} in {rows}")
    body = add_row(table)
    least_height(body, height)
    for cell, column in zip(body.cells, columns, strict=True):
        style = f"{prefix}CellCentre" if column.centre else f"{prefix}Cell"
        if column.lines:
            cell_lines(cell, style, column.lines)
        else:
            fill(cell, style, column.text)
    row_tag(table, "endfor")
    if isinstance(place, Document):
        spacer(place)
    return table


def without_unused(
    place: Container, rows: str, columns: list[Column], optional: str, grows: str, *, small: bool = False
) -> None:
    """A table of rows that drops its column `optional` where no row gives it; another one takes its room.

    Args:
        optional: name of the table's column in the manifest, which the column prints as `row.<optional>`.
        grows: head of the column that takes the room.
    """
    left_out = next(one for one in columns if f"row.{optional}" in one.text + one.lines)
    kept = [one for one in columns if one is not left_out]
    kept = [replace(one, width=one.width + left_out.width) if one.head == grows else one for one in kept]
    tag(place, f"if has.{rows}_{optional} or blank")
    rows_table(place, rows, columns, small=small)
    tag(place, "else")
    rows_table(place, rows, kept, small=small)
    tag(place, "endif")


_LEVELS = (("excellent", "Xuất sắc"), ("good", "Tốt"), ("average", "Trung bình"), ("poor", "Kém"))
_NUMBER_WIDTH, _TITLE_WIDTH, _MARK_WIDTH = 11.0, 82.0, 18.0


def criteria_table(place: Container, rows: str = "criteria") -> Table:
    """TT, criterion, and the four levels of performance; reads `is_group`, `number`, `title`, `marks` of each row."""
    widths = [_NUMBER_WIDTH, _TITLE_WIDTH, *[_MARK_WIDTH] * len(_LEVELS)]
    table = framed_table(place, widths, rows=2)
    two_storey_head(table, ["TT", "TIÊU CHÍ ĐÁNH GIÁ"], [("CẤP ĐỘ THỰC HIỆN", [label for _, label in _LEVELS])], [])
    row_tag(table, f"for row in {rows}")
    row_tag(table, "if row.is_group")
    _criterion_row(table, "CellGroup", marked=False)
    row_tag(table, "else")
    _criterion_row(table, "Cell", marked=True)
    row_tag(table, "endif")
    row_tag(table, "endfor")
    if isinstance(place, Document):
        spacer(place)
    return table


def _criterion_row(table: Table, style: str, *, marked: bool) -> None:
    row = add_row(table)
    cells = row.cells
    fill(cells[0], "CellCentre" if marked else "CellHead", "{{ row.number }}")
    if not marked:
        # No boxes beside the heading of a group: whoever sees one ticks it.
        fill(merged(cells[1], cells[-1]), style, "{{ row.title }}")
        return
    fill(cells[1], style, "{{ row.title }}")
    for cell, (code, _) in zip(cells[2:], _LEVELS, strict=True):
        fill(cell, "CellHead", f"{{{{ row.marks.{code} }}}}")
        centre_upright(cell)
