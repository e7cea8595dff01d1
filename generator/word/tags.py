"""The tags of a template where they stand in its paragraphs: found, mended where Word only cut them, told where broken.

Word splits what is typed into runs whenever the look, the spelling check or a correction changes, so that one tag may
lie in several pieces. Within a paragraph the pieces belong together and are joined again; anything else is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.errors import Place, Problem
from generator.word.reading import main_part, parse, relations

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BARRED = (f"{_W}p", f"{_W}del", f"{_W}moveFrom", f"{_W}txbxContent", _FALLBACK)
_BLANKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_REACH = re.compile(r"\{[{%#](tr|tc|p|r)\s")
_ESCAPED = re.compile(r"\{_[{%]|[}%]_\}")
_LOOSE = re.compile(r"\{\s*[{%#]|[}%#]\s*\}")
# Word types these for the person; jinja reads only the plain ones.
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u00a0": " ", "\t": " ", "\n": " "})
_PLACES = {"header": "đầu trang", "footer": "chân trang", "footnotes": "chú thích"}
_LONGEST_SNIPPET = 60
LONGEST_TAG = 300
"""The longest tag taken, characters: a name, a condition of a few comparisons."""
MOST_TAGS = 4000
"""The most tags of one template; the richest shipped one has a fifth of it."""


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag of a template.

    Args:
        text: as written, its quotes straightened.
        opener: `{{` prints, `{%` steers, `{#` is a comment.
        reach: what the tag stands for: `p` its paragraph, `tr` its row, `tc` its cell, `r` its run, else nothing more.
        body: what stands between the braces.
        part: the part of the file as shown to a person (“phần thân”, “đầu trang”).
        paragraph: the element it stands in.
        around: all text of that paragraph, as written.
    """

    text: str
    opener: str
    reach: str
    body: str
    part: str
    paragraph: etree._Element
    around: str

    @property
    def keyword(self) -> str:
        """The first word of a steering tag (`for`, `endif`)."""
        return (self.body.split() or [""])[0]

    def problem(self, code: str, message: str, remedy: str = "") -> Problem:
        """A problem with this tag, with its text and that of its paragraph."""
        where = "" if self.around.strip() == self.text else f", ở đoạn “{shortened(self.around)}”"
        return Problem(code, Place(field=self.part), f"thẻ “{shortened(self.text)}” {message}{where}", remedy)


@dataclass
class Reading:
    """What was read of a template.

    Attributes:
        tags: every tag, part by part, in reading order.
        loose: part and text of each paragraph that prints something, its tags left out.
        problems: tags that are broken.
        mended: the tags that were cut into pieces and are joined again.
        parts: the parts of the file, those mended among them.
    """

    parts: dict[str, bytes]
    tags: list[Tag] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    mended: list[Tag] = field(default_factory=list)


