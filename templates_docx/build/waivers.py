"""The sheet of a waiver: what the rules hold against a dossier, and why an approver let it pass."""

from __future__ import annotations

from docx.document import Document

from .blocks import heading, paragraph
from .closing import Signer, closing
from .filling import identity, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template


@template("phieu-ngoai-le.docx")
def waiver_sheet() -> Document:
    """One finding, the reason it was let pass for, the paper behind it, and who answers for it."""
    document = new_page("Phiếu chấp nhận ngoại lệ")
    party_header(document, numbered=False)
    title(document, "Phiếu chấp nhận ngoại lệ", "khi đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    identity(document, "- Đối tượng được đánh giá", "subject")
    identity(document, "- Ngày sinh", "birth_date", optional=True)
    identity(document, "- Chức vụ, đơn vị", "position", optional=True)
    identity(document, "- Mức đề nghị hoặc quyết định", "level", value="level.label")
    heading(document, "I. ĐIỂM CHƯA ĐÚNG QUY ĐỊNH")
    identity(document, "- Quy tắc", "rule")
    identity(document, "- Căn cứ", "citation")
    identity(document, "- Nội dung", "finding")
    identity(document, "- Đã có", "found", optional=True)
    identity(document, "- Cần có", "needed", optional=True)
    heading(document, "II. LÝ DO CHẤP NHẬN NGOẠI LỆ")
    text_field(document, "reason")
    identity(document, "- Văn bản làm căn cứ", "basis")
    paragraph(
        document,
        "Body",
        "Ngoại lệ này chỉ áp dụng cho các dữ kiện đã xem xét; khi dữ kiện thay đổi thì hết hiệu lực.",
        keep_next=True,
    )
    closing(document, Signer("NGƯỜI DUYỆT", (), "(Ký, ghi rõ họ tên)", "{{ approver }}"))
    return document
