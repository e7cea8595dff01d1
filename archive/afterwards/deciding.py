"""A decision after the first: what is in force, whether the judge allows another, and putting it in its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from archive.afterwards.amending import Work
from archive.afterwards.errors import AfterwardsRefused, LevelRefused
from archive.campaigns.verdicts import CampaignJudge
from archive.records.database import one
from generator.rules.findings import Finding
from generator.vietnamese import short_date


def judged(at: Work) -> frozenset[str]:
    """Asks the one judge about the level written by the work; gives the rules an approver waived.

    Raises:
        LevelRefused: with every finding that stands against it.
    """
    situation = at.situation()
    own = situation.judgement.of(situation.picture.evaluations[at.evaluation.id])
    against: list[Finding] = list(own.errors) if own.refused else []
    if at.evaluation.capacity == "member":
        before = {finding.rule_id for finding in at.before.judgement.decided_quota.findings}
        quota = situation.judgement.decided_quota.findings
        against += [one for one in quota if one.severity == "error" and one.rule_id not in before]
    if against or own.incomplete:
        raise LevelRefused(against, own.incomplete)
    return own.waived


def facts_of(at: Work) -> Mapping[str, Any] | None:
    """What the form of a decision hands to the judge; None where no rule judges this capacity by itself."""
    situation = at.situation()
    evaluation = situation.picture.evaluations[at.evaluation.id]
    asked = CampaignJudge(situation.picture, situation.book).plan.facts(situation.picture, evaluation, situation.book)
    return {"subject_kind": asked[0], **asked[1]} if asked else None


def replace_decision(at: Work, level: str, number: str, body: str, decided_on: date) -> str:
    """Puts a decision in the place of the one in force, which stays as one that was annulled that day."""
    decided = in_force(at)
    at.database.execute(
        "UPDATE decision SET annulled_on = ?, revision = revision + 1 WHERE id = ?",
        [decided_on.isoformat(), decided["id"]],
    )
    return at.insert("decision", {
        "evaluation_id": at.evaluation.id, "level": level, "number": number, "body": body,
        "decided_on": decided_on.isoformat(), "supersedes": decided["id"],
    })  # fmt: skip


def in_force(at: Work) -> dict[str, Any]:
    """The decision that stands.

    Raises:
        AfterwardsRefused: there is none.
    """
    found = one(
        at.database, "SELECT * FROM decision WHERE evaluation_id = ? AND annulled_on IS NULL", [at.evaluation.id]
    )
    if found is None:
        raise AfterwardsRefused("Hồ sơ này không có kết quả xếp loại đang có hiệu lực nên không có gì để hủy.")
    return found


def decision_of(at: Work, decision_id: str) -> dict[str, Any]:
    """A decision by its id, empty when there is none."""
    return one(at.database, "SELECT * FROM decision WHERE id = ?", [decision_id]) or {}


def not_before(day: date, earliest: str | None, what: str) -> None:
    """Refuses a day that lies before another; `what` begins the sentence.

    Raises:
        AfterwardsRefused: it lies before `earliest` (ISO text).
    """
    if earliest and day < date.fromisoformat(earliest):
        before = short_date(date.fromisoformat(earliest))
        raise AfterwardsRefused(f"{what} {short_date(day)} không thể trước ngày {before}.")
