"""Mẫu 3 and Mẫu 4: the sheet on which an organisation or a collective is assessed, by itself or by others.

One template serves every variant (13-HD/TU, II.1.6 and III.5): the rows come from the rulebook, the wordings that
differ from the form's `text`.
"""

from __future__ import annotations

from docx.document import Document

from .blocks import fill, heading, paragraph, spacer, tag
from .closing import Signer, closing
from .filling import boxes_list, given_or_dots, identity, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, add_row, criteria_table, framed_table, head_row, least_height

_LEVEL = (
    '{% if assessor.code == "self" %}Tự xếp loại{% elif assessor.code == "participant" %}Đề nghị xếp loại{% else %}'
    "Tự xếp loại (đề nghị xếp loại){% endif %} mức chất lượng:"
)
_PARTICIPANT = 'assessor.code == "participant"'
# A cell has no seal, but most of those who take part have one.
_SIGN_NOTE = (
    f"{{% if {_PARTICIPANT} %}}{{{{ text.participant_sign_note }}}}{{% else %}}{{{{ text.sign_note }}}}{{% endif %}}"
)
_BALLOT = (
    Column("Tổng số người bỏ phiếu", "{{ ballot.entitled }}", 18),
    Column("Phiếu phát ra", "{{ ballot.issued }}", 16),
    Column("Phiếu thu về", "{{ ballot.returned }}", 16),
    Column("Phiếu hợp lệ", "{{ ballot.valid }}", 15),
    Column("Phiếu không hợp lệ", "{{ ballot.invalid }}", 16),
    Column("Hoàn thành xuất sắc nhiệm vụ", "{{ ballot.excellent }}", 22),
    Column("Hoàn thành tốt nhiệm vụ", "{{ ballot.good }}", 20),
    Column("Hoàn thành nhiệm vụ", "{{ ballot.completed }}", 20),
    Column("Không hoàn thành nhiệm vụ", "{{ ballot.not_completed }}", 22),
)


@template("mau-3-4.docx")
def assessment_sheet() -> Document:
    """Assessor, subject, criteria, secret ballot of the self-assessment, comment, level, signature."""
    document = new_page("Phiếu phân tích chất lượng và đánh giá, xếp loại", paper_code=True)
    party_header(document)
    title(document, "Phiếu phân tích chất lượng", "{{ text.title }}", "Năm {{ year }}")
    _assessor(document)
    identity(document, "- {{ text.subject }}", "subject")
    criteria_table(document)
    paragraph(document, "Note", "{{ text.note }}")
    _ballot(document)
    tag(document, "if has.comment or blank")
    heading(document, "Nhận xét chung:")
    text_field(document, "comment")
    tag(document, "endif")
    heading(document, _LEVEL)
    boxes_list(document, "level")
    tag(document, f"if has.return_to or (blank and {_PARTICIPANT})")
    made = paragraph(document, "Line", "Phiếu gửi về: ", keep_next=True)
    given_or_dots(made, "return_to", "has.return_to")
    tag(document, "endif")
    closing(document, Signer(note=_SIGN_NOTE))
    return document


def _assessor(document: Document) -> None:
    """Who assesses; a participant with the part in which the guidance calls it (13-HD/TU, II.1.5, III.4)."""
    made = paragraph(document, "Line", "- Chủ thể tham gia đánh giá, xếp loại: ")
    given_or_dots(made, "assessor_body", "has.assessor_body")
    tag(document, "if has.assessor_role")
    identity(document, "- Tư cách tham gia", "assessor_role")
    tag(document, "endif")


def _ballot(document: Document) -> None:
    """The secret ballot by which the body found its own level (13-HD/TU, II.1.6, bước 1)."""
    tag(document, f"if has.ballot or (blank and not ({_PARTICIPANT}))")
    heading(document, "Kết quả bỏ phiếu kín tự xếp loại của {{ text.voters }}:")
    table = framed_table(document, [column.width for column in _BALLOT], inset=1)
    head_row(table, table.rows[0], [column.head for column in _BALLOT], "Small")
    row = add_row(table)
    least_height(row, 9)
    for cell, column in zip(row.cells, _BALLOT, strict=True):
        fill(cell, "CellCentre", column.text)
    spacer(document)
    tag(document, "endif")
