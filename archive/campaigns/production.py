"""Making the papers of a stage: only those whose input, template or rules changed since they were last made.

A paper's Word file can be made again from its stored input at any time, byte for byte, so only the input and its
fingerprint are kept until the dossier is filed; the Word files to print lie in the office's print folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from archive.campaigns.fingerprints import paper_fingerprint, template_digest
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.campaigns.template_choice import FILED, made_with
from archive.errors import FolderUnusable
from archive.office.folder import Office
from archive.office.templates import TemplateDamaged, kept_templates, template_source
from archive.records.database import new_id, now, one, rows, writing
from generator.documents import GeneratedDocument, TemplateSource, generate
from generator.errors import GeneratorError, reason
from generator.forms.assessed import Sheets, shipped_sheets
from generator.forms.library import manifest, sheet_codes
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import fold

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BATCH = 200
Progress = Callable[[str, int, int], None]

_KNOWN = f"""
SELECT x.key, x.fingerprint, x.template_digest, {FILED} AS filed
FROM document x WHERE x.campaign_id = ? AND x.stage = ? AND x.unit_id = ? AND x.source = 'generated'
"""  # noqa: S608


@dataclass
class Production:
    """What a run made, left as it was, and could not make."""

    made: list[Paper] = field(default_factory=list)
    unchanged: int = 0
    withdrawn: int = 0
    failed: list[tuple[Paper, str]] = field(default_factory=list)

    def add(self, other: Production) -> None:
        """Counts another run's outcome into this one."""
        self.made += other.made
        self.unchanged += other.unchanged
        self.withdrawn += other.withdrawn
        self.failed += other.failed


def paper_code(picture: Picture, paper: Paper) -> str:
    """The code in the footer of a paper that comes back: period, form and evaluation."""
    return f"{picture.campaign.period}-{paper.form}-{paper.evaluation_id}" if paper.evaluation_id else ""


def ascii_name(text: str) -> str:
    """A file name of plain letters, digits and hyphens."""
    folded = fold(text)
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in folded).split())


def print_folder(office: Office, picture: Picture, unit_id: str, stage: str) -> Path:
    """Where a unit's papers of a stage lie for printing."""
    return office.print_root / picture.campaign.period / picture.units[unit_id].reference / stage


def sheets_for(form: str, document: Mapping[str, Any], book: Rulebook) -> Sheets | None:
    """Sheets by which a paper's own form serves the kind it names, as it was planned; None where the shipped do.

    A kept paper comes out the same again, whichever sheet an office chooses later.
    """
    named = manifest(form, book).sheet_field
    shipped = shipped_sheets(book)
    assessed = shipped.kinds.get(str(document.get(named))) if named else None
    if assessed is None or assessed.form == form:
        return None
    return shipped.overlaid({"forms": {assessed.code: form}}, sheet_codes(book))


