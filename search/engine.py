"""The port behind which a search engine stands, and how a query is answered over any of them.

An engine keeps entries in segments. A set of dossiers of one segment is an integer whose bit n stands for the dossier
of rank n, so that AND, OR and NOT of 100,000 dossiers cost microseconds, however common the words are, and the first
bits are the first dossiers of the list.
"""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain, islice
from operator import and_, or_
from typing import Protocol

from search.analysis import CONCEPT, EXACT, GIVEN
from search.query import AllOf, AnyOf, Concept, Node, Not, Phrase, Prefix, Term

NAME, ABOUT, TEXT = "name", "about", "text"
SPAN = 1 << 24
"""More than a text has words: place p of dossier number n is one number, n * SPAN + p."""
_FEW_PLACES = 4
_TURNED = {letter: 0x7E - letter for letter in range(0x7F)}


@dataclass(frozen=True)
class Entry:
    """What is indexed of one dossier.

    Args:
        dossier_id: its id.
        period: of its campaign; newer ones come first among equals.
        order: sorts by name among equals of one period.
        name: terms of the subject's name.
        text: every term of what is kept (the name included) with its positions.
        about: terms of what the dossier is filed under: its unit, its period, its level.
    """

    dossier_id: str
    period: str
    order: str
    name: frozenset[str]
    text: Mapping[str, Sequence[int]]
    about: frozenset[str] = frozenset()


class Engine(Protocol):
    """An index of dossiers. One process writes at a time (the caller holds the lock); readers never wait."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Indexes the entries in one commit, each in place of an earlier one of the same dossier."""

    def remove(self, dossier_ids: Iterable[str]) -> None:
        """Forgets the dossiers."""

    def segments(self) -> Sequence[tuple[Segment, int]]:
        """The segments as they are now, each with the set of its dossiers that count."""

    def size(self) -> int:
        """How many dossiers are indexed."""

    def dossier_ids(self) -> frozenset[str]:
        """Which dossiers are indexed."""


def rank_key(period: str, order: str, dossier_id: str) -> str:
    """Sorts as equals are listed: the newest period first (`2018-Q3` before `2018`), then by name."""
    return f"{period.translate(_TURNED)}\x7f\x00{order}\x00{dossier_id}"


def bitmap(ranks: Iterable[int], size: int) -> int:
    """The set of the ranks below `size`."""
    marks = bytearray(b"0") * max(size, 1)
    for rank in ranks:
        marks[rank] = 49  # "1"
    return int(marks[::-1], 2)


def members(bits: int) -> Iterator[int]:
    """The ranks in a set, ascending."""
    digits = bin(bits)[:1:-1]
    found = digits.find("1")
    while found >= 0:
        yield found
        found = digits.find("1", found + 1)


