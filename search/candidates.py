"""“Who qualifies?”: the people who in each of the last years reached a level, for planning and appointments."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.rules.rulebook import Rulebook
from generator.vietnamese import name_sort_key
from search.analysis import vocabulary
from search.candidate_units import placed_then, units_today
from search.errors import SearchError
from search.filters import key
from search.judged_years import Years
from search.spans import Span, span_of
from search.year_results import BELOW, MET, Result, Year

CAPACITIES = ("member", "leader_manager")
NOW, THEN = "now", "then"


class LevelUnclear(SearchError):
    """Mức xếp loại viết chưa rõ."""

    code = "search.level-unclear"


@dataclass(frozen=True)
class Asked:
    """Who is looked for.

    Args:
        at_least: the lowest level that is enough: a code, its words or short form; of several guidances in the span
            one each, `guidance:level` where a word fits more than one of its levels.
        best: in so many years at least the best level of that year's guidance.
        capacity: `member` or `leader_manager`.
        unit: reference or name; those of the units below it too. By `basis` `now` the people who are there today,
            `then` those whom it evaluated in the span, as the units stood on that day.
        show_gaps: a year that says nothing does not exclude, as long as some result reaches the level.
        years, until, between: see `search.spans.span_of`.
    """

    at_least: tuple[str, ...]
    best: int = 0
    capacity: str = CAPACITIES[0]
    unit: str = ""
    basis: str = NOW
    show_gaps: bool = False
    years: int = 3
    until: str = ""
    between: str = ""


@dataclass(frozen=True)
class Candidate:
    """One person with how each year stands, the oldest first."""

    person: Mapping[str, Any]
    years: tuple[Year, ...]

    @property
    def best(self) -> int:
        """In how many years the level was the best of its guidance."""
        return sum(year.best for year in self.years)

    @property
    def gaps(self) -> tuple[Year, ...]:
        """The years that say nothing."""
        return tuple(year for year in self.years if year.gap)

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            **self.person, "best_years": self.best, "gaps": [year.year for year in self.gaps],
            "years": [year.as_dict() for year in self.years],
        }  # fmt: skip


@dataclass(frozen=True)
class Candidates:
    """Who was found, by name in the Vietnamese order, and how many were not and why.

    Args:
        bounds: guidance → the lowest level that was enough.
        books: the guidances by which results of the span are read.
        counted: `considered`: people with an evaluation in the span; `qualified`; `below`: with a year below the
            level; `short_of_best`; `gaps`: only left out for a year that says nothing.
        notes: sentences about the answer as a whole.
    """

    asked: Asked
    span: Span
    bounds: Mapping[str, str]
    books: Mapping[str, Rulebook]
    people: tuple[Candidate, ...]
    counted: Mapping[str, int]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "first": self.span.first, "last": self.span.last, "capacity": self.asked.capacity,
            "at_least": dict(self.bounds), "best": self.asked.best, "unit": self.asked.unit, "basis": self.asked.basis,
            "show_gaps": self.asked.show_gaps, "counted": dict(self.counted), "notes": list(self.notes),
            "people": [one.as_dict() for one in self.people],
        }  # fmt: skip


def candidates(
    database: Database, asked: Asked, rulebook: str, *, limit: int | None = None, offset: int = 0
) -> Candidates:
    """The people who qualify. A person merged into another counts as the one who stays.

    Args:
        rulebook: the office's guidance, by which results on paper of other years are read.
        limit, offset: which of them are given; without a limit all. `counted` counts all.

    Raises:
        SpanUnclear, LevelUnclear, UnitUnknown: what is asked cannot be understood.
    """
    reader = Years(database, rulebook, span_of(database, asked.years, asked.until, asked.between))
    reader.bounds = bounds_of(reader.books, asked.at_least)
    outcomes: Counter[str] = Counter()
    qualified = []
    for person_id, results in _read(reader, asked).items():
        outcome = _outcome(asked, reader.years(results))
        outcomes[outcome] += 1
        if outcome == "qualified":
            qualified.append(person_id)
    told = sorted(people_of(database, qualified).values(), key=name_order)
    shown = told[offset:] if limit is None else told[offset : offset + limit]
    details = reader.read(capacity=asked.capacity, people=[person["person_id"] for person in shown])
    people = tuple(Candidate(person, reader.years(details[person["person_id"]])) for person in shown)
    counted = {name: outcomes[name] for name in ("qualified", BELOW, "short_of_best", "gaps")}
    counted = {"considered": outcomes.total(), **counted}
    return Candidates(asked, reader.span, reader.bounds, reader.books, people, counted, tuple(_notes(reader, asked)))


def _read(reader: Years, asked: Asked) -> dict[str, list[Result]]:
    """The results of the people asked about."""
    if not asked.unit:
        return reader.read(capacity=asked.capacity, brief=True)
    if asked.basis == THEN:
        placed = placed_then(reader.database, asked.unit)
        everyone = reader.read(capacity=asked.capacity).items()
        return {person: results for person, results in everyone if any(placed(result.place) for result in results)}
    there = rows(
        reader.database,
        "SELECT person_id FROM person_view WHERE merged_into IS NULL AND unit_id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(units_today(reader.database, asked.unit)))],
    )
    return reader.read(capacity=asked.capacity, people=[row["person_id"] for row in there], brief=True)


def _outcome(asked: Asked, years: Sequence[Year]) -> str:
    if any(year.state == BELOW for year in years):
        return BELOW
    # A contested result stays in force until the complaint is concluded.
    reached = any(result.state in (MET, "complaint") for year in years for result in year.results)
    if not reached or (not asked.show_gaps and any(year.gap for year in years)):
        return "gaps"
    return "qualified" if sum(year.best for year in years) >= asked.best else "short_of_best"


def _notes(reader: Years, asked: Asked) -> list[str]:
    """What makes the whole answer thin: years of which nothing is kept."""
    known = {campaign["period"][:4] for campaign in reader.campaigns}
    known |= {row["period"][:4] for row in rows(reader.database, "SELECT period FROM past_period_view")}
    empty = [year for year in reader.span.years if year not in known]
    if not empty:
        return []
    told = f"Trong kho không có kết quả nào của năm {', '.join(empty)}"
    return [f"{told}." if asked.show_gaps else f"{told}, nên không ai đủ các năm."]


def name_order(person: Mapping[str, Any]) -> tuple[Any, ...]:
    """The sorting key of a person: by name in the Vietnamese order, namesakes by their birth date."""
    return name_sort_key(person["name"]), person["birth_date"] or "", person["person_id"]


def people_of(database: Database, person_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Id → who it is and what tells him apart: name, birth date, unit of today, numbers, reference."""
    return {
        row["person_id"]: row
        for row in rows(
            database,
            "SELECT person_id, full_name AS name, birth_date, unit_name AS unit, codes, reference FROM person_view "
            "WHERE person_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(person_ids))],
        )
    }


