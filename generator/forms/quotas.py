"""The share of the excellent among those a form counts: worked out for the paper, and judged before it is final."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import judge
from generator.forms.manifest import Manifest, Quota
from generator.rulebooks.hd13_2018.results import QuotaResult
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings
from generator.vietnamese import decimal

Values = Mapping[str, Any]

_ZONES = {
    "inside_every_reading": "Trong giới hạn",
    "only_wide": "Chỉ đúng khi tính cả số xuất sắc",
    "outside_all": "Vượt giới hạn",
}
_FIGURES = (
    "classified", "second", "best", "literal_base", "literal_quotient", "literal_limit", "pool_base",
    "pool_quotient", "pool_limit",
)  # fmt: skip


@dataclass(frozen=True)
class CountedGroup:
    """Those of one group a form counts, with what the rulebook says of how many of them are excellent.

    Args:
        place: the row that names the group, `collectives[2]`, or the table where all rows are one group.
        rule: the rule that bounds the share.
        name: whom it counts, as printed.
        result: the judge's answer.
        classified: how many of the group have one of the four levels.
    """

    place: str
    rule: str
    name: str
    result: QuotaResult
    classified: int


def counted_groups(
    form: Manifest, values: Values, book: Rulebook, settings: Settings | None = None
) -> Iterator[CountedGroup]:
    """Every group whose share of the excellent is bounded, in the order the form counts them."""
    for one in form.quotas:
        if one.when is None or values.get(one.when.field) in one.when.codes:
            for place, name, counts in _groups(one, values):
                printed = f"{one.concerns}: {name}"
                facts = {"rule": one.rule, "group": printed, **counts}
                result: QuotaResult = judge.quota(facts, book=book, settings=settings)
                yield CountedGroup(place, one.rule, printed, result, sum(counts.values()))


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

    Each row has `tt`, `group`, how many are `classified` and have the `best` and the `second` level, under both
    readings of the base (`literal_…` the second level alone, `pool_…` both) its `base`, `quotient` and `limit`, and the
    `conclusion`.
    """
    if blank:
        rows = max(1 if one.whole else form.by_name[one.table].blank_rows for one in form.quotas)
        empty = dict.fromkeys((*_FIGURES, "group", "conclusion"), "")
        return [{"tt": str(number), **empty} for number in range(1, rows + 1)]
    groups = counted_groups(form, values, book, settings)
    applied = judge.in_force(book, settings)
    return [_row(number, group, int(applied.number(group.rule, "percent"))) for number, group in enumerate(groups, 1)]


def _row(number: int, group: CountedGroup, percent: int) -> dict[str, str]:
    made = group.result
    figures = {
        "tt": number,
        "classified": group.classified,
        "second": made.good,
        "best": made.excellent,
        "literal_base": made.good,
        "literal_limit": made.max_excellent_literal,
        "pool_base": made.good + made.excellent,
        "pool_limit": made.max_excellent_pool,
    }
    return {
        "group": group.name,
        "conclusion": _ZONES[made.zone],
        "literal_quotient": decimal(percent * made.good / 100),
        "pool_quotient": decimal(percent * (made.good + made.excellent) / 100),
        **{name: str(figure) for name, figure in figures.items()},
    }
