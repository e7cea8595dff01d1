"""How the workbook looks: colours, fonts, widths and number formats, one place for all sheets."""

from __future__ import annotations

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
    "text": 26.0, "long": 44.0, "code": 13.0, "date": 13.0, "time": 10.0, "count": 11.0, "flag": 11.0, "choice": 24.0,
    "rating": 16.0, "information": 24.0,
}  # fmt: skip
# Codes stand as text, so that Excel keeps zeros in front; long text must not (Excel shows ##### beyond 255 letters).
FORMATS = {"code": "@", "date": "dd/mm/yyyy", "time": "hh:mm", "count": "0"}
CENTRED = frozenset({"code", "date", "time", "count", "flag", "rating"})


def header_height(headers: list[tuple[str, float]]) -> float:
    """The height in points at which every heading fits its column: `headers` are texts with widths in letters."""
    lines = max(_lines(text, width) for text, width in headers)
    return max(33.0, 15.5 * lines + 4)


def _lines(text: str, width: float) -> int:
    # Bold letters take about a sixth more room than the digits a width is counted in.
    room = max(4, int(width / 1.15))
    count, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > room:
            count, used = count + 1, 0
        used += len(word) + (1 if used else 0)
    return count
