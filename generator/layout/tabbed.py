"""A header or a signature that somebody put side by side with tabs or blanks, read as the two columns it shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from generator.layout.walking import Cell, Paragraph, Run

HEADER, SIGNATURE = -1, -2
"""Where a paragraph of such columns stands in place of the number of a table."""

# What is longer is text, not a line of a header or a signature.
_LONGEST_LINE = 100
# A tab, or so many blanks as nobody leaves between words; blanks of a number left open are no gap.
_GAP = re.compile(r"(?:\t+ *|(?<![ \t])(?<!Số)(?<!ngày)(?<!tháng) {4,}\t*)+")
# How many blanks are as wide as a letter, and as what lies between two tab stops of Word, about.
_LETTER, _TAB = 2, 10


def in_columns(
    paragraphs: Sequence[Paragraph], heads: Callable[[str], bool], signs: Callable[[str], bool], width: int
) -> list[Paragraph]:
    """The paragraphs, with the lines of a header and of a signature typed with tabs or blanks cut into left and right.

    Args:
        heads: whether a text is the Party title, whose line begins the header.
        signs: whether a text is the power to sign, whose line begins the signature.
        width: of the text, in twentieths of a point.
    """
    made = list(paragraphs)
    for table, recognised in ((HEADER, heads), (SIGNATURE, signs)):
        first = next((index for index, one in enumerate(made) if _position(one, recognised)), None)
        if first is not None:
            made[first:] = _cut(made[first:], _position(made[first], recognised), table, width)
    return made


def _position(paragraph: Paragraph, recognised: Callable[[str], bool]) -> int:
    """How far from the left the piece of a line stands that is meant, in blanks; 0 when it is not there."""
    if paragraph.cell or not _GAP.search(paragraph.text):
        return 0
    return next((at for at, runs in _pieces(paragraph) if recognised(_text(runs))), 0)


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs).strip()


def _cut(paragraphs: Sequence[Paragraph], right_at: int, table: int, width: int) -> list[Paragraph]:
    block = list(takewhile(_is_line, paragraphs))
    draws = any(one.draws for one in block)
    cut = [part for one in block for part in _columns(one, right_at, Cell(table, 0, 0, width, False), draws)]
    return [*cut, *paragraphs[len(block) :]]


def _is_line(paragraph: Paragraph) -> bool:
    """Whether it can belong to such a block: short, and not centred on the page as a title is."""
    text = " ".join(paragraph.text.split())
    centred = paragraph.look.align == "center" and not _GAP.search(paragraph.text) and text
    return paragraph.cell is None and len(text) < _LONGEST_LINE and not centred


def _columns(paragraph: Paragraph, right_at: int, left: Cell, draws: bool) -> Iterator[Paragraph]:
    """The pieces of a line, each in its column; where a tab stop puts them is not known, so they count as centred.

    Recipients, on the left of a signature, begin at the margin.
    """
    pieces = _pieces(paragraph)
    for number, (at, runs) in enumerate(pieces, start=1):
        # Of several pieces the last is the right one; a piece alone belongs where it comes nearer.
        on_right = number == len(pieces) if len(pieces) > 1 else at * 2 > right_at
        cell = replace(left, column=int(on_right))
        align = "left" if left.table == SIGNATURE and not on_right else "center"
        yield Paragraph(paragraph.number, replace(paragraph.look, align=align), runs, cell, draws)


def _pieces(paragraph: Paragraph) -> list[tuple[int, tuple[Run, ...]]]:
    """The pieces of a line between tabs or rows of blanks, with how far from the left each begins, in blanks."""
    made = []
    begin = at = 0
    text = paragraph.text
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[begin:end].strip():
            made.append((at, _runs_between(paragraph.runs, begin, end)))
        at += (end - begin) * _LETTER
        for sign in gap.group() if gap else "":
            at = (at // _TAB + 1) * _TAB if sign == "\t" else at + 1
        begin = gap.end() if gap else end
    return made


def _runs_between(runs: Sequence[Run], begin: int, end: int) -> tuple[Run, ...]:
    cut = []
    for run in runs:
        text = run.text[max(begin, 0) : max(end, 0)]
        begin, end = begin - len(run.text), end - len(run.text)
        if text:
            cut.append(Run(text, run.look))
    return tuple(cut)
