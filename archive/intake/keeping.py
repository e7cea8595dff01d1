"""Writing a paper taken in: its bytes, its document and how it came, all in the transaction of the caller.

A file that changed is a new version of its paper: the earlier one leaves the dossier, and stays in the database.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from sqlite_utils import Database

from archive.intake.machine_reading import may_be_read
from archive.intake.papers import Paper
from archive.intake.recognising import Found, Target
from archive.intake.report import Difference
from archive.records import events
from archive.records.database import new_id, now, one, rows

_STAGE = "submit"
# Of these an evaluation has one; sheets and opinions of participants come from several people on the same form.
_ONE_EACH = frozenset({"self_review", "residence_comment", "collective_review_report"})
_TITLED = {"digital": " (bản ký số, giữ nguyên)", "copy": " (bản đã ký)", "none": " (bản đơn vị sửa)"}


@dataclass(frozen=True)
class Accepted:
    """A file that will be taken: its name under the folder, what it holds and whose it is.

    Args:
        source_digest: SHA-512 of the file as it came, before anything was converted.
        stands_for: our own paper it stands for, as its row of `document`.
    """

    name: PurePath
    paper: Paper
    source_digest: str
    found: Found
    differences: tuple[Difference, ...]
    stands_for: Mapping[str, Any] | None

    @property
    def title(self) -> str:
        """The title its dossier gives it."""
        if self.stands_for is not None:
            return f"{self.stands_for['title']}{_TITLED[self.paper.signature]}"
        return self.found.kind.title + (_TITLED["digital"] if self.paper.signature == "digital" else "")

    @property
    def needs_reading(self) -> bool:
        """Whether only a machine can tell what it says, and may."""
        return self.paper.is_picture and may_be_read(self.found.kind.item)


def keep_content(database: Database, digest: str, data: bytes) -> None:
    """Keeps bytes under their digest; nothing yet says whose they are."""
    database.execute("INSERT INTO content (digest, data) VALUES (?, ?) ON CONFLICT DO NOTHING", [digest, data])


def is_known(database: Database, file: Accepted, target: Target, campaign: Mapping[str, Any]) -> bool:
    """Whether this dossier has this very file as this paper already, now or as an earlier version."""
    return bool(
        rows(
            database,
            "SELECT 1 FROM document x LEFT JOIN taken_paper t ON t.document_id = x.id WHERE x.campaign_id = ?"
            " AND x.evaluation_id IS ? AND x.unit_id = ? AND x.source = 'intake' AND x.form = ?"
            " AND (x.item = ? OR (x.item = '' AND t.path <> ?))"
            " AND (t.source_digest = ? OR x.content_digest = ?) LIMIT 1",
            [campaign["id"], target.evaluation_id, target.unit_id, file.found.kind.form, file.found.kind.item,
             str(file.name), file.source_digest, file.paper.digest],
        )
    )  # fmt: skip


def was_taken(database: Database, campaign_id: str, name: PurePath, source_digest: str) -> bool:
    """Whether this very file was taken under this name before: whose it is was decided then."""
    sql = "SELECT 1 FROM taken_paper WHERE campaign_id = ? AND path = ? AND source_digest = ?"
    return one(database, sql, [campaign_id, str(name), source_digest]) is not None


def keep_paper_row(database: Database, file: Accepted, target: Target, campaign: Mapping[str, Any], actor: str) -> int:
    """Writes the document of a file for one dossier, and gives its version."""
    earlier = _earlier(database, file, target, campaign)
    version = earlier["version"] + 1 if earlier else 1
    if earlier:
        database.execute(
            "UPDATE document SET item = '', key = key || ?, revision = revision + 1 WHERE id = ?",
            [f":v{earlier['version']}", earlier["id"]],
        )
    key = earlier["key"] if earlier else _new_key(database, file, target, campaign)
    document = _document(file, target, campaign, key)
    database.table("document").insert(document)
    database.table("taken_paper").insert(_taken(file, target, document, version, actor))
    return int(version)


def tell(database: Database, actor: str, subject: str, version: int, file: Accepted) -> None:
    """Writes the event of a paper taken: ids and codes only."""
    note = f"item={file.found.kind.item} by={file.found.matched_by} version={version}"
    events.append(database, actor=actor, action="paper.taken", subject=subject, note=note)


def _earlier(database: Database, file: Accepted, target: Target, campaign: Mapping[str, Any]) -> dict[str, Any] | None:
    """The paper this file takes the place of: the same form of ours come back again, or the same file handed in."""
    # A scan of a paper stands beside the paper's Word file and is no later version of it.
    by_code = file.found.matched_by == "code" and file.found.kind.item in _ONE_EACH
    return one(
        database,
        "SELECT x.id, x.key, t.version FROM document x JOIN taken_paper t ON t.document_id = x.id"
        " WHERE x.campaign_id = ? AND x.evaluation_id IS ? AND x.unit_id = ? AND x.source = 'intake' AND x.item = ?"
        " AND x.form = ? AND (t.path = ? OR (? AND t.matched_by = 'code' AND x.state = ?))"
        " ORDER BY t.path = ? DESC, x.created_at DESC LIMIT 1",
        [campaign["id"], target.evaluation_id, target.unit_id, file.found.kind.item, file.found.kind.form,
         str(file.name), by_code, file.paper.state, str(file.name)],
    )  # fmt: skip


def _new_key(database: Database, file: Accepted, target: Target, campaign: Mapping[str, Any]) -> str:
    stem = f"intake:{target.evaluation_id or target.unit_id}:{file.found.kind.item}:"
    taken = rows(
        database, "SELECT key FROM document WHERE campaign_id = ? AND substr(key, 1, ?) = ?",
        [campaign["id"], len(stem), stem],
    )  # fmt: skip
    numbers = [int(row["key"][len(stem) :].split(":")[0]) for row in taken]
    return f"{stem}{max(numbers, default=0) + 1}"


def _document(file: Accepted, target: Target, campaign: Mapping[str, Any], key: str) -> dict[str, Any]:
    paper, kind = file.paper, file.found.kind
    stem = file.name.stem if file.name.suffix else file.name.name
    return {
        "id": new_id(),
        "campaign_id": campaign["id"],
        "evaluation_id": target.evaluation_id,
        "unit_id": target.unit_id,
        "form": kind.form,
        "item": kind.item,
        "key": key,
        "title": file.title,
        "author": target.author,
        "stage": _STAGE,
        "state": paper.state,
        "source": "intake",
        "rulebook": campaign["rulebook"],
        "media_type": paper.media_type,
        "file_name": f"{stem}.{paper.ending}" if paper.converted_from else file.name.name,
        "pages": paper.pages,
        "content_digest": paper.digest,
        "fingerprint": paper.digest,
        "created_at": now(),
    }


def _taken(file: Accepted, target: Target, document: Mapping[str, Any], version: int, actor: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "document_id": document["id"],
        "campaign_id": document["campaign_id"],
        "evaluation_id": target.evaluation_id,
        "unit_id": target.unit_id,
        "path": str(file.name),
        "source_digest": file.source_digest,
        "version": version,
        "matched_by": file.found.matched_by,
        "signature": file.paper.signature,
        "converted_from": file.paper.converted_from,
        "stands_for": file.stands_for["key"] if file.stands_for else "",
        "differences": json.dumps([asdict(one_of) for one_of in file.differences], ensure_ascii=False),
        "needs_reading": int(file.needs_reading),
        "taken_by": actor,
        "taken_at": now(),
    }
