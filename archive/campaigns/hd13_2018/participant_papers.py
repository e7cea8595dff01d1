"""The papers of those who take part in an evaluation: their blank sheets, requests for opinions, what they answered.

13-HD/TU, I.4.1.a (opinions on the draft of a review), II.1.5 and III.4 (who takes part), II.1.6 and III.5, bước 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from archive.campaigns.hd13_2018.body_papers import own_collective_sheet, own_name, own_sheet
from archive.campaigns.hd13_2018.kinds import kind_of, organisation_kind
from archive.campaigns.papers.bodies import (
    body_name,
    collective_signature,
    committee_above,
    standing_signature,
    symbol_of,
)
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Assessment, Evaluation, Unit
from generator.forms.assessed import Assessed
from generator.forms.library import manifest
from generator.forms.participants import ParticipantSheet, participant_sheets, participants_of_assessed
from generator.rules.rulebook import Rulebook

# The bodies of the same place, or of the level above a cell, that a participant of the guidance stands for.
_BODIES = {
    "peoples_council": ("peoples_council",),
    "peoples_committee": ("government",),
    "front_and_socio_political": ("fatherland_front", "socio_political"),
    "socio_political": ("socio_political",),
}
_GRADES = ("excellent", "good", "average", "poor")
_ASPECTS = (
    "Ưu điểm, kết quả đạt được; hạn chế, khuyết điểm và nguyên nhân; trách nhiệm của tập thể và từng thành viên, "
    "trước hết là người đứng đầu; biện pháp khắc phục."
)


def _facts(picture: Picture, unit: Unit) -> dict[str, bool]:
    """On what hangs who takes part: whether the place is a commune, and whether its committee is under the province."""
    owner = organisation_kind(picture, picture.owner)
    above = committee_above(picture, unit)
    return {
        "is_commune": bool(owner and owner.facts.get("is_commune")),
        "under_direct_committee": "Khối" in above or "tỉnh" in above,
    }


def _names(picture: Picture, unit: Unit) -> dict[str, tuple[str, ...]]:
    """Participant → the bodies known here that it stands for."""
    beside = [one for one in picture.units.values() if unit.parent_id and one.parent_id == unit.parent_id]
    found = {
        code: tuple(one.name for one in beside if one.type in types and one.id != unit.id)
        for code, types in _BODIES.items()
    }
    below = [one for one in picture.units.values() if one.parent_id == unit.id and one.is_party]
    found["subordinates"] = tuple(own_name(one) for one in below)
    if not unit.is_party and unit.superior_name:
        found["vertical_superior"] = (unit.superior_name,)
    return {code: names for code, names in found.items() if names}


def _gathered_by(picture: Picture, unit: Unit) -> str:
    """Who gathers the sheets: the owner, for its own organisation and committee the board of the committee above."""
    if unit.id == picture.owner.id:
        return f"Ban Tổ chức {committee_above(picture, unit)}"
    return body_name(picture.owner)


def sheets_of(picture: Picture, evaluation: Evaluation, book: Rulebook) -> tuple[ParticipantSheet, ...]:
    """The blank sheet of each participant of an organisation or collective; none where no sheet serves it."""
    kind = kind_of(picture, evaluation)
    if kind is None:
        return ()
    unit = picture.units[evaluation.unit_id]
    own = (
        own_collective_sheet(picture, picture.collectives[evaluation.collective_id], kind)
        if evaluation.collective_id
        else own_sheet(picture, unit, kind)
    )
    participants = participants_of_assessed(book, kind, _facts(picture, unit))
    return participant_sheets(
        manifest(kind.form, book), own, participants, book,
        names=_names(picture, unit), return_to=_gathered_by(picture, unit),
    )  # fmt: skip


def blank_participant_papers(picture: Picture, unit: Unit, book: Rulebook) -> Iterator[Paper]:
    """The sheets for the participants of a unit's organisation and collectives, and the requests for opinions."""
    own = picture.organisation(unit.id)
    for evaluation in (*((own,) if own else ()), *picture.collectives_of(unit)):
        for number, sheet in enumerate(sheets_of(picture, evaluation, book), start=1):
            yield Paper(
                f"prepare:{sheet.form}:{number}:{evaluation.id}", sheet.form, "blank", "prepare", unit.id, "",
                f"Phiếu tham gia đánh giá của {sheet.name}", sheet.document, evaluation.id, sheet.name,
                f"{picture.subject_reference(evaluation)}-{sheet.form}-chu-the-{number:02d}",
            )  # fmt: skip
    for evaluation in picture.collectives_of(unit):
        yield from _opinion_papers(picture, unit, evaluation, book)


