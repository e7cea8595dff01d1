"""What waits for the people of the office over all campaigns: from the findings kept and the dossiers' rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.waiting import waiting
from archive.campaigns.questions import is_open
from archive.records.database import rows
from generator.rules.findings import Finding
from generator.rules.rulebook import load_rulebook

# A unit's own dossier of the campaign has no evaluation; what is let pass already waits for nobody.
_KEPT = """
SELECT d.id AS dossier_id, d.subject_name AS subject, d.unit_name AS unit, d.kind, c.period, c.rulebook,
       f.rule_id, f.severity, f.message, f.citation, f.given, f.needed
FROM finding f JOIN dossier d ON d.evaluation_id = f.evaluation_id JOIN campaign c ON c.id = d.campaign_id
WHERE NOT EXISTS (SELECT 1 FROM waiver w WHERE w.evaluation_id = f.evaluation_id AND w.rule_id = f.rule_id
                  AND w.ended_at IS NULL)
UNION ALL
SELECT d.id, d.subject_name, d.unit_name, d.kind, c.period, c.rulebook,
       f.rule_id, f.severity, f.message, f.citation, f.given, f.needed
FROM unit_finding f JOIN dossier d ON d.campaign_id = f.campaign_id AND d.unit_id = f.unit_id
     AND d.evaluation_id IS NULL JOIN campaign c ON c.id = d.campaign_id
WHERE NOT EXISTS (SELECT 1 FROM unit_waiver w WHERE w.campaign_id = f.campaign_id AND w.unit_id = f.unit_id
                  AND w.rule_id = f.rule_id AND w.ended_at IS NULL)
ORDER BY 5 DESC, 3, 2, 7
"""
_NOT_FILED = """
SELECT c.period, d.unit_name AS unit, d.status, count(*) AS dossiers FROM dossier d
JOIN campaign c ON c.id = d.campaign_id WHERE d.status IN ('draft', 'submitted', 'incomplete')
GROUP BY c.period, d.unit_name, d.status ORDER BY c.period DESC, d.unit_name, d.status
"""


@dataclass(frozen=True)
class ToDo:
    """What waits.

    Args:
        afterwards: complaints and annulled results as `waiting` tells them, with `subject`, `unit` and `period`.
        waivable: findings against the rules that the rulebook lets an approver waive: `{dossier_id, subject, unit,
            kind, period, rule_id, severity, message, citation, …}`.
        questions: dossiers with open questions: the same names, and `open`, how many.
        not_filed: `{period, unit, status, dossiers}` of dossiers not filed whole.
    """

    afterwards: list[dict[str, Any]]
    waivable: list[dict[str, Any]]
    questions: list[dict[str, Any]]
    not_filed: list[dict[str, Any]]


def to_do(database: Database, today: date) -> ToDo:
    """Everything that waits, as it stood when the rulebook was last asked."""
    questions: dict[str, dict[str, Any]] = {}
    waivable = []
    for row, finding in _kept(database):
        if is_open(finding):
            questions.setdefault(row["dossier_id"], {**row, "open": 0})["open"] += 1
        elif finding.severity != "info" and load_rulebook(row["rulebook"]).rule(finding.rule_id).waivable:
            waivable.append(row)
    return ToDo(_afterwards(database, today), waivable, list(questions.values()), rows(database, _NOT_FILED))


def _kept(database: Database) -> Iterator[tuple[dict[str, Any], Finding]]:
    for row in rows(database, _KEPT):
        yield (
            row,
            Finding(row["rule_id"], row["severity"], row["citation"], row["message"], row["given"], row["needed"]),
        )


def _afterwards(database: Database, today: date) -> list[dict[str, Any]]:
    found = waiting(database, today)
    ids = sorted({one["dossier_id"] for one in found})
    named = {
        row["dossier_id"]: row
        for row in rows(
            database,
            "SELECT dossier_id, subject_name AS subject, unit_name AS unit, kind, period FROM dossier_view"
            " WHERE dossier_id IN (SELECT value FROM json_each(?))",
            [json.dumps(ids)],
        )
    }
    # What is overdue comes first, then what is due soonest, then what has no day.
    ordered = sorted(
        found, key=lambda one: (one["days_left"] is None and one["state"] != "overdue", one["due_on"] or "")
    )
    return [{**one, **named[one["dossier_id"]]} for one in ordered if one["dossier_id"] in named]
