"""Secret ballots: of a cell on its members (Mẫu 5.2 and 5.3), on an own level, and of the body that decides.

Nothing on them names the voter.
"""

from __future__ import annotations

import re

from docx.document import Document
from docx.shared import Pt
from docx.table import Table

from .blocks import columns, fill, paragraph, spacer, tag
from .filling import given_or_dots
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import (
    Column,
    add_row,
    centre_upright,
    framed_table,
    head_row,
    least_height,
    row_tag,
    rows_table,
)


def _ballot(kind: str, *summary: str) -> Document:
    document = new_page(" ".join(re.sub(r"{{.*?}}", "", f"{kind} {' '.join(summary)}").split()))
    party_header(document, numbered=False)
    title(document, kind, *summary)
    return document


def _seal(document: Document, whose: str = "XÁC NHẬN CỦA CHI ỦY (CHI BỘ)") -> None:
    """Room for the mark by which the counters know a genuine sheet; voters sign nothing."""
    paragraph(document, "Spacer", keep_next=True)
    cells = columns(document, [82.0, 83.0], inset=0).rows[0].cells
    fill(cells[0], "Authority", whose)
    last = paragraph(cells[0], "SignNote", "(Ký hoặc đóng dấu treo trước khi phát phiếu)")
    last.paragraph_format.keep_with_next = False
    fill(cells[1], "SignNote")
    spacer(document)


# The longest list that still leaves the rows so high, millimetres, when its ballot is to be one page.
_ROOMY = ((16, 9.0), (20, 6.8))
_TIGHT = 5.2


def _candidates(document: Document, name: float, note: float, choices: list[Column]) -> None:
    """Whom the cell votes on, a box for each answer; a long list has low rows, so that 30 find room on a page."""
    columns_of_row = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", name),
        Column("Chức vụ, ghi chú", "{{ row.note }}", note),
        *choices,
    ]
    table = framed_table(document, [column.width for column in columns_of_row], inset=1)
    head_row(table, table.rows[0], [column.head for column in columns_of_row], "Small")
    row_tag(table, "for row in candidates")
    for number, (longest, height) in enumerate(_ROOMY):
        row_tag(table, f"{'elif' if number else 'if'} loop.length < {longest + 1}")
        _candidate(table, columns_of_row, height, "" if number == 0 else "Small")
    row_tag(table, "else")
    _candidate(table, columns_of_row, _TIGHT, "Small")
    row_tag(table, "endif")
    row_tag(table, "endfor")
    spacer(document)


def _candidate(table: Table, columns_of_row: list[Column], height: float, prefix: str) -> None:
    row = add_row(table)
    least_height(row, height)
    for cell, column in zip(row.cells, columns_of_row, strict=True):
        text = fill(cell, f"{prefix}CellCentre" if column.centre else f"{prefix}Cell", column.text)
        text.paragraph_format.space_before = text.paragraph_format.space_after = Pt(0)
        centre_upright(cell)


@template("mau-5.2.docx")
def first_round() -> Document:
    """Three levels for each member."""
    document = _ballot("Phiếu xếp loại chất lượng đảng viên", "Năm {{ year }} (bỏ phiếu lần 1)")
    choices = [
        Column(head, "", width)
        for head, width in (
            ("Hoàn thành tốt nhiệm vụ", 25),
            ("Hoàn thành nhiệm vụ", 24),
            ("Không hoàn thành nhiệm vụ", 32),
        )
    ]
    _candidates(document, 48, 27, choices)
    paragraph(
        document,
        "Note",
        "Ghi chú: Mỗi dòng đánh dấu X vào một ô; dòng không đánh dấu hoặc đánh dấu từ hai ô trở lên là không hợp lệ "
        "đối với đảng viên đó. Không ghi tên, không ký vào phiếu.",
        keep_next=True,
    )
    _seal(document)
    return document


@template("mau-5.3.docx")
def second_round() -> Document:
    """Yes or no to “excellent” for those rated good in round 1."""
    document = _ballot("Phiếu bầu đảng viên", "Hoàn thành xuất sắc nhiệm vụ năm {{ year }}", "(bỏ phiếu lần 2)")
    choices = [Column("Đồng ý", "", 25), Column("Không đồng ý", "", 25)]
    tag(document, "if has.most_votes")
    paragraph(document, "Body", "Bầu không quá {{ most_votes }} đồng chí.")
    tag(document, "endif")
    _candidates(document, 62, 44, choices)
    paragraph(
        document,
        "Note",
        "Ghi chú: Danh sách gồm các đảng viên được phân loại “Hoàn thành tốt nhiệm vụ” ở lần 1. Mỗi dòng đánh dấu X "
        "vào một ô; dòng không đánh dấu hoặc đánh dấu cả hai ô là không hợp lệ đối với đảng viên đó. Không ghi tên, "
        "không ký vào phiếu.",
        keep_next=True,
    )
    _seal(document)
    return document


