"""What the printer is given of a stage: all papers of one form of a unit as one PDF.

Only the papers that changed are converted again; the pages of the others are taken from the PDF as it lies there.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from sqlite_utils import Database

from archive.campaigns.made_again import word_of
from archive.campaigns.production import print_folder
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit
from archive.office.folder import Office
from archive.office.templates import kept_templates
from archive.records.database import rows, writing
from generator.pdf.convert import ConvertedGroup, convert_groups

_PAPERS = "SELECT * FROM document WHERE campaign_id = ? AND stage = ? AND unit_id = ? ORDER BY form, file_name"
# The digest of a Word file and its pages as PDF, for each paper of a joined PDF in order.
Lengths = list[tuple[str, int]]


@dataclass(frozen=True)
class _Joined:
    """One PDF to be made: where it lies, its papers, and the pages of papers in it that are still right.

    Args:
        kept: digest of a Word file → its pages in the PDF as it lies there, from the first up to and without the last.
    """

    path: Path
    papers: Sequence[Mapping[str, Any]]
    kept: Mapping[str, tuple[int, int]]

    @property
    def changed(self) -> list[Mapping[str, Any]]:
        """The papers to convert."""
        return [paper for paper in self.papers if paper["word_digest"] not in self.kept]


def join_forms(office: Office, database: Database, situation: Situation, stage: str, unit: Unit) -> list[str]:
    """Joins a unit's papers of a stage form by form; a PDF is made anew when one of its papers changed.

    Returns:
        Those made, as paths in the data folder.
    """
    campaign = situation.picture.campaign
    known = dict(database.execute("SELECT path, fingerprint FROM printed WHERE campaign_id = ?", [campaign.id]))
    folder = print_folder(office, situation.picture, unit.id, stage)
    wanted: list[_Joined] = []
    documents = rows(database, _PAPERS, [campaign.id, stage, unit.id])
    for form, found in groupby(documents, key=lambda document: str(document["form"])):
        papers, path = list(found), folder / f"in-{form}.pdf"
        lengths = _lengths(known.get(path.relative_to(office.root).as_posix(), ""))
        if [one for one, _ in lengths] != [paper["word_digest"] for paper in papers] or not path.exists():
            wanted.append(_Joined(path, papers, _still_right(path, papers, lengths)))
    if not wanted:
        return []
    own = kept_templates(office, database)

    def word(paper: Mapping[str, Any]) -> bytes:
        return word_of(situation.picture, paper, situation.book, own)

    made = []
    for joined, lengths in _convert(wanted, word):
        name = joined.path.relative_to(office.root).as_posix()
        with writing(database):
            database.table("printed").upsert(
                {"campaign_id": campaign.id, "path": name, "fingerprint": json.dumps(lengths)},
                pk=("campaign_id", "path"),
            )
        made.append(name)
    return made


def _lengths(kept: str) -> Lengths:
    """What is known of a PDF; nothing of one that another version of hoso made."""
    return [(str(one), int(pages)) for one, pages in json.loads(kept)] if kept.startswith("[") else []


def _still_right(path: Path, papers: Sequence[Mapping[str, Any]], lengths: Lengths) -> dict[str, tuple[int, int]]:
    """The pages to be taken over; none where most papers changed, or the PDF is not as it was left."""
    wanted = {paper["word_digest"] for paper in papers}
    kept: dict[str, tuple[int, int]] = {}
    first = 0
    for one, pages in lengths:
        if one in wanted:
            kept[one] = (first, first + pages)
        first += pages
    if 2 * len(kept) < len(papers):
        return {}
    try:
        return kept if len(PdfReader(path).pages) == first else {}
    except (OSError, PyPdfError):
        return {}


def _convert(wanted: Sequence[_Joined], word: Callable[[Mapping[str, Any]], bytes]) -> list[tuple[_Joined, Lengths]]:
    """Converts what changed, writes each PDF, and tells what is in it."""
    groups = convert_groups([[word(paper) for paper in joined.changed] for joined in wanted])
    found = []
    for joined, group in zip(wanted, groups, strict=True):
        new = {
            paper["word_digest"]: document.pages
            for paper, document in zip(joined.changed, group.documents, strict=True)
        }
        old = {one: end - first for one, (first, end) in joined.kept.items()}
        joined.path.write_bytes(_put_together(joined, group) if joined.kept else group.bundle)
        found.append((joined, [(str(one["word_digest"]), (old | new)[one["word_digest"]]) for one in joined.papers]))
    return found


def _put_together(joined: _Joined, group: ConvertedGroup) -> bytes:
    """The PDF from its former pages and those converted; equal fonts stand in it once."""
    writer = PdfWriter()
    former, new = PdfReader(io.BytesIO(joined.path.read_bytes())), PdfReader(io.BytesIO(group.bundle))
    starts = iter(zip(group.starts, group.documents, strict=True))
    for paper in joined.papers:
        if paper["word_digest"] in joined.kept:
            writer.append(former, pages=joined.kept[paper["word_digest"]], import_outline=False)
        else:
            start, document = next(starts)
            writer.append(new, pages=(start, start + document.pages), import_outline=False)
    writer.metadata = None
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
