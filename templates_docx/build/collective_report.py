"""Mẫu 1: the review report of a collective (13-HD/TU, I.3.1 and I.4.1.a)."""

from __future__ import annotations

from docx.document import Document

from .blocks import boxes_line, boxes_list, heading, identity, paragraph, party_header, point, tag, text_field, title
from .closing import Signer, closing
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_RATING = "Tự đánh giá về cấp độ thực hiện"
# The achievements in the order of the guidance, I.3.1: field, then heading.
_ACHIEVEMENTS = (
    ("implementation", "1. Việc quán triệt, tổ chức thực hiện các chủ trương, đường lối của Đảng, chính sách, pháp luật "
     "của Nhà nước, nghị quyết, chỉ thị, quyết định, kết luận của cấp trên"),
    ("programme_results", "2. Kết quả thực hiện các chương trình, kế hoạch công tác năm; các chỉ tiêu, nhiệm vụ được cấp "
     "có thẩm quyền giao, phê duyệt trong năm"),
    ("prevention", "3. Việc đấu tranh ngăn chặn, đẩy lùi những biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối "
     "sống, “tự diễn biến”, “tự chuyển hóa” trong nội bộ, gắn với đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong "
     "cách Hồ Chí Minh và công tác đấu tranh phòng, chống tham nhũng, lãng phí"),
    ("democratic_centralism", "4. Việc thực hiện nguyên tắc tập trung dân chủ và các quy định, quy chế làm việc"),
    ("inspection", "5. Kết quả lãnh đạo, chỉ đạo, thực hiện công tác kiểm tra, giám sát, kỷ luật đảng và thi đua, khen "
     "thưởng"),
)  # fmt: skip


@template("mau-1.docx")
def collective_report() -> Document:
    """The report with a self-rating after each item and the claimed level at its end."""
    document = new_page("Báo cáo kiểm điểm tập thể", paper_code=True)
    party_header(document)
    title(document, "Báo cáo kiểm điểm tập thể", "Năm {{ year }}", rule=True)
    text_field(document, "introduction")
    heading(document, "I. ƯU ĐIỂM, KẾT QUẢ ĐẠT ĐƯỢC")
    for field, label in _ACHIEVEMENTS:
        point(document, label)
        text_field(document, field, keep_last=True)
        boxes_line(document, _RATING, f"{field}_rating")
    return document


_ = (boxes_list, identity, paragraph, tag, Signer, closing, Column, rows_table)