def shortened(text: str) -> str:
    """A text as a message quotes it."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SNIPPET else text[:_LONGEST_SNIPPET] + "…"


def read_tags(parts: dict[str, bytes]) -> Reading:
    """Reads the tags of a template's body, headers, footers and footnotes.

    Args:
        parts: as `reading.open_docx` gives them.
    """
    made = Reading(dict(parts))
    main = main_part(parts)
    seen: dict[str, str] = {}
    for _, kind, target, external in relations(parts, main):
        if kind in _PLACES and not external and target in parts:
            seen[target] = _PLACES[kind]
    for name, place in ((main, "phần thân"), *seen.items()):
        if b"{" in parts[name] or b"}" in parts[name]:
            root = parse(parts[name])
            before = len(made.mended)
            for paragraph in root.iter(f"{_W}p"):
                if not any(ancestor.tag == _FALLBACK for ancestor in paragraph.iterancestors()):
                    _read_paragraph(paragraph, place, made)
            if len(made.mended) > before:
                made.parts[name] = etree.tostring(root, encoding="UTF-8", standalone=True)
    if len(made.tags) > MOST_TAGS:
        made.problems.append(Problem("template.size", Place(), f"mẫu có quá nhiều thẻ (trên {MOST_TAGS})"))
        del made.tags[MOST_TAGS:]
    return made


@dataclass
class _Piece:
    element: etree._Element
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def _read_paragraph(paragraph: etree._Element, part: str, made: Reading) -> None:
    pieces: list[_Piece] = []
    for element, text in _texts(paragraph):
        pieces.append(_Piece(element, text, pieces[-1].end if pieces else 0))
    whole = "".join(piece.text for piece in pieces)
    if not whole.strip():
        return
    found = list(_TAG.finditer(whole))
    tags = [_tag(match.group(), part, paragraph, whole) for match in found]
    made.tags += tags
    rest = _ESCAPED.sub("", _TAG.sub(" ", whole))
    made.loose.append((part, rest))
    made.problems += [_broken(tag.text, part, whole) for tag in tags if _TAG.search(tag.text[1:]) or _unclosed(tag)]
    if not any(_unclosed(tag) for tag in tags):
        made.problems += [_broken(match.group(), part, whole) for match in _LOOSE.finditer(rest)]
    made.problems += [
        tag.problem("template.long", f"dài quá {LONGEST_TAG} ký tự") for tag in tags if len(tag.text) > LONGEST_TAG
    ]
    # From the end, so that what comes before keeps its place.
    for match, tag in reversed(list(zip(found, tags, strict=True))):
        touched = [piece for piece in pieces if piece.start < match.end() and piece.end > match.start()]
        if len(touched) > 1 or tag.text != match.group():
            _join(match, tag.text, touched)
        if len(touched) > 1:
            made.mended.append(tag)


def _texts(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child, child.text or ""
        elif child.tag in _BLANKS:
            yield child, _BLANKS[child.tag]
        elif child.tag not in _BARRED and child.tag not in (f"{_W}pPr", f"{_W}rPr"):
            yield from _texts(child)


def _tag(written: str, part: str, paragraph: etree._Element, around: str) -> Tag:
    text = written.translate(_PLAIN)
    reach = _REACH.match(text)
    body = text[reach.end() : -2] if reach else text[2:-2]
    return Tag(text, text[:2], reach.group(1) if reach else "", body.strip(), part, paragraph, around)


def _unclosed(tag: Tag) -> bool:
    return any(mark in tag.text[2:-2] for mark in ("{{", "{%", "{#", "}}", "%}"))


def _broken(mark: str, part: str, whole: str) -> Problem:
    message = f"thẻ bị cắt hoặc thiếu dấu ngoặc (“{shortened(mark)}”), ở đoạn “{shortened(whole)}”"
    return Problem("template.broken", Place(field=part), message, "Hãy xóa thẻ này và gõ lại liền trong một đoạn")


def _join(match: re.Match[str], text: str, touched: Sequence[_Piece]) -> None:
    """Puts a tag whole into the piece it begins in; pieces it only passes through are emptied."""
    first, last = touched[0], touched[-1]
    if first.element.tag != f"{_W}t":
        return
    tail = last.text[match.end() - last.start :]
    head = first.text[: match.start() - first.start]
    for piece in touched[1:]:
        kept = tail if piece is last else ""
        if piece.element.tag == f"{_W}t":
            piece.text = kept
            _write(piece.element, kept)
        else:
            _drop(piece.element)
    first.text = head + text + (tail if first is last else "")
    _write(first.element, first.text)


def _write(element: etree._Element, text: str) -> None:
    if text:
        element.text = text
        element.set(_SPACE, "preserve")
    else:
        _drop(element)


def _drop(element: etree._Element) -> None:
    """Takes an element away, and its run with it when that holds nothing else."""
    run = element.getparent()
    if run is None:
        return
    run.remove(element)
    if run.tag == f"{_W}r" and all(child.tag == f"{_W}rPr" for child in run) and run.getparent() is not None:
        run.getparent().remove(run)
