"""The look that text really has in a Word file: what styles, their ancestors and the defaults add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
_ALIGNMENTS = {"start": "left", "end": "right", "distribute": "both"}

# Points in the units a length may be written in; a bare number counts in the unit of its attribute.
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "pc": 12.0, "pi": 12.0}
_MEASURE = re.compile(r"([-+]?\d+(?:\.\d+)?)(pt|in|mm|cm|pc|pi)?")

# What Word leaves between paragraphs whose space is “auto”, points.
_AUTOMATIC_SPACE = 14.0

# An XML element; lxml ships no types.
Element = Any


def points(value: str | None, unit: float) -> float:
    """A length as Word may write it (`720`, `12.5`, `10mm`), in points; 0 for what is no length (`auto`).

    `unit` is what a bare number counts, in points: 1/20 for lengths, 1/2 for sizes of letters.
    """
    found = _MEASURE.fullmatch(value or "")
    if found is None:
        return 0
    return float(found[1]) * (_POINTS[found[2]] if found[2] else unit)


def twips(value: str | None) -> int:
    """A length in twentieths of a point."""
    return round(points(value, 1 / 20) * 20)


@dataclass(frozen=True)
class Look:
    """How a piece of text and its paragraph look. Sizes and spaces in points; indents in twentieths of a point.

    `line` is the height of a line in points where it is fixed or a least one, `lines` else, in single lines.
    `centre_tab` says that the tab key goes to the middle.
    """

    font: str = "Times New Roman"
    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    align: str = "left"
    left: int = 0
    right: int = 0
    first_line: int = 0
    before: float = 0
    after: float = 0
    line: float | None = None
    lines: float = 1
    rule_below: bool = False
    rule_above: bool = False
    centre_tab: bool = False


class Looks:
    """The styles of one file, ready to answer what a paragraph or run looks like."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Element] = {}
        self._default_paragraph = ""
        self._base = Look()
        if styles is None:
            return
        for style in styles.iter(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            self._styles[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default_paragraph = key
        defaults = styles.find(f"{W}docDefaults")
        if defaults is not None:
            for properties in defaults.iter(f"{W}pPr", f"{W}rPr"):
                self._base = self._with(self._base, properties)

    def paragraph(self, element: Element) -> Look:
        """The look of a paragraph's text where its runs say nothing else."""
        own = element.find(f"{W}pPr")
        look = self._styled(self._base, _value(own, "pStyle") or self._default_paragraph)
        return self._with(look, own, text=False)

    def run(self, element: Element, paragraph: Look) -> Look:
        """The look of a run within a paragraph of that look."""
        own = element.find(f"{W}rPr")
        return self._with(self._styled(paragraph, _value(own, "rStyle")), own)

    def hides(self, element: Element) -> bool:
        """Whether a run is hidden text, which is not printed."""
        hidden = element.find(f"{W}rPr/{W}vanish")
        return hidden is not None and hidden.get(f"{W}val", "1") not in _OFF

    def draws_tables(self, style: Element | None) -> bool:
        """Whether a table style, itself or one it is based on, draws lines."""
        key = "" if style is None else str(style.get(f"{W}val", ""))
        for ancestor in self._ancestry(key):
            borders = ancestor.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                return any(_drawn(border) for border in borders)
        return False

    def _styled(self, look: Look, key: str) -> Look:
        for style in reversed(list(self._ancestry(key))):
            for properties in (style.find(f"{W}pPr"), style.find(f"{W}rPr")):
                look = self._with(look, properties)
        return look

    def _ancestry(self, key: str) -> Iterator[Element]:
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield self._styles[key]
            key = _value(self._styles[key], "basedOn")

    def _with(self, look: Look, properties: Element | None, *, text: bool = True) -> Look:
        if properties is None:
            return look
        if properties.tag == f"{W}pPr":
            return _paragraph_look(look, properties)
        return self._text_look(look, properties) if text else look

    def _text_look(self, look: Look, properties: Element) -> Look:
        changes: dict[str, Any] = {}
        for name, tag in (("bold", "b"), ("italic", "i"), ("caps", "caps"), ("underline", "u")):
            found = properties.find(W + tag)
            if found is not None:
                changes[name] = found.get(f"{W}val", "1") not in _OFF
        size = points(_value(properties, "sz"), 1 / 2)
        if size:
            changes["size"] = size
        fonts = properties.find(f"{W}rFonts")
        if fonts is not None:
            themed = fonts.get(f"{W}asciiTheme", "") or fonts.get(f"{W}hAnsiTheme", "")
            font = self._theme.get(themed[:5], "") if themed else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")
            if font:
                changes["font"] = font
        return replace(look, **changes)


def _paragraph_look(look: Look, properties: Element) -> Look:
    changes: dict[str, Any] = {}
    align = _value(properties, "jc")
    if align:
        changes["align"] = _ALIGNMENTS.get(align, align)
    indents = properties.find(f"{W}ind")
    if indents is not None:
        for name, tags in (("left", ("left", "start")), ("right", ("right", "end"))):
            given = [indents.get(W + tag) for tag in tags if indents.get(W + tag) is not None]
            if given:
                changes[name] = twips(given[0])
        changes |= _first_line(indents)
    changes |= _spacing(properties.find(f"{W}spacing"))
    borders = properties.find(f"{W}pBdr")
    if borders is not None:
        changes["rule_below"] = _drawn(borders.find(f"{W}bottom"))
        changes["rule_above"] = _drawn(borders.find(f"{W}top"))
    if any(stop.get(f"{W}val") == "center" for stop in properties.iterfind(f"{W}tabs/{W}tab")):
        changes["centre_tab"] = True
    return replace(look, **changes)


def _first_line(indents: Element) -> dict[str, int]:
    """Where the first line begins against the others: inwards, or outwards where the paragraph hangs."""
    if indents.get(f"{W}hanging") is not None:
        return {"first_line": -twips(indents.get(f"{W}hanging"))}
    if indents.get(f"{W}firstLine") is not None:
        return {"first_line": twips(indents.get(f"{W}firstLine"))}
    return {}


def _spacing(spacing: Element | None) -> dict[str, float | None]:
    if spacing is None:
        return {}
    changes: dict[str, float | None] = {}
    for name in ("before", "after"):
        if spacing.get(f"{W}{name}Autospacing", "0") not in _OFF:
            changes[name] = _AUTOMATIC_SPACE
        elif spacing.get(W + name) is not None:
            changes[name] = points(spacing.get(W + name), 1 / 20)
    if spacing.get(f"{W}line") is not None:
        fixed = spacing.get(f"{W}lineRule", "auto") != "auto"
        changes["line"] = points(spacing.get(f"{W}line"), 1 / 20) if fixed else None
        changes["lines"] = 1 if fixed else points(spacing.get(f"{W}line"), 1 / 240)
    return changes


def _drawn(border: Element | None) -> bool:
    return border is not None and border.get(f"{W}val") not in ("nil", "none")


def _value(properties: Element | None, tag: str) -> str:
    found = None if properties is None else properties.find(W + tag)
    return "" if found is None else str(found.get(f"{W}val", ""))


def _theme_fonts(theme: Element | None) -> Mapping[str, str]:
    """The theme's Latin faces by the first letters of the names that runs call them by (`major`, `minor`)."""
    if theme is None:
        return {}
    fonts = {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{_A}{kind}Font/{_A}latin")
        if latin is not None:
            fonts[kind] = str(latin.get("typeface", ""))
    return fonts
