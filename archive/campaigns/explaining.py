"""Why a dossier's verdict is what it is, asked of the judge now: each rule, its effect, what the next level needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from sqlite_utils import Database

from archive.campaigns.effects import Change, supposed
from archive.campaigns.procedure import Standing, load_steps, standing, step_label
from archive.campaigns.questions import said_beside
from archive.campaigns.rulings import campaign_of
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation, Waiver
from archive.campaigns.units import calendar_of, judged_unit
from archive.campaigns.verdicts import CampaignJudge, Judgement
from archive.office.readings import told
from generator.rules.applied import applied
from generator.rules.findings import Finding
from generator.rules.rulebook import Rulebook

_OF_UNIT = {"error": "Chưa đúng, phải sửa", "warning": "Cần xem lại", "info": "Để biết"}
_SEVERITIES = {"error": "Không được như mức đã ghi", "warning": "Cần xem lại, ghi lý do", "info": "Để biết"}


@dataclass(frozen=True)
class Line:
    """One finding with what it does.

    Args:
        effect: a Vietnamese phrase: which level it leaves, or what it asks for.
        keeps_from: the next level above the highest allowed, when this finding stands before it.
        waiver: what an approver wrote when letting it pass.
        read_as: how the open text behind it is read, in sentences.
    """

    finding: Finding
    effect: str
    keeps_from: str | None = None
    waiver: Waiver | None = None
    read_as: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The line as `hoso why --json` prints it."""
        return {
            **self.finding.as_dict(),
            "effect": self.effect,
            "keeps_from": self.keeps_from,
            "waiver": asdict(self.waiver) if self.waiver else None,
            "read_as": list(self.read_as),
        }


@dataclass(frozen=True)
class Explanation:
    """All there is to say of one dossier.

    Args:
        level, highest: the level decided or proposed, and the best one the facts allow; None for a unit's own dossier.
        next_level: the level above the highest; None at the top, and for one that may not be classified.
        lines: what is said of the level first, then what only stands before the next level.
        incomplete: facts without which the judge could not be asked.
        standing: where it stands in its procedure, if it has one.
    """

    subject: str
    level: str | None
    highest: str | None
    next_level: str | None
    lines: tuple[Line, ...]
    incomplete: tuple[str, ...] = ()
    standing: Standing | None = None

    @property
    def step(self) -> str:
        """The step it stands at, in words; empty without a procedure."""
        return step_label(self.standing.step) if self.standing else ""


def explain(database: Database, dossier: str) -> Explanation:
    """Why the subject of a dossier may stand at its level, or what of a unit's figures does not agree.

    Raises:
        NotFound: no subject and no unit has this id.
    """
    campaign = campaign_of(database, dossier)
    situation = situation_of(database, campaign)
    key = dossier.rpartition("-")[2]
    evaluation = situation.picture.evaluations.get(key)
    if evaluation is None:
        return _of_unit(database, situation, key)
    own = situation.judgement.of(evaluation)
    records = load_steps(database, campaign.id)
    placed = None if own.excluded else standing(situation.picture, evaluation, own, records)
    levels = situation.book.levels
    position = levels.positions.get(own.highest or "")
    next_level = levels.codes[position - 1] if position else None
    return Explanation(
        situation.picture.subject_name(evaluation),
        own.level,
        own.highest,
        next_level,
        tuple(_ruled(situation, evaluation, own, _lines(situation, evaluation, own, next_level))),
        own.incomplete,
        placed,
    )


def _ruled(situation: Situation, evaluation: Evaluation, own: Judgement, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines with what the office decided beside the rules: waivers, readings, questions open or answered “no”."""
    book = situation.book
    settings = book.settings.overlaid(situation.picture.campaign.settings)
    waivers = {waiver.rule_id: waiver for waiver in own.waivers}
    said = said_beside(situation.picture, evaluation, own, applied(book, settings))
    beside = (Line(finding, "Ghi bên cạnh kết luận, không giới hạn mức") for finding in said)
    for line in chain(lines, beside):
        waiver = waivers.get(line.finding.rule_id)
        yield replace(
            line,
            effect="Đã được chấp nhận ngoại lệ" if waiver else line.effect,
            waiver=waiver,
            read_as=tuple(told(book, settings, line.finding.readings)),
        )


def standing_before(situation: Situation, evaluation: Evaluation, level: str) -> tuple[Finding, ...]:
    """What would refuse a level: the conditions it fails, the bounds it breaks, or what bars the evaluation."""
    picture = supposed(situation.picture, Change(evaluation.id, level))
    return CampaignJudge(picture, situation.book).subject(picture.evaluations[evaluation.id]).errors


def _lines(situation: Situation, evaluation: Evaluation, own: Judgement, next_level: str | None) -> Iterator[Line]:
    ahead: tuple[Finding, ...] = ()
    if next_level:
        ahead = standing_before(situation, evaluation, next_level)
    elif own.unclassified and not own.excluded:
        ahead = standing_before(situation, evaluation, situation.book.levels.codes[0])
    before_next = {finding.rule_id for finding in ahead}
    barred = own.unclassified
    for finding in own.findings:
        keeps = next_level if finding.rule_id in before_next else None
        yield Line(finding, _effect(finding, situation.book, barred), keeps)
    said = {finding.rule_id for finding in own.findings}
    for finding in ahead:
        if finding.rule_id not in said:
            yield Line(_only_ahead(finding), _effect(finding, situation.book, barred), next_level)


def _only_ahead(finding: Finding) -> Finding:
    # It refuses nothing that is proposed now.
    return Finding(
        finding.rule_id, "info", finding.citation, finding.message, finding.given, finding.needed, finding.remedy,
        finding.readings, finding.waivable, finding.cap,
    )  # fmt: skip


def _effect(finding: Finding, book: Rulebook, barred: bool) -> str:
    if finding.cap:
        return f"Cao nhất là “{book.levels.label(finding.cap)}”"
    if barred and finding.severity != "warning" and book.rule(finding.rule_id).effect == "block":
        return "Chưa được xếp loại"
    return _SEVERITIES.get(finding.severity, "")


def _of_unit(database: Database, situation: Situation, unit_id: str) -> Explanation:
    unit = situation.picture.units[unit_id]
    own = judged_unit(situation, unit, calendar_of(database, situation))
    settings = situation.book.settings.overlaid(situation.picture.campaign.settings)
    waivers = {waiver.rule_id: waiver for waiver in own.waivers}
    lines = (
        Line(
            finding,
            "Đã được chấp nhận ngoại lệ" if finding.rule_id in waivers else _OF_UNIT[finding.severity],
            waiver=waivers.get(finding.rule_id),
            read_as=tuple(told(situation.book, settings, finding.readings)),
        )
        for finding in own.findings
    )
    return Explanation(unit.name, None, None, None, tuple(lines))
