"""How papers begin: the label of the form, the bodies and the Party's name, the title, whom it is for."""

from __future__ import annotations

from docx.document import Document

from generator.layout.profile import load_profile

from .blocks import columns, fill, paragraph, run_tag, spacer, tag, tag_first, write
from .page import LEFT_COLUMN, PARTY_COLUMN


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


def title(document: Document, type_name: str, *summary: str, rule: bool = False) -> None:
    """The type of the paper, its summary lines, and the short rule that papers of the register carry below them."""
    paragraph(document, "TypeName", type_name)
    for line in summary:
        paragraph(document, "Summary", line)
    if rule:
        paragraph(document, "TypeNameRule", load_profile().type_name_rule)
    else:
        spacer(document)


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
