"""Finding dossiers: words by the engine, year, level, unit, kind and status as the database has them, and what is not
indexed yet from memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from archive.intake.machine_reading import texts_read
from archive.office.folder import Office
from archive.records.database import rows
from search.engine import Engine, EntrySegment, Found, Segment, bitmap
from search.errors import IndexBroken
from search.filters import let_through
from search.index import engine_of, ensure, passages, reindex
from search.query import Filter, Node, Query, parse
from search.snippet import seen, snippet
from search.spelling import probably_meant
from search.structure import FACETS, structure_of
from search.waiting import waiting_of


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
    holds are taken for the name of a unit; failing that, mistyped names are put right.

    Args:
        query: see `search.query`.
        period, level, unit, kind, status: further filters, codes or words as after `nam:`, `muc:`…
        limit, offset: which of the hits are given.

    Returns:
        {total, hits: [{dossier_id, subject, kind, period, level, status, unit, snippet, complaint}]}; `total` counts
        all, `complaint` is `open` or `none`. Where nothing answered and names were put right, `meant` says what is
        answered instead.

    Raises:
        SearchError: the index had to be made anew and could not.
    """
    read = parse(query)
    found, meant = _found(office, database, read, _conditions(read, period, level, unit, kind, status))
    shown = found.best(max(offset, 0), max(limit, 0))
    answer = {"total": found.total, "hits": _hits(database, shown, parse(meant) if meant else read)}
    return {**answer, "meant": meant} if meant else answer


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
    found, _ = _found(office, database, read, _conditions(read, period, level, unit, kind, status))
    counted: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    parts = list(found.sets())
    columns = structure_of(office).columns(database, [segment for segment, _ in parts])
    for (_, bits), column in zip(parts, columns, strict=True):
        for name, values in column.counts(bits).items():
            for value, dossiers in values.items():
                counted[name][value] = counted[name].get(value, 0) + dossiers
    return counted


def _conditions(read: Query, *given: str | None) -> tuple[Filter, ...]:
    fields = ("period", "level", "unit", "kind", "status")
    added = [Filter(field, (value,)) for field, value in zip(fields, given, strict=True) if value]
    return (*read.filters, *added)


def _found(office: Office, database: Database, read: Query, filters: Sequence[Filter]) -> tuple[Found, str]:
    """All dossiers that answer, and what was asked instead where nothing answered; else empty."""
    found = _over_index(office, database, read.text, filters)
    if found.total or not read.plain:
        return found, ""
    # No text holds the words: they may name a unit with others below it.
    named = _over_index(office, database, None, [*filters, Filter("unit", (read.plain,))])
    meant = "" if named.total else probably_meant(read.plain, found.segments)
    if not meant:
        return named, ""
    put_right = _over_index(office, database, parse(meant).text, filters)
    return (put_right, meant) if put_right.total else (named, "")


def _over_index(office: Office, database: Database, node: Node | None, filters: Sequence[Filter]) -> Found:
    # The outbox is read before the index: what leaves it meanwhile is already in the index.
    waiting = waiting_of(office).segment(database)
    try:
        return _over(office, database, engine_of(office), waiting, node, filters)
    except IndexBroken:
        engine = ensure(office, database)
    try:
        return _over(office, database, engine, waiting, node, filters)
    except IndexBroken:
        # It opens, and what the words ask for is damaged.
        reindex(office, database)
    return _over(office, database, engine, waiting, node, filters)


def _over(
    office: Office,
    database: Database,
    engine: Engine,
    waiting: EntrySegment,
    node: Node | None,
    filters: Sequence[Filter],
) -> Found:
    among: list[tuple[Segment, int]] = [(waiting, waiting.everything)]
    for segment, live in engine.segments():
        passed_over = [segment.rank_of[dossier] for dossier in waiting.ids if dossier in segment.rank_of]
        among.append((segment, live & ~bitmap(passed_over, len(segment.ids)) if passed_over else live))
    if filters:
        columns = structure_of(office).columns(database, [segment for segment, _ in among])
        passing = let_through(database, filters, columns)
        among = [(segment, live & passed) for (segment, live), passed in zip(among, passing, strict=True)]
    return Found(node, among)


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
