"""A paper that keeps the format has no departures; each component changed alone is the one departure reported."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import forms
from generator.forms.samples import sample
from generator.layout.departure import Departure
from generator.layout.departures import departures
from generator.rules.rulebook import load_rulebook
from generator.word.errors import NotADocument
from generator.word.template import load

TEMPLATES = Path(__file__).parents[3] / "templates_docx" / "hd13_2018"
BOOK = load_rulebook("hd13_2018")
Change = Callable[[Document], None]


def changed(source: bytes, change: Change) -> list[Departure]:
    """The departures of a paper after one change to it."""
    document = docx.Document(io.BytesIO(source))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return departures(saved.getvalue())


def every_paragraph(document: Document) -> Iterator[Paragraph]:
    """Paragraphs of the text and of its tables."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document._body)


def named(document: Document, beginning: str) -> Paragraph:
    """The first paragraph that begins so."""
    return next(one for one in every_paragraph(document) if one.text.startswith(beginning))


def look(beginning: str, **attributes: object) -> Change:
    """Change the look of every run of one paragraph; `size` is in points."""

    def change(document: Document) -> None:
        for run in named(document, beginning).runs:
            for name, value in attributes.items():
                setattr(run.font, name, Pt(value) if name == "size" and isinstance(value, int) else value)

    return change


def align(beginning: str, alignment: WD_ALIGN_PARAGRAPH) -> Change:
    """Change where one paragraph stands."""

    def change(document: Document) -> None:
        named(document, beginning).alignment = alignment

    return change


def spaced(beginning: str, **attributes: object) -> Change:
    """Change the spaces and indents of one paragraph."""

    def change(document: Document) -> None:
        for name, value in attributes.items():
            setattr(named(document, beginning).paragraph_format, name, value)

    return change


def reworded(beginning: str, text: str) -> Change:
    """Write one paragraph anew, in the look of its first run."""

    def change(document: Document) -> None:
        first, *others = named(document, beginning).runs
        first.text = text
        for run in others:
            run.text = ""

    return change


def removed(beginning: str) -> Change:
    """Take one paragraph away."""

    def change(document: Document) -> None:
        element = named(document, beginning)._p
        element.getparent().remove(element)

    return change


def in_words(beginning: str, text: str) -> Change:
    """Write one paragraph in words, where capitals are asked for."""

    def change(document: Document) -> None:
        look(beginning, all_caps=False)(document)
        reworded(beginning, text)(document)

    return change


NUMBERS = (
    "SỐ 15-QĐ/ĐU", "Số 15-qđ/đu", "Số 15 - QĐ/ĐU", "Số 15-QĐ / ĐU", "Số 15-QĐ-ĐU", "Số 15/QĐ-ĐU", "Số 5-QĐ/ĐU", "Số 15",
    "Số15-QĐ/ĐU", "Số 15QĐ/ĐU",
)  # fmt: skip
DAYS = (
    "An Đồng, ngày 05 tháng 1 năm 2019", "An Đồng, ngày 05 tháng 03 năm 2019", "An Đồng ngày 05 tháng 12 năm 2018",
    "ngày 05 tháng 12 năm 2018", "An Đồng, ngày 05/12/2018", "An Đồng, 05/12/2018",
    "An Đồng, Ngày 05 tháng 12 năm 2018", "An Đồng, ngày 32 tháng 12 năm 2018",
)  # fmt: skip
POWERS = ("TM. BAN CHẤP HÀNH", "TM BAN CHẤP HÀNH", "T/M. BAN CHẤP HÀNH", "KT. BAN CHẤP HÀNH")
TITLE, SUPERIOR, ISSUING = "ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG BỘ HUYỆN THANH LÂM", "ĐẢNG ỦY XÃ AN ĐỒNG"
NUMBER, DAY, DRAFT, TYPE, SUMMARY = "Số ", "An Đồng, ngày", "DỰ THẢO", "Quyết định", "về xếp loại chất lượng"
LONG = "- Căn cứ Hướng dẫn số 13-HD/TU"
BODY, POWER, OFFICE, NAME = "- Căn cứ Điều lệ", "T/M BAN CHẤP HÀNH", "BÍ THƯ", "Trần Văn Thịnh"
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT

