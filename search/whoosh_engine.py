"""Whoosh behind the port: it keeps the postings on disk; queries are answered over its segments by `engine`.

Whoosh's own matchers are not used: they walk every posting in Python, and one of them is known for never ending. What
is read of a segment stays as long as the segment does; a commit opens only what is new. Nothing here is trusted to
last: an index that cannot be read raises `IndexBroken` and is made anew by the caller.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, repeat
from operator import add, mul
from pathlib import Path
from typing import Any, TypeVar

from whoosh import fields, formats
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import FilterMatcher
from whoosh.reading import SegmentReader, TermNotFound

from generator.vietnamese import nfc
from search.analysis import ANALYSIS, CONCEPT, EXACT
from search.engine import ABOUT, NAME, SPAN, TEXT, Entry, Segment, members, rank_key
from search.errors import IndexBroken

_ATTEMPTS = 20
_BATCH_MEGABYTES = 128
_BLOCK = 1024  # postings unpacked at a time; whole sets are read here, never single ones
# Terms that no phrase asks for are kept without positions, apart from the words.
_MARKS, _UNPLACED = "marks", (EXACT, CONCEPT)
_T = TypeVar("_T")


class _Places(formats.Format):  # type: ignore[misc]
    """A posting that carries the positions as 32-bit numbers."""

    posting_size = -1


class _Words(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were made by `analysis`; with positions or without."""

    def __init__(self, placed: bool) -> None:
        self.format = _Places() if placed else formats.Existence()
        self.placed = placed
        self.analyzer = None
        self.scorable = self.stored = self.unique = False

    def index(self, value: Mapping[str, Sequence[int]], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """The postings of one dossier, as Whoosh takes them."""
        for term, places in value.items():
            # Whoosh drops an empty value and then reads the values of the block one off.
            yield term.encode(), 1, 1.0, array("I", places or (0,)).tobytes() if self.placed else b""


def _codec() -> W3Codec:
    codec = W3Codec(blocklimit=_BLOCK)
    # Field lengths serve ranks that are not used here, and Whoosh asks the disk for them at every posting.
    codec.length_stats = False
    return codec


def _schema() -> fields.Schema:
    return fields.Schema(
        **{
            "id": fields.ID(unique=True, stored=True),
            "period": fields.STORED,
            "order": fields.STORED,
            NAME: _Words(placed=False),
            ABOUT: _Words(placed=False),
            TEXT: _Words(placed=True),
            _MARKS: _Words(placed=False),
        }
    )


class _WhooshSegment(Segment):
    """One segment of Whoosh, read through the reader that first met it, whose files stay open.

    Reading raises `IndexBroken` when the segment cannot be read.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self.reader = reader
        self._guard = threading.Lock()
        stored = [reader.stored_fields(number) for number in range(reader.doc_count_all())]
        keys = [rank_key(one["period"], one["order"], one["id"]) for one in stored]
        super().__init__(keys, [one["id"] for one in stored])

    def live(self, reader: SegmentReader) -> int:
        """The set of those not deleted as of this reader of the same segment."""
        return self.everything & ~self.ranked(reader.segment().deleted_docs())

    def documents(self, field: str, term: str) -> Sequence[int]:
        """See `Segment`."""
        kept = _MARKS if field == TEXT and term.startswith(_UNPLACED) else field
        return self._guarded(
            lambda: array("I", chain.from_iterable(accumulate(block[0]) for block in self._blocks(kept, term)))
        )

    def expand(self, field: str, prefix: str) -> Sequence[str]:
        """See `Segment`."""
        return self._guarded(lambda: [term.decode() for term in self.reader.expand_prefix(field, prefix)])

    def places(self, term: str) -> Sequence[int]:
        """See `Segment`."""
        return self._guarded(lambda: self._read_places(term))

    def _guarded(self, work: Callable[[], _T]) -> _T:
        with self._guard:
            try:
                return work()
            # Whoosh reads pickles and raises Exception itself for a damaged block: no narrower class holds all.
            except Exception as error:
                raise IndexBroken from error

    def _read_places(self, term: str) -> Sequence[int]:
        found = array("Q")
        for differences, _, values in self._blocks(TEXT, term):
            numbers: Iterable[int] = accumulate(differences)
            places = array("I", b"".join(values))
            if len(places) > len(values):
                numbers = chain.from_iterable(map(repeat, numbers, (len(value) // places.itemsize for value in values)))
            found.extend(map(add, map(mul, numbers, repeat(SPAN)), places))
        return found

    def _blocks(self, field: str, term: str) -> Iterator[tuple[Sequence[int], Any, Sequence[bytes]]]:
        """The blocks of postings as the codec packs them: (differences of numbers, weights, values).

        A matcher hands out one posting after the other, at thirty times the cost of unpacking the block they are in.
        """
        try:
            matcher = self.reader.postings(field, term)
        except TermNotFound:
            return
        leaf = matcher.child if isinstance(matcher, FilterMatcher) else matcher
        leaf.reset()
        while leaf.is_active():
            leaf._read_data()
            yield leaf._data
            leaf._next_block()


class WhooshEngine:
    """The index in one folder. `add` and `remove` need the caller's lock; `segments` is for any thread at any time.

    The folder holds one folder per build and the file `current`, which names the one in use: a build anew is finished
    beside the old index and then takes its place at once.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._guard = threading.Lock()
        self._build = ""
        self._index: Any = None
        self._generation = -1
        self._segments: dict[str, _WhooshSegment] = {}
        self._present: list[tuple[Segment, int]] = []

    def _current(self) -> Path:
        try:
            name = (self._root / "current").read_text(encoding="ascii").strip()
        except (OSError, ValueError) as error:
            raise IndexBroken from error
        if not name.startswith(f"v{ANALYSIS}-") or not (self._root / name).is_dir():
            raise IndexBroken
        return self._root / name

    def _guarded(self, work: Callable[[], _T]) -> _T:
        """Runs `work`; tries again when a commit takes files away under it."""
        with self._guard:
            for attempt in range(_ATTEMPTS):
                try:
                    return work()
                except (FileNotFoundError, whoosh_index.EmptyIndexError) as error:
                    self._forget()
                    if attempt == _ATTEMPTS - 1:
                        raise IndexBroken from error
                except IndexBroken:
                    self._forget()
                    raise
                # Whoosh reads pickles and raises Exception itself for a damaged block: no narrower class holds all.
                except Exception as error:
                    self._forget()
                    raise IndexBroken from error
        raise IndexBroken

    def _forget(self) -> None:
        self._build, self._index, self._generation = "", None, -1
        self._segments, self._present = {}, []

    def _refresh(self) -> None:
        folder = self._current()
        if folder.name != self._build:
            self._forget()
            self._index = whoosh_index.open_dir(str(folder))
            self._build = folder.name
        latest = self._index.latest_generation()
        if latest == self._generation:
            return
        reader = self._index.reader()
        leaves = [leaf for leaf, _ in reader.leaf_readers() if isinstance(leaf, SegmentReader)]
        held = {leaf.segment().segment_id(): leaf for leaf in leaves}
        self._segments = {key: self._segments.get(key) or _WhooshSegment(leaf) for key, leaf in held.items()}
        self._present = [(segment, segment.live(held[key])) for key, segment in self._segments.items()]
        self._generation = reader.generation()

    def segments(self) -> Sequence[tuple[Segment, int]]:
        """See `Engine`; what is given stays readable, whatever is committed meanwhile.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        return self._guarded(self._newest)

    def _newest(self) -> Sequence[tuple[Segment, int]]:
        self._refresh()
        return self._present

    def size(self) -> int:
        """How many dossiers are indexed.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        return sum(live.bit_count() for _, live in self.segments())

    def dossier_ids(self) -> frozenset[str]:
        """Which dossiers are indexed.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        return frozenset(segment.ids[rank] for segment, live in self.segments() for rank in members(live))

    def add(self, entries: Iterable[Entry]) -> None:
        """Indexes the entries in one commit, each in place of an earlier one of the same dossier.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        latest = {entry.dossier_id: entry for entry in entries}
        self._guarded(lambda: self._write(self._current(), latest.values(), list(latest)))

    def remove(self, dossier_ids: Iterable[str]) -> None:
        """Forgets the dossiers.

        Raises:
            IndexBroken: there is no index, or it cannot be read.
        """
        gone = list(dossier_ids)
        self._guarded(lambda: self._write(self._current(), (), gone))

    def rebuild(self, entries: Iterable[Entry]) -> None:
        """Makes the index anew from all entries and puts it in place of whatever was there.

        An interrupted rebuild leaves the old index in use; what it left over goes with the next.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        folder = self._root / f"v{ANALYSIS}-{os.urandom(6).hex()}"
        folder.mkdir()
        whoosh_index.create_in(str(folder), _schema())
        self._write(folder, entries, [])
        pointer = self._root / "current.new"
        pointer.write_text(folder.name, encoding="ascii")
        _sync(pointer)
        pointer.replace(self._root / "current")
        _sync(self._root)
        for other in self._root.iterdir():
            if other.is_dir() and other != folder:
                # A reader may still hold a file of the old build; what stays goes with the next rebuild.
                shutil.rmtree(other, ignore_errors=True)

    def _write(self, folder: Path, entries: Iterable[Entry], gone: Sequence[str]) -> None:
        index = whoosh_index.open_dir(str(folder))
        writer = index.writer(limitmb=_BATCH_MEGABYTES, codec=_codec())
        try:
            if gone and index.doc_count_all():
                with contextlib.closing(index.reader()) as reader:
                    for dossier_id in gone:
                        if ("id", dossier_id) in reader:
                            for number in list(reader.postings("id", dossier_id).all_ids()):
                                writer.delete_document(number)
            for entry in entries:
                writer.add_document(
                    id=entry.dossier_id,
                    period=entry.period,
                    order=nfc(entry.order),
                    name=dict.fromkeys(entry.name, ()),
                    about=dict.fromkeys(entry.about, ()),
                    text={term: places for term, places in entry.text.items() if not term.startswith(_UNPLACED)},
                    marks=dict.fromkeys((term for term in entry.text if term.startswith(_UNPLACED)), ()),
                )
            writer.commit()
        except BaseException:
            with contextlib.suppress(Exception):  # the first error is the one to tell
                writer.cancel()
            raise
        # Whoosh syncs nothing; the outbox lines are taken away only when their index is on the disk.
        for file in folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                _sync(file)
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
