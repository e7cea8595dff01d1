"""What is kept of each check of the store: the run, and when each object was last looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from archive.records import events
from archive.records.database import now, rows, writing
from archive.store.damage import CALL_AUDITOR, Damage

# So many objects are looked at before it is noted; a stopped run repeats at most these.
_NOTED_TOGETHER = 64


@dataclass
class FixityRun:
    """A run under way."""

    database: Database
    id: int
    actor: str
    objects: int
    checked: int = 0
    damages: int = 0

    def __post_init__(self) -> None:
        self._waiting: list[tuple[str, str, int, int]] = []

    def note(self, object_id: str, damages: int) -> None:
        """An object was looked at."""
        self._waiting.append((object_id, now(), damages, self.id))
        self.checked += 1
        if len(self._waiting) >= _NOTED_TOGETHER:
            self._write()

    def end(self, outcome: str, damages: int) -> None:
        """Ends the run: `sound`, `damaged`, or `broken_off` when the check itself could not go on."""
        self._write()
        with writing(self.database):
            note = f"run={self.id} objects={self.objects} checked={self.checked} damages={damages}"
            events.append(
                self.database,
                actor=self.actor,
                action="store.verified",
                subject="store",
                outcome="done" if outcome == "sound" else "failed",
                note=note,
            )
            newest = events.last(self.database)
            self.database.execute(
                "UPDATE fixity_run SET ended_at = ?, checked = ?, damages = ?, outcome = ?, event_seq = ?,"
                " event_hash = ? WHERE id = ?",
                [now(), self.checked, damages, outcome, newest["seq"], newest["hash"], self.id],
            )

    def _write(self) -> None:
        with writing(self.database):
            self.database.conn.executemany(
                "INSERT OR REPLACE INTO fixity_check (object, checked_at, damages, run_id) VALUES (?, ?, ?, ?)",
                self._waiting,
            )
        self._waiting.clear()


def begin_run(database: Database, actor: str, objects: int) -> FixityRun:
    """Begins a run; one that was stopped without a word is known by it as broken off."""
    newest = events.last(database)
    with writing(database):
        database.execute("UPDATE fixity_run SET outcome = 'broken_off' WHERE outcome = 'running'")
        cursor = database.execute(
            "INSERT INTO fixity_run (started_at, actor, objects, event_seq, event_hash, outcome)"
            " VALUES (?, ?, ?, ?, ?, 'running')",
            [now(), actor, objects, newest["seq"], newest["hash"]],
        )
    return FixityRun(database, int(cursor.lastrowid or 0), actor, objects)


def oldest_first(database: Database, objects: Iterable[str]) -> list[str]:
    """The objects in the order in which they should be looked at: never checked, then longest ago."""
    checked = {
        row["object"]: row["checked_at"] for row in rows(database, "SELECT object, checked_at FROM fixity_check")
    }
    return sorted(objects, key=lambda object_id: (checked.get(object_id, ""), object_id))


def known_heads(database: Database) -> list[Damage]:
    """Earlier runs that noted a newest event which is no longer there."""
    gone = rows(
        database,
        "SELECT r.id, r.started_at, r.event_seq FROM fixity_run r LEFT JOIN event e ON e.seq = r.event_seq"
        " WHERE r.event_seq > 0 AND e.hash IS NOT r.event_hash ORDER BY r.id",
    )
    return [
        Damage(
            "events",
            "",
            f"việc số {row['event_seq']}",
            f"Nhật ký bị sửa hoặc cắt sau lần kiểm tra ngày {row['started_at'][:10]}",
            CALL_AUDITOR,
        )
        for row in gone
    ]
