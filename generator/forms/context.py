"""What a Word template is filled with: one function for every form, driven by its manifest.

A campaign makes hundreds of thousands of documents, so everything that does not depend on the values (labels, boxes,
criteria rows, blank lines) is made once per form and shared; templates only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from generator.forms.criteria_rows import rows_builder
from generator.forms.inputs import applies
from generator.forms.manifest import Field, Manifest
from generator.forms.quotas import quota_rows
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings
from generator.vietnamese import date_in_words, decimal, number_in_words, percent, short_date

Values = Mapping[str, Any]

# The template draws the box itself, as a frame: Times New Roman and Liberation Serif have no ballot box.
TICKED = "X"
# Before a number or a day that is still to be written in by hand.
GAP = " " * 6
# Within a line, where no tab stop can draw them.
DOTS = "…" * 6

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class _Step:
    """How one field goes into the context: what is printed when given, when blank and when absent.

    `blank` is a function of all values where they bear on it.
    """

    field: Field
    given: Callable[[Any, Values, bool], Any]
    blank: Any
    absent: Any


def context(
    manifest: Manifest,
    values: Values,
    *,
    state: str,
    book: Rulebook,
    paper_code: str = "",
    settings: Settings | None = None,
) -> dict[str, Any]:
    """The names a template of this form may use, with their values.

    A value that is not given is "" (a text: no paragraph, on a blank form as many empty ones as lines are wanted), and
    `has.<name>` is false; the template then draws dots or drops the line.

    Args:
        manifest: the form.
        values: as `inputs.read` gives them for the same state.
        state: `blank`, `draft` or `final`.
        book: the rulebook, for the labels of levels and the rows of criteria.
        paper_code: printed in the footer of a paper that leaves the office and comes back; empty for none.
        settings: the readings by which the share of the excellent is worked out; the shipped ones when not given.
    """
    blank = state == "blank"
    has: dict[str, bool] = {}
    made: dict[str, Any] = {
        "blank": blank,
        "draft": state == "draft",
        "final": state == "final",
        "form_label": manifest.label,
        "paper_code": paper_code,
        "text": manifest.text,
        "has": has,
        "words": {one.name: _in_words(values.get(one.name)) for one in manifest.fields if one.kind == "count"},
    }
    for step in _steps(manifest, book):
        _fill(step, values, blank, made, has)
    if "year" in manifest.by_name:
        _heading(values, made, has)
    if manifest.quotas:
        made["quotas"] = quota_rows(manifest, values, book, settings, blank=blank)
    has["form_label"] = bool(manifest.label)
    has["paper_code"] = bool(paper_code)
    return made


def _fill(step: _Step, values: Values, blank: bool, made: dict[str, Any], has: dict[str, bool]) -> None:
    one = step.field
    name = one.name
    value = values.get(name)
    if one.when and not applies(one, values):
        made[name], has[name] = step.absent, False
    elif value is not None and (one.identity or not blank) and not (blank and value == []):
        made[name], has[name] = step.given(value, values, blank), value not in ([], {})
    elif blank or one.by_hand:
        made[name], has[name] = step.blank(values) if callable(step.blank) else step.blank, False
    else:
        made[name], has[name] = step.absent, False
    for inner in one.fields:
        has[f"{name}_{inner.name}"] = has[name] and value is not None and value.get(inner.name) is not None
    for column in one.columns:
        shown = has[name] and (column.identity or not blank)
        has[f"{name}_{column.name}"] = shown and any(row.get(column.name) is not None for row in value or ())
    if one.kind == "table":
        made[f"{name}_count"] = str(len(value)) if has[name] and value else ""
    if one.total:
        made[f"{name}_total"] = _totals(one, values.get(name) if has[name] and not blank else None)


def _heading(values: Values, made: dict[str, Any], has: dict[str, bool]) -> None:
    number, symbol = "" if made["blank"] else values.get("number", ""), values.get("symbol", "")
    tail = f"-{symbol}" if symbol else ""
    has["number_line"] = bool(number or symbol)
    made["number_line"] = f"Số {number or GAP[1:]}{tail}" if has["number_line"] else ""
    if made["blank"]:
        made["issuing_body"] = made["issuing_body"] or DOTS
        made["year"] = made["year"] or "……"
    made["day_line"] = _blank_day(values) if made["blank"] else _day_line(values.get("date"), values.get("year"))
    made["date_line"] = f"{values.get('place') or DOTS}, {made['day_line']}"


def _blank_day(values: Values) -> str:
    """Room for day and month; the year is that of the paper where one is known, which may follow the year reviewed."""
    known = values.get("date")
    return _day_line(None, values.get("year") if known is None else int(str(known)[:4]))


def _day_line(day: date | str | None, year: int | None) -> str:
    if isinstance(day, date):
        return date_in_words(day)
    if day is None:
        return f"ngày{GAP}tháng{GAP}năm {year or ''}".rstrip()
    month = int(day[5:])
    return f"ngày{GAP}tháng {month:02d} năm {day[:4]}" if month < 3 else f"ngày{GAP}tháng {month} năm {day[:4]}"


_PLANS: dict[tuple[Manifest, str], tuple[_Step, ...]] = {}


def _steps(manifest: Manifest, book: Rulebook) -> tuple[_Step, ...]:
    key = (manifest, book.name)
    if key not in _PLANS:
        _PLANS[key] = tuple(_step(one, manifest, book, cell=False) for one in manifest.fields)
    return _PLANS[key]


def _step(one: Field, manifest: Manifest, book: Rulebook, *, cell: bool) -> _Step:
    if one.kind in ("level", "rating", "choice"):
        return _choice_step(one, book)
    if one.kind == "text":
        lines = [""] * one.blank_lines
        return _Step(one, lambda value, _values, _blank: _LINE_END.split(value), lines, [""] if cell else [])
    if one.kind == "flag":
        return _Step(one, lambda value, _values, _blank: value, False, False)
    if one.kind == "criteria":
        return _criteria_step(one, manifest, book)
    if one.kind == "table":
        return _table_step(one, manifest, book)
    if one.kind == "group":
        return _group_step(one, manifest, book)
    write = _WRITERS.get(one.kind, str)
    return _Step(one, lambda value, _values, _blank: write(value), "", "")


def _choice_step(one: Field, book: Rulebook) -> _Step:
    if one.kind == "choice":
        labels = [(choice.code, choice.label, choice.label) for choice in one.choices]
    else:
        scale = book.levels if one.kind == "level" else book.ratings
        labels = [(code, scale.label(code), scale.short(code)) for code in one.codes]

    def shown(chosen: str, label: str, short: str) -> dict[str, Any]:
        options = [{"code": code, "label": text, "mark": TICKED if code == chosen else ""} for code, text, _ in labels]
        return {"code": chosen, "label": label, "short": short, "options": options}

    nothing = shown("", "", "")
    made = {code: shown(code, label, short) for code, label, short in labels}
    return _Step(one, lambda value, _values, _blank: made[value], nothing, nothing)


def _criteria_step(one: Field, manifest: Manifest, book: Rulebook) -> _Step:
    build = rows_builder(one, manifest, book)
    return _Step(one, build, lambda values: build(values.get(one.name) or {}, values, True), build({}, {}, True))


def _group_step(one: Field, manifest: Manifest, book: Rulebook) -> _Step:
    steps = tuple(_step(inner, manifest, book, cell=False) for inner in one.fields)

    def build(value: Values, _values: Values, _blank: bool) -> dict[str, Any]:
        return {step.field.name: _printed(step, value) for step in steps}

    blank = {step.field.name: step.blank for step in steps}
    absent = {step.field.name: step.absent for step in steps}
    return _Step(one, build, blank, absent)


def _printed(step: _Step, value: Values) -> Any:
    kept = value.get(step.field.name)
    return step.absent if kept is None else step.given(kept, value, False)


def _table_step(one: Field, manifest: Manifest, book: Rulebook) -> _Step:
    columns = tuple(_step(column, manifest, book, cell=True) for column in one.columns)
    shares = tuple((column.name, column.percent_of) for column in one.columns if column.percent_of)

    def build(value: Sequence[Values], values: Values, blank: bool) -> list[dict[str, Any]]:
        rows = []
        for number, row in enumerate(value, start=1):
            made: dict[str, Any] = {"tt": str(number)}
            for step in columns:
                kept = row.get(step.field.name)
                hidden = kept is None or (blank and not step.field.identity)
                empty = step.blank if blank else step.absent
                made[step.field.name] = empty if hidden else step.given(kept, row, False)
            for name, whole in shares:
                made[f"{name}_percent"] = "" if blank else _share(row.get(name), row.get(whole, values.get(whole)))
            rows.append(made)
        return rows

    open_row: dict[str, Any] = {step.field.name: step.blank for step in columns}
    open_row |= {f"{name}_percent": "" for name, _ in shares}
    blank_rows = [{"tt": str(number), **open_row} for number in range(1, one.blank_rows + 1)]
    return _Step(one, build, blank_rows, [])


def _totals(one: Field, rows: Sequence[Values] | None) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in one.columns:
        if column.kind == "count":
            made[column.name] = "" if rows is None else str(_sum(rows, column.name))
            if column.percent_of in [beside.name for beside in one.columns]:
                whole = _sum(rows or (), column.percent_of)
                made[f"{column.name}_percent"] = "" if rows is None else percent(_sum(rows, column.name), whole)
        elif column.kind == "level":
            held = [row[column.name] for row in rows or () if column.name in row]
            made[column.name] = {code: _portion(held.count(code), len(held), rows is None) for code in column.codes}
    return made


def _sum(rows: Sequence[Values], column: str) -> int:
    return sum(row.get(column) or 0 for row in rows)


def _portion(count: int, whole: int, unknown: bool) -> dict[str, str]:
    return {"count": "" if unknown else str(count), "percent": percent(count, whole)}


@lru_cache(maxsize=4096)
def _in_words(number: int | None) -> str:
    words = "" if number is None else number_in_words(number)
    return words[:1].upper() + words[1:]


def _share(part: int | None, whole: int | None) -> str:
    return "" if part is None or whole is None else percent(part, whole)


def _spoken_time(value: str) -> str:
    return f"{int(value[:2])} giờ {value[3:]} phút"


def _number(value: float) -> str:
    return decimal(value, 2)


def _day(value: date | str) -> str:
    return short_date(value) if isinstance(value, date) else f"{value[5:]}/{value[:4]}"


_WRITERS: Mapping[str, Callable[[Any], str]] = {"date": _day, "time": _spoken_time, "number": _number}
