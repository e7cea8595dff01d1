"""Citations of a guidance, short in the data and long for the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.vietnamese import number_in_words

_DASH = re.compile(r"gạch (\d+)(?:–(\d+))?")
_PARAGRAPH = re.compile(r"đoạn (\d+)")
_PLUS = re.compile(r"\+(\d+)")


def ordinal(number: int) -> str:
    """“thứ nhất”, “thứ hai”, “thứ tư”."""
    return {1: "thứ nhất", 4: "thứ tư"}.get(number, f"thứ {number_in_words(number)}")


def _part(part: str) -> str:
    def dash(found: re.Match[str]) -> str:
        first, last = int(found.group(1)), found.group(2)
        if last:
            link = "và" if int(last) == first + 1 else "đến"
            return f"gạch đầu dòng {ordinal(first)} {link} {ordinal(int(last))}"
        return f"gạch đầu dòng {ordinal(first)}"

    counted = _PARAGRAPH.sub(lambda found: f"đoạn {ordinal(int(found.group(1)))}", _DASH.sub(dash, part))
    return _PLUS.sub(lambda found: f"dấu cộng {ordinal(int(found.group(1)))}", counted)


def _place(place: str) -> str:
    # Part B holds the substance, so the guidance itself cites it by Roman numerals alone.
    letter, _, rest = place.partition(".")
    if letter in ("A", "C"):
        return f"phần {letter}, mục {rest}" if rest else f"phần {letter}"
    return f"phần {place}" if "." not in place else f"mục {place}"


def long_citation(source: str, cites: str | Sequence[str]) -> str:
    """`II.2.3.a, gạch 2` of “HD 13-HD/TU” as “HD 13-HD/TU, mục II.2.3.a, gạch đầu dòng thứ hai”."""
    written = []
    for cite in [cites] if isinstance(cites, str) else cites:
        place, *parts = cite.split(", ")
        written.append(", ".join([_place(place), *map(_part, parts)]))
    return f"{source}, {'; '.join(written)}"
