"""A Word file as the format sees it: pages, page numbers, and paragraphs with their place and look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.layout.effective import Element, Look, Looks, W, twips
from generator.layout.walking import Paragraph, Walk
from generator.word.errors import NotADocument
from generator.word.reading import main_part, open_docx, parse, relations

_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_OFF = ("0", "false", "off")


@dataclass(frozen=True)
class Section:
    """Page and margins of one section, in twentieths of a point; `has_margins` when it has headers or footers of its
    own, without which it has those of the section before.

    `gutter` is left for binding beside the left margin; `number_format` and `first_number` say how its pages are
    counted (empty and None: in figures, going on from the section before).
    """

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    number_from_edge: int
    first_page_apart: bool
    has_margins: bool
    gutter: int
    number_format: str
    first_number: int | None


@dataclass(frozen=True)
class PageNumber:
    """Where a page number is printed: in the `header` or `footer` of which pages, how it looks, and the words and
    signs around it.
    """

    place: str
    pages: str
    look: Look
    beside: str


@dataclass
class Layout:
    """Everything the format speaks of in one file.

    `margins` are the paragraphs of headers and footers, numbered 0; `even_apart` says that even pages have headers of
    their own; `identifier` is the code a paper that comes back carries among its properties.
    """

    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    page_numbers: list[PageNumber] = field(default_factory=list)
    margins: list[Paragraph] = field(default_factory=list)
    even_apart: bool = False
    identifier: str = ""


def read_layout(data: bytes) -> Layout:
    """The layout of a Word file.

    Raises:
        NotADocument: it is no plain .docx.
    """
    parts = open_docx(data)
    main = main_part(parts)
    related = {name: (kind, target) for name, kind, target, external in relations(parts, main) if not external}
    by_kind = dict(related.values())
    looks = Looks(
        *(parse(parts[by_kind[kind]]) if by_kind.get(kind) in parts else None for kind in ("styles", "theme"))
    )
    root = parse(parts[main])
    if root.tag != f"{W}document":
        raise NotADocument("Tệp ở dạng “Strict Open XML”. Hãy mở bằng Word và lưu lại dưới dạng Word Document (.docx).")
    layout = Layout()
    sections = (one for one in root.iter(f"{W}sectPr") if one.getparent().tag != f"{W}sectPrChange")
    layout.sections = [_section(element) for element in sections]
    body = root.find(f"{W}body")
    if body is not None:
        layout.paragraphs = list(Walk(looks).paragraphs(body, None))
    for reference in root.iter(f"{W}headerReference", f"{W}footerReference"):
        kind, target = related.get(_relation_id(reference), ("", ""))
        if target in parts:
            _read_margin(layout, parse(parts[target]), looks, kind, reference.get(f"{W}type", "default"))
    settings = by_kind.get("settings", "")
    if settings in parts:
        layout.even_apart = _is_on(parse(parts[settings]).find(f"{W}evenAndOddHeaders"))
    layout.identifier = _identifier(parts)
    return layout


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in _OFF


def _identifier(parts: Mapping[str, bytes]) -> str:
    targets = [target for _, kind, target, _ in relations(parts, "") if kind == "core-properties" and target in parts]
    return "".join(parse(parts[target]).findtext(f".//{_IDENTIFIER}") or "" for target in targets[:1]).strip()


def _relation_id(reference: Element) -> str:
    return str(reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", ""))


def _read_margin(layout: Layout, root: Element, looks: Looks, kind: str, pages: str) -> None:
    for element, paragraph in Walk(looks, numbered=False).elements(root, None):
        codes = "".join(code.text or "" for code in element.iter(f"{W}instrText"))
        codes += "".join(simple.get(f"{W}instr", "") for simple in element.iter(f"{W}fldSimple"))
        if re.search(r"\b(?:SECTION)?PAGES?\b", codes):
            looks_of = [run.look for run in paragraph.runs if run.text.strip()] or [run.look for run in paragraph.runs]
            look = replace(looks_of[-1] if looks_of else paragraph.look, align=_align(element, paragraph))
            beside = re.sub(r"\b(\d+|[IVXLC]+|[ivxlc]+)\b", "", paragraph.text).strip()
            layout.page_numbers.append(PageNumber(kind, pages, look, beside))
        layout.margins.append(paragraph)


def _align(element: Element, paragraph: Paragraph) -> str:
    """Where a line of a header stands: Word also puts it into a frame, or to a tab stop in the middle."""
    frame = element.find(f"{W}pPr/{W}framePr")
    if frame is not None and frame.get(f"{W}xAlign"):
        return str(frame.get(f"{W}xAlign"))
    tabbed = paragraph.look.centre_tab and re.fullmatch(r"\t[^\t]*", paragraph.text)
    return "center" if tabbed else paragraph.look.align


def _section(element: Element) -> Section:
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")

    def length(holder: Element | None, name: str) -> int:
        return 0 if holder is None else twips(holder.get(W + name))

    counted = element.find(f"{W}pgNumType")
    first = "" if counted is None else counted.get(f"{W}start", "")
    return Section(
        width=length(size, "w"),
        height=length(size, "h"),
        top=length(margins, "top"),
        bottom=length(margins, "bottom"),
        left=length(margins, "left"),
        right=length(margins, "right"),
        number_from_edge=length(margins, "header"),
        first_page_apart=_is_on(element.find(f"{W}titlePg")),
        has_margins=any(element.find(W + kind) is not None for kind in ("headerReference", "footerReference")),
        gutter=length(margins, "gutter"),
        number_format="" if counted is None else counted.get(f"{W}fmt", ""),
        first_number=int(first) if first.isdigit() else None,
    )
