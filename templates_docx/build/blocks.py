"""The blocks papers are built from: header, title, lines to fill, text, boxes, signatures, recipients.

Every block writes placeholders that the renderer fills. It takes for granted that the context holds

- for a field `x` of one line (also names, counts, dates, choices' labels): a string, "" when nothing is given;
- for a text `x`: a list of paragraphs; on a blank paper as many entries as dotted lines are wanted;
- for a choice, level or rating `x`: `x.label` and `x.options`, each with `label` and `mark` ("X" or "");
- `has.x`: whether something is given; `blank`, `draft`, `final`.

Dotted lines are tab stops with a leader, so they all end at the right margin whatever stands before them.
"""

from __future__ import annotations

from typing import TypeAlias, cast

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.parser import parse_xml
from docx.oxml.table import CT_Tbl
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from generator.layout.profile import load_profile

from .page import LEFT_COLUMN, PARTY_COLUMN
from .styles import NAMESPACE, twips

Container: TypeAlias = Document | _Cell

_W = f"{{{NAMESPACE}}}"


def write(made: Paragraph, text: str, *, bold: bool = False, italic: bool = False, box: bool = False) -> Paragraph:
    """Add one run; a tab in the text becomes a Word tab; `box` draws a frame round the run."""
    run = made.add_run(text)
    run.bold = bold or None
    run.italic = italic or None
    if box:
        frame = f'<w:bdr xmlns:w="{NAMESPACE}" w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
        run._r.get_or_add_rPr().append(parse_xml(frame))
    return made


def paragraph(place: Container, style: str, text: str = "", *, keep_next: bool = False) -> Paragraph:
    """Add a paragraph of that style id; `keep_next` holds it on the page of what follows."""
    made = place.add_paragraph()
    made._p.style = style
    if keep_next:
        made.paragraph_format.keep_with_next = True
    return write(made, text) if text else made


def tag(place: Container, statement: str) -> None:
    """A line that steers the renderer and is not printed: `tag(doc, "if has.number")`."""
    place.add_paragraph(f"{{%p {statement} %}}")


def spacer(place: Container) -> None:
    """A thin line between two tables, and after a table that ends the paper."""
    paragraph(place, "Spacer")


def leader_tab(made: Paragraph, width: float) -> Paragraph:
    """A tab stop with dots at `width` millimetres, for a paragraph narrower than the page."""
    stops = made.paragraph_format.tab_stops
    stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return made


def columns(place: Container, widths: list[float], *, inset: float | None = None) -> Table:
    """A borderless table of one row whose columns have these widths in millimetres."""
    return bare_table(place, widths, rows=1, inset=inset)


def bare_table(
    place: Container, widths: list[float], rows: int, *, borders: bool = False, inset: float | None = None
) -> Table:
    """A table of fixed widths, millimetres; they stand in the grid too, since LibreOffice reads only that.

    `inset` is the room between a cell's sides and its text, millimetres.
    """
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for width in widths
    )
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    framed = f"<w:tblBorders>{lines}</w:tblBorders>" if borders else ""
    room = f'w:w="{twips(inset or 0)}" w:type="dxa"'
    margins = f"<w:tblCellMar><w:left {room}/><w:right {room}/></w:tblCellMar>" if inset is not None else ""
    element = cast(
        CT_Tbl,
        parse_xml(
            f'<w:tbl xmlns:w="{NAMESPACE}"><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>{framed}'
            f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            + f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>" * rows
            + "</w:tbl>"
        ),
    )
    if isinstance(place, Document):
        place._body._element._insert_tbl(element)
    else:
        place._tc._insert_tbl(element)
        place.add_paragraph()._p.style = "Spacer"
    return Table(element, place)


def fill(cell: _Cell, style: str, text: str = "", *, keep_next: bool = False) -> Paragraph:
    """Use the first, empty paragraph of a cell."""
    first = cell.paragraphs[0]
    first._p.style = style
    if keep_next:
        first.paragraph_format.keep_with_next = True
    return write(first, text) if text else first


