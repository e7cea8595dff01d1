"""Papers of the count: the minutes of one secret ballot, and the summary of all ballots on leaders and managers."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document

from .blocks import fill, heading, paragraph, spacer, tag
from .closing import Recipients, Signer, closing
from .filling import day_of, or_dots, text_field
from .meeting_times import began, copies_made, ended
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import (
    Column,
    add_row,
    framed_table,
    head_row,
    least_height,
    row_tag,
    rows_table,
    two_storey_head,
)

_LEVELS = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("completed", "Hoàn thành nhiệm vụ"),
    ("not_completed", "Không hoàn thành nhiệm vụ"),
)
# Kinds of ballot, table of its votes, columns it counts (13-HD/TU, II.2.5, bước 2, gạch 4; II.1.6).
_BALLOTS = (
    (("round_1",), "three_levels", _LEVELS[1:]),
    (("round_2",), "agreement", (("agree", "Đồng ý"), ("disagree", "Không đồng ý"))),
    (("four_levels", "own_level", "decision", "leaders"), "four_levels", _LEVELS),
)
_FIGURES = (
    ("entitled", "Số người được triệu tập có quyền bỏ phiếu"),
    ("present", "Số người có mặt"),
    ("absent", "Số người vắng mặt"),
    ("issued", "Số phiếu phát ra"),
    ("returned", "Số phiếu thu về"),
    ("valid", "Số phiếu hợp lệ"),
    ("invalid", "Số phiếu không hợp lệ"),
)
_WIDTH = 165.0
_LYING_WIDTH = 252.0


class _Before(NamedTuple):
    """A column left of the votes; without a width it shares the room that is left."""

    head: str
    text: str
    width: float = 0


_WHO = (
    _Before("Họ và tên, đối tượng", "{{ row.full_name }}"),
    _Before("Chức vụ, đơn vị công tác", "{{ row.position }}"),
)
_FOUND_BEFORE = (
    _Before("Tự nhận", "{{ row.self_level.short }}", 21),
    _Before("Ở chi bộ", "{{ row.cell_level.short }}", 21),
    _Before("Ở tập thể lãnh đạo", "{{ row.collective_level.short }}", 21),
)
# Kinds of ballot ("" where none is named: that on leaders), the columns before the votes, the answers counted.
_SUMMARIES = (
    (("leaders", ""), (*_WHO, *_FOUND_BEFORE), _LEVELS),
    (("round_1",), (*_WHO, _FOUND_BEFORE[0]), _LEVELS[1:]),
    (("round_2",), _WHO, _BALLOTS[1][2]),
    (("own_level", "decision"), (*_WHO, _FOUND_BEFORE[0]), _LEVELS),
)


@template("bien-ban-kiem-phieu.docx")
def tally_minutes() -> Document:
    """Minutes of a count: figures in digits and words, then the votes on each name in the columns of the ballot."""
    document = new_page("Biên bản kiểm phiếu")
    party_header(document)
    about = "{% if has.about %}{{ about }}, năm{% else %}Năm{% endif %}\u00a0{{ year }}"
    title(document, "Biên bản kiểm phiếu", "{{ ballot.label }}", about, rule=True)
    paragraph(
        document,
        "Body",
        f"{began()}, tại {or_dots('venue')}, {or_dots('counted_by')} tiến hành kiểm phiếu bỏ phiếu kín tại "
        f"{or_dots('voters')}. Thành phần kiểm phiếu gồm:",
    )
    columns = [
        Column("TT", "{{ row.tt }}", 12, centre=True),
        Column("Họ và tên", "{{ row.full_name }}", 90),
        Column("Nhiệm vụ", "{{ row.role }}", 63),
    ]
    rows_table(document, "tellers", columns)
    heading(document, "I. SỐ LIỆU CHUNG")
    _figures(document)
    text_field(document, "invalid_reasons", lead="Lý do phiếu không hợp lệ: ")
    heading(document, "II. KẾT QUẢ KIỂM PHIẾU")
    for codes, rows, counts in _BALLOTS:
        tag(document, "if " + " or ".join(f'ballot.code == "{code}"' for code in codes))
        _results(document, rows, counts)
        tag(document, "endif")
    paragraph(document, "Note", "Tỷ lệ % tính trên số người được triệu tập có quyền bỏ phiếu.")
    text_field(document, "conclusion", lead="Kết luận: ")
    paragraph(
        document,
        "Body",
        f"Việc kiểm phiếu kết thúc{ended()} cùng ngày, kết quả đã được thông báo trước hội nghị"
        f"{copies_made('. Biên bản ')}./.",
        keep_next=True,
    )
    closing(
        document,
        Signer("CHỦ TRÌ HỘI NGHỊ", ("{{ chair_position }}",), "(Ký, ghi rõ họ tên)", "{{ chair }}"),
        Signer("{{ counters_authority }}", ("{{ counters_title }}",), "(Ký, ghi rõ họ tên)", "{{ counters_head }}"),
    )
    return document


def _figures(document: Document) -> None:
    table = framed_table(document, [88, 22, 55])
    head_row(table, table.rows[0], ["Nội dung", "Bằng số", "Bằng chữ"])
    for field, label in _FIGURES:
        row = add_row(table)
        fill(row.cells[0], "Cell", label)
        fill(row.cells[1], "CellCentre", f"{{{{ {field} }}}}")
        fill(row.cells[2], "Cell", f"{{% if has.{field} %}}{{{{ words.{field} }}}}{{% endif %}}")
    spacer(document)


def _results(document: Document, rows: str, counts: tuple[tuple[str, str], ...]) -> None:
    """TT, name, then count and share of each answer, and the marks on this name that do not count."""
    number, invalid = 9.0, 15.0
    votes, share = (15.0, 15.0) if len(counts) < len(_LEVELS) else (12.5, 13.0)
    name = _WIDTH - number - invalid - (votes + share) * len(counts)
    table = framed_table(document, [number, name, *[votes, share] * len(counts), invalid], rows=2, inset=1)
    pairs = [(label, ["Số phiếu", "%"]) for _, label in counts]
    two_storey_head(table, ["TT", "Họ và tên, đối tượng"], pairs, ["Không hợp lệ"])
    row_tag(table, f"for row in {rows}")
    row = add_row(table)
    least_height(row, 8)
    texts = ["{{ row.tt }}", "{{ row.subject }}"]
    for field, _ in counts:
        texts += [f"{{{{ row.{field} }}}}", f"{{{{ row.{field}_percent }}}}"]
    for index, (cell, text) in enumerate(zip(row.cells, [*texts, "{{ row.invalid }}"], strict=True)):
        fill(cell, "SmallCell" if index == 1 else "SmallCellCentre", text)
    row_tag(table, "endfor")
    spacer(document)


@template("bang-tong-hop-kiem-phieu.docx")
def tally_summary() -> Document:
    """One lying page: the votes on each subject; of leaders what each body found before (13-HD/TU, VI.2)."""
    document = new_page("Bảng tổng hợp kết quả kiểm phiếu", landscape=True)
    party_header(document, landscape=True)
    about = "{% if has.ballot %}{{ ballot.label }}{% else %}Đánh giá, xếp loại cán bộ lãnh đạo, quản lý{% endif %}"
    title(document, "Bảng tổng hợp kết quả kiểm phiếu", f"{about}, năm {{{{ year }}}}")
    paragraph(
        document,
        "Body",
        f"Bỏ phiếu kín tại {or_dots('deciding_body')} {day_of('held_on')}: số người được triệu tập có quyền bỏ "
        f"phiếu {or_dots('entitled', 2)}; số phiếu phát ra {or_dots('issued', 2)}; thu về {or_dots('returned', 2)}; "
        f"hợp lệ {or_dots('valid', 2)}; không hợp lệ {or_dots('invalid', 2)}.",
    )
    for codes, before, counts in _SUMMARIES:
        tag(document, "if " + " or ".join(f'ballot.code == "{code}"' for code in codes))
        _summary_table(document, before, counts)
        tag(document, "endif")
    spacer(document)
    paragraph(
        document,
        "Note",
        "HTXSNV: Hoàn thành xuất sắc nhiệm vụ; HTTNV: Hoàn thành tốt nhiệm vụ; HTNV: Hoàn thành nhiệm vụ; KHTNV: Không "
        "hoàn thành nhiệm vụ. Tỷ lệ % tính trên số người được triệu tập có quyền bỏ phiếu.",
        keep_next=True,
    )
    closing(document, Signer(note="(Ký, ghi rõ họ tên)"), Recipients(), landscape=True)
    return document


def _summary_table(document: Document, before: tuple[_Before, ...], counts: tuple[tuple[str, str], ...]) -> None:
    """TT, who, what was found before, number and share of each answer, what is proposed."""
    ends = (9.0, 21.0)
    votes = 20.0 if len(counts) == len(_LEVELS) else 28.0
    rest = _LYING_WIDTH - sum(ends) - votes * len(counts) - sum(column.width for column in before)
    table = framed_table(
        document,
        [ends[0], *(column.width or rest / 2 for column in before), *[votes] * len(counts), ends[1]],
        rows=2,
        inset=1,
    )
    heads = ["TT", *(column.head for column in before)]
    pairs = [("Kết quả bỏ phiếu kín: số phiếu, tỷ lệ %", [label for _, label in counts])]
    two_storey_head(table, heads, pairs, ["Đề nghị xếp loại"])
    row_tag(table, "for row in rows")
    row = add_row(table)
    least_height(row, 9)
    cells = row.cells
    fill(cells[0], "SmallCellCentre", "{{ row.tt }}")
    for cell, column in zip(cells[1:], before, strict=False):
        fill(cell, "SmallCellCentre" if column.width else "SmallCell", column.text)
    for cell, (field, _) in zip(cells[1 + len(before) :], counts, strict=False):
        fill(cell, "SmallCellCentre", f"{{{{ row.{field} }}}}")
        paragraph(cell, "SmallCellCentre", f"{{{{ row.{field}_percent }}}}")
    fill(cells[-1], "SmallCellCentre", "{{ row.proposed.short }}")
    row_tag(table, "endfor")
