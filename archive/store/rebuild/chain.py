"""The chain of events as the store tells it: what the register filed, then the filings after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from archive.records import events
from archive.records.filed_tables import Record
from archive.store.rebuild.reading import ReadVersion
from archive.store.rows import filed_action


def told_events(filed: Sequence[Record], versions: Iterable[ReadVersion]) -> Iterator[Record]:
    """Rows of `event`: those of the register, then one for each filing that came after, chained as they were.

    Where a filed version names a newest event that nothing tells of, the events up to it were lost with the database;
    a row `events.lost` stands for them, so that the chain shows the gap and goes on behind it.
    """
    last: Record = {"seq": 0, "hash": events.GENESIS}
    for row in sorted(filed, key=lambda row: int(row["seq"])):
        yield row
        last = row
    told = {(row["action"], row["object"], row["note"]) for row in filed}
    for version in sorted(versions, key=lambda one: (one.filing["event_seq"], one.filing["order"])):
        note = f"version={version.number} files={version.files}"
        if (filed_action(version.object_id), version.object_id, note) in told:
            continue
        head = {"seq": version.filing["event_seq"], "hash": version.filing["event_head"]}
        if head["seq"] > last["seq"]:
            last = events.lost(last, head["seq"], head["hash"], version.filing["filed_at"])
            yield last
        for change in _changes(version):
            last = _event(last, version, **change)
            yield last
        last = _event(last, version, filed_action(version.object_id), version.object_id, note)
        yield last


def _changes(version: ReadVersion) -> Iterator[Mapping[str, Any]]:
    for change in version.filing.get("events", ()):
        yield {name: change[name] for name in ("actor", "action", "subject", "note")}


def _event(
    last: Record, version: ReadVersion, action: str, subject: str, note: str, actor: str | None = None
) -> Record:
    return events.chained(
        last,
        actor=actor or version.filing["actor"],
        action=action,
        subject=subject,
        note=note,
        happened_at=version.filing["filed_at"],
    )
