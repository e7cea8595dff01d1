"""Filing one dossier by itself; and correcting one that is filed, with a reason and an approver, as a new version."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import STAGE, Amended, Attachment, Work, amend, keep_attachments
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.permission import permitted
from archive.campaigns.contents import Dossier, documents_of, dossiers_of
from archive.campaigns.effects import Change, Effects, change_of, effects_between
from archive.campaigns.filing import CampaignFiling
from archive.campaigns.opening import find_campaign
from archive.campaigns.papers.paper import Paper
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation, papers_of, units_of
from archive.campaigns.steps import record_reached
from archive.campaigns.verdicts import CampaignJudge
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.database import now, one, rows
from archive.store.ocfl import no_checkpoint
from generator.pdf.convert import office_available
from generator.rules.findings import Finding

_OPEN = frozenset({"draft", "submitted", "incomplete"})


@dataclass(frozen=True)
class FiledOne:
    """What filing one dossier came to.

    Args:
        changed: whether a version was made.
        findings: errors that now stand against the level decided: then the result is to be annulled (V.1, gạch 7).
        effects: what a correction of facts does above and beside; None where no fact changed.
    """

    dossier_id: str
    version: int
    changed: bool
    status: str
    waits_for: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    effects: Effects | None = None

    def as_dict(self) -> dict[str, Any]:
        """It as `hoso file --json` prints it."""
        return {
            "dossier_id": self.dossier_id,
            "version": self.version,
            "changed": self.changed,
            "status": self.status,
            "waits_for": list(self.waits_for),
            "findings": [finding.as_dict() for finding in self.findings],
        }


@dataclass(frozen=True)
class Correction:
    """What is corrected in a filed dossier.

    Args:
        reason, document: why, and the paper that allows it.
        facts: name of a fact → what it is, as typed; empty text takes it away.
        attachments: papers to be put in, under `item` (a code of VI.2).
    """

    reason: str
    document: str = ""
    facts: Mapping[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    item: str = "other_documents"


def file_dossier(office: Office, database: Database, dossier: str, *, actor: str, with_pdf: bool = True) -> FiledOne:
    """Files one dossier that is not filed whole yet, from the papers made and taken in so far.

    Raises:
        NotFound: there is no such dossier.
        AfterwardsRefused: it is filed: it can only be corrected.
        ArchiveError, GeneratorError: it cannot be put together.
    """
    row = _row(database, dossier)
    if row["status"] not in _OPEN:
        raise AfterwardsRefused(
            "Hồ sơ này đã nộp lưu. Muốn sửa phải có lý do và người duyệt: hoso file MÃ-HỒ-SƠ --reason LÝ-DO."
        )
    situation = situation_of(database, find_campaign(database, row["period"], row["owner"]))
    wanted = _dossier(database, situation, dossier)
    filing = CampaignFiling(office, database, situation.picture, actor=actor, with_pdf=with_pdf and office_available())
    filed = filing.file([wanted])
    for _, trouble in filing.failures:
        raise AfterwardsRefused(trouble)
    record_reached(database, situation.picture, situation.judgement, actor=actor)
    now_there = _row(database, dossier)
    return FiledOne(dossier, now_there["version"], bool(filed), now_there["status"], wanted.waits_for)


def correct(
    office: Office,
    database: Database,
    dossier: str,
    correction: Correction,
    *,
    account: Account | None,
    checkpoint: Callable[[str], None] = no_checkpoint,
) -> FiledOne:
    """Corrects a filed dossier: facts, papers added, papers that print what changed; the former version stays.

    The caller holds `office.locked()`. The level is never touched: what no longer holds is to be annulled.

    Raises:
        NotPermitted: the account is not an approver's.
        AfterwardsRefused: there is no reason, or nothing to correct.
        InvalidInput: a fact is unknown or not of its kind.
    """
    row = _row(database, dossier)
    approver = permitted(account, "dossier.correct", dossier)
    if not correction.reason.strip():
        raise AfterwardsRefused("Phải ghi lý do sửa hồ sơ đã nộp lưu.")
    if row["status"] in _OPEN:
        raise AfterwardsRefused("Hồ sơ này chưa nộp lưu đủ nên sửa bằng bảng Excel và nhận giấy tờ như thường.")
    kept = keep_attachments(database, correction.attachments)

    def work(at: Work) -> bool:
        facts = _correct_facts(at, correction.facts or {})
        remade = [paper.key for paper in _remade(at, database)]
        for attachment in correction.attachments:
            at.attach(attachment, correction.item, kept)
        if not (facts or remade or correction.attachments):
            raise AfterwardsRefused("Không có gì thay đổi so với bản đã nộp lưu.")
        _record(at, correction, approver, facts, remade)
        return bool(facts)

    reason = f"Sửa hồ sơ đã nộp lưu: {correction.reason.strip()}"
    done = amend(office, database, dossier, work, actor=approver.id, reason=reason, checkpoint=checkpoint)
    return _corrected(_row(database, dossier), done)


def _record(at: Work, correction: Correction, approver: Account, facts: Sequence[str], remade: Sequence[str]) -> None:
    """Writes who corrected what, and why."""
    files = len(correction.attachments)
    changed = {"facts": facts, "papers": len(remade), "files": files}
    at.insert("correction", {
        "dossier_id": at.dossier_id, "evaluation_id": at.evaluation_id, "reason": correction.reason.strip(),
        "document": correction.document.strip(), "changed": json.dumps(changed, ensure_ascii=False),
        "approver": approver.id, "approver_name": approver.full_name, "recorded_at": now(),
    })  # fmt: skip
    at.event("dossier.corrected", f"papers={len(remade)} files={files} facts={len(facts)}")


def _corrected(row: Mapping[str, Any], done: Amended[bool]) -> FiledOne:
    """What came of a correction; `row` is the dossier's as it stands now."""
    evaluation = done.after.picture.evaluations.get(row["evaluation_id"] or "")
    own = done.after.judgement.of(evaluation) if evaluation else None
    return FiledOne(
        row["id"],
        done.version,
        True,
        row["status"],
        tuple(json.loads(row["waits_for"])),
        own.errors if own and own.refused else (),
        effects_between(done.before.picture, done.after.picture, Change(evaluation.id, None), done.after.book)
        if evaluation and done.result
        else None,
    )


