"""Filters of a query: which values of year, level, unit, kind and status each of them lets through."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.facts.values import choices
from generator.vietnamese import nfc
from search.analysis import vocabulary, words
from search.query import Filter
from search.structure import Columns

Values = Mapping[str, Collection[str]]


@lru_cache(maxsize=32768)
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


def let_through(database: Database, filters: Iterable[Filter], columns: Sequence[Columns]) -> list[int]:
    """The dossiers of each segment that pass all filters, as sets in the order of the columns given."""
    passing = [column.known for column in columns]
    for given in filters:
        for index, column in enumerate(columns):
            chosen = 0
            for field, values in _chosen(database, given, column.values):
                chosen |= column.having(field, values)
            passing[index] &= ~chosen if given.without else chosen
    return passing


def _chosen(database: Database, given: Filter, values: Values) -> list[tuple[str, frozenset[str]]]:
    """What a filter chooses: pairs (field, values of it); one of the pairs has to fit."""
    if given.field == "unit":
        return [pair for value in given.values for pair in _unit(database, value, values)]
    if given.field == "period":
        fitting = (period for value in given.values for period in _periods(value, values["period"]))
        return [("period", frozenset(fitting))]
    known = _known(given.field)
    return [(given.field, frozenset(known.get(key(value), value) for value in given.values))]


def _periods(value: str, periods: Iterable[str]) -> list[str]:
    """A year with all its parts (`2025` holds `2025-Q3`), or from one year to another."""
    first, dots, last = value.partition("..")
    if dots:
        return [one for one in periods if (first.strip() or "0000") <= one[:4] <= (last.strip() or "9999")]
    return [one for one in periods if one == value.upper() or one.startswith(f"{value.upper()}-")]


def _unit(database: Database, value: str, values: Values) -> list[tuple[str, frozenset[str]]]:
    """Units by reference or name, as they stand today with all below them, and as the dossiers named them."""
    units = rows(database, "SELECT unit_id, reference, name, short_name, parent_id FROM unit_view")
    chosen = {unit["unit_id"] for unit in units if value == unit["unit_id"] or key(value) == key(unit["reference"])}
    if chosen:
        return [("unit_id", _with_subordinates(chosen, units))]
    names = {unit["unit_id"]: [unit["name"], unit["short_name"] or ""] for unit in units}
    frozen = {text: [text] for field in ("unit_name", "parent_name") for text in values[field] if text}
    old = frozenset(_named(value, frozen))
    now = _with_subordinates(set(_named(value, names)), units)
    return [("unit_id", now), ("unit_name", old), ("parent_name", old)]


def _named(value: str, names: Mapping[str, Sequence[str]]) -> list[str]:
    """Those that bear the name; failing that, those whose name holds its words in a row (“Khu 1” is not “Khu 10”)."""
    wanted = key(value)
    bearing = [item for item, texts in names.items() if any(key(text) == wanted for text in texts)]
    return bearing or [
        item for item, texts in names.items() if any(f" {wanted} " in f" {key(text)} " for text in texts)
    ]


def _with_subordinates(chosen: set[str], units: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    below: dict[str, list[str]] = {}
    for unit in units:
        if unit["parent_id"]:
            below.setdefault(unit["parent_id"], []).append(unit["unit_id"])
    found, waiting = set(chosen), list(chosen)
    while waiting:
        fresh = [unit for unit in below.get(waiting.pop(), ()) if unit not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)
