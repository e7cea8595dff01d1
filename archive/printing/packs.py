"""Print packs of a unit: all forms of one kind, all papers of a stage or of a meeting, in one PDF in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlite_utils import Database

from archive.campaigns.made_again import word_of
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit
from archive.errors import ArchiveError, NotFound
from archive.office.folder import Office
from archive.office.templates import kept_templates
from archive.records.database import rows
from generator.forms.library import manifest
from generator.layout.profile import load_profile
from generator.pdf.convert import convert
from generator.pdf.imposition import PrintedPaper, PrintPack, print_pack
from generator.vietnamese import name_sort_key

SPARES = 3
"""Ballots printed beyond the number of voters, for those spoilt."""

_MADE = "SELECT * FROM document WHERE campaign_id = ? AND unit_id = ? AND source = 'generated' AND stage IN ({stages})"


_HOW_MANY = "chưa biết số người bỏ phiếu nên chỉ in 1 bản; ghi số người được triệu tập vào bảng phiếu thì in đủ."


class NothingToPrint(ArchiveError):
    """Chưa có văn bản nào để in."""

    code = "archive.nothing-to-print"


@dataclass(frozen=True)
class PrintChoice:
    """What of a unit is printed; what is left empty chooses nothing away.

    Args:
        forms: codes of forms.
        stages: codes of stages.
        at_meeting: only what lies on the table of a meeting.
        spares: ballots beyond the number of voters.
    """

    forms: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    at_meeting: bool = False
    spares: int = SPARES


@dataclass(frozen=True)
class PrintLine:
    """One paper to print: its form, title and file name, the number of copies, and the sheets they take if known.

    `subject` is the name of whom it is about; empty for a unit's own paper. `note` says what is left to the clerk.
    """

    form: str
    title: str
    subject: str
    file_name: str
    copies: int
    sheets: int | None = None
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The line as JSON carries it."""
        return asdict(self)


def print_list(database: Database, situation: Situation, unit: Unit, choice: PrintChoice) -> list[PrintLine]:
    """What to print of a unit and how many copies of each, in the order of the forms.

    A ballot is printed for each voter, with spares; every other paper once.

    Raises:
        UnknownForm: no form has a code that was chosen.
        NotFound: no stage has a code that was chosen.
        NothingToPrint: no such paper was made yet.
    """
    return [line for line, _ in _chosen(database, situation, unit, choice)]


def pack(
    office: Office,
    database: Database,
    situation: Situation,
    unit: Unit,
    choice: PrintChoice,
    *,
    duplex: bool = False,
    progress: Callable[[int], None] | None = None,
) -> tuple[PrintPack, list[PrintLine]]:
    """The papers of a unit in one PDF, and the list of them with the sheets each takes.

    Args:
        duplex: for printing on both sides, with the margins of back sides turned (36-HD/VPTW, phụ lục 3).
        progress: called with the number of papers converted so far.

    Raises:
        UnknownForm: no form has a code that was chosen.
        NotFound: no stage has a code that was chosen.
        NothingToPrint: no such paper was made yet.
        OfficeMissing: LibreOffice is not installed.
    """
    chosen = _chosen(database, situation, unit, choice)
    own = kept_templates(office, database)
    words = [word_of(situation.picture, document, situation.book, own) for _, document in chosen]
    converted = convert(words, progress=progress)
    papers = [
        PrintedPaper(
            " – ".join(filter(None, (line.title, line.subject))),
            made.data,
            line.copies,
            halves=manifest(line.form, situation.book).per_voter,
        )
        for (line, _), made in zip(chosen, converted, strict=True)
    ]
    page = load_profile(situation.book.format_profile, situation.book.package).page
    made = print_pack(papers, duplex=duplex, binding_shift=page.left - page.right)
    lines = [replace(line, sheets=sheets) for (line, _), sheets in zip(chosen, made.sheets, strict=True)]
    return made, lines


def _chosen(
    database: Database, situation: Situation, unit: Unit, choice: PrintChoice
) -> Sequence[tuple[PrintLine, dict[str, Any]]]:
    forms = {manifest(code, situation.book).code for code in choice.forms}
    known = tuple(stage.code for stage in situation.plan.stages)
    unknown_stage = next((code for code in choice.stages if code not in known), None)
    if unknown_stage:
        raise NotFound(f"Không có bước “{unknown_stage}”. Các bước: {', '.join(known)}.")
    stages = choice.stages or known
    found = rows(
        database,
        _MADE.format(stages=", ".join("?" * len(stages))),
        [situation.picture.campaign.id, unit.id, *stages],
    )
    listed = []
    for document in found:
        form = manifest(document["form"], situation.book)
        if (forms and form.code not in forms) or (choice.at_meeting and not form.at_meeting):
            continue
        voters = situation.plan.voters(situation.picture, unit, document["key"]) if form.per_voter else None
        unknown = form.per_voter and voters is None
        copies = 1 if voters is None else voters + choice.spares
        evaluation = situation.picture.evaluations.get(document["evaluation_id"] or "")
        subject = situation.picture.subject_name(evaluation) if evaluation else ""
        line = PrintLine(
            form.code, document["title"], subject, document["file_name"], copies, note=_HOW_MANY if unknown else ""
        )
        listed.append(((form.order, name_sort_key(subject), line.file_name), line, document))
    if not listed:
        raise NothingToPrint(
            f"{unit.name} chưa có văn bản nào như vậy để in. Xin lập văn bản trước bằng lệnh "
            f"“hoso campaign run {situation.picture.campaign.period}”."
        )
    return [(line, document) for _, line, document in sorted(listed, key=lambda one: one[0])]
