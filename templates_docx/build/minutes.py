"""Minutes of conferences that review, assess and classify (13-HD/TU, I.4.2, II.2.5, C.1 and VI.2, gạch 4)."""

from __future__ import annotations

from docx.document import Document

from .attendance import absences_guests_chair
from .blocks import heading, paragraph, point, run_tag, tag, write
from .closing import Signer, closing
from .filling import identity, or_dots, text_field
from .meeting_times import began, copies_made, ended
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused


@template("bien-ban-hoi-nghi.docx")
def conference_minutes() -> Document:
    """Minutes of the conference of a cell: attendance, reviews, ballots, conclusions, two signatures."""
    document = new_page("Biên bản hội nghị kiểm điểm, đánh giá, xếp loại chất lượng")
    party_header(document)
    title(document, "Biên bản", "Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    _opened(
        document,
        "hội nghị kiểm điểm tự phê bình và phê bình, đánh giá, xếp loại chất lượng năm {{ year }}.",
    )
    _attendance(document, "đảng viên", by_deputy=True)
    _contents(document)
    _ballots(document)
    heading(document, "IV. KẾT LUẬN CỦA HỘI NGHỊ")
    text_field(document, "conclusion")
    _adjourned(document, "cùng ngày")
    return document


@template("bien-ban-kiem-diem-tap-the.docx")
def collective_minutes() -> Document:
    """Minutes of the review of a collective: report, opinions, what the head concludes on each item (I.4.2, gạch 2)."""
    document = _review_minutes("tập thể")
    heading(document, "II. NỘI DUNG KIỂM ĐIỂM TẬP THỂ")
    text_field(document, "opening")
    point(document, "Trình bày báo cáo kiểm điểm")
    identity(document, "- Người trình bày", "presenter")
    identity(document, "- Dự thảo đã gửi các thành viên dự hội nghị ngày", "draft_sent_on", optional=True)
    text_field(document, "report")
    _told(document, "Giải trình những vấn đề được gợi ý kiểm điểm", "suggested_matters")
    point(document, "Ý kiến thảo luận, góp ý")
    _opinions(document)
    _told(document, "Ý kiến của đại diện cấp ủy cấp trên", "superior_remarks")
    _told(document, "Tiếp thu, giải trình", "explanation")
    tag(document, "if has.conclusions or blank")
    point(document, "Kết luận từng nội dung")
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Nội dung", "{{ row.matter }}", 55),
        Column("Kết luận của người chủ trì", "", 100, lines="row.conclusion"),
    ]
    rows_table(document, "conclusions", columns, height=12)
    tag(document, "endif")
    _told(document, "Ý kiến bảo lưu", "reserved_opinions", when_blank=False)
    _told(document, "Bỏ phiếu kín tự xếp loại chất lượng", "ballots", when_blank=False)
    _concluded(document)
    return document


@template("bien-ban-kiem-diem-ca-nhan.docx")
def individual_minutes() -> Document:
    """Minutes of the review of persons, the head first and under a deputy's chair (I.4.2, gạch 1 and 3)."""
    document = _review_minutes("cá nhân", by_deputy=True)
    heading(document, "II. NỘI DUNG KIỂM ĐIỂM CÁ NHÂN")
    identity(document, "- Tập thể đã kiểm điểm ngày", "collective_reviewed_on", optional=True)
    text_field(document, "opening")
    tag(document, "for row in individuals")
    made = paragraph(document, "Line", keep_next=True)
    write(made, "{{ row.tt }}. ", bold=True)
    run_tag(made, "if row.full_name")
    write(made, "{{ row.full_name }}", bold=True)
    run_tag(made, "if row.position")
    write(made, ", {{ row.position }}")
    run_tag(made, "endif")
    run_tag(made, "else")
    write(made, "\t")
    run_tag(made, "endif")
    for label, column in (
        ("Trình bày bản tự kiểm điểm", "presented"),
        ("Ý kiến góp ý, phê bình", "opinions"),
        ("Tiếp thu, giải trình", "explanation"),
        ("Kết luận của người chủ trì về ưu điểm, khuyết điểm", "conclusion"),
    ):
        _of_each(document, label, column)
    tag(document, "endfor")
    _told(document, "Ý kiến của đại diện cấp ủy cấp trên", "superior_remarks")
    _told(document, "Ý kiến bảo lưu", "reserved_opinions", when_blank=False)
    _concluded(document)
    return document


