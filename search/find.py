"""Finding dossiers: words by the engine, everything structural by SQL, and what is not indexed yet from memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.intake.machine_reading import texts_read
from archive.office.folder import Office
from archive.records.database import one, rows
from generator.vietnamese import name_sort_key
from search.engine import EntrySegment, Group
from search.errors import IndexBroken
from search.filters import Condition, where
from search.index import drain, engine_of, ensure, entries, passages, short_entries
from search.query import Filter, Node, Query, parse
from search.snippet import seen, snippet

_FEW = 2_000  # up to so many hits, SQL is asked about these; beyond, for all that the filters let through
_LONG_OUTBOX = 200
_FACETS = ("period", "level", "kind", "status", "unit_name")
_waiting: dict[Path, tuple[int, EntrySegment]] = {}
_waiting_guard = threading.Lock()


def find(
    office: Office,
    database: Database,
    query: str = "",
    *,
    period: str | None = None,
    level: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> dict[str, Any]:
    """The dossiers that answer a query; any text is a query.

    Words find what is filed by all its texts and what is not filed yet by name and unit. The best come first: names
    before texts, exact marks before none, the newest period before older ones, then by given name. Words that no text
    holds are taken for the name of a unit.

    Args:
        query: see `search.query`.
        period, level, unit, kind, status: further filters, codes or words as after `nam:`, `muc:`…
        limit, offset: which of the hits are given.

    Returns:
        {total, hits: [{dossier_id, subject, kind, period, level, status, unit, snippet, complaint}]}; `total` counts
        all, `complaint` is `open` or `none`.

    Raises:
        SearchError: the index had to be made anew and could not.
    """
    read = parse(query)
    found = _found(office, database, read, _conditions(read, period, level, unit, kind, status))
    shown = found[max(offset, 0) : max(offset, 0) + max(limit, 0)]
    return {"total": len(found), "hits": _hits(database, shown, read)}


def facets(
    office: Office,
    database: Database,
    query: str = "",
    *,
    period: str | None = None,
    level: str | None = None,
    unit: str | None = None,
    kind: str | None = None,
    status: str | None = None,
) -> dict[str, dict[str, int]]:
    """How many of the dossiers found fall on each period, level, kind, status and unit name.

    Args: as of `find`.

    Returns:
        {period: {"2018": 42, …}, level: …, kind: …, status: …, unit_name: …}; dossiers without a level count under "".
    """
    read = parse(query)
    found = _found(office, database, read, _conditions(read, period, level, unit, kind, status))
    counted: dict[str, dict[str, int]] = {name: {} for name in _FACETS}
    for row in rows(
        database,
        "SELECT period, level, kind, status, unit_name, count(*) AS dossiers FROM dossier_view "
        "WHERE dossier_id IN (SELECT value FROM json_each(?)) GROUP BY period, level, kind, status, unit_name",
        [json.dumps(found)],
    ):
        for name in _FACETS:
            value = row[name] or ""
            counted[name][value] = counted[name].get(value, 0) + row["dossiers"]
    return counted


def _conditions(read: Query, *given: str | None) -> tuple[Filter, ...]:
    fields = ("period", "level", "unit", "kind", "status")
    added = [Filter(field, (value,)) for field, value in zip(fields, given, strict=True) if value]
    return (*read.filters, *added)


def _found(office: Office, database: Database, read: Query, filters: Sequence[Filter]) -> list[str]:
    """The ids of all dossiers found, the best first."""
    condition = where(database, filters)
    if read.text is None:
        return _listed(database, condition)
    ranked = [dossier for group in _groups(office, database, read.text) for dossier in group.dossier_ids]
    if not ranked and read.plain:
        # No text holds the words: they may name a unit with others below it.
        return _listed(database, where(database, [*filters, Filter("unit", (read.plain,))]))
    if condition is None:
        return ranked
    sql, values = condition
    asked = "SELECT dossier_id FROM dossier_view WHERE " + sql  # noqa: S608 - fixed text; values are bound
    if len(ranked) <= _FEW:
        asked += " AND dossier_id IN (SELECT value FROM json_each(?))"
        values = [*values, json.dumps(ranked)]
    let_through = {row["dossier_id"] for row in rows(database, asked, values)}
    return [dossier for dossier in ranked if dossier in let_through]


def _listed(database: Database, condition: Condition | None) -> list[str]:
    sql, values = condition or ("1", [])
    asked = "SELECT dossier_id, period, subject_name FROM dossier_view WHERE " + sql  # noqa: S608 - as above
    listed = rows(database, asked, values)
    listed.sort(key=lambda row: (name_sort_key(row["subject_name"]), row["dossier_id"]))
    listed.sort(key=lambda row: row["period"], reverse=True)
    return [row["dossier_id"] for row in listed]


def _groups(office: Office, database: Database, node: Node) -> list[Group]:
    """The matches of the index and of what it does not hold yet, merged by score."""
    # The outbox is read before the index: what leaves it meanwhile is already in the index.
    waiting = _not_indexed(office, database)
    passed_over = {entry.dossier_id for entry in waiting.entries}
    engine = engine_of(office)
    try:
        indexed = engine.search(node)
    except IndexBroken:
        indexed = ensure(office, database).search(node)
    merged: dict[int, list[str]] = {group.score: group.dossier_ids for group in waiting.search(node)}
    for group in indexed:
        kept = [dossier for dossier in group.dossier_ids if dossier not in passed_over]
        merged.setdefault(group.score, []).extend(kept)
    return [Group(score, merged[score]) for score in sorted(merged, reverse=True)]


def _not_indexed(office: Office, database: Database) -> EntrySegment:
    counted = one(database, "SELECT count(*) AS lines FROM outbox")
    if counted and counted["lines"] > _LONG_OUTBOX:
        drain(office, database)
    lines = rows(database, "SELECT seq, dossier_id FROM outbox ORDER BY seq")
    drafts = rows(database, "SELECT dossier_id, subject_name, unit_name FROM dossier_view WHERE version = 0")
    state = hash((tuple(map(_frozen, lines)), tuple(map(_frozen, drafts))))
    with _waiting_guard:
        known = _waiting.get(office.root)
        if known and known[0] == state:
            return known[1]
    filed = list(entries(database, sorted({line["dossier_id"] for line in lines})))
    taken = {entry.dossier_id for entry in filed}
    segment = EntrySegment([*filed, *(entry for entry in short_entries(database) if entry.dossier_id not in taken)])
    with _waiting_guard:
        _waiting[office.root] = (state, segment)
    return segment


def _frozen(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.values())


def _snippet(texts: Sequence[str], machine: Sequence[str], read: Query) -> str:
    """What people wrote; what a machine read on a scan only where it tells more, and marked as such."""
    told = snippet(texts, read)
    from_scans = snippet(machine, read) if machine else ""
    return f"(máy đọc từ bản quét) {from_scans}" if seen(from_scans, read) > seen(told, read) else told


def _hits(database: Database, dossier_ids: Sequence[str], read: Query) -> list[dict[str, Any]]:
    found = {
        row["dossier_id"]: row
        for row in rows(
            database,
            "SELECT t.*, v.kind, v.period, v.level, v.status, v.complaint FROM dossier_text_view t "
            "JOIN dossier_view v USING (dossier_id) WHERE dossier_id IN (SELECT value FROM json_each(?))",
            [json.dumps(dossier_ids)],
        )
    }
    machine = texts_read(database, dossier_ids)
    return [
        {
            "dossier_id": dossier,
            "subject": found[dossier]["subject_name"],
            "kind": found[dossier]["kind"],
            "period": found[dossier]["period"],
            "level": found[dossier]["level"],
            "status": found[dossier]["status"],
            "unit": found[dossier]["unit_name"],
            "snippet": _snippet(passages(found[dossier]), machine.get(dossier, ()), read),
            "complaint": found[dossier]["complaint"],
        }
        for dossier in dossier_ids
        if dossier in found
    ]