def bounds_of(books: Mapping[str, Rulebook], given: Sequence[str]) -> dict[str, str]:
    """Guidance → the lowest level that is enough, of what was asked.

    Raises:
        LevelUnclear: a guidance has none of the levels asked for, or several.
    """
    return {name: _bound(book, given) for name, book in books.items()}


def _bound(book: Rulebook, given: Sequence[str]) -> str:
    own = [level for name, colon, level in (one.partition(":") for one in given) if colon and name == book.name]
    meant = {level for one in own or given if (level := level_of(book, one))}
    if len(meant) == 1:
        return meant.pop()
    levels = ", ".join(f"“{book.levels.label(code)}”" for code in book.levels.codes)
    asked = ", ".join(f"“{one}”" for one in given)
    trouble = "không có mức" if not meant else "có nhiều mức ứng với"
    raise LevelUnclear(
        f"{book.short_citation} năm {book.year} {trouble} {asked}. Xin chọn một trong các mức: {levels}"
        f" (ghi “{book.name}:mức” nếu các năm theo nhiều hướng dẫn)."
    )


def level_of(book: Rulebook, text: str) -> str | None:
    """The level of a guidance that a code, its words, its short form or a common way to type it means."""
    wanted = key(text)
    for code in book.levels.codes:
        if wanted in {key(code), key(book.levels.label(code)), key(book.levels.short(code))}:
            return code
    typed: Mapping[str, Sequence[str]] = vocabulary()["values"]["level"]
    return next((code for code in book.levels.codes if wanted in map(key, typed.get(code, ()))), None)
