"""What goes before a decision: opinions summed up, the appraisal, and the minutes of the meeting that decides."""

from __future__ import annotations

from docx.document import Document
from docx.table import Table

from .attendance import absences_guests_chair
from .blocks import fill, heading, paragraph, point, spacer, tag
from .closing import Recipients, Signer, closing
from .decisions import LEVELS
from .filling import identity, or_dots, text_field
from .meeting_times import began, copies_made, ended
from .opening import addressee, party_header, title
from .page import new_page
from .registry import template
from .tables import (
    Column,
    add_row,
    framed_table,
    head_row,
    least_height,
    row_tag,
    rows_table,
    two_storey_head,
    without_unused,
)

_RATINGS = (("excellent", "Xuất sắc"), ("good", "Tốt"), ("average", "Trung bình"), ("poor", "Kém"))
_SIGN = "(Ký, ghi rõ họ tên)"
# One ballot's figures, checked against each other (13-HD/TU, II.1.6, bước 3; III.5, bước 3).
_SHEETS = (
    ("entitled", "Số người được triệu tập có quyền bỏ phiếu"),
    ("issued", "Số phiếu phát ra"),
    ("returned", "Số phiếu thu về"),
    ("valid", "Số phiếu hợp lệ"),
    ("invalid", "Số phiếu không hợp lệ"),
)


@template("tong-hop-y-kien-tham-gia.docx")
def participants_summary() -> Document:
    """What the participating subjects say of one subject, criterion by criterion and level by level."""
    document = new_page("Báo cáo tổng hợp ý kiến các chủ thể tham gia đánh giá, xếp loại")
    party_header(document)
    title(
        document,
        "Báo cáo",
        "tổng hợp ý kiến các chủ thể tham gia đánh giá, xếp loại chất lượng năm {{ year }}",
        rule=True,
    )
    identity(document, "- Đối tượng được đánh giá", "subject")
    identity(document, "- Loại đối tượng", "concerns", value="concerns.label")
    identity(document, "- Mức tự nhận", "self_level", value="self_level.label", optional=True)
    identity(document, "- Số chủ thể được lấy ý kiến", "asked")
    identity(document, "- Số chủ thể đã gửi ý kiến", "answered")
    text_field(document, "not_answered", lead="- Chủ thể chưa gửi ý kiến, lý do: ")
    heading(document, "I. Ý KIẾN CỦA TỪNG CHỦ THỂ")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Chủ thể tham gia đánh giá", "{{ row.body }}", 44),
        Column("Ngày gửi", "{{ row.sent_on }}", 23, centre=True),
        Column("Nhận xét, góp ý", "", 55, lines="row.opinion"),
        Column("Mức đề xuất", "{{ row.level.label }}", 34),
    ]
    without_unused(document, "opinions", columns, "sent_on", "Nhận xét, góp ý", small=True)
    heading(document, "II. SỐ CHỦ THỂ ĐỀ XUẤT TỪNG MỨC")
    _proposed_levels(document)
    tag(document, "if has.criteria or blank")
    heading(document, "III. SỐ CHỦ THỂ XÁC ĐỊNH TỪNG CẤP ĐỘ CỦA MỖI TIÊU CHÍ")
    rated = [Column("TT", "{{ row.tt }}", 9, centre=True), Column("Tiêu chí", "{{ row.title }}", 76)]
    rated += [Column(label, f"{{{{ row.{code} }}}}", 20, centre=True) for code, label in _RATINGS]
    rows_table(document, "criteria", rated, small=True)
    tag(document, "endif")
    text_field(document, "remark", lead="Ý kiến của cơ quan tổng hợp: ", keep_last=True)
    closing(document, Signer(), Recipients())
    return document


def _proposed_levels(document: Document) -> None:
    table = framed_table(document, [105, 30, 30])
    head_row(table, table.rows[0], ["Mức đề xuất", "Số chủ thể", "Tỷ lệ"])
    for index, (code, label) in enumerate(LEVELS, start=1):
        row = add_row(table)
        held = f"opinions_total.level.{code}"
        fill(row.cells[0], "Cell", label, keep_next=index < len(LEVELS))
        fill(row.cells[1], "CellCentre", f"{{{{ {held}.count }}}}")
        fill(row.cells[2], "CellCentre", f"{{{{ {held}.percent }}}}")
    spacer(document)


