"""Where a Word file departs from the page format of Party papers, each departure with its place and citation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.layout.components import Anatomy, anatomy
from generator.layout.departure import Departure, place_of, size_message
from generator.layout.document import Layout, Paragraph, read_layout
from generator.layout.effective import Look
from generator.layout.pages import millimetres, page_numbers, paper_and_margins
from generator.layout.paragraphs import body_paragraphs
from generator.layout.profile import Component, Profile, load_profile
from generator.vietnamese import decimal, fold, joined, nfc

_NFC = "TCVN 6909:2001; 36-HD/VPTW, phụ lục 3 (phông chữ)"
# A rule drawn by hand is seldom exact; the eye sees a difference from about here on.
_RULE_TOLERANCE = 6.0
# Notes and lines of reference in italics may be smaller than the text.
_NOTE_SIZE = 12
_ALIGNED = {"center": "căn giữa", "both": "căn đều hai bên", "left": "căn trái", "right": "căn phải"}


def departures(docx: bytes, profile: Profile | None = None) -> list[Departure]:
    """What in a Word file is not as the page format asks; empty when all is.

    Args:
        docx: the file.
        profile: the format; HD 36-HD/VPTW of 2018 when not given.

    Raises:
        NotADocument: it is no plain .docx.
    """
    asked = profile or load_profile()
    layout = read_layout(docx)
    parts = anatomy(layout, asked)
    return [
        *paper_and_margins(layout, asked),
        *(() if parts.archival else (*page_numbers(layout, asked), *_header(parts, asked))),
        *_components(parts, asked),
        *_needed(parts, asked),
        *_wording(parts, asked),
        *_text(parts, asked),
        *body_paragraphs(parts.other, asked),
        *_fonts(layout, asked),
        *_composition(layout),
    ]


def _header(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    titles = parts.of("party_title")
    if not titles:
        component = profile.components["party_title"]
        yield Departure("header.party-title", "Đầu trang thứ nhất", f"không có {component.label}", component.cites)
        return
    yield from _title_rule(titles[0], parts, profile)
    if titles[0].cell is None:
        message = (
            "tiêu đề và tên cơ quan không đặt trong bảng hai cột nên chưa kiểm tra được từng thành phần đầu văn bản"
        )
        yield Departure("header.columns", place_of(titles[0]), message, profile.components["issuing_body"].cites)
    star = profile.components["star"]
    if parts.of("issuing_body") and not parts.of("star"):
        message = f"không có dấu “{profile.star}” ở dòng dưới tên cơ quan ban hành"
        yield Departure("header.star", place_of(parts.of("issuing_body")[0]), message, star.cites)
    rule = profile.components["type_name_rule"]
    if parts.of("number") and parts.of("summary") and not parts.of("type_name_rule"):
        message = f"không có dấu “{profile.type_name_rule}” dưới trích yếu nội dung"
        yield Departure("header.type-name-rule", place_of(parts.of("summary")[-1]), message, rule.cites)


def _title_rule(title: Paragraph, parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    component = profile.components["party_title"]
    below = parts.below_title
    if title.draws or any(one.draws for one in below):
        return
    ruled = title if title.look.rule_below else next((one for one in below if one.look.rule_above), None)
    if ruled is None:
        yield Departure(
            "header.party-title-rule",
            place_of(title),
            "không có đường kẻ dưới tiêu đề, dài bằng tiêu đề",
            component.cites,
        )
        return
    width = title.cell.width if title.cell else round(profile.page.text_width * 1440 / 25.4)
    length = millimetres(width - ruled.look.left - ruled.look.right)
    if component.text_width and abs(length - component.text_width) > _RULE_TOLERANCE:
        message = f"đường kẻ dưới tiêu đề dài {decimal(length)} mm, tiêu đề dài {decimal(component.text_width)} mm"
        yield Departure("header.party-title-rule", place_of(title), message, component.cites)


def _components(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Size, weight, slant, case and place of each component that was recognised."""
    quoting = _named(parts, profile.quoting)
    for name, component in profile.components.items():
        if quoting and name == "article":
            continue
        for paragraph in parts.of(name):
            yield from _look(paragraph, component)


