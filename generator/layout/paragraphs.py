"""The paragraphs of the text against the page format: where they begin, how they are set and how far apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.layout.components import Anatomy
from generator.layout.departure import Departure, place_of, size_message
from generator.layout.effective import Look
from generator.layout.pages import millimetres
from generator.layout.profile import Component, Profile
from generator.layout.walking import Paragraph
from generator.vietnamese import decimal, fold, nfc

# A shorter paragraph may be a line to fill in, a heading or an item of a list, which is set in its own way.
_LETTERS_OF_TEXT = 100
# A longer one in the middle of the page is text that was centred.
_LETTERS_OF_HEADING = 160
# Notes and lines of reference in italics may be smaller than the text.
_NOTE_SIZE = 12
# What a decision is based on is upright, however short.
_BASIS = "can cu "
_SHOWN = (("bold", "in đậm"), ("italic", "in nghiêng"), ("underline", "gạch chân"))
_HEADING = re.compile(r"^([IVX]+|\d+(\.\d+)*|[a-zđ])[.)]|^[(*\[“]|^(Ghi chú|Lưu ý)", re.IGNORECASE)
# Word rounds lengths when it shows them.
_TOLERANCE = 1.0


def sizes_of_text(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Sizes of the text outside tables, where centred headings may be as large as the type name, and in tables."""
    body, cell, name = (profile.components[key] for key in ("body", "cell", "type_name"))
    articles = parts.of("article")
    for paragraph in parts.other:
        allowed = {*body.sizes, *(name.sizes if paragraph.look.align == "center" else ())}
        wrong = {run.look.size for run in paragraph.shown if run.look.size not in allowed and not _is_note(run.look)}
        if wrong and paragraph not in articles:
            yield Departure("font.size", place_of(paragraph), f"{body.label}: {size_message(wrong, body)}", body.cites)
    for paragraph in parts.cells:
        wrong = {run.look.size for run in paragraph.shown} - set(cell.sizes)
        if wrong:
            yield Departure("font.size", place_of(paragraph), f"{cell.label}: {size_message(wrong, cell)}", cell.cites)


def _is_note(look: Look) -> bool:
    return look.italic and look.size >= _NOTE_SIZE


def _is_smaller_note(look: Look, body: Component) -> bool:
    return _is_note(look) and look.size < min(body.sizes)


def body_paragraphs(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Departures of the longer paragraphs of the text, which run over more than a line, and of what it is based on."""
    articles = parts.of("article")
    for number, paragraph in enumerate(parts.other):
        yield from _upright(paragraph, profile, of_article=paragraph in articles)
        if not _is_text(paragraph):
            continue
        following = parts.other[number + 1] if number + 1 < len(parts.other) else None
        yield from _setting(paragraph, profile)
        yield from _line(paragraph, profile)
        if following and following.number == paragraph.number + 1:
            yield from _space(paragraph, following, profile)


def _is_text(paragraph: Paragraph) -> bool:
    """Whether it is running text: long, upright, and not centred as headings are, unless too long for one."""
    shown = paragraph.shown
    longest = _LETTERS_OF_TEXT if paragraph.look.align != "center" else _LETTERS_OF_HEADING
    return len(paragraph.text) >= longest and not all(run.look.italic or run.look.bold for run in shown)


def _upright(paragraph: Paragraph, profile: Profile, *, of_article: bool) -> Iterator[Departure]:
    """A whole paragraph in bold, italics or capitals; headings begin with a numeral or letter, notes with a bracket."""
    body, text = profile.components["body"], nfc(paragraph.text).strip()
    basis = fold(text).lstrip("- ").startswith(_BASIS)
    long = len(text) >= _LETTERS_OF_TEXT and paragraph.look.align != "center"
    if not (basis or long) or _HEADING.match(text) or not paragraph.shown:
        return
    # The label of an article is looked at as a component; it is bold, the rest of a long one is not.
    for attribute, shown in _SHOWN[: 1 if of_article else len(_SHOWN)]:
        noted = attribute == "italic" and not basis and all(_is_smaller_note(run.look, body) for run in paragraph.shown)
        if not noted and all(getattr(run.look, attribute) for run in paragraph.shown):
            message = f"{body.label}: cả đoạn {shown}, phải in chữ đứng thường"
            yield Departure(f"look.{attribute}", place_of(paragraph), message, body.cites)
    if paragraph.printed.isupper() and not of_article:
        yield Departure(
            "look.caps", place_of(paragraph), f"{body.label}: cả đoạn in hoa, phải in chữ thường", body.cites
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
