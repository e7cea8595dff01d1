"""One departure from the page format, and how the place of it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from generator.layout.profile import Component
from generator.layout.walking import Paragraph
from generator.vietnamese import decimal, joined, nfc

_LONGEST_QUOTE = 50
# The same said of more places than these is said once.
_MOST_PLACES = 3


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


def gathered(found: Iterable[Departure]) -> Iterator[Departure]:
    """The departures, each said once where the same is said of many places: a file in another font is one remark."""
    alike: dict[tuple[str, str, str], list[Departure]] = {}
    for one in found:
        alike.setdefault((one.rule, one.message, one.cites), []).append(one)
    for same in alike.values():
        if len(same) <= _MOST_PLACES:
            yield from same
        else:
            last = same[-1].where[0].lower() + same[-1].where[1:]
            yield replace(same[0], where=f"{same[0].where} và {len(same) - 1} chỗ nữa, đến {last}")


def place_of(paragraph: Paragraph) -> str:
    """Where a clerk finds a paragraph: by its number or its row in a table, and its first words."""
    text = nfc(" ".join(paragraph.text.split()))
    quote = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    place = f"Đoạn {paragraph.number}" if paragraph.number else "Đầu trang, chân trang"
    if paragraph.cell and paragraph.cell.framed:
        place = f"Bảng {paragraph.cell.shown}, hàng {paragraph.cell.row + 1}"
    return f"{place} “{quote}”"


def size_message(given: set[float], component: Component) -> str:
    """Which sizes are there and which the format asks, in points."""
    asked = " hoặc ".join(decimal(size) for size in sorted(component.sizes))
    return f"cỡ chữ {joined([decimal(size) for size in sorted(given)])}, phải là {asked}"
