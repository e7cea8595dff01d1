"""The port behind which a search engine stands, and how a query is answered over any of them.

An engine keeps entries in segments that do not change. A set of dossiers of one segment is an integer whose bit n
stands for dossier n, so that AND, OR and NOT of 100,000 dossiers cost microseconds, however common the words are.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import and_, or_
from typing import Protocol

from search.analysis import CONCEPT, EXACT
from search.query import AllOf, AnyOf, Concept, Node, Not, Phrase, Prefix, Term

NAME, TEXT = "name", "text"


@dataclass(frozen=True)
class Entry:
    """What is indexed of one dossier.

    Args:
        dossier_id: its id.
        period: of its campaign; newer ones come first among equals.
        order: sorts by name among equals of one period.
        name: terms of the subject's name.
        text: every term of what is kept (the name included) with its positions.
    """

    dossier_id: str
    period: str
    order: str
    name: frozenset[str]
    text: Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Group:
    """Dossiers that answer a query equally well, the newest first."""

    score: int
    dossier_ids: list[str]


class Engine(Protocol):
    """An index of dossiers. One process writes at a time (the caller holds the lock); readers never wait."""

    def add(self, entries: Iterable[Entry]) -> None:
        """Indexes the entries in one commit, each in place of an earlier one of the same dossier."""

    def remove(self, dossier_ids: Iterable[str]) -> None:
        """Forgets the dossiers."""

    def search(self, node: Node) -> list[Group]:
        """The dossiers that match, the best first."""

    def size(self) -> int:
        """How many dossiers are indexed."""

    def dossier_ids(self) -> frozenset[str]:
        """Which dossiers are indexed."""


def bitmap(numbers: Iterable[int], size: int) -> int:
    """The set of the numbers below `size`."""
    cells = bytearray(size // 8 + 1)
    for number in numbers:
        cells[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(cells, "little")


def members(bits: int) -> Iterator[int]:
    """The numbers in a set, ascending."""
    digits = bin(bits)[:1:-1]
    found = digits.find("1")
    while found >= 0:
        yield found
        found = digits.find("1", found + 1)


class Segment(ABC):
    """Indexed dossiers that do not change, numbered from 0. Sets once asked for are kept."""

    def __init__(self, size: int, everything: int) -> None:
        self.size = size
        self.everything = everything
        self.having: Callable[[str, str], int] = lru_cache(maxsize=4096)(self._having)
        self.beginning: Callable[[str, str], int] = lru_cache(maxsize=256)(self._beginning)
        self.phrase: Callable[[tuple[str, ...]], int] = lru_cache(maxsize=256)(self._phrase)

    @abstractmethod
    def documents(self, field: str, term: str) -> Iterable[int]:
        """The dossiers whose field holds the term."""

    @abstractmethod
    def expand(self, field: str, prefix: str) -> Iterable[str]:
        """The terms of the field that begin so."""

    @abstractmethod
    def positions(self, term: str, wanted: Sequence[int]) -> Iterator[Sequence[int]]:
        """Where the term stands in the text of each wanted dossier; all of them hold it; ascending."""

    def _having(self, field: str, term: str) -> int:
        return bitmap(self.documents(field, term), self.size) & self.everything

    def _beginning(self, field: str, prefix: str) -> int:
        return reduce(or_, (self.having(field, term) for term in self.expand(field, prefix)), 0)

    def _phrase(self, terms: tuple[str, ...]) -> int:
        candidates = reduce(and_, (self.having(TEXT, term) for term in terms), self.everything)
        wanted = list(members(candidates))
        if not wanted:
            return 0
        # The rarest word first: its few positions are all that the others have to meet.
        offsets = sorted(range(len(terms)), key=lambda offset: self.having(TEXT, terms[offset]).bit_count())
        starts: list[set[int]] | None = None
        for offset in offsets:
            here = [{place - offset for place in places} for places in self.positions(terms[offset], wanted)]
            starts = here if starts is None else [a & b for a, b in zip(starts, here, strict=True)]
            kept = [index for index, places in enumerate(starts) if places]
            wanted, starts = [wanted[index] for index in kept], [starts[index] for index in kept]
        return bitmap(wanted, self.size)


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
        case Concept() | Not():
            return


def scored(node: Node, segment: Segment) -> Iterator[tuple[int, int]]:
    """The matching dossiers of a segment, split by score: pairs (score, set), the best first."""
    hits = matching(node, segment)
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
        ranked = sorted(entries, key=lambda entry: (entry.order, entry.dossier_id))
        self.entries = sorted(ranked, key=lambda entry: entry.period, reverse=True)
        self._fields: dict[str, dict[str, list[int]]] = {NAME: {}, TEXT: {}}
        for number, entry in enumerate(self.entries):
            for field, terms in ((NAME, entry.name), (TEXT, entry.text)):
                for term in terms:
                    self._fields[field].setdefault(term, []).append(number)
        super().__init__(len(entries), (1 << len(entries)) - 1)

    def documents(self, field: str, term: str) -> Iterable[int]:
        """See `Segment`."""
        return self._fields[field].get(term, ())

    def expand(self, field: str, prefix: str) -> Iterable[str]:
        """See `Segment`."""
        return (term for term in self._fields[field] if term.startswith(prefix))

    def positions(self, term: str, wanted: Sequence[int]) -> Iterator[Sequence[int]]:
        """See `Segment`."""
        return (self.entries[number].text[term] for number in wanted)

    def search(self, node: Node) -> list[Group]:
        """The entries that match, the best first."""
        return [
            Group(score, [self.entries[number].dossier_id for number in members(bits)])
            for score, bits in scored(node, self)
        ]
