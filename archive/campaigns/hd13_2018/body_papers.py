"""The papers of organisations and collectives: review report (Mẫu 1) and assessment sheets (Mẫu 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterator

from archive.campaigns.hd13_2018.assessors import by_whom
from archive.campaigns.hd13_2018.conferences import collective_conference
from archive.campaigns.hd13_2018.kinds import collective_kind, organisation_kind
from archive.campaigns.papers.bodies import (
    body_name,
    collective_signature,
    committee_above,
    committee_signature,
    outside_heading,
    own_unit,
    signature_of,
    symbol_of,
)
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Assessment, Ballot, Collective, Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.forms.assessed import Assessed
from generator.rules.rulebook import Rulebook

_REMEDY_STATUS = {"remedied": "remedied", "in_progress": "in_progress", "open": "not_remedied"}
# The boxes under the items of Mẫu 1 repeat the ratings of Mẫu 4 that cover them, the lowest where several do.
_COLLECTIVE_RATINGS = {
    "implementation_rating": ("t1",),
    "programme_results_rating": ("t2", "t3"),
    "prevention_rating": ("s1", "s2"),
    "democratic_centralism_rating": ("s1",),
    "inspection_rating": ("s2",),
    "remedy_rating": ("r",),
}
# The same of Mẫu 3, for the report of a cell or party committee.
_ORGANISATION_RATINGS = {
    "implementation_rating": ("a1",),
    "programme_results_rating": ("b1", "b2"),
    "prevention_rating": ("a1", "a4"),
    "democratic_centralism_rating": ("a2",),
    "inspection_rating": ("a4",),
    "remedy_rating": ("c",),
}


def _own_ballot(picture: Picture, unit_id: str, evaluation: Evaluation) -> Document | None:
    ballot: Ballot | None = next(
        (
            one
            for one in picture.ballots
            if one.unit_id == unit_id and one.kind == "organisation_level" and evaluation.id in one.tallies
        ),
        None,
    )
    if ballot is None:
        return None
    tally = ballot.tallies[evaluation.id]
    return given(
        {
            "entitled": ballot.entitled,
            "issued": ballot.issued,
            "returned": ballot.returned,
            "valid": ballot.returned - ballot.invalid,
            **tally.counts,
        }
    ) | {"invalid": ballot.invalid}


def _sheet(picture: Picture, kind: str, assessment: Assessment, ballot: Document | None) -> Document:
    return given(
        {
            "assessor": "self" if assessment.assessor == "self" else "participant",
            "criteria": picture.rated(kind, assessment.ratings),
            "ballot": ballot if assessment.assessor == "self" else None,
            "comment": assessment.comment,
            "level": assessment.level,
            "date": assessment.assessed_on.isoformat() if assessment.assessed_on else None,
        }
    )


def own_name(unit: Unit) -> str:
    """Who assesses for a party organisation itself: its executive committee, its chi ủy, or the cell (II.1.4)."""
    if not unit.is_cell:
        return f"Ban Chấp hành {unit.name}"
    return f"Chi ủy {unit.name}" if unit.has_committee else unit.name


def _by_another(picture: Picture, unit: Unit, assessment: Assessment) -> Document:
    """Heading, signature and name of who assesses a unit or its collective besides itself.

    The authority is the committee that decides: the owner's, for the owner itself the one above it.
    """
    name, owner = assessment.assessor_name, picture.owner
    if name is None and unit.id != owner.id:
        return heading(picture, owner, None) | committee_signature(picture, owner) | {"assessor_body": own_name(owner)}
    if name is None:
        above = committee_above(picture, unit)
        return outside_heading(above) | {"assessor_body": f"Ban Thường vụ {above}", "year": picture.campaign.year}
    known = own_unit(picture, name)
    if known:
        return heading(picture, known, None) | signature_of(picture, known) | {"assessor_body": own_name(known)}
    return outside_heading(name) | {"assessor_body": name, "year": picture.campaign.year}


def organisation_document(picture: Picture, evaluation: Evaluation, assessment: Assessment) -> Document:
    """Mẫu 3 of a party organisation by one assessor, under that assessor's own heading."""
    unit = picture.units[evaluation.organisation_id or ""]
    if assessment.assessor == "self":
        by = heading(picture, unit, None) | committee_signature(picture, unit) | {"assessor_body": own_name(unit)}
    else:
        by = _by_another(picture, unit, assessment)
    sheet = _sheet(picture, "party_organisation", assessment, _own_ballot(picture, unit.id, evaluation))
    kind = organisation_kind(picture, unit)
    return {**by, **sheet, "organisation_type": kind.code if kind else unit.type, "subject": unit.name}