def write_paper(path: Path, data: bytes) -> None:
    """Writes a paper to be printed, making its folder.

    Raises:
        FolderUnusable: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được tệp {path}: {reason(error)}. Xin kiểm tra chỗ trống trên đĩa.") from error


def _row(picture: Picture, paper: Paper, made: GeneratedDocument, fingerprint: str) -> dict[str, Any]:
    day = str(paper.document.get("date", ""))
    return {
        "campaign_id": picture.campaign.id,
        "evaluation_id": paper.evaluation_id,
        "unit_id": paper.unit_id,
        "form": paper.form,
        "item": paper.item,
        "key": paper.key,
        "title": paper.title,
        "author": paper.author,
        "state": paper.state,
        "stage": paper.stage,
        "source": "generated",
        "input": json.dumps(paper.input, ensure_ascii=False, sort_keys=True),
        "rulebook": picture.campaign.rulebook,
        "template_digest": made.template_digest,
        "word_digest": hashlib.sha512(made.word).hexdigest(),
        "media_type": WORD,
        "file_name": f"{paper.file_name}.docx",
        "number": paper.number,
        "dated_on": day if len(day) == 10 else None,
        "fingerprint": fingerprint,
        "created_at": now(),
    }


def _keep(database: Database, fresh: Sequence[Mapping[str, Any]]) -> None:
    with writing(database):
        for row in fresh:
            database.execute("DELETE FROM document WHERE campaign_id = ? AND key = ?", [row["campaign_id"], row["key"]])
            database.table("document").insert({"id": new_id(), **row})


def _batches(papers: Iterable[Paper]) -> Iterator[list[Paper]]:
    source = iter(papers)
    while batch := list(islice(source, BATCH)):
        yield batch


def produce(
    office: Office,
    database: Database,
    picture: Picture,
    stage: str,
    unit_id: str,
    papers: Sequence[Paper],
    progress: Progress | None = None,
    waived: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Production:
    """Makes a unit's papers of a stage that are new or changed, and withdraws those no longer wanted.

    Each batch is written to the print folder first and recorded after, so a stopped run is taken up where it stood.

    Args:
        waived: key of a paper → what an approver let pass in it, as `generate` takes it.

    Raises:
        FolderUnusable: the print folder cannot be written.
    """
    making = _Making(office, database, picture, stage, unit_id)
    outcome = making.outcome
    done = 0
    for batch in _batches(papers):
        fresh = [row for paper in batch if (row := making.row_of(paper, waived.get(paper.key, ())))]
        if fresh:
            _keep(database, fresh)
        done += len(batch)
        if progress:
            progress(picture.units[unit_id].name, done, len(papers))
    outcome.withdrawn = _withdraw(database, picture, making.folder, making.gone(papers))
    return outcome


class _Making:
    """The making of one unit's papers of a stage."""

    def __init__(self, office: Office, database: Database, picture: Picture, stage: str, unit_id: str) -> None:
        self.picture = picture
        self.book = load_rulebook(picture.campaign.rulebook)
        self.settings = self.book.settings.overlaid(picture.campaign.settings)
        self.known = {row["key"]: row for row in rows(database, _KNOWN, [picture.campaign.id, stage, unit_id])}
        self.own = template_source(office, database, self.book.name, unit_id)
        self.kept = kept_templates(office, database)
        self.folder = print_folder(office, picture, unit_id, stage)
        self.outcome = Production()
        self._refused: set[str] = set()

    def row_of(self, paper: Paper, let_pass: Sequence[str]) -> dict[str, Any] | None:
        """The new row of a paper once its file lies in the print folder; None where it stays as it was, or fails."""
        before = self.known.get(paper.key)
        # What is filed keeps the template it was made with, even where its facts change.
        frozen = before["template_digest"] if before and before["filed"] else ""
        try:
            template = frozen or template_digest(paper, self.book, self.own)
        except TemplateDamaged as error:
            self.outcome.failed.append((paper, error.message))
            return None
        if before and before["fingerprint"] == self._fingerprint(paper, template, let_pass):
            self.outcome.unchanged += 1
            return None
        templates = made_with(frozen, self.kept, self.own, self.book) if frozen else self.own
        made = self._made(paper, let_pass, templates)
        if made is None:
            return None
        write_paper(self.folder / f"{paper.file_name}.docx", made.word)
        return _row(self.picture, paper, made, self._fingerprint(paper, made.template_digest, let_pass))

    def gone(self, papers: Sequence[Paper]) -> list[str]:
        """The keys of papers that are not wanted any more, or can no longer be made and are not filed."""
        wanted = {paper.key for paper in papers}
        return [
            key for key, row in self.known.items() if key not in wanted or (key in self._refused and not row["filed"])
        ]

    def _fingerprint(self, paper: Paper, template: str, let_pass: Sequence[str]) -> str:
        return paper_fingerprint(paper, template, self.book, self.settings, let_pass)

    def _made(self, paper: Paper, let_pass: Sequence[str], templates: TemplateSource) -> GeneratedDocument | None:
        """The paper as it comes out, counted in the outcome; None when it is refused, with the reason."""
        try:
            made = generate(
                paper.form, paper.input, state=paper.state, book=self.book, templates=templates,
                paper_code=paper_code(self.picture, paper), settings=self.settings, waived=let_pass,
                sheets=sheets_for(paper.form, paper.document, self.book),
            )  # fmt: skip
        except (GeneratorError, TemplateDamaged) as error:
            self.outcome.failed.append((paper, error.message))
            # A damaged template says nothing against the paper as it was made before.
            if isinstance(error, GeneratorError):
                self._refused.add(paper.key)
            return None
        self.outcome.made.append(paper)
        return made


def keep_paper(
    office: Office, database: Database, picture: Picture, paper: Paper, waived: Sequence[str] = ()
) -> tuple[Path, bytes]:
    """Makes one paper that stands outside the stages, keeps its row, and gives where and what to write for printing.

    Raises:
        Refused: the judge lets no final form of it stand.
        InvalidInput: its input will not do.
    """
    book = load_rulebook(picture.campaign.rulebook)
    settings = book.settings.overlaid(picture.campaign.settings)
    made = generate(
        paper.form, paper.input, state=paper.state, book=book, settings=settings, waived=waived,
        templates=template_source(office, database, book.name, paper.unit_id), paper_code=paper_code(picture, paper),
        sheets=sheets_for(paper.form, paper.document, book),
    )  # fmt: skip
    fingerprint = paper_fingerprint(paper, made.template_digest, book, settings, waived)
    _keep(database, [_row(picture, paper, made, fingerprint)])
    return print_folder(office, picture, paper.unit_id, paper.stage) / f"{paper.file_name}.docx", made.word


def _withdraw(database: Database, picture: Picture, folder: Path, unwanted: Iterable[str]) -> int:
    kept = _filed_before_its_copy(database, picture)
    gone = [key for key in unwanted if key not in kept]
    if gone:
        with writing(database):
            for key in gone:
                row = one(
                    database,
                    "SELECT file_name FROM document WHERE campaign_id = ? AND key = ?",
                    [picture.campaign.id, key],
                )
                database.execute("DELETE FROM document WHERE campaign_id = ? AND key = ?", [picture.campaign.id, key])
                if row:
                    (folder / row["file_name"]).unlink(missing_ok=True)
    return len(gone)


def _filed_before_its_copy(database: Database, picture: Picture) -> set[str]:
    """The keys of papers that were filed before a copy came that stands for them: the store keeps their rows."""
    found = rows(
        database,
        "SELECT x.key FROM document x JOIN taken_paper t ON t.campaign_id = x.campaign_id AND t.stands_for = x.key"
        " JOIN dossier d ON d.campaign_id = x.campaign_id AND d.evaluation_id IS x.evaluation_id"
        " AND d.unit_id = x.unit_id WHERE x.campaign_id = ? AND d.version > 0",
        [picture.campaign.id],
    )
    return {row["key"] for row in found}
