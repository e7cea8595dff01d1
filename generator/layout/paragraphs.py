"""The paragraphs of the text against the page format: where they begin, how they are set and how far apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.layout.departure import Departure, place_of
from generator.layout.document import Paragraph
from generator.layout.pages import millimetres
from generator.layout.profile import Profile
from generator.vietnamese import decimal

# A shorter paragraph may be a line to fill in, a heading or an item of a list, which is set in its own way.
_LETTERS_OF_TEXT = 100
# Word rounds lengths when it shows them.
_TOLERANCE = 1.0


def body_paragraphs(paragraphs: Sequence[Paragraph], profile: Profile) -> Iterator[Departure]:
    """Departures of the longer paragraphs of the text, which run over more than a line.

    Args:
        paragraphs: those outside tables that are no component of their own, in order.
    """
    for number, paragraph in enumerate(paragraphs):
        if not _is_text(paragraph):
            continue
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        yield from _setting(paragraph, profile)
        yield from _line(paragraph, profile)
        if following and following.number == paragraph.number + 1:
            yield from _space(paragraph, following, profile)


def _is_text(paragraph: Paragraph) -> bool:
    """Whether it is running text: long, upright, and not centred as headings are."""
    shown = paragraph.shown
    return (
        len(paragraph.text) >= _LETTERS_OF_TEXT
        and paragraph.look.align != "center"
        and not all(run.look.italic or run.look.bold for run in shown)
    )


def _setting(paragraph: Paragraph, profile: Profile) -> Iterator[Departure]:
    asked, look = profile.paragraph, paragraph.look
    if look.align != profile.components["body"].align:
        yield Departure("paragraph.align", place_of(paragraph), "phải căn đều hai bên", asked.cites)
    if look.first_line < 0 or paragraph.text.startswith("\t"):
        return
    begins = millimetres(look.left + look.first_line)
    if not asked.first_line_indent - _TOLERANCE <= begins <= asked.most_first_line_indent + _TOLERANCE:
        message = f"dòng đầu lùi vào {decimal(begins)} mm, phải là khoảng {decimal(asked.first_line_indent)} mm"
        yield Departure("paragraph.indent", place_of(paragraph), message, asked.cites)


def _line(paragraph: Paragraph, profile: Profile) -> Iterator[Departure]:
    asked, look = profile.paragraph, paragraph.look
    if look.line is not None and look.line < asked.line:
        message = f"giãn dòng {decimal(look.line)} pt, tối thiểu là {decimal(asked.line)} pt"
        yield Departure("paragraph.line", place_of(paragraph), message, asked.cites)
    if look.line is None and not 1 <= look.lines <= asked.most_lines:
        most = decimal(asked.most_lines)
        message = f"giãn dòng {decimal(look.lines)} dòng, phải từ dòng đơn (1 dòng) đến {most} dòng"
        yield Departure("paragraph.line", place_of(paragraph), message, asked.cites)


def _space(paragraph: Paragraph, following: Paragraph, profile: Profile) -> Iterator[Departure]:
    asked = profile.paragraph
    space = paragraph.look.after + following.look.before
    if space < asked.space_after:
        message = f"cách đoạn sau {decimal(space)} pt, tối thiểu là {decimal(asked.space_after)} pt"
        yield Departure("paragraph.space", place_of(paragraph), message, asked.cites)