def form_label(document: Document) -> None:
    """The code of the form, top right above the header; dropped when the label is switched off."""
    tag(document, "if form_label")
    paragraph(document, "FormLabel", "{{ form_label }}")
    tag(document, "endif")


def party_header(
    document: Document,
    *,
    numbered: bool = True,
    label: bool = True,
    landscape: bool = False,
    about: str = "",
    about_when: str = "",
) -> None:
    """Bodies, star and number on the left; the Party's name, its rule, place and date on the right.

    Reads `superior_body`, `issuing_body`, `number_line` (`Số 05-QĐ/ĐU`, or with a gap for the number; may be ""),
    `date_line` (`Thanh Sơn, ngày      tháng 12 năm 2018`), `draft`, and `form_label` when `label`.

    Args:
        about: what a letter is about, below its number (HD 36-HD/VPTW, ô số 5b).
        about_when: condition under which that line is printed; always when empty.
    """
    if label:
        form_label(document)
    between = [load_profile().page.text_width_landscape - LEFT_COLUMN - PARTY_COLUMN] if landscape else []
    cells = columns(document, [LEFT_COLUMN, *between, PARTY_COLUMN], inset=0).rows[0].cells
    left, right = cells[0], cells[-1]
    tag_first(left, "if superior_body")
    paragraph(left, "SuperiorBody", "{{ superior_body }}")
    tag(left, "endif")
    paragraph(left, "IssuingBody", "{{ issuing_body }}")
    paragraph(left, "Star", load_profile().star)
    if numbered:
        tag(left, "if number_line")
        paragraph(left, "PaperNumber", "{{ number_line }}")
        tag(left, "endif")
    if about_when:
        tag(left, f"if {about_when}")
    if about:
        paragraph(left, "LetterSummary", about)
    if about_when:
        tag(left, "endif")
    tag(left, "if draft")
    paragraph(left, "DraftMark", "DỰ THẢO")
    tag(left, "endif")
    fill(right, "PartyTitle", load_profile().party_title)
    paragraph(right, "PlaceDate", "{{ date_line }}")


def tag_first(cell: _Cell, statement: str) -> None:
    """Like `tag`, in the paragraph a cell already has."""
    cell.paragraphs[0].add_run(f"{{%p {statement} %}}")


def title(document: Document, type_name: str, *summary: str, rule: bool = False) -> None:
    """The type of the paper, its summary lines, and the short rule that papers of the register carry below them."""
    paragraph(document, "TypeName", type_name)
    for line in summary:
        paragraph(document, "Summary", line)
    if rule:
        paragraph(document, "TypeNameRule", load_profile().type_name_rule)
    else:
        spacer(document)


def heading(place: Container, text: str) -> None:
    """The heading of a part: bold, kept with what follows."""
    paragraph(place, "Heading", text)


def point(place: Container, text: str) -> None:
    """The heading of an item within a part."""
    paragraph(place, "Point", text)


def run_tag(made: Paragraph, statement: str) -> None:
    """A run that steers the renderer and is not printed; what it steers are the runs after it."""
    write(made, f"{{%r {statement} %}}")


def given_or_dots(made: Paragraph, expression: str, given: str) -> None:
    """Add the value where one is given, else a dotted line to the tab stop."""
    run_tag(made, f"if {given}")
    write(made, f"{{{{ {expression} }}}}")
    run_tag(made, "else")
    write(made, "\t")
    run_tag(made, "endif")


def or_dots(field: str, dots: int = 10) -> str:
    """Text for the middle of a sentence: the value, or so many dots to write on."""
    return f"{{% if has.{field} %}}{{{{ {field} }}}}{{% else %}}{'…' * dots}{{% endif %}}"


def time_of(field: str) -> str:
    """`7 giờ 30 phút`, or room for it."""
    return f"{{% if has.{field} %}}{{{{ {field} }}}}{{% else %}}…… giờ …… phút{{% endif %}}"


