"""What a dossier must hold, what it holds, and what it waits for, by what its guidance says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.picture import Picture
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import Judgement
from archive.records.database import rows
from archive.records.dossiers import dossier_id
from generator.rules.rulebook import Rulebook

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A dossier about to be filed: whose it is, its papers in order, and what it still lacks.

    Args:
        documents: rows of `document`, in the order of the guidance.
        waits_for: titles of the required papers that are missing.
        rulings: what the office decided beside the rules, frozen with the dossier: readings, waivers, answers.
    """

    id: str
    kind: str
    title: str
    subject_name: str
    unit: Unit
    evaluation: Evaluation | None
    judgement: Judgement | None
    level: str | None
    documents: tuple[Record, ...]
    waits_for: tuple[str, ...]
    rulings: Mapping[str, Any]

    @property
    def status(self) -> str:
        """`annulled`, `reclassified`; else `filed` when nothing required is missing, or `incomplete`."""
        if self.evaluation and self.evaluation.former:
            return "reclassified" if self.evaluation.decision else "annulled"
        return "incomplete" if self.waits_for else "filed"

    def fingerprint(self, with_pdf: bool) -> str:
        """Changes exactly when a filing would hold something else."""
        content = [
            self.title,
            self.subject_name,
            self.level,
            list(self.waits_for),
            with_pdf,
            [(document["key"], document["fingerprint"]) for document in self.documents],
            self.rulings,
        ]
        return hashlib.sha512(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


_FILED = """
SELECT * FROM document WHERE campaign_id = ? AND item <> '' AND NOT EXISTS (
    SELECT 1 FROM taken_paper t JOIN document copy ON copy.id = t.document_id
    WHERE t.campaign_id = document.campaign_id AND t.stands_for = document.key AND copy.item <> ''
) ORDER BY dated_on IS NULL, dated_on, key
"""


def unit_rulings_of(picture: Picture, unit: Unit, book: Rulebook) -> Record:
    """What the office decided about a unit beside the rules: readings with their digest, waivers, answers."""
    waivers = picture.unit_waivers.get(unit.id, ())
    return {
        **rulings_of(picture, None, None, book),
        "waivers": [{**asdict(waiver), "in_force": waiver.ended_at is None} for waiver in waivers],
        "answers": [asdict(answer) for answer in picture.unit_answers.get(unit.id, ())],
    }


def rulings_of(picture: Picture, evaluation: Evaluation | None, own: Judgement | None, book: Rulebook) -> Record:
    """What the office decided beside the rules: readings with their digest, an evaluation's waivers, answers."""
    settings = book.settings.overlaid(picture.campaign.settings)
    in_force = own.waivers if own else ()
    return {
        "readings": settings.as_dict(),
        "readings_digest": settings.digest(),
        "waivers": [
            {**asdict(waiver), "in_force": waiver in in_force} for waiver in (evaluation.waivers if evaluation else ())
        ],
        "answers": [asdict(answer) for answer in (evaluation.answers if evaluation else ())],
    }


def documents_of(database: Database, picture: Picture) -> dict[str, list[Record]]:
    """The documents of a campaign that are filed, by evaluation id, or by `unit:<id>` for a unit's own.

    A paper of ours for which its signed copy was taken in is left out: the copy stands for it.
    """
    grouped: dict[str, list[Record]] = {}
    for row in rows(database, _FILED, [picture.campaign.id]):
        grouped.setdefault(row["evaluation_id"] or f"unit:{row['unit_id']}", []).append(row)
    return grouped


def _ordered(documents: Sequence[Record], order: Mapping[str, int]) -> tuple[Record, ...]:
    return tuple(sorted(documents, key=lambda document: order.get(document["item"], len(order))))


def subject_dossier(situation: Situation, evaluation: Evaluation, documents: Sequence[Record]) -> Dossier:
    """The dossier of one subject, with the papers it still waits for."""
    picture, book, plan = situation.picture, situation.book, situation.plan
    items = plan.items(evaluation.capacity, book)
    order = {item.code: number for number, item in enumerate(items)}
    titles = {item.code: item.title for item in items}
    own = situation.judgement.of(evaluation)
    present = {document["item"] for document in documents}
    # What an approver let be missing is not waited for.
    let_pass = {item.code for item in items if item.rule_id in own.waived}
    # A subject rightly left without a level has no conclusion to wait for.
    missing = [
        code
        for code in plan.lacking(picture, evaluation, present, book)
        if code not in let_pass and not (own.barred and code == plan.conclusion_item)
    ]
    level = evaluation.decision.level if evaluation.decision else None
    return Dossier(
        id=dossier_id(picture.campaign.period, evaluation.capacity, evaluation.id),
        kind=evaluation.capacity,
        title=plan.title(picture, evaluation.capacity),
        subject_name=picture.subject_name(evaluation),
        unit=picture.units[evaluation.unit_id],
        evaluation=evaluation,
        judgement=own,
        level=book.levels.outside[0] if own.barred and not level else level,
        documents=_ordered(documents, order),
        waits_for=tuple(titles.get(code, code) for code in sorted(missing, key=lambda code: order.get(code, 99))),
        rulings=rulings_of(picture, evaluation, own, book),
    )


def unit_dossier(situation: Situation, unit: Unit, documents: Sequence[Record]) -> Dossier:
    """A unit's own dossier of the campaign: the papers that concern many, each filed once."""
    picture, book = situation.picture, situation.book
    order = {item.code: number for number, item in enumerate(situation.plan.items("campaign", book))}
    drafts = tuple(f"{document['title']} (còn là dự thảo)" for document in documents if document["state"] == "draft")
    return Dossier(
        id=dossier_id(picture.campaign.period, "campaign", unit.id),
        kind="campaign",
        title=situation.plan.title(picture, "campaign"),
        subject_name=unit.name,
        unit=unit,
        evaluation=None,
        judgement=None,
        level=None,
        documents=_ordered(documents, order),
        waits_for=drafts,
        rulings=unit_rulings_of(picture, unit, book),
    )


def dossiers_of(situation: Situation, unit: Unit, documents: Mapping[str, Sequence[Record]]) -> list[Dossier]:
    """Every dossier a unit files: its subjects' in the order of names, then its own.

    Args:
        documents: those of the campaign, as `documents_of` gives them.
    """
    found = []
    for evaluation in situation.picture.worked_by(unit):
        own = situation.judgement.of(evaluation)
        if own.excluded and evaluation.capacity == "member":
            continue
        found.append(subject_dossier(situation, evaluation, documents.get(evaluation.id, ())))
    papers = documents.get(f"unit:{unit.id}", ())
    return [*found, unit_dossier(situation, unit, papers)] if papers else found
