"""What a committee reports to the one above it: counts by level, shares of the excellent, and what it proposes."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.table import Table, _Cell

from .blocks import (
    fill,
    heading,
    or_dots,
    paragraph,
    party_header,
    run_tag,
    spacer,
    tag,
    tag_first,
    text_field,
    title,
    write,
)
from .closing import Recipients, Signer, closing
from .decisions import LEVELS, NUMBER_AND_DAY
from .page import new_page
from .registry import template
from .sections import lying_pages
from .tables import Column, add_row, framed_table, least_height, row_tag, rows_table, two_storey_head, without_unused

_SHARE = ["SL", "%"]
_COUNT, _PERCENT = 13.0, 15.0
_KIND_AND_POSITION = "{{ row.concerns.label }}{% if row.position %}; {{ row.position }}{% endif %}"


def addressee(document: Document) -> None:
    """`Kính gửi:` and the one body a report is for."""
    tag(document, "if has.addressee or blank")
    made = paragraph(document, "Line")
    write(made, "Kính gửi: ", italic=True)
    run_tag(made, "if has.addressee")
    write(made, "{{ addressee }}")
    run_tag(made, "else")
    write(made, "…………………………")
    run_tag(made, "endif")
    tag(document, "endif")


def _counted(document: Document, rows: str, name: str, before: list[tuple[str, str, float]], width: float) -> None:
    """A table of counts: who, the columns before, then count and share of each level, and the sums of all.

    No line stands after it, since one that does not fit would take a page of its own before the next form.

    Args:
        rows: the table in the context, with its sums as `<rows>_total`.
        name: head of the column of names.
        before: head, column and width of what is counted before the levels.
        width: of the column of names, millimetres.
    """
    widths = [9.0, width, *(one for *_, one in before), *[_COUNT, _PERCENT] * len(LEVELS)]
    table = framed_table(document, widths, rows=2, inset=0.8)
    heads = ["TT", name, *(head for head, *_ in before)]
    two_storey_head(table, heads, [(label, _SHARE) for _, label in LEVELS], [])
    row_tag(table, f"for row in {rows}")
    columns = [column for _, column, _ in before]
    _figures(table, ["{{ row.tt }}", "{{ row.name }}"], "row", columns, "SmallCell")
    row_tag(table, "endfor")
    _figures(table, ["", "Cộng"], f"{rows}_total", columns, "SmallCell", bold=True)


def _figures(
    table: Table, first: list[str], holder: str, columns: list[str], style: str, *, bold: bool = False
) -> None:
    row = add_row(table)
    least_height(row, 8)
    texts = list(first)
    # The scope of a share is a name: rows have it, their sum does not.
    texts += ["" if bold and column == "scope" else f"{{{{ {holder}.{column} }}}}" for column in columns]
    for code, _ in LEVELS:
        texts += [f"{{{{ {holder}.{code} }}}}", f"{{{{ {holder}.{code}_percent }}}}"]
    names = {1, *(index for index, column in enumerate(columns, start=2) if column == "scope")}
    for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell_style = style if index in names else f"{style}Centre"
        if bold:
            write(fill(cell, cell_style), text, bold=True)
        else:
            above_sum(cell, cell_style, text)


def above_sum(cell: _Cell, style: str, text: str) -> None:
    """Fill a cell of a looped row whose last one stays on the page of the sums below it."""
    tag_first(cell, "if loop.last")
    paragraph(cell, style, text, keep_next=True)
    tag(cell, "else")
    paragraph(cell, style, text)
    tag(cell, "endif")


def quota_table(document: Document) -> None:
    """The share of the excellent of each group, worked out under both readings of its base (lying page)."""
    widths = [9.0, 55.0, 18.0, 16.0, 19.0, 17.0, 17.0, 17.0, 17.0, 17.0, 17.0, 33.0]
    table = framed_table(document, widths, rows=2, inset=0.8)
    base = ["Cơ sở tính", "20%", "Nhiều nhất"]
    two_storey_head(
        table,
        ["TT", "Phạm vi tính", "Đã xếp loại", "Số tốt", "Số xuất sắc"],
        [("Tính trên số tốt", base), ("Tính cả số xuất sắc", base)],
        ["Kết luận"],
    )
    row_tag(table, "for row in quotas")
    row = add_row(table)
    least_height(row, 8)
    fields = ["tt", "group", "classified", "second", "best"]
    fields += [f"{reading}_{figure}" for reading in ("literal", "pool") for figure in ("base", "quotient", "limit")]
    for cell, field in zip(row.cells, [*fields, "conclusion"], strict=True):
        fill(cell, "SmallCell" if field == "group" else "SmallCellCentre", f"{{{{ row.{field} }}}}")
    row_tag(table, "endfor")
    spacer(document)
    paragraph(
        document,
        "Note",
        "Số hoàn thành xuất sắc nhiệm vụ không vượt quá 20% số hoàn thành tốt nhiệm vụ (13-HD/TU, II.1.3.a; II.2.3.a; "
        "III.3.1; V.1, gạch 4). Cột “Nhiều nhất” là số nguyên sau khi làm tròn; ghi cả hai cách tính cơ sở để cấp có "
        "thẩm quyền xem xét.",
    )


@template("bao-cao-ket-qua.docx")
def results_report() -> Document:
    """The report of a base or a district: text upright, then the tables on lying pages (13-HD/TU, VI.1; C.4)."""
    document = new_page("Báo cáo kết quả kiểm điểm, đánh giá, xếp loại chất lượng")
    party_header(document)
    title(
        document,
        "Báo cáo",
        "kết quả kiểm điểm, đánh giá, xếp loại chất lượng tổ chức đảng, đảng viên",
        "và tập thể, cá nhân cán bộ lãnh đạo, quản lý năm {{ year }}",
        rule=True,
    )
    addressee(document)
    paragraph(
        document,
        "Body",
        "Thực hiện Hướng dẫn số 13-HD/TU, ngày 20/11/2018 của Ban Thường vụ Tỉnh ủy Phú Thọ, "
        f"{or_dots('reporting_body')} báo cáo kết quả năm {{{{ year }}}} của {or_dots('organisation')} như sau:",
    )
    heading(document, "I. TÌNH HÌNH TỔ CHỨC THỰC HIỆN")
    text_field(document, "conduct")
    heading(document, "II. KẾT QUẢ ĐÁNH GIÁ, XẾP LOẠI")
    _in_short(document)
    _not_completed(document)
    heading(document, "III. ĐÁNH GIÁ CHUNG")
    text_field(document, "strengths", lead="1. Ưu điểm: ")
    text_field(document, "weaknesses", lead="2. Hạn chế, nguyên nhân: ")
    heading(document, "IV. ĐỀ NGHỊ, KIẾN NGHỊ")
    _proposed(document)
    text_field(document, "petitions", keep_last=True)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    lying_pages(document)
    _tables(document)
    return document


def _in_short(document: Document) -> None:
    """The sums of the tables in sentences, and beside last year's."""
    for number, (rows, what, unit) in enumerate(
        (
            ("organisations", "Tổ chức đảng", "tổ chức"),
            ("members", "Đảng viên", "đảng viên"),
            ("collectives", "Tập thể lãnh đạo, quản lý", "tập thể"),
            ("leaders", "Cán bộ lãnh đạo, quản lý", "cán bộ"),
        ),
        start=1,
    ):
        shares = "; ".join(
            f"{label.lower()} {_or_room(f'{rows}_total.{code}')}"
            f"{{% if {rows}_total.{code}_percent %}} ({{{{ {rows}_total.{code}_percent }}}}){{% endif %}}"
            for code, label in LEVELS
        )
        tag(document, f"if has.{rows} or blank")
        paragraph(
            document,
            "Body",
            f"- {what}: đã đánh giá, xếp loại {_or_room(f'{rows}_total.classified')}/{_or_room(f'{rows}_total.total')} "
            f"{unit}, trong đó {shares} (Biểu {number} kèm theo).",
        )
        tag(document, "endif")
    tag(document, "if has.excellent_list")
    paragraph(document, "Body", "- Danh sách hoàn thành xuất sắc nhiệm vụ: {{ excellent_list }}.")
    tag(document, "endif")
    tag(document, "if has.comparison or blank")
    paragraph(document, "Body", "So với năm trước:", keep_next=True)
    columns = [Column("Nội dung", "{{ row.name }}", 61)]
    for code, label in LEVELS:
        columns.append(Column(label, f"{{{{ row.{code} }}}}", 26, centre=True))
    rows_table(document, "comparison", columns, small=True)
    tag(document, "endif")


