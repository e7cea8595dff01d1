"""A campaign as it stands, and what its guidance asks of each unit at each stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from archive.campaigns.papers.extracts import digest_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.campaigns.plan import CampaignPlan, plan_of
from archive.campaigns.subjects import Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rules.rulebook import Rulebook


@dataclass(frozen=True)
class Situation:
    """A campaign's picture with its judgement, and which own papers were handed in: evaluation id → items.

    `made_digest` tells what a paper comes out as where the office's own templates are known.
    """

    picture: Picture
    judgement: CampaignJudgement
    book: Rulebook
    handed_in: Mapping[str, frozenset[str]]
    made_digest: Callable[[Paper], str | None] | None = None

    def digest(self, paper: Paper) -> str | None:
        """SHA-512 of the Word file a paper comes out as; None while it cannot be made."""
        return self.made_digest(paper) if self.made_digest else digest_of(paper, self.book)

    @cached_property
    def plan(self) -> CampaignPlan:
        """What the guidance says of the campaign."""
        return plan_of(self.book)


def units_of(picture: Picture) -> tuple[Unit, ...]:
    """The units that work in a campaign: its cells, then the owner."""
    return picture.cells if picture.owner.is_cell else (*picture.cells, picture.owner)


def papers_of(situation: Situation, stage: str, unit: Unit) -> list[Paper]:
    """Every paper a unit needs in a stage before filing."""
    return [_numbered(paper, situation.picture) for paper in situation.plan.papers(situation, stage, unit)]


def _numbered(paper: Paper, picture: Picture) -> Paper:
    """The paper with the number and day that the office's register has for it."""
    if paper.key not in picture.numbers or paper.document.get("number"):
        return paper
    number, day = picture.numbers[paper.key]
    return replace(paper, document={**paper.document, "number": f"{number:02d}", "date": day})


def missing_for(situation: Situation, stage: str, unit: Unit) -> list[str]:
    """What a unit lacks before a stage can run, as sentences; empty when it is ready."""
    return situation.plan.missing(situation, stage, unit)
