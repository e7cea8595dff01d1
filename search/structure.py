"""Period, level, kind, status and unit of the dossiers as sets of a segment's ranks: what the database says, followed
as it changes.

They are no part of the index: a decision or an annulment changes them without a word of the dossier changing.
"""

from __future__ import annotations

import json
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records.database import one
from search.engine import Segment, members

FIELDS = ("period", "level", "kind", "status", "unit_id", "unit_name", "parent_name")
FACETS = ("period", "level", "kind", "status", "unit_name")
_AT_ONCE = 5_000
_MANY_CHANGES = 20_000
_MOST_KEPT = 64
_SPARSE = 10
_BITS = bytes.maketrans(b"01", b"\x00\x01")
_NO_ROW = 0
_K = TypeVar("_K")
_V = TypeVar("_V")
_structures: dict[Path, Structure] = {}
_structures_guard = threading.Lock()


class Columns:
    """The values of one segment's dossiers, each as a code; never changed once made.

    Args:
        values: field → the values by their code, the first standing for dossiers that have no row.
        codes: field → code by rank.
    """

    def __init__(self, values: Mapping[str, Sequence[str]], codes: Mapping[str, array[int]]) -> None:
        self.values = values
        self.codes = codes
        self._sets: dict[tuple[str, frozenset[str]], int] = {}
        self._counts: dict[int, Mapping[str, Mapping[str, int]]] = {}

    def having(self, field: str, chosen: frozenset[str]) -> int:
        """The dossiers whose field has one of the values."""
        known = self._sets.get((field, chosen))
        if known is None:
            values = self.values[field]
            marks = bytearray(49 if value in chosen else 48 for value in values)  # "1", "0"
            marks[_NO_ROW] = 48
            known = int(bytes(map(marks.__getitem__, reversed(self.codes[field]))) or b"0", 2)
            _keep(self._sets, (field, chosen), known)
        return known

    @cached_property
    def known(self) -> int:
        """The dossiers that have a row."""
        marks = bytes(49 if code else 48 for code in reversed(self.codes["period"]))
        return int(marks or b"0", 2)

    def counts(self, bits: int) -> Mapping[str, Mapping[str, int]]:
        """How many dossiers of a set have each value: {facet: {value: how many}}."""
        known = self._counts.get(bits)
        if known is None:
            known = {field: self._count(field, bits) for field in FACETS}
            _keep(self._counts, bits, known)
        return known

    def _count(self, field: str, bits: int) -> Mapping[str, int]:
        codes, values = self.codes[field], self.values[field]
        picked: Iterable[int]
        if bits.bit_count() * _SPARSE < len(codes):
            picked = map(codes.__getitem__, members(bits))
        else:
            picked = compress(codes, bin(bits)[:1:-1].encode().translate(_BITS))
        return {values[code]: count for code, count in Counter(picked).items() if code != _NO_ROW}


def _keep(kept: dict[_K, _V], key: _K, value: _V) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value


class Structure:
    """What the database says of the dossiers of an office, read once and then followed by its changes."""

    def __init__(self, office: Office) -> None:
        self._path = office.database_path
        self._guard = threading.Lock()
        self._file = self._seen = 0
        self._values: dict[str, list[str]] = {}
        self._codes: dict[str, dict[str, int]] = {}
        self._columns: WeakKeyDictionary[Segment, Columns] = WeakKeyDictionary()
        self._forget()

    def _forget(self) -> None:
        self._columns.clear()
        self._values = {field: ["\0"] for field in FIELDS}
        self._codes = {field: {} for field in FIELDS}

    def columns(self, database: Database, segments: Iterable[Segment]) -> list[Columns]:
        """The columns of each segment as the database has them now."""
        with self._guard:
            self._follow(database)
            for segment in segments:
                if segment not in self._columns:
                    self._columns[segment] = self._filled(database, segment, self._empty(segment), segment.ids)
            made = [self._columns[segment] for segment in segments]
            if database.conn.in_transaction:
                # Seen by this connection alone, and it may yet be taken back.
                self._forget()
            return made

    def _follow(self, database: Database) -> None:
        """Takes in what changed; forgets all where the database was replaced."""
        file, newest = self._path.stat().st_ino, newest_change(database)
        if file != self._file or newest < self._seen:
            self._forget()
        elif newest > self._seen:
            changed = database.conn.execute(
                "SELECT dossier_id FROM dossier_change_view WHERE seq > ? LIMIT ?", [self._seen, _MANY_CHANGES]
            ).fetchall()
            if len(changed) == _MANY_CHANGES:
                self._forget()
            for segment, columns in list(self._columns.items()):
                held = [dossier_id for (dossier_id,) in changed if dossier_id in segment.rank_of]
                if held:
                    copied = {field: codes[:] for field, codes in columns.codes.items()}
                    for codes in copied.values():
                        for dossier_id in held:
                            codes[segment.rank_of[dossier_id]] = _NO_ROW
                    self._columns[segment] = self._filled(database, segment, copied, held)
        self._file, self._seen = file, newest

    def _empty(self, segment: Segment) -> dict[str, array[int]]:
        return {field: array("I", bytes(4 * len(segment.ids))) for field in FIELDS}

    def _filled(
        self, database: Database, segment: Segment, codes: dict[str, array[int]], dossier_ids: Sequence[str]
    ) -> Columns:
        """The columns after the rows of some of the segment's dossiers were read."""
        for start in range(0, len(dossier_ids), _AT_ONCE):
            wanted = dossier_ids[start : start + _AT_ONCE]
            for dossier_id, *values in database.conn.execute(
                "SELECT dossier_id, period, level, kind, status, unit_id, unit_name, parent_name FROM dossier_view "
                "WHERE dossier_id IN (SELECT value FROM json_each(?))",
                [json.dumps(wanted)],
            ):
                rank = segment.rank_of[dossier_id]
                for field, value in zip(FIELDS, values, strict=True):
                    codes[field][rank] = self._codes[field].get(value or "") or self._code(field, value or "")
        return Columns(self._values, codes)

    def _code(self, field: str, value: str) -> int:
        self._values[field].append(value)
        self._codes[field][value] = len(self._values[field]) - 1
        return self._codes[field][value]


def newest_change(database: Database) -> int:
    """The number of the newest change of any dossier."""
    found = one(database, "SELECT max(seq) AS seq FROM dossier_change_view")
    return int(found["seq"] or 0) if found else 0


def structure_of(office: Office) -> Structure:
    """The office's structure, kept for the life of the process."""
    with _structures_guard:
        return _structures.setdefault(office.root.resolve(), Structure(office))