class Segment(ABC):
    """Indexed dossiers that do not change. Sets once asked for are kept.

    Args:
        keys: the `rank_key` of each dossier by its number; ranks count them in their order.
        ids: the id of each dossier by its number.
    """

    def __init__(self, keys: Sequence[str], ids: Sequence[str]) -> None:
        numbers = sorted(range(len(keys)), key=keys.__getitem__)
        self.keys = [keys[number] for number in numbers]
        self.ids = [ids[number] for number in numbers]
        self._ranks = array("I", bytes(4 * len(numbers)))
        for rank, number in enumerate(numbers):
            self._ranks[number] = rank
        self.everything = (1 << len(numbers)) - 1
        self.having: Callable[[str, str], int] = lru_cache(maxsize=1024)(self._having)
        self.beginning: Callable[[str, str], int] = lru_cache(maxsize=128)(self._beginning)
        self.phrase: Callable[[tuple[str, ...]], int] = lru_cache(maxsize=128)(self._phrase)
        self._places: Callable[[str], Sequence[int]] = lru_cache(maxsize=32)(self.places)

    @abstractmethod
    def documents(self, field: str, term: str) -> Iterable[int]:
        """The numbers of the dossiers whose field holds the term."""

    @abstractmethod
    def expand(self, field: str, prefix: str) -> Iterable[str]:
        """The terms of the field that begin so."""

    @abstractmethod
    def places(self, term: str) -> Sequence[int]:
        """Where the term stands in the texts: number * SPAN + position, ascending."""

    @cached_property
    def names(self) -> Sequence[str]:
        """Every term of the subjects' names."""
        return tuple(self.expand(NAME, ""))

    @cached_property
    def rank_of(self) -> Mapping[str, int]:
        """The rank of each dossier by its id."""
        return {dossier_id: rank for rank, dossier_id in enumerate(self.ids)}

    def ranked(self, numbers: Iterable[int]) -> int:
        """The set of the dossiers with these numbers."""
        return bitmap(map(self._ranks.__getitem__, numbers), len(self.ids))

    def _having(self, field: str, term: str) -> int:
        return self.ranked(self.documents(field, term))

    def _beginning(self, field: str, prefix: str) -> int:
        terms = self.expand(field, prefix)
        return self.ranked(chain.from_iterable(self.documents(field, term) for term in terms))

    def _phrase(self, terms: tuple[str, ...]) -> int:
        # The rarest word first: its few places are all that the others have to meet.
        (places, offset), *others = sorted(
            ((self._places(term), offset) for offset, term in enumerate(terms)), key=lambda word: len(word[0])
        )
        starts = {place - offset for place in places}
        for places, offset in others:
            if len(starts) * _FEW_PLACES < len(places):
                starts = {start for start in starts if _holds(places, start + offset)}
            else:
                starts &= {place - offset for place in places}
        return self.ranked({start // SPAN for start in starts})


def _holds(ascending: Sequence[int], number: int) -> bool:
    found = bisect_left(ascending, number)
    return found < len(ascending) and ascending[found] == number


def matching(node: Node, segment: Segment) -> int:
    """The dossiers of a segment whose text answers the query."""
    match node:
        case Term():
            return segment.having(TEXT, node.folded)
        case Prefix():
            return segment.beginning(TEXT, node.folded)
        case Phrase():
            return segment.phrase(tuple(word.folded for word in node.words))
        case Concept():
            return segment.having(TEXT, CONCEPT + node.code)
        case Not():
            return segment.everything & ~matching(node.part, segment)
        case AnyOf():
            return reduce(or_, (matching(part, segment) for part in node.parts), 0)
        case AllOf():
            return reduce(and_, (matching(part, segment) for part in node.parts), segment.everything)


def _merits(node: Node, segment: Segment) -> Iterator[tuple[int, int]]:
    """What makes one answer better than another: pairs (points, the dossiers that earn them)."""
    match node:
        case Term():
            yield 4, segment.having(NAME, node.folded)
            yield 4, segment.having(NAME, GIVEN + node.folded)
            yield 2, segment.having(ABOUT, node.folded)
            if node.exact:
                yield 2, segment.having(NAME, EXACT + node.exact)
                yield 1, segment.having(TEXT, EXACT + node.exact)
        case Prefix():
            yield 4, segment.beginning(NAME, node.folded)
        case Phrase():
            for word in node.words:
                yield from _merits(word, segment)
        case AnyOf() | AllOf():
            for part in node.parts:
                yield from _merits(part, segment)
        case Concept():
            yield 4, segment.having(ABOUT, CONCEPT + node.code)
        case Not():
            return


def scored(node: Node | None, segment: Segment, among: int) -> Iterator[tuple[int, int]]:
    """The matching dossiers of a set, split by score: pairs (score, set), the best first; no question fits all."""
    if node is None:
        yield 0, among
        return
    hits = matching(node, segment) & among
    # The scores of all dossiers at once: slice k holds bit k of each dossier's sum, so adding is carrying.
    slices: list[int] = []
    for points, earning in _merits(node, segment):
        carry, level = earning & hits, points.bit_length() - 1
        while carry:
            while len(slices) <= level:
                slices.append(0)
            slices[level], carry = slices[level] ^ carry, slices[level] & carry
            level += 1
    yield from _split(hits, slices, len(slices) - 1, 0)


def _split(bits: int, slices: Sequence[int], level: int, score: int) -> Iterator[tuple[int, int]]:
    if not bits:
        return
    if level < 0:
        yield score, bits
        return
    yield from _split(bits & slices[level], slices, level - 1, score + (1 << level))
    yield from _split(bits & ~slices[level], slices, level - 1, score)


class EntrySegment(Segment):
    """A few entries held in memory: what is filed and not yet indexed."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        keys = [rank_key(entry.period, entry.order, entry.dossier_id) for entry in entries]
        self._fields: dict[str, dict[str, list[int]]] = {NAME: {}, ABOUT: {}, TEXT: {}}
        for number, entry in enumerate(entries):
            for field, terms in ((NAME, entry.name), (ABOUT, entry.about), (TEXT, entry.text)):
                for term in terms:
                    self._fields[field].setdefault(term, []).append(number)
        super().__init__(keys, [entry.dossier_id for entry in entries])

    def documents(self, field: str, term: str) -> Iterable[int]:
        """See `Segment`."""
        return self._fields[field].get(term, ())

    def expand(self, field: str, prefix: str) -> Iterable[str]:
        """See `Segment`."""
        return (term for term in self._fields[field] if term.startswith(prefix))

    def places(self, term: str) -> Sequence[int]:
        """See `Segment`."""
        held = self.documents(TEXT, term)
        return [number * SPAN + place for number in held for place in self.entries[number].text[term]]


class Found:
    """The answer to a query over some segments.

    Args:
        node: the query; None asks for everything.
        among: the segments, each with the set of its dossiers that may answer.
    """

    def __init__(self, node: Node | None, among: Iterable[tuple[Segment, int]]) -> None:
        self.total = 0
        self.segments: list[Segment] = []
        self._groups: dict[int, list[tuple[Segment, int]]] = {}
        for segment, allowed in among:
            self.segments.append(segment)
            for score, bits in scored(node, segment, allowed):
                self.total += bits.bit_count()
                self._groups.setdefault(score, []).append((segment, bits))

    def sets(self) -> Iterator[tuple[Segment, int]]:
        """All that was found, as sets of the segments; no dossier in two of them."""
        for group in self._groups.values():
            yield from group

    def best(self, offset: int = 0, limit: int | None = None) -> list[str]:
        """The ids of the dossiers found: the best first, among equals the newest period, then by name."""
        shown: list[str] = []
        for _, group in sorted(self._groups.items(), key=lambda item: item[0], reverse=True):
            held = sum(bits.bit_count() for _, bits in group)
            if offset >= held:
                offset -= held
                continue
            parts = (_listed(segment, bits) for segment, bits in group)
            end = None if limit is None else offset + limit - len(shown)
            shown += [dossier_id for _, dossier_id in islice(heapq.merge(*parts), offset, end)]
            offset = 0
            if limit is not None and len(shown) >= limit:
                break
        return shown


def _listed(segment: Segment, bits: int) -> Iterator[tuple[str, str]]:
    return ((segment.keys[rank], segment.ids[rank]) for rank in members(bits))
