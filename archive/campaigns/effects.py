"""What a change would do above and beside it, before it is saved (13-HD/TU, II.1.3, II.2.3.a, V.1).

A member's level counts in his cell, the cell's in the party base, the base bounds its collectives and these their
heads. Nothing here is written anywhere: a change gives another picture, and the judge is asked about both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation
from archive.campaigns.verdicts import CampaignJudge, CampaignJudgement, Judgement
from archive.errors import NotFound
from generator.errors import InvalidInput, Place
from generator.facts.problems import problems_of
from generator.rules.findings import Finding
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.workbook.sheets import sheets

# The sheet of the facts of each capacity, with the field that names its subject.
_FACTS: Mapping[str, tuple[str, str]] = {
    "member": ("member_facts", "person"),
    "leader_manager": ("leader_facts", "person"),
    "party_organisation": ("organisation_facts", "unit"),
    "leadership_collective": ("collective_facts", "collective"),
}


@dataclass(frozen=True)
class Change:
    """One hypothetical change of an evaluation.

    Args:
        level: the level it would stand at; None leaves it.
        facts: facts that would be other, by field name; a value of None takes the fact away.
    """

    evaluation_id: str
    level: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SubjectEffect:
    """How one subject's judgement differs.

    Args:
        before, after: its judgements without and with the change.
        appeared, vanished: findings that only one of them has, by rule.
        settled: the level it would have to come down to when everyone above follows; None when its level can stay.
    """

    evaluation: Evaluation
    before: Judgement
    after: Judgement
    appeared: tuple[Finding, ...]
    vanished: tuple[Finding, ...]
    settled: str | None


@dataclass(frozen=True)
class QuotaEffect:
    """How the quota of one group differs."""

    group: str
    before: Outcome
    after: Outcome

    @property
    def appeared(self) -> tuple[Finding, ...]:
        """The findings only the change brings."""
        return _only_in(self.after.findings, self.before.findings)

    @property
    def vanished(self) -> tuple[Finding, ...]:
        """The findings the change takes away."""
        return _only_in(self.before.findings, self.after.findings)


@dataclass(frozen=True)
class Effects:
    """All that a change does: the subjects that differ, the changed one first, then the quotas that differ."""

    change: Change
    subjects: tuple[SubjectEffect, ...]
    quotas: tuple[QuotaEffect, ...]

    @property
    def allowed(self) -> bool:
        """Whether the change brings no error anywhere."""
        found = [one.appeared for one in self.subjects] + [one.appeared for one in self.quotas]
        return not any(finding.severity == "error" for findings in found for finding in findings)

    def as_dict(self, picture: Picture) -> dict[str, Any]:
        """The effects as `hoso campaign effects --json` prints them; `picture` gives the names."""
        return {
            "subject": picture.subject_reference(picture.evaluations[self.change.evaluation_id]),
            "level": self.change.level,
            "facts": dict(self.change.facts),
            "allowed": self.allowed,
            "subjects": [_subject_dict(one, picture) for one in self.subjects],
            "quotas": [
                {
                    "group": one.group,
                    "before": _quota_dict(one.before),
                    "after": _quota_dict(one.after),
                    "appeared": [finding.as_dict() for finding in one.appeared],
                    "vanished": [finding.as_dict() for finding in one.vanished],
                }
                for one in self.quotas
            ],
        }


@dataclass(frozen=True)
class Settled:
    """Where a change comes to rest: the picture with every level above brought down as far as it must be.

    Args:
        lowered: evaluation id → level, for those that had to come down.
        passes: how often the judge was asked before nothing moved any more.
    """

    picture: Picture
    judgement: CampaignJudgement
    lowered: Mapping[str, str]
    passes: int


def at_level(evaluation: Evaluation, level: str) -> Evaluation:
    """The evaluation standing at a level: decided where one is decided, else proposed."""
    decided = evaluation.decision or evaluation.former
    if decided:
        return replace(evaluation, decision=replace(decided, level=level))
    return replace(evaluation, proposed_level=level)


def supposed(picture: Picture, change: Change) -> Picture:
    """The picture as it would be after a change."""
    evaluation = picture.evaluations[change.evaluation_id]
    if change.facts:
        merged = {**evaluation.facts, **change.facts}
        evaluation = replace(evaluation, facts={name: value for name, value in merged.items() if value is not None})
    if change.level is not None:
        evaluation = at_level(evaluation, change.level)
    return _with(picture, [evaluation])


def settled(picture: Picture, change: Change, book: Rulebook | None = None) -> Settled:
    """Follows a change upward until every level it touches is allowed again.

    Levels only come down, and each as far as its subject's conditions leave, so it always comes to rest; a head comes
    down to the level of his cell, which the cell's own conditions never ask him to leave (AMB-19). A level that was not
    allowed before the change is left as it is: that is another matter.
    """
    rulebook = book or load_rulebook(picture.campaign.rulebook)
    before = CampaignJudge(picture, rulebook).judged()
    return _settled(supposed(picture, change), change, before, rulebook)


def effects(picture: Picture, change: Change, book: Rulebook | None = None) -> Effects:
    """What differs once a change is made: the subjects with their findings, and the quotas.

    Raises:
        NotFound: the campaign has no such evaluation.
    """
    if change.evaluation_id not in picture.evaluations:
        raise NotFound(f"Không có đối tượng “{change.evaluation_id}” trong đợt này.")
    return effects_between(picture, supposed(picture, change), change, book)


def effects_between(picture: Picture, other: Picture, change: Change, book: Rulebook | None = None) -> Effects:
    """What differs between two pictures of one campaign of which the second holds a change."""
    rulebook = book or load_rulebook(picture.campaign.rulebook)
    before = CampaignJudge(picture, rulebook).judged()
    after = CampaignJudge(other, rulebook).judged()
    rest = _settled(other, change, before, rulebook)
    found = [
        _subject_effect(other.evaluations[key], before.subjects[key], after.subjects[key], rest.lowered.get(key))
        for key in picture.evaluations
    ]
    differing = [one for one in found if _differs(one) or one.evaluation.id == change.evaluation_id]
    differing.sort(key=lambda one: one.evaluation.id != change.evaluation_id)
    return Effects(change, tuple(differing), tuple(_quota_effects(before, after)))


def change_of(
    picture: Picture, reference: str, capacity: str | None, level: str | None, facts: Mapping[str, str]
) -> Change:
    """A change as it is typed: the subject's reference, a level, and facts by field name, still text.

    Raises:
        NotFound: nobody in the campaign has this reference, or several evaluations have it and no capacity was named.
        InvalidInput: a fact is unknown or is not of its kind.
    """
    found = [
        one
        for one in picture.evaluations.values()
        if picture.subject_reference(one) == reference and capacity in (None, one.capacity)
    ]
    if not found:
        raise NotFound(f"Không có đối tượng “{reference}” trong đợt {picture.campaign.period}.")
    if len(found) > 1:
        listed = ", ".join(sorted(one.capacity for one in found))
        raise NotFound(f"“{reference}” được xếp loại với nhiều tư cách ({listed}). Xin thêm --capacity để chỉ rõ.")
    evaluation = found[0]
    return Change(evaluation.id, level, _read_facts(picture, evaluation, facts))


def _read_facts(picture: Picture, evaluation: Evaluation, typed: Mapping[str, str]) -> dict[str, Any]:
    sheet, subject = _FACTS[evaluation.capacity]
    model = sheets(load_rulebook(picture.campaign.rulebook))[sheet].model
    reference = picture.subject_reference(evaluation)
    required = {name: evaluation.facts.get(name) or reference for name in _required(model)}
    values = {name: value or None for name, value in typed.items() if name != subject}
    try:
        row = model.model_validate({**required, **values, subject: reference})
    except ValidationError as error:
        raise InvalidInput(problems_of(error, model, Place())) from error
    read = row.model_dump(mode="json")
    return {name: read[name] for name in values}


def _required(model: type[BaseModel]) -> list[str]:
    return [name for name, known in model.model_fields.items() if known.is_required()]


def _with(picture: Picture, changed: Iterable[Evaluation]) -> Picture:
    return replace(picture, evaluations={**picture.evaluations, **{one.id: one for one in changed}})


def _settled(picture: Picture, change: Change, before: CampaignJudgement, book: Rulebook) -> Settled:
    lowered: dict[str, str] = {}
    passes = 1
    judgement = CampaignJudge(picture, book).judged()
    while down := _too_high(judgement, change, before, lowered, book):
        lowered |= down
        picture = _with(picture, [at_level(picture.evaluations[key], level) for key, level in down.items()])
        judgement = CampaignJudge(picture, book).judged()
        passes += 1
    return Settled(picture, judgement, lowered, passes)


def _too_high(
    judgement: CampaignJudgement,
    change: Change,
    before: CampaignJudgement,
    lowered: Mapping[str, str],
    book: Rulebook,
) -> dict[str, str]:
    def stands_above(own: Judgement) -> bool:
        level, highest = (book.levels.positions.get(code or "") for code in (own.level, own.highest))
        return level is not None and highest is not None and level < highest

    return {
        key: own.highest
        for key, own in judgement.subjects.items()
        if key != change.evaluation_id
        and own.highest is not None
        and stands_above(own)
        and (key in lowered or not stands_above(before.subjects[key]))
    }


def _subject_effect(evaluation: Evaluation, before: Judgement, after: Judgement, rest: str | None) -> SubjectEffect:
    appeared = _only_in(after.findings, before.findings)
    vanished = _only_in(before.findings, after.findings)
    return SubjectEffect(evaluation, before, after, appeared, vanished, rest)


def _differs(effect: SubjectEffect) -> bool:
    before, after = effect.before, effect.after
    return bool(
        effect.appeared
        or effect.vanished
        or effect.settled
        or (before.highest, before.excluded, before.incomplete) != (after.highest, after.excluded, after.incomplete)
    )


def _quota_effects(before: CampaignJudgement, after: CampaignJudgement) -> Iterable[QuotaEffect]:
    pairs = [(group, one, dict(after.quotas)[group]) for group, one in before.quotas]
    pairs.append(("Đảng viên được quyết định xếp loại", before.decided_quota, after.decided_quota))
    for group, one, other in pairs:
        if (one.expected(), one.counted()) != (other.expected(), other.counted()):
            yield QuotaEffect(group, one, other)


def _only_in(these: Iterable[Finding], those: Iterable[Finding]) -> tuple[Finding, ...]:
    known = {(finding.rule_id, finding.severity) for finding in those}
    return tuple(finding for finding in these if (finding.rule_id, finding.severity) not in known)


def _subject_dict(effect: SubjectEffect, picture: Picture) -> dict[str, Any]:
    evaluation = effect.evaluation
    return {
        "subject": picture.subject_reference(evaluation),
        "name": picture.subject_name(evaluation),
        "capacity": evaluation.capacity,
        "unit": picture.units[evaluation.unit_id].name,
        "before": _judgement_dict(effect.before),
        "after": _judgement_dict(effect.after),
        "appeared": [finding.as_dict() for finding in effect.appeared],
        "vanished": [finding.as_dict() for finding in effect.vanished],
        "settled": effect.settled,
    }


def _judgement_dict(own: Judgement) -> dict[str, Any]:
    return {
        "level": own.level,
        "highest": own.highest,
        "refused": own.refused,
        "barred": own.barred,
        "incomplete": list(own.incomplete),
    }


def _quota_dict(quota: Outcome) -> dict[str, Any]:
    return {**quota.counted(), **quota.expected()}
