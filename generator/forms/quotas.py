"""The share of the excellent among those a form counts: worked out for the paper, and judged before it is final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import judge
from generator.forms.manifest import Manifest, Quota
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings

Values = Mapping[str, Any]


@dataclass(frozen=True)
class CountedGroup:
    """Those of one group a form counts, with what the rulebook says of how many of them are excellent.

    Args:
        place: the row that names the group, `collectives[2]`, or the table where all rows are one group.
        rule: the rule that bounds the share.
        name: whom it counts, as printed.
        result: the judge's answer.
        classified: how many of the group have a level.
    """

    place: str
    rule: str
    name: str
    result: Outcome
    classified: int


def counted_groups(
    form: Manifest, values: Values, book: Rulebook, settings: Settings | None = None
) -> Iterator[CountedGroup]:
    """Every group whose share of the excellent is bounded, in the order the form counts them."""
    for one in form.quotas:
        if one.when is None or values.get(one.when.field) in one.when.codes:
            for place, name, counts in _groups(one, values):
                yield _counted(one, place, f"{one.concerns}: {name}", counts, book, settings)


def _counted(
    one: Quota, place: str, name: str, counts: Mapping[str, int], book: Rulebook, settings: Settings | None
) -> CountedGroup:
    facts = {"rule": one.rule, "group": name, **counts}
    result: Outcome = judge.quota(facts, book=book, settings=settings)
    return CountedGroup(place, one.rule, name, result, sum(counts.values()))


def _groups(one: Quota, values: Values) -> Iterator[tuple[str, str, dict[str, int]]]:
    rows = values.get(one.table, [])
    if one.whole:
        if rows:
            yield one.table, str(values.get(one.whole, "")), _counts(one, rows)
        return
    placed: dict[str, tuple[str, list[Values]]] = {}
    for number, row in enumerate(rows, start=1):
        if row.get(one.by):
            placed.setdefault(row[one.by], (f"{one.table}[{number}]", []))[1].append(row)
    for name, (place, held) in placed.items():
        yield place, name, _counts(one, held)


def _counts(one: Quota, rows: list[Values]) -> dict[str, int]:
    return {level: sum(row.get(level) or 0 for row in rows) for level in one.counts}


def quota_rows(
    form: Manifest, values: Values, book: Rulebook, settings: Settings | None = None, *, blank: bool = False
) -> list[dict[str, str]]:
    """The arithmetic of each group for a table of the paper; on a blank form empty rows.

    Each row has `tt`, `group`, how many are `classified`, and what the guidance works out (`Outcome.printed`).
    """
    if blank:
        rows = max(1 if one.whole else form.by_name[one.table].blank_rows for one in form.quotas)
        first = form.quotas[0]
        none = _counted(first, first.table, "", _counts(first, []), book, settings)
        return [dict.fromkeys(_row(number, none), "") | {"tt": str(number)} for number in range(1, rows + 1)]
    return [_row(number, group) for number, group in enumerate(counted_groups(form, values, book, settings), 1)]


def _row(number: int, group: CountedGroup) -> dict[str, str]:
    return {"tt": str(number), "group": group.name, "classified": str(group.classified), **group.result.printed()}