ONE_CHANGE: list[tuple[str, str, Change]] = [
    (TITLE, "font.size", look(TITLE, size=14)),
    (TITLE, "look.bold", look(TITLE, bold=False)),
    (TITLE, "look.align", align(TITLE, LEFT)),
    (SUPERIOR, "font.size", look(SUPERIOR, size=13)),
    (SUPERIOR, "look.bold", look(SUPERIOR, bold=True)),
    (ISSUING, "font.size", look(ISSUING, size=12)),
    (ISSUING, "look.bold", look(ISSUING, bold=False)),
    (ISSUING, "header.star", removed("*")),
    (NUMBER, "font.size", look(NUMBER, size=13)),
    (NUMBER, "look.italic", look(NUMBER, italic=True)),
    (DAY, "font.size", look(DAY, size=13)),
    (DAY, "look.italic", look(DAY, italic=False)),
    (DRAFT, "look.italic", look(DRAFT, italic=False)),
    (TYPE, "font.size", look(TYPE, size=14)),
    (TYPE, "look.bold", look(TYPE, bold=False)),
    (TYPE, "look.caps", look(TYPE, all_caps=False)),
    (SUMMARY, "font.size", look(SUMMARY, size=13)),
    (SUMMARY, "look.bold", look(SUMMARY, bold=False)),
    (BODY, "font.size", look(BODY, size=13)),
    (BODY, "font.name", look(BODY, name=".VnTime")),
    (POWER, "font.size", look(POWER, size=13)),
    (POWER, "look.bold", look(POWER, bold=False)),
    (OFFICE, "look.bold", look(OFFICE, bold=True)),
    (OFFICE, "look.align", align(OFFICE, RIGHT)),
    (NAME, "font.size", look(NAME, size=12)),
    (NAME, "look.bold", look(NAME, bold=False)),
    ("Nơi nhận", "look.underline", look("Nơi nhận", underline=False)),
    ("- Như Điều 3", "font.size", look("- Như Điều 3", size=14)),
    ("Đinh Công Lực", "font.size", look("Đinh Công Lực", size=10)),
    ("Điều 1", "look.bold", look("Điều 1", bold=False)),
    (LONG, "paragraph.align", align(LONG, LEFT)),
    (LONG, "paragraph.indent", spaced(LONG, first_line_indent=Mm(0))),
    (LONG, "paragraph.line", spaced(LONG, line_spacing=Pt(14))),
    (LONG, "paragraph.line", spaced(LONG, line_spacing=2.5)),
    (LONG, "paragraph.space", spaced(LONG, space_after=Pt(2))),
    (NUMBER, "text.wording", reworded(NUMBER, "Số: 15-QĐ/ĐU")),
    (DAY, "text.wording", reworded(DAY, "An Đồng, ngày 5 tháng 12 năm 2018")),
    (NAME, "text.wording", reworded(NAME, "Đồng chí Trần Văn Thịnh")),
    (SUMMARY, "header.type-name-rule", removed("-----")),
    (TITLE, "look.caps", in_words(TITLE, "Đảng Cộng sản Việt Nam")),
    (SUPERIOR, "look.caps", in_words(SUPERIOR, "Đảng bộ huyện Thanh Lâm")),
    (ISSUING, "look.caps", in_words(ISSUING, "Đảng ủy xã An Đồng")),
    (POWER, "look.caps", in_words(POWER, "T/M Ban Chấp hành")),
    (OFFICE, "look.caps", in_words(OFFICE, "Bí thư")),
    (NAME, "look.caps", reworded(NAME, "TRẦN VĂN THỊNH")),
    (DAY, "look.caps", reworded(DAY, "AN ĐỒNG, NGÀY 05 THÁNG 12 NĂM 2018")),
    (SUMMARY, "look.caps", reworded(SUMMARY, "VỀ XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN NĂM 2018")),
    ("Nơi nhận", "look.caps", reworded("Nơi nhận", "NƠI NHẬN:")),
    ("Nơi nhận", "look.align", align("Nơi nhận", WD_ALIGN_PARAGRAPH.CENTER)),
    ("- Như Điều 3", "look.align", align("- Như Điều 3", RIGHT)),
    (TYPE, "look.align", align(TYPE, LEFT)),
    (SUMMARY, "look.align", align(SUMMARY, LEFT)),
    (LONG, "paragraph.align", align(LONG, WD_ALIGN_PARAGRAPH.CENTER)),
    (LONG, "look.bold", look(LONG, bold=True)),
    (LONG, "look.caps", look(LONG, all_caps=True)),
    (BODY, "look.italic", look(BODY, italic=True)),
    ("Điều 1", "font.size", look("Điều 1", size=13)),
    ("-----", "text.wording", reworded("-----", "_____")),
    *((NUMBER, "text.wording", reworded(NUMBER, written)) for written in NUMBERS),
    (NUMBER, "text.symbol", reworded(NUMBER, "Số 15-BC/ĐU")),
    *((DAY, "text.wording", reworded(DAY, written)) for written in DAYS),
    *((POWER, "text.wording", reworded(POWER, written)) for written in POWERS),
]


