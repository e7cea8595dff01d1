"""What the papers taken into a dossier say otherwise than its records: found at the intake, told to its readers."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from archive.intake.report import Difference
from archive.office.accounts import Account, can
from archive.records.database import rows

# An item that is empty marks a paper whose later version was handed in: what it said no longer counts.
_TAKEN = """
SELECT x.item, x.title, t.path, t.version, t.taken_at, t.differences, coalesce(a.full_name, t.taken_by) AS taken_by
FROM dossier d JOIN taken_paper t ON t.campaign_id = d.campaign_id AND t.evaluation_id IS d.evaluation_id
    AND (d.evaluation_id IS NOT NULL OR t.unit_id = d.unit_id)
JOIN document x ON x.id = t.document_id AND x.item <> '' LEFT JOIN account a ON a.id = t.taken_by
WHERE d.id = ? AND t.differences <> '[]' ORDER BY t.taken_at, t.rowid
"""


@dataclass(frozen=True)
class DifferingPaper:
    """A paper of a dossier with where it says something else than we know; `taken_at` in UTC."""

    title: str
    file: str
    version: int
    taken_at: str
    taken_by: str
    differences: tuple[Difference, ...]


def differing_papers(database: Database, dossier: str, account: Account | None) -> list[DifferingPaper]:
    """The papers of a dossier that came in saying something else than its records, in the order they came.

    Papers the account may not open are left out: what they say is theirs alone.
    """
    return [
        DifferingPaper(
            row["title"], row["path"], row["version"], row["taken_at"], row["taken_by"],
            tuple(Difference(**one) for one in json.loads(row["differences"])),
        )
        for row in rows(database, _TAKEN, [dossier])
        if can(account, "file.open", {"item": row["item"]})
    ]  # fmt: skip
