"""The self-review, Mẫu 2, in its three variants: member, public employee, leader; its last page stands elsewhere."""

from __future__ import annotations

from docx.document import Document

from .assessment_page import assessment_page
from .blocks import heading, paragraph, point, tag
from .closing import Signer, closing
from .filling import boxes_in_pairs, boxes_line, text_field
from .member_forms import member_identity, prompted
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_RATING = "Tự đánh giá về cấp độ thực hiện"
_SIGN = "(Ký, ghi rõ họ tên)"
_EMPLOYED = 'variant.code == "public_employee" or variant.code == "leader"'
_LEADER = 'variant.code == "leader"'

# I.3.2.a, gạch 1: field, then what the guidance asks to be reviewed under it.
_CONDUCT = (
    (
        "political_ideology",
        "- Tư tưởng chính trị (trung thành với chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh và đường lối đổi mới của "
        "Đảng; chấp hành, tuyên truyền, vận động gia đình và nhân dân thực hiện chủ trương, đường lối của Đảng, chính "
        "sách, pháp luật của Nhà nước; học tập các nghị quyết, chỉ thị, tham gia các đợt sinh hoạt chính trị):",
    ),
    (
        "ethics_lifestyle",
        "- Phẩm chất đạo đức, lối sống (học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh; giữ gìn đạo "
        "đức, lối sống, tính tiền phong, gương mẫu, quan hệ mật thiết với nhân dân; cầu thị, lắng nghe, sửa chữa "
        "khuyết điểm; đấu tranh với quan liêu, tham nhũng, lãng phí, tiêu cực; ý thức xây dựng địa phương, cơ quan, "
        "đơn vị, giữ gìn đoàn kết nội bộ):",
    ),
    (
        "discipline",
        "- Ý thức tổ chức kỷ luật (chấp hành sự phân công của tổ chức; thực hiện những điều đảng viên không được làm, "
        "nội quy, quy chế; nguyên tắc, chế độ sinh hoạt đảng, đóng đảng phí; trách nhiệm nêu gương; nghĩa vụ công dân "
        "và mối liên hệ với chi ủy, đảng ủy cơ sở nơi cư trú):",
    ),
    (
        "working_style",
        "- Tác phong, lề lối làm việc (năng động, sáng tạo, quyết liệt trong thực hiện nhiệm vụ; phương pháp làm việc "
        "khoa học, dân chủ, đúng nguyên tắc; tinh thần hợp tác, giúp đỡ đồng chí, đồng nghiệp):",
    ),
    (
        "degeneration_signs",
        "- Liên hệ các biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối sống, “tự diễn biến”, “tự chuyển hóa” "
        "của cá nhân theo bản nhận diện (đính kèm):",
    ),
)
# I.3.2.a, gạch 2.
_DUTIES = (
    (
        "duties",
        "- Việc thực hiện nhiệm vụ đảng viên, quyền hạn và trách nhiệm đối với các chức vụ công tác (đảng, chính "
        "quyền, đoàn thể) theo quy định:",
    ),
    (
        "targets",
        "- Kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao trong năm được lượng hóa bằng sản phẩm cụ thể:",
    ),
    (
        "field_responsibility",
        "- Trách nhiệm cá nhân liên quan đến kết quả, hạn chế, khuyết điểm ở lĩnh vực, địa phương, tổ chức, cơ quan, "
        "đơn vị do mình phụ trách:",
    ),
)


@template("mau-2.docx")
def self_review() -> Document:
    """One template for all who review themselves; the parts for employees and leaders print for those only."""
    document = new_page("Bản tự kiểm điểm cá nhân", paper_code=True)
    tag(document, "if not has.print_only")
    party_header(document, numbered=False)
    title(document, "Bản tự kiểm điểm cá nhân", "Năm {{ year }}")
    member_identity(document)
    heading(document, "I. ƯU ĐIỂM, KẾT QUẢ ĐẠT ĐƯỢC")
    _conduct_and_duties(document)
    _leadership(document)
    tag(document, f"if {_LEADER}")
    point(document, "5. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu hằng năm")
    tag(document, "else")
    point(document, "3. Việc thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu hằng năm")
    tag(document, "endif")
    text_field(document, "commitment")
    _shortcomings(document)
    _claim(document)
    tag(document, "endif")
    assessment_page(document)
    return document


def _conduct_and_duties(document: Document) -> None:
    point(
        document,
        "1. Về phẩm chất chính trị, đạo đức, lối sống, ý thức tổ chức kỷ luật, tác phong, lề lối làm việc",
    )
    for field, prompt in _CONDUCT:
        prompted(document, prompt, field, keep_last=field == "degeneration_signs")
    boxes_line(document, _RATING, "conduct_rating")
    point(document, "2. Về thực hiện chức trách, nhiệm vụ")
    for field, prompt in _DUTIES:
        prompted(document, prompt, field)
    tag(document, f"if {_EMPLOYED}")
    prompted(
        document,
        "- Khối lượng, chất lượng, tiến độ, hiệu quả thực hiện nhiệm vụ được giao; tinh thần đổi mới, sáng tạo, tự "
        "chịu trách nhiệm; ý thức, thái độ phục vụ nhân dân:",
        "public_service",
    )
    tag(document, "endif")
    boxes_line(document, _RATING, "duties_rating")