@pytest.mark.parametrize(
    ("beginning", "rule", "change"), ONE_CHANGE, ids=[f"{rule}: {text}" for text, rule, _ in ONE_CHANGE]
)
def test_each_component_changed_alone_is_the_one_departure(
    decision: bytes, beginning: str, rule: str, change: Change
) -> None:
    found = changed(decision, change)
    assert [one.rule for one in found] == [rule]
    assert found[0].where.startswith(("Đoạn ", "Bảng 1, hàng "))
    assert "36-HD/VPTW" in found[0].cites


def test_the_place_tells_the_paragraph(decision: bytes) -> None:
    (found,) = changed(decision, look(ISSUING, size=12))
    assert found.where == "Đoạn 2 “ĐẢNG ỦY XÃ AN ĐỒNG”"


def _margins(document: Document) -> None:
    document.sections[0].left_margin = Mm(20)


def _letter(document: Document) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)


def _no_rule(document: Document) -> None:
    title = named(document, TITLE)
    borders = OxmlElement("w:pBdr")
    nothing = OxmlElement("w:bottom")
    nothing.set(qn("w:val"), "nil")
    borders.append(nothing)
    title._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _rule_across_the_column(document: Document) -> None:
    title = named(document, TITLE)
    title.paragraph_format.left_indent = title.paragraph_format.right_indent = Mm(0)


def _numbered_first_page(document: Document) -> None:
    document.sections[0].different_first_page_header_footer = False


def _number_on_the_right(document: Document) -> None:
    document.sections[0].header.paragraphs[0].alignment = RIGHT


def _small_number(document: Document) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run.font.size = Pt(10)


def _number_near_the_edge(document: Document) -> None:
    document.sections[0].header_distance = Mm(5)


def _number_at_the_foot(document: Document) -> None:
    section = document.sections[0]
    moved = section.header.paragraphs[0]._p
    section.footer.is_linked_to_previous = False
    section.footer._element.append(moved)


def _no_number(document: Document) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run._r.getparent().remove(run._r)


def _decomposed(document: Document) -> None:
    run = named(document, BODY).runs[0]
    run.text = unicodedata.normalize("NFD", run.text)


def _number_shown(**attributes: object) -> Change:
    def change(document: Document) -> None:
        for run in document.sections[0].header.paragraphs[0].runs:
            for name, value in attributes.items():
                setattr(run.font, name, value)

    return change


def _pages_counted(name: str, value: str) -> Change:
    def change(document: Document) -> None:
        counting = OxmlElement("w:pgNumType")
        counting.set(qn(f"w:{name}"), value)
        document.sections[0]._sectPr.append(counting)

    return change


def _number_in_words(document: Document) -> None:
    header = document.sections[0].header.paragraphs[0]
    words = header.add_run("Trang ")
    words.font.size = Pt(14)
    header._p.insert(1, words._r)


def _even_pages_apart(document: Document) -> None:
    document.settings.odd_and_even_pages_header_footer = True


def _gutter(document: Document) -> None:
    document.sections[0].gutter = Mm(10)


