"""The sheet of each waiver in force, for the dossier whose finding it lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from archive.campaigns.papers.extracts import subject_lines
from archive.campaigns.papers.paper import Paper, given, heading
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import Judgement


def waiver_papers(picture: Picture, unit: Unit, evaluation: Evaluation, own: Judgement) -> Iterator[Paper]:
    """One sheet for each waiver in force, made by the unit that works on the evaluation."""
    for waiver in own.waivers:
        day = date.fromisoformat(waiver.given_at[:10])
        document = given({
            **heading(picture, picture.owner, day),
            **subject_lines(picture, evaluation),
            "level": evaluation.level,
            "rule": waiver.rule_id,
            "citation": waiver.citation,
            "finding": waiver.message,
            "found": waiver.given,
            "needed": waiver.needed,
            "reason": waiver.reason,
            "basis": waiver.document,
            "approver": waiver.approver_name,
        })  # fmt: skip
        yield Paper(
            f"submit:waiver-sheet:{waiver.id}", "waiver-sheet", "final", "submit", unit.id, "other_documents",
            f"Phiếu chấp nhận ngoại lệ (quy tắc {waiver.rule_id})", document, evaluation.id, waiver.approver_name,
            f"{picture.subject_reference(evaluation)}-{evaluation.capacity.replace('_', '-')}-ngoai-le-"
            f"{waiver.rule_id.lower()}",
        )  # fmt: skip
