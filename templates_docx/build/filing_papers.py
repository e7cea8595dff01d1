"""What stands at the head of a filed dossier: its cover and the list of what it holds."""

from __future__ import annotations

from docx.document import Document

from .blocks import columns, fill, identity, paragraph, spacer, tag, tag_first, title
from .closing import Signer, closing
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


@template("bia-ho-so.docx")
def cover() -> Document:
    """The sheet a dossier is bound behind."""
    document = new_page("Bìa hồ sơ")
    _bodies(document)
    tag(document, "if has.secrecy")
    paragraph(document, "Secrecy", "{{ secrecy }}")
    tag(document, "endif")
    tag(document, "if has.fonds")
    paragraph(document, "SignNote", "{{ fonds }}")
    tag(document, "endif")
    paragraph(document, "CoverName", "Hồ sơ")
    paragraph(document, "CoverTitle", "{{ dossier_title }}")
    paragraph(document, "CoverTitle", "{{ subject }}")
    tag(document, "if has.unit")
    paragraph(document, "CoverUnit", "{{ unit }}")
    tag(document, "endif")
    paragraph(document, "CoverGap")
    left, right = columns(document, [_HALF, _HALF], inset=0).rows[0].cells
    _cover_lines(left, (("Từ ngày", "started_on"), ("Đến ngày", "ended_on"), ("Số tài liệu", "documents"), ("Số tờ", "sheets")))
    _cover_lines(right, (("Phông số", "fonds_number"), ("Mục lục số", "inventory_number"), ("Hồ sơ số", "dossier_number"),
                         ("Thời hạn bảo quản", "retention")))  # fmt: skip
    spacer(document)
    return document
