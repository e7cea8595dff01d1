"""Where a Word file departs from the page format of Party papers, each departure with its place and citation."""

from __future__ import annotations

from collections.abc import Iterator

from generator.layout.components import Anatomy, anatomy
from generator.layout.departure import Departure, gathered, place_of
from generator.layout.document import Layout, read_layout
from generator.layout.looks import look_of
from generator.layout.pages import millimetres, page_numbers, paper_and_margins
from generator.layout.paragraphs import body_paragraphs, sizes_of_text
from generator.layout.profile import Profile, load_profile
from generator.layout.register import named, needed, wording
from generator.layout.walking import Paragraph
from generator.vietnamese import decimal, joined, nfc

_NFC = "TCVN 6909:2001; 36-HD/VPTW, phụ lục 3 (phông chữ)"
# A rule drawn by hand is seldom exact; the eye sees a difference from about here on.
_RULE_TOLERANCE = 6.0


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
    found = [
        *paper_and_margins(layout, asked, upright=bool(parts.of("number"))),
        *(() if parts.archival else (*page_numbers(layout, asked), *_header(parts, asked))),
        *_components(parts, asked),
        *needed(layout, parts, asked),
        *wording(parts, asked),
        *gathered(sizes_of_text(parts, asked)),
        *gathered(body_paragraphs(parts, asked)),
        *gathered(_fonts(layout, asked)),
        *gathered(_composition(layout)),
    ]
    # The header and footer of the first page often say the same as those of the others.
    return list(dict.fromkeys(found))


def _header(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    titles = parts.of("party_title")
    if not titles and parts.enclosed:
        return
    if not titles:
        component = profile.components["party_title"]
        message = f"không có {component.label}"
        if parts.of_state:
            message = f"văn bản của Đảng không ghi Quốc hiệu, tiêu ngữ, phải ghi “{profile.party_title}”"
        yield Departure("header.party-title", "Đầu trang thứ nhất", message, component.cites)
        return
    yield from _title_rule(titles[0], parts, profile)
    cell = titles[0].cell
    if cell is None or cell.boxed:
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
    if title.draws or any(one.draws for one in (*below, *parts.in_header)):
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
    if width and component.text_width and abs(length - component.text_width) > _RULE_TOLERANCE:
        message = f"đường kẻ dưới tiêu đề dài {decimal(length)} mm, tiêu đề dài {decimal(component.text_width)} mm"
        yield Departure("header.party-title-rule", place_of(title), message, component.cites)


def _components(parts: Anatomy, profile: Profile) -> Iterator[Departure]:
    """Size, weight, slant, case and place of each component that was recognised."""
    quoting = named(parts, profile.quoting)
    for name, component in profile.components.items():
        if quoting and name == "article":
            continue
        for paragraph in parts.of(name):
            yield from look_of(paragraph, component)


def _fonts(layout: Layout, profile: Profile) -> Iterator[Departure]:
    for paragraph in (*layout.paragraphs, *_lettered(layout)):
        others = {run.look.font for run in paragraph.shown} - {profile.font}
        if others:
            message = f"phông chữ {joined(sorted(others))}, phải là {profile.font}"
            yield Departure("font.name", place_of(paragraph), message, profile.components["body"].cites)


def _lettered(layout: Layout) -> list[Paragraph]:
    """The lines of headers and footers that say something; the page number is looked at apart."""
    return [one for one in layout.margins if any(sign.isalpha() for sign in one.text)]


def _composition(layout: Layout) -> Iterator[Departure]:
    message = "chữ có dấu ở dạng tổ hợp rời, phải gõ bằng phông Unicode dựng sẵn"
    for paragraph in layout.paragraphs:
        if nfc(paragraph.text) != paragraph.text:
            yield Departure("text.nfc", place_of(paragraph), message, _NFC)
    if any(nfc(one.text) != one.text for one in layout.margins):
        yield Departure("text.nfc", "Đầu trang, chân trang", message, _NFC)
