"""Tables of figures: counts by level with their sums, and the share of the excellent of each group."""

from __future__ import annotations

from docx.document import Document
from docx.table import Table, _Cell

from .blocks import fill, paragraph, spacer, tag, tag_first, write
from .decisions import LEVELS
from .tables import add_row, framed_table, least_height, row_tag, two_storey_head

_SHARE = ["SL", "%"]
_COUNT, _PERCENT = 13.0, 15.0


def counts_table(document: Document, rows: str, name: str, before: list[tuple[str, str, float]], width: float) -> None:
    """A table of counts: who, the columns before, then count and share of each level, and the sums of all.

    No line stands after it, since one that does not fit would take a page of its own before the next form.

    Args:
        rows: the table in the context, with its sums as `<rows>_total`.
        name: head of the column of names.
        before: head, column and width of what is counted before the levels.
        width: of the column of names, millimetres.
    """
    widths = [9.0, width, *(one for *_, one in before), *[_COUNT, _PERCENT] * len(LEVELS)]
    table = framed_table(document, widths, rows=2, inset=0.8)
    heads = ["TT", name, *(head for head, *_ in before)]
    two_storey_head(table, heads, [(label, _SHARE) for _, label in LEVELS], [])
    row_tag(table, f"for row in {rows}")
    columns = [column for _, column, _ in before]
    _figures(table, ["{{ row.tt }}", "{{ row.name }}"], "row", columns, "SmallCell")
    row_tag(table, "endfor")
    _figures(table, ["", "Cộng"], f"{rows}_total", columns, "SmallCell", bold=True)


def _figures(
    table: Table, first: list[str], holder: str, columns: list[str], style: str, *, bold: bool = False
) -> None:
    row = add_row(table)
    least_height(row, 8)
    texts = list(first)
    # The scope of a share is a name: rows have it, their sum does not.
    texts += ["" if bold and column == "scope" else f"{{{{ {holder}.{column} }}}}" for column in columns]
    for code, _ in LEVELS:
        texts += [f"{{{{ {holder}.{code} }}}}", f"{{{{ {holder}.{code}_percent }}}}"]
    names = {1, *(index for index, column in enumerate(columns, start=2) if column == "scope")}
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell_style = style if index in names else f"{style}Centre"
        if bold:
            write(fill(cell, cell_style), text, bold=True)
        else:
            above_sum(cell, cell_style, text)


def above_sum(cell: _Cell, style: str, text: str) -> None:
    """Fill a cell of a looped row whose last one stays on the page of the sums below it."""
    tag_first(cell, "if loop.last")
    paragraph(cell, style, text, keep_next=True)
    tag(cell, "else")
    paragraph(cell, style, text)
    tag(cell, "endif")


def quota_table(document: Document) -> None:
    """The share of the excellent of each group, worked out under both readings of its base (lying page)."""
    widths = [9.0, 55.0, 18.0, 16.0, 19.0, 17.0, 17.0, 17.0, 17.0, 17.0, 17.0, 33.0]
    table = framed_table(document, widths, rows=2, inset=0.8)
    base = ["Cơ sở tính", "20%", "Nhiều nhất"]
    two_storey_head(
        table,
        ["TT", "Phạm vi tính", "Đã xếp loại", "Số tốt", "Số xuất sắc"],
        [("Tính trên số tốt", base), ("Tính cả số xuất sắc", base)],
        ["Kết luận"],
    )
    row_tag(table, "for row in quotas")
    row = add_row(table)
    least_height(row, 8)
    fields = ["tt", "group", "classified", "second", "best"]
    fields += [f"{reading}_{figure}" for reading in ("literal", "pool") for figure in ("base", "quotient", "limit")]
    for cell, field in zip(row.cells, [*fields, "conclusion"], strict=True):
        fill(cell, "SmallCell" if field == "group" else "SmallCellCentre", f"{{{{ row.{field} }}}}")
    row_tag(table, "endfor")
    spacer(document)
    paragraph(
        document,
        "Note",
        "Số hoàn thành xuất sắc nhiệm vụ không vượt quá 20% số hoàn thành tốt nhiệm vụ (13-HD/TU, II.1.3.a; II.2.3.a; "
        "III.3.1; V.1, gạch 4). Cột “Nhiều nhất” là số nguyên sau khi làm tròn; ghi cả hai cách tính cơ sở để cấp có "
        "thẩm quyền xem xét.",
        keep_next=True,
    )
