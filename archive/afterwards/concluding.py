"""Concluding a complaint in writing: the result kept, adjusted or to be annulled (13-HD/TU, V.3, gạch 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Work, amend
from archive.afterwards.complaint_reading import dossier_of
from archive.afterwards.complaints import Checkpoint, Handled, add_step, handled, still_open
from archive.afterwards.deciding import facts_of, judged, replace_decision
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.papers import conclusion_paper, put_in
from archive.afterwards.permission import permitted
from archive.campaigns.papers.bodies import body_name
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.afterwards import Complaint, newest_decision
from archive.records.database import one
from archive.store.ocfl import no_checkpoint

OUTCOMES = {"kept": "Giữ nguyên kết quả", "adjusted": "Điều chỉnh kết quả", "annulled": "Hủy kết quả"}
"""What a conclusion may say: code → words."""


@dataclass(frozen=True)
class Conclusion:
    """What a conclusion says.

    Args:
        outcome: a code of `OUTCOMES`.
        number: of the written conclusion (`07-KL/ĐU`).
        findings: what the examination found; `grounds`: what the outcome rests on.
        level: the level in the place of the contested one, when `adjusted`.
    """

    outcome: str
    concluded_on: date
    number: str
    findings: str
    grounds: str
    level: str | None = None


def resolve(
    office: Office,
    database: Database,
    complaint_id: str,
    conclusion: Conclusion,
    *,
    account: Account | None,
    checkpoint: Checkpoint = no_checkpoint,
) -> Handled:
    """Concludes a complaint, with the written notice to the complainant; it is closed then.

    `adjusted` puts another level in the place of the contested one at once, judged as every decision is. `annulled`
    asks for the decision that annuls (`annul`), which starts its own clock.

    Raises:
        NotFound, NotPermitted: as `acknowledge`; an approver concludes.
        LevelRefused: the rules do not allow the adjusted level.
        AfterwardsRefused: it is concluded already, was never considered, or something needed is missing.
    """
    dossier = dossier_of(database, complaint_id)
    permitted(account, "complaint.resolve", dossier)
    _complete(conclusion)

    def work(at: Work) -> str:
        complaint = still_open(at, complaint_id)
        _considered(complaint)
        decided = one(database, "SELECT * FROM decision WHERE id = ?", [complaint.decision_id]) or {}
        said: dict[str, Any] = {
            "number": conclusion.number.strip(), "taken_on": conclusion.concluded_on.isoformat(),
            "outcome": conclusion.outcome, "findings": conclusion.findings.strip(),
            "grounds": conclusion.grounds.strip(),
        }  # fmt: skip
        waived: frozenset[str] = frozenset()
        facts = None
        if conclusion.outcome == "adjusted":
            waived, facts = _adjust(at, complaint, conclusion)
            said["new_level"] = conclusion.level
        elif conclusion.outcome == "annulled":
            said["reviewing_body"] = at.picture.units[at.unit_id].name
        put_in(at, conclusion_paper(at, complaint, decided, said, facts), waived)
        text = f"{said['findings']}\n{said['grounds']}"
        add_step(at, complaint, "concluded", conclusion.concluded_on, text, said["number"], conclusion.outcome)
        return complaint_id

    return handled(amend(
        office, database, dossier, work, actor=account.id if account else "",
        reason=f"Kết luận khiếu nại: {OUTCOMES[conclusion.outcome].lower()}", checkpoint=checkpoint,
    ))  # fmt: skip


def _considered(complaint: Complaint) -> None:
    if all(step.kind != "considered" for step in complaint.steps):
        raise AfterwardsRefused(
            "Chưa ghi việc xem xét nào: phải xem xét rồi mới kết luận (V.3, gạch đầu dòng thứ hai). "
            "Xin ghi bằng “hoso complaint consider”."
        )


def _adjust(at: Work, complaint: Complaint, conclusion: Conclusion) -> tuple[frozenset[str], Any]:
    in_force = newest_decision(at.database, at.evaluation.id)
    if in_force is None or in_force["annulled_on"] or in_force["id"] != complaint.decision_id:
        raise AfterwardsRefused("Kết quả bị khiếu nại không còn hiệu lực nên không điều chỉnh được.")
    body = in_force["body"] or body_name(at.picture.owner)
    replace_decision(at, str(conclusion.level), conclusion.number.strip(), body, conclusion.concluded_on)
    return judged(at), facts_of(at)


def _complete(conclusion: Conclusion) -> None:
    if conclusion.outcome not in OUTCOMES:
        raise AfterwardsRefused(f"Kết luận phải là một trong: {', '.join(OUTCOMES)}.")
    if not (conclusion.number.strip() and conclusion.findings.strip() and conclusion.grounds.strip()):
        raise AfterwardsRefused("Phải ghi số văn bản kết luận, kết quả xác minh và căn cứ kết luận.")
    if (conclusion.outcome == "adjusted") != (conclusion.level is not None):
        raise AfterwardsRefused("Ghi mức mới khi và chỉ khi kết luận là điều chỉnh kết quả.")
