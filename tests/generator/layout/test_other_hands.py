"""Papers typed otherwise than ours: with blanks in place of tables, lines broken by hand, content controls, text boxes.

Each is right as typed; so nothing of how it is put together may be reported, and a mistake in it must be.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from generator.layout.departures import departures

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LONG = (
    "Thực hiện Hướng dẫn số 13-HD/TU, ngày 20/11/2018 của Ban Thường vụ Tỉnh ủy Phú Thọ về kiểm điểm, đánh giá, "
    "xếp loại chất lượng tổ chức đảng, đảng viên; Chi bộ Khu 3 báo cáo kết quả như sau:"
)
Look = tuple[str, str, float]
"""A text, how it looks (b, i, u), and its size in points."""


def rules(document: Document) -> list[tuple[str, str]]:
    """What is reported of a paper: the rules and the messages."""
    saved = io.BytesIO()
    document.save(saved)
    return [(one.rule, one.message) for one in departures(saved.getvalue())]


def blank_paper() -> Document:
    """An empty paper with the margins of the format and its page number."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin, section.header_distance = Mm(30), Mm(15), Mm(10)
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    number(header)
    return document


def number(paragraph: Paragraph) -> None:
    """Put the page number into a line of the header."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>2</w:t></w:r>"))
    paragraph._p.append(field)


def typed(paragraph: Paragraph, *pieces: Look) -> Paragraph:
    """Type pieces of text into a paragraph."""
    for text, how, size in pieces:
        run = paragraph.add_run(text)
        run.bold, run.italic, run.underline = ("b" in how) or None, ("i" in how) or None, ("u" in how) or None
        run.font.size = Pt(size)
    return paragraph


def line(document: Document | _Cell, *pieces: Look, centred: bool = False) -> Paragraph:
    """Add a line."""
    made = typed(document.add_paragraph(), *pieces)
    if centred:
        made.alignment = CENTRE
    return made


def text(document: Document, words: str = LONG) -> Paragraph:
    """Add a paragraph of running text, set as the format asks."""
    made = line(document, (words, "", 14))
    made.alignment, made.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.JUSTIFY, Mm(10)
    made.paragraph_format.space_after = Pt(6)
    return made


def name_of(document: Document, type_name: str, summary: str) -> None:
    """Add the type of the paper, its summary and the rule."""
    line(document, (type_name, "b", 16), centred=True)
    line(document, (summary, "b", 14), centred=True)
    line(document, ("-----", "", 14), centred=True)


def without_lines(table: Table) -> None:
    """Give a table the style with lines and take the lines away again, as Word does on “No Border”."""
    table.style = "Table Grid"
    sides = "".join(f'<w:{side} w:val="none"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))


def broken(cell: _Cell, lines: Iterable[Look]) -> None:
    """Fill a cell with one centred paragraph, its lines broken with Shift and Enter."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTRE
    for number_of_line, piece in enumerate(lines):
        if number_of_line:
            paragraph.runs[-1].add_break()
        typed(paragraph, piece)


def into_control(element: BaseOxmlElement) -> None:
    """Put a content control around a paragraph, a run or a cell."""
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    element.addprevious(control)
    control[-1].append(element)


def with_blanks(number_line: str = "      Số 03-BC/CB", office: str = "BÍ THƯ") -> Document:
    """A report of a cell whose two columns were made with the space bar."""
    document = blank_paper()
    title = line(document, ("   ĐẢNG BỘ XÃ AN ĐỒNG", "", 14), (" " * 12, "", 14), ("ĐẢNG CỘNG SẢN VIỆT NAM", "b", 15))
    title.runs[-1]._r.append(OxmlElement("w:pict"))
    line(document, ("         CHI BỘ KHU 3", "b", 14))
    line(document, (" " * 18 + "*", "", 14))
    line(document, (number_line + " " * 22, "", 14), ("An Đồng, ngày 05 tháng 12 năm 2018", "i", 14))
    name_of(document, "BÁO CÁO", "kết quả đánh giá, xếp loại chất lượng đảng viên năm 2018")
    text(document)
    line(document, ("Nơi nhận:", "u", 14), (" " * 41 + "T/M CHI ỦY", "b", 14))
    line(document, ("- Đảng ủy xã (để báo cáo),", "", 12), (" " * 37 + office, "", 14))
    line(document, ("- Lưu chi bộ.", "", 12))
    line(document, (" " * 62 + "Nguyễn Thị Mai", "b", 14))
    return document


