"""Where a campaign stands: each unit's papers and dossiers, what is missing, how long until its report is due."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from archive.campaigns.papers.paper import STAGES
from archive.campaigns.stages import STAGE_TITLES, Situation, missing_for, units_of
from archive.campaigns.subjects import Unit
from archive.records.database import rows
from generator import judge
from generator.vietnamese import short_date


def _due(situation: Situation, unit: Unit) -> date:
    level = "cell" if unit.type == "subordinate_cell" else "grassroots"
    result = judge.deadline(
        {
            "kind": "submission",
            "from": level,
            "year": situation.picture.campaign.year,
            "sent_on": situation.picture.campaign.evaluated_on.isoformat(),
        },
        book=situation.book,
    )
    return date.fromisoformat(str(result.due_date))


def _days_left(due: date, today: date) -> str:
    left = (due - today).days
    if left < 0:
        return f"{short_date(due)} (đã qua)"
    return f"{short_date(due)} (còn {left} ngày)"


def campaign_status(
    database: Database, situation: Situation, unit: str | None = None, today: date | None = None
) -> dict[str, Any]:
    """The state of each unit (of one, by reference or name), as `hoso campaign status` prints it.

    Args:
        today: the day from which days left are counted; the present day when None.
    """
    campaign = situation.picture.campaign
    day = today or datetime.now(UTC).date()
    papers = {
        row["unit_id"]: row["count"]
        for row in rows(
            database,
            "SELECT unit_id, count(*) AS count FROM document WHERE campaign_id = ? GROUP BY unit_id",
            [campaign.id],
        )
    }
    dossiers = {
        row["unit_id"]: row["count"]
        for row in rows(
            database,
            "SELECT unit_id, count(*) AS count FROM dossier WHERE campaign_id = ? GROUP BY unit_id",
            [campaign.id],
        )
    }
    listed = []
    for one in units_of(situation.picture):
        if unit not in (None, one.reference, one.name):
            continue
        missing = {stage: missing_for(situation, stage, one) for stage in STAGES}
        refused = [
            situation.picture.subject_name(evaluation)
            for evaluation in situation.picture.evaluations.values()
            if evaluation.unit_id == one.id and situation.judgement.of(evaluation).refused
        ]
        sentences = [f"{STAGE_TITLES[stage]}: {sentence}" for stage, found in missing.items() for sentence in found]
        if refused:
            sentences.append(f"Đề nghị chưa đúng quy định: {', '.join(refused)}")
        listed.append({
            "unit": one.reference,
            "name": one.name,
            "members": len(situation.picture.members(one.id)),
            "ready_for": [stage for stage in STAGES if not missing[stage]],
            "missing": sentences,
            "papers": papers.get(one.id, 0),
            "filed": dossiers.get(one.id, 0),
            "due": _days_left(_due(situation, one), day),
        })  # fmt: skip
    return {"period": campaign.period, "units": listed}
