"""The audit trail: who did what to which object, when, with what outcome.

Each row carries the hash of the one before it, so that a changed or missing row shows. Rows are written in the same
transaction as the change they tell of; triggers refuse every update and delete.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from archive.records.database import now, one

GENESIS = "0" * 64
# A rebuilding of the database, and the row that stands for what could not be rebuilt of the events.
REBUILT, LOST = "database.rebuilt", "events.lost"


def _hash(row: Mapping[str, Any]) -> str:
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
    row = chained(
        last(database),
        actor=actor,
        action=action,
        subject=subject,
        outcome=outcome,
        note=note,
        happened_at=happened_at or now(),
    )
    database.table("event").insert(row)
    return str(row["hash"])


def chained(
    newest: Mapping[str, Any],
    *,
    actor: str,
    action: str,
    subject: str,
    note: str,
    happened_at: str,
    outcome: str = "done",
) -> dict[str, Any]:
    """The row of an event that follows on `newest` ({seq, hash}); nothing is written."""
    row: dict[str, Any] = {
        "seq": newest["seq"] + 1,
        "happened_at": happened_at,
        "actor": actor,
        "action": action,
        "object": subject,
        "outcome": outcome,
        "note": note,
        "previous": newest["hash"],
    }
    row["hash"] = _hash(row)
    return row


def lost(newest: Mapping[str, Any], seq: int, known_hash: str, noticed_at: str) -> dict[str, Any]:
    """The row that stands for events lost with a database: up to number `seq`, whose hash a filed version knows."""
    row = chained(
        {**newest, "seq": seq - 1},
        actor="cli",
        action=LOST,
        subject="events",
        outcome="failed",
        note=f"after={newest['seq']} last={seq}",
        happened_at=noticed_at,
    )
    return {**row, "hash": known_hash}


def last(database: Database) -> dict[str, Any]:
    """The newest event as {seq, hash}: 0 and 64 zeros when there is none."""
    return one(database, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1") or {"seq": 0, "hash": GENESIS}


def head(database: Database) -> str:
    """The hash of the newest event, or 64 zeros when there is none."""
    return str(last(database)["hash"])


def broken(database: Database) -> Iterator[int]:
    """The sequence numbers at which the chain does not hold: a changed row, a gap, a wrong predecessor, a cut tail.

    A row that stands for lost events holds when a later rebuilding of the database tells of as many such rows; that
    its hash is one the store knows is for `archive.store.fixity` to see.
    """
    previous, expected, excused = GENESIS, 1, _excused(database)
    for row in database.query("SELECT * FROM event ORDER BY seq"):
        stands_in = row["action"] == LOST and row["seq"] >= expected and excused > 0
        excused -= stands_in
        if row["previous"] != previous or not (stands_in or (row["seq"] == expected and row["hash"] == _hash(row))):
            yield row["seq"]
        previous, expected = row["hash"], row["seq"] + 1
    kept = one(database, "SELECT seq, hash FROM event_head")
    if kept is None:
        if expected > 1:
            yield expected - 1
    elif (kept["seq"], kept["hash"]) != (expected - 1, previous):
        yield kept["seq"]


def _excused(database: Database) -> int:
    noted = database.query("SELECT note FROM event WHERE action = ?", [REBUILT])
    return sum(int(row["note"].rpartition("lost=")[2] or 0) for row in noted)
