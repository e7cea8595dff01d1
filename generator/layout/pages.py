"""Paper, margins and page numbers against the page format."""

from __future__ import annotations

from collections.abc import Iterator

from generator.layout.departure import Departure, size_message
from generator.layout.document import Layout, Section
from generator.layout.profile import Profile
from generator.vietnamese import decimal

# Word rounds lengths when it shows them in centimetres; within a millimetre they are the same.
_TOLERANCE = 1.0


def millimetres(twips: int) -> float:
    """A length in twentieths of a point, in millimetres."""
    return twips * 25.4 / 1440


def paper_and_margins(layout: Layout, profile: Profile) -> Iterator[Departure]:
    """Size of the paper and margins of each section."""
    page = profile.page
    for number, section in enumerate(layout.sections, start=1):
        where = "Thiết lập trang" if len(layout.sections) == 1 else f"Thiết lập trang của phần {number}"
        width, height = sorted((millimetres(section.width), millimetres(section.height)))
        if abs(width - page.width) > _TOLERANCE or abs(height - page.height) > _TOLERANCE:
            given = f"{decimal(width, 0)} × {decimal(height, 0)} mm"
            message = f"khổ giấy là {given}, phải là A4 ({decimal(page.width)} × {decimal(page.height)} mm)"
            yield Departure("page.size", where, message, page.cites)
        yield from _margins(section, where, profile)


def _margins(section: Section, where: str, profile: Profile) -> Iterator[Departure]:
    page = profile.page
    given = {side: millimetres(getattr(section, side)) for side in ("top", "bottom", "left", "right")}
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
            yield Departure("page.margins", where, message, page.cites)


def page_numbers(layout: Layout, profile: Profile) -> Iterator[Departure]:
    """Where the page number stands, on which pages, and how it looks."""
    component = profile.components["page_number"]
    where = "Số trang"
    if not layout.page_numbers:
        yield Departure("page.number", where, "chưa có số trang ở giữa lề trên, từ trang thứ hai", component.cites)
        return
    if any(number.place == "footer" for number in layout.page_numbers):
        yield Departure("page.number", where, "đặt ở chân trang, phải đặt ở giữa lề trên", component.cites)
    # Sections before it have no headers, so no numbers; later ones begin on later pages.
    numbered = next((section for section in layout.sections if section.has_margins), None)
    apart = numbered is not None and (numbered.first_page_apart or numbered is not layout.sections[0])
    if not apart or any(number.pages == "first" for number in layout.page_numbers):
        yield Departure("page.number", where, "in cả trên trang đầu, phải đánh từ trang thứ hai", component.cites)
    for number in layout.page_numbers:
        if number.place == "header" and number.look.align != component.align:
            yield Departure("page.number", where, "chưa căn giữa trang", component.cites)
        if number.look.size not in component.sizes:
            yield Departure("page.number", where, size_message({number.look.size}, component), component.cites)
    edge = millimetres(numbered.number_from_edge) if numbered else profile.page.number_from_edge
    if abs(edge - profile.page.number_from_edge) > _TOLERANCE:
        asked = decimal(profile.page.number_from_edge)
        message = f"cách mép trên của giấy {decimal(edge)} mm, phải là {asked} mm"
        yield Departure("page.number", where, message, component.cites)
