"""Tables whose rows are rows of facts: read as the row model names them, written from it.

A reference (“Mã”) in a row is an id in the table; everything else has the same name in both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from archive.records.database import new_id, rows
from generator.facts.values import Row
from generator.workbook.read import given_model

# What a reference names → the table that keeps it.
TABLES = {"person": "person", "unit": "unit", "collective": "collective", "ballot": "ballot"}


@dataclass(frozen=True)
class Kept:
    """A kept row: its id, its revision and its values as the row model has them, every field present.

    `evaluation_id` is the evaluation it belongs to; empty where it belongs to none.
    """

    id: str
    revision: int
    values: dict[str, Any]
    evaluation_id: str = ""


@dataclass(frozen=True)
class RowTable:
    """A table that keeps the rows of one model.

    Args:
        table: its name.
        model: the row model.
        references: field → (column, what it names) for the fields that name another record.
        of_campaign: whether each row belongs to a campaign.
    """

    table: str
    model: type[Row]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    of_campaign: bool = False

    def kept(self, database: Database, campaign_id: str | None = None) -> list[Kept]:
        """Every kept row, of one campaign where the table is of campaigns, in the order they were made."""
        columns = [
            f"(SELECT reference FROM {TABLES[self.references[name][1]]} WHERE id = t.{self.references[name][0]})"  # noqa: S608
            f" AS {name}"
            if name in self.references
            else f"t.{name}"
            for name in self.model.model_fields
        ]
        where, parameters = (" WHERE t.campaign_id = ?", [campaign_id]) if self.of_campaign else ("", [])
        sql = f"SELECT t.id, t.revision, {', '.join(columns)} FROM {self.table} t{where} ORDER BY t.rowid"  # noqa: S608
        return [
            kept(record.pop("id"), record.pop("revision"), self.model, record)
            for record in rows(database, sql, parameters)
        ]

    def save(self, database: Database, row: Row, row_id: str | None, campaign_id: str | None = None) -> str:
        """Writes a row as new (no id) or over a kept one, and gives its id. The records it names must be kept."""
        values = row.model_dump(mode="json")
        record: dict[str, Any] = {}
        for name, value in values.items():
            if name in self.references:
                column, names = self.references[name]
                record[column] = id_of(database, names, value, campaign_id)
            else:
                record[name] = value
        if self.of_campaign:
            record["campaign_id"] = campaign_id
        return write(database, self.table, record, row_id)


def kept(row_id: str, revision: int, model: type[Row], record: Mapping[str, Any], evaluation_id: str = "") -> Kept:
    """A kept row from the columns of its record: dates, times and flags typed as the model has them."""
    values = given_model(model).model_validate(dict(record)).model_dump()
    for name in ("ratings", "sections"):
        if name in values and values[name] is None:
            values[name] = {}
    return Kept(row_id, revision, values, evaluation_id)


def id_of(database: Database, names: str, reference: str | None, campaign_id: str | None = None) -> str | None:
    """The id of the person, unit, collective or ballot of a reference; None when there is none."""
    if reference is None:
        return None
    extra = " AND campaign_id = ?" if names == "ballot" else ""
    parameters = [reference, campaign_id] if names == "ballot" else [reference]
    found = database.execute(f"SELECT id FROM {TABLES[names]} WHERE reference = ?{extra}", parameters).fetchone()  # noqa: S608
    return found[0] if found else None


def write(database: Database, table: str, record: Mapping[str, Any], row_id: str | None) -> str:
    """Inserts a record under a new id, or updates the one with the id and counts its revision up; gives the id."""
    names = list(record)
    values = [json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value for value in record.values()]
    if row_id is None:
        made = new_id()
        places = ", ".join("?" * (len(names) + 1))
        database.execute(f"INSERT INTO {table} (id, {', '.join(names)}) VALUES ({places})", [made, *values])  # noqa: S608
        return made
    changes = ", ".join(f"{name} = ?" for name in names)
    database.execute(f"UPDATE {table} SET {changes}, revision = revision + 1 WHERE id = ?", [*values, row_id])  # noqa: S608
    return row_id