@template("bao-cao-tham-dinh.docx")
def appraisal_report() -> Document:
    """What the appraising body found in the dossiers, what was waived, and the levels it proposes."""
    document = new_page("Báo cáo thẩm định kết quả đánh giá, xếp loại chất lượng")
    party_header(document)
    title(document, "Báo cáo", "thẩm định kết quả đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    addressee(document)
    paragraph(
        document,
        "Body",
        "Căn cứ Hướng dẫn số 13-HD/TU, ngày 20/11/2018 của Ban Thường vụ Tỉnh ủy Phú Thọ, "
        f"{or_dots('appraising_body')} đã thẩm định kết quả đánh giá, xếp loại chất lượng năm {{{{ year }}}} đối với "
        f"{or_dots('concerned')} và báo cáo như sau:",
    )
    heading(document, "I. HỒ SƠ TIẾP NHẬN")
    identity(document, "- Số hồ sơ tiếp nhận", "received")
    identity(document, "- Số hồ sơ đủ tài liệu theo quy định", "complete")
    text_field(document, "incomplete", lead="- Hồ sơ còn thiếu: ")
    heading(document, "II. KẾT QUẢ ĐỐI CHIẾU VỚI TIÊU CHUẨN")
    _findings(document)
    heading(document, "III. NGOẠI LỆ ĐÃ ĐƯỢC CHẤP NHẬN")
    _waivers(document)
    tag(document, "if has.remedies or blank")
    heading(document, "IV. KẾT QUẢ KHẮC PHỤC HẠN CHẾ ĐƯỢC CHỈ RA NĂM TRƯỚC")
    text_field(document, "remedies")
    tag(document, "endif")
    heading(document, "V. ĐỀ XUẤT MỨC XẾP LOẠI")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 33),
        Column("Loại đối tượng, đơn vị", "{{ row.concerns.label }}{% if row.unit %}; {{ row.unit }}{% endif %}", 29),
        Column("Mức cấp dưới đề xuất", "{{ row.claimed.label }}", 47),
        Column("Mức đề xuất sau thẩm định", "{{ row.level.label }}", 47),
    ]
    without_unused(document, "results", columns, "claimed", "Mức đề xuất sau thẩm định", small=True)
    text_field(document, "opinion", keep_last=True)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document


def _findings(document: Document) -> None:
    tag(document, "if has.findings or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 32),
        Column("Điểm chưa đúng quy định", "", 43, lines="row.finding"),
        Column("Căn cứ", "{{ row.citation }}", 40),
        Column("Tính chất", "{{ row.severity.label }}", 16, centre=True),
        Column("Kết quả xử lý", "{{ row.handling }}", 25),
    ]
    rows_table(document, "findings", columns, small=True)
    tag(document, "else")
    paragraph(document, "Body", "Không phát hiện điểm chưa đúng quy định.")
    tag(document, "endif")


def _waivers(document: Document) -> None:
    tag(document, "if has.waivers or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 32),
        Column("Điểm được chấp nhận", "{{ row.finding }}", 40),
        Column("Lý do, văn bản làm căn cứ", "", 50, lines="row.reason"),
        Column(
            "Người duyệt, ngày duyệt",
            "{{ row.approver }}{% if row.approved_on %}, {{ row.approved_on }}{% endif %}",
            34,
        ),
    ]
    rows_table(document, "waivers", columns, small=True)
    tag(document, "else")
    paragraph(document, "Body", "Không có.")
    tag(document, "endif")


