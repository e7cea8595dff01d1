"""What was probably meant where nothing answers: a word of a person's name with one letter mistyped, or several words
run together."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence

from generator.vietnamese import nfc
from search.analysis import GIVEN, Word, words
from search.engine import ABOUT, NAME, TEXT, Segment

_SHORTEST = 3  # of two letters, one mistyped leaves nothing to go by
_LONGEST_RUN = 40
_LONGEST_SYLLABLE = 7  # “nghiêng”
_Sets = list[int]


def probably_meant(typed: str, segments: Sequence[Segment]) -> str:
    """The words typed, without marks, with those that stand nowhere put right; empty when that finds nobody.

    Only people are found so, by words of their names and of what their dossier is filed under. Of several words one
    letter away, the one that most of those bear who have the others is taken.
    """
    found = words(nfc(typed))
    unknown = [word for word in found if not any(segment.having(TEXT, word.folded) for segment in segments)]
    people = [segment.beginning(NAME, GIVEN) for segment in segments]
    for word in found:
        if word not in unknown:
            people = _bearing(word.folded, people, segments)
    put_right: dict[Word, str] = {}
    for word in unknown:
        abbreviation = word.text.isupper() and not typed.isupper()
        options = [] if abbreviation else _options(word.folded, segments)
        best = max(options, key=lambda option: _count(_bearing(option, people, segments)), default="")
        people = _bearing(best, people, segments)
        put_right[word] = best
    if not put_right or not _count(people):
        return ""
    return " ".join(put_right.get(word, word.folded) for word in found)


def _bearing(option: str, people: _Sets, segments: Sequence[Segment]) -> _Sets:
    """Those of the people who have every word of the option in their name or in what they are filed under."""
    for word in option.split() or [""]:
        held = [segment.having(NAME, word) | segment.having(ABOUT, word) for segment in segments]
        people = [a & b for a, b in zip(people, held, strict=True)]
    return people


def _count(people: Iterable[int]) -> int:
    return sum(bits.bit_count() for bits in people)


def _options(word: str, segments: Sequence[Segment]) -> list[str]:
    if len(word) < _SHORTEST:
        return []
    known = {term for segment in segments for term in segment.names if term.isalpha()}
    near = sorted(known.intersection(_one_away(word)))
    parted = _parted(word, known)
    return [*near, parted] if parted else near


def _one_away(word: str) -> Iterator[str]:
    """The words that differ by one letter left out, too many, wrong, or by two that changed places."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in string.ascii_lowercase:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def _parted(word: str, known: set[str]) -> str:
    """The fewest words of names that make up the word."""
    if len(word) > _LONGEST_RUN:
        return ""
    best: list[list[str] | None] = [[], *([None] * len(word))]
    for end in range(1, len(word) + 1):
        for start in range(max(end - _LONGEST_SYLLABLE, 0), end - 1):
            begun, held, part = best[start], best[end], word[start:end]
            if begun is not None and part in known and (held is None or len(begun) + 1 < len(held)):
                best[end] = [*begun, part]
    return " ".join(best[-1] or ())