def _lying(document: Document) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(297), Mm(210)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("page.margins", _margins),
        ("page.size", _letter),
        ("header.party-title-rule", _no_rule),
        ("header.party-title-rule", _rule_across_the_column),
        ("header.party-title", removed(TITLE)),
        ("missing.place_date", removed(DAY)),
        ("missing.recipients_label", removed("Nơi nhận")),
        ("missing.authority", removed(POWER)),
        ("page.number", _numbered_first_page),
        ("page.number", _number_on_the_right),
        ("page.number", _small_number),
        ("page.number", _number_near_the_edge),
        ("page.number", _number_at_the_foot),
        ("page.number", _no_number),
        *(("page.number", _number_shown(**shown)) for shown in ({"bold": True}, {"italic": True}, {"name": "Arial"})),
        ("page.number", _pages_counted("fmt", "lowerRoman")),
        ("page.number", _pages_counted("start", "5")),
        ("page.number", _number_in_words),
        ("page.number", _even_pages_apart),
        ("page.margins", _gutter),
        ("page.orientation", _lying),
        ("missing.number", removed(NUMBER)),
        ("missing.summary", removed(SUMMARY)),
        ("missing.type_name", removed(TYPE)),
        ("missing.signer_title", removed(OFFICE)),
        ("text.nfc", _decomposed),
    ],
)
def test_page_header_and_composition_are_looked_at(decision: bytes, rule: str, change: Change) -> None:
    assert [one.rule for one in changed(decision, change)][:1] == [rule]


def test_a_margin_says_what_it_is_and_what_it_should_be(decision: bytes) -> None:
    (found,) = changed(decision, _margins)
    assert found.message == "lề trái là 20 mm, phải là 30 mm"
    assert str(found) == "Thiết lập trang: lề trái là 20 mm, phải là 30 mm (36-HD/VPTW, phụ lục 3 (khổ giấy, định lề))."
    assert found.as_dict()["rule"] == "page.margins"


def test_a_rule_drawn_as_a_line_is_a_rule(decision: bytes) -> None:
    def drawn(document: Document) -> None:
        _no_rule(document)
        named(document, TITLE).add_run()._r.append(OxmlElement("w:pict"))

    assert changed(decision, drawn) == []


def test_a_rule_over_the_next_line_is_a_rule(decision: bytes) -> None:
    def above(document: Document) -> None:
        title = named(document, TITLE)
        inset = title.paragraph_format.left_indent or named(document, TITLE).style.paragraph_format.left_indent  # type: ignore[union-attr]
        _no_rule(document)
        line = OxmlElement("w:p")
        title._p.addnext(line)
        properties = line.get_or_add_pPr()
        borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
        top.set(qn("w:val"), "single")
        borders.append(top)
        properties.append(borders)
        ruled = Paragraph(line, document._body)
        ruled.paragraph_format.left_indent = ruled.paragraph_format.right_indent = inset

    assert changed(decision, above) == []


def test_margins_may_turn_with_a_page_that_lies(decision: bytes) -> None:
    def lying(document: Document) -> None:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(30), Mm(15)
        section.left_margin = section.right_margin = Mm(20)

    assert [one.rule for one in changed(decision, lying)] == ["page.orientation"]


@pytest.mark.parametrize("state", ["blank", "draft", "final"])
@pytest.mark.parametrize("code", forms(BOOK))
def test_every_shipped_form_keeps_the_format(code: str, state: str) -> None:
    form = forms(BOOK)[code]
    values = read(form, sample(form, BOOK)["document"], state=state)
    paper = load(TEMPLATES / form.template).render(
        context(form, values, state=state, book=BOOK, paper_code="HS-7K2M-41")
    )
    assert departures(paper) == []


@pytest.mark.parametrize("part", ["assessment", "entries"])
def test_a_sheet_that_names_the_paper_it_goes_behind_needs_no_header(part: str) -> None:
    form = forms(BOOK)["2"]
    values = read(form, {**sample(form, BOOK)["document"], "print_only": part}, state="final")
    paper = load(TEMPLATES / form.template).render(context(form, values, state="final", book=BOOK))
    assert departures(paper) == []


