"""Which rows of the database are records: what goes into the store with each filing, and comes back from it.

A dossier carries the rows of its subject, the `register` object those of people, units and campaigns. Everything else
(drafts, accounts, lists) is working data and lives in backups alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

Record = dict[str, Any]
# Where a row stood among the others of its table; lists are shown in the order in which rows were entered.
PLACE = "rowid"


@dataclass(frozen=True)
class FiledTable:
    """A table whose rows are filed.

    Args:
        name: the table.
        where: which of its rows go with a dossier, by :evaluation, :person, :organisation, :collective, :campaign,
            :unit, :dossier; empty for all of them.
        key: its primary key.
        settles: columns that work after the filing may fill, once, before the next version tells of it.
        parent: (column, table) of the row whose `revision` counts the changes of this one, where it has none itself.
        locked: once its dossier is filed whole, its rows change only with a new version, whatever their revision says.
        numbered: its id is a number given when the row is written, which a dossier about to be filed cannot know.
    """

    name: str
    where: str = ""
    key: tuple[str, ...] = ("id",)
    settles: tuple[str, ...] = ()
    parent: tuple[str, str] | None = None
    numbered: bool = False
    locked: bool = False


_OF_SUBJECT = "person_id = :person OR organisation_id = :organisation OR collective_id = :collective"
_OF_EVALUATION = "evaluation_id = :evaluation"
_OF_UNIT = "campaign_id = :campaign AND unit_id = :unit"
_OF_FILED = "document_id IN (SELECT id FROM document WHERE {} AND item <> '')"
# Each after those it refers to, so that they can be written in this order.
SUBJECT_TABLES = (
    FiledTable("evaluation", "id = :evaluation", locked=True),
    FiledTable("assessment", _OF_EVALUATION, locked=True),
    FiledTable("residence_comment", "campaign_id = :campaign AND person_id = :person"),
    FiledTable("shortcoming", _OF_SUBJECT),
    FiledTable("meeting", "campaign_id = :campaign AND collective_id = :collective"),
    FiledTable("ballot", "id IN (SELECT ballot_id FROM tally WHERE evaluation_id = :evaluation)"),
    FiledTable("tally", _OF_EVALUATION, locked=True),
    FiledTable("decision", _OF_EVALUATION, locked=True),
    FiledTable("document", f"{_OF_EVALUATION} AND item <> ''"),
    FiledTable("taken_paper", _OF_FILED.format(_OF_EVALUATION)),
    FiledTable("machine_text", _OF_FILED.format(_OF_EVALUATION), ("document_id",)),
    FiledTable("finding", _OF_EVALUATION, key=("evaluation_id", "rule_id")),
    FiledTable("waiver", _OF_EVALUATION, settles=("ended_at",)),
    FiledTable("answer", _OF_EVALUATION, settles=("superseded_at",)),
    FiledTable("step", _OF_EVALUATION, key=("evaluation_id", "step", "at", "basis"), numbered=True),
    FiledTable("complaint", _OF_EVALUATION),
    FiledTable("complaint_step", _OF_EVALUATION),
    FiledTable("annulment", _OF_EVALUATION),
    FiledTable("reclassification", _OF_EVALUATION),
    FiledTable("superior_report", _OF_EVALUATION),
    FiledTable("reserved_opinion", _OF_EVALUATION),
    FiledTable("correction", "dossier_id = :dossier"),
)
UNIT_TABLES = (
    FiledTable("meeting", _OF_UNIT),
    FiledTable("ballot", _OF_UNIT),
    FiledTable("document", f"{_OF_UNIT} AND evaluation_id IS NULL AND item <> ''"),
    FiledTable("taken_paper", _OF_FILED.format(f"{_OF_UNIT} AND evaluation_id IS NULL")),
    FiledTable("machine_text", _OF_FILED.format(f"{_OF_UNIT} AND evaluation_id IS NULL"), ("document_id",)),
    FiledTable("paper_number", _OF_UNIT, key=("campaign_id", "key")),
    FiledTable("unit_waiver", _OF_UNIT, settles=("ended_at",)),
    FiledTable("unit_answer", _OF_UNIT, settles=("superseded_at",)),
    FiledTable("unit_finding", _OF_UNIT, key=("campaign_id", "unit_id", "rule_id", "given")),
    FiledTable("correction", "dossier_id = :dossier"),
)
REGISTER_TABLES = (
    FiledTable("unit"),
    FiledTable("unit_period", parent=("unit_id", "unit")),
    FiledTable("unit_succession"),
    FiledTable("person"),
    FiledTable("person_identifier", key=("person_id", "kind", "value"), parent=("person_id", "person")),
    FiledTable("membership"),
    FiledTable("position"),
    FiledTable("collective"),
    FiledTable("collective_member"),
    FiledTable("campaign"),
    FiledTable("frozen_readings", key=("campaign_id",)),
    FiledTable("local_criterion", key=("campaign_id", "kind", "code")),
    FiledTable("reading", key=("unit_id", "name")),
    FiledTable("own_day", key=("day",)),
    FiledTable("past_result"),
    FiledTable("peer_result"),
    FiledTable("retention_period"),
    FiledTable("disposal_hold"),
    FiledTable("disposal_list"),
    FiledTable("disposal_item"),
    FiledTable("disposal_approval"),
    FiledTable("tombstone"),
)
# Found anew at each run, or given while papers are made: kept with a dossier, but changing without it later.
DERIVED = frozenset({"finding", "unit_finding", "paper_number"})
# Tables that SQLite keeps without a place of their own.
WITHOUT_PLACE = frozenset({
    "person_identifier", "local_criterion", "finding", "unit_finding", "frozen_readings", "machine_text",
    "paper_number",
})  # fmt: skip
# What `dossier.complaint` says of an :evaluation, as SQL: open while one of its complaints is not concluded.
COMPLAINT = """CASE WHEN EXISTS (
    SELECT 1 FROM complaint c WHERE c.evaluation_id = :evaluation AND NOT EXISTS (
        SELECT 1 FROM complaint_step s WHERE s.complaint_id = c.id AND s.kind = 'concluded'))
