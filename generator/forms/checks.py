"""Figures of one form that do not agree: told beside the document, which is printed all the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.errors import Place, Problem
from generator.forms.manifest import Check, Manifest

_REMEDY = "Hãy kiểm lại các số đã ghi"


def remarks(manifest: Manifest, values: Mapping[str, Any], place: Place | None = None) -> tuple[Problem, ...]:
    """What does not add up in the values of a form, each with its field.

    A comparison is made only where its bound and at least one of the figures summed are given; a figure that is not
    given counts as none.
    """
    found = []
    for check in manifest.checks:
        rows = values.get(check.table, []) if check.table else [{}]
        for number, row in enumerate(rows, start=1):
            path = f"{check.table}[{number}]" if check.table else check.parts[0]
            told = _disagreement(check, row, values)
            if told:
                at = replace(place or Place(), field=path)
                found.append(Problem("input.figures", at, f"{check.message} ({told})", _REMEDY))
    return tuple(found)


def _disagreement(check: Check, row: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    figures = [_figure(name, row, values) for name in check.parts]
    bound = _figure(check.bound, row, values)
    if bound is None or all(figure is None for figure in figures):
        return ""
    total = sum(figure or 0 for figure in figures)
    agrees = total == bound if check.exact else total <= bound
    return "" if agrees else f"{total} so với {bound}"


def _figure(name: str, row: Mapping[str, Any], values: Mapping[str, Any]) -> int | None:
    if name in row:
        return int(row[name])
    outer, _, inner = name.partition(".")
    held = values.get(outer)
    if isinstance(held, Mapping):
        held = held.get(inner)
    elif isinstance(held, list):
        held = sum(row.get(inner) or 0 for row in held) if inner else len(held)
    return held if isinstance(held, int) else None
