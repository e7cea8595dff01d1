"""Binding dossiers: papers, cover and contents list to PDF and into one bundle each.

A contents list names sheets, so it follows the papers. Yet papers of a dossier that was filed before mostly keep their
lengths: its list is written by those and converted in one start of LibreOffice with the papers, and written again only
where a paper came out longer or shorter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.campaigns.contents import Dossier
from archive.campaigns.picture import Picture
from archive.campaigns.pieces import Piece, by_itself, converted, file_name_of, sharing_fonts, sheets_of, take_upload
from archive.campaigns.plan import Front, plan_of
from archive.store.bundle import BundlePart, Paper, bundle
from generator.documents import TemplateSource, generate
from generator.pdf.convert import ConvertedGroup, convert_groups
from generator.rules.rulebook import Rulebook

# Cover and contents list, while the list fits on a page.
_FRONT_SHEETS = 2


@dataclass
class Bound:
    """A dossier on its way: its pieces, the templates of its unit, and what is made of them.

    Args:
        covers: the Word files of cover and contents list.
        front: those two as PDF, as the first part of the bundle; `front_sheets` is how many sheets they take.
        papers: the parts of the bundle behind it.
        bundle: the whole as PDF; None where none is made.
    """

    dossier: Dossier
    pieces: list[Piece]
    templates: TemplateSource
    covers: tuple[bytes, bytes] = (b"", b"")
    front: BundlePart | None = None
    front_sheets: int = _FRONT_SHEETS
    papers: Sequence[BundlePart] = ()
    bundle: bytes | None = None

    @property
    def lengths(self) -> list[int]:
        """The pages of each piece, as far as they are known."""
        return [piece.pages for piece in self.pieces]

    def again(self) -> Bound:
        """The same before anything was bound."""
        return Bound(self.dossier, self.pieces, self.templates)


class Binder:
    """Writes the covers and contents lists of dossiers and binds them; it reads no database."""

    def __init__(self, picture: Picture, book: Rulebook) -> None:
        self.picture = picture
        self.book = book
        self.plan = plan_of(book)

    def write_covers(self, one: Bound, *, with_sheets: bool) -> None:
        """Writes cover and contents list; without PDFs nobody knows the sheets they would name.

        Raises:
            GeneratorError: one of them cannot be written.
        """
        pages = one.front_sheets + sum(one.lengths) if with_sheets else None
        sheets = sheets_of(one.pieces, one.front_sheets) if with_sheets else {}
        cover = self.plan.cover(self.picture, one.dossier, pages)
        listed = self.plan.contents_list(self.picture, one.dossier, sheets)
        one.covers = self._written(cover, one), self._written(listed, one)

    def bind(self, bound: Sequence[Bound]) -> None:
        """Makes the PDFs, covers and bundles of dossiers.

        Raises:
            ArchiveError, GeneratorError: a paper of one of them cannot be read, converted or bound.
        """
        waiting = self._convert(bound)
        # The stamps count the cover and the contents list too; a long list moves the papers behind it.
        self._add_fronts(self._add_fronts(waiting))
        for one in bound:
            front = [one.front] if one.front else []
            words = {
                file_name_of(number, piece.document): piece.data
                for number, piece in enumerate(one.pieces, start=1)
                if piece.is_word
            }
            one.bundle = bundle([*front, *one.papers], title=one.dossier.title, attachments=words).pdf

    def _convert(self, bound: Sequence[Bound]) -> list[Bound]:
        """Converts the papers, and the fronts that can be foreseen; gives the dossiers whose front is not right yet."""
        for piece in (piece for one in bound for piece in one.pieces if not piece.is_word):
            take_upload(piece)
        runs = [(one, list(_runs(one.pieces))) for one in bound]
        groups = [group for _, own in runs for group in own if group[0].to_convert]
        foreseen = [one for one in bound if all(one.lengths)]
        lengths = {one.dossier.id: one.lengths for one in foreseen}
        for one in foreseen:
            self.write_covers(one, with_sheets=True)
        words = [[piece.data for piece in group] for group in groups] + [list(one.covers) for one in foreseen]
        made = iter(convert_groups(words))
        for one, own in runs:
            parts = [converted(group, next(made)) if group[0].to_convert else by_itself(group[0]) for group in own]
            one.papers = _joined(own, parts)
        right = [_take_front(one, next(made)) for one in foreseen]
        settled = {one.dossier.id for one, fits in zip(foreseen, right, strict=True) if fits}
        return [one for one in bound if one.dossier.id not in settled or one.lengths != lengths[one.dossier.id]]

    def _add_fronts(self, waiting: Sequence[Bound]) -> list[Bound]:
        """Makes the fronts of dossiers whose papers have their lengths; gives those that took other sheets."""
        for one in waiting:
            self.write_covers(one, with_sheets=True)
        made = convert_groups([list(one.covers) for one in waiting])
        return [one for one, group in zip(waiting, made, strict=True) if not _take_front(one, group)]

    def _written(self, front: Front, one: Bound) -> bytes:
        document = {"document": front.document}
        return generate(front.form, document, book=self.book, templates=one.templates).word


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Papers of ours that follow one another and are converted as one, so that they share their fonts; others alone."""
    for together, run in groupby(pieces, key=lambda piece: piece.is_ours and piece.to_convert):
        found = list(run)
        yield from [found] if together else ([piece] for piece in found)


def _joined(runs: Sequence[Sequence[Piece]], parts: Sequence[BundlePart]) -> list[BundlePart]:
    """The parts of the bundle; those that LibreOffice made and that follow one another are one."""
    joined: list[BundlePart] = []
    for of_word, several in groupby(zip(runs, parts, strict=True), key=lambda pair: pair[0][0].is_word):
        found = [part for _, part in several]
        joined += [sharing_fonts(found)] if of_word else found
    return joined


def _take_front(one: Bound, made: ConvertedGroup) -> bool:
    """Puts cover and contents list in front; whether they take the sheets they were written for."""
    thought = one.front_sheets
    one.front = BundlePart(made.bundle, (Paper("Bìa hồ sơ"), Paper("Mục lục văn bản", made.starts[1])))
    one.front_sheets = sum(document.pages for document in made.documents)
    return one.front_sheets == thought
