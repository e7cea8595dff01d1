"""Making a new version of a dossier for something that happened after it was filed.

The work is tried first: its rows and papers are written, the dossier as it then stands is read, and all of it is taken
back. Only the filing writes them for good, in the transaction that also makes the version: a stop at any point leaves
either the version with all its rows or nothing. A dossier not filed yet takes the rows at once and its papers later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

from archive.afterwards.errors import AfterwardsRefused
from archive.campaigns.contents import documents_of, subject_dossier, unit_dossier
from archive.campaigns.filing import CampaignFiling
from archive.campaigns.findings import keep_findings
from archive.campaigns.opening import find_campaign
from archive.campaigns.papers.paper import Paper as PrintedPaper
from archive.campaigns.picture import Picture
from archive.campaigns.production import keep_paper, write_paper
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation
from archive.campaigns.steps import record_reached
from archive.campaigns.subjects import Campaign, Evaluation
from archive.errors import NotFound
from archive.intake.papers import Paper, open_paper
from archive.office.folder import Office
from archive.records.afterwards import complaint_state
from archive.records.changes import Change, apply_changes, difference, event, touched_rows, tried
from archive.records.database import new_id, now, one, writing
from archive.store.filing import file_dossiers
from archive.store.ocfl import no_checkpoint
from generator.pdf.convert import office_available

STAGE = "afterwards"
T = TypeVar("T")


@dataclass(frozen=True)
class Attachment:
    """A file handed in: its name, its bytes, and the title the contents list gives it; who wrote it and when."""

    name: str
    data: bytes
    title: str
    author: str = ""
    dated_on: str | None = None


@dataclass(frozen=True)
class Amended(Generic[T]):
    """What came of it.

    Args:
        result: what the work gave.
        version: the dossier's newest version; 0 while it is not filed.
        before, after: the campaign without and with the work.
        printed: the papers made, where they lie for printing.
    """

    result: T
    dossier_id: str
    version: int
    before: Situation
    after: Situation
    printed: tuple[Path, ...]


@dataclass
class Work:
    """What the work on one dossier may do while it is tried."""

    office: Office
    database: Database
    dossier_id: str
    actor: str
    before: Situation
    campaign: Campaign
    evaluation_id: str | None
    unit_id: str
    events: list[Change] = field(default_factory=list)
    to_print: list[tuple[Path, bytes]] = field(default_factory=list)

    @property
    def picture(self) -> Picture:
        """The campaign before the work."""
        return self.before.picture

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation the dossier is of, before the work.

        Raises:
            NotFound: it is the dossier of a unit.
        """
        found = self.picture.evaluations.get(self.evaluation_id or "")
        if found is None:
            raise NotFound(f"Hồ sơ “{self.dossier_id}” là hồ sơ đợt của đơn vị, không có kết quả xếp loại.")
        return found

    def situation(self) -> Situation:
        """The campaign as it stands with what the work wrote so far."""
        return situation_of(self.database, self.campaign)

    def insert(self, table: str, row: dict[str, Any]) -> str:
        """Writes a row under a new id and gives the id."""
        made = new_id()
        self.database.table(table).insert({"id": made, **row})
        return made

    def event(self, action: str, note: str = "") -> None:
        """Tells of something done to the dossier; ids and counts only."""
        self.events.append(event(actor=self.actor, action=action, subject=self.dossier_id, note=note))

    def paper(self, paper: PrintedPaper, waived: Sequence[str] = ()) -> None:
        """Makes a paper and puts it into the dossier.

        Raises:
            Refused, InvalidInput: it cannot be made; then nothing of the work stays.
        """
        self.to_print.append(keep_paper(self.office, self.database, self.picture, paper, waived))

    def attach(self, attachment: Attachment, item: str, kept: Mapping[str, Paper]) -> None:
        """Puts a file handed in into the dossier; `kept` gives what `keep_attachments` made of it."""
        paper, name = kept[attachment.name], PurePath(attachment.name)
        number = new_id()
        self.insert("document", {
            "campaign_id": self.campaign.id, "evaluation_id": self.evaluation_id, "unit_id": self.unit_id, "form": "",
            "item": item, "key": f"{STAGE}:{self.evaluation_id or self.unit_id}:{number}", "title": attachment.title,
            "author": attachment.author, "dated_on": attachment.dated_on,
            "stage": STAGE, "state": paper.state, "source": "intake", "rulebook": self.campaign.rulebook,
            "media_type": paper.media_type, "pages": paper.pages,
            "file_name": f"{name.stem}.{paper.ending}" if paper.converted_from else name.name,
            "content_digest": paper.digest, "fingerprint": paper.digest, "created_at": now(),
        })  # fmt: skip