def _correct_facts(at: Work, facts: Mapping[str, str]) -> list[str]:
    """Writes the facts and gives the names of those that are other than before."""
    if not facts:
        return []
    evaluation, picture = at.evaluation, at.picture
    change = change_of(picture, picture.subject_reference(evaluation), evaluation.capacity, None, facts)
    merged = {**evaluation.facts, **change.facts}
    kept = {name: value for name, value in merged.items() if value is not None}
    changed = [name for name in change.facts if evaluation.facts.get(name) != kept.get(name)]
    if changed:
        at.database.execute(
            "UPDATE evaluation SET facts = ?, revision = revision + 1 WHERE id = ?",
            [json.dumps(kept, ensure_ascii=False), evaluation.id],
        )
    return changed


def _remade(at: Work, database: Database) -> Iterator[Paper]:
    """Makes anew the papers of the dossier that now print something else, and gives them."""
    situation = at.situation()
    first = situation.picture.as_first_decided()
    if first is not situation.picture:
        situation = replace(situation, picture=first, judgement=CampaignJudge(first, situation.book).judged())
    known = {
        row["key"]: row["input"]
        for row in rows(
            database,
            "SELECT key, input FROM document WHERE campaign_id = ? AND unit_id = ? AND source = 'generated'",
            [at.campaign.id, at.unit_id],
        )
    }
    for paper in _own_papers(at, situation):
        if known.get(paper.key) != json.dumps(paper.input, ensure_ascii=False, sort_keys=True):
            waived = situation.judgement.of(situation.picture.evaluations[paper.evaluation_id]).waived \
                if paper.evaluation_id else frozenset()  # fmt: skip
            at.paper(paper, sorted(waived))
            yield paper


def _own_papers(at: Work, situation: Situation) -> Iterator[Paper]:
    evaluation = situation.picture.evaluations.get(at.evaluation_id or "")
    for unit in units_of(situation.picture):
        if evaluation not in situation.picture.worked_by(unit) if evaluation else unit.id != at.unit_id:
            continue
        for stage in situation.plan.stages:
            if stage.files or stage.code == STAGE:
                continue
            for paper in papers_of(situation, stage.code, unit):
                if paper.item and paper.evaluation_id == at.evaluation_id:
                    yield paper


def _dossier(database: Database, situation: Situation, dossier: str) -> Dossier:
    documents = documents_of(database, situation.picture)
    for unit in units_of(situation.picture):
        for found in dossiers_of(situation, unit, documents):
            if found.id == dossier:
                return found
    raise AfterwardsRefused("Hồ sơ này chưa có giấy tờ nào. Xin chạy các bước của đợt trước (“hoso campaign run”).")


def _row(database: Database, dossier: str) -> dict[str, Any]:
    row = one(
        database,
        "SELECT d.*, c.period, u.reference AS owner FROM dossier d JOIN campaign c ON c.id = d.campaign_id"
        " JOIN unit u ON u.id = c.owner_id WHERE d.id = ?",
        [dossier],
    )
    if row is None:
        raise NotFound(f"Không có hồ sơ “{dossier}”. Xem mã bằng “hoso dossier list”.")
    return row
