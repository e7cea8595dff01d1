"""What a person says against his result, and what the committee answers (13-HD/TU, V.3)."""

from __future__ import annotations

from docx.document import Document

from .annulments import chosen, paper_of
from .blocks import heading, paragraph, tag
from .closing import Recipients, Signer, closing
from .filling import boxes_line, day_of, identity, or_dots, text_field
from .member_forms import member_identity
from .opening import addressee, party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused

_CONTESTED = (
    f"{paper_of('contested_number', 'contested_date', 'contested_body')} về xếp loại chất lượng năm {{{{ year }}}} "
    f"(mức “{chosen('contested_level')}”)"
)


def _complainant(document: Document) -> None:
    identity(document, "- Người khiếu nại", "complainant")
    identity(document, "- Ngày sinh", "birth_date", optional=True)
    identity(document, "- Chức vụ, đơn vị", "position", optional=True)


@template("thong-bao-tiep-nhan-khieu-nai.docx")
def complaint_receipt() -> Document:
    """What the committee gives a person who complains: that it has the complaint, and who looks into it."""
    document = new_page("Thông báo tiếp nhận khiếu nại")
    party_header(document)
    about = "khiếu nại về kết quả đánh giá, xếp loại chất lượng năm {{ year }}"
    title(document, "Thông báo", f"tiếp nhận {about}", rule=True)
    paragraph(
        document, "Body", f"{day_of('received_on').replace('ngày', 'Ngày', 1)}, {or_dots('receiving_body')} đã tiếp "
        f"nhận đơn {about} như sau:", keep_next=True,
    )  # fmt: skip
    _complainant(document)
    identity(document, "- Địa chỉ liên hệ", "address", optional=True)
    identity(document, "- Ngày ghi trên đơn", "complaint_date", optional=True)
    boxes_line(document, "- Hình thức nhận", "received_through")
    identity(document, "- Người tiếp nhận", "receiver", optional=True)
    paragraph(document, "Body", f"- Khiếu nại đối với: {_CONTESTED}.")
    text_field(document, "content", lead="- Tóm tắt nội dung khiếu nại: ")
    tag(document, "if has.attachments or blank")
    paragraph(document, "Body", "- Tài liệu gửi kèm:", keep_next=True)
    columns = [
        Column("TT", "{{ row.tt }}", 12, centre=True),
        Column("Tên tài liệu", "{{ row.title }}", 123),
        Column("Số tờ", "{{ row.sheets }}", 30, centre=True),
    ]
    rows_table(document, "attachments", columns)
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        f"Giao {or_dots('examined_by')} xem xét, xác minh, báo cáo cấp có thẩm quyền kết luận"
        "{% if has.reply_by or blank %}; dự kiến thông báo kết luận bằng văn bản đến người khiếu nại chậm nhất "
        f"{day_of('reply_by')}{{% else %}} và thông báo bằng văn bản đến người khiếu nại{{% endif %}}.",
    )
    paragraph(
        document,
        "Body",
        "Trong thời gian xem xét, kết quả đánh giá, xếp loại đã quyết định vẫn được chấp hành."
        "{% if has.contact %} Khi cần trao đổi, liên hệ: {{ contact }}.{% endif %}/.",
        keep_next=True,
    )
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document


@template("ket-luan-khieu-nai.docx")
def complaint_conclusion() -> Document:
    """What the committee concludes: the result stands, is adjusted, or is annulled."""
    document = new_page("Kết luận giải quyết khiếu nại")
    party_header(document)
    title(
        document,
        "Kết luận",
        "giải quyết khiếu nại về kết quả đánh giá, xếp loại chất lượng năm {{ year }}",
        rule=True,
    )
    received = f"Ngày {or_dots('received_on', 4)}, {or_dots('concluding_body')} nhận đơn khiếu nại"
    noted = (
        "{% if has.receipt_number %} (Thông báo tiếp nhận số {{ receipt_number }}"
        "{% if has.receipt_date %}, ngày {{ receipt_date }}{% endif %}){% endif %}"
    )
    dated = "{% if has.complaint_date %} đề ngày {{ complaint_date }}{% endif %}"
    paragraph(document, "Body", f"{received}{dated}{noted} của:", keep_next=True)
    _complainant(document)
    paragraph(document, "Body", f"- Khiếu nại đối với: {_CONTESTED}.")
    heading(document, "I. NỘI DUNG KHIẾU NẠI")
    text_field(document, "content")
    heading(document, "II. QUÁ TRÌNH XEM XÉT")
    text_field(document, "examination")
    heading(document, "III. KẾT QUẢ XÁC MINH")
    text_field(document, "findings")
    heading(document, "IV. KẾT LUẬN")
    _concluded(document)
    heading(document, "V. TỔ CHỨC THỰC HIỆN")
    text_field(document, "duties")
    paragraph(
        document,
        "Body",
        "Người khiếu nại có quyền trình bày, bảo lưu ý kiến và báo cáo lên cấp trên trực tiếp, nhưng phải chấp hành "
        "kết luận này. Kết luận được thông báo bằng văn bản đến người khiếu nại./.",
        keep_next=True,
    )
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document


