"""Changes of rows that wait for their filing: worked out, taken back, and written with the filed version or never.

A change that makes a new version (a complaint, an annulment, a correction) must stand in the database exactly when the
version stands in the store. So it is tried and taken back, what it did is told as plain data, and the filing carries
that data until its own transaction writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.database import rows

Change = Mapping[str, Any]
"""`{do, table, row}` with `do` one of insert, update (row with its id), delete (`{id}`); or `{do: event, …}`."""
Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]

# The rows of one evaluation that such a change may touch, parents first, and how they hang on it.
_TOUCHED = {
    "evaluation": "id = :evaluation",
    "decision": "evaluation_id = :evaluation",
    "complaint": "evaluation_id = :evaluation",
    "complaint_step": "evaluation_id = :evaluation",
    "annulment": "evaluation_id = :evaluation",
    "reclassification": "evaluation_id = :evaluation",
    "superior_report": "evaluation_id = :evaluation",
    "reserved_opinion": "evaluation_id = :evaluation",
    "correction": "dossier_id = :dossier",
    "document": "evaluation_id = :evaluation OR (:evaluation IS NULL AND evaluation_id IS NULL AND unit_id = :unit"
    " AND campaign_id = :campaign)",
    "taken_paper": "evaluation_id = :evaluation OR (:evaluation IS NULL AND evaluation_id IS NULL AND unit_id = :unit"
    " AND campaign_id = :campaign)",
    "step": "evaluation_id = :evaluation",
}


def touched_rows(database: Database, scope: Mapping[str, str | None]) -> Rows:
    """The rows a change may touch, as they stand: table → id → row.

    Args:
        scope: `dossier`, `campaign` and `unit` ids, and `evaluation` (None for a unit's own dossier).
    """
    return {
        table: {
            row["id"]: row
            for row in rows(database, f"SELECT * FROM {table} WHERE {where} ORDER BY rowid", scope)  # noqa: S608
        }
        for table, where in _TOUCHED.items()
    }


def difference(before: Rows, after: Rows) -> tuple[Change, ...]:
    """What leads from one state of the rows to another, in an order the foreign keys allow."""
    gone = [
        {"do": "delete", "table": table, "row": {"id": key}}
        for table in reversed(_TOUCHED)
        for key in before[table]
        if key not in after[table]
    ]
    changed = [
        {"do": "insert" if key not in before[table] else "update", "table": table, "row": _given(table, row)}
        for table in _TOUCHED
        for key, row in after[table].items()
        if before[table].get(key) != row
    ]
    return (*gone, *changed)


def _given(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    # A step gets its number when it is written: another may have been taken before the filing is through.
    return {name: value for name, value in row.items() if (table, name) != ("step", "id")}


def event(*, actor: str, action: str, subject: str, note: str = "") -> Change:
    """An event to be written with the change; its place in the chain is found when it is."""
    return {"do": "event", "actor": actor, "action": action, "subject": subject, "note": note}


def apply_changes(database: Database, changes: Iterable[Change], happened_at: str | None = None) -> None:
    """Writes changes inside the transaction now open.

    Args:
        happened_at: the moment of their events, where it is not the present one.

    Raises:
        sqlite3.IntegrityError: a row does not fit the others.
    """
    for change in changes:
        if change["do"] == "event":
            events.append(
                database,
                actor=change["actor"],
                action=change["action"],
                subject=change["subject"],
                note=change["note"],
                happened_at=happened_at,
            )
        else:
            _write(database, change["do"], change["table"], change["row"])


def _write(database: Database, what: str, table: str, row: Mapping[str, Any]) -> None:
    if table not in (*_TOUCHED, "dossier"):
        raise ValueError(table)
    names = list(row)
    if what == "delete":
        sql = f"DELETE FROM {table} WHERE id = :id"  # noqa: S608
    elif what == "update":
        sql = f"UPDATE {table} SET {', '.join(f'{name} = :{name}' for name in names)} WHERE id = :id"  # noqa: S608
    else:
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"  # noqa: S608
    database.conn.execute(sql, row)


@contextmanager
def tried(database: Database, changes: Sequence[Change] = ()) -> Iterator[None]:
    """Within it the changes are seen as if written; at its end they, and all else written in it, are taken back."""
    outer = database.conn.in_transaction
    database.conn.execute("SAVEPOINT tried" if outer else "BEGIN IMMEDIATE")
    try:
        apply_changes(database, changes)
        yield
    finally:
        if outer:
            database.conn.execute("ROLLBACK TO tried")
            database.conn.execute("RELEASE tried")
        else:
            database.conn.rollback()