def test_a_file_of_another_hand_is_read_to_its_end() -> None:
    document = docx.Document()
    document.add_paragraph("Cộng hòa xã hội chủ nghĩa Việt Nam")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "Nơi nhận:"
    saved = io.BytesIO()
    document.save(saved)
    rules = {one.rule for one in departures(saved.getvalue())}
    assert {"page.size", "page.margins", "page.number", "header.party-title", "font.name", "font.size"} <= rules


def test_a_header_outside_a_table_is_said_to_be_unread() -> None:
    document = docx.Document()
    document.add_paragraph(TITLE)
    saved = io.BytesIO()
    document.save(saved)
    assert "header.columns" in {one.rule for one in departures(saved.getvalue())}


def _typed_with_tabs(number: str, label: str = "Nơi nhận:") -> bytes:
    """A report whose header and signature stand side by side by the tab key, its title ruled by a drawn line."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(14)

    def line(*pieces: tuple[str, str]) -> Paragraph:
        made = document.add_paragraph()
        for text, how in pieces:
            run = made.add_run(text)
            run.bold, run.italic, run.underline = ("b" in how) or None, ("i" in how) or None, ("u" in how) or None
            run.font.size = Pt({"x": 15, "s": 12}.get(how[-1:], 14))
        return made

    line(("ĐẢNG BỘ XÃ AN ĐỒNG\t\t", ""), ("ĐẢNG CỘNG SẢN VIỆT NAM", "bx")).add_run()._r.append(OxmlElement("w:pict"))
    line(("    CHI BỘ KHU 3", "b"))
    line(("\t*\t\t\t", ""), ("An Đồng, ngày 05 tháng 12 năm 2018", "i"))
    line((number, ""))
    for text in ("BÁO CÁO", "kết quả đánh giá, xếp loại năm 2018", "-----"):
        line((text, "bx" if text.isupper() else "b" if text[0] == "k" else "")).alignment = WD_ALIGN_PARAGRAPH.CENTER
    line((label, "u"), ("\t\t\t\t\t\t\tT/M CHI ỦY", "b"))
    line(("- Lưu chi bộ.", "s"), ("\t\t\t\t\t\t\tBÍ THƯ", ""))
    line(("\t\t\t\t\t\tNguyễn Thị Mai", "b"))
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _of_components(found: list[Departure]) -> list[tuple[str, str]]:
    return [(one.rule, one.where) for one in found if not one.rule.startswith("page.")]


def test_a_header_and_a_signature_typed_with_tabs_are_read_as_two_columns() -> None:
    assert _of_components(departures(_typed_with_tabs("    Số 03-BC/CB"))) == []
    found = _of_components(departures(_typed_with_tabs("    Số: 3/BC-CB", "Gửi:")))
    assert [rule for rule, _ in found] == ["missing.recipients_label", "text.wording", "text.wording", "text.wording"]
    assert found[1][1] == "Đoạn 4 “Số: 3/BC-CB”"


def test_a_colon_beside_an_underlined_word_needs_no_line(decision: bytes) -> None:
    def colon_apart(document: Document) -> None:
        label = named(document, "Nơi nhận")
        label.runs[0].text = "Nơi nhận"
        label.add_run(":").underline = False

    assert changed(decision, colon_apart) == []


def test_a_first_part_without_headers_has_no_number_on_its_first_page(decision: bytes) -> None:
    def parted(document: Document) -> None:
        first = document.sections[0]
        annex = document.add_section()
        annex.different_first_page_header_footer = True
        for reference in list(first._sectPr):
            if reference.tag in (qn("w:headerReference"), qn("w:footerReference")):
                annex._sectPr.insert(0, reference)
        first.header_distance = Mm(0)

    assert changed(decision, parted) == []


@pytest.mark.parametrize("written", ["1701", "1701.2", "30mm", "3cm", "1.1811in", "85.05pt"])
def test_a_margin_is_read_in_every_unit_word_may_write(decision: bytes, written: str) -> None:
    def rewritten(document: Document) -> None:
        document.sections[0]._sectPr.pgMar.set(qn("w:left"), written)  # type: ignore[union-attr]

    assert changed(decision, rewritten) == []


def test_a_strict_file_is_refused_with_advice(decision: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(decision)) as given_file, zipfile.ZipFile(packed, "w") as strict:
        for name in given_file.namelist():
            text = given_file.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            strict.writestr(name, text)
    with pytest.raises(NotADocument, match="lưu lại"):
        departures(packed.getvalue())


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(NotADocument):
        departures(b"%PDF-1.7")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])), max_size=8))
def test_any_text_is_read(lines: list[str]) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    for line in lines:
        document.add_paragraph(line)
        table.cell(0, 0).add_paragraph(line)
    saved = io.BytesIO()
    document.save(saved)
    assert all(one.message and one.cites for one in departures(saved.getvalue()))


def _paper(code: str) -> bytes:
    form = forms(BOOK)[code]
    values = read(form, sample(form, BOOK)["document"], state="final")
    made = context(form, values, state="final", book=BOOK, paper_code="HS-7K2M-41")
    return load(TEMPLATES / form.template).render(made)


def _added_below(beginning: str, *lines: tuple[str, bool, int]) -> Change:
    """Add centred lines below one paragraph: their text, whether bold, and their size in points."""

    def change(document: Document) -> None:
        above = named(document, beginning)
        for text, bold, size in reversed(lines):
            element = OxmlElement("w:p")
            above._p.addnext(element)
            made = Paragraph(element, document._body)
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = made.add_run(text)
            run.bold, run.italic, run.font.size, run.font.name = bold, False, Pt(size), "Times New Roman"

    return change


CHAPTER = ("NHỮNG QUY ĐỊNH CHUNG", True, 14)


@pytest.mark.parametrize(
    ("rules", "change"),
    [
        ([], _added_below(BODY, ("Chương I", True, 14), CHAPTER)),
        (["look.bold"], _added_below(BODY, ("Phần thứ nhất", False, 14), CHAPTER)),
        (["look.caps"], _added_below(BODY, ("CHƯƠNG I", True, 14), CHAPTER)),
        (["font.size"], _added_below(BODY, ("Mục 1", True, 12), CHAPTER)),
        (["look.caps"], _added_below(BODY, ("Chương I", True, 14), ("Những quy định chung", True, 14))),
        ([], _added_below(NUMBER, ("TỐI MẬT", True, 14))),
        (["look.bold"], _added_below(NUMBER, ("TỐI MẬT", False, 14))),
        ([], _added_below(NUMBER, ("XEM XONG TRẢ LẠI", True, 12))),
        (["font.size"], _added_below(NUMBER, ("XEM XONG TRẢ LẠI", True, 14))),
    ],
)
def test_chapters_and_marks_of_secrecy_and_circulation_are_components(
    decision: bytes, rules: list[str], change: Change
) -> None:
    assert [one.rule for one in changed(decision, change)] == rules


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("font.size", look("V/v", size=14)),
        ("look.italic", look("V/v", italic=False)),
        ("look.align", align("V/v", LEFT)),
        ("missing.letter_summary", removed("V/v")),
        ("missing.number", removed(NUMBER)),
        ("look.italic", look("Kính gửi", italic=True)),
        ("font.size", look("Kính gửi", size=12)),
        ("look.caps", look("Kính gửi", all_caps=True)),
    ],
)
def test_components_of_a_letter_changed_alone_are_the_one_departure(rule: str, change: Change) -> None:
    assert [one.rule for one in changed(_paper("review-suggestion"), change)] == [rule]


def _footers(document: Document) -> Iterator[Paragraph]:
    section = document.sections[0]
    yield from (*section.footer.paragraphs, *section.first_page_footer.paragraphs)


def _code_of_12_points(document: Document) -> None:
    for run in (run for line in _footers(document) for run in line.runs):
        run.font.size = Pt(12)


def _code_in_another_font(document: Document) -> None:
    for run in (run for line in _footers(document) for run in line.runs):
        run.font.name = "Arial"


def _code_gone(document: Document) -> None:
    for run in (run for line in _footers(document) for run in line.runs):
        run.text = ""


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("font.size", _code_of_12_points),
        ("font.name", _code_in_another_font),
        ("missing.paper_code", _code_gone),
    ],
)
def test_the_code_at_the_foot_is_a_component(rule: str, change: Change) -> None:
    assert [one.rule for one in changed(_paper("2"), change)] == [rule]