THEN 'open' ELSE 'none' END"""
# The states of a dossier that is filed whole.
LOCKED = frozenset({"filed", "annulled", "reclassified", "disposed"})
# Columns that hold JSON; in the store it stands open, to be read.
_JSON = {
    "assessment": ("ratings",),
    "campaign": ("settings",),
    "document": ("input",),
    "evaluation": ("facts", "sections"),
    "tally": ("counts",),
    "tombstone": ("dossier", "evaluation", "decisions"),
}


def rows_of_dossier(database: Database, dossier: Mapping[str, Any]) -> dict[str, list[Record]]:
    """The rows that go with a dossier: table → rows as they stand, in the order they were entered; no table empty.

    Args:
        dossier: its row; without an evaluation it is that of a unit's campaign.
    """
    evaluation_id = dossier["evaluation_id"]
    given: Record = {
        "dossier": dossier["id"],
        "campaign": dossier["campaign_id"],
        "unit": dossier["unit_id"],
        "evaluation": evaluation_id,
    }
    if evaluation_id is None:
        return _selected(database, UNIT_TABLES, given)
    subject = database.execute(
        "SELECT person_id, organisation_id, collective_id FROM evaluation WHERE id = ?", [evaluation_id]
    ).fetchone()
    given |= dict(zip(("person", "organisation", "collective"), subject or (None,) * 3, strict=True))
    return _selected(database, SUBJECT_TABLES, given)


def rows_of_register(database: Database) -> dict[str, list[Record]]:
    """The rows of the register: table → all its rows, in the order they were entered."""
    return {table.name: _select(database, table, {}) for table in REGISTER_TABLES}


def _selected(database: Database, tables: Iterable[FiledTable], given: Record) -> dict[str, list[Record]]:
    found = {table.name: _select(database, table, given) for table in tables}
    return {name: records for name, records in found.items() if records}


def _select(database: Database, table: FiledTable, given: Record) -> list[Record]:
    place = "" if table.name in WITHOUT_PLACE else f"{PLACE} AS place_, "
    where = f" WHERE {table.where}" if table.where else ""
    order = ", ".join(table.key) if table.name in WITHOUT_PLACE else PLACE
    cursor = database.execute(f"SELECT {place}* FROM {table.name}{where} ORDER BY {order}", given)  # noqa: S608
    names = [PLACE if column[0] == "place_" else column[0] for column in cursor.description]
    passed = frozenset({PLACE, "id"} if table.numbered else ())
    return [
        opened(table.name, {name: value for name, value in zip(names, values, strict=True) if name not in passed})
        for values in cursor
    ]


def opened(table: str, record: Record) -> Record:
    """A row with its JSON columns as values, wherever that loses no letter of how they were written."""
    for name in _JSON.get(table, ()):
        if isinstance(record[name], str):
            value = json.loads(record[name])
            if isinstance(value, dict | list) and written(value) == record[name]:
                record[name] = value
    return record


def closed(record: Mapping[str, Any]) -> Record:
    """An opened row as the database keeps it, without its place."""
    return {
        name: written(value) if isinstance(value, dict | list) else value
        for name, value in record.items()
        if name != PLACE
    }


def written(value: Any) -> str:
    """JSON as the rows of this house hold it."""
    return json.dumps(value, ensure_ascii=False)
