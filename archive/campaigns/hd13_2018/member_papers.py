"""The papers of one member: self-review (Mẫu 2), assessment sheets (Mẫu 5.1), the comment of where he lives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from archive.campaigns.hd13_2018.assessors import by_whom
from archive.campaigns.papers.bodies import committee_signature, mass_organisation, own_unit, signature_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, identity
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Assessment, Evaluation, Unit
from generator.rules.rulebook import Rulebook

# The four boxes under a section of Mẫu 2 summarise the criteria of Mẫu 5.1 that it covers: the lowest of them.
_SECTION_CRITERIA = {
    "conduct_rating": ("a1", "a2", "a3", "a4", "a5"),
    "duties_rating": ("b1", "b2"),
    "leadership_rating": ("c", "b1"),
    "integrity_rating": ("a5",),
    "remedy_rating": ("dd",),
}
_LEADER_ONLY = ("leadership", "leadership_rating", "integrity", "integrity_rating")
_EMPLOYEE_ONLY = ("public_service", "claimed_employee_level")
# Who fills in a Mẫu 5.1 (13-HD/TU, II.2.4, gạch 3).
_ASSESSORS = ("self", "cell_committee", "mass_organisation")
_STATUS = {"remedied": "remedied", "in_progress": "in_progress", "open": "not_remedied"}


def variant(picture: Picture, evaluation: Evaluation) -> str:
    """Which Mẫu 2 a person writes: leader, public employee or member (13-HD/TU, I.3.2)."""
    other = picture.other_capacity(evaluation)
    if evaluation.capacity == "leader_manager" or (other and other.capacity == "leader_manager"):
        return "leader"
    return "public_employee" if picture.person_of(evaluation).is_public_employee else "member"


def _left_out(document: Mapping[str, Any], chosen: str) -> Document:
    unwanted = {"leader": (), "public_employee": _LEADER_ONLY, "member": _LEADER_ONLY + _EMPLOYEE_ONLY}[chosen]
    return {name: value for name, value in document.items() if name not in unwanted}


def _section_ratings(assessment: Assessment | None, book: Rulebook) -> Document:
    ratings = assessment.ratings if assessment else {}
    found: Document = {}
    for name, codes in _SECTION_CRITERIA.items():
        rated = [rating for code in codes if (rating := ratings.get(code))]
        if rated:
            found[name] = book.ratings.lowest(rated)
    return found


def _identified(picture: Picture, evaluation: Evaluation) -> Document:
    person = picture.person_of(evaluation)
    return heading(picture, picture.units[person.cell_id], None) | identity(picture, person)


def _as_member(picture: Picture, evaluation: Evaluation) -> Evaluation:
    # A person writes one Mẫu 2 for both capacities; what is keyed of it stands with the member.
    other = picture.other_capacity(evaluation) if evaluation.capacity == "leader_manager" else None
    return other or evaluation


def _pointed_out(evaluation: Evaluation) -> list[Document]:
    """The shortcomings his review must come back to (13-HD/TU, I.3.2.a, gạch 4), and who pointed them out."""
    return [
        {"content": one.text, "source": one.found_by or f"Kỳ kiểm điểm năm {one.found_period}"}
        for one in evaluation.shortcomings
    ]


def self_review_document(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Document:
    """Mẫu 2 from the sections keyed in, the self-assessment's ratings and last year's shortcomings."""
    chosen = variant(picture, evaluation)
    other = picture.other_capacity(evaluation)
    led = next((one for one in (evaluation, other) if one and one.capacity == "leader_manager"), None)
    evaluation = _as_member(picture, evaluation)
    own = evaluation.assessed_by("self")
    # What he claims as a leader counts before what he claims as a member.
    claimed = led.facts.get("claimed_level") if led else evaluation.facts.get("public_employee_rating")
    remedied = [
        given(known | {"status": _STATUS[one.status], "result": one.remedy})
        for known, one in zip(_pointed_out(evaluation), evaluation.shortcomings, strict=True)
    ]
    document = {
        **_identified(picture, evaluation),
        "variant": chosen,
        **_section_ratings(own, book),
        **evaluation.sections,
        "remedied": remedied,
        "claimed_level": own.level if own else None,
        "claimed_employee_level": claimed or (own.level if own else None),
    }
    if not remedied:
        document.pop("remedy_rating", None)
    return _left_out(given(document), chosen)


def assessment_document(picture: Picture, evaluation: Evaluation, assessment: Assessment) -> Document:
    """Mẫu 5.1 of one assessor."""
    person = picture.person_of(evaluation)
    cell = picture.units[person.cell_id]
    document = {
        **_identified(picture, evaluation),
        "card_number": person.card_number,
        "assessor": assessment.assessor,
        "criteria": picture.rated("party_member", assessment.ratings),
        "comment": assessment.comment,
        "level": assessment.level,
    }
    if assessment.assessed_on:
        document["date"] = assessment.assessed_on.isoformat()
    if assessment.assessor == "self":
        document["signer"] = person.full_name
    elif assessment.assessor == "cell_committee":
        name = "Chi ủy " if cell.has_committee else ""
        document |= {"assessor_body": assessment.assessor_name or f"{name}{cell.name}"}
        document |= committee_signature(picture, cell, person)
    elif assessment.assessor_name:
        document |= {"superior_body": None, "assessor_body": assessment.assessor_name}
        document |= mass_organisation(picture, assessment.assessor_name, person)
    else:
        document |= {"assessor_body": "", "signature_authority": "T/M Tập thể lãnh đạo đoàn thể"}
    return given(document)


def _residence_heading(picture: Picture, committee: str) -> Document:
    """Who comments: “Chi ủy Chi bộ Khu 2, xã An Đồng” is the cell Khu 2 of the commune's organisation."""
    cell, _, commune = committee.removeprefix("Chi ủy ").partition(", ")
    superior = f"Đảng bộ {commune}" if commune else None
    known = own_unit(picture, cell)
    if known and (superior is None or known.superior_name in (None, superior)):
        signer = signature_of(picture, known).get("signer")
        return {"issuing_body": known.name, "superior_body": superior or known.superior_name, "signer": signer}
    return {"issuing_body": cell, "superior_body": superior}


