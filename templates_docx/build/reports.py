"""What a committee reports to the one above it: counts by level, shares of the excellent, and what it proposes."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt

from .blocks import heading, paragraph, tag
from .closing import Recipients, Signer, closing
from .counts import counts_table, quota_table
from .decisions import LEVELS, NUMBER_AND_DAY
from .filling import or_dots, text_field
from .opening import addressee, party_header, title
from .page import new_page
from .registry import template
from .sections import lying_pages
from .tables import Column, rows_table, without_unused

# Tables printed as numbered forms; no report is made before a member is classified.
_FORMS = ("organisations", "members", "collectives", "leaders")
_ALWAYS = "members"
_KIND_AND_POSITION = "{{ row.concerns.label }}{% if row.position %}; {{ row.position }}{% endif %}"


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
    for rows, what, unit in (
        ("organisations", "Tổ chức đảng", "tổ chức"),
        ("members", "Đảng viên", "đảng viên"),
        ("collectives", "Tập thể lãnh đạo, quản lý", "tập thể"),
        ("leaders", "Cán bộ lãnh đạo, quản lý", "cán bộ"),
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
            f"{unit}, trong đó {shares} (Biểu {_form_number(rows)} kèm theo).",
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
    _form(document, "Kết quả xếp loại tổ chức đảng", "organisations")
    counts_table(document, "organisations", "Loại hình tổ chức đảng", scoped, 39)
    tag(document, "endif")
    _form(document, "Kết quả xếp loại đảng viên", "members")
    counts_table(document, "members", "{{ text.members_by }}", members, 46)
    tag(document, "endif")
    tag(document, "if has.member_kinds or blank")
    among = paragraph(document, "Body", "Trong đó:", keep_next=True)
    among.paragraph_format.space_before = Pt(6)
    counts_table(document, "member_kinds", "Đối tượng đảng viên", members, 46)
    tag(document, "endif")
    _form(document, "Kết quả xếp loại tập thể lãnh đạo, quản lý", "collectives")
    counts_table(document, "collectives", "Loại tập thể", others, 67)
    tag(document, "endif")
    _form(document, "Kết quả xếp loại cán bộ lãnh đạo, quản lý", "leaders")
    counts_table(document, "leaders", "Chức danh tương đương", others, 67)
    tag(document, "endif")
    tag(document, "if quotas")
    _form_title(document, _form_number(), "Tỷ lệ hoàn thành xuất sắc nhiệm vụ")
    quota_table(document)
    tag(document, "else")
    paragraph(document, "End")
    tag(document, "endif")


def _form(document: Document, name: str, rows: str) -> None:
    tag(document, f"if has.{rows} or blank")
    _form_title(document, _form_number(rows), name)


def _form_number(rows: str = "", *, number: int = 1, before: tuple[str, ...] = _FORMS) -> str:
    """Text for the number of a form: only those before it that are printed count; the last is that of the shares."""
    if not before or before[0] == rows:
        return str(number)
    printed = _form_number(rows, number=number + 1, before=before[1:])
    if before[0] == _ALWAYS:
        return printed
    left_out = _form_number(rows, number=number, before=before[1:])
    return f"{{% if has.{before[0]} or blank %}}{printed}{{% else %}}{left_out}{{% endif %}}"


def _form_title(document: Document, number: str, name: str) -> None:
    above = paragraph(document, "TypeName", f"Biểu {number}")
    above.paragraph_format.page_break_before = True
    paragraph(document, "Summary", f"{name} năm {{{{ year }}}}")
    paragraph(document, "AnnexLine", f"(Kèm theo Báo cáo {NUMBER_AND_DAY} của {or_dots('reporting_body')})")
