"""The audit trail: who did what to which object, when, with what outcome.

Each row carries the hash of the one before it, so that a changed or missing row shows. Rows are written in the same
transaction as the change they tell of; triggers refuse every update and delete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from archive.records.database import now, one

GENESIS = "0" * 64


def _hash(row: dict[str, Any]) -> str:
    fields = [row[name] for name in ("seq", "happened_at", "actor", "action", "object", "outcome", "note", "previous")]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def append(
    database: Database,
    *,
    actor: str,
    action: str,
    subject: str,
    outcome: str = "done",
    note: str = "",
    happened_at: str | None = None,
) -> str:
    """Writes one event inside the transaction now open and gives its hash, the new head of the chain.

    Args:
        actor: account id, or `cli` for the command line.
        action: ASCII code such as `dossier.filed`.
        subject: id of what it was done to.
        note: ids and counts only, never names or text of a review.
        happened_at: the moment, where it is not the present one: a filing happens when its version says.
    """
    newest = last(database)
    row: dict[str, Any] = {
        "seq": newest["seq"] + 1,
        "happened_at": happened_at or now(),
        "actor": actor,
        "action": action,
        "object": subject,
        "outcome": outcome,
        "note": note,
        "previous": newest["hash"],
    }
    row["hash"] = _hash(row)
    database.table("event").insert(row)
    return str(row["hash"])


def last(database: Database) -> dict[str, Any]:
    """The newest event as {seq, hash}: 0 and 64 zeros when there is none."""
    return one(database, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") or {"seq": 0, "hash": GENESIS}


def head(database: Database) -> str:
    """The hash of the newest event, or 64 zeros when there is none."""
    return str(last(database)["hash"])


def broken(database: Database) -> Iterator[int]:
    """The sequence numbers at which the chain does not hold: a changed row, a gap, a wrong predecessor."""
    previous, expected = GENESIS, 1
    for row in database.query("SELECT * FROM event ORDER BY seq"):
        if row["seq"] != expected or row["previous"] != previous or row["hash"] != _hash(row):
            yield row["seq"]
        previous, expected = row["hash"], row["seq"] + 1
