"""Letters of the year-end review: what is asked of others, what is sent up (HD 36-HD/VPTW, ô số 5b and 9a)."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Mm

from .blocks import heading, paragraph, run_tag, spacer, tag, write
from .closing import Recipients, Signer, closing
from .filling import day_of, identity, or_dots, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused

GUIDANCE = "Hướng dẫn số 13-HD/TU, ngày 20/11/2018 của Ban Thường vụ Tỉnh ủy Phú Thọ"
# Where “Kính gửi:” and the names after it begin, millimetres from the margin.
_CALL, _NAMES = 15.0, 38.0
_SIGNED = Signer(("{{ signature_authority }}", "{{ signature_acting }}"))


def addressed(document: Document) -> None:
    """`Kính gửi:` and whom the letter is for, one line each; reads the text `addressees`."""
    spacer(document)
    tag(document, "for line in addressees")
    made = paragraph(document, "Addressee")
    # Names hang below each other, right of the words before the first.
    made.paragraph_format.left_indent = Mm(_NAMES)
    made.paragraph_format.first_line_indent = Mm(_CALL - _NAMES)
    run_tag(made, "if loop.first")
    write(made, "Kính gửi:", italic=True)
    run_tag(made, "endif")
    write(made, "\t")
    run_tag(made, "if has.addressees")
    write(made, "{{ line }}")
    run_tag(made, "else")
    write(made, "…" * 20)
    run_tag(made, "endif")
    tag(document, "endfor")
    spacer(document)


def letter(name: str, about: str) -> Document:
    """A letter up to its text: heading with what it is about below the number, and whom it is for."""
    document = new_page(name)
    party_header(document, about=about)
    addressed(document)
    return document


def signed(document: Document) -> None:
    """The signature by authority and the recipients."""
    closing(document, _SIGNED, Recipients())


@template("goi-y-kiem-diem.docx")
def review_suggestion() -> Document:
    """What the managing authority asks a collective or a person to account for (I.4.1.b)."""
    document = letter("Gợi ý kiểm điểm", "V/v gợi ý kiểm điểm năm {{ year }}")
    proposed = "{% if has.proposed_by or blank %}theo đề nghị của " + or_dots("proposed_by") + ", {% endif %}"
    paragraph(
        document,
        "Body",
        f"Căn cứ {GUIDANCE}; qua theo dõi, kiểm tra, giám sát trong năm, {proposed}{or_dots('sending_body')} gợi ý tập "
        "thể, cá nhân thuộc thẩm quyền quản lý kiểm điểm, làm rõ những vấn đề sau:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Tập thể, cá nhân được gợi ý", "{{ row.subject }}", 40),
        Column("Vấn đề gợi ý kiểm điểm", "", 60, lines="row.matter"),
        Column("Yêu cầu làm rõ", "", 55, lines="row.requirement"),
    ]
    without_unused(document, "matters", columns, "requirement", columns[2].head, small=True)
    paragraph(
        document,
        "Body",
        "Đề nghị tập thể, cá nhân được gợi ý kiểm điểm làm rõ ưu điểm, khuyết điểm, nguyên nhân, trách nhiệm của tập "
        "thể, của từng cá nhân và biện pháp, thời hạn khắc phục; ghi nội dung giải trình vào báo cáo kiểm điểm của tập "
        "thể (Mẫu 1), bản tự kiểm điểm của cá nhân (Mẫu 2).",
    )
    tag(document, "if has.least_days or blank")
    paragraph(
        document,
        "Body",
        f"Thời gian tổ chức kiểm điểm của tập thể, cá nhân tối thiểu là {or_dots('least_days', 3)} ngày.",
    )
    tag(document, "endif")
    text_field(document, "further_requests")
    paragraph(
        document,
        "Body",
        f"Báo cáo kết quả kiểm điểm theo gợi ý gửi về {or_dots('report_to')} trước {day_of('due_on')}./.",
        keep_next=True,
    )
    signed(document)
    return document


@template("xin-y-kien-gop-y.docx")
def opinion_request() -> Document:
    """The draft goes to related organisations and persons for their opinion (I.4.1.a, gạch 1)."""
    document = letter("Xin ý kiến góp ý", "V/v xin ý kiến góp ý kiểm điểm năm {{ year }}")
    paragraph(
        document,
        "Body",
        f"Thực hiện {GUIDANCE}, {or_dots('sending_body')} đã chuẩn bị kiểm điểm tự phê bình và phê bình, đánh giá, xếp "
        "loại chất lượng năm {{ year }}. Đề nghị các tổ chức, cá nhân tham gia góp ý đối với:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Tập thể, cá nhân được góp ý", "{{ row.subject }}", 75),
        Column("Tài liệu gửi kèm", "{{ row.draft }}", 80),
    ]
    without_unused(document, "subjects", columns, "draft", columns[1].head)
    heading(document, "Nội dung đề nghị góp ý")
    text_field(document, "aspects")
    paragraph(
        document,
        "Body",
        f"Ý kiến góp ý bằng văn bản gửi về {or_dots('reply_to')} trước {day_of('due_on')} để tổng hợp, hoàn thiện báo "
        "cáo kiểm điểm trước khi gửi các thành viên dự hội nghị kiểm điểm{% if has.conference_on %} (họp ngày "
        "{{ conference_on }}){% endif %}./.",
        keep_next=True,
    )
    signed(document)
    return document


@template("yeu-cau-kiem-diem-lai.docx")
def review_again_request() -> Document:
    """A review that does not satisfy is asked for anew, and the classification waits for it (C.1)."""
    document = letter("Yêu cầu kiểm điểm lại", "V/v yêu cầu kiểm điểm lại năm {{ year }}")
    paragraph(
        document,
        "Body",
        f"Căn cứ {GUIDANCE}; {{% if has.basis or blank %}}căn cứ {or_dots('basis')}; {{% endif %}}xét kết quả kiểm "
        f"điểm của {or_dots('subject')} tại hội nghị {day_of('held_on')}, {or_dots('sending_body')} nhận thấy việc "
        "kiểm điểm chưa đạt yêu cầu, cụ thể như sau:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Nội dung kiểm điểm chưa đạt yêu cầu", "", 85, lines="row.fault"),
        Column("Yêu cầu khi kiểm điểm lại", "", 70, lines="row.request"),
    ]
    rows_table(document, "faults", columns, small=True, height=12)
    paragraph(
        document,
        "Body",
        f"Yêu cầu {or_dots('subject')} bổ sung, hoàn thiện báo cáo, bản tự kiểm điểm và tổ chức kiểm điểm lại trước "
        f"{day_of('review_by')}; gửi báo cáo và biên bản hội nghị về {or_dots('report_to')} trước {day_of('due_on')}.",
    )
    identity(document, "Cán bộ được phân công dự, theo dõi việc kiểm điểm lại", "attended_by", optional=True)
    text_field(document, "further_requests")
    paragraph(
        document,
        "Body",
        "Việc đánh giá, xếp loại chất lượng chỉ tiến hành sau khi kiểm điểm lại đạt yêu cầu./.",
        keep_next=True,
    )
    signed(document)
    return document


@template("nop-ho-so.docx")
def submission_letter() -> Document:
    """The dossiers go up with a letter or, where something is proposed, with a statement (VI.1, VI.2)."""
    document = new_page("Nộp hồ sơ đánh giá, xếp loại chất lượng")
    party_header(
        document,
        about="V/v nộp hồ sơ đánh giá, xếp loại chất lượng năm {{ year }}",
        about_when='paper_type.code != "statement"',
    )
    tag(document, 'if paper_type.code == "statement"')
    title(document, "Tờ trình", "về việc đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    tag(document, "endif")
    addressed(document)
    paragraph(
        document,
        "Body",
        f"Thực hiện {GUIDANCE}, {or_dots('sending_body')} đã tổ chức kiểm điểm, đánh giá, xếp loại chất lượng năm "
        f"{{{{ year }}}} và gửi {or_dots('receiving_body')} hồ sơ gồm:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 10, centre=True),
        Column("Tên hồ sơ, tài liệu", "{{ row.name }}", 95),
        Column("Số lượng", "{{ row.quantity }}", 20, centre=True),
        Column("Ghi chú", "{{ row.note }}", 40),
    ]
    without_unused(document, "documents", columns, "note", columns[1].head)
    text_field(document, "results")
    text_field(document, "proposal")
    tag(document, 'if paper_type.code == "statement"')
    asks = "xem xét, quyết định./."
    paragraph(document, "Body", f"Kính trình {or_dots('receiving_body')} {asks}", keep_next=True)
    tag(document, "else")
    paragraph(document, "Body", f"Đề nghị {or_dots('receiving_body')} tiếp nhận, {asks}", keep_next=True)
    tag(document, "endif")
    signed(document)
    return document
