"""Checking the chain of events alone: against itself, against what was noted of it, and against the filed versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import one, rows
from archive.store.damage import CALL_AUDITOR, Damage
from archive.store.fixity_runs import known_heads
from archive.store.ocfl import Store
from archive.store.rebuild.reading import ReadVersion, StoreReader
from archive.store.rows import filed_action


@dataclass(frozen=True)
class ChainReport:
    """What the check of the events found.

    Args:
        broken: numbers of the events at which the chain itself does not hold.
        damages: all that is wrong, in words, those of `broken` included.
        lost: rows that stand for events lost with an earlier database.
    """

    events: int
    head: str
    broken: tuple[int, ...]
    damages: tuple[Damage, ...]
    lost: int


def check_chain(office: Office, database: Database) -> ChainReport:
    """Holds the events against themselves, the newest event noted elsewhere, and every filed version."""
    counted = one(database, "SELECT count(*) AS events, total(action = ?) AS lost FROM event", [events.LOST]) or {}
    broken = tuple(events.broken(database))
    damages = [
        Damage("events", "", f"việc số {number}", "Chuỗi nhật ký không khớp ở việc này", CALL_AUDITOR)
        for number in broken
    ]
    damages += known_heads(database)
    damages += _against_store(office, database)
    return ChainReport(counted["events"], events.head(database), broken, tuple(damages), int(counted["lost"]))


def _against_store(office: Office, database: Database) -> Iterator[Damage]:
    reader = StoreReader(Store(office.store_root))
    register = reader.register()
    for _ in reader.dossiers():
        pass
    hashes = {row["seq"]: row["hash"] for row in rows(database, "SELECT seq, hash FROM event")}
    for row in register.events:
        if hashes.get(row["seq"]) != row["hash"]:
            message = f"Nhật ký khác với nhật ký đã nộp vào kho từ việc số {row['seq']}"
            yield Damage("events", "", f"việc số {row['seq']}", message, CALL_AUDITOR)
            break
    told = {
        (row["action"], row["object"], row["note"].partition(" ")[0])
        for row in rows(database, "SELECT action, object, note FROM event WHERE action LIKE '%.filed'")
    }
    for version in reader.versions:
        yield from _of_version(version, hashes, told)


def _of_version(version: ReadVersion, hashes: dict[int, str], told: set[tuple[str, str, str]]) -> Iterator[Damage]:
    object_id, number, filing = version.object_id, version.number, version.filing
    head, seq = filing["event_head"], filing.get("event_seq")
    known = head in hashes.values() if seq is None else hashes.get(seq) == head
    if head != events.GENESIS and not known:
        message = f"Nhật ký thiếu những việc có trước lần nộp {number}"
        yield Damage("events", object_id, "", message, CALL_AUDITOR)
    if (filed_action(object_id), object_id, f"version={number}") not in told:
        yield Damage("events", object_id, "", f"Nhật ký không có việc nộp lần {number}", CALL_AUDITOR)
