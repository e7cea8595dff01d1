"""What is handed in to be filed, and the `dossier.json` that goes with it into the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.records.changes import Change
from archive.store.told import told_json

DOSSIER_JSON = "dossier.json"
# Its own line in a dossier's list of files, where it is the last.
ITSELF = {
    "path": DOSSIER_JSON,
    "title": "Mô tả hồ sơ",
    "item": "metadata",
    "media_type": "application/json",
    "document_id": None,
}


@dataclass(frozen=True)
class DossierFile:
    """One loose file of a dossier.

    Args:
        path: ASCII name in the store.
        item: what part of the dossier it is, a code of VI.2 such as `self_review`, or `cover`, `bundle`…
        title: the full Vietnamese title.
        document_id: the row of `document` it was made from, if any.
    """

    path: str
    item: str
    title: str
    media_type: str
    data: bytes
    document_id: str | None = None


@dataclass(frozen=True)
class DossierPackage:
    """A dossier ready to be filed: who and what as on the day of filing, and its files in order.

    Args:
        evaluation_id: None for the campaign dossier of a unit.
        kind: the capacity, or `campaign`.
        status: `filed`, `submitted`, `incomplete`, `annulled`, `reclassified`.
        level: the effective level, None while there is none.
        waits_for: titles of the papers it still lacks.
        fingerprint: the same as long as nothing in it changed; filing it again then does nothing.
        metadata: decision, rulebook, readings, findings, template digests…: kept in `dossier.json` under `record`.
        changes: rows that are written with the version or never (`archive.records.changes`), such as an annulment.
    """

    dossier_id: str
    campaign_id: str
    evaluation_id: str | None
    kind: str
    title: str
    subject_name: str
    unit_id: str
    unit_name: str
    parent_name: str | None
    status: str
    level: str | None
    waits_for: tuple[str, ...]
    fingerprint: str
    files: tuple[DossierFile, ...]
    metadata: Mapping[str, Any]
    changes: tuple[Change, ...] = ()

    @property
    def row(self) -> dict[str, Any]:
        """The dossier's columns, but for version and time, which the filing gives."""
        return {
            "id": self.dossier_id,
            "campaign_id": self.campaign_id,
            "kind": self.kind,
            "evaluation_id": self.evaluation_id,
            "unit_id": self.unit_id,
            "title": self.title,
            "status": self.status,
            "level": self.level,
            "waits_for": json.dumps(self.waits_for, ensure_ascii=False),
            "fingerprint": self.fingerprint,
            "subject_name": self.subject_name,
            "unit_name": self.unit_name,
            "parent_name": self.parent_name,
        }


def dossier_json(package: DossierPackage, filing: Mapping[str, Any], rows: Mapping[str, Any]) -> bytes:
    """The dossier told in one readable file, enough to rebuild its rows from the store alone.

    Args:
        filing: who files it, when and why, and the newest event before, so that events cut off later show.
        rows: the rows of the database that go with it.
    """
    return told_json({
        "dossier": {**package.row, "waits_for": list(package.waits_for)},
        "filing": {**filing, "events": [dict(change) for change in package.changes if change["do"] == "event"]},
        "files": [
            {
                "path": file.path,
                "title": file.title,
                "item": file.item,
                "media_type": file.media_type,
                "size": len(file.data),
                "document_id": file.document_id,
            }
            for file in package.files
        ],
        "record": package.metadata,
        "rows": rows,
    })  # fmt: skip
