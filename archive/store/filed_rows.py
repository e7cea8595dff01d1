"""Holding the rows of the database against those that went into the store with a filing.

A row that work has changed since, and that no version tells of yet, is no damage: its revision is higher, or it only
came to its end (an ended waiver), or the register has changes that are not filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from archive.records.database import one
from archive.records.filed_tables import DERIVED, REGISTER_TABLES, FiledTable, Record, closed

# Rows of the register whose changes nothing counts; work tells of them by an event, in the same transaction.
UNCOUNTED = frozenset({"reading", "own_day", "local_criterion", "frozen_readings", "unit_succession"})
_CHANGES = ("reading.%", "own-day.%", "local-criterion.%", "campaign.open", "workbook.imported", "unit.%", "person.%")
Revisions = Mapping[str, Mapping[str, int]]


def register_waits(database: Database) -> bool:
    """Whether work has changed the register since it was filed, as far as its events tell."""
    alike = " OR ".join("action LIKE ?" for _ in _CHANGES)
    state = one(database, "SELECT filed_event FROM register_state") or {"filed_event": 0}
    sql = f"SELECT 1 FROM event WHERE seq > ? AND ({alike}) LIMIT 1"  # noqa: S608
    return one(database, sql, [state["filed_event"], *_CHANGES]) is not None


def revisions_of(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> Revisions:
    """How often each row of the register's tables had been changed when it was filed: table → id → revision."""
    owners = {table.parent[1] for table in REGISTER_TABLES if table.parent}
    return {name: {row["id"]: row["revision"] for row in tables.get(name, ())} for name in owners}


class FiledRows:
    """The rows of a database, to be held against filed ones.

    Args:
        revisions: of the register as filed (`revisions_of`), for the rows that have no revision of their own.
    """

    def __init__(self, database: Database, revisions: Revisions) -> None:
        self.database = database
        self.waits = register_waits(database)
        self._revisions = revisions

    def differences(
        self, table: FiledTable, told: Iterable[Mapping[str, Any]], *, locked: bool = False
    ) -> Iterator[tuple[str, str]]:
        """The filed rows of a table that are missing or changed: the row's name and what is wrong, in Vietnamese.

        Args:
            locked: they are of a dossier that is filed whole.
        """
        if table.name in DERIVED or (self.waits and table.name in UNCOUNTED):
            return
        for record in told:
            row = closed(record)
            name = f"{table.name}/{'/'.join(str(row[part]) for part in table.key)}"
            known = self.kept(table, row)
            if known is None:
                yield name, "Có trong kho nhưng thiếu trong cơ sở dữ liệu"
            elif changed := self._changed(table, row, known, locked):
                yield name, f"Cơ sở dữ liệu khác kho ở: {', '.join(changed)}"

    def kept(self, table: FiledTable, row: Record) -> Record | None:
        """The row of the database with the key of this one."""
        where = " AND ".join(f"{part} IS :{part}" for part in table.key)
        return one(self.database, f"SELECT * FROM {table.name} WHERE {where}", row)  # noqa: S608

    def is_newer(self, table: FiledTable, told: Record, known: Record) -> bool:
        """Whether work has changed the row since it was filed, by its revision or that of what it belongs to."""
        if "revision" in told:
            return bool(known["revision"] > told["revision"])
        if table.parent is None:
            return False
        column, owner = table.parent
        filed = self._revisions.get(owner, {}).get(told[column])
        present = one(self.database, f"SELECT revision FROM {owner} WHERE id = ?", [told[column]])  # noqa: S608
        return present is not None and filed is not None and bool(present["revision"] > filed)

    def _changed(self, table: FiledTable, told: Record, known: Record, locked: bool) -> list[str]:
        if not (locked and table.locked) and self.is_newer(table, told, known):
            return []
        return [
            name
            for name, value in told.items()
            if known.get(name) != value
            and not (name in table.settles and value is None)
            and not (name == "id" and table.numbered)
        ]
