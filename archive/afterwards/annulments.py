"""Annulling a result, classifying again, and the report upward (13-HD/TU, V.1, gạch 7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Amended, Attachment, Work, amend, keep_attachments, present_day
from archive.afterwards.clock import Clock, clock_of, last_day
from archive.afterwards.errors import AfterwardsRefused, LevelRefused
from archive.afterwards.papers import annulment_paper, put_in, reclassification_paper, reports_to
from archive.afterwards.permission import permitted
from archive.campaigns.effects import Change, Effects, effects_between
from archive.campaigns.papers.bodies import body_name
from archive.campaigns.stages import Situation
from archive.campaigns.verdicts import CampaignJudge
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import Annulment, annulments_of, complaints_of
from archive.records.database import now, one
from archive.store.ocfl import no_checkpoint
from generator.rules.findings import Finding
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import short_date

CAUSES = {"fault": "Phát hiện có khuyết điểm", "conditions": "Không bảo đảm điều kiện của mức đã xếp loại"}
"""Why a result is annulled: code → words."""


@dataclass(frozen=True)
class Changed:
    """What an annulment or a second decision did.

    Args:
        version: of the dossier, 0 while it is not filed.
        level: the level that stands now; None while the result is annulled.
        effects: what it does above and beside: told, never applied.
        clock: how the annulment stands against its last day.
    """

    dossier_id: str
    annulment_id: str
    version: int
    level: str | None
    effects: Effects
    clock: Clock
    papers: tuple[str, ...]

    def as_dict(self, situation: Situation) -> dict[str, Any]:
        """It as `hoso annul --json` and `hoso reclassify --json` print it."""
        return {
            "dossier_id": self.dossier_id,
            "annulment_id": self.annulment_id,
            "version": self.version,
            "level": self.level,
            "clock": self.clock.as_dict(),
            "effects": self.effects.as_dict(situation.picture),
        }


def annul(
    office: Office,
    database: Database,
    dossier: str,
    *,
    reason: str,
    document: str,
    annulled_on: date,
    account: Account | None,
    cause: str = "fault",
    complaint: str | None = None,
    body: str | None = None,
    attachments: Sequence[Attachment] = (),
    today: date | None = None,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> tuple[Changed, Situation]:
    """Annuls the result of a dossier; it stays readable, marked, and the clock of 30 working days starts.

    The caller holds `office.locked()`.

    Args:
        reason: what was found, printed in the decision.
        document: number of the decision that annuls (`21-QĐ/ĐU`).
        annulled_on: its day, not counted among the 30.
        cause: a code of `CAUSES`.
        complaint: the complaint whose conclusion asks for it.
        body: who annuls; who had decided, when None.

    Raises:
        NotPermitted: the account is not an approver's.
        AfterwardsRefused: there is nothing to annul, or something needed is missing.
    """
    permitted(account, "decision.annul", dossier)
    if not reason.strip() or not document.strip():
        raise AfterwardsRefused("Phải ghi lý do hủy và số quyết định hủy kết quả.")
    kept = keep_attachments(database, attachments)

    def work(at: Work) -> str:
        decided = _in_force(at)
        _not_before(annulled_on, decided["decided_on"], "Ngày hủy")
        further = _concluded(database, at, complaint)
        row = {
            "evaluation_id": at.evaluation.id, "decision_id": decided["id"], "complaint_id": complaint,
            "level": decided["level"], "cause": cause, "reason": reason.strip(), "document": document.strip(),
            "number": document.strip(), "annulled_on": annulled_on.isoformat(),
            "body": body or decided["body"] or body_name(at.picture.owner),
            "reviewing_body": at.picture.units[at.unit_id].name, "reports_to": reports_to(at),
            "approver": account.id if account else "", "approver_name": account.full_name if account else "",
            "recorded_at": now(),
        }  # fmt: skip
        at.database.execute(
            "UPDATE decision SET annulled_on = ?, revision = revision + 1 WHERE id = ?",
            [annulled_on.isoformat(), decided["id"]],
        )
        made = at.insert("annulment", row)
        at.event("decision.annulled", made)
        due = last_day(database, annulled_on, at.before.book)
        put_in(at, annulment_paper(at, decided, {**row, "further_grounds": further}, due))
        for attachment in attachments:
            at.attach(attachment, "conclusion", kept)
        return made

    done = amend(
        office, database, dossier, work, actor=account.id if account else "",
        reason=f"Hủy kết quả xếp loại: {document.strip()}", checkpoint=checkpoint,
    )  # fmt: skip
    return _changed(database, done, done.result, today), done.after


def reclassify(
    office: Office,
    database: Database,
    dossier: str,
    *,
    level: str,
    decision: str,
    decided_on: date,
    account: Account | None,
    comment: str | None = None,
    body: str | None = None,
    reviewed_on: date | None = None,
    reported_on: date | None = None,
    report: str | None = None,
    today: date | None = None,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> tuple[Changed, Situation]:
    """Decides again after an annulment, judged as every decision is; too late is done all the same, and said.

    Args:
        decision: number of the new decision (`25-QĐ/ĐU`).
        reviewed_on: day of the second review, where there was one.
        reported_on, report: day and number of the report to the committee above, where it is sent already.

    Raises:
        NotPermitted: the account is not an approver's.
        LevelRefused: the rules do not allow the level, or the members' quota is exceeded by it.
        AfterwardsRefused: no result is annulled and waiting.
    """
    permitted(account, "decision.make", dossier)
    actor = account.id if account else ""

    def work(at: Work) -> str:
        annulment = _waiting(at)
        _known_level(at, level)
        if not decision.strip():
            raise AfterwardsRefused("Phải ghi số quyết định xếp loại lại.")
        _not_before(decided_on, annulment.annulled_on, "Ngày xếp loại lại")
        former = _decision(at, annulment.decision_id)
        row = {
            "evaluation_id": at.evaluation.id, "level": level, "number": decision.strip(),
            "body": body or annulment.body, "decided_on": decided_on.isoformat(), "supersedes": former["id"],
        }  # fmt: skip
        new = at.insert("decision", row)
        waived = judged(at)
        at.insert("reclassification", {
            "evaluation_id": at.evaluation.id, "annulment_id": annulment.id, "decision_id": new, "level": level,
            "reclassified_on": decided_on.isoformat(), "comment": comment, "approver": actor,
            "approver_name": account.full_name if account else "", "recorded_at": now(),
        })  # fmt: skip
        at.event("decision.reclassified", annulment.id)
        due = last_day(database, date.fromisoformat(annulment.annulled_on), at.before.book)
        printed = {**row, "comment": comment, "reviewed_on": reviewed_on.isoformat() if reviewed_on else None}
        paper = reclassification_paper(at, former, annulment, printed, due, facts_of(at))
        put_in(at, paper, waived)
        if reported_on:
            _report(at, annulment, reported_on, report or "", actor)
        return annulment.id

    reason = f"Xếp loại lại: {decision.strip()}"
    done = amend(office, database, dossier, work, actor=actor, reason=reason, checkpoint=checkpoint)
    return _changed(database, done, done.result, today), done.after


def report_upward(
    office: Office,
    database: Database,
    dossier: str,
    *,
    reported_on: date,
    report: str,
    account: Account | None,
    today: date | None = None,
) -> tuple[Changed, Situation]:
    """Records that a second classification was reported to the committee above.

    Raises:
        NotPermitted: the account is not an approver's.
        AfterwardsRefused: nothing waits for such a report.
    """
    permitted(account, "decision.make", dossier)
    actor = account.id if account else ""

    def work(at: Work) -> str:
        waiting = [one for one in annulments_of(at.database, at.evaluation.id) if one.reclassified_on]
        waiting = [one for one in waiting if not one.reported_on]
        if not waiting:
            raise AfterwardsRefused("Hồ sơ này không có kết quả xếp loại lại nào còn phải báo cáo cấp trên.")
        _report(at, waiting[0], reported_on, report, actor)
        return waiting[0].id

    reason = f"Báo cáo cấp trên kết quả xếp loại lại: {report.strip()}"
    done = amend(office, database, dossier, work, actor=actor, reason=reason)
    return _changed(database, done, done.result, today), done.after


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
    decided = _in_force(at)
    at.database.execute(
        "UPDATE decision SET annulled_on = ?, revision = revision + 1 WHERE id = ?",
        [decided_on.isoformat(), decided["id"]],
    )
    return at.insert("decision", {
        "evaluation_id": at.evaluation.id, "level": level, "number": number, "body": body,
        "decided_on": decided_on.isoformat(), "supersedes": decided["id"],
    })  # fmt: skip


def _report(at: Work, annulment: Annulment, reported_on: date, report: str, actor: str) -> None:
    if not report.strip():
        raise AfterwardsRefused("Phải ghi số báo cáo gửi cấp trên.")
    _not_before(reported_on, annulment.reclassified_on or annulment.annulled_on, "Ngày báo cáo")
    at.insert("superior_report", {
        "evaluation_id": at.evaluation.id, "annulment_id": annulment.id, "reported_on": reported_on.isoformat(),
        "document": report.strip(), "recorded_by": actor, "recorded_at": now(),
    })  # fmt: skip
    at.event("reclassification.reported", annulment.id)


def _in_force(at: Work) -> dict[str, Any]:
    found = one(
        at.database, "SELECT * FROM decision WHERE evaluation_id = ? AND annulled_on IS NULL", [at.evaluation.id]
    )
    if found is None:
        raise AfterwardsRefused("Hồ sơ này không có kết quả xếp loại đang có hiệu lực nên không có gì để hủy.")
    return found


def _decision(at: Work, decision_id: str) -> dict[str, Any]:
    return one(at.database, "SELECT * FROM decision WHERE id = ?", [decision_id]) or {}


def _waiting(at: Work) -> Annulment:
    found = [one for one in annulments_of(at.database, at.evaluation.id) if one.reclassified_on is None]
    if not found:
        raise AfterwardsRefused("Hồ sơ này không có kết quả nào đã hủy mà chưa xếp loại lại.")
    return found[0]


def _known_level(at: Work, level: str) -> None:
    levels = at.before.book.levels
    if level not in levels.codes:
        listed = ", ".join(f"{code} ({levels.label(code)})" for code in levels.codes)
        raise AfterwardsRefused(f"Không có mức “{level}”. Các mức: {listed}.")


def _not_before(day: date, earliest: str | None, what: str) -> None:
    if earliest and day < date.fromisoformat(earliest):
        before = short_date(date.fromisoformat(earliest))
        raise AfterwardsRefused(f"{what} {short_date(day)} không thể trước ngày {before}.")


def _concluded(database: Database, at: Work, complaint: str | None) -> str | None:
    """The ground that a complaint's conclusion gives for annulling, as the decision prints it."""
    if complaint is None:
        return None
    found = next((one for one in complaints_of(database, at.evaluation.id) if one.id == complaint), None)
    concluded = found.concluded if found else None
    if concluded is None or concluded.outcome != "annulled":
        raise AfterwardsRefused("Khiếu nại này chưa được kết luận là hủy kết quả.")
    number = f" số {concluded.number}" if concluded.number else ""
    day = short_date(date.fromisoformat(concluded.taken_on))
    return f"- Căn cứ Kết luận{number} ngày {day} về giải quyết khiếu nại;"


def _changed(database: Database, done: Amended[str], annulment_id: str, today: date | None) -> Changed:
    evaluation_id = next(iter(database.execute(
        "SELECT evaluation_id FROM annulment WHERE id = ?", [annulment_id]
    ).fetchone()))  # fmt: skip
    found = next(one for one in annulments_of(database, evaluation_id) if one.id == annulment_id)
    book = load_rulebook(done.after.picture.campaign.rulebook)
    level = done.after.picture.evaluations[evaluation_id].level
    change = Change(evaluation_id, level)
    return Changed(
        done.dossier_id,
        annulment_id,
        done.version,
        level,
        effects_between(done.before.picture, done.after.picture, change, book),
        clock_of(database, found, book, today or present_day()),
        tuple(path.name for path in done.printed),
    )
