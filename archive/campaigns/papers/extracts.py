"""Extracts: what concerns one subject out of a paper about many, with its reference and digest (13-HD/TU, VI.2)."""

from __future__ import annotations

import hashlib

from archive.campaigns.papers.bodies import body_name, signature_of, symbol_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, recipients
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Person, Unit
from generator.documents import Refused, TemplateSource, generate
from generator.errors import InvalidInput
from generator.rules.rulebook import Rulebook


def digest_of(paper: Paper, book: Rulebook, templates: TemplateSource | None = None) -> str | None:
    """SHA-512 of the Word file a paper comes out as; None while it cannot be made.

    Args:
        templates: those of the unit that makes it; the shipped ones when not given.
    """
    try:
        made = generate(paper.form, paper.input, state=paper.state, book=book, templates=templates)
    except (InvalidInput, Refused):
        return None
    return hashlib.sha512(made.word).hexdigest()


def posts_of(picture: Picture, evaluation: Evaluation) -> str:
    """The posts of a person in the capacity evaluated: a leader's title, a member's posts in every field."""
    title = evaluation.facts.get("title")
    if evaluation.capacity == "leader_manager" and title:
        return str(title)
    person = picture.person_of(evaluation)
    posts = [person.titles(field) for field in ("party", "government", "mass_organisation")]
    return ", ".join(post for post in posts if post)


def subject_lines(picture: Picture, evaluation: Evaluation) -> Document:
    """Whom an extract is about."""
    document: Document = {"subject": picture.subject_name(evaluation)}
    if evaluation.person_id:
        person = picture.person_of(evaluation)
        posts, cell = posts_of(picture, evaluation), picture.units[person.cell_id].name
        document["position"] = posts if cell in posts else f"{posts}, {cell}" if posts else f"Đảng viên, {cell}"
        if person.birth_date:
            document["birth_date"] = person.birth_date.isoformat()
    return document


def kept_at(picture: Picture, unit: Unit) -> str:
    """Where the whole of a paper is kept that the campaign itself made."""
    return f"hồ sơ đợt đánh giá năm {picture.campaign.period} của {unit.name}"


def certified(picture: Picture, unit: Unit, date_iso: str | None, about: Person | None = None) -> Document:
    """The heading and signature of an extract made by a unit; what is about its head its deputy signs."""
    document = heading(picture, unit, None, symbol_of(unit, "BS")) | signature_of(picture, unit, about)
    if date_iso:
        document["date"] = date_iso
    return given(document | {"issuing_body": body_name(unit)}) | {
        "recipients": recipients("Lưu hồ sơ của đối tượng được đánh giá")
    }
