"""Decisions on classification: grounds, articles, and the list of those concerned on its own page."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document

from .blocks import paragraph, tag, write
from .closing import Recipients, Signer, closing
from .filling import day_of, or_dots, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, rows_table, without_unused

# The grounds every decision of the year names first (HD 36-HD/VPTW: “- …;”, the last ends with a comma).
GROUNDS = (
    "- Căn cứ Điều lệ Đảng Cộng sản Việt Nam;",
    "- Căn cứ Hướng dẫn số 13-HD/TU, ngày 20/11/2018 của Ban Thường vụ Tỉnh ủy Phú Thọ về kiểm điểm, đánh giá, xếp "
    "loại chất lượng đối với tổ chức đảng, đảng viên và tập thể, cá nhân cán bộ lãnh đạo, quản lý năm 2018;",
)
GAP = "\u00a0" * 6
NUMBER_AND_DAY = (
    f"số {{% if has.number %}}{{{{ number }}}}{{% else %}}{GAP}{{% endif %}}"
    "{% if has.symbol %}-{{ symbol }}{% endif %}, {{ day_line }}"
)
LEVELS = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("completed", "Hoàn thành nhiệm vụ"),
    ("not_completed", "Không hoàn thành nhiệm vụ"),
)
_DOTS = "……"
FROM_SIGNING = " Quyết định này có hiệu lực kể từ ngày ký./."


def article(document: Document, number: int, text: str, *, keep_next: bool = False) -> None:
    """`Điều 1.` in bold, then its text."""
    made = paragraph(document, "Body", keep_next=keep_next)
    write(made, f"Điều {number}.", bold=True)
    write(made, f" {text}")


def grounds(document: Document) -> None:
    """The grounds every decision of the year names first, then those the office adds."""
    for ground in GROUNDS:
        paragraph(document, "Body", ground)
    text_field(document, "further_grounds")


def resolves(document: Document) -> None:
    """Who decides, and the word after which the articles stand."""
    paragraph(document, "Resolves", or_dots("deciding_body"))
    paragraph(document, "Resolves", "QUYẾT ĐỊNH:")


@template("quyet-dinh-dang-vien.docx")
def decision_on_members() -> Document:
    """The decision that classifies the members of a Party organisation, with their list (13-HD/TU, II.2.5, bước 3)."""
    document = new_page("Quyết định xếp loại chất lượng đảng viên")
    party_header(document)
    title(document, "Quyết định", "về xếp loại chất lượng đảng viên năm {{ year }}", rule=True)
    grounds(document)
    paragraph(
        document,
        "Body",
        f"- Căn cứ kết quả bỏ phiếu kín tại hội nghị {or_dots('deciding_body')} {day_of('voted_on')},",
    )
    resolves(document)
    _articles(document)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    _list(document)
    return document


def _articles(document: Document) -> None:
    """What is decided on how many, by level; who does what; who carries it out."""
    _classified(document, "members", "đảng viên")
    article_of(document, 2, "duties")
    article_of(document, 3, "enforcement", after=FROM_SIGNING, keep_next=True)


def _classified(document: Document, rows: str, whom: str) -> None:
    """Article 1: how many of whom are classified, and how many at each level."""
    number = f"{{% if {rows}_count %}}{{{{ {rows}_count }}}}{{% else %}}{_DOTS}{{% endif %}}"
    classified = f"Xếp loại chất lượng năm {{{{ year }}}} đối với {number} {whom} của {or_dots('organisation')}"
    article(document, 1, f"{classified} (có danh sách kèm theo), trong đó:", keep_next=True)
    for code, label in LEVELS:
        count = f"{rows}_total.level.{code}.count"
        tag(document, f'if blank or {count} != "0"')
        shown = f"{{% if {count} %}}{{{{ {count} }}}}{{% else %}}{_DOTS}{{% endif %}}"
        paragraph(document, "Body", f"- {label}: {shown} {whom}.", keep_next=True)
        tag(document, "endif")


def article_of(document: Document, number: int, field: str, *, after: str = "", keep_next: bool = False) -> None:
    """An article whose text the office gives; on a blank paper dotted lines."""
    tag(document, f"if has.{field}")
    article(document, number, f"{{{{ {field} }}}}{after}", keep_next=keep_next)
    tag(document, "else")
    write(write(paragraph(document, "Line", keep_next=keep_next), f"Điều {number}.", bold=True), " \t")
    paragraph(document, "Dots", "\t", keep_next=keep_next)
    tag(document, "endif")


def _list_title(document: Document, whom: str) -> None:
    heading = paragraph(document, "TypeName", "Danh sách")
    heading.paragraph_format.page_break_before = True
    paragraph(document, "Summary", f"{whom} của {or_dots('organisation')} được xếp loại chất lượng năm {{{{ year }}}}")
    paragraph(document, "AnnexLine", f"(Kèm theo Quyết định {NUMBER_AND_DAY} của {or_dots('deciding_body')})")


def _list(document: Document) -> None:
    _list_title(document, "đảng viên")
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", 45),
        Column("Ngày sinh", "{{ row.birth_date }}", 23, centre=True),
        Column("Chi bộ", "{{ row.cell }}", 41),
        Column("Mức xếp loại", "{{ row.level.label }}", 47),
    ]
    without_unused(document, "members", columns, "cell", "Họ và tên", small=True)
    tag(document, "if members_count")
    paragraph(document, "Body", "Danh sách gồm {{ members_count }} đảng viên.")
    tag(document, "endif")


@template("quyet-dinh-xep-loai.docx")
def decision_on_subjects() -> Document:
    """The decision that classifies organisations, collectives or leaders (13-HD/TU, II.1.6, bước 3; III.5, bước 3).

    The form's `text` says whom it concerns, and what the columns of the list hold.
    """
    document = new_page("Quyết định xếp loại chất lượng")
    party_header(document)
    title(document, "Quyết định", "về xếp loại chất lượng {{ text.whom }} năm {{ year }}", rule=True)
    grounds(document)
    tag(document, "if has.report or blank")
    paragraph(document, "Body", f"- Xét {or_dots('report', 20)};")
    tag(document, "endif")
    tag(document, "if text.remedy")
    paragraph(document, "Body", f"- Sau khi xem xét {or_dots('remedy_considered', 20)};")
    tag(document, "endif")
    paragraph(
        document,
        "Body",
        f"- Căn cứ kết quả bỏ phiếu kín tại hội nghị {or_dots('deciding_body')} {day_of('voted_on')}"
        "{% if has.tally_minutes or blank %} "
        f"(theo {or_dots('tally_minutes')}){{% endif %}},",
    )
    resolves(document)
    _classified(document, "subjects", "{{ text.whom }}")
    article_of(document, 2, "duties")
    article_of(document, 3, "enforcement", after=FROM_SIGNING, keep_next=True)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    _list_of_subjects(document)
    return document


def _list_of_subjects(document: Document) -> None:
    _list_title(document, "{{ text.whom }}")
    born = Column("Ngày sinh", "{{ row.birth_date }}", 23, centre=True)
    columns = [
        Column("TT", "{{ row.tt }}", 9, centre=True),
        Column("{{ text.subject_head }}", "{{ row.subject }}", 41),
        born,
        Column("{{ text.position_head }}", "{{ row.position }}", 45),
        Column("Mức xếp loại", "{{ row.level.label }}", 47),
    ]
    tag(document, "if text.births")
    rows_table(document, "subjects", columns, small=True)
    tag(document, "else")
    wide = [
        replace(one, width=one.width + 11.5) if one.width in (45, 41) else one for one in columns if one is not born
    ]
    without_unused(document, "subjects", wide, "position", columns[1].head, small=True)
    tag(document, "endif")
    tag(document, "if subjects_count")
    paragraph(document, "Body", "Danh sách gồm {{ subjects_count }} {{ text.whom }}.")
    tag(document, "endif")
