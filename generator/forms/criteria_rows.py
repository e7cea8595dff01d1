"""The rows of a table of criteria: the rulebook's, worded for the kind assessed, and the office's own below them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.forms.manifest import Field, Manifest
from generator.rules.rulebook import Rulebook

Row = dict[str, Any]
Values = Mapping[str, Any]


def rows_builder(one: Field, manifest: Manifest, book: Rulebook) -> Callable[[Values, Values, bool], list[Row]]:
    """The function that gives a criteria field its rows: of its value, of all values of the form, blank or not.

    A row is `{code, is_group, number, title, marks}`, `marks` an “X” or nothing for each rating.
    """
    kind = one.of or manifest.subject_kinds[0]
    ratings = tuple(choice.code for choice in one.choices)
    empty = dict.fromkeys(ratings, "")
    marks: dict[str | None, dict[str, str]] = {rating: {**empty, rating: "X"} for rating in ratings} | {None: empty}
    # Each criterion's row exists once per rating; a document only chooses among them.
    ready = {
        chosen: [
            (row["code"], {rating: {**row, "marks": marks[rating]} for rating in marks})
            for row in _rows(kind, subject_type, book, titles)
        ]
        for chosen, (subject_type, titles) in (one.type_rows or {"": (manifest.subject_type, {})}).items()
    }
    usual = next(iter(ready))

    def build(value: Values, values: Values, blank: bool) -> list[Row]:
        given = values.get(one.type_from) if one.type_from else None
        local = [code for code in value if "." in code]
        rows = []
        for code, variants in ready[given or usual]:
            rows.append(variants[None if blank else value.get(code)])
            for own in [sub for sub in local if sub.partition(".")[0] == code] if local else ():
                rating = None if blank else value[own]["rating"]
                number = f"{variants[None]['number']}.{own.partition('.')[2]}".lstrip(".")
                title = value[own]["title"]
                rows.append({"code": own, "is_group": False, "number": number, "title": title, "marks": marks[rating]})
        return rows

    return build


def _rows(kind: str, subject_type: str, book: Rulebook, titles: Mapping[str, str]) -> list[Row]:
    criteria = book.criteria(kind, subject_type or None)
    rows: list[Row] = []
    for group in book.criterion_groups(kind, subject_type or None):
        inner = [one for one in criteria if one.group == group.code]
        if group.alone:
            rows.append({"code": group.code, "is_group": False, "number": group.printed, "title": inner[0].title})
            continue
        rows.append({"code": f"group:{group.code}", "is_group": True, "number": group.printed, "title": group.title})
        rows += [
            {"code": one.code, "is_group": False, "number": one.printed, "title": titles.get(one.code, one.title)}
            for one in inner
        ]
    return rows
