"""Sending a subject back to review: the step is taken and the demand for it written (13-HD/TU, C.1, đoạn 2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlite_utils import Database

from archive.afterwards.amending import Work, amend
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.papers import put_in, review_again_paper
from archive.campaigns.procedure import Standing
from archive.campaigns.steps import move
from archive.office.folder import Office
from archive.store.ocfl import no_checkpoint
from generator.vietnamese import short_date


@dataclass(frozen=True)
class Demand:
    """What a demand for another review says.

    Args:
        held_on: day of the review that does not satisfy.
        faults: what did not satisfy, each with what is asked.
        review_by, report_by: last days for the new review and for its report.
        number: of the letter (`35-CV/ĐU`), where the register gave one.
        basis: what the judgement rests on, in the office's words.
        attended_by: who is sent to follow the new review.
    """

    issued_on: date
    held_on: date
    faults: Sequence[tuple[str, str]]
    review_by: date
    report_by: date
    number: str | None = None
    basis: str | None = None
    attended_by: str | None = None


@dataclass(frozen=True)
class SentBack:
    """What came of it: where the evaluation stands, and the dossier's version (0 while it is not filed)."""

    dossier_id: str
    version: int
    standing: Standing
    papers: tuple[str, ...]


def review_again(
    office: Office,
    database: Database,
    dossier: str,
    demand: Demand,
    *,
    actor: str,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> SentBack:
    """Takes the step “Kiểm điểm lại” of a dossier's subject and makes the letter that asks for it.

    The caller holds `office.locked()`.

    Raises:
        NotFound: there is no such dossier, or it is a unit's own.
        StepRefused: the subject is decided already, or the step does not follow.
        AfterwardsRefused: nothing is named that did not satisfy, or the days run backwards.
    """
    faults = [(fault.strip(), asked.strip()) for fault, asked in demand.faults]
    if not faults or not all(fault and asked for fault, asked in faults):
        raise AfterwardsRefused("Phải ghi nội dung kiểm điểm chưa đạt, và yêu cầu cho từng nội dung.")
    _in_order(demand)
    number = (demand.number or "").strip()
    told = f"Yêu cầu kiểm điểm lại{f' số {number}' if number else ''} ngày {short_date(demand.issued_on)}"

    def work(at: Work) -> Standing:
        situation = at.before
        moved = move(
            at.database, situation.picture, situation.judgement, situation.book, at.evaluation, "re_review",
            basis=told, actor=actor,
        )  # fmt: skip
        said = {
            "basis": demand.basis, "held_on": demand.held_on.isoformat(),
            "faults": [{"fault": fault, "request": asked} for fault, asked in faults],
            "review_by": demand.review_by.isoformat(), "due_on": demand.report_by.isoformat(),
            "attended_by": demand.attended_by,
        }  # fmt: skip
        put_in(at, review_again_paper(at, said, number or None, demand.issued_on))
        return moved.standing

    done = amend(office, database, dossier, work, actor=actor, reason=told, checkpoint=checkpoint)
    return SentBack(dossier, done.version, done.result, tuple(path.name for path in done.printed))


def _in_order(demand: Demand) -> None:
    days = (
        (demand.held_on, "Ngày hội nghị kiểm điểm"),
        (demand.issued_on, "Ngày yêu cầu"),
        (demand.review_by, "Hạn kiểm điểm lại"),
        (demand.report_by, "Hạn gửi báo cáo"),
    )
    for (earlier, name), (later, then) in pairwise(days):
        if later < earlier:
            raise AfterwardsRefused(f"{name} {short_date(earlier)} không thể sau {then.lower()} {short_date(later)}.")
