"""Filters of a query as conditions over `dossier_view`: year, level, unit, kind, status are answered by SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.facts.values import choices
from generator.vietnamese import nfc
from search.analysis import vocabulary, words
from search.query import Filter

Condition = tuple[str, list[Any]]


def key(text: str) -> str:
    """The words of a text, folded, as one string: “Chi bộ Khu 1” and “chi-bo khu 1” have one key."""
    return " ".join(word.folded for word in words(nfc(text)))


@cache
def _known(field: str) -> Mapping[str, str]:
    """What may be typed for a coded field: key → code."""
    found: dict[str, str] = {}
    labels = {"kind": choices()["capacity"], "status": choices()["dossier_status"]}.get(field, {})
    written = [(concept["code"], concept["written"]) for concept in vocabulary()["concept"]]
    values = vocabulary()["values"][field]
    for code, forms in values.items():
        spoken = [form for concept, forms_ in written if concept == code for form in forms_] if field == "level" else []
        for form in (*forms, *spoken, code, labels.get(code, code)):
            found[key(form)] = code
    return found


def where(database: Database, filters: Iterable[Filter]) -> Condition | None:
    """The condition that all filters make together, with its parameters; None when there are none."""
    made = [_negated(_condition(database, given), given.without) for given in filters if given.values]
    if not made:
        return None
    return " AND ".join(f"({sql})" for sql, _ in made), [value for _, values in made for value in values]


def _negated(condition: Condition, without: bool) -> Condition:
    sql, values = condition
    return (f"NOT coalesce(({sql}), 0)", values) if without else condition


def _condition(database: Database, given: Filter) -> Condition:
    if given.field == "period":
        parts = [_period(value) for value in given.values]
    elif given.field == "unit":
        parts = [_unit(database, value) for value in given.values]
    else:
        known = _known(given.field)
        codes = [known.get(key(value), value) for value in given.values]
        return f"{given.field} IN ({', '.join('?' * len(codes))})", codes
    return " OR ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _period(value: str) -> Condition:
    """A year with all its parts (`2025` holds `2025-Q3`), or from one year to another."""
    first, dots, last = value.partition("..")
    if dots:
        return "substr(period, 1, 4) BETWEEN ? AND ?", [first.strip() or "0000", last.strip() or "9999"]
    return "period = ? OR period LIKE ? || '-%'", [value.upper(), value.upper()]


def _unit(database: Database, value: str) -> Condition:
    """Units by reference or name, as they stand today with all below them, and as the dossiers named them."""
    units = rows(database, "SELECT unit_id, reference, name, short_name, parent_id FROM unit_view")
    chosen = {unit["unit_id"] for unit in units if value == unit["unit_id"] or key(value) == key(unit["reference"])}
    if chosen:
        return _in("unit_id", _with_subordinates(chosen, units))
    names = {unit["unit_id"]: [unit["name"], unit["short_name"] or ""] for unit in units}
    chosen = set(_named(value, names))
    then = rows(database, "SELECT DISTINCT unit_name, parent_name FROM dossier_view")
    frozen = {text: [text] for row in then for text in (row["unit_name"], row["parent_name"]) if text}
    old = _named(value, frozen)
    conditions = [_in("unit_id", _with_subordinates(chosen, units)), _in("unit_name", old), _in("parent_name", old)]
    return " OR ".join(sql for sql, _ in conditions), [part for _, values in conditions for part in values]


def _in(column: str, values: Iterable[str]) -> Condition:
    listed = sorted(values)
    return f"{column} IN ({', '.join('?' * len(listed))})", listed


def _named(value: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Those that bear the name; failing that, those whose name holds its words in a row (“Khu 1” is not “Khu 10”)."""
    wanted = key(value)
    bearing = [item for item, texts in names.items() if any(key(text) == wanted for text in texts)]
    return bearing or [
        item for item, texts in names.items() if any(f" {wanted} " in f" {key(text)} " for text in texts)
    ]


def _with_subordinates(chosen: set[str], units: Sequence[Mapping[str, Any]]) -> set[str]:
    below: dict[str, list[str]] = {}
    for unit in units:
        if unit["parent_id"]:
            below.setdefault(unit["parent_id"], []).append(unit["unit_id"])
    found, waiting = set(chosen), list(chosen)
    while waiting:
        fresh = [unit for unit in below.get(waiting.pop(), ()) if unit not in found]
        found.update(fresh)
        waiting += fresh
    return found
