"""What a review conference is prepared with: invitation, programme, list of those who attend and sign."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document

from .blocks import Container, paragraph, run_tag, tag, write
from .closing import Recipients, Signer, closing
from .filling import day_of, given_or_dots, identity, or_dots, text_field, time_of
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table

_SIGNED = Signer(("{{ signature_authority }}", "{{ signature_acting }}"))
CONFERENCE = "kiểm điểm tự phê bình và phê bình, đánh giá, xếp loại chất lượng năm {{ year }}"


def when_and_where(document: Document) -> None:
    """The lines `- Thời gian` and `- Địa điểm` of a conference."""
    paragraph(document, "Body", f"- Thời gian: {time_of('opened_at')}, {day_of('held_on')}.")
    identity(document, "- Địa điểm", "venue")


def person_and_position(document: Document, label: str, person: str, position: str) -> None:
    """`- Chủ trì: Trần Văn Thịnh, Bí thư Đảng ủy`, the position only where it is given."""
    made = write(paragraph(document, "Line"), f"- {label}: ")
    given_or_dots(made, person, f"has.{person}")
    run_tag(made, f"if has.{person} and has.{position}")
    write(made, f", {{{{ {position} }}}}")
    run_tag(made, "endif")


@template("giay-moi.docx")
def invitation() -> Document:
    """One person is asked to the conference; who it must be asked of stands in V.1, gạch 5."""
    document = new_page("Giấy mời dự hội nghị kiểm điểm")
    party_header(document)
    title(document, "Giấy mời", "dự Hội nghị kiểm điểm, đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    paragraph(document, "Body", f"{or_dots('inviting_body')} trân trọng kính mời:", keep_next=True)
    made = paragraph(document, "Line")
    given_or_dots(made, "invitee", "has.invitee")
    run_tag(made, "if has.invitee and has.invitee_position")
    write(made, ", {{ invitee_position }}")
    run_tag(made, "endif")
    paragraph(document, "Body", f"Đến dự Hội nghị {or_dots('body')} {CONFERENCE}.")
    text_field(document, "programme", lead="- Nội dung: ")
    when_and_where(document)
    person_and_position(document, "Chủ trì", "chair", "chair_position")
    tag(document, "if has.enclosed or blank")
    text_field(document, "enclosed", lead="- Tài liệu gửi kèm: ")
    tag(document, "endif")
    identity(document, "- Liên hệ", "contact", optional=True)
    paragraph(document, "Body", "Rất mong đồng chí đến dự để hội nghị đạt kết quả tốt./.", keep_next=True)
    closing(document, _SIGNED, Recipients())
    return document


@template("chuong-trinh-hoi-nghi.docx")
def agenda() -> Document:
    """What the conference does, in its order, and who does it (I.4.2)."""
    document = new_page("Chương trình hội nghị kiểm điểm")
    party_header(document)
    title(document, "Chương trình", f"Hội nghị {or_dots('body')}", CONFERENCE, rule=True)
    when_and_where(document)
    person_and_position(document, "Chủ trì", "chair", "chair_position")
    identity(document, "- Chủ trì khi kiểm điểm người đứng đầu", "deputy_chair", optional=True)
    identity(document, "- Thư ký", "secretary", optional=True)
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Ngày", "{{ row.held_on }}", 22, centre=True),
        Column("Giờ", "{{ row.starts_at }}", 30, centre=True),
        Column("Nội dung", "", 66, lines="row.content"),
        Column("Người thực hiện", "{{ row.presenter }}", 38),
    ]
    # The day of the conference stands above; each item needs its own where there are several days.
    tag(document, "if has.items_held_on or (blank and not has.held_on)")
    rows_table(document, "items", columns, small=True)
    tag(document, "else")
    one_day = [replace(one, width=one.width + 22) if one.lines else one for one in columns if one.head != "Ngày"]
    rows_table(document, "items", one_day, small=True)
    tag(document, "endif")
    text_field(document, "note")
    tag(document, "if has.signature_authority or has.signer")
    paragraph(
        document, "Body", "Người chủ trì có thể điều chỉnh chương trình theo diễn biến của hội nghị.", keep_next=True
    )
    closing(document, _SIGNED, Recipients())
    tag(document, "endif")
    return document


def _signed_list(place: Container, rows: str, *, height: float = 9) -> None:
    columns = [
        Column("TT", "{{ row.tt }}", 11, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", 46),
        Column("Chức vụ, đơn vị", "{{ row.position }}", 58),
        Column("Ký tên", "", 30),
        Column("Ghi chú", "{{ row.note }}", 20),
    ]
    rows_table(place, rows, columns, height=height)


@template("danh-sach-du-hop.docx")
def attendance_list() -> Document:
    """Who is summoned and who is invited, with room to sign beside each name."""
    document = new_page("Danh sách dự hội nghị kiểm điểm")
    party_header(document, numbered=False)
    title(document, "Danh sách", f"dự Hội nghị {or_dots('body')}", CONFERENCE, rule=True)
    when_and_where(document)
    person_and_position(document, "Chủ trì", "chair", "chair_position")
    paragraph(document, "Heading", "I. NGƯỜI ĐƯỢC TRIỆU TẬP")
    _signed_list(document, "attendees")
    tag(document, "if has.guests or blank")
    paragraph(document, "Heading", "II. ĐẠI BIỂU CẤP TRÊN VÀ KHÁCH MỜI")
    _signed_list(document, "guests")
    tag(document, "endif")
    summoned = "{% if attendees_count %}{{ attendees_count }}{% else %}……{% endif %}"
    paragraph(
        document,
        "Body",
        f"Tổng số được triệu tập: {summoned} đồng chí; có mặt: {or_dots('present', 2)} đồng chí; vắng mặt: "
        f"{or_dots('absent', 2)} đồng chí.",
        keep_next=True,
    )
    closing(
        document,
        Signer("CHỦ TRÌ HỘI NGHỊ", (), "(Ký, ghi rõ họ tên)", "{{ chair }}"),
        Signer("THƯ KÝ HỘI NGHỊ", (), "(Ký, ghi rõ họ tên)", "{{ secretary }}"),
    )
    return document
