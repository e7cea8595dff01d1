"""What a paper is called: its type (“QUYẾT ĐỊNH”), its summary and the short rule below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from generator.layout.profile import Profile
from generator.layout.walking import Paragraph
from generator.vietnamese import fold, nfc

_NUMERAL = re.compile(r"^([IVX]+|\d+)[.)]")
_NO_SUMMARY = re.compile(r"^(-|\+|kinh gui|can cu)|[.;:,]$")
_LONGEST_TYPE = 60
_LONGEST_SUMMARY = 200
# How many lines below the type its rule is looked for.
_MOST_SUMMARY_LINES = 5
# Within how many lines of the text the type is looked for, below a header and where the header is among them.
_NEAR_THE_HEADER, _MOST_HEADER_LINES = 4, 12


@dataclass
class Name:
    """The lines of a paper's name; `taken` counts those that belong to it, from the first of the text."""

    type_name: list[Paragraph] = field(default_factory=list)
    summary: list[Paragraph] = field(default_factory=list)
    rule: list[Paragraph] = field(default_factory=list)
    taken: int = 0


def read_name(flowing: Sequence[Paragraph], profile: Profile, *, registered: bool, headed: bool = True) -> Name:
    """The name of a paper.

    Args:
        flowing: the paragraphs of its text below the header, those that print something.
        registered: whether it has a number, so that its type is one of those the profile knows.
        headed: whether the header was read; else its lines are among the text, and only a known type is a name.
    """
    near = flowing[: _NEAR_THE_HEADER if headed else _MOST_HEADER_LINES]
    known = next((at for at, one in enumerate(near) if type_known(one.text, profile)), None)
    start = known or 0
    lines = flowing[start:]
    if not lines or (known is None and not headed) or not _begins_a_name(lines[0], profile):
        return Name()
    made = Name()
    if not registered or _in_capitals(lines[0]) or _begins_with_type(lines[0].text, profile):
        # The title of a form may run over lines in capitals; what stands below a type of paper is its summary.
        whole = lines[:1] if type_known(lines[0].text, profile) else list(takewhile(_is_title_line, lines))
        made.type_name = list(whole or lines[:1])
    rest = lines[len(made.type_name) :]
    made.summary, made.rule = _summary(rest)
    made.taken = start + len(made.type_name) + len(made.summary) + len(made.rule)
    return made


def type_known(text: str, profile: Profile) -> str:
    """The type of paper that a line names and nothing else (`QUYẾT ĐỊNH`); empty when it is none."""
    words = _words(text)
    return next((name for name in profile.types if _words(name) == words), "")


def _begins_with_type(text: str, profile: Profile) -> bool:
    words = _words(text)
    return any(words[: len(_words(name))] == _words(name) for name in profile.types)


def _words(text: str) -> list[str]:
    return fold(nfc(text)).split()


def _in_capitals(line: Paragraph) -> bool:
    return line.printed.isupper()


def _is_centred(line: Paragraph) -> bool:
    return line.look.align == "center"


def _is_title_line(line: Paragraph) -> bool:
    return _is_centred(line) and _in_capitals(line) and all(run.look.bold for run in line.shown)


def _is_rule(line: Paragraph) -> bool:
    return line.text.strip().strip("-–—_*=") == ""


def _begins_a_name(line: Paragraph, profile: Profile) -> bool:
    """Whether a line can be a type of paper: centred, or known, or short and all in capitals."""
    if fold(nfc(line.text)).startswith("kinh gui"):
        return False
    if _is_centred(line) or type_known(line.text, profile):
        return True
    return _in_capitals(line) and len(line.text) < _LONGEST_TYPE and not _NUMERAL.match(line.text)


def _summary(lines: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """The summary and its rule: what stands above the rule; without a rule, what is set as a summary is."""
    near = lines[: _MOST_SUMMARY_LINES + 1]
    at = next((number for number, one in enumerate(near) if _is_rule(one)), None)
    if at is not None and all(_may_be_summary(one) or _is_centred(one) for one in lines[:at]):
        return list(lines[:at]), [lines[at]]
    made: list[Paragraph] = []
    for line in takewhile(lambda one: _is_centred(one) and not _is_rule(one), lines):
        # Who decides, below a summary without its rule, is no summary.
        if (made and _in_capitals(line) and not _in_capitals(made[0])) or not _may_be_summary(line):
            break
        made.append(line)
    if not made and lines and _may_be_summary(lines[0]) and all(run.look.bold for run in lines[0].shown):
        made = [lines[0]]
    return made, []


def _may_be_summary(line: Paragraph) -> bool:
    words = " ".join(_words(line.text))
    return len(words) < _LONGEST_SUMMARY and not _NO_SUMMARY.search(words) and not _NUMERAL.match(line.text)
