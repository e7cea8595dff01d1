"""The two secret ballots of a cell on its members (Mẫu 5.2 and 5.3). Nothing on them names the voter."""

from __future__ import annotations

from docx.document import Document

from .blocks import columns, fill, paragraph, party_header, spacer, tag, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table


def _ballot(kind: str, *summary: str) -> Document:
    document = new_page(f"{kind} {' '.join(summary)}".replace("{{ year }}", "").strip())
    party_header(document, numbered=False)
    title(document, kind, *summary)
    return document


def _seal(document: Document) -> None:
    """Room for the mark by which the counters know a genuine sheet; voters sign nothing."""
    spacer(document)
    cells = columns(document, [82.0, 83.0], inset=0).rows[0].cells
    fill(cells[0], "Authority", "XÁC NHẬN CỦA CHI ỦY (CHI BỘ)")
    last = paragraph(cells[0], "SignNote", "(Ký hoặc đóng dấu treo trước khi phát phiếu)")
    last.paragraph_format.keep_with_next = False
    fill(cells[1], "SignNote")
    spacer(document)


def _names(width: float) -> list[Column]:
    return [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", width),
        Column("Chức vụ, ghi chú", "{{ row.note }}", 39),
    ]


@template("mau-5.2.docx")
def first_round() -> Document:
    """Three levels for each member."""
    document = _ballot("Phiếu xếp loại chất lượng đảng viên", "Năm {{ year }} (bỏ phiếu lần 1)")
    choices = [
        Column(head, "", 24) for head in ("Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Không hoàn thành nhiệm vụ")
    ]
    rows_table(document, "candidates", [*_names(44), *choices], height=9)
    paragraph(
        document,
        "Note",
        "Ghi chú: Với mỗi đảng viên, đánh dấu X vào một trong ba ô. Dòng không đánh dấu hoặc đánh dấu từ hai ô trở lên "
        "là không hợp lệ đối với đảng viên đó. Người bỏ phiếu không ghi tên, không ký vào phiếu.",
    )
    _seal(document)
    return document


@template("mau-5.3.docx")
def second_round() -> Document:
    """Yes or no to “excellent” for those rated good in round 1."""
    document = _ballot("Phiếu bầu đảng viên", "Hoàn thành xuất sắc nhiệm vụ năm {{ year }}", "(bỏ phiếu lần 2)")
    choices = [Column("Đồng ý", "", 23), Column("Không đồng ý", "", 23)]
    tag(document, "if has.most_votes")
    paragraph(document, "Body", "Bầu không quá {{ most_votes }} đồng chí.")
    tag(document, "endif")
    rows_table(document, "candidates", [*_names(70), *choices], height=9)
    paragraph(
        document,
        "Note",
        "Ghi chú: Danh sách gồm các đảng viên được phân loại “Hoàn thành tốt nhiệm vụ” ở lần 1. Với mỗi đảng viên, "
        "đánh dấu X vào một trong hai ô; dòng không đánh dấu hoặc đánh dấu cả hai ô là không hợp lệ đối với đảng viên "
        "đó. Người bỏ phiếu không ghi tên, không ký vào phiếu.",
    )
    _seal(document)
    return document
