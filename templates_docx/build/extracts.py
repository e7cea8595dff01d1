"""Extracts: what a paper that concerns many says of one subject, with a reference to the whole paper."""

from __future__ import annotations

from docx.document import Document

from .blocks import heading, paragraph, tag
from .closing import Recipients, Signer, closing
from .filling import identity, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template

# An extract of minutes is named by the meeting they are of, where that is known.
_SUMMARY = (
    "{% if text.named_by and has.source_title %}{{ source_title }}"
    "{% else %}{{ text.summary }} năm {{ year }}{% endif %}"
)


@template("trich-luc.docx")
def extract() -> Document:
    """One template for extracts of minutes and of decisions; the form's `text` words the differences."""
    document = new_page("Trích lục")
    party_header(document)
    title(document, "{{ text.type_name }}", _SUMMARY, rule=True)
    identity(document, "- {{ text.source }}", "source_title")
    identity(document, "- Số, ký hiệu", "source_number", optional=True)
    identity(document, "- Ngày", "source_date")
    identity(document, "- {{ text.source_body }}", "source_body")
    identity(document, "- Trích nội dung liên quan đến", "subject")
    identity(document, "- Ngày sinh", "birth_date", optional=True)
    identity(document, "- Chức vụ, đơn vị", "position", optional=True)
    heading(document, "{{ text.contents }}")
    text_field(document, "contents")
    tag(document, "if has.level or blank")
    identity(document, "{{ text.level }}", "level", value="level.label")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        "Phần trích trên đúng với bản đầy đủ lưu tại "
        "{% if has.kept_at %}{{ kept_at }}{% else %}hồ sơ chung của đợt đánh giá{% endif %}.",
        keep_next=True,
    )
    tag(document, "if has.source_digest")
    paragraph(document, "Digest", "Mã kiểm tra SHA-512 của bản đầy đủ: {{ source_digest }}", keep_next=True)
    tag(document, "endif")
    closing(
        document,
        Signer(("TRÍCH SAO", "{{ signature_authority }}", "{{ signature_acting }}")),
        Recipients(),
    )
    return document