_LEVELS = (
    "Hoàn thành xuất sắc nhiệm vụ",
    "Hoàn thành tốt nhiệm vụ",
    "Hoàn thành nhiệm vụ",
    "Không hoàn thành nhiệm vụ",
)


@template("phieu-tu-xep-loai.docx")
def own_level() -> Document:
    """One of four levels for one organisation or collective (13-HD/TU, II.1.6, bước 1, gạch 2)."""
    document = _ballot("Phiếu bỏ phiếu kín", "Xếp loại chất lượng năm {{ year }}")
    subject = paragraph(document, "Line", "- Tổ chức đảng, tập thể được xếp loại: ")
    given_or_dots(subject, "subject", "has.subject")
    tag(document, "if has.voters")
    paragraph(document, "Line", "- Bỏ phiếu tại: {{ voters }}")
    tag(document, "endif")
    table = framed_table(document, [12.0, 113.0, 40.0])
    head_row(table, table.rows[0], ["TT", "Mức xếp loại", "Chọn một mức"])
    for number, level in enumerate(_LEVELS, start=1):
        row = add_row(table)
        least_height(row, 10)
        for cell, style, text in zip(row.cells, ("CellCentre", "Cell", "Cell"), (str(number), level, ""), strict=True):
            fill(cell, style, text)
            centre_upright(cell)
    spacer(document)
    paragraph(
        document,
        "Note",
        "Ghi chú: Đánh dấu X vào một trong bốn ô. Phiếu không đánh dấu hoặc đánh dấu từ hai ô trở lên là không hợp lệ. "
        "Người bỏ phiếu không ghi tên, không ký vào phiếu.",
        keep_next=True,
    )
    _seal(document, "{{ text.seal }}")
    return document


@template("phieu-quyet-dinh.docx")
def decision() -> Document:
    """Four levels for each subject the body decides on (13-HD/TU, II.1.6, II.2.5 and III.5, bước 3)."""
    document = _ballot("Phiếu biểu quyết", "Xếp loại chất lượng {{ concerning.label }}", "Năm {{ year }}")
    tag(document, "if has.deciding_body")
    paragraph(document, "Line", "- Bỏ phiếu tại: {{ deciding_body }}")
    tag(document, "endif")
    for given, names in ((True, [36.0, 26.0, 21.0]), (False, [47.0, 36.0])):
        tag(document, "if has.candidates_proposed" if given else "else")
        _decision_table(document, names)
    tag(document, "endif")
    paragraph(
        document,
        "Note",
        "Ghi chú: Với mỗi dòng, đánh dấu X vào một trong bốn ô. Dòng không đánh dấu hoặc đánh dấu từ hai ô trở lên là "
        "không hợp lệ đối với đối tượng đó. Người bỏ phiếu không ghi tên, không ký vào phiếu."
        "{% if has.candidates_proposed %} HTXSNV: Hoàn thành xuất sắc nhiệm vụ; HTTNV: Hoàn thành tốt nhiệm vụ; "
        "HTNV: Hoàn thành nhiệm vụ; KHTNV: Không hoàn thành nhiệm vụ.{% endif %}",
        keep_next=True,
    )
    _seal(document, "{{ text.seal }}")
    return document


def _decision_table(document: Document, widths: list[float]) -> None:
    """Number, subject, note, the level proposed where there is a width for it, and a box for each level."""
    heads = (
        ("Tên tổ chức, tập thể hoặc họ và tên", "{{ row.subject }}"),
        ("Chức vụ, đơn vị, ghi chú", "{{ row.note }}"),
        ("Mức đề nghị", "{{ row.proposed.short }}"),
    )
    columns_of_row = [Column("TT", "{{ row.tt }}", 10, centre=True)]
    columns_of_row += [Column(head, text, width) for (head, text), width in zip(heads, widths, strict=False)]
    columns_of_row += [Column(level, "", 18) for level in _LEVELS]
    rows_table(document, "candidates", columns_of_row, small=True, height=9)
