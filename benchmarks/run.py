"""`python -m benchmarks.run [NAME]`: takes every figure, or one, prints a table and writes `results/latest.json`.

A module of this package takes figures when it has a function `run()` that gives a row or a list of rows. A tuple
`NAMES` of what it measures lets one figure be taken without the others, and named when it could not be taken.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks
from benchmarks import CannotRun, Row, not_run
from generator.errors import HosoError

RESULTS = Path(__file__).with_name("results") / "latest.json"
# What is to be taken, and the ratio wanted where one is agreed beforehand.
EXPECTED: dict[str, float | None] = {
    "word-vs-docxtpl": 150,
    "word-vs-docxtemplater": 25,
    "pdf-vs-soffice-each": 20,
    "pdf-vs-soffice-once": 2.2,
    "bundle-time": 5,
    "bundle-bytes": 3.3,
    "rules-members-per-cpu-second": None,
    "filing-vs-fsync-each": None,
    "filing-flat": 1,
    "campaign-vs-naive": None,
    "index-rate": 6,
    "index-size": 4,
    "query-20k-p95": 1,
    "query-100k-p95": 1,
    "query-100k-p50-vs-fts5": 1,
    "page-100k-p95": 1,
    "rerun-1-percent": 50,
}
_COLUMNS = ("name", "value", "unit", "baseline", "ratio", "goal", "n")


def main(arguments: Sequence[str]) -> int:
    """Takes the figures; 2 when the one asked for is not known, 1 when it could not be taken, else 0."""
    only = arguments[0] if arguments else ""
    modules = list(_modules())
    known = {*EXPECTED, *(name for module in modules for name in _names(module))}
    if only and only not in known:
        print(f"There is no benchmark “{only}”; there are: {', '.join(sorted(known))}", file=sys.stderr)
        return 2
    wanted = [module for module in modules if not only or only in _names(module)]
    if only and not wanted:
        wanted = [module for module in modules if not _names(module)]
    machine = _machine()
    print(machine)
    rows: list[Row] = []
    for module in wanted:
        print(f"  {module.__name__} …", file=sys.stderr)
        rows += _complete(row for row in _rows(module) if not only or row["name"] == only)
    taken = {row["name"] for row in rows}
    missing = [name for name in ((only,) if only else EXPECTED) if name not in taken]
    rows += _complete(not_run(name, "no benchmark takes this figure") for name in missing)
    order = list(EXPECTED)
    rows.sort(key=lambda row: order.index(row["name"]) if row["name"] in EXPECTED else len(order))
    _print(rows)
    _write([{**row, "machine": machine, "date": datetime.now(UTC).isoformat(timespec="seconds")} for row in rows], only)
    return 1 if only and rows[0]["ratio"] is None else 0


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(benchmarks.__path__):
        module = importlib.import_module(f"benchmarks.{found.name}") if found.name != "run" else None
        if module is not None and hasattr(module, "run"):
            yield module


def _names(module: ModuleType) -> tuple[str, ...]:
    return tuple(getattr(module, "NAMES", ()))


def _rows(module: ModuleType) -> list[Row]:
    try:
        rows: Row | list[Row] = module.run()
    except (CannotRun, HosoError, OSError, AssertionError, ImportError) as reason:
        return [not_run(name, str(reason) or type(reason).__name__) for name in _names(module)]
    return rows if isinstance(rows, list) else [rows]


def _complete(given: Iterator[Row]) -> list[Row]:
    rows = list(given)
    nothing: dict[str, Any] = dict.fromkeys(_COLUMNS)
    goals = [{"goal": EXPECTED.get(row["name"])} if row["ratio"] is None else {} for row in rows]
    return [{**nothing, **row, **goal} for row, goal in zip(rows, goals, strict=True)]


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    load = os.getloadavg()[0]
    python = f"Python {platform.python_version()}"
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {python}, load {load:.1f}"
    )


def _print(rows: Sequence[Row]) -> None:
    lines = [_COLUMNS, *(tuple(_shown(row[column]) for column in _COLUMNS) for row in rows)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(_COLUMNS))]
    reasons = ["", *(str(row.get("why", "")) for row in rows)]
    for line, why in zip(lines, reasons, strict=True):
        cells = (text.ljust(width) for text, width in zip(line, widths, strict=True))
        print(("  ".join(cells) + (f"  {why}" if why else "")).rstrip())


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return (
        f"{value:,.4g}"
        if isinstance(value, float) and value < 1000
        else f"{value:,.0f}"
        if isinstance(value, float)
        else str(value)
    )


def _write(rows: Sequence[Row], only: str) -> None:
    """Writes the rows; a single figure takes the place of its old row and leaves the others."""
    old: list[Row] = json.loads(RESULTS.read_text(encoding="utf-8")) if only and RESULTS.exists() else []
    kept = [row for row in old if row["name"] != only]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([*kept, *rows], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