def _review_minutes(of: str, *, by_deputy: bool = False) -> Document:
    """The minutes of a review up to its contents; `of` says of whom."""
    document = new_page(f"Biên bản hội nghị kiểm điểm {of}")
    party_header(document)
    title(document, "Biên bản", f"Hội nghị kiểm điểm {of} năm {{{{ year }}}}", rule=True)
    _opened(document, f"hội nghị kiểm điểm tự phê bình và phê bình {of} năm {{{{ year }}}}.")
    _attendance(document, "thành viên", by_deputy=by_deputy)
    return document


def _told(document: Document, label: str, field: str, *, when_blank: bool = True) -> None:
    """An item with its heading, only where there is something to tell."""
    tag(document, f"if has.{field} or blank" if when_blank else f"if has.{field}")
    point(document, label)
    text_field(document, field)
    tag(document, "endif")


def _of_each(document: Document, label: str, column: str) -> None:
    """What the minutes tell of one person under a label; left out where nothing was said."""
    tag(document, f"for line in row.{column}")
    tag(document, "if line")
    paragraph(document, "Body", f"{{% if loop.first %}}- {label}: {{% endif %}}{{{{ line }}}}")
    tag(document, "elif blank")
    paragraph(document, "Line", f"- {label}: \t")
    paragraph(document, "Dots", "\t")
    tag(document, "endif")
    tag(document, "endfor")


def _concluded(document: Document) -> None:
    heading(document, "III. KẾT LUẬN CỦA HỘI NGHỊ")
    text_field(document, "conclusion")
    _adjourned(document, "{% if has.closed_on %}ngày {{ closed_on }}{% else %}cùng ngày{% endif %}")


def _adjourned(document: Document, day: str) -> None:
    """When the conference ended, in how many copies the minutes are made, and the two who sign them."""
    closed = f"Hội nghị kết thúc{ended()} {day}. Biên bản đã được thông qua tại hội nghị{copies_made(', ')}./."
    paragraph(document, "Body", closed, keep_next=True)
    closing(
        document,
        Signer("CHỦ TRÌ HỘI NGHỊ", ("{{ chair_position }}",), "(Ký, ghi rõ họ tên)", "{{ chair }}"),
        Signer("NGƯỜI GHI BIÊN BẢN", (), "(Ký, ghi rõ họ tên)", "{{ secretary }}"),
    )


def _opened(document: Document, what: str) -> None:
    paragraph(
        document,
        "Body",
        f"{began()}, tại {or_dots('venue')}, {or_dots('body')} tổ chức {what}",
    )


def _counted(document: Document, label: str, field: str) -> None:
    """A number of people in figures and in words."""
    made = write(paragraph(document, "Line"), f"- {label}: ")
    run_tag(made, f"if has.{field}")
    write(made, f"{{{{ {field} }}}} đồng chí (bằng chữ: {{{{ words.{field} }}}})")
    run_tag(made, "else")
    write(made, "\t")
    run_tag(made, "endif")


def _attendance(document: Document, people: str, *, by_deputy: bool) -> None:
    """Who was there; `people` is what they are called."""
    heading(document, "I. THÀNH PHẦN")
    _counted(document, f"Số {people} được triệu tập", "summoned")
    _counted(document, f"Số {people} có mặt", "present")
    _counted(document, f"Số {people} vắng mặt", "absent")
    absences_guests_chair(document, "- Chủ trì hội nghị")
    if by_deputy:
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
