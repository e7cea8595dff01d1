"""A person's results over the years, put together from what is filed."""

from __future__ import annotations

from docx.document import Document

from .blocks import paragraph, tag
from .closing import Signer, closing
from .filling import identity, text_field
from .member_forms import member_identity
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_SIGN = "(Ký, ghi rõ họ tên)"


@template("tong-hop-qua-cac-nam.docx")
def history_summary() -> Document:
    """Each result of a person with the paper it stands in, and whether it still stands."""
    document = new_page("Bản tổng hợp kết quả đánh giá, xếp loại chất lượng qua các năm")
    party_header(document, numbered=False)
    title(document, "Bản tổng hợp", "kết quả đánh giá, xếp loại chất lượng qua các năm, đến năm {{ year }}", rule=True)
    member_identity(document)
    identity(document, "Số thẻ đảng viên", "card_number", optional=True)
    identity(document, "Số lý lịch đảng viên", "file_number", optional=True)
    identity(document, "Ngày vào Đảng", "admitted_on", optional=True)
    identity(document, "Ngày chính thức", "official_on", optional=True)
    identity(document, "Mục đích sử dụng", "purpose", optional=True)
    columns = [
        Column("Năm", "{{ row.year }}", 13, centre=True),
        Column("Nơi đánh giá, chức vụ", "{{ row.unit }}{% if row.position %}; {{ row.position }}{% endif %}", 37),
        Column("Tư cách đánh giá", "{{ row.capacity.label }}", 24),
        Column("Mức xếp loại", "{{ row.level.label }}", 29),
        Column("Văn bản quyết định", "{{ row.decision }}", 36),
        Column("Hiệu lực, ghi chú", "{{ row.status.label }}{% if row.note %}; {{ row.note }}{% endif %}", 26),
    ]
    rows_table(document, "results", columns, small=True)
    tag(document, "if has.remarks or blank")
    text_field(document, "remarks", lead="Ghi chú: ")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        "Các kết quả trên lấy theo hồ sơ đánh giá đang lưu{% if has.compiled_on %}, tổng hợp ngày {{ compiled_on }}"
        "{% endif %}./.",
        keep_next=True,
    )
    tag(document, "if has.signature_authority or has.signer")
    closing(document, Signer(), Signer("NGƯỜI LẬP", (), _SIGN, "{{ compiler }}"))
    tag(document, "else")
    closing(document, Signer("NGƯỜI LẬP", (), _SIGN, "{{ compiler }}"))
    tag(document, "endif")
    return document