def _or_room(expression: str) -> str:
    return f"{{% if {expression} %}}{{{{ {expression} }}}}{{% else %}}……{{% endif %}}"


def _not_completed(document: Document) -> None:
    tag(document, "if has.failed or blank")
    paragraph(document, "Body", "Các trường hợp không hoàn thành nhiệm vụ:", keep_next=True)
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 45),
        Column("Chức vụ, đơn vị", "{{ row.position }}", 41),
        Column("Lý do", "", 70, lines="row.reason"),
    ]
    without_unused(document, "failed", columns, "position", "Lý do", small=True)
    tag(document, "endif")
    tag(document, "if has.not_yet_reason or blank")
    text_field(document, "not_yet_reason", lead="Các trường hợp chưa đánh giá, xếp loại và lý do: ")
    tag(document, "endif")


def _proposed(document: Document) -> None:
    tag(document, "if has.proposals or blank")
    paragraph(
        document,
        "Body",
        f"Đề nghị {or_dots('proposed_to')} xem xét, quyết định mức xếp loại chất lượng năm {{{{ year }}}} đối với:",
        keep_next=True,
    )
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Đối tượng", "{{ row.subject }}", 50),
        Column("Loại đối tượng, chức vụ", _KIND_AND_POSITION, 50),
        Column("Mức đề nghị", "{{ row.level.label }}", 56),
    ]
    rows_table(document, "proposals", columns, small=True)
    tag(document, "endif")


