"""What another reading would change in a campaign: whose highest level, whose findings, which quotas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation
from archive.campaigns.verdicts import CampaignJudge, CampaignJudgement, Judgement


@dataclass(frozen=True)
class Reread:
    """One subject whose verdict another reading changes, with its judgement before and after."""

    evaluation: Evaluation
    before: Judgement
    after: Judgement

    def as_dict(self, picture: Picture) -> dict[str, Any]:
        """The change as `hoso readings set --json` prints it."""
        return {
            "subject": picture.subject_reference(self.evaluation),
            "name": picture.subject_name(self.evaluation),
            "capacity": self.evaluation.capacity,
            "level": self.after.level,
            "highest": {"before": self.before.highest, "after": self.after.highest},
            "refused": {"before": self.before.refused, "after": self.after.refused},
            "rules": {"before": _errors(self.before), "after": _errors(self.after)},
        }


def _errors(own: Judgement) -> list[str]:
    return sorted({finding.rule_id for finding in own.errors})


def _said(own: Judgement) -> tuple[Any, ...]:
    return own.highest, own.refused, sorted((one.rule_id, one.severity, one.given) for one in own.findings)


def reread(before: Situation, after: Situation) -> tuple[tuple[Reread, ...], tuple[tuple[str, str, str], ...]]:
    """What differs between two situations of one campaign under different readings.

    Returns:
        The subjects whose verdict differs, and of each quota that differs its group with both results in words.
    """
    subjects = tuple(
        Reread(evaluation, own, other)
        for evaluation in before.picture.evaluations.values()
        for own, other in [(before.judgement.of(evaluation), after.judgement.of(evaluation))]
        if _said(own) != _said(other)
    )
    return subjects, tuple(_quotas(before.judgement, after.judgement))


def _quotas(before: CampaignJudgement, after: CampaignJudgement) -> list[tuple[str, str, str]]:
    found = []
    for (group, old), (_, new) in zip(before.quotas, after.quotas, strict=True):
        said = [" ; ".join(finding.message for finding in one.findings) or "trong mức tối đa" for one in (old, new)]
        if said[0] != said[1]:
            found.append((group, said[0], said[1]))
    return found


def under(situation: Situation, settings: dict[str, Any]) -> Situation:
    """The same campaign judged under other readings, which nothing keeps."""
    picture = replace(situation.picture, campaign=replace(situation.picture.campaign, settings=settings))
    return replace(situation, picture=picture, judgement=CampaignJudge(picture, situation.book).judged())
