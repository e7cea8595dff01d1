"""Writing what the store tells into a database, inside one transaction: all of it or nothing.

A row of the store stands over the one the database has, unless that one was changed since by work that is not filed
yet: its revision is higher, or the revision of what it belongs to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.database import now, one, rows, writing
from archive.records.disposed_rows import forget, put_back
from archive.records.filed_tables import (
    COMPLAINT,
    PLACE,
    REGISTER_TABLES,
    SUBJECT_TABLES,
    UNIT_TABLES,
    WITHOUT_PLACE,
    FiledTable,
    Record,
    closed,
)
from archive.store.filed_rows import UNCOUNTED, FiledRows, revisions_of
from archive.store.rebuild.chain import told_events
from archive.store.rebuild.reading import ReadDossier, ReadRegister, ReadVersion, StoreReader
from archive.store.register_object import settle_register
from archive.store.rows import write_dossiers, write_files

_COMPLAINTS = (
    f"UPDATE dossier SET complaint = {COMPLAINT.replace(':evaluation', 'dossier.evaluation_id')} WHERE version > 0"  # noqa: S608
)
_FILING_SQL = (
    "INSERT INTO filing (object, version, inventory_digest, actor, reason, prepared_at, payload, state) "
    "VALUES (:object, :version, :inventory_digest, :actor, :reason, :prepared_at, '', 'committed')"
)


class Refill:
    """One refilling of a database from a store."""

    def __init__(self, database: Database, reader: StoreReader) -> None:
        self.database = database
        self.reader = reader
        self.dossiers: list[str] = []
        self.register = ReadRegister()
        self._rows = FiledRows(database, {})
        self._columns: dict[str, frozenset[str]] = {}

    def run(self, actor: str) -> None:
        """Writes everything the store tells, and the event of it; nothing of it when it cannot be finished."""
        with writing(self.database), _without_triggers(self.database):
            self.database.conn.execute("PRAGMA defer_foreign_keys = ON")
            state = one(self.database, "SELECT * FROM register_state") or {}
            waiting = state["changes"] != state["filed_changes"] and state["filed_changes"] > 0
            self.register = self.reader.register()
            self._rows = FiledRows(self.database, revisions_of(self.register.tables))
            # Before the parents, whose revision says whether these may be written.
            for table in sorted(REGISTER_TABLES, key=lambda table: table.parent is None):
                if not (self._rows.waits and table.name in UNCOUNTED):
                    self._write(table, self.register.tables.get(table.name, ()))
            # With their numbers, before the dossiers that tell of them without.
            self._write(FiledTable("step"), self.register.steps)
            for dossier in self.reader.dossiers():
                self._write_dossier(dossier)
            self._write_disposed()
            # The register tells of the steps of everyone, also of those whose dossier is not filed yet.
            self.database.conn.execute("DELETE FROM step WHERE evaluation_id NOT IN (SELECT id FROM evaluation)")
            self.database.conn.execute(_COMPLAINTS)
            self._write_filings(self.reader.versions)
            gaps = self._write_events(self.reader.versions)
            changes = state["changes"] - waiting
            settle_register(
                self.database,
                {"changes": changes, "event": self.register.last_event, "step": self.register.last_step},
            )
            note = f"dossiers={len(self.dossiers)} damages={len(self.reader.damages)} lost={gaps}"
            events.append(self.database, actor=actor, action=events.REBUILT, subject="store", note=note)
            self._note_head()

    def _write_dossier(self, dossier: ReadDossier) -> None:
        object_id = dossier.row["id"]
        write_dossiers(self.database, [dossier.row])
        self.database.conn.execute("DELETE FROM dossier_file WHERE dossier_id = ?", [object_id])
        write_files(self.database, dossier.files)
        for table in SUBJECT_TABLES if dossier.row["evaluation_id"] else UNIT_TABLES:
            self._write(table, dossier.rows.get(table.name, ()))
        self._write_contents(dossier)
        queued = "INSERT INTO outbox (dossier_id, queued_at) VALUES (?, ?)"
        self.database.conn.execute(queued, [object_id, now()])
        self.dossiers.append(object_id)

    def _write_disposed(self) -> None:
        """What stays of the dossiers that were disposed of; one still in the store is left for the work to finish."""
        for record in self.register.tables.get("tombstone", ()):
            if record["id"] not in self.dossiers:
                tombstone = closed(record)
                put_back(self.database, tombstone)
                forget(self.database, tombstone)
                queued = "INSERT INTO outbox (dossier_id, queued_at) VALUES (?, ?)"
                self.database.conn.execute(queued, [record["id"], now()])

    def _write_contents(self, dossier: ReadDossier) -> None:
        """The papers that were taken in, from the newest version, where the database has lost them."""
        wanted = {row["content_digest"] for row in dossier.rows.get("document", ()) if row["content_digest"]}
        for file in dossier.files:
            if file["digest"] in wanted:
                wanted.remove(file["digest"])
                if one(self.database, "SELECT 1 FROM content WHERE digest = ?", [file["digest"]]) is None:
                    data = self.reader.blob(dossier.row["id"], file["version"], file["path"])
                    digest = hashlib.sha512(data).hexdigest()
                    self.database.conn.execute("INSERT INTO content (digest, data) VALUES (?, ?)", [digest, data])

    def _write(self, table: FiledTable, given: Iterable[Mapping[str, Any]]) -> None:
        for record in given:
            row = {name: value for name, value in closed(record).items() if name in self._known(table.name)}
            known = self._rows.kept(table, row)
            if known is None:
                self._insert(table.name, row, record.get(PLACE))
            elif not self._rows.is_newer(table, row, known):
                kept = {name: known[name] for name in table.settles if row[name] is None}
                self._update(table, {**row, **kept})

    def _known(self, table: str) -> frozenset[str]:
        if table not in self._columns:
            self._columns[table] = frozenset(column.name for column in self.database.table(table).columns)
        return self._columns[table]

    def _insert(self, table: str, row: Record, place: int | None) -> None:
        names, values = list(row), list(row.values())
        if place is not None and table not in WITHOUT_PLACE and "id" in row and not isinstance(row["id"], int):
            taken = one(self.database, f"SELECT 1 FROM {table} WHERE rowid = ?", [place])  # noqa: S608
            names, values = ["rowid", *names], [None if taken else place, *values]
        places = ", ".join("?" * len(names))
        self.database.conn.execute(
            f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608
            values,
        )

    def _update(self, table: FiledTable, row: Record) -> None:
        changes = ", ".join(f"{name} = :{name}" for name in row)
        where = " AND ".join(f"{name} IS :{name}" for name in table.key)
        self.database.conn.execute(f"UPDATE OR REPLACE {table.name} SET {changes} WHERE {where}", row)  # noqa: S608

    def _write_filings(self, versions: Sequence[ReadVersion]) -> None:
        ordered = sorted(versions, key=lambda one: (one.filing["event_seq"], one.filing["order"]))
        for version in ordered:
            where = [version.object_id, version.number]
            self.database.conn.execute("DELETE FROM filing WHERE object = ? AND version = ?", where)
        self.database.conn.executemany(_FILING_SQL, [version.row for version in ordered])

    def _write_events(self, versions: Sequence[ReadVersion]) -> int:
        """The chain of the store, unless the database's own is whole and holds it; gives how many gaps it has."""
        told = list(told_events(self.register.events, versions))
        known = {row["seq"]: row for row in rows(self.database, "SELECT * FROM event")}
        if _holds(known, told, versions) and not list(events.broken(self.database)):
            return 0
        self.database.conn.execute("DELETE FROM event")
        self.database.table("event").insert_all(told)
        # What earlier checks noted was of the chain that is gone.
        self.database.conn.execute("UPDATE fixity_run SET event_seq = 0")
        self._note_head()
        known_gaps = sum(row["action"] == events.LOST for row in self.register.events)
        return int(sum(row["action"] == events.LOST for row in told) - known_gaps)

    def _note_head(self) -> None:
        # The trigger that does it is away while this runs.
        newest = events.last(self.database)
        self.database.conn.execute(
            "INSERT OR REPLACE INTO event_head (only, seq, hash) VALUES (1, ?, ?)", [newest["seq"], newest["hash"]]
        )


def _holds(known: Mapping[int, Record], told: Iterable[Record], versions: Iterable[ReadVersion]) -> bool:
    """Whether the database's events hold all that the store tells: every filing, and each newest event named there."""
    happened = {(row["action"], row["object"], row["note"]) for row in known.values()}
    heads = {(one.filing["event_seq"], one.filing["event_head"]) for one in versions}
    return all(
        row["action"] == events.LOST or (row["action"], row["object"], row["note"]) in happened for row in told
    ) and all(seq == 0 or (seq in known and known[seq]["hash"] == head) for seq, head in heads)


@contextmanager
def _without_triggers(database: Database) -> Iterator[None]:
    """Takes the triggers away that hold rows to the order in which work writes them, and puts them back."""
    kept = rows(database, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
    for trigger in kept:
        database.conn.execute(f"DROP TRIGGER {trigger['name']}")
    yield
    for trigger in kept:
        database.conn.execute(trigger["sql"])
