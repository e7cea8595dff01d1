"""Filing a campaign's dossiers: papers to PDF, cover and contents list, one bundle each, into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

from sqlite_utils import Database

from archive.campaigns.contents import Dossier
from archive.campaigns.dossier_record import told_of
from archive.campaigns.picture import Picture
from archive.campaigns.pieces import Piece, converted, file_name_of, sheets_of, uploaded
from archive.campaigns.plan import Front, plan_of
from archive.campaigns.procedure import Reached, load_steps, standing, step_label
from archive.campaigns.production import WORD, word_of
from archive.campaigns.steps import step_changes
from archive.errors import ArchiveError
from archive.office.folder import Office
from archive.office.templates import kept_templates, template_source, template_versions
from archive.records.changes import Change
from archive.records.database import one as first_row
from archive.records.database import rows
from archive.store.bundle import BundlePart, Paper, bundle, count_pages
from archive.store.filing import DossierFile, DossierPackage, FiledDossier, file_dossiers
from archive.store.ocfl import Store
from generator.documents import TemplateSource, generate
from generator.errors import GeneratorError
from generator.pdf.convert import ConvertedGroup, convert_groups
from generator.rules.rulebook import Rulebook, load_rulebook

# So many papers are converted and filed at a time: a few starts of LibreOffice, and little to do again when stopped.
PAPERS_AT_A_TIME = 180
PDF = "application/pdf"
# Cover and contents list, while the list fits on a page.
_FRONT_SHEETS = 2
Progress = Callable[[str, int, int], None]


@dataclass
class _Bound:
    """A dossier with its pieces, the PDFs to bind in order, and the templates of its unit."""

    dossier: Dossier
    pieces: list[Piece]
    parts: list[BundlePart]
    templates: TemplateSource


class CampaignFiling:
    """Files the dossiers of one picture.

    Args:
        keep_pdf: the PDF of a paper filed before is bound again as it is, whatever converts papers by now.
    """

    def __init__(
        self,
        office: Office,
        database: Database,
        picture: Picture,
        *,
        actor: str,
        with_pdf: bool,
        jobs: int = 1,
        keep_pdf: bool = False,
    ) -> None:
        self.office = office
        self.database = database
        self.picture = picture
        self.actor = actor
        self.with_pdf = with_pdf
        self.jobs = jobs
        self.keep_pdf = keep_pdf
        self.store = Store(office.store_root)
        self.book: Rulebook = load_rulebook(picture.campaign.rulebook)
        self.plan = plan_of(self.book)
        self.records = load_steps(database, picture.campaign.id)
        self.failures: list[tuple[Dossier, str]] = []
        self.own_templates = kept_templates(office, database)
        self.template_versions = template_versions(database)

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
        templates = template_source(self.office, self.database, self.book.name, dossier.unit.id)
        bound = _Bound(dossier, self._pieces(dossier), [], templates)
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

    def _bound(self, batch: Sequence[Dossier]) -> list[_Bound]:
        bound = []
        for dossier in batch:
            try:
                templates = template_source(self.office, self.database, self.book.name, dossier.unit.id)
                bound.append(_Bound(dossier, self._pieces(dossier), [], templates))
            except (ArchiveError, GeneratorError) as error:
                self.failures.append((dossier, error.message))
        return bound

    def _put_together(self, bound: Sequence[_Bound]) -> list[DossierPackage]:
        """The packages of a batch; where one dossier spoils it, each is tried alone."""
        try:
            return self._packages(bound) if bound else []
        except (ArchiveError, GeneratorError) as error:
            if len(bound) == 1:
                self.failures.append((bound[0].dossier, error.message))
                return []
        return [made for one in bound for made in self._put_together([replace(one, parts=[])])]

    def _changed(self, dossier: Dossier) -> bool:
        known = first_row(self.database, "SELECT fingerprint FROM dossier WHERE id = ?", [dossier.id])
        return known is None or known["fingerprint"] != dossier.fingerprint(self.with_pdf)

    def _pieces(self, dossier: Dossier) -> list[Piece]:
        return [self._piece(dossier, document) for document in dossier.documents]

    def _piece(self, dossier: Dossier, document: Mapping[str, Any]) -> Piece:
        filed = {
            row["media_type"]: (row["path"], row["version"])
            for row in rows(
                self.database,
                "SELECT f.path, f.version, f.media_type FROM dossier_file f JOIN dossier d ON d.id = f.dossier_id"
                " AND d.version = f.version WHERE f.dossier_id = ? AND f.document_id = ?",
                [dossier.id, document["id"]],
            )
        }
        if document["media_type"] not in filed:
            return Piece(document, self._data(document))
        # What is filed is frozen: the same paper is filed again from the store, never made anew.
        piece = Piece(document, self.store.read(dossier.id, *filed[document["media_type"]]))
        if self.keep_pdf and piece.is_word and PDF in filed:
            piece.pdf = self.store.read(dossier.id, *filed[PDF])
            piece.pages = count_pages(piece.pdf, document["title"])
        return piece

    def _data(self, document: Mapping[str, Any]) -> bytes:
        if document["source"] == "generated":
            return word_of(self.picture, document, self.book, self.own_templates)
        found = first_row(self.database, "SELECT data FROM content WHERE digest = ?", [document["content_digest"]])
        if found is None:
            raise ArchiveError(f"Mất nội dung của tài liệu “{document['title']}”. Xin nhận lại giấy tờ này.")
        return bytes(found["data"])

    def _packages(self, bound: Sequence[_Bound]) -> list[DossierPackage]:
        if not self.with_pdf:
            return [self._package(one, self._covers(one, 0), None) for one in bound]
        self._convert(bound)
        covers = [self._covers(one, _FRONT_SHEETS) for one in bound]
        converted = list(convert_groups([list(pair) for pair in covers]))
        # The stamps count the cover and the contents list too; a long list moves the papers behind it.
        for index, (one, group) in enumerate(zip(bound, converted, strict=True)):
            front = count_pages(group.bundle, "Mục lục văn bản")
            if front != _FRONT_SHEETS:
                covers[index] = self._covers(one, front)
                converted[index] = next(iter(convert_groups([list(covers[index])])))
        return [
            self._package(one, pair, self._bind(one, group))
            for one, pair, group in zip(bound, covers, converted, strict=True)
        ]

    def _convert(self, bound: Sequence[_Bound]) -> None:
        # Papers of ours that follow one another are converted as one, so that they share their fonts.
        groups: list[list[Piece]] = []
        places: list[tuple[_Bound, list[Piece]]] = []
        for one in bound:
            for ours, run in groupby(one.pieces, key=lambda piece: piece.is_ours and piece.pdf is None):
                pieces = list(run)
                for group in [pieces] if ours else [[piece] for piece in pieces]:
                    if group[0].to_convert:
                        groups.append(group)
                    places.append((one, group))
        made = iter(convert_groups([[piece.data for piece in group] for group in groups]))
        for one, group in places:
            if group[0].to_convert:
                one.parts.append(converted(group, next(made)))
            elif group[0].is_word and group[0].pdf is not None:
                one.parts.append(BundlePart(group[0].pdf, (Paper(group[0].document["title"]),)))
            else:
                one.parts.append(uploaded(group[0]))

    def _covers(self, bound: _Bound, front: int) -> tuple[bytes, bytes]:
        """Cover and contents list; `front` is how many sheets they take themselves, 0 while there is no PDF."""
        dossier = bound.dossier
        pages = sum(piece.pages for piece in bound.pieces)
        cover = self.plan.cover(self.picture, dossier, front + pages if front else None)
        listed = self.plan.contents_list(self.picture, dossier, sheets_of(bound.pieces, front) if front else {})
        return self._written(cover, bound), self._written(listed, bound)

    def _written(self, front: Front, bound: _Bound) -> bytes:
        document = {"document": front.document}
        return generate(front.form, document, book=self.book, templates=bound.templates).word

    def _bind(self, bound: _Bound, covers: ConvertedGroup) -> bytes:
        front = BundlePart(covers.bundle, (Paper("Bìa hồ sơ"), Paper("Mục lục văn bản", covers.starts[1])))
        words = {
            file_name_of(number, piece): piece.data
            for number, piece in enumerate(bound.pieces, start=1)
            if piece.is_word
        }
        return bundle([front, *bound.parts], title=bound.dossier.title, attachments=words).pdf

    def _package(self, bound: _Bound, covers: tuple[bytes, bytes], bundled: bytes | None) -> DossierPackage:
        dossier = bound.dossier
        files = [
            DossierFile("00-bia-ho-so.docx", "cover", "Bìa hồ sơ", WORD, covers[0], None),
            DossierFile("00-muc-luc.docx", "contents_list", "Mục lục văn bản", WORD, covers[1], None),
        ]
        for number, piece in enumerate(bound.pieces, start=1):
            document, name = piece.document, file_name_of(number, piece)
            files.append(
                DossierFile(
                    name, document["item"], document["title"], document["media_type"], piece.data, document["id"]
                )
            )
            if piece.is_word and piece.pdf is not None:
                pdf_name = f"{name.rsplit('.', 1)[0]}.pdf"
                files.append(DossierFile(pdf_name, document["item"], document["title"], PDF, piece.pdf, document["id"]))
        if bundled is not None:
            files.append(DossierFile("ho-so.pdf", "bundle", "Toàn bộ hồ sơ", PDF, bundled, None))
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
            files=tuple(files),
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
