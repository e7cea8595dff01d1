"""The one judge asked about a whole campaign: each subject, its caps, the ballots and the quotas."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from archive.campaigns.picture import Picture
from archive.campaigns.plan import plan_of
from archive.campaigns.questions import refusals
from archive.campaigns.subjects import Evaluation, Unit, Waiver
from generator import judge
from generator.errors import InvalidInput
from generator.rules.applied import applied
from generator.rules.findings import Finding, Shortfall
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings
from generator.vietnamese import short_date


@dataclass(frozen=True)
class Judgement:
    """What the rulebook says of one evaluation.

    Args:
        level: the level judged: decided, else proposed; None when nobody proposed one yet.
        highest: the best level the facts allow, a code outside the order when it is barred; None when not judged.
        findings: everything said, errors first.
        excluded: not classified for a standing the guidance leaves outside (exempt, suspended, away).
        unclassified: barred from every level of the guidance.
        incomplete: sentences on facts that are missing, so that the judge could not be asked.
        waivers: those in force, each for a finding that stands.
        lapsed: those not yet ended in the records though the facts they were given for have changed.
        beside: what people answered “no” to; it weighs as its rule does but refuses no level.
    """

    evaluation_id: str
    level: str | None
    highest: str | None
    findings: tuple[Finding, ...] = ()
    excluded: bool = False
    incomplete: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    lapsed: tuple[Waiver, ...] = ()
    beside: tuple[Finding, ...] = ()
    unclassified: bool = False

    @property
    def waived(self) -> frozenset[str]:
        """The ids of the rules whose findings an approver let pass."""
        return frozenset(waiver.rule_id for waiver in self.waivers)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse the level, those waived left out."""
        return tuple(
            finding for finding in self.findings if finding.severity == "error" and finding.rule_id not in self.waived
        )

    @property
    def barred(self) -> bool:
        """Whether the subject is rightly left without a level."""
        return self.excluded or self.unclassified

    @property
    def refused(self) -> bool:
        """Whether a level stands that the rulebook does not allow, or that it could not judge."""
        return self.level is not None and bool(self.errors or self.incomplete)


@dataclass(frozen=True)
class CampaignJudgement:
    """Every subject's judgement, with the ballots by cell and the quotas.

    Args:
        ballots: the outcome of each cell's ballot on its members, where the guidance has one.
        quotas: of each group as proposed, those refused included: what the proposals would come to.
        decided_quota: of the members whose level stands: what binds the decision.
    """

    subjects: Mapping[str, Judgement]
    ballots: Mapping[str, Outcome]
    quotas: tuple[tuple[str, Outcome], ...]
    decided_quota: Outcome

    @cached_property
    def refused(self) -> tuple[Judgement, ...]:
        """The subjects whose level cannot stand."""
        return tuple(judgement for judgement in self.subjects.values() if judgement.refused)

    def of(self, evaluation: Evaluation) -> Judgement:
        """The judgement of one evaluation."""
        return self.subjects[evaluation.id]


def _reminded(finding: Finding, over: Waiver | None) -> Finding:
    """The finding, saying that a waiver it once had is over."""
    if over is None:
        return finding
    given_on = short_date(date.fromisoformat(over.given_at[:10]))
    said = f"Ngoại lệ chấp nhận ngày {given_on} đã hết hiệu lực vì dữ kiện thay đổi; muốn giữ phải được duyệt lại"
    return replace(finding, remedy=f"{finding.remedy}. {said}" if finding.remedy else said)


