"""Annulling a result (13-HD/TU, V.1, gạch 7): it stays readable, marked, and waits to be classified again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Attachment, Work, amend, keep_attachments
from archive.afterwards.clock import last_day
from archive.afterwards.deciding import in_force, not_before
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.outcome import Changed, what_changed
from archive.afterwards.papers import annulment_paper, put_in, reports_to
from archive.afterwards.permission import permitted
from archive.campaigns.papers.bodies import body_name
from archive.campaigns.stages import Situation
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import complaints_of
from archive.records.database import now
from archive.store.ocfl import no_checkpoint
from generator.vietnamese import short_date

CAUSES = {"fault": "Phát hiện có khuyết điểm", "conditions": "Không bảo đảm điều kiện của mức đã xếp loại"}
"""Why a result is annulled: code → words."""


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
    own = _Annulling(reason.strip(), document.strip(), annulled_on, cause, complaint, body, account)

    def work(at: Work) -> str:
        made = own.written(at)
        for attachment in attachments:
            at.attach(attachment, "conclusion", kept)
        return made

    done = amend(
        office, database, dossier, work, actor=account.id if account else "",
        reason=f"Hủy kết quả xếp loại: {own.document}", checkpoint=checkpoint,
    )  # fmt: skip
    return what_changed(database, done, done.result, today), done.after


@dataclass(frozen=True)
class _Annulling:
    """One annulment as it is asked for."""

    reason: str
    document: str
    annulled_on: date
    cause: str
    complaint: str | None
    body: str | None
    account: Account | None

    def written(self, at: Work) -> str:
        """Marks the decision in force, writes the annulment and its paper, and gives the annulment's id."""
        decided = in_force(at)
        not_before(self.annulled_on, decided["decided_on"], "Ngày hủy")
        further = _concluded(at, self.complaint)
        row = self._row(at, decided)
        at.database.execute(
            "UPDATE decision SET annulled_on = ?, revision = revision + 1 WHERE id = ?",
            [row["annulled_on"], decided["id"]],
        )
        made = at.insert("annulment", row)
        at.event("decision.annulled", made)
        due = last_day(at.database, self.annulled_on, at.before.book)
        put_in(at, annulment_paper(at, decided, {**row, "further_grounds": further}, due))
        return made

    def _row(self, at: Work, decided: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "evaluation_id": at.evaluation.id, "decision_id": decided["id"], "complaint_id": self.complaint,
            "level": decided["level"], "cause": self.cause, "reason": self.reason, "document": self.document,
            "number": self.document, "annulled_on": self.annulled_on.isoformat(),
            "body": self.body or decided["body"] or body_name(at.picture.owner),
            "reviewing_body": at.picture.units[at.unit_id].name, "reports_to": reports_to(at),
            "approver": self.account.id if self.account else "",
            "approver_name": self.account.full_name if self.account else "", "recorded_at": now(),
        }  # fmt: skip


def _concluded(at: Work, complaint: str | None) -> str | None:
    """The ground that a complaint's conclusion gives for annulling, as the decision prints it."""
    if complaint is None:
        return None
    found = next((one for one in complaints_of(at.database, at.evaluation.id) if one.id == complaint), None)
    concluded = found.concluded if found else None
    if concluded is None or concluded.outcome != "annulled":
        raise AfterwardsRefused("Khiếu nại này chưa được kết luận là hủy kết quả.")
    number = f" số {concluded.number}" if concluded.number else ""
    day = short_date(date.fromisoformat(concluded.taken_on))
    return f"- Căn cứ Kết luận{number} ngày {day} về giải quyết khiếu nại;"
