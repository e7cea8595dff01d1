"""Whether people belong to a unit or one below it: where they are today, or where they were evaluated then."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.vietnamese import text_sort_key
from search.errors import SearchError
from search.filters import key

Place = tuple[str | None, str | None, str | None, str | None]


class UnitUnknown(SearchError):
    """Không có đơn vị này."""

    code = "search.unit-unknown"


def units_today(database: Database, given: str) -> frozenset[str]:
    """The ids of the unit of this reference or present name and of all below it today.

    Raises:
        UnitUnknown: there is none.
    """
    known = rows(database, "SELECT unit_id, reference, name, short_name, parent_id FROM unit_view")
    return frozenset(_with_those_below(_named(known, given), known))


def placed_then(database: Database, given: str) -> Callable[[Place], bool]:
    """Tells of a place of evaluation whether it was the unit, or stood below it, on the day of that evaluation.

    The names a dossier froze come before what the list of units says of that day: those are what was on paper.

    Raises:
        UnitUnknown: no unit ever bore this reference or name, in the list of units or on a dossier.
    """
    known = rows(
        database, "SELECT unit_id, reference, name, short_name, parent_id, valid_from, valid_to FROM unit_time_view"
    )
    wanted = key(given)
    try:
        chosen = _named(known, given)
    except UnitUnknown:
        frozen = rows(database, "SELECT DISTINCT unit_name, parent_name FROM person_result_view")
        if not any(wanted in (key(row["unit_name"] or ""), key(row["parent_name"] or "")) for row in frozen):
            raise
        chosen = set()
    days: dict[str, tuple[set[str], set[str]]] = {}
    answers: dict[Place, bool] = {}

    def placed(place: Place) -> bool:
        if place not in answers:
            day = place[3] or ""
            if day not in days:
                days[day] = _standing_on(day, known, chosen, wanted)
            answers[place] = _is_in(place, *days[day])
        return answers[place]

    return placed


def _is_in(place: Place, ids: set[str], names: set[str]) -> bool:
    unit_id, unit_name, parent_name, _ = place
    if unit_name and key(unit_name) in names:
        return True
    return key(parent_name) in names if parent_name else unit_id in ids


def _standing_on(day: str, known: Iterable[dict[str, Any]], chosen: set[str], wanted: str) -> tuple[set[str], set[str]]:
    """The ids of the unit and those below it on a day, and what those above others were called then."""
    then = [row for row in known if (row["valid_from"] or "") <= day and (not row["valid_to"] or day < row["valid_to"])]
    ids = _with_those_below(chosen, then)
    above = {row["parent_id"] for row in then}
    named = [row for row in then if row["unit_id"] in chosen or (row["unit_id"] in ids and row["unit_id"] in above)]
    return ids, {wanted, *(key(row["name"]) for row in named)}


def _named(known: Iterable[dict[str, Any]], given: str) -> set[str]:
    wanted, listed = key(given), list(known)
    by_reference = {row["unit_id"] for row in listed if given == row["unit_id"] or wanted == key(row["reference"])}
    found = by_reference or {
        row["unit_id"] for row in listed if wanted and wanted in (key(row["name"]), key(row["short_name"] or ""))
    }
    if not found:
        raise UnitUnknown(f"Không có đơn vị “{given}”. Xin ghi mã hoặc tên đúng như trong danh sách đơn vị.")
    return found


def _with_those_below(chosen: Iterable[str], known: Iterable[dict[str, Any]]) -> set[str]:
    below: dict[str, list[str]] = {}
    for row in known:
        if row["parent_id"]:
            below.setdefault(row["parent_id"], []).append(row["unit_id"])
    found, waiting = set(chosen), list(chosen)
    while waiting:
        fresh = [unit for unit in below.get(waiting.pop(), ()) if unit not in found]
        found.update(fresh)
        waiting += fresh
    return found


def unit_names(database: Database) -> list[str]:
    """The names of the units of today in the Vietnamese order, each once, for people to choose from."""
    return sorted({row["name"] for row in rows(database, "SELECT name FROM unit_view")}, key=text_sort_key)
