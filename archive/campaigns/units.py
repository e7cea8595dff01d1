"""What the rulebook says of a unit as a whole: its figures, quotas, deadline, and the questions put to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from archive.campaigns.questions import of_unit
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit, Waiver
from archive.office.own_days import office_calendar
from generator import judge
from generator.rules.applied import applied
from generator.rules.findings import Finding
from generator.rules.results import DeadlineResult
from generator.vietnamese import short_date


@dataclass(frozen=True)
class UnitJudgement:
    """What is said of one unit.

    Args:
        findings: errors first.
        waivers: those in force, each for findings that stand as they stood then.
        lapsed: those not yet ended in the records though what they were given for has changed.
    """

    unit_id: str
    findings: tuple[Finding, ...]
    waivers: tuple[Waiver, ...] = ()
    lapsed: tuple[Waiver, ...] = ()

    @property
    def waived(self) -> frozenset[str]:
        """The ids of the rules whose findings an approver let pass."""
        return frozenset(waiver.rule_id for waiver in self.waivers)


def judged_unit(
    situation: Situation, unit: Unit, calendar: Mapping[str, Any], today: date | None = None
) -> UnitJudgement:
    """All that is said of a unit that works in the campaign.

    Args:
        calendar: the office's own days (`calendar_of`).
        today: from which a late report is told; the present day when None.
    """
    day = today or datetime.now(UTC).date()
    order = {"error": 0, "warning": 1, "info": 2}
    found = sorted(_findings(situation, unit, calendar, day), key=lambda one: order.get(one.severity, len(order)))
    waivers = situation.picture.unit_waivers.get(unit.id, ())
    present = {rule_id: facts_digest(found, rule_id) for rule_id in {one.rule_id for one in found if one.waivable}}
    standing = [one for one in waivers if one.ended_at is None]
    in_force = tuple(one for one in standing if present.get(one.rule_id) == one.facts_digest)
    return UnitJudgement(unit.id, tuple(found), in_force, tuple(one for one in standing if one not in in_force))


def calendar_of(database: Database, situation: Situation) -> dict[str, list[str]]:
    """The office's own days of the years a campaign's reports fall in."""
    year = situation.picture.campaign.year
    return office_calendar(database, year, year + 1)


def facts_digest(findings: Iterable[Finding], rule_id: str) -> str:
    """SHA-512 of what the findings of a rule say; a waiver of them ends with it.

    Of a late report only the day it was due counts: it grows later every day.
    """
    said = [[one.message, one.given if not one.rule_id.startswith("DL-") else "", one.needed] for one in findings
            if one.rule_id == rule_id]  # fmt: skip
    return hashlib.sha512(json.dumps(sorted(said), ensure_ascii=False).encode()).hexdigest()


def deadline_of(situation: Situation, sender: str, today: date, calendar: Mapping[str, Any]) -> DeadlineResult:
    """The last day for a sender's report, judged as if it were sent today."""
    facts = situation.plan.sending(situation.picture, sender, today, calendar)
    return judge.deadline(facts, book=situation.book)


def _findings(situation: Situation, unit: Unit, calendar: Mapping[str, Any], day: date) -> Iterator[Finding]:
    picture, judgement, book = situation.picture, situation.judgement, situation.book
    yield from situation.plan.figures(picture, judgement, unit, book)
    if unit.id == picture.owner.id:
        for _, quota in judgement.quotas:
            yield from quota.findings
    sender = situation.plan.sender(unit)
    if sender and _still_to_report(situation, unit):
        # Nothing was sent today: what is known is only that the work is not done.
        undone = "quyết định xếp loại" if unit.id == picture.owner.id else "đề xuất mức xếp loại"
        given = f"Đến ngày {short_date(day)} còn đối tượng chưa được {undone}"
        for finding in deadline_of(situation, sender, day, calendar).findings:
            yield replace(finding, given=given)
    settings = book.settings.overlaid(picture.campaign.settings)
    yield from of_unit(picture, unit, applied(book, settings))


def _still_to_report(situation: Situation, unit: Unit) -> bool:
    """Whether a unit's work is not done: the owner's while a subject is undecided, a cell's while one has no proposal.

    A subject rightly left without a level waits for nothing.
    """
    picture = situation.picture
    decides = unit.id == picture.owner.id
    return any(
        (one.decision is None if decides else one.level is None) and not situation.judgement.of(one).barred
        for one in picture.worked_by(unit)
    )