def residence_document(picture: Picture, evaluation: Evaluation) -> Document:
    """The residence comment as far as it was keyed in: who comments, what on the whole, with what result."""
    person = picture.person_of(evaluation)
    comment = picture.residence.get(person.id)
    own = _residence_heading(picture, comment.committee) if comment else {"superior_body": None}
    document = {**_identified(picture, evaluation), "issuing_body": "Chi ủy nơi cư trú", **own}
    document["residence"] = person.residence or ""
    if comment:
        document |= {
            "comment": comment.comment,
            "result": {True: "satisfactory", False: "unsatisfactory", None: None}[comment.satisfied],
        }
        if comment.commented_on:
            document["date"] = comment.commented_on.isoformat()
    return given(document)


def blank_papers(picture: Picture, evaluation: Evaluation) -> Iterator[Paper]:
    """What a member takes home in December, and the sheets on which chi ủy and mass organisation assess him.

    Mẫu 2 and 5.1, the commitment for the coming year, and the residence comment where one is needed.
    """
    person, unit_id = picture.person_of(evaluation), evaluation.unit_id
    named = _identified(picture, evaluation)

    def blank(form: str, title: str, document: Document) -> Paper:
        name = f"{person.reference}-{form}"
        return Paper(
            f"prepare:{form}:{evaluation.id}", form, "blank", "prepare", unit_id, "", title, document, evaluation.id,
            person.full_name, name,
        )  # fmt: skip

    review = {"variant": variant(picture, evaluation), "remedied": _pointed_out(_as_member(picture, evaluation))}
    yield blank("2", "Bản tự kiểm điểm", named | given(review))
    local = picture.rated("party_member", {})
    own = given(
        named | {"card_number": person.card_number, "assessor": "self", "criteria": local, "signer": person.full_name}
    )
    yield blank("5.1", "Phiếu phân tích chất lượng đảng viên", own)
    for assessor in ("cell_committee", "mass_organisation"):
        name = evaluation.facts.get("leads_mass_organisation")
        if assessor == "cell_committee" or name:
            told = Assessment(assessor, str(name) if assessor != "cell_committee" else None, {}, None, None, None)
            document = assessment_document(picture, evaluation, told) | given({"criteria": local})
            sheet = blank("5.1", "Phiếu phân tích chất lượng đảng viên", document)
            part = by_whom(1 if assessor == "cell_committee" else 2, assessor)
            yield replace(
                sheet, key=f"prepare:5.1:{assessor}:{evaluation.id}", file_name=f"{sheet.file_name}-{part}",
                author=str(document.get("assessor_body") or name or ""),
            )  # fmt: skip
    promise = named | {"commitment_year": picture.campaign.year + 1} | _confirmed(picture, evaluation)
    yield blank("annual-commitment", "Bản cam kết tu dưỡng, rèn luyện, phấn đấu", promise)
    if not person.cell_is_residential:
        living = given(named | {"issuing_body": "Chi ủy nơi cư trú", "residence": person.residence})
        living.pop("superior_body", None)
        yield blank("residence-comment", "Phiếu nhận xét đảng viên nơi cư trú", living)


def _confirmed(picture: Picture, evaluation: Evaluation) -> Document:
    """Who confirms a commitment for the cell."""
    person = picture.person_of(evaluation)
    signed = committee_signature(picture, picture.units[person.cell_id], person)
    return given({"confirming_title": signed.get("signature_title"), "confirming_signer": signed.get("signer")})


def submitted_papers(
    picture: Picture, unit: Unit, evaluation: Evaluation, book: Rulebook, handed_in: frozenset[str]
) -> Iterator[Paper]:
    """What a person's dossier holds when the unit that works on it reports.

    Args:
        handed_in: items the person handed in as own papers, which stand for the generated ones.
    """
    person, unit_id = picture.person_of(evaluation), unit.id

    def final(form: str, item: str, title: str, document: Document, author: str, part: str = "") -> Paper:
        key = f"submit:{form}{part and ':'}{part}:{evaluation.id}"
        role = "-lanh-dao" if evaluation.capacity == "leader_manager" else ""
        name = f"{person.reference}{role}-{form}{part and '-'}{part}"
        return Paper(key, form, "final", "submit", unit_id, item, title, document, evaluation.id, author, name)

    if _as_member(picture, evaluation).sections and "self_review" not in handed_in:
        document = self_review_document(picture, evaluation, book)
        title = f"Bản tự kiểm điểm cá nhân năm {picture.campaign.period}"
        yield final("2", "self_review", title, document, person.full_name)
    if evaluation.capacity == "member":
        for number, assessment in enumerate(evaluation.assessments):
            if assessment.assessor in _ASSESSORS and assessment.ratings and assessment.level:
                document = assessment_document(picture, evaluation, assessment)
                author = str(document.get("assessor_body") or person.full_name)
                title = "Phiếu phân tích chất lượng và đánh giá, xếp loại đảng viên"
                part = by_whom(number, assessment.assessor)
                yield final("5.1", "other_documents", title, document, author, part)
    comment = picture.residence.get(person.id)
    if comment and comment.satisfied is not None and "residence_comment" not in handed_in:
        document = residence_document(picture, evaluation)
        title = "Phiếu nhận xét đảng viên nơi cư trú"
        yield final("residence-comment", "residence_comment", title, document, comment.committee)
