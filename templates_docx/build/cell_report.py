"""Mẫu 6: what a cell reports to its committee on the review of its members, with the list of all of them."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.table import Table

from .blocks import bare_table, fill, heading, paragraph, point, spacer, tag
from .closing import Recipients, Signer, closing
from .decisions import NUMBER_AND_DAY
from .filling import identity, text_field
from .opening import addressee, party_header, title
from .page import new_page
from .registry import template
from .sections import lying_pages
from .styles import NAMESPACE, twips
from .tables import Column, add_row, cell_lines, centre_upright, head_row, least_height, repeat_on_pages, row_tag

_LEVELS = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("completed", "Hoàn thành nhiệm vụ"),
    ("not_completed", "Không hoàn thành nhiệm vụ"),
    ("not_classified", "Không xếp loại"),
)
_FIGURES = (
    ("1", "Tổng số đảng viên", "figures.total"),
    ("", "- Đảng viên chính thức", "figures.official"),
    ("", "- Đảng viên dự bị", "figures.probationary"),
    ("2", "Không thuộc diện đánh giá, xếp loại", ""),
    ("", "- Được miễn công tác và sinh hoạt đảng", "figures.exempt"),
    ("", "- Mới kết nạp chưa đủ 06 tháng", "figures.under_six_months"),
    ("", "- Trường hợp khác (đình chỉ sinh hoạt, vắng mặt dài ngày)", "figures.outside"),
    ("3", "Thuộc diện đánh giá, xếp loại", "figures.to_classify"),
    ("", "- Đã đánh giá, xếp loại", "figures.classified"),
    ("", "- Chưa đánh giá, xếp loại", "figures.not_yet"),
)
_ROUNDS = (
    ("Đảng viên chính thức được triệu tập", "round1.entitled", "round1.entitled"),
    ("Số phiếu phát ra", "round1.issued", "round2.issued"),
    ("Số phiếu thu về", "round1.returned", "round2.returned"),
    ("Số phiếu không hợp lệ", "round1.invalid", "round2.invalid"),
    ("Số đảng viên được bầu “Hoàn thành xuất sắc nhiệm vụ”", "", "round2.chosen"),
)


def _value(expression: str) -> str:
    return f"{{{{ {expression} }}}}" if expression else ""


def _static_table(document: Document, heads: list[str], widths: list[float], rows: list[list[str]]) -> Table:
    """A framed table of fixed rows that stays whole on a page; all centred but the widest column."""
    table = bare_table(document, widths, rows=1, borders=True)
    head_row(table, table.rows[0], heads)
    wide = widths.index(max(widths))
    for number, row in enumerate(rows, start=1):
        made = add_row(table)
        least_height(made, 7)
        for index, (cell, text) in enumerate(zip(made.cells, row, strict=True)):
            fill(cell, "Cell" if index == wide else "CellCentre", text, keep_next=number < len(rows))
    spacer(document)
    return table


@template("mau-6.docx")
def cell_report() -> Document:
    """The report upright, then the list of members on a lying page."""
    document = new_page("Báo cáo tổng hợp kết quả đánh giá, đề xuất xếp loại chất lượng đảng viên")
    party_header(document)
    title(
        document,
        "Báo cáo",
        "Tổng hợp kết quả đánh giá, đề xuất xếp loại",
        "chất lượng đảng viên năm {{ year }}",
        rule=True,
    )
    addressee(document)
    heading(document, "I. SỐ LIỆU VỀ ĐẢNG VIÊN")
    _static_table(
        document, ["TT", "Nội dung", "Số lượng"], [12, 118, 35], [[no, text, _value(at)] for no, text, at in _FIGURES]
    )
    identity(
        document,
        "- Lý do chưa đánh giá, xếp loại",
        "figures_not_yet_reason",
        value="figures.not_yet_reason",
        optional=True,
    )
    heading(document, "II. KẾT QUẢ BỎ PHIẾU CỦA CHI BỘ")
    _static_table(
        document,
        ["Nội dung", "Lần 1", "Lần 2"],
        [95, 35, 35],
        [[text, _value(first), _value(second)] for text, first, second in _ROUNDS],
    )
    _proposed(document)
    heading(document, "IV. KIẾN NGHỊ")
    text_field(document, "proposals", keep_last=True)
    closing(document, Signer(note="(Ký, ghi rõ họ tên)"), Recipients())
    lying_pages(document)
    _list(document)
    return document


def _proposed(document: Document) -> None:
    heading(document, "III. KẾT QUẢ ĐÁNH GIÁ, ĐỀ XUẤT XẾP LOẠI")
    paragraph(
        document,
        "Body",
        "Nội dung nhận xét và mức xếp loại đề xuất của từng đảng viên: có danh sách kèm theo.",
        keep_next=True,
    )
    _static_table(
        document,
        ["Mức xếp loại đề xuất", "Số đảng viên", "Tỷ lệ"],
        [95, 35, 35],
        [
            [label, *(_value(f"members_total.proposed_level.{code}.{part}") for part in ("count", "percent"))]
            for code, label in _LEVELS
        ],
    )
    tag(document, "if has.reasons or blank")
    point(document, "Lý do đề xuất không hoàn thành nhiệm vụ")
    text_field(document, "reasons")
    tag(document, "endif")


# Narrower cells than elsewhere leave room for “HTXSNV” in one line.
_INSET = 0.8
_NUMBER, _NAME, _COMMENT, _PROPOSAL = 8.0, 40.0, 60.6, 19.4
_COLUMNS = (
    Column("Tự nhận", "{{ row.self_level.short }}", 19.4),
    Column("CC, VC", "{{ row.employee_level.short }}", 19.4),
    Column("Chi ủy", "{{ row.cell_committee_level.short }}", 19.4),
    Column("Đoàn thể", "{{ row.mass_organisation_level.short }}", 19.4),
    Column("Nơi cư trú", "{{ row.residence.label }}", 9.4),
    Column("Tốt", "{{ row.round1_good }}", 8),
    Column("HT", "{{ row.round1_completed }}", 8),
    Column("KHT", "{{ row.round1_not_completed }}", 11),
    Column("Lần 2", "{{ row.round2_votes }}", 10),
)
_GROUPS = {(2, 6): "Mức xếp loại, nhận xét của các chủ thể", (7, 9): "Phiếu lần 1"}


def _narrow_cells(table: Table, inset: float) -> None:
    """Cells whose text begins `inset` millimetres from their sides."""
    margin = f'w:w="{twips(inset)}" w:type="dxa"'
    table._tbl.tblPr.append(
        parse_xml(f'<w:tblCellMar xmlns:w="{NAMESPACE}"><w:left {margin}/><w:right {margin}/></w:tblCellMar>')
    )


def _list(document: Document) -> None:
    title(document, "Danh sách", "Kết quả đánh giá, đề xuất xếp loại chất lượng đảng viên năm {{ year }}")
    paragraph(document, "AnnexLine", f"(Kèm theo Báo cáo {NUMBER_AND_DAY} của {{{{ issuing_body }}}})")
    widths = [_NUMBER, _NAME, *(column.width for column in _COLUMNS), _COMMENT, _PROPOSAL]
    table = bare_table(document, widths, rows=2, borders=True)
    _narrow_cells(table, _INSET)
    _list_heads(table)
    row_tag(table, "for row in members")
    row = add_row(table)
    least_height(row, 9)
    cells = row.cells
    fill(cells[0], "SmallCellCentre", "{{ row.tt }}")
    fill(cells[1], "SmallCell", "{{ row.full_name }}")
    for field in ("birth_date", "position"):
        tag_in = f"if row.{field}"
        cells[1].add_paragraph(f"{{%p {tag_in} %}}")
        paragraph(cells[1], "SmallCell", f"{{{{ row.{field} }}}}")
        cells[1].add_paragraph("{%p endif %}")
    for cell, column in zip(cells[2:-2], _COLUMNS, strict=True):
        fill(cell, "SmallCellCentre", column.text)
    cell_lines(cells[-2], "SmallCell", "row.comment")
    fill(cells[-1], "SmallCellCentre", "{{ row.proposed_level.short }}")
    row_tag(table, "endfor")
    spacer(document)
    paragraph(
        document,
        "Note",
        "Ghi chú: HTXSNV: hoàn thành xuất sắc nhiệm vụ; HTTNV: hoàn thành tốt nhiệm vụ; HTNV, HT: hoàn thành nhiệm "
        "vụ; KHTNV, KHT: không hoàn thành nhiệm vụ; KXL: không xếp loại; CC, VC: mức xếp loại công chức, viên chức. Số "
        "phiếu của từng người không kể phiếu ghi không hợp lệ đối với người đó.",
    )


def _list_heads(table: Table) -> None:
    """Two rows of heads: what belongs together stands under one."""
    upper, lower = table.rows[0], table.rows[1]
    last = len(table.columns) - 1
    heads = {0: "TT", 1: "Họ và tên; ngày sinh; chức vụ", last - 2: _COLUMNS[-1].head}
    heads |= {last - 1: "Nội dung nhận xét, đánh giá", last: "Mức đề xuất"}
    for index in heads:
        upper.cells[index].merge(lower.cells[index])
    for (first, end), text in _GROUPS.items():
        upper.cells[first].merge(upper.cells[end])
        heads[first] = text
    for index, text in heads.items():
        cell = table.cell(0, index)
        for extra in cell.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        fill(cell, "SmallCellHead", text)
        centre_upright(cell)
    for index, column in enumerate(_COLUMNS[:-1], start=2):
        fill(table.cell(1, index), "SmallCellHead", column.head)
        centre_upright(table.cell(1, index))
    for row in (upper, lower):
        repeat_on_pages(row)
