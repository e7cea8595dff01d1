"""The words found, in the line of text around them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.vietnamese import nfc
from search.analysis import Word, concepts_at, words
from search.query import Query, parse

_BEFORE = 6
_WORDS = 26


def snippet(texts: Sequence[str], query: Query) -> str:
    """The part of the texts that shows most of the query's words, one line; the first text when none does."""
    best, most, place = "", -1, 0
    for text in texts:
        found = words(text)
        flags = _flags(found, query.words)
        shown = len({word.folded for word, flag in zip(found, flags, strict=True) if flag})
        if shown > most:
            best, most, place = text, shown, flags.index(True) if shown else 0
    return _cut(best, words(best), place)


def seen(text: str, query: Query) -> int:
    """How many different words of a text the query found."""
    found = words(text)
    return len({word.folded for word, flag in zip(found, _flags(found, query.words), strict=True) if flag})


def marked(text: str, query: str) -> list[tuple[str, bool]]:
    """A text in parts, each with whether the query found it: for showing the words found."""
    text = nfc(text)
    found = words(text)
    parts: list[tuple[str, bool]] = []
    end = 0
    for word, flag in zip(found, _flags(found, parse(query).words), strict=True):
        if flag:
            parts += [(text[end : word.start], False)] if word.start > end else []
            parts.append((text[word.start : word.end], True))
            end = word.end
    return [*parts, (text[end:], False)] if end < len(text) else parts


def _flags(found: Sequence[Word], wanted: frozenset[str]) -> list[bool]:
    prefixes = tuple(word[:-1] for word in wanted if word.endswith("*"))
    concepts = {word[1:] for word in wanted if word.startswith("~")}
    flags = [word.folded in wanted or (bool(prefixes) and word.folded.startswith(prefixes)) for word in found]
    if concepts:
        for index in range(len(found)):
            for form in concepts_at(found, index):
                if form.concept in concepts and not form.typed_only:
                    flags[index : index + len(form.folded)] = [True] * len(form.folded)
    return flags


def _cut(text: str, found: Sequence[Word], place: int) -> str:
    first = max(place - _BEFORE, 0)
    last = min(first + _WORDS, len(found)) - 1
    if last < 0:
        return " ".join(text.split())
    start = 0 if first == 0 else found[first].start
    end = len(text) if last == len(found) - 1 else found[last].end
    line = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{line}{' …' if end < len(text) else ''}"
