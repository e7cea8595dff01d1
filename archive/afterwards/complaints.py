"""Complaints about a result: opened, acknowledged, considered (13-HD/TU, V.3, gạch 2); `concluding` ends them.

The guidance sets no time limit (AMB-38): nothing is refused as late; an open complaint is shown until it is concluded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Amended, Attachment, Work, amend, keep_attachments
from archive.afterwards.complaint_reading import dossier_of
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.papers import put_in, receipt_paper
from archive.afterwards.permission import permitted
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import Complaint, complaints_of, newest_decision
from archive.records.database import now, one, rows
from archive.store.ocfl import no_checkpoint
from generator.rules.applied import applied
from generator.rules.findings import Finding, Shortfall
from generator.vietnamese import short_date

WAYS = {"in_person": "Nộp trực tiếp", "post": "Gửi qua bưu điện", "sent_on": "Nơi khác chuyển đến"}
"""How a complaint came: code → words."""
# The rule that asks for a written conclusion, and the capacity V.3 speaks of.
_RULE, _SPEAKS_OF = "CMP-02", "leader_manager"


@dataclass(frozen=True)
class Opening:
    """What is known of a complaint when it comes in.

    Args:
        grounds: what it says, printed in receipt and conclusion.
        received_through: a code of `WAYS`.
        reply_by: the office's own date for a reply; the guidance has none.
    """

    complainant: str
    received_on: date
    grounds: str
    dated_on: date | None = None
    position: str | None = None
    address: str | None = None
    received_through: str = "in_person"
    receiver: str | None = None
    examined_by: str | None = None
    reply_by: date | None = None


@dataclass(frozen=True)
class Handled:
    """What came of a step: the complaint's id, the dossier's version, and what the rules have to say to it."""

    complaint_id: str
    dossier_id: str
    version: int
    findings: tuple[Finding, ...] = ()
    papers: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """It as the commands print it."""
        return {
            "complaint_id": self.complaint_id,
            "dossier_id": self.dossier_id,
            "version": self.version,
            "findings": [finding.as_dict() for finding in self.findings],
        }


Checkpoint = Callable[[str], None]


def open_complaint(
    office: Office,
    database: Database,
    dossier: str,
    opening: Opening,
    *,
    account: Account | None,
    attachments: Sequence[Attachment] = (),
    checkpoint: Checkpoint = no_checkpoint,
) -> Handled:
    """Opens a complaint about the newest decision of a dossier, with its papers; the caller holds `office.locked()`.

    Raises:
        NotPermitted: the account may not.
        AfterwardsRefused: nothing is decided yet, or something needed is missing.
        PaperRefused: a paper cannot be taken.

    Args:
        attachments: the complaint itself first, then what came with it.
    """
    permitted(account, "complaint.open", dossier)
    actor = account.id if account else ""
    if not opening.complainant.strip() or not opening.grounds.strip():
        raise AfterwardsRefused("Phải ghi người khiếu nại và nội dung khiếu nại.")
    if opening.received_through not in WAYS:
        raise AfterwardsRefused(f"Cách gửi đơn phải là một trong: {', '.join(WAYS)}.")
    kept = keep_attachments(database, attachments)

    def work(at: Work) -> tuple[str, tuple[Finding, ...]]:
        decided = newest_decision(database, at.evaluation.id)
        if decided is None:
            raise AfterwardsRefused("Hồ sơ này chưa có kết quả xếp loại nên chưa có gì để khiếu nại.")
        made = at.insert("complaint", {
            "evaluation_id": at.evaluation.id, "decision_id": decided["id"],
            "complainant": opening.complainant.strip(), "position": opening.position, "address": opening.address,
            "dated_on": _iso(opening.dated_on), "received_on": opening.received_on.isoformat(),
            "received_through": opening.received_through, "receiver": opening.receiver,
            "grounds": opening.grounds.strip(), "examined_by": opening.examined_by,
            "reply_by": _iso(opening.reply_by), "opened_by": actor, "opened_at": now(),
        })  # fmt: skip
        for attachment in _signed(attachments, opening):
            at.attach(attachment, "complaint_file", kept)
        at.event("complaint.opened", made)
        return made, _scope(at, opening, decided["decided_on"])

    reason = "Tiếp nhận khiếu nại về kết quả xếp loại"
    done = amend(office, database, dossier, work, actor=actor, reason=reason, checkpoint=checkpoint)
    complaint_id, findings = done.result
    return Handled(complaint_id, dossier, done.version, findings)


def acknowledge(
    office: Office,
    database: Database,
    complaint_id: str,
    *,
    acknowledged_on: date,
    number: str | None,
    account: Account | None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Handled:
    """Tells the complainant in writing that the complaint was received; its receipt goes into the dossier.

    Raises:
        NotFound: no such complaint. NotPermitted: the account may not.
        AfterwardsRefused: it was acknowledged or concluded before.
    """
    dossier = dossier_of(database, complaint_id)
    permitted(account, "complaint.handle", dossier)

    def work(at: Work) -> str:
        complaint = still_open(at, complaint_id)
        if any(step.kind == "acknowledged" for step in complaint.steps):
            raise AfterwardsRefused("Khiếu nại này đã báo nhận rồi.")
        papers = rows(
            database,
            "SELECT title, pages FROM document WHERE evaluation_id = ? AND item = 'complaint_file'"
            " AND source = 'intake' ORDER BY rowid",
            [at.evaluation.id],
        )
        decided = one(database, "SELECT * FROM decision WHERE id = ?", [complaint.decision_id]) or {}
        put_in(at, receipt_paper(at, complaint, decided, number, acknowledged_on, papers))
        add_step(at, complaint, "acknowledged", acknowledged_on, "", number=number)
        return complaint_id

    return handled(amend(
        office, database, dossier, work, actor=account.id if account else "",
        reason="Báo nhận khiếu nại", checkpoint=checkpoint,
    ))  # fmt: skip


def consider(
    office: Office,
    database: Database,
    complaint_id: str,
    *,
    considered_on: date,
    text: str,
    account: Account | None,
    attachments: Sequence[Attachment] = (),
    checkpoint: Checkpoint = no_checkpoint,
) -> Handled:
    """Records what was done to examine a complaint: a meeting, an enquiry, with its papers.

    Raises: as `acknowledge`.
    """
    dossier = dossier_of(database, complaint_id)
    permitted(account, "complaint.handle", dossier)
    if not text.strip():
        raise AfterwardsRefused("Phải ghi việc đã xem xét, xác minh.")
    kept = keep_attachments(database, attachments)

    def work(at: Work) -> str:
        complaint = still_open(at, complaint_id)
        for attachment in attachments:
            at.attach(attachment, "complaint_file", kept)
        add_step(at, complaint, "considered", considered_on, text.strip())
        return complaint_id

    return handled(amend(
        office, database, dossier, work, actor=account.id if account else "",
        reason="Xem xét khiếu nại", checkpoint=checkpoint,
    ))  # fmt: skip


def _signed(attachments: Sequence[Attachment], opening: Opening) -> Iterator[Attachment]:
    """What came with a complaint: the first is the complaint itself, by its author and of its day."""
    for number, attachment in enumerate(attachments):
        own = number == 0
        yield replace(attachment, author=opening.complainant.strip(), dated_on=_iso(opening.dated_on) if own else None)


def still_open(at: Work, complaint_id: str) -> Complaint:
    """The complaint, while it is not concluded.

    Raises:
        AfterwardsRefused: it is concluded.
    """
    complaint = next(one for one in complaints_of(at.database, at.evaluation.id) if one.id == complaint_id)
    if complaint.concluded:
        raise AfterwardsRefused("Khiếu nại này đã được kết luận.")
    return complaint


def add_step(
    at: Work, complaint: Complaint, kind: str, day: date, text: str, number: str | None = None,
    outcome: str | None = None,
) -> None:  # fmt: skip
    """Writes one step of a complaint.

    Raises:
        AfterwardsRefused: its day is before the day the complaint came.
    """
    if day < date.fromisoformat(complaint.received_on):
        received = short_date(date.fromisoformat(complaint.received_on))
        raise AfterwardsRefused(f"Ngày {short_date(day)} không thể trước ngày nhận đơn {received}.")
    at.insert("complaint_step", {
        "evaluation_id": at.evaluation.id, "complaint_id": complaint.id, "kind": kind, "taken_on": day.isoformat(),
        "outcome": outcome, "text": text, "number": number, "recorded_by": at.actor, "recorded_at": now(),
    })  # fmt: skip
    at.event(f"complaint.{kind}", complaint.id)


def _scope(at: Work, opening: Opening, decided_on: str | None) -> tuple[Finding, ...]:
    """What the rules say of a complaint that V.3 does not speak of, or that came before its result."""
    book = at.before.book
    if all(rule.id != _RULE for rule in book.rules):
        return ()
    own = applied(book, book.settings.overlaid(at.campaign.settings))
    found = []
    if at.evaluation.capacity != _SPEAKS_OF:
        found.append(Shortfall(
            given="Khiếu nại về kết quả không phải của cán bộ lãnh đạo, quản lý",
            message="Hướng dẫn chỉ nói về khiếu nại đánh giá cán bộ",
            needed="Xem xét, kết luận, thông báo bằng văn bản như đối với cán bộ",
            remedy="Tiếp nhận và giải quyết như thường; căn cứ thẩm quyền theo Điều lệ Đảng", severity="warning",
        ))  # fmt: skip
    if decided_on and opening.received_on < date.fromisoformat(decided_on):
        found.append(Shortfall(
            given=f"Nhận đơn ngày {short_date(opening.received_on)}, "
            f"có kết quả ngày {short_date(date.fromisoformat(decided_on))}",
            message="Đơn nhận trước khi có kết quả", needed="Khiếu nại về kết quả đã có",
            remedy="Kiểm tra lại ngày nhận; nếu là ý kiến góp ý thì đưa vào văn bản góp ý", severity="warning",
        ))  # fmt: skip
    return tuple(own.finding_of(_RULE, one) for one in found)


def handled(done: Amended[str]) -> Handled:
    """What was done with a complaint, as commands tell it."""
    return Handled(done.result, done.dossier_id, done.version, (), tuple(path.name for path in done.printed))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
