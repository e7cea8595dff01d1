"""Waivers: an approver lets a finding pass, with a reason and a paper, for as long as the facts stay as they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.rulings import concerned
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation, Waiver
from archive.errors import ArchiveError
from archive.office.accounts import Account, can
from archive.records import events
from archive.records.database import new_id, now, writing
from archive.records.dossiers import dossier_id
from generator.rules.findings import Finding

STATES = {
    "in_force": "Đang có hiệu lực",
    "facts_changed": "Hết hiệu lực: dữ kiện đã thay đổi",
    "without_object": "Không còn điểm nào để áp dụng",
}
"""What a waiver's state is called on a list."""


class WaiverRefused(ArchiveError):
    """Không chấp nhận ngoại lệ được."""

    code = "archive.waiver-refused"
    exit_code = 1


@dataclass(frozen=True)
class ListedWaiver:
    """A waiver as a campaign's list shows it; `state` is a code of `STATES`."""

    waiver: Waiver
    dossier_id: str
    subject: str
    unit: str
    state: str

    def as_dict(self) -> dict[str, Any]:
        """The waiver as `hoso waive --list --json` prints it."""
        own = asdict(self.waiver)
        own.pop("id")
        return {"dossier_id": self.dossier_id, "subject": self.subject, "unit": self.unit, "state": self.state, **own}


def waive(
    database: Database, dossier: str, rule_id: str, *, reason: str, document: str, account: Account | None
) -> Waiver:
    """Lets one finding of a dossier pass.

    Args:
        reason: why, printed on the waiver's sheet.
        document: the paper that records the decision (“Kết luận số 12-KL/ĐU ngày 02/01/2019”).
        account: who decides; must be an approver.

    Raises:
        NotFound: no evaluation stands behind the dossier's id.
        WaiverRefused: the account may not, the finding does not stand, or the rulebook does not let it be waived.
    """
    if account is None or not can(account, "finding.waive", dossier):
        raise WaiverRefused(
            "Chỉ tài khoản người duyệt được chấp nhận ngoại lệ. Xin đặt HOSO_USER là tên đăng nhập của người duyệt."
        )
    if not reason or not document:
        raise WaiverRefused("Phải ghi lý do và văn bản làm căn cứ.")
    with writing(database):
        found = concerned(database, dossier)
        finding = _standing(found.judgement.findings, rule_id, found.judgement.waived)
        made: dict[str, Any] = {
            "id": new_id(),
            "evaluation_id": found.evaluation.id,
            "rule_id": rule_id,
            "message": finding.message,
            "citation": finding.citation,
            "given": finding.given,
            "needed": finding.needed,
            "reason": reason,
            "document": document,
            "approver": account.id,
            "approver_name": account.full_name,
            "given_at": now(),
            "facts_digest": found.judge.facts_digest(found.evaluation),
            "ended_at": None,
        }
        # One whose facts have changed, or whose finding was gone for a while, makes room for the new one.
        _end(database, found.evaluation, dossier, rule_id, account.id)
        database.table("waiver").insert(made)
        events.append(database, actor=account.id, action="finding.waived", subject=dossier, note=rule_id)
    made.pop("evaluation_id")
    return Waiver(**made)


def _standing(findings: tuple[Finding, ...], rule_id: str, waived: frozenset[str]) -> Finding:
    """The finding of a rule that may be waived now, or a refusal that says why not."""
    finding = next((one for one in findings if one.rule_id == rule_id), None)
    if finding is None:
        raise WaiverRefused(f"Hồ sơ này không vướng quy tắc {rule_id} nên không có gì để chấp nhận ngoại lệ.")
    if not finding.waivable:
        raise WaiverRefused(
            f"Quy tắc {rule_id} ({finding.citation}) không cho phép chấp nhận ngoại lệ. {finding.remedy}".rstrip(". ")
            + "."
        )
    if rule_id in waived:
        raise WaiverRefused(f"Quy tắc {rule_id} của hồ sơ này đã được chấp nhận ngoại lệ.")
    return finding


def _end(database: Database, evaluation: Evaluation, dossier: str, rule_id: str, actor: str) -> None:
    changed = database.execute(
        "UPDATE waiver SET ended_at = ? WHERE evaluation_id = ? AND rule_id = ? AND ended_at IS NULL",
        [now(), evaluation.id, rule_id],
    )
    if changed.rowcount:
        events.append(database, actor=actor, action="waiver.ended", subject=dossier, note=rule_id)


def end_lapsed(database: Database, situation: Situation, *, actor: str) -> list[str]:
    """Ends the waivers whose facts have changed, an event for each, and gives a sentence for each."""
    picture, sentences = situation.picture, []
    with writing(database):
        for own in situation.judgement.subjects.values():
            for waiver in own.lapsed:
                evaluation = picture.evaluations[own.evaluation_id]
                dossier = dossier_id(picture.campaign.period, evaluation.capacity, evaluation.id)
                _end(database, evaluation, dossier, waiver.rule_id, actor)
                sentences.append(
                    f"{picture.subject_name(evaluation)}: ngoại lệ đã chấp nhận cho quy tắc {waiver.rule_id} "
                    "hết hiệu lực vì dữ kiện đã thay đổi."
                )
    return sentences


def campaign_waivers(situation: Situation) -> list[ListedWaiver]:
    """Every waiver ever given in a campaign, with its state now, oldest first."""
    picture = situation.picture
    listed = [
        ListedWaiver(
            waiver,
            dossier_id(picture.campaign.period, evaluation.capacity, evaluation.id),
            picture.subject_name(evaluation),
            picture.units[evaluation.unit_id].name,
            _state(situation, evaluation, waiver),
        )
        for evaluation in picture.evaluations.values()
        for waiver in evaluation.waivers
    ]
    return sorted(listed, key=lambda one: (one.waiver.given_at, one.dossier_id, one.waiver.rule_id))


def _state(situation: Situation, evaluation: Evaluation, waiver: Waiver) -> str:
    own = situation.judgement.of(evaluation)
    if waiver in own.waivers:
        return "in_force"
    return "facts_changed" if waiver.ended_at or waiver in own.lapsed else "without_object"
