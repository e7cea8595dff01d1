"""How people stand year by year against a level asked for.

A year counts as one: by the result of the whole year where there is one, else by each of its parts (quarters) that the
person's own campaigns of that year have. Levels are compared by the order of the guidance they were given under.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.rules.rulebook import Rulebook, load_rulebook
from search.spans import Span
from search.year_results import BELOW, GAPS, MET, Result, Year

_COLUMNS = (
    "person_id", "capacity", "period", "rulebook", "owner_id", "evaluated_on", "unit_id", "unit_name", "parent_name",
    "level", "decision", "decided_on", "decided_by", "dossier_id", "status", "complaint", "annulled",
)  # fmt: skip

_TOLD = frozenset({"unit_id", "unit_name", "parent_name", "evaluated_on", "decision", "decided_on", "decided_by",
                   "dossier_id", "status"})  # fmt: skip


@dataclass
class Years:
    """Reads results and judges years.

    Args:
        default: the office's guidance, by which results on paper of other years are read.
        bounds: guidance → the lowest level that is enough; empty: every level of the order is.
    """

    database: Database
    default: str
    span: Span
    bounds: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _span_years(self) -> tuple[str, ...]:
        return self.span.years

    @cached_property
    def campaigns(self) -> list[dict[str, Any]]:
        """The campaigns of the span."""
        known = rows(self.database, "SELECT period, rulebook, owner_id, evaluated_on FROM campaign_view")
        return [campaign for campaign in known if self.span.holds(campaign["period"])]

    @cached_property
    def books(self) -> dict[str, Rulebook]:
        """The guidances by which results of the span are read, the office's own first."""
        names = [self.default, *(campaign["rulebook"] for campaign in self.campaigns)]
        return {name: load_rulebook(name) for name in dict.fromkeys(names)}

    @cached_property
    def parts(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """(owner, year) → the periods of that owner's campaigns in that year."""
        found: dict[tuple[str, str], list[str]] = {}
        for campaign in self.campaigns:
            found.setdefault((campaign["owner_id"], campaign["period"][:4]), []).append(campaign["period"])
        return {key: tuple(sorted(periods)) for key, periods in found.items()}

    @cached_property
    def survivors(self) -> dict[str, str]:
        """Those merged into another → the one who stays."""
        merged = {
            row["person_id"]: row["merged_into"]
            for row in rows(
                self.database, "SELECT person_id, merged_into FROM person_view WHERE merged_into IS NOT NULL"
            )
        }
        return {person_id: _end(merged, person_id) for person_id in merged}

    def read(
        self, *, capacity: str = "", people: Sequence[str] | None = None, brief: bool = False
    ) -> dict[str, list[Result]]:
        """Person who stays → results of the span; the person's paper gives way to what hoso decided.

        Args:
            capacity: only this one.
            people: only these, with everyone merged into them.
            brief: without unit, decision and dossier, in half the time: enough to judge by.
        """
        given = {"capacity": capacity, "first": self.span.first[:4], "last": self.span.last[:4]}
        wanted = "substr(period, 1, 4) BETWEEN :first AND :last" + (" AND capacity = :capacity" if capacity else "")
        if people is not None:
            asked = set(people)
            merged = [person_id for person_id, stays in self.survivors.items() if stays in asked]
            given["people"] = json.dumps([*asked, *merged])
            wanted += " AND person_id IN (SELECT value FROM json_each(:people))"
        columns = ", ".join("NULL" if brief and name in _TOLD else name for name in _COLUMNS)
        sql = f"SELECT {columns} FROM person_result_view WHERE {wanted}"  # noqa: S608 - fixed text
        found: dict[str, list[Result]] = {}
        on_paper: list[Result] = []
        held = cache(self.span.holds)
        for row in self.database.execute(sql, given).fetchall():
            if held(row[2]):
                result = self._result(row)
                if not result.owner:
                    on_paper.append(result)
                else:
                    found.setdefault(result.person_id, []).append(result)
        _add_paper(found, on_paper)
        return found

    def _result(self, row: Sequence[Any]) -> Result:
        (person_id, capacity, period, rulebook, owner, evaluated_on, unit_id, unit_name, parent_name, level, decision,
         decided_on, decided_by, dossier_id, status, complaint, annulled) = row  # fmt: skip
        state, best, label, short = self._standing(rulebook, period, level)
        if level is None:
            state = "annulled" if annulled else "pending"
        elif complaint == "open" and state == MET:
            state, best = "complaint", False
        return Result(
            self.survivors.get(person_id, person_id), capacity, period, level, label, short, state, best,
            (unit_id, unit_name, parent_name, evaluated_on), owner or "", decision, decided_on, decided_by, dossier_id,
            status or "", complaint,
        )  # fmt: skip

    @cached_property
    def _known(self) -> dict[tuple[str | None, str, str | None], tuple[str, bool, str, str]]:
        return {}

    def _standing(self, rulebook: str | None, period: str, level: str | None) -> tuple[str, bool, str, str]:
        """(state, whether the best, label, short label) of a level given under a guidance."""
        key = (rulebook, period, level)
        if key not in self._known:
            self._known[key] = self._stood(self.book_of(rulebook, period, level), level)
        return self._known[key]

    def _stood(self, book: Rulebook | None, level: str | None) -> tuple[str, bool, str, str]:
        if level is None:
            return "pending", False, "", ""
        if book is None:
            return "unknown", False, level, level
        scale = book.levels
        label, short = scale.labels[level], scale.shorts[level]
        if level not in scale.positions:
            return "outside", False, label, short
        enough = book.name not in self.bounds or scale.at_least(level, self.bounds[book.name])
        return MET if enough else BELOW, scale.position(level) == 0, label, short

    def book_of(self, rulebook: str | None, period: str, level: str | None) -> Rulebook | None:
        """The guidance a result was given under; of one on paper the likeliest that has its level."""
        if rulebook:
            book = self.books[rulebook]
            return book if level is None or level in book.levels.labels else None
        then = [campaign["rulebook"] for campaign in self.campaigns if campaign["period"][:4] == period[:4]]
        likely = (*dict.fromkeys(then), *self.books)
        return next((self.books[name] for name in likely if level in self.books[name].levels.labels), None)

    def years(self, results: Iterable[Result]) -> tuple[Year, ...]:
        """How each year of the span stands, by the results of one person in one capacity."""
        by_year: dict[str, list[Result]] = {year: [] for year in self._span_years}
        for result in results:
            by_year[result.period[:4]].append(result)
        return tuple(self._year(year, found) for year, found in by_year.items())

    def _year(self, year: str, results: list[Result]) -> Year:
        if not results:
            return Year(year, "missing", False)
        if len(results) == 1 and results[0].period == year:
            return Year(year, results[0].state, results[0].best, (results[0],))
        by_period: dict[str, list[Result]] = {}
        for result in results:
            by_period.setdefault(result.period, []).append(result)
        whole = by_period.get(year)
        shown = tuple(sorted(results, key=lambda one: (one.period, one.owner, one.dossier_id or "")))
        if whole and any(result.level for result in whole):
            return Year(year, _together(whole), _is_best(whole), shown)
        expected = {period for one in results if one.owner for period in self.parts[one.owner, year]}
        missing = tuple(sorted(period for period in expected - by_period.keys() if period != year))
        states = {_together(found) for found in by_period.values()} | ({"missing"} if missing else set())
        return Year(year, _worst(states), not missing and all(map(_is_best, by_period.values())), shown, missing)


def _together(results: Sequence[Result]) -> str:
    """The state of one period: of several evaluations those with a level speak, and each must be enough."""
    states = {result.state for result in results}
    if BELOW in states or MET not in states:
        return _worst(states)
    return "complaint" if "complaint" in states else MET


def _is_best(results: Sequence[Result]) -> bool:
    return _together(results) == MET and all(one.best for one in results if one.state == MET)


def _worst(states: set[str]) -> str:
    return next((state for state in (BELOW, *GAPS) if state in states), MET)


def _add_paper(found: dict[str, list[Result]], on_paper: Sequence[Result]) -> None:
    if not on_paper:
        return
    decided = {
        (one.person_id, one.capacity, one.period)
        for results in found.values()
        for one in results
        if one.state != "pending"
    }
    for result in on_paper:
        if (result.person_id, result.capacity, result.period) in decided:
            continue
        kept = found.setdefault(result.person_id, [])
        # An evaluation that is only begun says less than the paper.
        begun = [one for one in kept if one.owner and one[1:3] == result[1:3]]
        kept[:] = [one for one in kept if one not in begun]
        kept.append(result)


def _end(merged: Mapping[str, str], person_id: str) -> str:
    seen = {person_id}
    while (into := merged.get(person_id)) and into not in seen:
        seen.add(into)
        person_id = into
    return person_id


def guidances(database: Database, default: str) -> list[Rulebook]:
    """The guidances that campaigns kept here were under, the office's own first, then the newest."""
    used = {row["rulebook"] for row in rows(database, "SELECT DISTINCT rulebook FROM campaign_view")} - {default}
    others = sorted((load_rulebook(name) for name in used), key=lambda book: (-book.year, book.name))
    return [load_rulebook(default), *others]