def _look(paragraph: Paragraph, component: Component) -> Iterator[Departure]:
    where = place_of(paragraph)
    sizes = {run.look.size for run in paragraph.shown}
    if not sizes <= set(component.sizes):
        yield Departure("font.size", where, f"{component.label}: {size_message(sizes, component)}", component.cites)
    for attribute, shown in (("bold", "in đậm"), ("italic", "in nghiêng"), ("underline", "gạch chân")):
        asked = getattr(component, attribute)
        # A colon or bracket beside a word may keep the look of the text around it.
        worded = [run for run in paragraph.shown if any(sign.isalnum() for sign in run.text)] or paragraph.shown
        judged = worded[:1] if component.label_only else worded
        if any(getattr(run.look, attribute) != asked for run in judged):
            message = f"{component.label}: {'phải' if asked else 'không'} {shown}"
            yield Departure(f"look.{attribute}", where, message, component.cites)
    if component.caps and any(
        not run.look.caps and not run.text.isupper() for run in paragraph.shown if _letters(run.text)
    ):
        yield Departure("look.caps", where, f"{component.label}: phải in hoa", component.cites)
    if component.align == "center" and paragraph.look.align != "center":
        given = _ALIGNED.get(paragraph.look.align, paragraph.look.align)
        yield Departure("look.align", where, f"{component.label}: đang {given}, phải căn giữa", component.cites)


def _needed(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """What a paper with a number lacks of what every paper of the register has."""
    if not parts.of("number"):
        return
    closed_otherwise = _named(parts, profile.closed_otherwise)
    for alternatives in (one.split("|") for one in profile.needed):
        if closed_otherwise and alternatives[0] in ("authority", "recipients_label"):
            continue
        if not any(parts.of(name) for name in alternatives):
            component = profile.components[alternatives[0]]
            yield Departure(f"missing.{component.name}", "Cả văn bản", f"không có: {component.label}", component.cites)


def _named(parts: Anatomy, beginnings: tuple[str, ...]) -> bool:
    """Whether the name of the paper begins with one of them."""
    names = [" ".join(fold(nfc(one.text)).split()) for one in parts.of("type_name")]
    return any(name.startswith(fold(beginning)) for name in names for beginning in beginnings)


def _wording(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    for wording in profile.wording:
        component = profile.components[wording.component]
        for paragraph in parts.of(component.name):
            if re.search(wording.wrong, nfc(paragraph.text).strip()):
                message = f"{component.label}: {wording.message}"
                yield Departure("text.wording", place_of(paragraph), message, component.cites)


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _text(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Sizes of the text outside tables, where centred headings may be as large as the type name, and in tables."""
    body, cell, name = (profile.components[key] for key in ("body", "cell", "type_name"))
    for paragraph in parts.other:
        allowed = {*body.sizes, *(name.sizes if paragraph.look.align == "center" else ())}
        wrong = {run.look.size for run in paragraph.shown if run.look.size not in allowed and not _is_note(run.look)}
        if wrong:
            yield Departure("font.size", place_of(paragraph), f"{body.label}: {size_message(wrong, body)}", body.cites)
    for paragraph in parts.cells:
        wrong = {run.look.size for run in paragraph.shown} - set(cell.sizes)
        if wrong:
            yield Departure("font.size", place_of(paragraph), f"{cell.label}: {size_message(wrong, cell)}", cell.cites)


def _is_note(look: Look) -> bool:
    return look.italic and look.size >= _NOTE_SIZE


def _fonts(layout: Layout, profile: Profile) -> Iterator[Departure]:
    for paragraph in layout.paragraphs:
        others = {run.look.font for run in paragraph.shown} - {profile.font}
        if others:
            message = f"phông chữ {joined(sorted(others))}, phải là {profile.font}"
            yield Departure("font.name", place_of(paragraph), message, profile.components["body"].cites)


def _composition(layout: Layout) -> Iterator[Departure]:
    message = "chữ có dấu ở dạng tổ hợp rời, phải gõ bằng phông Unicode dựng sẵn"
    for paragraph in layout.paragraphs:
        if nfc(paragraph.text) != paragraph.text:
            yield Departure("text.nfc", place_of(paragraph), message, _NFC)
    if any(nfc(one.text) != one.text for one in layout.margins):
        yield Departure("text.nfc", "Đầu trang, chân trang", message, _NFC)
