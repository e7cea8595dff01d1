"""Plans: how the year's reviews are run (C.3), and how what they found is put right (I.3.1, đoạn cuối)."""

from __future__ import annotations

from docx.document import Document

from .blocks import heading, paragraph, tag
from .closing import Recipients, Signer, closing
from .filling import or_dots, text_field
from .letters import GUIDANCE, signed
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused

_ORDER = (
    "Tập thể kiểm điểm trước, cá nhân kiểm điểm sau; người đứng đầu kiểm điểm trước, cấp phó và các thành viên kiểm "
    "điểm sau; cấp ủy, tổ chức đảng kiểm điểm sau khi tập thể lãnh đạo chính quyền, chuyên môn, đoàn thể cùng cấp đã "
    "kiểm điểm xong. Khi kiểm điểm người đứng đầu thì cấp phó chủ trì."
)


@template("ke-hoach-kiem-diem.docx")
def review_plan() -> Document:
    """Who is reviewed in which order, where, when and under whose chair, and what is due by when."""
    document = new_page("Kế hoạch kiểm điểm, đánh giá, xếp loại chất lượng")
    party_header(document)
    title(
        document,
        "Kế hoạch",
        "kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên",
        "và tập thể, cá nhân cán bộ lãnh đạo, quản lý năm {{ year }}",
        rule=True,
    )
    paragraph(
        document,
        "Body",
        f"Thực hiện {GUIDANCE}{{% if has.further_basis or blank %}}, {or_dots('further_basis')}{{% endif %}}, "
        f"{or_dots('sending_body')} xây dựng kế hoạch kiểm điểm, đánh giá, xếp loại chất lượng năm {{{{ year }}}} "
        "như sau:",
    )
    heading(document, "I. MỤC ĐÍCH, YÊU CẦU")
    text_field(document, "purpose")
    heading(document, "II. ĐỐI TƯỢNG, NỘI DUNG KIỂM ĐIỂM, ĐÁNH GIÁ")
    text_field(document, "subjects")
    text_field(document, "contents")
    heading(document, "III. TRÌNH TỰ, LỊCH KIỂM ĐIỂM")
    paragraph(document, "Body", _ORDER, keep_next=True)
    columns = [
        Column("TT", "{{ row.tt }}", 8, centre=True),
        Column("Tập thể, cá nhân kiểm điểm", "{{ row.subject }}", 42),
        Column("Ngày kiểm điểm", "{{ row.held_on }}", 22, centre=True),
        Column("Số ngày", "{{ row.days }}", 13, centre=True),
        Column("Nơi kiểm điểm", "{{ row.venue }}", 28),
        Column("Người chủ trì", "{{ row.chair }}", 25),
        Column("Cán bộ dự, theo dõi", "{{ row.attended_by }}", 27),
    ]
    without_unused(document, "reviews", columns, "days", columns[1].head, small=True)
    heading(document, "IV. THỜI HẠN HOÀN THÀNH CÔNG VIỆC")
    deadlines = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Công việc", "", 85, lines="row.task"),
        Column("Người, bộ phận thực hiện", "{{ row.responsible }}", 44),
        Column("Hạn hoàn thành", "{{ row.due_on }}", 26, centre=True),
    ]
    rows_table(document, "deadlines", deadlines, small=True)
    heading(document, "V. TỔ CHỨC THỰC HIỆN")
    text_field(document, "organisation", keep_last=True)
    signed(document)
    return document


@template("ke-hoach-khac-phuc.docx")
def remedy_plan() -> Document:
    """What each shortcoming of the review is remedied with, by whom and by when."""
    document = new_page("Kế hoạch khắc phục hạn chế, khuyết điểm")
    party_header(document)
    title(
        document,
        "Kế hoạch",
        "khắc phục hạn chế, khuyết điểm sau kiểm điểm năm {{ year }}",
        f"của {or_dots('subject')}",
        rule=True,
    )
    paragraph(
        document,
        "Body",
        f"Căn cứ {or_dots('basis')}, {or_dots('sending_body')} xây dựng kế hoạch khắc phục hạn chế, khuyết điểm như "
        "sau:",
    )
    heading(document, "I. MỤC TIÊU, YÊU CẦU")
    text_field(document, "purpose")
    heading(document, "II. HẠN CHẾ, KHUYẾT ĐIỂM VÀ BIỆN PHÁP KHẮC PHỤC")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Hạn chế, khuyết điểm", "", 46, lines="row.shortcoming"),
        Column("Biện pháp khắc phục", "", 52, lines="row.measure"),
        Column("Người chịu trách nhiệm", "{{ row.responsible }}", 34),
        Column("Hạn hoàn thành", "{{ row.due_on }}", 24, centre=True),
    ]
    rows_table(document, "measures", columns, small=True, height=12)
    heading(document, "III. TỔ CHỨC THỰC HIỆN")
    text_field(document, "organisation", keep_last=True)
    tag(document, "if has.signature_authority")
    signed(document)
    tag(document, "else")
    closing(document, Signer("NGƯỜI LẬP KẾ HOẠCH", (), "(Ký, ghi rõ họ tên)"), Recipients())
    tag(document, "endif")
    return document
