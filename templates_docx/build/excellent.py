"""The list of those put forward as excellent, with the share they keep to (13-HD/TU, II.1.3.a; II.2.3.a; III.3.1)."""

from __future__ import annotations

from docx.document import Document

from .blocks import paragraph, tag
from .closing import Recipients, Signer, closing
from .counts import quota_table
from .decisions import LEVELS
from .filling import or_dots
from .notices import BODIES
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table


@template("danh-sach-xuat-sac.docx")
def excellent_list() -> Document:
    """Those put forward as excellent, with the share they keep to (lying page)."""
    document = new_page("Danh sách hoàn thành xuất sắc nhiệm vụ", landscape=True)
    party_header(document, numbered=False, landscape=True)
    title(
        document,
        "Danh sách",
        "{% if has.concerns %}{{ concerns.label }}{% else %}…………………………{% endif %} "
        "{% if decided %}được{% else %}đề nghị{% endif %} xếp loại “Hoàn thành xuất sắc nhiệm vụ” năm {{ year }}",
        rule=True,
    )
    tag(document, "if has.attached_to or blank")
    paragraph(document, "AnnexLine", f"(Kèm theo {or_dots('attached_to')})")
    tag(document, "endif")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 47),
        Column("Ngày sinh", "{{ row.birth_date }}", 24, centre=True),
        Column("Chức vụ, đơn vị", "{{ row.position }}", 52),
        Column("Thành tích, sản phẩm cụ thể", "", 90, lines="row.achievement"),
        Column("Kết quả bỏ phiếu", "{{ row.votes }}", 30, centre=True),
    ]
    number, *_, achievement, votes = columns
    bodies = [
        number,
        Column("Đối tượng", "{{ row.subject }}", 71),
        Column("Người đứng đầu", "{{ row.position }}", 52),
        achievement,
        votes,
    ]
    tag(document, f"if {BODIES}")
    rows_table(document, "subjects", bodies, small=True)
    tag(document, "else")
    rows_table(document, "subjects", columns, small=True)
    tag(document, "endif")
    tag(document, "if subjects_count")
    paragraph(document, "Body", "Danh sách gồm {{ subjects_count }} đối tượng.")
    tag(document, "endif")
    tag(document, "if has.groups or blank")
    paragraph(document, "Body", "Số liệu để tính tỷ lệ:", keep_next=True)
    figures = [Column("TT", "{{ row.tt }}", 9, centre=True), Column("Phạm vi tính", "{{ row.name }}", 103)]
    figures += [Column(label, f"{{{{ row.{code} }}}}", 35, centre=True) for code, label in LEVELS]
    rows_table(document, "groups", figures, small=True)
    tag(document, "endif")
    tag(document, "if quotas")
    quota_table(document)
    tag(document, "endif")
    # An unsigned list, attached to a paper that is signed, ends with its tables.
    tag(document, "if has.signature_authority or has.signature_title or has.signer or has.recipients or blank")
    closing(document, Signer(), Recipients(), landscape=True)
    tag(document, "endif")
    return document
