"""The index of an office: what goes into it, and how it follows the database.

Filing writes a line into the outbox in its own transaction; `drain` indexes the dossiers of these lines and takes the
lines away. One process drains at a time; who finds the lock held leaves, for the holder looks again after letting go.
The index is a cache: when it is missing, of another version or unreadable it is made anew from the database.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlite_utils import Database

from archive.intake.machine_reading import texts_read
from archive.office.folder import Office
from archive.records.database import one, rows, writing
from generator.errors import reason
from generator.vietnamese import name_sort_key, nfc, short_date
from search.analysis import CONCEPT, name_terms, terms
from search.engine import Entry
from search.errors import IndexBroken, IndexBusy, IndexUnwritable
from search.whoosh_engine import WhooshEngine

_BATCH = 1_000
_LONGEST_WAIT = 600.0  # seconds another process may take to build the index anew
_PERSONS = ("member", "leader_manager")
_LAST = 0x3000  # letters of other scripts sort behind all of ours, unordered
_engines: dict[Path, WhooshEngine] = {}
_engines_guard = threading.Lock()


def engine_of(office: Office) -> WhooshEngine:
    """The office's engine, kept warm for the life of the process."""
    with _engines_guard:
        return _engines.setdefault(office.index_root.resolve(), WhooshEngine(office.index_root))


def drain(office: Office, database: Database) -> int:
    """Indexes what was filed since the last time.

    Returns:
        how many outbox lines were taken away; 0 as well when another process is at it and will take them.

    Raises:
        IndexUnwritable: the index cannot be written.
    """
    taken = 0
    while one(database, "SELECT 1 FROM outbox LIMIT 1"):
        try:
            with _lock(office, 0):
                taken += _drain(office, database)
        except Timeout:
            break
    return taken


def reindex(office: Office, database: Database) -> int:
    """Makes the index anew from the database and gives the number of dossiers in it. Searching goes on meanwhile.

    Raises:
        IndexBusy: another process has been at it for ten minutes.
        IndexUnwritable: the index cannot be written.
    """
    try:
        with _lock(office, _LONGEST_WAIT):
            return _rebuild(office, database)
    except Timeout as error:
        raise IndexBusy from error


def ensure(office: Office, database: Database) -> WhooshEngine:
    """The engine with an index that can be read, made anew if need be.

    Raises:
        IndexBusy: another process has been building it for ten minutes.
        IndexUnwritable: the index cannot be written.
    """
    engine = engine_of(office)
    if _readable(engine):
        return engine
    try:
        with _lock(office, _LONGEST_WAIT):
            if not _readable(engine):
                _rebuild(office, database)
    except Timeout as error:
        raise IndexBusy from error
    return engine


def drift(office: Office, database: Database) -> tuple[list[str], list[str]]:
    """How the index departs from the database: ids it lacks, and ids it holds that are not filed.

    Dossiers still in the outbox are not missing.
    """
    indexed = ensure(office, database).dossier_ids()
    waiting = {row["dossier_id"] for row in rows(database, "SELECT dossier_id FROM outbox")}
    filed = {row["dossier_id"] for row in rows(database, "SELECT dossier_id FROM dossier_view WHERE version > 0")}
    return sorted(filed - indexed - waiting), sorted(indexed - filed - waiting)


@contextmanager
def _lock(office: Office, seconds: float) -> Iterator[None]:
    lock = FileLock(office.root / "index.lock", timeout=seconds)
    try:
        lock.acquire()
    except Timeout:
        raise
    except OSError as error:
        raise _unwritable(office, error) from error
    try:
        yield
    finally:
        lock.release()


def _unwritable(office: Office, error: OSError) -> IndexUnwritable:
    return IndexUnwritable(
        f"Không ghi được chỉ mục tìm kiếm vào {office.index_root}: {reason(error)}. "
        "Xin kiểm tra quyền ghi và chỗ trống trên đĩa."
    )


def _readable(engine: WhooshEngine) -> bool:
    try:
        engine.size()
    except IndexBroken:
        return False
    return True


def _drain(office: Office, database: Database) -> int:
    engine, taken = engine_of(office), 0
    while lines := rows(database, "SELECT seq, dossier_id FROM outbox ORDER BY seq LIMIT ?", [_BATCH]):
        try:
            engine.add(entries(database, sorted({line["dossier_id"] for line in lines})))
        except IndexBroken:
            before = _lines(database)
            _rebuild(office, database)
            return taken + before - _lines(database)
        _take_away(database, lines[-1]["seq"])
        taken += len(lines)
    return taken


def _lines(database: Database) -> int:
    counted = one(database, "SELECT count(*) AS lines FROM outbox")
    return int(counted["lines"]) if counted else 0


def _take_away(database: Database, last: int) -> None:
    with writing(database):
        database.execute("DELETE FROM outbox WHERE seq <= ?", [last])


