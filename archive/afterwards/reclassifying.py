"""Classifying again after an annulment, and the report upward (13-HD/TU, V.1, gạch 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from archive.afterwards.amending import Work, amend
from archive.afterwards.clock import last_day
from archive.afterwards.deciding import decision_of, facts_of, judged, not_before
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.outcome import Changed, what_changed
from archive.afterwards.papers import put_in, reclassification_paper
from archive.afterwards.permission import permitted
from archive.campaigns.stages import Situation
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import Annulment, annulments_of
from archive.records.database import now
from archive.store.ocfl import no_checkpoint


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
    voted_on: date | None = None,
    reported_on: date | None = None,
    report: str | None = None,
    today: date | None = None,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> tuple[Changed, Situation]:
    """Decides again after an annulment, judged as every decision is; too late is done all the same, and said.

    Args:
        decision: number of the new decision (`25-QĐ/ĐU`).
        reviewed_on: day of the second review, where there was one.
        voted_on: day of the secret vote; that of the decision, when None.
        reported_on, report: day and number of the report to the committee above, where it is sent already.

    Raises:
        NotPermitted: the account is not an approver's.
        LevelRefused: the rules do not allow the level, or the members' quota is exceeded by it.
        AfterwardsRefused: no result is annulled and waiting.
    """
    permitted(account, "decision.make", dossier)
    actor = account.id if account else ""

    own = _Deciding(level, decision.strip(), decided_on, comment, body, reviewed_on, voted_on, account)

    def work(at: Work) -> str:
        annulment = _waiting(at)
        own.check(at, annulment)
        own.write(at, annulment)
        if reported_on:
            _report(at, annulment, reported_on, report or "", actor)
        return annulment.id

    reason = f"Xếp loại lại: {own.number}"
    done = amend(office, database, dossier, work, actor=actor, reason=reason, checkpoint=checkpoint)
    return what_changed(database, done, done.result, today), done.after


@dataclass(frozen=True)
class _Deciding:
    """One second decision as it is asked for."""

    level: str
    number: str
    decided_on: date
    comment: str | None
    body: str | None
    reviewed_on: date | None
    voted_on: date | None
    account: Account | None

    def check(self, at: Work, annulment: Annulment) -> None:
        """Refuses a level nobody knows, a decision without number, and days out of order."""
        _known_level(at, self.level)
        if not self.number:
            raise AfterwardsRefused("Phải ghi số quyết định xếp loại lại.")
        not_before(self.decided_on, annulment.annulled_on, "Ngày xếp loại lại")
        for day, what in ((self.reviewed_on, "Ngày kiểm điểm lại"), (self.voted_on, "Ngày bỏ phiếu")):
            if day:
                not_before(day, annulment.annulled_on, what)
                not_before(self.decided_on, day.isoformat(), "Ngày xếp loại lại")

    def write(self, at: Work, annulment: Annulment) -> None:
        """Writes the decision, once the judge allows it, and its paper."""
        former = decision_of(at, annulment.decision_id)
        row = {
            "evaluation_id": at.evaluation.id, "level": self.level, "number": self.number,
            "body": self.body or annulment.body, "decided_on": self.decided_on.isoformat(),
            "supersedes": former["id"],
        }  # fmt: skip
        new = at.insert("decision", row)
        waived = judged(at)
        at.insert("reclassification", {
            "evaluation_id": at.evaluation.id, "annulment_id": annulment.id, "decision_id": new, "level": self.level,
            "reclassified_on": row["decided_on"], "comment": self.comment,
            "approver": self.account.id if self.account else "",
            "approver_name": self.account.full_name if self.account else "", "recorded_at": now(),
        })  # fmt: skip
        at.event("decision.reclassified", annulment.id)
        due = last_day(at.database, date.fromisoformat(annulment.annulled_on), at.before.book)
        printed = {
            **row, "comment": self.comment, "reviewed_on": self.reviewed_on.isoformat() if self.reviewed_on else None,
            "voted_on": (self.voted_on or self.decided_on).isoformat(),
        }  # fmt: skip
        put_in(at, reclassification_paper(at, former, annulment, printed, due, facts_of(at)), waived)


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
    return what_changed(database, done, done.result, today), done.after


def _report(at: Work, annulment: Annulment, reported_on: date, report: str, actor: str) -> None:
    if not report.strip():
        raise AfterwardsRefused("Phải ghi số báo cáo gửi cấp trên.")
    not_before(reported_on, annulment.reclassified_on or annulment.annulled_on, "Ngày báo cáo")
    at.insert("superior_report", {
        "evaluation_id": at.evaluation.id, "annulment_id": annulment.id, "reported_on": reported_on.isoformat(),
        "document": report.strip(), "recorded_by": actor, "recorded_at": now(),
    })  # fmt: skip
    at.event("reclassification.reported", annulment.id)


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
