"""What a dossier must hold, what it holds, and what it waits for (13-HD/TU, VI.2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement, Judgement
from archive.records.database import rows
from archive.records.dossiers import dossier_id
from generator import judge
from generator.rules.rulebook import Rulebook

PROFILES = {
    "member": "party_member",
    "leader_manager": "leader_manager",
    "party_organisation": "party_organisation",
    "leadership_collective": "leadership_collective",
}
_TITLES = {
    "member": "đảng viên",
    "leader_manager": "cán bộ lãnh đạo, quản lý",
    "party_organisation": "tổ chức đảng",
    "leadership_collective": "tập thể lãnh đạo, quản lý",
}
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Dossier:
    """A dossier about to be filed: whose it is, its papers in order, and what it still lacks.

    Args:
        documents: rows of `document`, in the order of VI.2.
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
        """`filed` when nothing required is missing, else `incomplete`."""
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
    """The final and signed documents of a campaign by evaluation id, or by `unit:<id>` for a unit's own."""
    grouped: dict[str, list[Record]] = {}
    for row in rows(
        database,
        "SELECT * FROM document WHERE campaign_id = ? AND stage <> 'prepare' ORDER BY dated_on IS NULL, dated_on, key",
        [picture.campaign.id],
    ):
        grouped.setdefault(row["evaluation_id"] or f"unit:{row['unit_id']}", []).append(row)
    return grouped


def _ordered(documents: Sequence[Record], order: Mapping[str, int]) -> tuple[Record, ...]:
    return tuple(sorted(documents, key=lambda document: order.get(document["item"], len(order))))


def subject_dossier(
    picture: Picture,
    evaluation: Evaluation,
    judgement: CampaignJudgement,
    documents: Sequence[Record],
    book: Rulebook,
) -> Dossier:
    """The dossier of one subject, with the papers it still waits for."""
    items = book.dossier_items(PROFILES[evaluation.capacity])
    order = {item.code: number for number, item in enumerate(items)}
    own = judgement.of(evaluation)
    person = picture.people.get(evaluation.person_id or "")
    result = judge.dossier(
        {
            "stage": "archive",
            "profile": PROFILES[evaluation.capacity],
            "suggestion_issued": False,
            "opinions_received": False,
            "complaint_filed": False,
            "cell_is_residential": bool(person and person.cell_is_residential),
            "documents_present": sorted({document["item"] for document in documents}),
        },
        book=book,
    )
    titles = {item.code: item.title for item in items}
    # A subject rightly left without a level has no conclusion to wait for.
    missing = [code for code in result.missing if not (own.barred and code == "conclusion")]
    unit = picture.units[evaluation.unit_id]
    level = evaluation.decision.level if evaluation.decision else None
    kind = _TITLES[evaluation.capacity]
    return Dossier(
        id=dossier_id(picture.campaign.period, evaluation.capacity, evaluation.id),
        kind=evaluation.capacity,
        title=f"Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng {kind} năm {picture.campaign.period}",
        subject_name=picture.subject_name(evaluation),
        unit=unit,
        evaluation=evaluation,
        judgement=own,
        level="not_classified" if own.barred and not level else level,
        documents=_ordered(documents, order),
        waits_for=tuple(titles.get(code, code) for code in sorted(missing, key=lambda code: order.get(code, 99))),
        rulings=rulings_of(picture, evaluation, own, book),
    )


def unit_dossier(picture: Picture, unit: Unit, documents: Sequence[Record], book: Rulebook) -> Dossier:
    """A unit's own dossier of the campaign: the papers that concern many, each filed once."""
    order = {item.code: number for number, item in enumerate(book.dossier_items("leader_manager"))}
    drafts = tuple(f"{document['title']} (còn là dự thảo)" for document in documents if document["state"] == "draft")
    return Dossier(
        id=dossier_id(picture.campaign.period, "campaign", unit.id),
        kind="campaign",
        title=f"Hồ sơ đợt kiểm điểm, đánh giá, xếp loại chất lượng năm {picture.campaign.period}",
        subject_name=unit.name,
        unit=unit,
        evaluation=None,
        judgement=None,
        level=None,
        documents=_ordered(documents, order),
        waits_for=drafts,
        rulings=rulings_of(picture, None, None, book),
    )


def dossiers_of(
    database: Database, picture: Picture, judgement: CampaignJudgement, unit: Unit, book: Rulebook
) -> list[Dossier]:
    """Every dossier a unit files: its subjects' in the order of names, then its own."""
    documents = documents_of(database, picture)
    found = []
    for evaluation in picture.worked_by(unit):
        own = judgement.of(evaluation)
        if own.excluded and evaluation.capacity == "member":
            continue
        found.append(subject_dossier(picture, evaluation, judgement, documents.get(evaluation.id, ()), book))
    papers = documents.get(f"unit:{unit.id}", ())
    return [*found, unit_dossier(picture, unit, papers, book)] if papers else found
