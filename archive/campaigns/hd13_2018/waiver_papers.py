"""The sheet of each waiver in force, for the dossier whose finding it lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archive.campaigns.papers.extracts import subject_lines
from archive.campaigns.papers.paper import Document, Paper, given, heading
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit, Waiver
from archive.campaigns.verdicts import Judgement


def waiver_papers(picture: Picture, unit: Unit, evaluation: Evaluation, own: Judgement) -> Iterator[Paper]:
    """One sheet for each waiver in force, made by the unit that works on the evaluation."""
    about = {**subject_lines(picture, evaluation), "level": evaluation.level}
    name = f"{picture.subject_reference(evaluation)}-{evaluation.capacity.replace('_', '-')}"
    for waiver in own.waivers:
        yield _sheet(picture, unit, waiver, about, evaluation.id, name)


def unit_waiver_papers(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """One sheet for each waiver of the unit itself that has not ended."""
    for waiver in picture.unit_waivers.get(unit.id, ()):
        if waiver.ended_at is None:
            yield _sheet(picture, unit, waiver, {"subject": unit.name}, None, unit.reference)


def _sheet(
    picture: Picture, unit: Unit, waiver: Waiver, about: Document, evaluation_id: str | None, name: str
) -> Paper:
    day = date.fromisoformat(waiver.given_at[:10])
    document = given({
        **heading(picture, picture.owner, day),
        **about,
        "rule": waiver.rule_id,
        "citation": waiver.citation,
        "finding": waiver.message,
        "found": waiver.given,
        "needed": waiver.needed,
        "reason": waiver.reason,
        "basis": waiver.document,
        "approver": waiver.approver_name,
    })  # fmt: skip
    return Paper(
        f"submit:waiver-sheet:{waiver.id}", "waiver-sheet", "final", "submit", unit.id, "other_documents",
        f"Phiếu chấp nhận ngoại lệ (quy tắc {waiver.rule_id})", document, evaluation_id, waiver.approver_name,
        f"{name}-ngoai-le-{waiver.rule_id.lower()}",
    )  # fmt: skip
