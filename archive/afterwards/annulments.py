"""Annulling a result (13-HD/TU, V.1, gạch 7): it stays readable, marked, and waits to be classified again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

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

    def work(at: Work) -> str:
        decided = in_force(at)
        not_before(annulled_on, decided["decided_on"], "Ngày hủy")
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
    return what_changed(database, done, done.result, today), done.after


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
