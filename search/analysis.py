"""Vietnamese text as the search sees it: words, their two keys, codes without punctuation, and synonyms.

A word gives two terms: folded (`hoa`, what anyone can type) and, if it has marks, exact (`=hoa` with the tone mark at
its end, so that “hòa” and “hoà” are one). A code such as `15-QĐ/ĐU` gives its words and, at the first of them, itself
without punctuation (`15qddu`). Where several words name one thing (`synonyms.toml`), the thing itself is a term
(`~excellent`). A number is found without its leading zeros and without letters at its end (`4154` finds `00004154`).
There is no stop list: “An” and “ở” are words like any other.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from generator.vietnamese import fold, nfc

ANALYSIS = "3"
"""Version of what is made of a text and how it is kept; an index made by another version is rebuilt."""
EXACT, CONCEPT, GIVEN = "=", "~", "^"
"""What the terms of exact words, of concepts and of given names begin with; no word holds these signs."""

_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TIGHT = frozenset(("-", "–", "‑", "/", ".", "_"))
_LONGEST_CODE = 40
_MOST_PIECES = 8
_LEAST_SPACED_DIGITS = 6
_NUMBER = re.compile(r"(0*)([0-9]{3,})([^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text with its place in it: `text[start:end]` of the composed text."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """Lower case, no marks, đ as d."""
        return fold(self.text)

    @property
    def exact(self) -> str:
        """Lower case with its marks, wherever the tone was placed."""
        return exact_key(self.text)


@lru_cache(maxsize=65536)
def exact_key(word: str) -> str:
    """The word with its tone marks moved to the end: “hòa” and “hoà”, “thủy” and “thuỷ” have one key."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = "".join(letter for letter in letters if letter in _TONES)
    if not tones:
        return unicodedata.normalize("NFC", letters)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES)) + tones


def words(text: str) -> list[Word]:
    """The words of a composed text, in order."""
    return [Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(text)]


def code_runs(text: str, found: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where codes stand in a text: pairs (first word, one past the last) of words that punctuation alone parts.

    `15-QĐ/ĐU`, `3A.1`, `CT-XH`, `13 - HD/TU`, and digits in groups (`001 234 567`).
    """
    first = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and _joins(text, found[index - 1], found[index]):
            continue
        if 1 < index - first <= _MOST_PIECES and _is_code(text, found[first:index]):
            yield first, index
        first = index


def _joins(text: str, left: Word, right: Word) -> bool:
    if right.start - left.end > 3:
        return False
    gap = text[left.end : right.start]
    if gap in _TIGHT:
        return True
    if not left.text.isdigit():
        return False
    return gap.strip() in ("-", "–") or (gap == " " and right.text.isdigit())


def _is_code(text: str, run: Sequence[Word]) -> bool:
    if sum(len(word.text) for word in run) > _LONGEST_CODE:
        return False
    if all(word.text.isdigit() for word in run) and " " in text[run[0].start : run[-1].end]:
        return sum(len(word.text) for word in run) >= _LEAST_SPACED_DIGITS
    return any(letter.isdigit() for word in run for letter in word.text) or all(word.text.isupper() for word in run)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a concept: its folded words; `capitals` are the words as they must stand, or none."""

    concept: str
    folded: tuple[str, ...]
    capitals: tuple[str, ...]
    typed_only: bool


@cache
def vocabulary() -> Mapping[str, Any]:
    """The data of `synonyms.toml`."""
    return tomllib.loads(resources.files("search").joinpath("synonyms.toml").read_text(encoding="utf-8"))


@cache
def _forms() -> tuple[Mapping[str, tuple[Form, ...]], Mapping[str, frozenset[str]]]:
    by_first: dict[str, list[Form]] = {}
    hidden: dict[str, frozenset[str]] = {}
    for concept in vocabulary()["concept"]:
        hidden[concept["code"]] = frozenset(concept.get("hides", ()))
        for key in ("written", "capitals", "typed"):
            for given in concept.get(key, ()):
                parts = [word.text for word in words(nfc(given))]
                folded = tuple(fold(part) for part in parts)
                form = Form(concept["code"], folded, tuple(parts) if key == "capitals" else (), key == "typed")
                by_first.setdefault(folded[0], []).append(form)
    longest_first = {
        first: tuple(sorted(forms, key=lambda form: -len(form.folded))) for first, forms in by_first.items()
    }
    return longest_first, hidden


def concepts_at(found: Sequence[Word], index: int) -> Iterator[Form]:
    """The concepts whose words begin at word `index`, the longest first."""
    by_first, _ = _forms()
    forms = by_first.get(found[index].folded)
    if not forms:
        return
    for form in forms:
        run = found[index : index + len(form.folded)]
        if tuple(word.folded for word in run) != form.folded:
            continue
        if form.capitals and tuple(word.text for word in run) != form.capitals:
            continue
        yield form


def _concepts(found: Sequence[Word]) -> Iterator[tuple[str, int]]:
    _, hidden = _forms()
    hiding_until: dict[str, int] = {}
    for index in range(len(found)):
        for form in concepts_at(found, index):
            if form.typed_only or index < hiding_until.get(form.concept, 0):
                continue
            for other in hidden[form.concept]:
                hiding_until[other] = index + len(form.folded)
            yield form.concept, index


def terms(text: str) -> dict[str, list[int]]:
    """Every term of a text with the positions (word numbers) at which it stands.

    Exact terms carry no positions: they rank what the folded ones find. A word without marks has none, save among
    `name_terms`.
    """
    text = nfc(text)
    found = words(text)
    result: dict[str, list[int]] = {}
    for index, word in enumerate(found):
        result.setdefault(word.folded, []).append(index)
        if word.exact != word.folded:
            result.setdefault(EXACT + word.exact, [])
        for shorter in _shorter(word.folded):
            result.setdefault(shorter, []).append(index)
    for first, end in code_runs(text, found):
        joined = "".join(word.folded for word in found[first:end])
        for term in (joined, *_shorter(joined)):
            result.setdefault(term, []).append(first)
    for concept, index in _concepts(found):
        result.setdefault(CONCEPT + concept, []).append(index)
    return result


def _shorter(word: str) -> Iterator[str]:
    """How a number may be typed for short: without letters at its end, without zeros before it."""
    if not word[0].isdigit() or not (number := _NUMBER.fullmatch(word)):
        return
    zeros, digits, letters = number.groups()
    if letters:
        yield zeros + digits
    if zeros:
        yield digits


def name_terms(name: str, person: bool = False) -> frozenset[str]:
    """The terms of a subject's name; every word is exact here too, so that “An” typed finds An before Ân.

    A person's given name, the last word, is a term of its own.
    """
    found = words(nfc(name))
    given = [GIVEN + found[-1].folded] if person and found else []
    return frozenset(terms(name)).union(EXACT + word.exact for word in found).union(given)
