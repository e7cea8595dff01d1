"""Keeping what the rulebook says of subjects and units, for lists and pages, until it is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from archive.campaigns.questions import said_beside
from archive.campaigns.stages import Situation, units_of
from archive.campaigns.units import calendar_of, judged_unit
from archive.records.database import now, writing
from generator.rules.applied import applied
from generator.rules.findings import Finding


def keep_findings(database: Database, situation: Situation) -> None:
    """Keeps the findings of every subject and unit of a campaign, in place of those kept before."""
    found_at = now()
    picture, judgement = situation.picture, situation.judgement
    book = applied(situation.book, situation.book.settings.overlaid(picture.campaign.settings))
    calendar = calendar_of(database, situation)
    with writing(database):
        for evaluation_id, own in judgement.subjects.items():
            database.execute("DELETE FROM finding WHERE evaluation_id = ?", [evaluation_id])
            beside = said_beside(picture, picture.evaluations[evaluation_id], own, book)
            # One line a rule; what refuses a level comes first.
            unique = {finding.rule_id: finding for finding in reversed((*own.findings, *beside))}
            _keep(database, "finding", {"evaluation_id": evaluation_id}, unique.values(), found_at)
        database.execute("DELETE FROM unit_finding WHERE campaign_id = ?", [picture.campaign.id])
        for unit in units_of(picture):
            found = {(one.rule_id, one.given): one for one in judged_unit(situation, unit, calendar).findings}
            whose = {"campaign_id": picture.campaign.id, "unit_id": unit.id}
            _keep(database, "unit_finding", whose, found.values(), found_at)


def _keep(database: Database, table: str, whose: Mapping[str, str], findings: Iterable[Finding], found_at: str) -> None:
    database.table(table).insert_all(
        {
            **whose,
            "rule_id": finding.rule_id,
            "severity": finding.severity,
            "message": finding.message,
            "citation": finding.citation,
            "given": finding.given,
            "needed": finding.needed,
            "remedy": finding.remedy,
            "found_at": found_at,
        }
        for finding in findings
    )
