"""Where a Word file departs from the page format of Party papers, each departure with its place and citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from generator.layout.components import Anatomy, anatomy
from generator.layout.document import Layout, Paragraph, Section, read_layout
from generator.layout.effective import Look
from generator.layout.profile import Component, Profile, load_profile
from generator.vietnamese import decimal, joined, nfc

_PAGE = "36-HD/VPTW, phụ lục 3 (khổ giấy, định lề)"
_NFC = "TCVN 6909:2001; 36-HD/VPTW, phụ lục 3 (phông chữ)"
# Word rounds lengths when it shows them in centimetres; within a millimetre they are the same.
_TOLERANCE = 1.0
# A rule drawn by hand is seldom exact; the eye sees a difference from about here on.
_RULE_TOLERANCE = 6.0
_LONGEST_QUOTE = 50
# Notes and lines of reference in italics may be smaller than the text.
_NOTE_SIZE = 12
_ALIGNED = {"center": "căn giữa", "both": "căn đều hai bên", "left": "căn trái", "right": "căn phải"}


@dataclass(frozen=True)
class Departure:
    """One departure from the format.

    Args:
        rule: stable and ASCII, for programs (`font.size`, `header.star`).
        where: the place, in Vietnamese, as a clerk finds it.
        message: what is there and what the format asks, a Vietnamese sentence without its closing stop.
        cites: the place of the format that asks for it.
    """

    rule: str
    where: str
    message: str
    cites: str

    def as_dict(self) -> dict[str, str]:
        """The departure as JSON carries it."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.where}: {self.message} ({self.cites})."


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
        *_pages(layout, asked),
        *(() if parts.archival else (*_page_numbers(layout, asked), *_header(parts, asked))),
        *_components(parts, asked),
        *_text(parts, asked),
        *_fonts(layout, asked),
        *_composition(layout),
    ]


def _millimetres(twips: int) -> float:
    return twips * 25.4 / 1440


def _pages(layout: Layout, profile: Profile) -> Iterator[Departure]:
    page = profile.page
    for number, section in enumerate(layout.sections, start=1):
        where = "Thiết lập trang" if len(layout.sections) == 1 else f"Thiết lập trang của phần {number}"
        width, height = sorted((_millimetres(section.width), _millimetres(section.height)))
        if abs(width - page.width) > _TOLERANCE or abs(height - page.height) > _TOLERANCE:
            given = f"{decimal(width, 0)} × {decimal(height, 0)} mm"
            message = f"khổ giấy là {given}, phải là A4 ({decimal(page.width)} × {decimal(page.height)} mm)"
            yield Departure("page.size", where, message, _PAGE)
        yield from _margins(section, where, profile)


def _margins(section: Section, where: str, profile: Profile) -> Iterator[Departure]:
    page = profile.page
    given = {side: _millimetres(getattr(section, side)) for side in ("top", "bottom", "left", "right")}
    asked = {"top": page.top, "bottom": page.bottom, "left": page.left, "right": page.right}
    if section.width > section.height:
        # Word turns the margins with the paper: the binding edge comes to lie on top.
        turned = {"top": page.left, "bottom": page.right, "left": page.top, "right": page.bottom}
        if all(abs(given[side] - turned[side]) <= _TOLERANCE for side in given):
            return
    names = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
    for side, name in names.items():
        if abs(given[side] - asked[side]) > _TOLERANCE:
            message = f"lề {name} là {decimal(given[side])} mm, phải là {decimal(asked[side])} mm"
            yield Departure("page.margins", where, message, _PAGE)


def _page_numbers(layout: Layout, profile: Profile) -> Iterator[Departure]:
    component = profile.components["page_number"]
    where = "Số trang"
    if not layout.page_numbers:
        yield Departure("page.number", where, "chưa có số trang ở giữa lề trên, từ trang thứ hai", component.cites)
        return
    if any(number.place == "footer" for number in layout.page_numbers):
        yield Departure("page.number", where, "đặt ở chân trang, phải đặt ở giữa lề trên", component.cites)
    # Later sections begin on later pages, so only the first one has a page without number.
    first_apart = any(section.first_page_apart for section in layout.sections[:1])
    if not first_apart or any(number.pages == "first" for number in layout.page_numbers):
        yield Departure("page.number", where, "in cả trên trang đầu, phải đánh từ trang thứ hai", component.cites)
    for number in layout.page_numbers:
        if number.place == "header" and number.look.align != component.align:
            yield Departure("page.number", where, "chưa căn giữa trang", component.cites)
        if number.look.size not in component.sizes:
            yield Departure("page.number", where, _size_message({number.look.size}, component), component.cites)
    edge = _millimetres(layout.sections[0].number_from_edge) if layout.sections else profile.page.number_from_edge
    if abs(edge - profile.page.number_from_edge) > _TOLERANCE:
        asked = decimal(profile.page.number_from_edge)
        message = f"cách mép trên của giấy {decimal(edge)} mm, phải là {asked} mm"
        yield Departure("page.number", where, message, component.cites)


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
        yield Departure("header.columns", _where(titles[0]), message, profile.components["issuing_body"].cites)
    star = profile.components["star"]
    if parts.of("issuing_body") and not parts.of("star"):
        message = f"không có dấu “{profile.star}” ở dòng dưới tên cơ quan ban hành"
        yield Departure("header.star", _where(parts.of("issuing_body")[0]), message, star.cites)


