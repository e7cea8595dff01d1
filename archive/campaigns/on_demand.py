"""One paper at a time, filled from the records and filed nowhere: any of the campaign's, or one that no stage plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.campaigns.opening import find_campaign, find_unit
from archive.campaigns.papers.paper import Paper
from archive.campaigns.papers.waived import waived_in
from archive.campaigns.picture import Picture
from archive.campaigns.plan import Asked, PastResult
from archive.campaigns.production import sheets_for
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation, papers_of, units_of
from archive.campaigns.subjects import Evaluation, Unit
from archive.errors import ArchiveError, NotFound
from archive.office.folder import Office
from archive.office.templates import template_source
from archive.records.database import rows
from generator.documents import generate
from generator.forms.library import manifest
from generator.vietnamese import fold, nfc

OWN_ROWS = "danh-muc"
"""The folder of the data folder where an office keeps the rows of a form, one a line, in `<code of the form>.txt`."""

_RESULTS = """
SELECT period, capacity, level, unit_name, decision, decided_by, 1 AS in_force FROM result_view
WHERE person_id = :person
UNION ALL
SELECT c.period, e.capacity, x.level, d.unit_name, x.number, x.body, 0
FROM evaluation e JOIN campaign c ON c.id = e.campaign_id JOIN decision x ON x.evaluation_id = e.id
LEFT JOIN dossier d ON d.evaluation_id = e.id
WHERE e.person_id = :person AND x.annulled_on NOTNULL
ORDER BY period, capacity, in_force
"""


class NothingToMake(ArchiveError):
    """Không có dữ liệu để lập văn bản này."""

    code = "archive.nothing-to-make"
    exit_code = 2


@dataclass(frozen=True)
class SinglePaper:
    """A paper made on demand: its form, state and title, the name a file of it should have, and the Word file."""

    form: str
    state: str
    title: str
    file_name: str
    word: bytes


def make_paper(
    office: Office,
    database: Database,
    period: str,
    code: str,
    *,
    unit: str | None = None,
    subject: str | None = None,
    name: str | None = None,
) -> SinglePaper:
    """One paper of a form, as Word, filed nowhere.

    A paper that a stage plans comes as that stage makes it; any other form as far as the records go.

    Args:
        code: of the form, however it is written.
        unit: reference or name of the unit that writes it; that of the subject, else the owner's, when not given.
        subject: whom it is about: reference, name, or id of the dossier.
        name: which of several planned papers, by its file name.

    Raises:
        NotFound: no such campaign, unit or subject, or several papers fit and `name` says none of them.
        UnknownForm: there is no such form.
        NothingToMake: the records hold nothing for it.
        Refused: it proposes or decides a level that the rulebook refuses.
        InvalidInput: what the records hold will not do for it.
    """
    situation = situation_of(database, find_campaign(database, period))
    picture, book = situation.picture, situation.book
    form = manifest(code, book).code
    evaluation = _evaluation(picture, subject, manifest(form, book).subject_kinds) if subject else None
    place = _place(picture, find_unit(database, unit) if unit else None, evaluation)
    planned = _planned(situation, form, place, evaluation)
    if name:
        planned = [one for one in planned if one.file_name == name.removesuffix(".docx")]
    if len(planned) > 1:
        names = ", ".join(one.file_name for one in planned)
        raise NotFound(f"Có {len(planned)} văn bản mẫu {form} như vậy: {names}. Xin chọn một văn bản bằng --name.")
    asked = _asked(office, database, form, place, evaluation)
    paper = planned[0] if planned else situation.plan.single(situation, asked)
    if paper is None:
        raise NothingToMake(_lacking(office, form, evaluation))
    made = generate(
        paper.form, paper.input, state=paper.state, book=book,
        settings=book.settings.overlaid(picture.campaign.settings),
        templates=template_source(office, database, book.name, paper.unit_id),
        waived=waived_in([paper], situation).get(paper.key, ()),
        sheets=sheets_for(paper.form, paper.document, book),
    )  # fmt: skip
    return SinglePaper(paper.form, paper.state, paper.title, f"{paper.file_name}.docx", made.word)


def _evaluation(picture: Picture, subject: str, kinds: tuple[str, ...]) -> Evaluation:
    """The evaluation someone means; of a person in two capacities the one the form is first about."""
    wanted = fold(nfc(subject))
    found = [
        one
        for one in picture.evaluations.values()
        if wanted in (fold(picture.subject_reference(one)), fold(picture.subject_name(one)))
        or one.id == subject.rpartition("-")[2]
    ]
    subjects = {one.person_id or one.organisation_id or one.collective_id for one in found}
    if not found:
        raise NotFound(f"Đợt {picture.campaign.period} không có đối tượng “{subject}”.")
    if len(subjects) > 1:
        known = ", ".join(f"{picture.subject_reference(one)} ({picture.units[one.unit_id].name})" for one in found)
        raise NotFound(f"Có nhiều đối tượng tên “{subject}”: {known}. Xin dùng mã.")
    # A capacity is named as the kind of subject, or by its last word.
    ranked = {kind: number for number, kind in enumerate(kinds)}
    return min(found, key=lambda one: min((ranked[kind] for kind in kinds if kind.endswith(one.capacity)), default=99))


def _place(picture: Picture, unit_id: str | None, evaluation: Evaluation | None) -> Unit:
    """The unit that writes: the one named, else the one that works on the subject, else the owner."""
    if unit_id:
        return picture.units[unit_id]
    working = {unit.id for unit in units_of(picture)}
    return picture.units[evaluation.unit_id] if evaluation and evaluation.unit_id in working else picture.owner


def _planned(situation: Situation, form: str, unit: Unit, evaluation: Evaluation | None) -> list[Paper]:
    """The papers of a form that the stages plan for a subject, or for a unit and its subjects."""
    if unit.id not in {one.id for one in units_of(situation.picture)}:
        return []
    stages = [stage.code for stage in situation.plan.stages if not stage.files]
    every = [paper for stage in stages for paper in papers_of(situation, stage, unit) if paper.form == form]
    found = [one for one in every if evaluation is None or one.evaluation_id == evaluation.id]
    # The finished paper stands before the blank form of the same.
    finished = [one for one in found if one.state != "blank"]
    return finished or found


def _asked(office: Office, database: Database, form: str, unit: Unit, evaluation: Evaluation | None) -> Asked:
    history = rows(database, _RESULTS, {"person": evaluation.person_id}) if evaluation and evaluation.person_id else []
    return Asked(form, unit, evaluation, tuple(_past(record) for record in history), _own_rows(office, form))


def _past(record: Mapping[str, Any]) -> PastResult:
    by = record["decided_by"]
    decision = record["decision"] or ""
    return PastResult(
        str(record["period"]), str(record["capacity"]), str(record["level"]), record["unit_name"] or by or "",
        f"{decision} của {by}" if decision and by else decision, bool(record["in_force"]),
    )  # fmt: skip


def own_rows_file(office: Office, form: str) -> Path:
    """The text file in which an office keeps the rows of a form."""
    return office.root / OWN_ROWS / f"{form}.txt"


def _own_rows(office: Office, form: str) -> tuple[str, ...]:
    path = own_rows_file(office, form)
    if not path.is_file():
        return ()
    try:
        return tuple(nfc(path.read_text(encoding="utf-8-sig")).splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise NothingToMake(f"Không đọc được tệp {path}. Xin ghi lại tệp dạng văn bản UTF-8.") from error


def _lacking(office: Office, form: str, evaluation: Evaluation | None) -> str:
    if evaluation is None:
        return "Văn bản này lập cho một đối tượng. Xin thêm --subject."
    return (
        f"Chưa có dữ liệu để lập mẫu {form} cho đối tượng này. Nếu mẫu có danh mục riêng của cơ quan, xin ghi mỗi dòng "
        f"một mục vào tệp {own_rows_file(office, form)} (dòng bắt đầu bằng # là tên nhóm)."
    )
