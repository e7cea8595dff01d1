"""What is filed and not yet indexed, and what is not filed: searched from memory, followed as the database changes."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records.database import one, rows
from search.engine import Entry, EntrySegment
from search.index import drain, entries, short_entries
from search.structure import newest_change

_LONG_OUTBOX = 200
_MANY_CHANGES = 2_000
_kept: dict[Path, Waiting] = {}
_kept_guard = threading.Lock()


class Waiting:
    """The dossiers of an office that its index does not hold as they are."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._guard = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._seen: tuple[int, int] | None = None  # which file the database is, and its newest change taken in
        self._outbox: tuple[int, int] | None = None
        self._filed: dict[str, Entry] = {}
        self._drafts: dict[str, Entry] = {}
        self._segment = EntrySegment(())

    def segment(self, database: Database) -> EntrySegment:
        """They as a segment: what is filed by all its texts, what is not by name and unit alone."""
        outbox = _outbox(database)
        if outbox[0] > _LONG_OUTBOX and drain(self._office, database):
            outbox = _outbox(database)
        with self._guard:
            changed = self._follow(database)
            if outbox != self._outbox:
                lines = rows(database, "SELECT DISTINCT dossier_id FROM outbox ORDER BY dossier_id")
                filed = entries(database, [line["dossier_id"] for line in lines])
                self._filed, self._outbox, changed = {entry.dossier_id: entry for entry in filed}, outbox, True
            if changed:
                self._segment = EntrySegment(list({**self._drafts, **self._filed}.values()))
            segment = self._segment
            if database.conn.in_transaction:
                # Seen by this connection alone, and it may yet be taken back.
                self._forget()
            return segment

    def _follow(self, database: Database) -> bool:
        """Takes in the drafts that changed; gives whether any did."""
        now = (self._office.database_path.stat().st_ino, newest_change(database))
        if now == self._seen:
            return False
        changed = self._changed(database, now)
        if changed is None:
            self._forget()
            self._drafts = {entry.dossier_id: entry for entry in short_entries(database)}
            self._seen = now
            return True
        self._seen = now
        drafts = {entry.dossier_id: entry for entry in short_entries(database, changed)}
        if all(self._drafts.get(dossier_id) == drafts.get(dossier_id) for dossier_id in changed):
            return False
        for dossier_id in changed:
            self._drafts.pop(dossier_id, None)
        self._drafts |= drafts
        return True

    def _changed(self, database: Database, now: tuple[int, int]) -> list[str] | None:
        """The dossiers that changed since the last time; None when all are to be read."""
        if self._seen is None or now[0] != self._seen[0] or now[1] < self._seen[1]:
            return None
        listed = rows(
            database,
            "SELECT dossier_id FROM dossier_change_view WHERE seq > ? LIMIT ?",
            [self._seen[1], _MANY_CHANGES],
        )
        return [row["dossier_id"] for row in listed] if len(listed) < _MANY_CHANGES else None


def _outbox(database: Database) -> tuple[int, int]:
    found = one(database, "SELECT count(*) AS lines, max(seq) AS last FROM outbox")
    return (found["lines"], found["last"] or 0) if found else (0, 0)


def waiting_of(office: Office) -> Waiting:
    """What waits in an office, kept for the life of the process."""
    with _kept_guard:
        return _kept.setdefault(office.root.resolve(), Waiting(office))
