"""Criteria of a rulebook, and the ratings a level standard demands of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Group:
    """A heading over criteria: `code`, the numeral it is printed with, its title and citation.

    `alone` says that the group is itself the only criterion, so that a form prints one row for both.
    """

    code: str
    printed: str
    title: str
    cites: str
    alone: bool


@dataclass(frozen=True)
class Criterion:
    """One criterion.

    Args:
        code: as in facts (`a1`; `dd` for đ).
        printed: its number or letter on the paper (`1`, `đ`; empty where the guidance prints none).
        number: group and number together as a clerk finds it on the form (`I.1`, `V`).
        group: code of its group.
        title: the short phrase of the form's row; `text` the full wording of the guidance.
        key, task, basic: the classes the level standards speak of.
        optional: “nếu có”; leaders_only: asked of leaders and managers only.
        points: the most points it earns, in a book that scores; 0 where criteria are rated.
    """

    code: str
    printed: str
    number: str
    group: str
    title: str
    text: str
    cites: str
    key: bool = False
    task: bool = False
    basic: bool = False
    optional: bool = False
    leaders_only: bool = False
    points: int = 0


@dataclass(frozen=True)
class Demand:
    """The lowest rating a standard takes for one criterion: its code and the position of that rating."""

    code: str
    position: int


class CriteriaTable:
    """The criteria of every kind of subject of one book."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        self._groups = rows["group"]
        self._criteria = rows["criterion"]
        self._found: dict[tuple[str, str | None], tuple[Criterion, ...]] = {}

    def groups(self, kind: str, subject_type: str | None = None) -> tuple[Group, ...]:
        """The groups of a kind, in order, as a form prints their headings."""
        return tuple(
            Group(row["code"], row["printed"], row["title"], row["cites"], alone=self._alone(kind, row["code"]))
            for row in self._groups
            if row["kind"] == kind
        )

    def criteria(self, kind: str, subject_type: str | None = None) -> tuple[Criterion, ...]:
        """The criteria of a kind, in order.

        Where the wording hangs on the type of subject (collectives), `subject_type` chooses the column; without it the
        first wording of each code stands.
        """
        # Asked for each subject of a campaign, and the same each time.
        if (kind, subject_type) not in self._found:
            self._found[kind, subject_type] = self._of(kind, subject_type)
        return self._found[kind, subject_type]

    def _of(self, kind: str, subject_type: str | None) -> tuple[Criterion, ...]:
        found: dict[str, Criterion] = {}
        for row in self._criteria:
            types = row.get("subject_types")
            wanted = subject_type is None or types is None or subject_type in types
            if row["kind"] == kind and wanted and row["code"] not in found:
                found[row["code"]] = self._criterion(row)
        return tuple(found.values())

    def _alone(self, kind: str, group: str) -> bool:
        return {row["code"] for row in self._criteria if row["kind"] == kind and row["group"] == group} == {group}

    def _criterion(self, row: Mapping[str, Any]) -> Criterion:
        kind, group = row["kind"], row["group"]
        printed = next(entry["printed"] for entry in self._groups if entry["kind"] == kind and entry["code"] == group)
        values = {name: value for name, value in row.items() if name not in ("kind", "subject_types")}
        return Criterion(**values, number=printed if self._alone(kind, group) else f"{printed}.{row['printed']}")