def collective_document(picture: Picture, evaluation: Evaluation, assessment: Assessment) -> Document:
    """Mẫu 4 of a collective by one assessor, under that assessor's own heading."""
    collective = picture.collectives[evaluation.collective_id or ""]
    unit = picture.units[collective.unit_id]
    if assessment.assessor == "self":
        by = heading(picture, unit, None) | collective_signature(picture, collective)
        by["assessor_body"] = collective.name
    else:
        by = _by_another(picture, unit, assessment)
    kind = collective_kind(picture, collective)
    return {
        **by,
        **_sheet(picture, "leadership_collective", assessment, _own_ballot(picture, collective.unit_id, evaluation)),
        "collective_type": kind.code if kind else collective.type,
        "subject": collective.name,
    }


def _reporting(picture: Picture, evaluation: Evaluation) -> Document:
    """Who reports in Mẫu 1, and of what: a cell is led by its chi ủy, a collective by itself."""
    collective = picture.collectives.get(evaluation.collective_id or "")
    unit = picture.units[collective.unit_id if collective else evaluation.organisation_id or ""]
    own = heading(picture, unit, None, symbol_of(unit, "BC")) | {"without_seal": True if unit.is_cell else None}
    if collective:
        signed = collective_signature(picture, collective)
        return given(own | signed | {"collective": collective.name, "place_led": unit.name})
    led = unit.name.removeprefix("Chi bộ ")
    return given(own | committee_signature(picture, unit) | {"collective": own_name(unit), "place_led": led})


def _pointed_out(evaluation: Evaluation) -> list[Document]:
    """The shortcomings its review must come back to (13-HD/TU, I.3.1.6), and who pointed them out."""
    return [
        {"shortcoming": one.text, "source": one.found_by or f"Kỳ kiểm điểm năm {one.found_period}"}
        for one in evaluation.shortcomings
    ]


