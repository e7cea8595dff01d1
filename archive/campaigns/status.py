"""Where a campaign stands: each unit's steps, papers, dossiers, what is missing, how long until its report is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from archive.afterwards.waiting import waiting
from archive.campaigns.procedure import Standing, load_steps, standings, step_label, steps
from archive.campaigns.questions import is_open, said_beside
from archive.campaigns.stages import Situation, missing_for, units_of
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.units import UnitJudgement, deadline_of, judged_unit
from archive.office.own_days import office_calendar
from archive.records.database import rows
from generator.rules.applied import applied
from generator.vietnamese import short_date


def _days_left(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return f"{short_date(due)} (đã qua)"
    return f"{short_date(due)} (còn {left} ngày)"


def _deadline(situation: Situation, sender: str, today: date, calendar: Mapping[str, Any]) -> dict[str, Any]:
    result = deadline_of(situation, sender, today, calendar)
    left = (result.due_date - today).days
    return {
        "from": sender,
        "title": situation.plan.sendings[sender],
        "due_on": result.due_date.isoformat(),
        "days_left": left,
        "sentence": _days_left(result.due_date, today),
        "advice": result.advice if left >= 0 else "",
        "late_rule_ids": list(result.violated_rule_ids),
    }


def campaign_status(
    database: Database, situation: Situation, unit: str | None = None, today: date | None = None
) -> dict[str, Any]:
    """The state of each unit (of one, by reference or name), as `hoso campaign status` prints it.

    Args:
        today: the day from which days left are counted; the present day when None.

    Returns:
        `period`, `deadlines` (the three days of VI.1), and `units`, each with how many evaluations stand at which step
        (`steps`), what they left out on the way (`left_out`), what the unit lacks (`missing`), the subjects refused,
        the typed figures that differ from the counted ones (`figures`), all that is said of the unit itself
        (`findings`, those let pass in `waived`), and the questions of the rulebook still open (`questions`); and what
        is still to be done about complaints and annulled results (`waiting`).
    """
    campaign = situation.picture.campaign
    day = today or datetime.now(UTC).date()
    papers = _count(database, "document", campaign.id)
    dossiers = _count(database, "dossier", campaign.id, "version > 0")
    placed = standings(situation.picture, situation.judgement, load_steps(database, campaign.id))
    calendar = office_calendar(database, campaign.year, campaign.year + 1)
    listed = []
    for one in units_of(situation.picture):
        if unit not in (None, one.reference, one.name):
            continue
        found = _unit_status(situation, one, placed, day, calendar)
        listed.append({**found, "papers": papers.get(one.id, 0), "filed": dossiers.get(one.id, 0)})
    deadlines = [_deadline(situation, sender, day, calendar) for sender in situation.plan.sendings]
    return {
        "period": campaign.period,
        "deadlines": deadlines,
        "units": listed,
        "waiting": waiting(database, day, campaign.id),
    }


def _count(database: Database, table: str, campaign_id: str, which: str = "1") -> dict[str, int]:
    sql = f"SELECT unit_id, count(*) AS count FROM {table} WHERE campaign_id = ? AND {which} GROUP BY unit_id"  # noqa: S608
    return {row["unit_id"]: row["count"] for row in rows(database, sql, [campaign_id])}


def _unit_status(
    situation: Situation, unit: Unit, placed: Mapping[str, Standing], day: date, calendar: Mapping[str, Any]
) -> dict[str, Any]:
    picture = situation.picture
    titles = {stage.code: stage.title for stage in situation.plan.stages}
    lacking = {stage: missing_for(situation, stage, unit) for stage in titles}
    evaluations = picture.worked_by(unit)
    refused = [_refused(situation, one) for one in evaluations if situation.judgement.of(one).refused]
    standing = [placed[one.id] for one in evaluations if one.id in placed]
    at = Counter(one.step for one in standing)
    left_out = Counter(code for one in standing for code in one.missing)
    figures = situation.plan.figures(picture, situation.judgement, unit, situation.book)
    own = judged_unit(situation, unit, calendar, day)
    asked = _asked(situation, unit, own)
    sentences = [f"{titles[stage]}: {sentence}" for stage, found in lacking.items() for sentence in found]
    if refused:
        sentences.append(f"Đề nghị chưa đúng quy định: {', '.join(one['name'] for one in refused)}")
    sentences += [f"Chưa ghi bước “{step_label(code)}”: {count} đối tượng" for code, count in left_out.items()]
    sentences += [
        f"{one.message}: {one.given}" for one in own.findings if not is_open(one) and one.rule_id not in own.waived
    ]
    sentences += [f"{what}: {count} hồ sơ" for what, count in asked["refused"].items()]
    if asked["open"]:
        sentences.append(f"Còn {asked['open']} câu hỏi chưa trả lời ở {asked['dossiers']} hồ sơ")
    deadline = _deadline(situation, situation.plan.sender(unit), day, calendar)
    return {
        "unit": unit.reference,
        "name": unit.name,
        "members": len(picture.members(unit.id)),
        "steps": {code: at[code] for code in ("", *steps()) if at[code]},
        "left_out": dict(left_out),
        "ready_for": [stage for stage in titles if not lacking[stage]],
        "missing": sentences,
        "refused": refused,
        "figures": [finding.as_dict() for finding in figures],
        "findings": [finding.as_dict() for finding in own.findings],
        "waived": sorted(own.waived),
        "questions": asked,
        "due": deadline["sentence"],
        "due_on": deadline["due_on"],
        "days_left": deadline["days_left"],
        "advice": deadline["advice"],
    }


def _asked(situation: Situation, unit: Unit, own: UnitJudgement) -> dict[str, Any]:
    """How many questions are open in how many dossiers of a unit, and what was answered “no” or shown not kept."""
    picture, judgement = situation.picture, situation.judgement
    book = applied(situation.book, situation.book.settings.overlaid(picture.campaign.settings))
    each = [said_beside(picture, one, judgement.of(one), book) for one in picture.worked_by(unit)]
    still_open = [sum(is_open(finding) for finding in found) for found in (*each, own.findings)]
    refused = Counter(finding.message for found in each for finding in found if not is_open(finding))
    return {"open": sum(still_open), "dossiers": sum(map(bool, still_open)), "refused": dict(refused)}


def _refused(situation: Situation, evaluation: Evaluation) -> dict[str, Any]:
    own = situation.judgement.of(evaluation)
    return {
        "subject": situation.picture.subject_reference(evaluation),
        "name": situation.picture.subject_name(evaluation),
        "capacity": evaluation.capacity,
        "level": own.level,
        "highest": own.highest,
        "rules": sorted({finding.rule_id for finding in own.errors}),
        "incomplete": list(own.incomplete),
    }
