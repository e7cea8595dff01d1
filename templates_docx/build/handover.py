"""The hand-over of the year's dossiers to the archive."""

from __future__ import annotations

from docx.document import Document
from docx.table import Table

from .blocks import fill, heading, paragraph, spacer, tag, write
from .closing import Signer, closing
from .counts import above_sum
from .decisions import NUMBER_AND_DAY
from .filling import day_of, identity, or_dots, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .sections import lying_pages
from .tables import Column, add_row, framed_table, head_row, least_height, row_tag, rows_table

_SIGN = "(Ký, ghi rõ họ tên)"


@template("bien-ban-ban-giao.docx")
def handover_minutes() -> Document:
    """Who gives what to whom, in what state, and how the electronic copy is known again; the list follows."""
    document = new_page("Biên bản bàn giao hồ sơ lưu trữ")
    party_header(document)
    title(document, "Biên bản", "bàn giao hồ sơ lưu trữ năm {{ year }}", rule=True)
    tag(document, "if has.basis")
    text_field(document, "basis")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        f"{day_of('handed_on').replace('ngày', 'Ngày', 1)}, tại {or_dots('venue')}, hai bên tiến hành bàn giao "
        f"{or_dots('collection')}.",
    )
    for heading_text, body, people in (
        ("I. BÊN GIAO", "giver_body", "givers"),
        ("II. BÊN NHẬN", "receiver_body", "receivers"),
    ):
        heading(document, heading_text)
        identity(document, "- Cơ quan", body)
        columns = [
            Column("TT", "{{ row.tt }}", 12, centre=True),
            Column("Họ và tên", "{{ row.full_name }}", 75),
            Column("Chức vụ", "{{ row.position }}", 78),
        ]
        rows_table(document, people, columns)
    heading(document, "III. NỘI DUNG BÀN GIAO")
    _handed_over(document)
    text_field(document, "condition", lead="- Tình trạng hồ sơ: ")
    tag(document, "if has.opinions or blank")
    text_field(document, "opinions", lead="- Ý kiến của hai bên: ")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        f"Biên bản lập thành {or_dots('copies', 2)} bản có giá trị như nhau, chia đều cho bên giao và bên nhận./.",
        keep_next=True,
    )
    closing(
        document,
        Signer(("ĐẠI DIỆN BÊN NHẬN",), ("{{ receiver_title }}",), _SIGN, "{{ receiver_head }}"),
        Signer(("ĐẠI DIỆN BÊN GIAO",), ("{{ giver_title }}",), _SIGN, "{{ giver_head }}"),
    )
    lying_pages(document)
    _list(document)
    return document


def _handed_over(document: Document) -> None:
    paragraph(
        document,
        "Body",
        "- Số hồ sơ: {% if dossiers_count %}{{ dossiers_count }}{% else %}……{% endif %}; số tài liệu: "
        f"{_sum_or('documents', '……')}; số tờ: {_sum_or('sheets', '……')} (có danh mục kèm theo).",
    )
    tag(document, "if has.carrier or blank")
    paragraph(
        document,
        "Body",
        f"- Bản điện tử: {or_dots('carrier')}; số tệp: {or_dots('files', 3)}; dung lượng: {or_dots('size', 3)}.",
    )
    tag(document, "endif")
    tag(document, "if has.digest")
    paragraph(document, "Digest", "Mã kiểm tra của danh sách tệp: {{ digest }}")
    tag(document, "endif")
    tag(document, "if has.finding_aids or blank")
    text_field(document, "finding_aids", lead="- Công cụ tra cứu kèm theo: ")
    tag(document, "endif")


def _sum_or(column: str, unknown: str) -> str:
    """The sum of a column of the list, or something else where no dossier tells it."""
    known = f"{{% if has.dossiers_{column} %}}{{{{ dossiers_total.{column} }}}}"
    return f"{known}{{% else %}}{unknown}{{% endif %}}"


def _list(document: Document) -> None:
    title(document, "Danh mục", "hồ sơ bàn giao")
    paragraph(document, "AnnexLine", f"(Kèm theo Biên bản bàn giao {NUMBER_AND_DAY})")
    heads = ["TT", "Hồ sơ số", "Tiêu đề hồ sơ", "Đối tượng", "Số tài liệu", "Số tờ", "Thời hạn bảo quản", "Ghi chú"]
    table = framed_table(document, [10, 25, 82, 45, 18, 16, 28, 28], inset=1)
    head_row(table, table.rows[0], heads, "Small")
    row_tag(table, "for row in dossiers")
    columns = ["tt", "number", "title", "subject", "documents", "sheets", "retention", "note"]
    _row(table, [f"{{{{ row.{one} }}}}" for one in columns])
    row_tag(table, "endfor")
    sums = {"title": "Cộng", "documents": _sum_or("documents", ""), "sheets": _sum_or("sheets", "")}
    _row(table, [sums.get(one, "") for one in columns], bold=True)
    spacer(document)


def _row(table: Table, texts: list[str], *, bold: bool = False) -> None:
    row = add_row(table)
    least_height(row, 8)
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        style = "SmallCell" if index in (2, 3, 7) else "SmallCellCentre"
        if bold:
            write(fill(cell, style), text, bold=True)
        else:
            above_sum(cell, style, text)