def _opinion_papers(picture: Picture, unit: Unit, evaluation: Evaluation, book: Rulebook) -> Iterator[Paper]:
    """The request for opinions on a collective's draft report, and the sheet they are written on (I.4.1.a, gạch 1)."""
    collective = picture.collectives[evaluation.collective_id or ""]
    of = picture.units[collective.unit_id]
    asked = dict.fromkeys(sheet.name for sheet in sheets_of(picture, evaluation, book))
    draft = f"Dự thảo báo cáo kiểm điểm tập thể năm {picture.campaign.period} (Mẫu 1)"
    request = given({
        **heading(picture, of, None, symbol_of(of, "CV")),
        **collective_signature(picture, collective),
        "sending_body": collective.name,
        "addressees": ",\n".join(asked),
        "subjects": [{"subject": collective.name, "draft": draft}],
        "aspects": _ASPECTS,
        "reply_to": body_name(of),
        "recipients": recipients("Như trên", f"Lưu {body_name(of)}"),
    })  # fmt: skip
    answer = given({
        "year": picture.campaign.year,
        "subject": collective.name,
        "draft_title": draft,
        "addressee": body_name(of),
    })  # fmt: skip
    yield _beside(picture, unit, evaluation, "opinion-request", "Văn bản xin ý kiến góp ý", request)
    yield _beside(picture, unit, evaluation, "written-opinion", "Bản góp ý đối với kiểm điểm", answer)


def _beside(picture: Picture, unit: Unit, evaluation: Evaluation, form: str, title: str, document: Document) -> Paper:
    return Paper(
        f"prepare:{form}:{evaluation.id}", form, "blank", "prepare", unit.id, "", title, document, evaluation.id,
        picture.subject_name(evaluation), f"{picture.subject_reference(evaluation)}-{form}",
    )  # fmt: skip


def summary_papers(picture: Picture, unit: Unit, book: Rulebook) -> Iterator[Paper]:
    """What participants said of each subject the owner decides on, summed up by the owner (II.1.6, III.5, bước 2)."""
    if unit.id != picture.owner.id:
        return
    for evaluation in picture.evaluations.values():
        kind = kind_of(picture, evaluation)
        answers = [one for one in evaluation.assessments if one.assessor == "participant"]
        if kind is None or not answers or evaluation.unit_id == unit.id:
            continue
        document = _summary(picture, unit, evaluation, kind, answers, book)
        yield Paper(
            f"submit:participants-summary:{evaluation.id}", "participants-summary", "final", "submit", unit.id,
            "contributed_opinions", "Báo cáo tổng hợp ý kiến các chủ thể tham gia đánh giá", document, evaluation.id,
            body_name(unit), f"{picture.subject_reference(evaluation)}-tong-hop-y-kien",
        )  # fmt: skip


def _summary(
    picture: Picture, unit: Unit, evaluation: Evaluation, kind: Assessed, answers: Sequence[Assessment], book: Rulebook
) -> Document:
    own = evaluation.assessed_by("self")
    levels = Counter(one.level for one in answers if one.level)
    told = "; ".join(
        f"{levels[code]}/{len(answers)} ý kiến đề nghị mức “{book.levels.label(code)}”"
        for code in book.levels.codes
        if levels[code]
    )
    days = [one.assessed_on for one in answers if one.assessed_on]
    asked = max(len(sheets_of(picture, evaluation, book)), len(answers))
    opinions = [
        given({
            "body": one.assessor_name or "Chủ thể tham gia đánh giá",
            "sent_on": one.assessed_on.isoformat() if one.assessed_on else None,
            "opinion": one.comment,
            "level": one.level,
        })
        for one in answers
    ]  # fmt: skip
    return given({
        **heading(picture, unit, max(days) if days else None, symbol_of(unit, "BC")),
        **standing_signature(picture, unit),
        "subject": picture.subject_name(evaluation),
        "concerns": kind.kind,
        "self_level": own.level if own else None,
        "asked": asked,
        "answered": len(answers),
        "not_answered": f"còn {asked - len(answers)} chủ thể." if asked > len(answers) else None,
        "opinions": opinions,
        "criteria": _graded(kind, answers, book),
        "remark": f"{told}." if told else "Các chủ thể chưa đề nghị mức xếp loại.",
        "recipients": recipients(f"Thường trực {body_name(unit)} (để thẩm định)", "Lưu hồ sơ đánh giá"),
    })  # fmt: skip


def _graded(kind: Assessed, answers: Sequence[Assessment], book: Rulebook) -> list[Document]:
    rows = []
    for criterion in book.criteria(kind.kind, kind.types[0]):
        counts = Counter(one.ratings.get(criterion.code) for one in answers)
        if any(counts[grade] for grade in _GRADES):
            title = kind.titles.get(criterion.code) or criterion.title
            rows.append({"title": title, **{grade: counts[grade] for grade in _GRADES}})
    return rows