def _rebuild(office: Office, database: Database) -> int:
    last = one(database, "SELECT max(seq) AS seq FROM outbox")
    filed = rows(
        database,
        "SELECT dossier_id FROM dossier_view WHERE version > 0 OR dossier_id IN (SELECT dossier_id FROM outbox)",
    )
    engine = engine_of(office)
    try:
        engine.rebuild(entries(database, [row["dossier_id"] for row in filed]))
    except OSError as error:
        raise _unwritable(office, error) from error
    if last and last["seq"] is not None:
        _take_away(database, last["seq"])
    return len(filed)


def entries(database: Database, dossier_ids: Sequence[str]) -> Iterator[Entry]:
    """What is to be indexed of the dossiers: names, codes, comments, reasons, results and the texts of the review."""
    for start in range(0, len(dossier_ids), _BATCH):
        wanted = json.dumps(dossier_ids[start : start + _BATCH])
        read = texts_read(database, dossier_ids[start : start + _BATCH])
        for row in rows(
            database,
            "SELECT t.*, v.kind, v.period, v.level, p.reference, p.birth_date FROM dossier_text_view t "
            "JOIN dossier_view v USING (dossier_id) LEFT JOIN dossier_person_view p USING (dossier_id) "
            "WHERE dossier_id IN (SELECT value FROM json_each(?))",
            [wanted],
        ):
            told = [*passages(row), *read.get(row["dossier_id"], ()), *_identity(row), row["period"]]
            yield entry(row, told, [CONCEPT + row["level"]] if row["level"] else [])


def short_entries(database: Database, dossier_ids: Sequence[str] | None = None) -> Iterator[Entry]:
    """Dossiers not yet filed, all or some, by name and unit alone: their texts still change and are not indexed."""
    among = "" if dossier_ids is None else " AND dossier_id IN (SELECT value FROM json_each(?))"
    for row in rows(
        database,
        f"SELECT dossier_id, kind, period, subject_name, unit_name FROM dossier_view WHERE version = 0{among}",  # noqa: S608
        [] if dossier_ids is None else [json.dumps(dossier_ids)],
    ):
        yield entry(row, [row["subject_name"], row["unit_name"], row["period"]], [])


def _identity(row: Mapping[str, Any]) -> list[str]:
    """What tells people of one name apart: the office's reference and the date of birth."""
    born = [short_date(date.fromisoformat(row["birth_date"]))] if row["birth_date"] else []
    return [*([row["reference"]] if row["reference"] else []), *born]


def entry(row: Mapping[str, Any], texts: Iterable[str], marks: Sequence[str]) -> Entry:
    """The entry of one dossier from its row, its texts and terms that no text holds."""
    text: dict[str, list[int]] = terms("\n".join(texts))
    for mark in marks:
        text.setdefault(mark, [])
    name = name_terms(row["subject_name"], row["kind"] in _PERSONS)
    about = frozenset((*terms(f"{row['unit_name']}\n{row['period']}"), *marks))
    return Entry(row["dossier_id"], row["period"], _order(row["subject_name"]), name, text, about)


def _order(name: str) -> str:
    """The Vietnamese order of names as a string that compares alike."""
    syllables = (
        "".join(chr(0x100 + min(letter, _LAST)) for letter in letters) + chr(0x40 + tone)
        for letters, tone in name_sort_key(name)
    )
    return " ".join(syllables)


def passages(row: Mapping[str, Any]) -> list[str]:
    """The texts of one dossier that may be found and shown, the most telling first; `row` is of `dossier_text_view`.

    The superior unit's name is not among them: all share it, and “Đảng bộ xã Hòa Sơn” would answer every “Đặng … Hoà”.
    """
    told = [row["comment"], row["reason"], *row["assessments"].split("\n")]
    told += [*_texts(json.loads(row["sections"])), *_texts(json.loads(row["facts"]))]
    told += [row[name] for name in ("subject_name", "unit_name", "positions", "codes", "decisions")]
    return [nfc(text) for text in told if text and text.strip()]


def _texts(value: Any) -> Iterator[str]:
    """The free texts in a JSON value. Codes hold neither blanks nor marks, and dates and numbers are not searched."""
    if isinstance(value, str):
        if " " in value or not value.isascii():
            yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def index_state(office: Office, database: Database) -> dict[str, Any]:
    """The health of the index: {readable, dossiers, waiting, files, bytes}; reads only, makes nothing anew."""
    engine = engine_of(office)
    readable = _readable(engine)
    files = [file.stat().st_size for file in office.index_root.rglob("*") if file.is_file()]
    return {
        "readable": readable,
        "dossiers": engine.size() if readable else 0,
        "waiting": _lines(database),
        "files": len(files),
        "bytes": sum(files),
    }
