"""Mẫu 1: the review report of a collective (13-HD/TU, I.3.1 and I.4.1.a)."""

from __future__ import annotations

from docx.document import Document

from .blocks import heading, paragraph, point, tag
from .closing import Recipients, Signer, closing
from .filling import boxes_line, boxes_list, identity, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_RATING = "Tự đánh giá cấp độ thực hiện"
# The achievements in the order of the guidance, I.3.1: field, then heading.
_ACHIEVEMENTS = (
    (
        "implementation",
        "1. Việc quán triệt, tổ chức thực hiện các chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước, "
        "nghị quyết, chỉ thị, quyết định, kết luận của cấp trên",
    ),
    (
        "programme_results",
        "2. Kết quả thực hiện các chương trình, kế hoạch công tác năm của địa phương, cơ quan, đơn vị; các chỉ tiêu, "
        "nhiệm vụ được cấp có thẩm quyền giao, phê duyệt trong năm được lượng hóa bằng sản phẩm (nếu có)",
    ),
    (
        "prevention",
        "3. Việc đấu tranh ngăn chặn, đẩy lùi những biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự "
        "diễn biến”, “tự chuyển hóa” trong nội bộ, gắn với đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách "
        "Hồ Chí Minh và công tác đấu tranh phòng, chống tham nhũng, lãng phí",
    ),
    ("democratic_centralism", "4. Việc thực hiện nguyên tắc tập trung dân chủ và các quy định, quy chế làm việc"),
    (
        "inspection",
        "5. Kết quả lãnh đạo, chỉ đạo, thực hiện công tác kiểm tra, giám sát, kỷ luật đảng và thi đua, khen thưởng",
    ),
)
_SIGN = "{% if without_seal %}(Ký, ghi rõ họ tên){% else %}(Ký, ghi rõ họ tên và đóng dấu){% endif %}"
_INTRODUCTION = (
    "Căn cứ kết quả lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị năm {{ year }} của {{ place_led }}, "
    "{{ collective }} kiểm điểm tự phê bình và phê bình với các nội dung sau:"
)


@template("mau-1.docx")
def collective_report() -> Document:
    """The report with a self-rating after each item and the claimed level at its end."""
    document = new_page("Báo cáo kiểm điểm tập thể", paper_code=True)
    party_header(document)
    title(document, "Báo cáo", "Kiểm điểm tập thể năm {{ year }}", rule=True)
    identity(document, "Tập thể kiểm điểm", "collective")
    tag(document, "if has.collective and has.place_led")
    paragraph(document, "Body", _INTRODUCTION)
    tag(document, "endif")
    heading(document, "I. ƯU ĐIỂM, KẾT QUẢ ĐẠT ĐƯỢC")
    for field, label in _ACHIEVEMENTS:
        point(document, label)
        text_field(document, field, keep_last=True)
        boxes_line(document, _RATING, f"{field}_rating")
    _shortcomings(document)
    _suggested_matters(document)
    _responsibility(document)
    heading(document, "VI. PHƯƠNG HƯỚNG, BIỆN PHÁP KHẮC PHỤC")
    text_field(document, "directions")
    heading(document, "VII. TỰ NHẬN MỨC XẾP LOẠI CHẤT LƯỢNG")
    boxes_list(document, "claimed_level")
    paragraph(document, "Note", "(Kèm theo phiếu phân tích chất lượng và đánh giá, xếp loại)", keep_next=True)
    closing(document, Signer(note=_SIGN), Recipients())
    return document


def _shortcomings(document: Document) -> None:
    heading(document, "II. HẠN CHẾ, KHUYẾT ĐIỂM VÀ NGUYÊN NHÂN")
    for field, label in (
        ("shortcomings", "1. Hạn chế, khuyết điểm"),
        ("subjective_causes", "2. Nguyên nhân chủ quan"),
        ("objective_causes", "3. Nguyên nhân khách quan"),
    ):
        tag(document, f"if has.{field} or blank")
        point(document, label)
        text_field(document, field)
        tag(document, "endif")
    heading(
        document,
        "III. KẾT QUẢ KHẮC PHỤC NHỮNG HẠN CHẾ, KHUYẾT ĐIỂM ĐÃ ĐƯỢC CẤP CÓ THẨM QUYỀN KẾT LUẬN HOẶC ĐƯỢC CHỈ RA Ở KỲ "
        "KIỂM ĐIỂM TRƯỚC",
    )
    tag(document, "if has.remedies or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Hạn chế, khuyết điểm", "", 44, lines="row.shortcoming"),
        Column("Kỳ kiểm điểm, văn bản kết luận", "{{ row.source }}", 28),
        Column("Tình trạng", "{{ row.status.label }}", 22, centre=True),
        Column("Kết quả, mức độ khắc phục; khó khăn", "", 36, lines="row.result"),
        Column("Trách nhiệm", "{{ row.responsible }}", 25),
    ]
    rows_table(document, "remedies", columns, small=True, height=12)
    tag(document, "else")
    paragraph(document, "Body", "Không có hạn chế, khuyết điểm phải khắc phục từ kỳ kiểm điểm trước.")
    tag(document, "endif")
    boxes_line(document, _RATING, "remedy_rating")


def _suggested_matters(document: Document) -> None:
    heading(document, "IV. GIẢI TRÌNH NHỮNG VẤN ĐỀ ĐƯỢC GỢI Ý KIỂM ĐIỂM (NẾU CÓ)")
    tag(document, "if has.suggested_matters or blank")
    tag(document, "for row in suggested_matters")
    point(document, "Vấn đề {{ row.tt }}")
    for lead, name in (
        ("", "matter"),
        ("- Giải trình: ", "explanation"),
        ("- Nguyên nhân: ", "cause"),
        ("- Trách nhiệm của tập thể, cá nhân: ", "responsibility"),
    ):
        text_field(document, f"row.{name}", lead=lead, given="has.suggested_matters")
    tag(document, "endfor")
    boxes_line(document, _RATING, "suggested_matters_rating")
    tag(document, "else")
    paragraph(document, "Body", "Không có vấn đề được gợi ý kiểm điểm.")
    tag(document, "endif")


def _responsibility(document: Document) -> None:
    heading(document, "V. TRÁCH NHIỆM CỦA TẬP THỂ VÀ TỪNG THÀNH VIÊN TRONG HẠN CHẾ, KHUYẾT ĐIỂM")
    for field, label in (
        ("collective_responsibility", "1. Trách nhiệm của tập thể"),
        ("head_responsibility", "2. Trách nhiệm của người đứng đầu"),
    ):
        point(document, label)
        text_field(document, field)
    tag(document, "if has.member_responsibilities or blank")
    point(document, "3. Trách nhiệm của từng thành viên")
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", 45),
        Column("Chức vụ", "{{ row.position }}", 40),
        Column("Trách nhiệm trong từng hạn chế, khuyết điểm", "", 70, lines="row.responsibility"),
    ]
    rows_table(document, "member_responsibilities", columns, height=9)
    tag(document, "endif")
