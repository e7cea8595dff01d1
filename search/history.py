"""One person's results over the years: by name with or without marks, card or file number, or office reference."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.vietnamese import fold, name_sort_key, nfc
from search.analysis import words

_LISTED = ("filed", "incomplete", "annulled", "reclassified", "disposed")
Person = Mapping[str, Any]


def history(database: Database, name_or_id: str) -> dict[str, Any]:
    """The people meant and what each was classified, the newest year first.

    An id, reference, card or file number comes first; then the whole name as written; then without marks; then names
    that hold the words in a row. A person merged into another is shown as the one who stays, with the results of both.
    Results on paper of years before hoso count; annulled ones are listed without a level.

    Returns:
        {matches: [{person_id, name, birth_date, unit, results: [{period, capacity, level, status, decision,
        decided_on, decided_by, dossier_id, unit}]}]}, by given name; no match is an empty list.
    """
    people = {
        person["person_id"]: person
        for person in rows(
            database,
            "SELECT person_id, reference, full_name, birth_date, merged_into, codes, unit_name FROM person_view",
        )
    }
    staying: dict[str, list[str]] = {}
    for person_id in people:
        staying.setdefault(_survivor(people, person_id), []).append(person_id)
    chosen = sorted(
        {_survivor(people, person["person_id"]) for person in _meant(nfc(name_or_id).strip(), people.values())},
        key=lambda person_id: (name_sort_key(people[person_id]["full_name"]), person_id),
    )
    results = _results(database, [part for person_id in chosen for part in staying[person_id]])
    return {
        "matches": [
            {
                "person_id": person_id,
                "name": people[person_id]["full_name"],
                "birth_date": people[person_id]["birth_date"],
                "unit": people[person_id]["unit_name"],
                "results": _newest_first(result for part in staying[person_id] for result in results.get(part, ())),
            }
            for person_id in chosen
        ]
    }


def _survivor(people: Mapping[str, Person], person_id: str) -> str:
    seen = {person_id}
    while (into := people[person_id]["merged_into"]) and into in people and into not in seen:
        seen.add(into)
        person_id = into
    return person_id


def _plain(text: str) -> str:
    """Letters and digits alone: “00.123.456” and “00123456” are one number."""
    return "".join(word.folded for word in words(text))


def _row(text: str) -> str:
    return f" {' '.join(word.folded for word in words(text))} "


def _exact(text: str) -> tuple[str, ...]:
    return tuple(word.exact for word in words(text))


def _meant(given: str, people: Iterable[Person]) -> Sequence[Person]:
    """Those whom the words mean: the first way of meaning that finds anyone."""
    everyone = list(people)
    plain, row, exact = _plain(given), _row(given), _exact(given)
    if not plain:
        return []
    ways: list[Callable[[Person], bool]] = [
        lambda person: given in (person["person_id"], person["reference"]),
        lambda person: plain == _plain(person["reference"]),
        lambda person: plain in {_plain(code) for code in person["codes"].split()},
    ]
    if fold(given) != given.lower():
        ways.append(lambda person: exact == _exact(nfc(person["full_name"])))
    ways += [
        lambda person: row == _row(nfc(person["full_name"])),
        lambda person: row in _row(nfc(person["full_name"])),
    ]
    for meant in ways:
        found = [person for person in everyone if meant(person)]
        if found:
            return found
    return []


def _results(database: Database, person_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """Each person's results: decisions in force and results on paper; then dossiers whose decision is annulled."""
    wanted = json.dumps(person_ids)
    found: dict[str, list[dict[str, Any]]] = {}
    with_result: set[str] = set()
    for result in rows(
        database,
        "SELECT person_id, period, capacity, level, status, decision, decided_on, decided_by, dossier_id, "
        "unit_name AS unit FROM result_view WHERE person_id IN (SELECT value FROM json_each(?))",
        [wanted],
    ):
        with_result.add(result["dossier_id"] or "")
        found.setdefault(result.pop("person_id"), []).append(result)
    for result in rows(
        database,
        "SELECT person_id, period, capacity, level, status, decision_number AS decision, decided_on, decided_by, "
        "dossier_id, unit_name AS unit FROM dossier_view WHERE person_id IN (SELECT value FROM json_each(?)) "
        "AND status IN (SELECT value FROM json_each(?))",
        [wanted, json.dumps(_LISTED)],
    ):
        if result["dossier_id"] not in with_result:
            found.setdefault(result.pop("person_id"), []).append(result)
    return found


def _newest_first(results: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    by_capacity = sorted(results, key=lambda result: str(result["capacity"]))
    return sorted(by_capacity, key=lambda result: str(result["period"]), reverse=True)
