"""Paper, margins and page numbers against the page format."""

from __future__ import annotations

from collections.abc import Iterator

from generator.layout.departure import Departure, size_message
from generator.layout.document import Layout, PageNumber, Section
from generator.layout.profile import Profile
from generator.vietnamese import decimal, joined

# Word rounds lengths when it shows them in centimetres; within a millimetre they are the same.
_TOLERANCE = 1.0


def millimetres(twips: int) -> float:
    """A length in twentieths of a point, in millimetres."""
    return twips * 25.4 / 1440


def paper_and_margins(layout: Layout, profile: Profile, *, upright: bool = False) -> Iterator[Departure]:
    """Size of the paper and margins of each section.

    Args:
        upright: whether the first page must stand, as that of a paper of the register; its tables may lie.
    """
    page = profile.page
    for number, section in enumerate(layout.sections, start=1):
        where = "Thiết lập trang" if len(layout.sections) == 1 else f"Thiết lập trang của phần {number}"
        width, height = sorted((millimetres(section.width), millimetres(section.height)))
        if abs(width - page.width) > _TOLERANCE or abs(height - page.height) > _TOLERANCE:
            given = f"{decimal(width, 0)} × {decimal(height, 0)} mm"
            message = f"khổ giấy là {given}, phải là A4 ({decimal(page.width)} × {decimal(page.height)} mm)"
            yield Departure("page.size", where, message, page.cites)
        if upright and number == 1 and section.width > section.height:
            message = "trang đầu để ngang giấy, phải để dọc; chỉ phụ lục, bảng biểu để ngang"
            yield Departure("page.orientation", where, message, page.cites)
        yield from _margins(section, where, profile)


def _margins(section: Section, where: str, profile: Profile) -> Iterator[Departure]:
    page = profile.page
    given = {side: millimetres(getattr(section, side)) for side in ("top", "bottom", "left", "right")}
    # What is left for binding lies beside the margin and looks like one with it.
    given["left"] += millimetres(section.gutter)
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

    def departure(message: str) -> Departure:
        return Departure("page.number", "Số trang", message, component.cites)

    if not layout.page_numbers:
        yield departure("chưa có số trang ở giữa lề trên, từ trang thứ hai")
        return
    above = [number for number in layout.page_numbers if number.place == "header"]
    if len(above) < len(layout.page_numbers):
        yield departure("đặt ở chân trang, phải đặt ở giữa lề trên")
    # Sections before it have no headers, so no numbers; later ones begin on later pages.
    numbered = next((section for section in layout.sections if section.has_margins), None)
    apart = numbered is not None and (numbered.first_page_apart or numbered is not layout.sections[0])
    if not apart or any(number.pages == "first" for number in layout.page_numbers):
        yield departure("in cả trên trang đầu, phải đánh từ trang thứ hai")
    if layout.even_apart and not any(number.pages == "even" for number in layout.page_numbers):
        yield departure("trang chẵn không có số, vì trang chẵn và trang lẻ dùng đầu trang riêng")
    for message in dict.fromkeys(one for number in layout.page_numbers for one in _look(number, profile)):
        yield departure(message)
    yield from map(departure, _counting(layout))
    edge = millimetres(numbered.number_from_edge) if numbered else profile.page.number_from_edge
    if above and abs(edge - profile.page.number_from_edge) > _TOLERANCE:
        asked = decimal(profile.page.number_from_edge)
        yield departure(f"cách mép trên của giấy {decimal(edge)} mm, phải là {asked} mm")


def _look(number: PageNumber, profile: Profile) -> Iterator[str]:
    component, look = profile.components["page_number"], number.look
    if number.place == "header" and look.align != component.align:
        yield "chưa căn giữa trang"
    if look.size not in component.sizes:
        yield size_message({look.size}, component)
    if look.font != profile.font:
        yield f"phông chữ {look.font}, phải là {profile.font}"
    slanted = [
        shown for shown, given in (("đậm", look.bold), ("nghiêng", look.italic), ("gạch chân", look.underline)) if given
    ]
    if slanted:
        yield f"phải in chữ đứng, không {joined(slanted)}"
    if number.beside:
        yield f"chỉ ghi chữ số, không ghi thêm “{number.beside}”"


def _counting(layout: Layout) -> Iterator[str]:
    """What is wrong with how the pages are counted: in letters, or from a page that is not the first."""
    if any(section.number_format not in ("", "decimal") for section in layout.sections):
        yield "phải đánh bằng chữ số Ả Rập (1, 2, 3…)"
    first = layout.sections[0].first_number if layout.sections else None
    if first not in (None, 1):
        yield f"trang đầu phải là trang 1, đang đánh từ {first}"
