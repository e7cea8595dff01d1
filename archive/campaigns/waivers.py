"""Waivers: an approver lets a finding pass, with a reason and a paper, for as long as the facts stay as they are.

A waiver is of an evaluation (its level, a paper its dossier lacks) or of a unit of the campaign (a quota, a late
report, figures that differ).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.loading import load_picture
from archive.campaigns.rulings import campaign_of, concerned, unit_concerned
from archive.campaigns.stages import Situation, units_of
from archive.campaigns.subjects import Evaluation, Waiver
from archive.campaigns.units import UnitJudgement, calendar_of, facts_digest, judged_unit
from archive.campaigns.verdicts import CampaignJudge
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

_Target = Mapping[str, str]


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


@dataclass(frozen=True)
class _Waivable:
    """What may be waived behind a dossier's id, and where a waiver of it is kept."""

    table: str
    target: _Target
    findings: Sequence[Finding]
    waivers: Sequence[Waiver]
    digests: Mapping[str, str]

    @property
    def waived(self) -> frozenset[str]:
        return frozenset(waiver.rule_id for waiver in self.waivers)


def waive(
    database: Database, dossier: str, rule_id: str, *, reason: str, document: str, account: Account | None
) -> Waiver:
    """Lets one finding of a dossier pass.

    Args:
        dossier: of a subject, or a unit's own.
        reason: why, printed on the waiver's sheet.
        document: the paper that records the decision (“Kết luận số 12-KL/ĐU ngày 02/01/2019”).
        account: who decides; must be an approver.

    Raises:
        NotFound: nothing stands behind the dossier's id.
        WaiverRefused: the account may not, the finding does not stand, or the rulebook does not let it be waived.
    """
    if account is None or not can(account, "finding.waive", dossier):
        raise WaiverRefused(
            "Chỉ tài khoản người duyệt được chấp nhận ngoại lệ. Xin đặt HOSO_USER là tên đăng nhập của người duyệt."
        )
    if not reason or not document:
        raise WaiverRefused("Phải ghi lý do và văn bản làm căn cứ.")
    with writing(database):
        found = _waivable(database, dossier)
        finding = _standing(found.findings, rule_id, found.waived)
        made: dict[str, Any] = {
            "id": new_id(),
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
            "facts_digest": found.digests[rule_id],
            "ended_at": None,
        }
        # One whose facts have changed, or whose finding was gone for a while, makes room for the new one.
        _end(database, found.table, found.target, dossier, rule_id, account.id)
        database.table(found.table).insert({**found.target, **made})
        events.append(database, actor=account.id, action="finding.waived", subject=dossier, note=rule_id)
    return Waiver(**made)


def open_to_waiver(database: Database, dossier: str) -> tuple[Finding, ...]:
    """The findings of a dossier that an approver may let pass now, one a rule.

    Raises:
        NotFound: nothing stands behind the dossier's id.
    """
    found = _waivable(database, dossier)
    may = {one.rule_id: one for one in found.findings if one.waivable and one.rule_id not in found.waived}
    return tuple(may.values())


def waivers_in_force(database: Database, dossier: str) -> tuple[Waiver, ...]:
    """What an approver let pass in a dossier and still holds, also for papers it lacks.

    Raises:
        NotFound: nothing stands behind the dossier's id.
    """
    return tuple(_waivable(database, dossier).waivers)


def _waivable(database: Database, dossier: str) -> _Waivable:
    campaign = campaign_of(database, dossier)
    picture = load_picture(database, campaign)
    unit = unit_concerned(picture, dossier)
    if unit is None:
        found = concerned(database, dossier)
        own = found.judgement
        findings = (*own.findings, *found.judge.lacking_papers(found.evaluation))
        digest = found.judge.facts_digest(found.evaluation)
        return _Waivable(
            "waiver", {"evaluation_id": found.evaluation.id}, findings, own.waivers,
            {finding.rule_id: digest for finding in findings},
        )  # fmt: skip
    judge = CampaignJudge(picture)
    situation = Situation(picture, judge.judged(), judge.book, {})
    judged = judged_unit(situation, unit, calendar_of(database, situation))
    return _Waivable(
        "unit_waiver", {"campaign_id": campaign.id, "unit_id": unit.id}, judged.findings, judged.waivers,
        {finding.rule_id: facts_digest(judged.findings, finding.rule_id) for finding in judged.findings},
    )  # fmt: skip


def _standing(findings: Sequence[Finding], rule_id: str, waived: frozenset[str]) -> Finding:
    """The finding of a rule that may be waived now, or a refusal that says why not."""
    of_rule = [one for one in findings if one.rule_id == rule_id]
    finding = next((one for one in of_rule if one.waivable), of_rule[0] if of_rule else None)
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


def _end(database: Database, table: str, target: _Target, dossier: str, rule_id: str, actor: str) -> None:
    where = " AND ".join(f"{name} = :{name}" for name in target)
    changed = database.execute(
        f"UPDATE {table} SET ended_at = :at WHERE {where} AND rule_id = :rule AND ended_at IS NULL",  # noqa: S608
        {**target, "at": now(), "rule": rule_id},
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
                _end(database, "waiver", {"evaluation_id": evaluation.id}, dossier, waiver.rule_id, actor)
                sentences.append(_lapsed(picture.subject_name(evaluation), waiver))
        for judged in _units(database, situation):
            for waiver in judged.lapsed:
                target = {"campaign_id": picture.campaign.id, "unit_id": judged.unit_id}
                dossier = dossier_id(picture.campaign.period, "campaign", judged.unit_id)
                _end(database, "unit_waiver", target, dossier, waiver.rule_id, actor)
                sentences.append(_lapsed(picture.units[judged.unit_id].name, waiver))
    return sentences


def _lapsed(name: str, waiver: Waiver) -> str:
    return f"{name}: ngoại lệ đã chấp nhận cho quy tắc {waiver.rule_id} hết hiệu lực vì dữ kiện đã thay đổi."


def _units(database: Database, situation: Situation) -> list[UnitJudgement]:
    """The judgements of the units that were ever given a waiver."""
    calendar = calendar_of(database, situation)
    picture = situation.picture
    return [judged_unit(situation, unit, calendar) for unit in units_of(picture) if picture.unit_waivers.get(unit.id)]


def campaign_waivers(database: Database, situation: Situation) -> list[ListedWaiver]:
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
    for judged in _units(database, situation):
        name = picture.units[judged.unit_id].name
        dossier = dossier_id(picture.campaign.period, "campaign", judged.unit_id)
        listed += [
            ListedWaiver(waiver, dossier, name, name, "in_force" if waiver in judged.waivers else "facts_changed")
            for waiver in picture.unit_waivers[judged.unit_id]
        ]
    return sorted(listed, key=lambda one: (one.waiver.given_at, one.dossier_id, one.waiver.rule_id))


def _state(situation: Situation, evaluation: Evaluation, waiver: Waiver) -> str:
    own = situation.judgement.of(evaluation)
    if waiver in own.waivers:
        return "in_force"
    return "facts_changed" if waiver.ended_at or waiver in own.lapsed else "without_object"
