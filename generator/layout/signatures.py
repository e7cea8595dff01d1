"""The signature of a paper and its list of recipients: who signs by which power, in which office, and who gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from generator.layout.profile import Profile
from generator.layout.walking import Paragraph
from generator.vietnamese import fold, nfc

# In the Party's writing with a stroke, in the State's with a stop or nothing and then capitals, else it is a word.
_POWER = re.compile(r"^(?:(?i:[TK]\s?/\s?[MTL])\b\.?|(?:TM|KT|TL|T\.M|K\.T|T\.L)\b\.?(?=\s*[A-ZĐ])|Q\.)\s*:?\s*\S")
_LABEL = "noi nhan"
_LONGEST_NAME = 40
# A line set in by so much stands where a signature stands, twentieths of a point.
_FAR_IN = 2400

Part = tuple[str, Sequence[Paragraph]]
"""The name of a component, and its paragraphs."""


def is_power(text: str) -> bool:
    """Whether a line says by which power it is signed (`T/M BAN CHẤP HÀNH`)."""
    return bool(_POWER.match(nfc(text).strip()))


def signature_parts(paragraphs: Sequence[Paragraph], profile: Profile) -> tuple[list[Part], set[int]]:
    """The lines of every signature block and list of recipients by component, and the tables they stand in."""
    tables: set[int] = set()
    found: list[Part] = []
    cells: dict[tuple[int, int], list[Paragraph]] = {}
    for one in paragraphs:
        if one.cell and not one.cell.framed and one.text.strip():
            cells.setdefault((one.cell.table, one.cell.column), []).append(one)
    for (table, _), lines in cells.items():
        if _is_label(lines[0]):
            found += [("recipients_label", lines[:1]), ("recipients", lines[1:])]
            tables.add(table)
        elif any(is_power(line.text) for line in lines):
            found += _signature(lines, profile)
            tables.add(table)
    names = {name for name, _ in found}
    flowing = [one for one in paragraphs if one.cell is None and one.text.strip()]
    if "authority" not in names:
        found += _signature_in_text(flowing, profile)
    if "recipients_label" not in names:
        found += _recipients_in_text(flowing)
    return found, tables


def _is_label(line: Paragraph) -> bool:
    return fold(nfc(line.text)).strip().startswith(_LABEL)


def _in_capitals(line: Paragraph) -> bool:
    return line.printed.isupper()


def _is_office(line: Paragraph, profile: Profile) -> bool:
    words = fold(nfc(line.text)).strip()
    return any(words.startswith(fold(office)) for office in profile.offices)


def _signature(lines: Sequence[Paragraph], profile: Profile) -> Iterator[Part]:
    powers = [one for one in lines if is_power(one.text)]
    rest = _after(lines, powers[-1])
    titles = [one for number, one in enumerate(rest) if _in_capitals(one) or (not number and _is_office(one, profile))]
    # A name in capitals is still a name: the last line, in bold, below the office.
    if len(titles) > 1 and titles == rest and not _is_office(rest[-1], profile):
        titles = titles[:-1] if all(run.look.bold for run in rest[-1].shown) else titles
    yield "authority", powers
    yield "signer_title", titles
    yield "signer_name", [one for one in rest if one not in titles]


def _signature_in_text(lines: Sequence[Paragraph], profile: Profile) -> Iterator[Part]:
    """A signature that was put to its place with indents, or stands alone on its line."""
    powers = [one for one in lines if is_power(one.text) and len(one.text.strip()) < 2 * _LONGEST_NAME]
    if not powers:
        return
    after = _after(lines, powers[-1])
    titles = list(takewhile(lambda one: _in_capitals(one) or _is_office(one, profile), after))
    below = after[len(titles) : len(titles) + 1] if titles else []
    names = [one for one in below if 2 <= len(one.text.split()) <= 6 and len(one.text.strip()) <= _LONGEST_NAME]
    yield "authority", [_placed(one) for one in powers]
    yield "signer_title", [_placed(one) for one in titles]
    yield "signer_name", [_placed(one) for one in names if not _is_label(one) and not one.text.strip().startswith("-")]


def _after(lines: Sequence[Paragraph], last: Paragraph) -> list[Paragraph]:
    """What stands below the last line of the power; remarks in brackets say how to sign."""
    at = max(number for number, one in enumerate(lines) if one is last)
    return [one for one in lines[at + 1 :] if not one.text.strip().startswith("(")]


def _placed(line: Paragraph) -> Paragraph:
    """The line, counted as centred where an indent put it to its place."""
    return replace(line, look=replace(line.look, align="center")) if line.look.left >= _FAR_IN else line


def _recipients_in_text(lines: Sequence[Paragraph]) -> Iterator[Part]:
    for number, line in enumerate(lines):
        if _is_label(line):
            yield "recipients_label", [line]
            yield "recipients", list(takewhile(lambda one: one.text.strip().startswith("-"), lines[number + 1 :]))