def report_document(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Document:
    """Mẫu 1 from the sections keyed in, the self-assessment's ratings and last year's shortcomings."""
    own = evaluation.assessed_by("self")
    ratings: Document = {}
    for name, codes in (_COLLECTIVE_RATINGS if evaluation.collective_id else _ORGANISATION_RATINGS).items():
        rated = [rating for code in codes if own and (rating := own.ratings.get(code))]
        if rated:
            ratings[name] = book.ratings.lowest(rated)
    remedies = [
        given(known | {"status": _REMEDY_STATUS[one.status], "result": one.remedy, "responsible": one.responsibility})
        for known, one in zip(_pointed_out(evaluation), evaluation.shortcomings, strict=True)
    ]
    return given(
        {
            **_reporting(picture, evaluation),
            **ratings,
            **evaluation.sections,
            "remedies": remedies,
            "claimed_level": (own.level if own else None) or evaluation.proposed_level,
            "recipients": recipients(
                f"{committee_above(picture, picture.units[evaluation.unit_id])} (để báo cáo)", "Lưu hồ sơ"
            ),
        }
    )


def own_sheet(picture: Picture, unit: Unit, kind: Assessed) -> Document:
    """A party organisation's own sheet of Mẫu 3 before anyone assesses."""
    return {
        **heading(picture, unit, None),
        **committee_signature(picture, unit),
        "assessor": "self",
        "assessor_body": own_name(unit),
        "organisation_type": kind.code,
        "subject": unit.name,
    } | given({"criteria": picture.rated(kind.kind, {})})


def own_collective_sheet(picture: Picture, collective: Collective, kind: Assessed) -> Document:
    """A collective's own sheet of Mẫu 4 before anyone assesses."""
    return {
        **heading(picture, picture.units[collective.unit_id], None),
        **collective_signature(picture, collective),
        "assessor": "self",
        "assessor_body": collective.name,
        "collective_type": kind.code,
        "subject": collective.name,
    } | given({"criteria": picture.rated(kind.kind, {})})


def blank_body_papers(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """The blank sheets of a unit's own organisation and collectives."""

    def blank(form: str, title: str, document: Document, evaluation: Evaluation) -> Paper:
        name = f"{picture.subject_reference(evaluation)}-{form}"
        return Paper(
            f"prepare:{form}:{evaluation.id}", form, "blank", "prepare", unit.id, "", title, document, evaluation.id,
            body_name(unit), name,
        )  # fmt: skip

    organisation, kind = picture.organisation(unit.id), organisation_kind(picture, unit)
    if organisation and kind:
        title = "Phiếu phân tích chất lượng tổ chức đảng"
        yield blank(kind.form, title, own_sheet(picture, unit, kind), organisation)
    for evaluation in picture.collectives_of(unit):
        seats = collective_conference(picture, evaluation).summoned
        members = [given({"full_name": name, "position": post}) for name, post in seats]
        known = given({"remedies": _pointed_out(evaluation), "member_responsibilities": members})
        yield blank("1", "Báo cáo kiểm điểm tập thể", _reporting(picture, evaluation) | known, evaluation)
        collective = picture.collectives[evaluation.collective_id or ""]
        if of_collective := collective_kind(picture, collective):
            document = own_collective_sheet(picture, collective, of_collective)
            yield blank(of_collective.form, "Phiếu phân tích chất lượng tập thể", document, evaluation)


def _leading(picture: Picture, organisation: Evaluation) -> Evaluation | None:
    # The committee's report is the organisation's too: they are reviewed together.
    return next(
        (
            one
            for one in picture.collectives_of(picture.units[organisation.unit_id])
            if one.sections and picture.collectives[one.collective_id or ""].type == "grassroots_committee"
        ),
        None,
    )


def body_papers(picture: Picture, unit: Unit, judgement: CampaignJudgement, book: Rulebook) -> Iterator[Paper]:
    """The review reports and the assessment sheets of a unit's organisation and collectives."""

    def final(form: str, item: str, title: str, document: Document, evaluation: Evaluation, part: str) -> Paper:
        name = f"{picture.subject_reference(evaluation)}-{form}{part and '-'}{part}"
        return Paper(
            f"submit:{form}{part and ':'}{part}:{evaluation.id}", form, "final", "submit", unit.id, item, title,
            document, evaluation.id, str(document.get("assessor_body") or document["issuing_body"]), name,
        )  # fmt: skip

    organisation, kind = picture.organisation(unit.id), organisation_kind(picture, unit)
    if organisation and kind:
        title = "Phiếu phân tích chất lượng và đánh giá, xếp loại tổ chức đảng"
        for number, assessment in enumerate(organisation.assessments):
            if assessment.ratings and assessment.level:
                document = organisation_document(picture, organisation, assessment)
                yield final(
                    kind.form, "other_documents", title, document, organisation, by_whom(number, assessment.assessor)
                )
        source = organisation if organisation.sections else _leading(picture, organisation)
        if source:
            document = report_document(picture, source, book)
            title = f"Báo cáo kiểm điểm năm {picture.campaign.period}"
            yield final("1", "collective_review_report", title, document, organisation, "")
    for evaluation in picture.collectives_of(unit):
        if evaluation.sections:
            title = f"Báo cáo kiểm điểm tập thể năm {picture.campaign.period}"
            document = report_document(picture, evaluation, book)
            yield final("1", "collective_review_report", title, document, evaluation, "")
        of_collective = collective_kind(picture, picture.collectives[evaluation.collective_id or ""])
        if judgement.of(evaluation).excluded or of_collective is None:
            continue
        title = "Phiếu phân tích chất lượng và đánh giá, xếp loại tập thể lãnh đạo, quản lý"
        for number, assessment in enumerate(evaluation.assessments):
            if assessment.ratings and assessment.level:
                document = collective_document(picture, evaluation, assessment)
                part = by_whom(number, assessment.assessor)
                yield final(of_collective.form, "other_documents", title, document, evaluation, part)
