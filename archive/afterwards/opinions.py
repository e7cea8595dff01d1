"""Opinions reserved against a result by the one it is about (13-HD/TU, V.3, gạch 1). They change nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlite_utils import Database

from archive.afterwards.amending import Attachment, Work, amend, keep_attachments
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.papers import opinion_paper, put_in
from archive.afterwards.permission import permitted
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import newest_decision
from archive.records.database import now
from archive.store.ocfl import no_checkpoint


@dataclass(frozen=True)
class Opinion:
    """A reserved opinion: the statement not agreed with, the opinion, its proof, and what is asked.

    Args:
        reported_to: the direct superior to whom it is reported.
    """

    statement: str
    opinion: str
    received_on: date
    proof: str | None = None
    proposal: str | None = None
    reported_to: str | None = None
    received_by: str | None = None


@dataclass(frozen=True)
class Reserved:
    """What came of it: the opinion's id and the dossier's version."""

    opinion_id: str
    dossier_id: str
    version: int


def reserve_opinion(
    office: Office,
    database: Database,
    dossier: str,
    opinion: Opinion,
    *,
    account: Account | None,
    attachments: Sequence[Attachment] = (),
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> Reserved:
    """Keeps a reserved opinion and its sheet in the dossier; the caller holds `office.locked()`.

    Raises:
        NotPermitted: the account may not.
        AfterwardsRefused: the statement or the opinion is missing, or nothing is decided yet.
    """
    permitted(account, "opinion.record", dossier)
    if not opinion.statement.strip() or not opinion.opinion.strip():
        raise AfterwardsRefused("Phải ghi nhận xét, đánh giá không tán thành và ý kiến bảo lưu.")
    actor = account.id if account else ""
    kept = keep_attachments(database, attachments)

    def work(at: Work) -> str:
        decided = newest_decision(database, at.evaluation.id)
        if decided is None:
            raise AfterwardsRefused("Hồ sơ này chưa có kết quả xếp loại nên chưa có gì để bảo lưu ý kiến.")
        row = asdict(opinion) | {
            "evaluation_id": at.evaluation.id,
            "holder": at.picture.subject_name(at.evaluation),
            "received_on": opinion.received_on.isoformat(),
            "recorded_by": actor,
            "recorded_at": now(),
        }
        made = at.insert("reserved_opinion", row)
        put_in(at, opinion_paper(at, row, made, decided))
        for attachment in attachments:
            at.attach(attachment, "complaint_file", kept)
        at.event("opinion.reserved", made)
        return made

    reason = "Ghi nhận ý kiến bảo lưu"
    done = amend(office, database, dossier, work, actor=actor, reason=reason, checkpoint=checkpoint)
    return Reserved(done.result, dossier, done.version)