def with_controls(number_line: str = "Số 07-TB/ĐU", title_size: float = 15, signer: str = "Hoàng Thị Yến") -> Document:
    """A notice in Word's own ways: lines broken by hand, content controls, tables whose lines were taken away."""
    document = blank_paper()
    table = document.add_table(1, 2)
    without_lines(table)
    left, right = table.rows[0].cells
    bodies: list[Look] = [("ĐẢNG BỘ HUYỆN THANH LÂM", "", 14), ("ĐẢNG ỦY XÃ AN ĐỒNG", "b", 14)]
    broken(left, [*bodies, ("*", "", 14), (number_line, "", 14)])
    broken(right, [("ĐẢNG CỘNG SẢN VIỆT NAM", "b", title_size), ("An Đồng, ngày 10 tháng 01 năm 2019", "i", 14)])
    left.paragraphs[0].runs[0]._r.append(OxmlElement("w:pict"))
    into_control(right._tc)
    name_of(document, "THÔNG BÁO", "kết quả đánh giá, xếp loại chất lượng năm 2018")
    into_control(document.paragraphs[0]._p)
    into_control(text(document).runs[0]._r)
    line(document, ("Phần thứ nhất", "b", 14), centred=True)
    line(document, ("KẾT QUẢ XẾP LOẠI", "b", 14), centred=True)
    text(
        document,
        "Điều 5 Quy chế làm việc của Ban Chấp hành Đảng bộ quy định việc thông báo kết quả đến chi bộ, đảng viên.",
    )
    signed = document.add_table(1, 2)
    without_lines(signed)
    recipients, signature = signed.rows[0].cells
    typed(recipients.paragraphs[0], ("Nơi nhận:", "u", 14))
    line(recipients, ("- Các chi bộ,", "", 12))
    broken(signature, [("T/M ĐẢNG ỦY", "b", 14), ("PHÓ BÍ THƯ", "", 14), ("", "", 14), (signer, "b", 14)])
    return document


def with_a_box(office_bold: bool = False) -> Document:
    """A plan whose signature stands in a text box, saved for newer and older Word alike, so that it is there twice."""
    document = blank_paper()
    table = document.add_table(1, 2)
    broken(table.cell(0, 0), [("ĐẢNG ỦY XÃ AN ĐỒNG", "b", 14), ("*", "", 14), ("Số 12-KH/ĐU", "", 14)])
    broken(table.cell(0, 1), [("ĐẢNG CỘNG SẢN VIỆT NAM", "b", 15), ("An Đồng, ngày 03 tháng 12 năm 2018", "i", 14)])
    table.cell(0, 0).paragraphs[0].runs[0]._r.append(OxmlElement("w:pict"))
    name_of(document, "KẾ HOẠCH", "kiểm điểm, đánh giá, xếp loại năm 2018")
    text(document)
    line(document, ("Nơi nhận:", "u", 14))
    line(document, ("- Các chi bộ.", "", 12))
    lines = (("T/M BAN THƯỜNG VỤ", True), ("BÍ THƯ", office_bold), ("Trần Văn Thịnh", True))
    inner = "".join(
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}'
        f"<w:t>{words}</w:t></w:r></w:p>"
        for words, bold in lines
    )
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    anchor = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    line(document)._p.append(anchor)
    return document


@pytest.mark.parametrize("paper", [with_blanks, with_controls, with_a_box])
def test_what_is_right_is_right_however_it_was_typed(paper: Callable[[], Document]) -> None:
    assert rules(paper()) == []


def test_mistakes_in_columns_of_blanks_are_found() -> None:
    found = rules(with_blanks("      Số: 3-BC/CB", "bí thư"))
    assert [rule for rule, _ in found] == ["look.caps", "text.wording", "text.wording"]
    assert "Chức vụ người ký: phải in hoa" in found[0][1]


def test_mistakes_in_broken_lines_and_content_controls_are_found() -> None:
    found = rules(with_controls("Số 7-BC/ĐU", 14, "HOÀNG THỊ YẾN"))
    assert [rule for rule, _ in found] == ["font.size", "look.caps", "text.wording", "text.symbol"]


def test_a_mistake_in_a_text_box_is_found_once() -> None:
    assert rules(with_a_box(office_bold=True)) == [("look.bold", "Chức vụ người ký: không in đậm")]


def test_a_page_number_at_the_tab_stop_in_the_middle_is_in_the_middle() -> None:
    document = with_blanks()
    header = document.sections[0].header.paragraphs[0]
    header.alignment = None
    header.paragraph_format.tab_stops.add_tab_stop(Mm(82.5), WD_TAB_ALIGNMENT.CENTER)
    tab = parse_xml(f"<w:r {nsdecls('w')}><w:tab/></w:r>")
    header._p.insert(1, tab)
    assert rules(document) == []
    header._p.remove(tab)
    assert rules(document) == [("page.number", "chưa căn giữa trang")]


def test_hidden_text_is_not_looked_at() -> None:
    document = with_blanks()
    hidden = line(document, ("ghi chú của người soạn", "", 9)).runs[0]
    hidden.font.hidden = True
    assert rules(document) == []


def test_the_same_in_many_places_is_said_once() -> None:
    document = blank_paper()
    for _ in range(30):
        line(document, ("Chữ kiểu khác", "", 14)).runs[0].font.name = "Arial"
    found = [message for rule, message in rules(document) if rule == "font.name"]
    assert found == ["phông chữ Arial, phải là Times New Roman"]


def test_a_paper_headed_as_the_state_does_is_told_so() -> None:
    document = blank_paper()
    line(document, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "b", 14), centred=True)
    assert "Quốc hiệu" in next(message for rule, message in rules(document) if rule == "header.party-title")
