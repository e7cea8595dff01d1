"""Values of database rows as the picture holds them, and rows grouped by what they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

Record = Mapping[str, Any]
T = TypeVar("T")


def day_of(text: str | None) -> date | None:
    """The day of an ISO text."""
    return date.fromisoformat(text) if text else None


def flag_of(value: int | None) -> bool | None:
    """A yes or no that may be unknown."""
    return None if value is None else bool(value)


def grouped(records: Iterable[Record], key: str, make: Callable[[Record], T]) -> dict[str, list[T]]:
    """The rows made into values, by the column `key`."""
    grouped: dict[str, list[T]] = defaultdict(list)
    for record in records:
        grouped[record[key]].append(make(record))
    return grouped