class CampaignJudge:
    """Asks the judge about one picture, under the campaign's rulebook and readings."""

    def __init__(self, picture: Picture, book: Rulebook | None = None) -> None:
        self.picture = picture
        self.book = book or load_rulebook(picture.campaign.rulebook)
        self.settings: Settings = self.book.settings.overlaid(picture.campaign.settings)
        self.plan = plan_of(self.book)
        self._outside = self.book.levels.outside[0]
        self.ballots = {cell.id: result for cell in picture.cells if (result := self.cell_ballot(cell))}

    def judged(self) -> CampaignJudgement:
        """The whole campaign: subjects first, then the quotas over them."""
        subjects = {evaluation.id: self.subject(evaluation) for evaluation in self.picture.evaluations.values()}
        standing = [one for one in self.picture.all_members() if not subjects[one.id].refused]
        decided = self._quota(self.plan.member_quota, f"Đảng viên {self.picture.owner.name}", standing)
        return CampaignJudgement(subjects, self.ballots, tuple(self.quotas()), decided)

    def subject(self, evaluation: Evaluation) -> Judgement:
        """One evaluation: its own conditions, the caps on it, and what the ballots say against its level."""
        own = self._own(evaluation)
        return self._with_waivers(evaluation, own) if evaluation.waivers else own

    def _own(self, evaluation: Evaluation) -> Judgement:
        if self.plan.unclassified_by_standing(self.picture, evaluation):
            return Judgement(evaluation.id, self._outside, self._outside, excluded=True, unclassified=True)
        if self.plan.reviewed_only(self.picture, evaluation):
            return Judgement(evaluation.id, None, None, excluded=True)
        try:
            return self._judged(evaluation)
        except InvalidInput as error:
            told = tuple(str(problem) for problem in error.problems)
            return Judgement(evaluation.id, evaluation.level, None, incomplete=told)

    def lacking_papers(self, evaluation: Evaluation) -> tuple[Finding, ...]:
        """A finding for each paper its dossier needs and does not hold, in the order of the guidance."""
        picture, own = self.picture, self.book.levels.outside
        named = picture.papers.get(evaluation.id, frozenset())
        present = {name.removeprefix("item:") for name in named if name.startswith("item:")}
        codes = set(self.plan.lacking(picture, evaluation, present, self.book))
        if evaluation.level is None or evaluation.level in own:
            codes.discard(self.plan.conclusion_item)
        book = applied(self.book, self.settings)
        known = {rule.id for rule in self.book.rules}
        return tuple(
            book.finding_of(item.rule_id, Shortfall(given="Chưa có trong hồ sơ", needed=item.title))
            for item in self.plan.items(evaluation.capacity, self.book)
            if item.code in codes and item.rule_id in known
        )

    def facts_digest(self, evaluation: Evaluation) -> str:
        """SHA-512 of all the judge reads of an evaluation: level, facts, bounds, votes; a waiver ends with it."""
        asked = self.plan.facts(self.picture, evaluation, self.book)
        read = {
            "level": evaluation.level,
            "facts": asked[1] if asked else dict(evaluation.facts),
            "caps": self.plan.caps(self.picture, evaluation),
            "voted": [finding.given for finding in self._against_ballots(evaluation, evaluation.level or "")],
        }
        return hashlib.sha512(json.dumps(read, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def _with_waivers(self, evaluation: Evaluation, own: Judgement) -> Judgement:
        digest = self.facts_digest(evaluation)
        of_papers = self.lacking_papers(evaluation)
        waivable = {finding.rule_id for finding in (*own.findings, *of_papers) if finding.waivable}
        standing = [waiver for waiver in evaluation.waivers if waiver.ended_at is None]
        in_force = tuple(one for one in standing if one.facts_digest == digest and one.rule_id in waivable)
        over = {one.rule_id: one for one in evaluation.waivers if one.facts_digest != digest or one.ended_at}
        for waiver in in_force:
            over.pop(waiver.rule_id, None)
        return replace(
            own,
            findings=tuple(_reminded(finding, over.get(finding.rule_id)) for finding in own.findings),
            waivers=in_force,
            lapsed=tuple(waiver for waiver in standing if waiver.facts_digest != digest),
        )

    def _judged(self, evaluation: Evaluation) -> Judgement:
        level = evaluation.level
        findings: list[Finding] = []
        highest = self.book.levels.codes[0]
        asked = level or self.book.levels.codes[0]
        own = self.plan.facts(self.picture, evaluation, self.book)
        if own:
            kind, facts = own
            verdict = judge.classify(kind, facts, asked, book=self.book, settings=self.settings)
            highest, findings = verdict.highest_allowed_level, list(verdict.findings)
        caps = self.plan.caps(self.picture, evaluation)
        if caps and highest in self.book.levels.positions:
            kind, facts = caps
            bounded = judge.caps(kind, facts, asked, book=self.book, settings=self.settings)
            highest = self.book.levels.lowest([highest, bounded.highest_allowed_level])
            findings += bounded.findings
        findings += self.plan.remedied(evaluation, applied(self.book, self.settings))
        highest, against, beside = self._answered(evaluation, highest)
        findings += against
        if level is None:
            findings = [finding for finding in findings if finding.severity != "error"]
        elif evaluation.capacity == "member":
            findings += self._against_ballots(evaluation, level)
        order = {"error": 0, "warning": 1, "info": 2}
        findings.sort(key=lambda finding: (order.get(finding.severity, 3), finding.rule_id))
        barred = highest not in self.book.levels.positions
        return Judgement(evaluation.id, level, highest, tuple(findings), beside=beside, unclassified=barred)

    def _answered(self, evaluation: Evaluation, highest: str) -> tuple[str, list[Finding], tuple[Finding, ...]]:
        """The highest level under the answers given, the answers against the level, and those beside it."""
        levels, against, beside = self.book.levels, [], []
        for finding in refusals(evaluation.answers, applied(self.book, self.settings)):
            bounds = finding.cap is not None and highest in levels.positions and evaluation.level in levels.codes
            if bounds and levels.position(str(evaluation.level)) < levels.position(str(finding.cap)):
                against.append(finding)
            else:
                beside.append(finding)
            if finding.cap is not None and highest in levels.positions:
                highest = levels.lowest([highest, finding.cap])
        return highest, against, tuple(beside)

    def cell_ballot(self, cell: Unit) -> Outcome | None:
        """The outcome of a cell's ballot on its members; None where none is held or counted."""
        facts = self.plan.ballot(self.picture, cell)
        result: Outcome | None = judge.ballot(facts, book=self.book, settings=self.settings) if facts else None
        return result

    def _against_ballots(self, evaluation: Evaluation, level: str) -> Iterable[Finding]:
        result = self.ballots.get(evaluation.unit_id)
        if result is None:
            return ()
        return self.plan.voted_against(self.picture, evaluation, level, result, applied(self.book, self.settings))

    def quotas(self) -> Iterable[tuple[str, Outcome]]:
        """The quotas of the campaign's groups as proposed."""
        for rule, group, evaluations in self.plan.quotas(self.picture):
            yield group, self._quota(rule, group, evaluations)

    def _quota(self, rule: str, group: str, evaluations: Sequence[Evaluation]) -> Outcome:
        facts = self.plan.quota_facts(rule, group, evaluations, self.book)
        result: Outcome = judge.quota(facts, book=self.book, settings=self.settings)
        return result