def _tables(document: Document) -> None:
    numbered = [("Tổng số", "total", 15.0), ("Chưa đủ 06 tháng, lý do khác", "outside", 19.0)]
    others = [*numbered, ("Chưa xếp loại", "not_yet", 15.0), ("Đã xếp loại", "classified", 15.0)]
    members = [
        ("Tổng số", "total", 14.0),
        ("Được miễn", "exempt", 14.0),
        ("Chưa đủ 06 tháng", "under_six_months", 15.0),
        ("Lý do khác", "other", 13.0),
        ("Chưa xếp loại", "not_yet", 14.0),
        ("Đã xếp loại", "classified", 15.0),
    ]
    scoped = [("Phạm vi tính tỷ lệ xuất sắc", "scope", 28.0), *others]
    _form(document, 1, "Kết quả xếp loại tổ chức đảng", "organisations")
    _counted(document, "organisations", "Loại hình tổ chức đảng", scoped, 39)
    tag(document, "endif")
    _form(document, 2, "Kết quả xếp loại đảng viên", "members")
    _counted(document, "members", "{{ text.members_by }}", members, 46)
    tag(document, "endif")
    tag(document, "if has.member_kinds or blank")
    among = paragraph(document, "Body", "Trong đó:", keep_next=True)
    among.paragraph_format.space_before = Pt(6)
    _counted(document, "member_kinds", "Đối tượng đảng viên", members, 46)
    tag(document, "endif")
    _form(document, 3, "Kết quả xếp loại tập thể lãnh đạo, quản lý", "collectives")
    _counted(document, "collectives", "Loại tập thể", others, 67)
    tag(document, "endif")
    _form(document, 4, "Kết quả xếp loại cán bộ lãnh đạo, quản lý", "leaders")
    _counted(document, "leaders", "Chức danh tương đương", others, 67)
    tag(document, "endif")
    tag(document, "if quotas")
    _form_title(document, 5, "Tỷ lệ hoàn thành xuất sắc nhiệm vụ")
    quota_table(document)
    tag(document, "else")
    paragraph(document, "End")
    tag(document, "endif")


def _form(document: Document, number: int, name: str, rows: str) -> None:
    tag(document, f"if has.{rows} or blank")
    _form_title(document, number, name)


def _form_title(document: Document, number: int, name: str) -> None:
    above = paragraph(document, "TypeName", f"Biểu {number}")
    above.paragraph_format.page_break_before = True
    paragraph(document, "Summary", f"{name} năm {{{{ year }}}}")
    paragraph(document, "AnnexLine", f"(Kèm theo Báo cáo {NUMBER_AND_DAY} của {{{{ issuing_body }}}})")


@template("danh-sach-xuat-sac.docx")
def excellent_list() -> Document:
    """Those put forward as excellent, with the share they keep to (lying page)."""
    document = new_page("Danh sách hoàn thành xuất sắc nhiệm vụ", landscape=True)
    party_header(document, numbered=False, landscape=True)
    title(
        document,
        "Danh sách",
        "{% if has.concerns %}{{ concerns.label }}{% else %}…………………………{% endif %} đề nghị xếp loại “Hoàn thành "
        "xuất sắc nhiệm vụ” năm {{ year }}",
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
    tag(document, "if has.subjects_birth_date or blank")
    rows_table(document, "subjects", columns, small=True)
    tag(document, "else")
    kept = [one for one in columns if "birth_date" not in one.text]
    kept[1] = Column("Đối tượng", "{{ row.subject }}", 71)
    rows_table(document, "subjects", kept, small=True)
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
    closing(document, Signer(note="(Ký, ghi rõ họ tên)"), Recipients(), landscape=True)
    return document
