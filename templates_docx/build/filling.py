"""What is filled in: lines and texts with a value or dots for the pen, boxes to tick.

Every function writes placeholders that the renderer fills. It takes for granted that the context holds

- for a field `x` of one line (also names, counts, dates, choices' labels): a string, "" when nothing is given;
- for a text `x`: a list of paragraphs; on a blank paper as many entries as dotted lines are wanted;
- for a choice, level or rating `x`: `x.label` and `x.options`, each with `label` and `mark` ("X" or "");
- `has.x`: whether something is given; `blank`, `draft`, `final`.

Dotted lines are tab stops with a leader, so they all end at the right margin whatever stands before them.
"""

from __future__ import annotations

from docx.shared import Mm
from docx.text.paragraph import Paragraph

from .blocks import Container, leader_tab, paragraph, run_tag, tag, write

_NARROW = "\u00a0"
# Where the second of two boxes in a line begins, millimetres.
_SECOND_OF_PAIR = 95.0


def given_or_dots(made: Paragraph, expression: str, given: str) -> None:
    """Add the value where one is given, else a dotted line to the tab stop."""
    run_tag(made, f"if {given}")
    write(made, f"{{{{ {expression} }}}}")
    run_tag(made, "else")
    write(made, "\t")
    run_tag(made, "endif")


# A line may break between any two dots: a long row of them would else tear the words before it apart.
_BREAK = "\u200b"


def dotted(dots: int) -> str:
    """So many dots in the middle of a sentence, to write on."""
    return _BREAK.join("…" * dots)


def or_dots(field: str, dots: int = 10) -> str:
    """Text for the middle of a sentence: the value, or so many dots to write on."""
    return f"{{% if has.{field} %}}{{{{ {field} }}}}{{% else %}}{dotted(dots)}{{% endif %}}"


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
    _dotted(place, lead, keep_next=keep_last)
    tag(place, "endif")
    tag(place, "endfor")


def _dotted(place: Container, lead: str, *, keep_next: bool) -> None:
    # LibreOffice takes a line of nothing but a tab for lower than it is and breaks the page above it: a space leads.
    if lead:
        tag(place, "if loop.first")
        paragraph(place, "Line", f"{lead}{_NARROW}\t", keep_next=keep_next)
        tag(place, "else")
    paragraph(place, "Dots", f"{_NARROW}\t", keep_next=keep_next)
    if lead:
        tag(place, "endif")


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


def boxes_in_pairs(place: Container, field: str) -> None:
    """Four options two by two, where room is short; held on the page of what follows."""
    for chosen in ("loop.index < 3", "loop.index > 2"):
        made = paragraph(place, "Boxes", keep_next=True)
        made.paragraph_format.tab_stops.add_tab_stop(Mm(_SECOND_OF_PAIR))
        run_tag(made, f"for option in {field}.options")
        run_tag(made, f"if {chosen}")
        write(made, MARK, box=True)
        write(made, f"{_NARROW * 2}{{{{ option.label }}}}\t")
        run_tag(made, "endif")
        run_tag(made, "endfor")


def _boxed_option(place: Container, *, keep_next: bool) -> None:
    made = paragraph(place, "Boxes", keep_next=keep_next)
    write(made, MARK, box=True)
    write(made, f"{_NARROW * 2}{{{{ option.label }}}}")
