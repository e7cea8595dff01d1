"""How the workbook looks: colours, fonts, widths and number formats, one place for all sheets."""

from __future__ import annotations

import math
from collections.abc import Iterable

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

_FACE = "Times New Roman"
TITLE = Font(name=_FACE, size=16, bold=True, color="8B1A1A")
ABOUT = Font(name=_FACE, size=11, italic=True, color="595959")
HEADER = Font(name=_FACE, size=11, bold=True, color="FFFFFF")
BODY = Font(name=_FACE, size=12)
FAINT = Font(name=_FACE, size=11, italic=True, color="7F7F7F")
SECTION = Font(name=_FACE, size=13, bold=True, color="8B1A1A")
LINK = Font(name=_FACE, size=12, color="1F4E99", underline="single")

HEADER_FILL = PatternFill("solid", fgColor="8B1A1A")
INFORMATION_FILL = PatternFill("solid", fgColor="7F7F7F")
EXAMPLE_FILL = PatternFill("solid", fgColor="FFF4D6")
SEEN_FILL = PatternFill("solid", fgColor="F2F2F2")

_LINE = Side(style="thin", color="BFBFBF")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
HEADER_PLACE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="top", wrap_text=True)
ONE_LINE = Alignment(horizontal="left", vertical="center")

WIDTHS = {
    "text": 26.0, "long": 52.0, "code": 13.0, "date": 13.0, "time": 10.0, "count": 11.0, "flag": 11.0, "choice": 24.0,
    "rating": 18.0, "information": 24.0, "cell": 16.0,
}  # fmt: skip
# Codes stand as text, so that Excel keeps zeros in front; long text must not (Excel shows ##### beyond 255 letters).
FORMATS = {"code": "@", "date": "dd/mm/yyyy", "time": "hh:mm", "count": "0"}
CENTRED = frozenset({"code", "date", "time", "count", "flag", "rating"})


# Wider than this, a sheet is printed on several pages side by side: smaller letters nobody can read.
_PAGE_WIDTH = 230.0
# What stays in sight at the left must leave most of a small screen to the rest.
FROZEN_WIDTH = 90.0
# A row higher than most of a screen cannot be scrolled past in Excel; what does not fit is read in its cell.
_HIGHEST_ROW = 300.0
_LINE_HEIGHT = 15.75


def width(kind: str, options: Iterable[str] = ()) -> float:
    """The width in letters of a column of a kind; one that takes a choice is as wide as its longest option asks."""
    longest = max((len(option) for option in options), default=0)
    return min(WIDTHS[kind], max(12.0, longest + 3.0)) if kind == "choice" else WIDTHS[kind]


def pages_across(widths: Iterable[float]) -> int:
    """On how many pages side by side columns of these widths are printed."""
    return max(1, math.ceil(sum(widths) / _PAGE_WIDTH))


def header_height(headers: Iterable[tuple[str, float]]) -> float:
    """The height in points at which every heading fits its column: `headers` are texts with widths in letters."""
    # Bold letters take about a sixth more room than the digits a width is counted in.
    return max(33.0, 15.5 * max(_lines(text, int(width / 1.15)) for text, width in headers) + 4)


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """The height in points at which every text of a row fits its column, as far as a screen shows it."""
    # Small letters take less room than the digits a width is counted in; a word that does not fit leaves a gap.
    most = max((_lines(text, int(1.2 * width) - 4) for text, width in cells), default=1)
    return min(_HIGHEST_ROW, _LINE_HEIGHT * most + 1)


def _lines(text: str, room: int) -> int:
    return sum(_lines_of(paragraph, max(4, room)) for paragraph in text.split("\n"))


def _lines_of(text: str, room: int) -> int:
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
    return count