def _leadership(document: Document) -> None:
    tag(document, f"if {_LEADER}")
    point(
        document,
        "3. Kết quả lãnh đạo, quản lý, điều hành; trách nhiệm cá nhân trong tham gia cùng tập thể lãnh đạo và tổ chức "
        "thực hiện nhiệm vụ chính trị, công tác tổ chức, cán bộ; quan hệ, phối hợp với cấp ủy và tập thể lãnh đạo, "
        "quản lý; thái độ công tâm, khách quan; việc quy tụ, đoàn kết nội bộ và sự tín nhiệm của cán bộ, đảng viên, "
        "quần chúng",
    )
    text_field(document, "leadership", keep_last=True)
    boxes_line(document, _RATING, "leadership_rating")
    point(
        document,
        "4. Ý thức đấu tranh phòng, chống quan liêu, tham nhũng, lãng phí, cơ hội, vụ lợi; việc kê khai tài sản, thu "
        "nhập; quan tâm chăm lo đời sống vật chất, tinh thần cho cán bộ, đảng viên, người lao động; trách nhiệm nêu "
        "gương (theo Hướng dẫn số 04-HD/TU, ngày 16/01/2017 của Ban Thường vụ Tỉnh ủy)",
    )
    text_field(document, "integrity", keep_last=True)
    boxes_line(document, _RATING, "integrity_rating")
    tag(document, "endif")


def _shortcomings(document: Document) -> None:
    heading(document, "II. HẠN CHẾ, KHUYẾT ĐIỂM VÀ NGUYÊN NHÂN")
    point(document, "1. Hạn chế, khuyết điểm")
    text_field(document, "shortcomings")
    point(document, "2. Nguyên nhân")
    text_field(document, "causes")
    heading(
        document,
        "III. KẾT QUẢ KHẮC PHỤC NHỮNG HẠN CHẾ, KHUYẾT ĐIỂM ĐÃ ĐƯỢC CẤP CÓ THẨM QUYỀN KẾT LUẬN HOẶC ĐƯỢC CHỈ RA Ở KỲ "
        "KIỂM ĐIỂM TRƯỚC",
    )
    tag(document, "if has.remedied or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Hạn chế, khuyết điểm", "", 50, lines="row.content"),
        Column("Kết luận, kỳ kiểm điểm đã chỉ ra", "{{ row.source }}", 35),
        Column("Tình trạng", "{{ row.status.label }}", 24, centre=True),
        Column("Kết quả, mức độ; khó khăn, vướng mắc", "", 46, lines="row.result"),
    ]
    rows_table(document, "remedied", columns, small=True, height=12)
    tag(document, "else")
    paragraph(document, "Body", "Không có hạn chế, khuyết điểm phải khắc phục từ kỳ kiểm điểm trước.")
    tag(document, "endif")
    tag(document, "if has.remedied or has.remedy_rating or blank")
    boxes_line(document, _RATING, "remedy_rating")
    tag(document, "endif")
    for label, field, nothing in (
        (
            "IV. GIẢI TRÌNH NHỮNG VẤN ĐỀ ĐƯỢC GỢI Ý KIỂM ĐIỂM (NẾU CÓ)",
            "explanation",
            "Không có vấn đề được gợi ý kiểm điểm.",
        ),
        (
            "V. TRÁCH NHIỆM CÁ NHÂN ĐỐI VỚI HẠN CHẾ, KHUYẾT ĐIỂM CỦA TẬP THỂ (NẾU CÓ)",
            "collective_responsibility",
            "Không có.",
        ),
    ):
        heading(document, label)
        tag(document, f"if has.{field} or blank")
        text_field(document, field)
        tag(document, "else")
        paragraph(document, "Body", nothing)
        tag(document, "endif")


def _claim(document: Document) -> None:
    heading(document, "VI. PHƯƠNG HƯỚNG, BIỆN PHÁP KHẮC PHỤC HẠN CHẾ, KHUYẾT ĐIỂM")
    text_field(document, "plan")
    heading(document, "VII. TỰ NHẬN MỨC XẾP LOẠI CHẤT LƯỢNG")
    tag(document, f"if {_EMPLOYED}")
    point(document, "1. Xếp loại cán bộ, công chức, viên chức")
    boxes_in_pairs(document, "claimed_employee_level")
    point(document, "2. Xếp loại đảng viên")
    tag(document, "endif")
    boxes_in_pairs(document, "claimed_level")
    closing(document, Signer("NGƯỜI TỰ KIỂM ĐIỂM", (), _SIGN, "{{ full_name }}"))
    # The next sheet begins right below: a line between would fill a page alone when the signature ends one.
    last = document.paragraphs[-1]._p
    document.element.body.remove(last)