def amend(
    office: Office,
    database: Database,
    dossier: str,
    work: Callable[[Work], T],
    *,
    actor: str,
    reason: str,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> Amended[T]:
    """Does some work on a dossier and files the version that tells of it; the caller holds `office.locked()`.

    Args:
        dossier: its id; of a subject, or of a unit's own campaign.
        work: writes rows and papers through the `Work` it is given; what it raises undoes everything.
        reason: why, in words; kept in the store as the version's message.
        checkpoint: told the step just done; tests stop there.

    Raises:
        NotFound: there is no such dossier.
        StoreFull, StoreDamaged, RowsRefused: as `file_dossiers`.
    """
    at = _opened(office, database, dossier, actor)
    version, has_pdf = _filed(database, dossier)
    scope = {"dossier": dossier, "campaign": at.campaign.id, "unit": at.unit_id, "evaluation": at.evaluation_id}
    with tried(database):
        before = touched_rows(database, scope)
        result = work(at)
        after = at.situation()
        if at.evaluation_id:
            record_reached(database, after.picture, after.judgement, actor=actor)
        changes = (*difference(before, touched_rows(database, scope)), *at.events, *_complaint(database, at))
        filing = CampaignFiling(office, database, after.picture, actor=actor, with_pdf=has_pdf and office_available())
        put_together = filing.reader(_dossier(database, after, at)) if version else None
    if put_together is None:
        with writing(database):
            apply_changes(database, changes)
    else:
        [filed] = file_dossiers(
            office, database, [put_together(changes)], actor=actor, reason=reason, checkpoint=checkpoint
        )
        version = filed.version
    keep_findings(database, after)
    for path, data in at.to_print:
        write_paper(path, data)
    return Amended(result, dossier, version, at.before, after, tuple(path for path, _ in at.to_print))


def keep_attachments(database: Database, attachments: Sequence[Attachment]) -> dict[str, Paper]:
    """Looks each file over and keeps its bytes, by which nothing yet says whose it is; name → what it is kept as.

    Raises:
        PaperRefused: a file is empty, broken, protected or of a kind that is not taken.
        AfterwardsRefused: two files have the same name.
    """
    names = [one_file.name for one_file in attachments]
    for name in {name for name in names if names.count(name) > 1}:
        raise AfterwardsRefused(f"Có hai tệp cùng tên “{name}”. Xin đổi tên một tệp.")
    kept = {one_file.name: open_paper(one_file.name, one_file.data) for one_file in attachments}
    with writing(database):
        for paper in kept.values():
            database.execute(
                "INSERT INTO content (digest, data) VALUES (?, ?) ON CONFLICT DO NOTHING", [paper.digest, paper.data]
            )
    return kept


def present_day() -> date:
    """The present day, where a command names none."""
    return datetime.now(UTC).astimezone().date()


def _opened(office: Office, database: Database, dossier: str, actor: str) -> Work:
    row = one(
        database,
        "SELECT d.evaluation_id, d.unit_id, c.period, u.reference FROM dossier d"
        " JOIN campaign c ON c.id = d.campaign_id JOIN unit u ON u.id = c.owner_id WHERE d.id = ?",
        [dossier],
    )
    if row is None:
        raise NotFound(f"Không có hồ sơ “{dossier}”. Xem mã bằng “hoso dossier list”.")
    campaign = find_campaign(database, row["period"], row["reference"])
    before = situation_of(database, campaign)
    return Work(office, database, dossier, actor, before, campaign, row["evaluation_id"], row["unit_id"])


def _filed(database: Database, dossier: str) -> tuple[int, bool]:
    """The dossier's newest version, and whether it has its bundle."""
    row = one(
        database,
        "SELECT d.version, EXISTS (SELECT 1 FROM dossier_file f WHERE f.dossier_id = d.id AND f.version = d.version"
        " AND f.item = 'bundle') AS has_pdf FROM dossier d WHERE d.id = ?",
        [dossier],
    )
    return (row["version"], bool(row["has_pdf"])) if row else (0, False)


def _dossier(database: Database, situation: Situation, at: Work) -> Any:
    documents = documents_of(database, situation.picture)
    if at.evaluation_id is None:
        unit = situation.picture.units[at.unit_id]
        return unit_dossier(situation, unit, documents.get(f"unit:{unit.id}", ()))
    evaluation = situation.picture.evaluations[at.evaluation_id]
    return subject_dossier(situation, evaluation, documents.get(evaluation.id, ()))


def _complaint(database: Database, at: Work) -> list[Change]:
    if at.evaluation_id is None:
        return []
    state = complaint_state(database, at.evaluation_id)
    return [{"do": "update", "table": "dossier", "row": {"id": at.dossier_id, "complaint": state}}]