@template("bien-ban-hop-quyet-dinh.docx")
def deciding_minutes() -> Document:
    """Minutes of the meeting that decides by secret ballot, with the votes on each subject."""
    document = new_page("Biên bản họp xem xét, quyết định xếp loại chất lượng")
    party_header(document)
    title(document, "Biên bản", "Hội nghị xem xét, quyết định xếp loại chất lượng năm {{ year }}", rule=True)
    _attendance(document)
    heading(document, "II. NỘI DUNG")
    text_field(document, "report", lead="1. Báo cáo thẩm định: ")
    text_field(document, "remedies", lead="2. Xem xét kết quả khắc phục hạn chế được cấp trên chỉ ra năm trước: ")
    point(document, "3. Ý kiến thảo luận")
    spoken = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Người phát biểu", "{{ row.speaker }}", 45),
        Column("Nội dung ý kiến", "", 110, lines="row.content"),
    ]
    tag(document, "if has.opinions or blank")
    rows_table(document, "opinions", spoken, height=10)
    tag(document, "else")
    paragraph(document, "Body", "Các đồng chí dự họp nhất trí với báo cáo.")
    tag(document, "endif")
    text_field(document, "excellent_number", lead="4. Số lượng được xếp loại hoàn thành xuất sắc nhiệm vụ: ")
    heading(document, "III. KẾT QUẢ BỎ PHIẾU KÍN")
    _sheets(document)
    _votes(document)
    heading(document, "IV. KẾT LUẬN")
    text_field(document, "conclusion")
    closed = f"Hội nghị kết thúc{ended()} cùng ngày{copies_made('. Biên bản ')}./."
    paragraph(document, "Body", closed, keep_next=True)
    closing(
        document,
        Signer("CHỦ TRÌ HỘI NGHỊ", ("{{ chair_position }}",), _SIGN, "{{ chair }}"),
        Signer("NGƯỜI GHI BIÊN BẢN", (), _SIGN, "{{ secretary }}"),
    )
    return document


def _attendance(document: Document) -> None:
    paragraph(
        document,
        "Body",
        f"{began()}, tại {or_dots('venue')}, {or_dots('body')} họp xem xét, bỏ "
        f"phiếu kín quyết định xếp loại chất lượng năm {{{{ year }}}} đối với {or_dots('concerned')}.",
    )
    heading(document, "I. THÀNH PHẦN")
    identity(document, "- Số người được triệu tập", "summoned")
    identity(document, "- Số người có mặt", "present")
    identity(document, "- Số người vắng mặt", "absent")
    absences_guests_chair(document, "- Chủ trì")
    identity(document, "- Thư ký", "secretary")
    identity(document, "- Kiểm phiếu", "tellers")


def _sheets(document: Document) -> None:
    table = framed_table(document, [88, 22, 55])
    head_row(table, table.rows[0], ["Nội dung", "Bằng số", "Bằng chữ"])
    for field, label in _SHEETS:
        row = add_row(table)
        fill(row.cells[0], "Cell", label, keep_next=True)
        fill(row.cells[1], "CellCentre", f"{{{{ {field} }}}}")
        fill(row.cells[2], "Cell", f"{{% if has.{field} %}}{{{{ words.{field} }}}}{{% endif %}}")
    spacer(document)


def _votes(document: Document) -> None:
    """On each subject: count and share of each level, marks that do not count, and the level that comes of it."""
    widths = [9.0, 42.0, *[18.0] * len(LEVELS), 15.0, 27.0]
    table: Table = framed_table(document, widths, rows=2, inset=0.8)
    before = ["TT", "Đối tượng"]
    two_storey_head(
        table, before, [("Số phiếu, tỷ lệ %", [label for _, label in LEVELS])], ["Không hợp lệ", "Mức quyết định"]
    )
    row_tag(table, "for row in results")
    row = add_row(table)
    least_height(row, 9)
    cells = row.cells
    fill(cells[0], "SmallCellCentre", "{{ row.tt }}")
    fill(cells[1], "SmallCell", "{{ row.subject }}{% if row.concerns.code %} ({{ row.concerns.label }}){% endif %}")
    for cell, (code, _) in zip(cells[2:], LEVELS, strict=False):
        fill(cell, "SmallCellCentre", f"{{{{ row.{code} }}}}")
        paragraph(cell, "SmallCellCentre", f"{{{{ row.{code}_percent }}}}")
    fill(cells[-2], "SmallCellCentre", "{{ row.not_counted }}")
    fill(cells[-1], "SmallCellCentre", "{{ row.level.label }}")
    row_tag(table, "endfor")
    spacer(document)
    paragraph(document, "Note", "Tỷ lệ % tính trên số người được triệu tập có quyền bỏ phiếu.")
