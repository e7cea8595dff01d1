"""Minutes of the conference that reviews, assesses and classifies (13-HD/TU, I.4.2, II.2.5 and VI.2, gạch 4)."""

from __future__ import annotations

from docx.document import Document

from .blocks import (
    day_of,
    given_or_dots,
    heading,
    identity,
    or_dots,
    paragraph,
    party_header,
    point,
    run_tag,
    tag,
    text_field,
    time_of,
    title,
    write,
)
from .closing import Signer, closing
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused


@template("bien-ban-hoi-nghi.docx")
def conference_minutes() -> Document:
    """Minutes of the conference of a cell: attendance, reviews, ballots, conclusions, two signatures."""
    document = new_page("Biên bản hội nghị kiểm điểm, đánh giá, xếp loại chất lượng")
    party_header(document)
    title(document, "Biên bản", "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    _attendance(document)
    _contents(document)
    _ballots(document)
    heading(document, "IV. KẾT LUẬN CỦA HỘI NGHỊ")
    text_field(document, "conclusion")
    closed = (
        f"Hội nghị kết thúc hồi {time_of('closed_at')} cùng ngày. Biên bản đã được thông qua tại hội nghị, lập thành "
    )
    paragraph(document, "Body", f"{closed}{or_dots('copies', 2)} bản.", keep_next=True)
    closing(
        document,
        Signer("CHỦ TRÌ HỘI NGHỊ", ("{{ chair_position }}",), "(Ký, ghi rõ họ tên)", "{{ chair }}"),
        Signer("NGƯỜI GHI BIÊN BẢN", (), "(Ký, ghi rõ họ tên)", "{{ secretary }}"),
    )
    return document


def _attendance(document: Document) -> None:
    paragraph(
        document,
        "Body",
        f"Hồi {time_of('opened_at')}, {day_of('held_on')}, tại {or_dots('venue')}, {or_dots('body')} tổ chức "
        "hội nghị kiểm điểm tự phê bình và phê bình, đánh giá, xếp loại chất lượng năm {{ year }}.",
    )
    heading(document, "I. THÀNH PHẦN")
    identity(document, "- Số đảng viên được triệu tập", "summoned")
    identity(document, "- Số đảng viên có mặt", "present")
    identity(document, "- Số đảng viên vắng mặt", "absent")
    tag(document, "if has.absences or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 12, centre=True),
        Column("Họ và tên người vắng mặt", "{{ row.full_name }}", 65),
        Column("Lý do", "{{ row.reason }}", 88),
    ]
    rows_table(document, "absences", columns)
    tag(document, "endif")
    text_field(document, "guests", lead="- Đại biểu cấp trên và khách mời: ")
    made = write(paragraph(document, "Line"), "- Chủ trì hội nghị: ")
    given_or_dots(made, "chair", "has.chair")
    run_tag(made, "if has.chair and has.chair_position")
    write(made, ", {{ chair_position }}")
    run_tag(made, "endif")
    identity(document, "- Chủ trì khi kiểm điểm người đứng đầu", "deputy_chair", optional=True)
    identity(document, "- Thư ký hội nghị", "secretary")


def _contents(document: Document) -> None:
    heading(document, "II. NỘI DUNG KIỂM ĐIỂM")
    text_field(document, "opening")
    tag(document, "if has.collective_report or has.opinions or blank")
    point(document, "Kiểm điểm tập thể, thảo luận chung")
    text_field(document, "collective_report")
    _opinions(document)
    text_field(document, "explanation", lead="Tiếp thu, giải trình: ")
    text_field(document, "collective_conclusion", lead="Kết luận của người chủ trì: ")
    tag(document, "endif")
    tag(document, "if has.members or blank")
    point(document, "Kiểm điểm cá nhân, kết luận đối với từng đảng viên")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", 36),
        Column("Ý kiến góp ý", "", 50, lines="row.opinions"),
        Column("Kết luận về ưu điểm, hạn chế, khuyết điểm", "", 70, lines="row.conclusion"),
    ]
    without_unused(document, "members", columns, "opinions", columns[-1].head, small=True)
    tag(document, "endif")
    tag(document, "if has.reserved_opinions")
    point(document, "Ý kiến bảo lưu")
    text_field(document, "reserved_opinions")
    tag(document, "endif")


def _opinions(document: Document) -> None:
    tag(document, "if has.opinions or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Người phát biểu", "{{ row.speaker }}", 45),
        Column("Nội dung ý kiến", "", 110, lines="row.content"),
    ]
    rows_table(document, "opinions", columns, height=10)
    tag(document, "endif")


def _ballots(document: Document) -> None:
    heading(document, "III. BỎ PHIẾU KÍN ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG")
    text_field(document, "ballots")
    tag(document, "if has.ballot_results or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng xếp loại", "{{ row.subject }}", 45),
        Column("Kết quả bỏ phiếu", "{{ row.votes }}", 54),
        Column("Mức chất lượng đề nghị", "{{ row.level.label }}", 57),
    ]
    rows_table(document, "ballot_results", columns, small=True)
    tag(document, "endif")