def day_of(field: str) -> str:
    """`ngày 22/12/2018`, or room for it."""
    return f"ngày {{% if has.{field} %}}{{{{ {field} }}}}{{% else %}}…… tháng …… năm ………{{% endif %}}"


def identity(
    place: Container,
    label: str,
    field: str,
    *,
    value: str = "",
    optional: bool = False,
    width: float = 0,
    keep_next: bool = False,
) -> None:
    """`- Họ và tên: …` with the value of `field`, or dots up to the margin.

    Args:
        label: what stands before the colon, with its dash if it has one.
        field: name in the context; `has.<field>` says whether it is given.
        value: expression to print when it differs from the field (`member.full_name`, `level.label`).
        optional: the line is left out of a draft or final paper that has nothing there.
        width: where the dots end, millimetres; 0 for the margin of the page.
        keep_next: hold the line on the page of what follows.
    """
    if optional:
        tag(place, f"if has.{field} or blank")
    made = paragraph(place, "Line", keep_next=keep_next)
    if width:
        leader_tab(made, width)
    write(made, f"{label}: ")
    given_or_dots(made, value or field, f"has.{field}")
    if optional:
        tag(place, "endif")


def text_field(
    place: Container, field: str, *, style: str = "Body", lead: str = "", keep_last: bool = False, given: str = ""
) -> None:
    """The paragraphs of a text, or dotted lines from margin to margin.

    Args:
        field: a list of paragraphs in the context.
        style: of the paragraphs.
        lead: printed before the first of them (`- Nguyên nhân: `).
        keep_last: hold the last paragraph with the block that follows.
        given: when something is given, if it is not `has.<field>`.
    """
    first = f"{{% if loop.first %}}{lead}{{% endif %}}" if lead else ""
    tag(place, f"for line in {field}")
    tag(place, f"if {given or f'has.{field}'}")
    if keep_last:
        tag(place, "if loop.last")
        paragraph(place, style, f"{first}{{{{ line }}}}", keep_next=True)
        tag(place, "else")
    paragraph(place, style, f"{first}{{{{ line }}}}")
    if keep_last:
        tag(place, "endif")
    tag(place, "else")
    paragraph(place, "Line" if lead else "Dots", f"{first}\t", keep_next=keep_last)
    tag(place, "endif")
    tag(place, "endfor")


_NARROW = "\u00a0"
# Three spaces are as wide as the X, so the boxes are of one size.
MARK = f"{{% if option.mark %}}X{{% else %}}{_NARROW * 3}{{% endif %}}"


def boxes_line(place: Container, label: str, field: str, *, keep_next: bool = False) -> None:
    """`Tự đánh giá về cấp độ thực hiện:` and the options of `field` in one line, a drawn box before each."""
    made = paragraph(place, "Boxes", keep_next=keep_next)
    write(made, f"{label}:")
    run_tag(made, f"for option in {field}.options")
    write(made, f"{_NARROW} ")
    write(made, MARK, box=True)
    write(made, f"{_NARROW}{{{{ option.label }}}}")
    run_tag(made, "endfor")


def boxes_list(place: Container, field: str, *, keep_next: bool = True) -> None:
    """The options of `field` one below the other, for labels too long for one line; they stay on one page.

    `keep_next` holds them on the page of what follows, too.
    """
    tag(place, f"for option in {field}.options")
    if not keep_next:
        tag(place, "if loop.last")
        _boxed_option(place, keep_next=False)
        tag(place, "else")
    _boxed_option(place, keep_next=True)
    if not keep_next:
        tag(place, "endif")
    tag(place, "endfor")


def _boxed_option(place: Container, *, keep_next: bool) -> None:
    made = paragraph(place, "Boxes", keep_next=keep_next)
    write(made, MARK, box=True)
    write(made, f"{_NARROW * 2}{{{{ option.label }}}}")
