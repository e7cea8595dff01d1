"""Notices of results: to one subject, or to a cell or agency with a list (13-HD/TU, V.1, gạch 6; V.3)."""

from __future__ import annotations

from docx.document import Document

from .blocks import paragraph, tag, write
from .closing import Recipients, Signer, closing
from .decisions import GAP
from .filling import given_or_dots, identity, or_dots, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, without_unused

_GROUNDS = (
    "Căn cứ {% if has.decision %}{{ decision }}{% else %}"
    f"Quyết định số {GAP}, ngày{GAP}tháng{GAP}năm{GAP}"
    f"{{% endif %}} của {or_dots('deciding_body')} về xếp loại chất lượng năm {{{{ year }}}}, "
    f"{or_dots('notifying_body')} thông báo kết quả "
    "đánh giá, xếp loại chất lượng năm {{ year }} "
)
# The subjects are organisations or collectives, not persons.
BODIES = 'concerns.code == "party_organisation" or concerns.code == "leadership_collective"'
_RESERVATION = (
    "Cán bộ có quyền trình bày, bảo lưu ý kiến và báo cáo lên cấp trên trực tiếp những vấn đề không tán thành về nhận "
    "xét, đánh giá đối với bản thân, nhưng phải chấp hành kết luận nhận xét, đánh giá của cấp có thẩm quyền. Khi có "
    "khiếu nại, cấp có thẩm quyền xem xét, kết luận và thông báo bằng văn bản đến người khiếu nại."
)


@template("thong-bao-ket-qua.docx")
def result_notice() -> Document:
    """The notice with one result in sentences, or several in a table."""
    document = new_page("Thông báo kết quả đánh giá, xếp loại chất lượng")
    party_header(document)
    title(document, "Thông báo", "kết quả đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    tag(document, 'if addressed.code == "list"')
    paragraph(document, "Body", _GROUNDS + f"đối với {or_dots('concerned')} như sau:", keep_next=True)
    _results(document)
    tag(document, "else")
    paragraph(document, "Body", _GROUNDS + "như sau:", keep_next=True)
    tag(document, "for row in results")
    _one_result(document)
    tag(document, "endfor")
    tag(document, "endif")
    tag(document, "if has.comment or blank")
    text_field(document, "comment", lead="Nhận xét, đánh giá: ")
    tag(document, "endif")
    tag(document, 'if concerns.code == "leader_manager"')
    paragraph(document, "Body", _RESERVATION)
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        "Thông báo này được gửi đến đối tượng được đánh giá và tập thể, cá nhân trực tiếp quản lý, sử dụng đối tượng "
        "được đánh giá để biết, thực hiện./.",
        keep_next=True,
    )
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document


def _results(document: Document) -> None:
    """Persons with their day of birth and post; organisations and collectives with who heads them."""
    number = Column("TT", "{{ row.tt }}", 9, centre=True)
    tag(document, f"if {BODIES}")
    bodies = [
        number,
        Column("Đối tượng xếp loại", "{{ row.subject }}", 62),
        Column("Người đứng đầu", "{{ row.position }}", 46),
        Column("Mức xếp loại", "{{ row.level.label }}", 48),
    ]
    without_unused(document, "results", bodies, "position", bodies[1].head, small=True)
    tag(document, "else")
    persons = [
        number,
        Column("Họ và tên", "{{ row.subject }}", 42),
        Column("Ngày sinh", "{{ row.birth_date }}", 23, centre=True),
        Column("Chức vụ, đơn vị", "{{ row.position }}", 44),
        Column("Mức xếp loại", "{{ row.level.label }}", 47),
    ]
    without_unused(document, "results", persons, "position", persons[1].head, small=True)
    tag(document, "endif")


def _one_result(document: Document) -> None:
    identity(document, "- Đối tượng được xếp loại", "results", value="row.subject")
    tag(document, "if row.birth_date")
    paragraph(document, "Line", "- Ngày sinh: {{ row.birth_date }}")
    tag(document, "endif")
    tag(document, "if row.position")
    paragraph(document, "Line", "- Chức vụ, đơn vị: {{ row.position }}")
    tag(document, "endif")
    given_or_dots(
        write(paragraph(document, "Line"), "- Mức xếp loại chất lượng: "), "row.level.label", "row.level.label"
    )
