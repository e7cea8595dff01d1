"""People's own papers as Word files: home-made, each with its maker's habits of font, heading and layout."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from generator.word.package import slim

_LEVELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}
_FONTS = (("Times New Roman", 14), ("Times New Roman", 13), ("Arial", 12), ("Calibri", 12), ("Tahoma", 11))
_TITLES = (
    "BẢN TỰ KIỂM ĐIỂM",
    "BẢN KIỂM ĐIỂM CÁ NHÂN\nNăm 2018",
    "BẢN TỰ KIỂM ĐIỂM ĐẢNG VIÊN NĂM 2018",
    "Bản kiểm điểm cuối năm 2018",
)
_CLAIMS = (
    "Tự nhận xếp loại: {level}.",
    "Căn cứ kết quả trên, tôi tự xếp mức “{level}”.",
    "Đề nghị chi bộ xếp loại: {level}",
    "Mức chất lượng tự đánh giá: {level}.",
)
_SIGNING = ("NGƯỜI TỰ KIỂM ĐIỂM", "Người viết", "Người kiểm điểm", "ĐẢNG VIÊN")
# Typed on a computer that writes marks apart from their letters.
_DECOMPOSED = frozenset({"DV037", "DV079"})


@dataclass(frozen=True)
class Habit:
    """How one person sets his paper; chosen by his number, so that it never changes."""

    font: str
    size: int
    title: str
    claim: str
    signing: str
    heading: int
    margin: float
    indent: bool


def habit(reference: str, *, printable: bool) -> Habit:
    """The habit of a person; `printable` keeps to fonts that LibreOffice has a metric twin of."""
    number = int(reference.removeprefix("DV"))
    font, size = _FONTS[number % (3 if printable else len(_FONTS))]
    return Habit(
        font=font,
        size=size,
        title=_TITLES[number // 2 % len(_TITLES)],
        claim=_CLAIMS[number // 3 % len(_CLAIMS)],
        signing=_SIGNING[number % len(_SIGNING)],
        heading=number % 3,
        margin=(2.0, 2.5, 3.0)[number // 5 % 3],
        indent=number % 4 < 2,
    )


def self_review(member: Mapping[str, Any], cell: str, text: str, *, printable: bool = False) -> bytes:
    """One person's own self-review as a Word file; the same text gives the same bytes.

    Args:
        member: the member as the source has him.
        cell: the name of his cell.
        text: his paper: `# ` a heading, `- ` or `+ ` a bullet, `| a | b |` a row of a table, else a paragraph.
        printable: it will be turned into PDF.
    """
    how = habit(member["reference"], printable=printable)
    paper = blank(how.font, how.size, how.margin)
    _head(paper, cell, how)
    for line in how.title.split("\n"):
        _line(paper, line, bold=True, align=ALIGN.CENTER, size=how.size + 1)
    _who(paper, member, cell, how)
    body(paper, text, indent=how.indent)
    if level := member.get("self", {}).get("level"):
        _line(paper, how.claim.format(level=_LEVELS[level]))
    if how.heading != 1:
        _line(paper, "An Đồng, ngày 11 tháng 12 năm 2018", align=ALIGN.RIGHT, italic=True)
    _line(paper, how.signing, bold=True, align=ALIGN.RIGHT)
    _line(paper, member["full_name"], align=ALIGN.RIGHT)
    if member["reference"] in _DECOMPOSED:
        _decompose(paper)
    return saved(paper)


def blank(font: str, size: int, margin: float) -> WordDocument:
    """An empty A4 paper in one font, with equal margins in centimetres."""
    paper = Document()
    normal: Any = paper.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    normal.paragraph_format.space_after = Pt(6)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(margin)
    return paper


def saved(paper: WordDocument) -> bytes:
    """The paper as bytes that depend on nothing but its contents."""
    buffer = io.BytesIO()
    paper.save(buffer)
    return slim(buffer.getvalue())


def body(paper: WordDocument, text: str, *, indent: bool = False) -> None:
    """The lines of a paper: headings, bullets, tables, paragraphs."""
    rows: list[list[str]] = []
    for line in [*text.strip().splitlines(), ""]:
        if line.startswith("|"):
            rows.append([part.strip() for part in line.strip("|").split("|")])
            continue
        if rows:
            _table(paper, rows)
            rows = []
        if line.startswith("# "):
            _line(paper, line[2:], bold=True)
        elif line:
            paragraph = _line(paper, line, align=ALIGN.JUSTIFY)
            paragraph.paragraph_format.first_line_indent = Cm(1) if indent and line[0] not in "-+" else None


def _line(
    paper: WordDocument,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Any = None,
    size: int | None = None,
) -> Any:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size) if size else None
    paragraph.alignment = align
    return paragraph


def _table(paper: WordDocument, rows: list[list[str]]) -> None:
    table = paper.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _head(paper: WordDocument, cell: str, how: Habit) -> None:
    if how.heading == 0:
        table = paper.add_table(rows=1, cols=2)
        left, right = table.rows[0].cells
        left.text = f"ĐẢNG BỘ XÃ AN ĐỒNG\n{cell.upper()}"
        right.text = "ĐẢNG CỘNG SẢN VIỆT NAM"
        for side in (left, right):
            side.paragraphs[0].alignment = ALIGN.CENTER
    elif how.heading == 1:
        _line(paper, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, align=ALIGN.CENTER)
        _line(paper, "An Đồng, tháng 12 năm 2018", italic=True, align=ALIGN.RIGHT)
    else:
        # Many a home-made paper carries the heading of the State by mistake.
        _line(paper, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, align=ALIGN.CENTER)
        _line(paper, "Độc lập - Tự do - Hạnh phúc", bold=True, align=ALIGN.CENTER)


def _who(paper: WordDocument, member: Mapping[str, Any], cell: str, how: Habit) -> None:
    name, born = member["full_name"], member["birth_date"]
    if how.heading == 0:
        for label, value in (
            ("Họ và tên", name),
            ("Ngày sinh", f"{born:%d/%m/%Y}"),
            ("Công việc", member["workplace"]),
            ("Sinh hoạt tại", cell),
        ):
            _line(paper, f"{label}: {value}")
    elif how.heading == 1:
        _table(paper, [["Họ và tên", name], ["Năm sinh", str(born.year)], ["Chi bộ", cell]])
    else:
        _line(paper, f"Tôi là {name}, sinh ngày {born:%d/%m/%Y}, đảng viên {cell}.")


def _decompose(paper: WordDocument) -> None:
    for node in paper.element.body.iter(qn("w:t")):
        node.text = unicodedata.normalize("NFD", node.text or "")