def _concluded(document: Document) -> None:
    tag(document, "if has.grounds or blank")
    text_field(document, "grounds", lead="Căn cứ: ")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        f"{{% if has.voted_on or blank %}}Tại hội nghị {day_of('voted_on')}, {{% endif %}}{or_dots('concluding_body')} "
        "kết luận{% if has.votes %} ({{ votes }}){% endif %}:",
        keep_next=True,
    )
    tag(document, "if blank")
    boxes_line(document, "Kết quả xếp loại", "outcome")
    paragraph(document, "Line", "- Mức điều chỉnh (nếu điều chỉnh): \t")
    paragraph(document, "Line", "- Ai chỉ đạo xếp loại lại, chậm nhất ngày nào (nếu hủy bỏ): \t")
    tag(document, 'elif outcome.code == "adjusted"')
    paragraph(
        document,
        "Body",
        f"Điều chỉnh mức xếp loại chất lượng năm {{{{ year }}}} của {or_dots('complainant')} từ "
        f"“{chosen('contested_level')}” thành “{chosen('new_level')}”.",
    )
    tag(document, 'elif outcome.code == "annulled"')
    paragraph(
        document,
        "Body",
        f"Hủy bỏ mức “{chosen('contested_level')}” của {or_dots('complainant')}; {or_dots('reviewing_body')} chỉ đạo "
        "xếp loại lại trong vòng 30 ngày làm việc kể từ ngày hủy"
        "{% if has.due_on %}, chậm nhất ngày {{ due_on }}{% endif %}.",
    )
    tag(document, 'elif outcome.code == "kept"')
    paragraph(document, "Body", f"Giữ nguyên mức “{chosen('contested_level')}” của {or_dots('complainant')}.")
    tag(document, "endif")


@template("y-kien-bao-luu.docx")
def reserved_opinion() -> Document:
    """What a person does not agree with in his assessment, kept with it though he obeys it (13-HD/TU, V.3, gạch 1)."""
    document = new_page("Ý kiến bảo lưu", paper_code=True)
    party_header(document, numbered=False)
    title(document, "Ý kiến bảo lưu", "về nhận xét, đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    addressee(document)
    member_identity(document)
    paragraph(
        document,
        "Body",
        f"Tôi đã nhận kết quả đánh giá, xếp loại tại {paper_of('decision_number', 'decision_date', 'decision_body')} "
        f"với mức “{chosen('level')}”. Tôi chấp hành kết luận của cấp có thẩm quyền và xin bảo lưu ý kiến về những nội "
        "dung sau:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Nhận xét, đánh giá không tán thành", "", 48, lines="row.statement"),
        Column("Ý kiến bảo lưu", "", 62, lines="row.opinion"),
        Column("Căn cứ, tài liệu kèm theo", "", 46, lines="row.proof"),
    ]
    without_unused(document, "points", columns, "proof", "Ý kiến bảo lưu", small=True)
    tag(document, "if has.proposal or blank")
    text_field(document, "proposal", lead="Đề nghị: ")
    tag(document, "endif")
    tag(document, "if has.reported_to or blank")
    paragraph(document, "Body", f"Ý kiến này đồng thời được báo cáo cấp trên trực tiếp: {or_dots('reported_to')}.")
    tag(document, "endif")
    paragraph(document, "Body", "Tôi xin chịu trách nhiệm về những nội dung đã trình bày./.", keep_next=True)
    closing(
        document,
        Signer("NGƯỜI TRÌNH BÀY", (), "(Ký, ghi rõ họ tên)", "{{ full_name }}"),
        Signer(
            "NGƯỜI NHẬN",
            (),
            "Ngày nhận: {% if has.received_on %}{{ received_on }}{% else %}…………………{% endif %}",
            "{{ received_by }}",
        ),
    )
    return document
