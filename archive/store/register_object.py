"""The `register` object: people, units and campaigns as they stand, versioned beside the dossiers that name them.

Each version holds every table of the register (a table that did not change is stored once) and, of what only grows, the
part that came since the version before: the events and the steps of the procedures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from archive.records.database import one, rows
from archive.records.filed_tables import rows_of_register
from archive.store.told import told_json, told_lines, told_rows
from generator.rules.rulebook import load_rulebook

REGISTER = "register"
REGISTER_JSON = "register.json"
EVENTS, STEPS = "events.jsonl", "steps.jsonl"


@dataclass(frozen=True)
class RegisterVersion:
    """A version of the register about to be filed: its files by path, and up to where it tells."""

    files: Mapping[str, bytes]
    changes: int
    event: int
    step: int

    @property
    def payload(self) -> dict[str, int]:
        """What a filing row carries of it."""
        return {"changes": self.changes, "event": self.event, "step": self.step}


def register_due(database: Database) -> bool:
    """Whether the register changed since it was filed, or steps were taken that no version tells of."""
    sql = "SELECT changes <> filed_changes OR filed_step < (SELECT coalesce(max(id), 0) FROM step) FROM register_state"
    return bool(database.execute(sql).fetchone()[0])


def next_register(database: Database, filing: Mapping[str, Any]) -> RegisterVersion:
    """The register as it stands, ready to be filed.

    Args:
        filing: who files it, when and why, and the newest event; kept in `register.json`.
    """
    state = one(database, "SELECT * FROM register_state") or {}
    tables = rows_of_register(database)
    happened = rows(
        database,
        "SELECT * FROM event WHERE seq > ? AND seq <= ? ORDER BY seq",
        [state["filed_event"], filing["event_seq"]],
    )
    steps = rows(database, "SELECT * FROM step WHERE id > ? ORDER BY id", [state["filed_step"]])
    last_step = steps[-1]["id"] if steps else state["filed_step"]
    books = sorted({campaign["rulebook"] for campaign in tables["campaign"]})
    told = {
        "filing": filing,
        "rulebooks": {name: load_rulebook(name).guidance for name in books},
        "rows": {name: len(records) for name, records in tables.items()},
        "events": {"after": state["filed_event"], "last": filing["event_seq"]},
        "steps": {"after": state["filed_step"], "last": last_step},
    }
    files = {f"{name}.json": told_rows(records) for name, records in tables.items()}
    files[REGISTER_JSON] = told_json(told)
    files |= {path: told_lines(lines) for path, lines in ((EVENTS, happened), (STEPS, steps)) if lines}
    return RegisterVersion(files, state["changes"], filing["event_seq"], last_step)


def settle_register(database: Database, payload: Mapping[str, int]) -> None:
    """Notes up to where the register in the store tells; the caller holds the transaction."""
    database.conn.execute(
        "UPDATE register_state SET filed_changes = :changes, filed_event = :event, filed_step = :step", dict(payload)
    )
