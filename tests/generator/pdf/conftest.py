"""Papers of an office, small and different: with and without headers, upright and wide, ending in text or a table."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from generator.word.package import slim

SENTENCE = "Đồng chí chấp hành nghiêm chủ trương, đường lối của Đảng, chính sách & pháp luật của Nhà nước. "
Paper = Callable[..., bytes]


def add_field(paragraph: Paragraph, instruction: str) -> None:
    for kind in ("begin", instruction, "end"):
        run = paragraph.add_run()
        if kind == instruction:
            element = OxmlElement("w:instrText")
            element.text = instruction
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def paper(
    title: str,
    *,
    lines: int = 5,
    header: str = "",
    field: str = "",
    wide_part: bool = False,
    table_last: bool = False,
) -> bytes:
    """A Word file: a title, lines of text, a table, as told."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.font.size = Pt(13)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if field:
        add_field(document.sections[0].footer.paragraphs[0], field)
    document.add_paragraph().add_run(title).bold = True
    for number in range(lines):
        document.add_paragraph(f"{number + 1}. {SENTENCE * 2}")
    if wide_part:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        document.add_paragraph(f"Biểu kèm theo {title}")
    if table_last:
        table = document.add_table(rows=3, cols=2)
        table.style = "Table Grid"
        for row in table.rows:
            for cell in row.cells:
                cell.text = title
    out = io.BytesIO()
    document.save(out)
    return slim(out.getvalue())


@pytest.fixture(scope="session")
def make_paper() -> Paper:
    return paper


@pytest.fixture(scope="session")
def papers() -> list[bytes]:
    """Eight papers that differ in everything a joined file could mix up."""
    return [
        paper("Báo cáo kiểm điểm", lines=30, header="ĐẢNG BỘ HUYỆN", field="PAGE"),
        paper("Phiếu không đầu trang", lines=3),
        paper("Biên bản có bảng ở cuối", table_last=True, field="PAGE"),
        paper("Tổng hợp có phần ngang", header="CHI BỘ", wide_part=True, field="PAGE"),
        paper("Trang vừa đầy", lines=16),
        paper("Danh sách ngang, bảng cuối", wide_part=True, table_last=True),
        paper("Bản kiểm điểm", lines=40, field="PAGE"),
        paper("Phiếu cuối", lines=1, header="ĐẢNG ỦY"),
    ]
