"""A header or a signature that somebody put side by side with the tab key, read as the two columns it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from generator.layout.document import Cell, Paragraph, Run

HEADER, SIGNATURE = -1, -2
"""Where a paragraph of such columns stands in place of the number of a table."""

# What is longer is text, not a line of a header or a signature.
_LONGEST_LINE = 100


def in_columns(
    paragraphs: Sequence[Paragraph], heads: Callable[[str], bool], signs: Callable[[str], bool], width: int
) -> list[Paragraph]:
    """The paragraphs, with the lines of a header and of a signature typed with tabs cut into left and right.

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
    """How many tabs stand before the piece of the line that is meant; 0 when none does or it is not there."""
    if paragraph.cell or "\t" not in paragraph.text:
        return 0
    pieces = paragraph.text.split("\t")
    return next((tabs for tabs, piece in enumerate(pieces) if recognised(piece.strip())), 0)


def _cut(paragraphs: Sequence[Paragraph], right_at: int, table: int, width: int) -> list[Paragraph]:
    block = list(takewhile(_is_line, paragraphs))
    draws = any(one.draws for one in block)
    cut = [part for one in block for part in _columns(one, right_at, Cell(table, 0, 0, width, False), draws)]
    return [*cut, *paragraphs[len(block) :]]


def _is_line(paragraph: Paragraph) -> bool:
    """Whether it can belong to such a block: short, and not centred on the page as a title is."""
    centred = paragraph.look.align == "center" and "\t" not in paragraph.text and paragraph.text.strip()
    return paragraph.cell is None and len(paragraph.text) < _LONGEST_LINE and not centred


def _columns(paragraph: Paragraph, right_at: int, left: Cell, draws: bool) -> Iterator[Paragraph]:
    """The pieces of a line, each in its column; where a tab stop puts them is not known, so they count as centred."""
    pieces = [(tabs, runs) for tabs, runs in _pieces(paragraph) if any(run.text.strip() for run in runs)]
    for number, (tabs, runs) in enumerate(pieces, start=1):
        # Of several pieces the last is the right one; a piece alone belongs where its tabs come nearer.
        on_right = number == len(pieces) if len(pieces) > 1 else tabs * 2 > right_at
        cell = replace(left, column=int(on_right))
        yield Paragraph(paragraph.number, replace(paragraph.look, align="center"), runs, cell, draws)


def _pieces(paragraph: Paragraph) -> Iterator[tuple[int, tuple[Run, ...]]]:
    """The runs between tabs, with how many tabs stand before them."""
    counted = []
    tabs = 0
    for run in paragraph.runs:
        for index, text in enumerate(run.text.split("\t")):
            tabs += index > 0
            counted.append((tabs, Run(text, run.look)))
    for before, group in groupby(counted, key=lambda one: one[0]):
        yield before, tuple(run for _, run in group)
