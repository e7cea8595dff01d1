"""What the printer is given of a stage: all papers of one form of a unit as one PDF."""

from __future__ import annotations

import hashlib
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.campaigns.made_again import word_of
from archive.campaigns.production import print_folder
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit
from archive.office.folder import Office
from archive.office.templates import kept_templates
from archive.records.database import rows, writing
from generator.pdf.convert import convert_groups

_PAPERS = "SELECT * FROM document WHERE campaign_id = ? AND stage = ? AND unit_id = ? ORDER BY form, file_name"


def join_forms(office: Office, database: Database, situation: Situation, stage: str, unit: Unit) -> list[str]:
    """Joins a unit's papers of a stage form by form; a PDF is made anew when one of its papers changed.

    Returns:
        Those made, as paths in the data folder.
    """
    campaign = situation.picture.campaign
    known = dict(database.execute("SELECT path, fingerprint FROM printed WHERE campaign_id = ?", [campaign.id]))
    folder = print_folder(office, situation.picture, unit.id, stage)
    wanted: list[tuple[Path, str, str, list[dict[str, Any]]]] = []
    documents = rows(database, _PAPERS, [campaign.id, stage, unit.id])
    for form, found in groupby(documents, key=lambda document: str(document["form"])):
        listed = list(found)
        path = folder / f"in-{form}.pdf"
        name = path.relative_to(office.root).as_posix()
        fingerprint = hashlib.sha256("".join(one["fingerprint"] for one in listed).encode()).hexdigest()
        if known.get(name) != fingerprint or not path.exists():
            wanted.append((path, name, fingerprint, listed))
    if not wanted:
        return []
    own = kept_templates(office, database)
    groups = [[word_of(situation.picture, one, situation.book, own) for one in listed] for *_, listed in wanted]
    for (path, name, fingerprint, _), group in zip(wanted, convert_groups(groups), strict=True):
        path.write_bytes(group.bundle)
        with writing(database):
            database.table("printed").upsert(
                {"campaign_id": campaign.id, "path": name, "fingerprint": fingerprint}, pk=("campaign_id", "path")
            )
    return [name for _, name, *_ in wanted]