def _title_rule(title: Paragraph, parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    component = profile.components["party_title"]
    below = parts.below_title
    if title.draws or any(one.draws for one in below):
        return
    ruled = title if title.look.rule_below else next((one for one in below if one.look.rule_above), None)
    if ruled is None:
        yield Departure(
            "header.party-title-rule",
            _where(title),
            "không có đường kẻ dưới tiêu đề, dài bằng tiêu đề",
            component.cites,
        )
        return
    width = title.cell.width if title.cell else round(profile.page.text_width * 1440 / 25.4)
    length = _millimetres(width - ruled.look.left - ruled.look.right)
    if component.text_width and abs(length - component.text_width) > _RULE_TOLERANCE:
        message = f"đường kẻ dưới tiêu đề dài {decimal(length)} mm, tiêu đề dài {decimal(component.text_width)} mm"
        yield Departure("header.party-title-rule", _where(title), message, component.cites)


def _components(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Size, weight, slant, case and place of each component that was recognised."""
    for name, component in profile.components.items():
        for paragraph in parts.of(name):
            yield from _look(paragraph, component)


def _look(paragraph: Paragraph, component: Component) -> Iterator[Departure]:
    where = _where(paragraph)
    sizes = {run.look.size for run in paragraph.shown}
    if not sizes <= set(component.sizes):
        yield Departure("font.size", where, f"{component.label}: {_size_message(sizes, component)}", component.cites)
    for attribute, shown in (("bold", "in đậm"), ("italic", "in nghiêng"), ("underline", "gạch chân")):
        asked = getattr(component, attribute)
        if any(getattr(run.look, attribute) != asked for run in paragraph.shown):
            message = f"{component.label}: {'phải' if asked else 'không'} {shown}"
            yield Departure(f"look.{attribute}", where, message, component.cites)
    if component.caps and any(
        not run.look.caps and not run.text.isupper() for run in paragraph.shown if _letters(run.text)
    ):
        yield Departure("look.caps", where, f"{component.label}: phải in hoa", component.cites)
    if component.align == "center" and paragraph.look.align != "center":
        given = _ALIGNED.get(paragraph.look.align, paragraph.look.align)
        yield Departure("look.align", where, f"{component.label}: đang {given}, phải căn giữa", component.cites)


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _text(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Sizes of the text outside tables, where centred headings may be as large as the type name, and in tables."""
    body, cell, name = (profile.components[key] for key in ("body", "cell", "type_name"))
    for paragraph in parts.other:
        allowed = {*body.sizes, *(name.sizes if paragraph.look.align == "center" else ())}
        wrong = {run.look.size for run in paragraph.shown if run.look.size not in allowed and not _is_note(run.look)}
        if wrong:
            yield Departure("font.size", _where(paragraph), f"{body.label}: {_size_message(wrong, body)}", body.cites)
    for paragraph in parts.cells:
        wrong = {run.look.size for run in paragraph.shown} - set(cell.sizes)
        if wrong:
            yield Departure("font.size", _where(paragraph), f"{cell.label}: {_size_message(wrong, cell)}", cell.cites)


def _is_note(look: Look) -> bool:
    return look.italic and look.size >= _NOTE_SIZE


def _fonts(layout: Layout, profile: Profile) -> Iterator[Departure]:
    for paragraph in layout.paragraphs:
        others = {run.look.font for run in paragraph.shown} - {profile.font}
        if others:
            message = f"phông chữ {joined(sorted(others))}, phải là {profile.font}"
            yield Departure("font.name", _where(paragraph), message, profile.components["body"].cites)


def _composition(layout: Layout) -> Iterator[Departure]:
    message = "chữ có dấu ở dạng tổ hợp rời, phải gõ bằng phông Unicode dựng sẵn"
    for paragraph in layout.paragraphs:
        if nfc(paragraph.text) != paragraph.text:
            yield Departure("text.nfc", _where(paragraph), message, _NFC)
    if any(nfc(text) != text for text in layout.marginal_text):
        yield Departure("text.nfc", "Đầu trang, chân trang", message, _NFC)


def _size_message(given: set[float], component: Component) -> str:
    asked = " hoặc ".join(decimal(size) for size in sorted(component.sizes))
    return f"cỡ chữ {joined([decimal(size) for size in sorted(given)])}, phải là {asked}"


def _where(paragraph: Paragraph) -> str:
    text = nfc(" ".join(paragraph.text.split()))
    quote = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    place = f"Đoạn {paragraph.number}"
    if paragraph.cell and paragraph.cell.framed:
        place = f"Bảng {paragraph.cell.table + 1}, hàng {paragraph.cell.row + 1}"
    return f"{place} “{quote}”"
