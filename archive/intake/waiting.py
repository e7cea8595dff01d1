"""Papers that wait for a person to say whose they are: kept with their bytes until they are decided or put away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha512
from pathlib import PurePath
from typing import Any

from sqlite_utils import Database

from archive.errors import NotFound
from archive.intake.keeping import keep_content
from archive.intake.report import LeftAside
from archive.office.folder import Office
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing


@dataclass(frozen=True)
class Waiting:
    """A paper that waits: its id, its name, why, whom it may belong to, and since when."""

    id: str
    path: str
    media_type: str
    code: str
    message: str
    remedy: str
    candidates: tuple[str, ...]
    waits_since: str


def campaigns_open_to_papers(database: Database) -> list[tuple[str, str]]:
    """The campaigns papers may be handed in to: id and what is shown, the newest first."""
    return [
        (row["id"], f"Đợt {row['period']} – {row['name'] or row['reference']}")
        for row in rows(
            database,
            "SELECT c.id, c.period, u.reference, p.name FROM campaign c JOIN unit u ON u.id = c.owner_id"
            " LEFT JOIN unit_period p ON p.unit_id = u.id AND p.valid_to IS NULL ORDER BY c.period DESC, u.reference",
        )
    ]


def waiting_papers(database: Database, campaign_id: str) -> list[Waiting]:
    """The papers of a campaign that wait for a decision, by name."""
    return [
        _waiting(row)
        for row in rows(database, "SELECT * FROM waiting_paper WHERE campaign_id = ? ORDER BY path", [campaign_id])
    ]


def waiting_paper(database: Database, paper_id: str) -> tuple[Waiting, str, bytes]:
    """One waiting paper, its campaign and its bytes.

    Raises:
        NotFound: it waits no longer.
    """
    row = one(
        database,
        "SELECT w.*, c.data FROM waiting_paper w JOIN content c ON c.digest = w.source_digest WHERE w.id = ?",
        [paper_id],
    )
    if row is None:
        raise NotFound("Giấy tờ này không còn chờ quyết định.")
    return _waiting(row), str(row["campaign_id"]), bytes(row["data"])


def look_at(database: Database, paper_id: str, *, actor: str) -> tuple[Waiting, bytes]:
    """A waiting paper and its bytes, for a person to see; looking is an event.

    Raises:
        NotFound: it waits no longer.
    """
    paper, _, data = waiting_paper(database, paper_id)
    with writing(database):
        events.append(database, actor=actor, action="paper.looked-at", subject=paper_id)
    return paper, data


def let_wait(database: Database, campaign_id: str, left: LeftAside, data: bytes, media_type: str) -> None:
    """Keeps a paper until a person decides; the same paper waits once, and not at all when it was taken already."""
    digest = sha512(data).hexdigest()
    known = (
        "SELECT 1 FROM waiting_paper WHERE campaign_id = ?1 AND source_digest = ?2"
        " UNION SELECT 1 FROM taken_paper WHERE campaign_id = ?1 AND source_digest = ?2"
    )
    if one(database, known, [campaign_id, digest]):
        return
    keep_content(database, digest, data)
    database.execute(
        "INSERT INTO waiting_paper (id, campaign_id, path, source_digest, media_type, code, message, remedy,"
        " candidates, waits_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [new_id(), campaign_id, left.file, digest, media_type, left.code, left.message, left.remedy,
         json.dumps(left.candidates, ensure_ascii=False), now()],
    )  # fmt: skip


def no_longer_waits(database: Database, campaign_id: str, source_digest: str) -> None:
    """Ends the waiting of a paper that was taken or put away; bytes that no paper holds go with it."""
    ended = database.execute(
        "DELETE FROM waiting_paper WHERE campaign_id = ? AND source_digest = ?", [campaign_id, source_digest]
    )
    if ended.rowcount:
        database.execute(
            "DELETE FROM content WHERE digest = ?1"
            " AND NOT EXISTS (SELECT 1 FROM document WHERE content_digest = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM waiting_paper WHERE source_digest = ?1)",
            [source_digest],
        )


def put_away(office: Office, database: Database, paper_id: str, *, actor: str) -> str:
    """Takes a waiting paper off the list without taking it in, and gives its name.

    Raises:
        NotFound: it waits no longer.
    """
    with office.locked(), writing(database):
        row = one(database, "SELECT * FROM waiting_paper WHERE id = ?", [paper_id])
        if row is None:
            raise NotFound("Giấy tờ này không còn chờ quyết định.")
        no_longer_waits(database, row["campaign_id"], row["source_digest"])
        events.append(database, actor=actor, action="paper.put-away", subject=paper_id)
    return PurePath(row["path"]).name


def _waiting(row: Mapping[str, Any]) -> Waiting:
    return Waiting(
        row["id"], row["path"], row["media_type"], row["code"], row["message"], row["remedy"],
        tuple(json.loads(row["candidates"])), row["waits_since"],
    )  # fmt: skip
