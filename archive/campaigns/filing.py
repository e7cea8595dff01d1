"""Filing a campaign's dossiers: which of them changed, what each holds, and their way into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlite_utils import Database

from archive.campaigns.binding import Binder, Bound
from archive.campaigns.contents import Dossier
from archive.campaigns.dossier_record import told_of
from archive.campaigns.made_again import word_of
from archive.campaigns.picture import Picture
from archive.campaigns.pieces import Piece, file_name_of, pdf_name_of
from archive.campaigns.procedure import Reached, load_steps, standing, step_label
from archive.campaigns.production import WORD
from archive.campaigns.steps import step_changes
from archive.errors import ArchiveError
from archive.office.folder import Office
from archive.office.templates import kept_templates, template_source, template_versions
from archive.records.changes import Change
from archive.records.database import one as first_row
from archive.records.database import rows
from archive.store.bundle import count_pages
from archive.store.filing import DossierFile, DossierPackage, FiledDossier, file_dossiers
from archive.store.ocfl import Store
from generator.documents import TemplateSource
from generator.errors import GeneratorError
from generator.rules.rulebook import Rulebook, load_rulebook

# So many papers are converted and filed at a time: a few starts of LibreOffice, and little to do again when stopped.
PAPERS_AT_A_TIME = 180
PDF = "application/pdf"
Progress = Callable[[str, int, int], None]

_FILED = """
SELECT f.path, f.version, f.media_type, f.document_id FROM dossier_file f
JOIN dossier d ON d.id = f.dossier_id AND d.version = f.version WHERE f.dossier_id = ?
"""


class CampaignFiling:
    """Files the dossiers of one picture."""

    def __init__(
        self,
        office: Office,
        database: Database,
        picture: Picture,
        *,
        actor: str,
        with_pdf: bool,
        jobs: int = 1,
    ) -> None:
        self.office = office
        self.database = database
        self.picture = picture
        self.actor = actor
        self.with_pdf = with_pdf
        self.jobs = jobs
        self.store = Store(office.store_root)
        self.book: Rulebook = load_rulebook(picture.campaign.rulebook)
        self.binder = Binder(picture, self.book)
        self.records = load_steps(database, picture.campaign.id)
        self.failures: list[tuple[Dossier, str]] = []
        self.own_templates = kept_templates(office, database)
        self.template_versions = template_versions(database)
        self._fingerprints = dict(
            database.execute("SELECT id, fingerprint FROM dossier WHERE campaign_id = ?", [picture.campaign.id])
        )
        self._templates: dict[str, TemplateSource] = {}

    def file(self, dossiers: Sequence[Dossier], progress: Progress | None = None) -> list[FiledDossier]:
        """Files those that changed, in batches that each end in the store; a stopped run goes on after the last one.

        A dossier that cannot be put together is left in `failures` with the reason and holds up no other.

        Args:
            dossiers: of one unit.
            progress: told the unit's name, how many are done, and of how many.
        """
        wanted = [dossier for dossier in dossiers if self._changed(dossier)]
        filed: list[FiledDossier] = []
        done = len(dossiers) - len(wanted)
        reason = f"Nộp lưu đợt {self.picture.campaign.period}"
        for packages in self._in_batches(wanted):
            with self.office.locked():
                filed += file_dossiers(self.office, self.database, packages, actor=self.actor, reason=reason)
            done += len(packages)
            if progress and packages:
                progress(packages[0].unit_name, done, len(dossiers))
        return filed

    def reader(self, dossier: Dossier) -> Callable[[tuple[Change, ...]], DossierPackage]:
        """Reads all that one dossier needs now, and gives what puts it together later, without the database.

        Raises:
            ArchiveError, GeneratorError: it cannot be put together; at once, or when it is.
        """
        bound = self._opened(dossier)
        return lambda changes: replace(self._packages([bound])[0], changes=changes)

    def _in_batches(self, wanted: Sequence[Dossier]) -> Iterator[list[DossierPackage]]:
        # The database is read here, by the thread that owns its connection; only converting goes to the workers.
        batches = (self._bound(batch) for batch in _batches(wanted))
        if self.jobs == 1:
            yield from map(self._put_together, batches)
            return
        with ThreadPoolExecutor(self.jobs) as workers:
            while several := list(islice(batches, self.jobs)):
                yield from workers.map(self._put_together, several)

    def _bound(self, batch: Sequence[Dossier]) -> list[Bound]:
        bound = []
        for dossier in batch:
            try:
                bound.append(self._opened(dossier))
            except (ArchiveError, GeneratorError) as error:
                self.failures.append((dossier, error.message))
        return bound

    def _put_together(self, bound: Sequence[Bound]) -> list[DossierPackage]:
        """The packages of a batch; where one dossier spoils it, each is tried alone."""
        try:
            return self._packages(bound) if bound else []
        except (ArchiveError, GeneratorError) as error:
            if len(bound) == 1:
                self.failures.append((bound[0].dossier, error.message))
                return []
        return [made for one in bound for made in self._put_together([one.again()])]

    def _changed(self, dossier: Dossier) -> bool:
        return self._fingerprints.get(dossier.id) != dossier.fingerprint(self.with_pdf)

    def _opened(self, dossier: Dossier) -> Bound:
        unit_id = dossier.unit.id
        if unit_id not in self._templates:
            self._templates[unit_id] = template_source(self.office, self.database, self.book.name, unit_id)
        filed = rows(self.database, _FILED, [dossier.id])
        pieces = [self._piece(dossier, number, row, filed) for number, row in enumerate(dossier.documents, start=1)]
        return Bound(dossier, pieces, self._templates[unit_id])

    def _piece(
        self, dossier: Dossier, number: int, document: Mapping[str, Any], filed: Sequence[Mapping[str, Any]]
    ) -> Piece:
        own = {row["media_type"]: row for row in filed if row["document_id"] == document["id"]}
        if document["media_type"] not in own:
            pdf_name = pdf_name_of(number, document)
            former = next((self._read(dossier, row) for row in filed if row["path"] == pdf_name), None)
            pages = count_pages(former, document["title"]) if former else 0
            return Piece(document, self._data(document), pages=pages)
        # What is filed is frozen: the same paper is filed again from the store, Word file and PDF, never made anew.
        piece = Piece(document, self._read(dossier, own[document["media_type"]]))
        if piece.is_word and PDF in own:
            piece.pdf = self._read(dossier, own[PDF])
            piece.pages = count_pages(piece.pdf, document["title"])
        return piece

    def _read(self, dossier: Dossier, row: Mapping[str, Any]) -> bytes:
        return self.store.read(dossier.id, row["path"], row["version"])

    def _data(self, document: Mapping[str, Any]) -> bytes:
        if document["source"] == "generated":
            return word_of(self.picture, document, self.book, self.own_templates)
        found = first_row(self.database, "SELECT data FROM content WHERE digest = ?", [document["content_digest"]])
        if found is None:
            raise ArchiveError(f"Mất nội dung của tài liệu “{document['title']}”. Xin nhận lại giấy tờ này.")
        return bytes(found["data"])

    def _packages(self, bound: Sequence[Bound]) -> list[DossierPackage]:
        if self.with_pdf:
            self.binder.bind(bound)
        else:
            for one in bound:
                self.binder.write_covers(one, with_sheets=False)
        return [self._package(one) for one in bound]

    def _package(self, bound: Bound) -> DossierPackage:
        dossier = bound.dossier
        parent = self.picture.units.get(dossier.unit.parent_id or "")
        return DossierPackage(
            dossier_id=dossier.id,
            campaign_id=self.picture.campaign.id,
            evaluation_id=dossier.evaluation.id if dossier.evaluation else None,
            kind=dossier.kind,
            title=dossier.title,
            subject_name=dossier.subject_name,
            unit_id=dossier.unit.id,
            unit_name=dossier.unit.name,
            parent_name=parent.name if parent else None,
            status=dossier.status,
            level=dossier.level,
            waits_for=dossier.waits_for,
            fingerprint=dossier.fingerprint(self.with_pdf),
            files=tuple(_files(bound)),
            metadata=told_of(self.picture, dossier, self._steps(dossier), self.template_versions),
            changes=self._step_changes(dossier),
        )

    def _path(self, dossier: Dossier) -> tuple[Reached, ...]:
        """The steps of a subject with this filing; none for a unit, nor for one left outside the classification."""
        if dossier.evaluation is None or dossier.judgement is None or dossier.judgement.excluded:
            return ()
        records = self.records if dossier.status != "filed" else self.records.with_filed(dossier.evaluation.id)
        return standing(self.picture, dossier.evaluation, dossier.judgement, records).path

    def _steps(self, dossier: Dossier) -> list[dict[str, str]]:
        return [{"step": one.step, "label": step_label(one.step), "basis": one.basis} for one in self._path(dossier)]

    def _step_changes(self, dossier: Dossier) -> tuple[Change, ...]:
        """The steps that this filing proves and nobody recorded yet: they are written with it or never."""
        path = self._path(dossier)
        if dossier.evaluation is None or not any(one.step in ("decision", "filed") for one in path):
            return ()
        return step_changes(dossier.evaluation.id, path, self.actor)


def _files(bound: Bound) -> Iterator[DossierFile]:
    cover, listed = bound.covers
    yield DossierFile("00-bia-ho-so.docx", "cover", "Bìa hồ sơ", WORD, cover, None)
    yield DossierFile("00-muc-luc.docx", "contents_list", "Mục lục văn bản", WORD, listed, None)
    for number, piece in enumerate(bound.pieces, start=1):
        row = piece.document
        name, item, title = file_name_of(number, row), row["item"], row["title"]
        yield DossierFile(name, item, title, row["media_type"], piece.data, row["id"])
        if piece.is_word and piece.pdf is not None:
            yield DossierFile(pdf_name_of(number, row), item, title, PDF, piece.pdf, row["id"])
    if bound.bundle is not None:
        yield DossierFile("ho-so.pdf", "bundle", "Toàn bộ hồ sơ", PDF, bound.bundle, None)


def _batches(dossiers: Sequence[Dossier]) -> Iterator[list[Dossier]]:
    batch: list[Dossier] = []
    papers = 0
    for dossier in dossiers:
        if batch and papers + len(dossier.documents) > PAPERS_AT_A_TIME:
            yield batch
            batch, papers = [], 0
        batch.append(dossier)
        papers += len(dossier.documents)
    if batch:
        yield batch
