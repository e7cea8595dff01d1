"""What stands at the head of a filed dossier: its cover and the list of what it holds."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from .blocks import columns, paragraph, spacer, tag, tag_first
from .closing import Signer, closing
from .filling import identity
from .opening import title
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_HALF = 82.5


def _bodies(document: Document) -> None:
    """Who keeps the dossier, on the left; its number on the right."""
    left, right = columns(document, [_HALF, _HALF], inset=0).rows[0].cells
    tag_first(left, "if superior_body")
    paragraph(left, "SuperiorBody", "{{ superior_body }}")
    tag(left, "endif")
    paragraph(left, "IssuingBody", "{{ issuing_body }}")
    tag(left, "if draft")
    paragraph(left, "DraftMark", "DỰ THẢO")
    tag(left, "endif")
    tag_first(right, "if has.dossier_number")
    paragraph(right, "PaperNumber", "Hồ sơ số: {{ dossier_number }}")
    tag(right, "else")
    paragraph(right, "PaperNumber", "Hồ sơ số: …………………")
    tag(right, "endif")
    spacer(document)


def _apart(made: Paragraph, points: float) -> None:
    made.paragraph_format.space_before = Pt(points)


@template("bia-ho-so.docx")
def cover() -> Document:
    """The sheet a dossier is bound behind."""
    document = new_page("Bìa hồ sơ")
    _bodies(document)
    tag(document, "if has.secrecy")
    _apart(paragraph(document, "Authority", "{{ secrecy }}"), 12)
    tag(document, "endif")
    tag(document, "if has.fonds")
    _apart(paragraph(document, "SignNote", "{{ fonds }}"), 12)
    tag(document, "endif")
    _apart(paragraph(document, "TypeName", "Hồ sơ"), 130)
    for text, above in (("{{ dossier_title }}", 24), ("{{ subject }}", 18)):
        name = text.strip("{ }")
        tag(document, f"if has.{name}")
        _apart(paragraph(document, "Summary", text), above)
        tag(document, "else")
        _apart(paragraph(document, "Dots", "\t"), above)
        tag(document, "endif")
    tag(document, "if has.unit")
    _apart(paragraph(document, "SignNote", "{{ unit }}"), 6)
    tag(document, "endif")
    _apart(paragraph(document, "TypeNameRule", ""), 120)
    _facts(document)
    return document


def _facts(document: Document) -> None:
    left, right = columns(document, [_HALF, _HALF], inset=0).rows[0].cells
    for cell, lines in (
        (
            left,
            (("Từ ngày", "started_on"), ("Đến ngày", "ended_on"), ("Số tài liệu", "documents"), ("Số tờ", "sheets")),
        ),
        (
            right,
            (("Phông số", "fonds_number"), ("Mục lục số", "inventory_number"), ("Thời hạn bảo quản", "retention")),
        ),
    ):
        for label, field in lines:
            identity(cell, label, field, width=_HALF - 5)
        cell._tc.remove(cell.paragraphs[0]._p)
    spacer(document)


@template("muc-luc-van-ban.docx")
def contents_list() -> Document:
    """What the dossier holds, in the order of its sheets."""
    document = new_page("Mục lục văn bản trong hồ sơ")
    _bodies(document)
    title(document, "Mục lục văn bản")
    identity(document, "Hồ sơ", "dossier_title")
    identity(document, "Đối tượng đánh giá", "subject")
    listed = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Số, ký hiệu", "{{ row.number }}", 25, centre=True),
        Column("Ngày tháng", "{{ row.date }}", 24, centre=True),
        Column("Tên loại và trích yếu", "{{ row.title }}", 47),
        Column("Tác giả", "{{ row.author }}", 27),
        Column("Tờ số", "{{ row.sheets }}", 15, centre=True),
        Column("Ghi chú", "{{ row.note }}", 17),
    ]
    rows_table(document, "documents", listed, small=True, height=8)
    tag(document, "if has.compiled_on")
    identity(document, "Ngày lập", "compiled_on", keep_next=True)
    tag(document, "endif")
    closing(document, Signer("NGƯỜI LẬP", (), "(Ký, ghi rõ họ tên)", "{{ compiler }}"))
    return document
