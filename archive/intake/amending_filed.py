"""Putting a paper into dossiers that are filed: a correction with a reason and an approver, as a new version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Work, amend
from archive.afterwards.errors import AfterwardsRefused
from archive.afterwards.permission import permitted
from archive.intake.keeping import Accepted, keep_content, keep_paper_row
from archive.intake.recognising import Target
from archive.intake.waiting import no_longer_waits
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records.database import now, one, writing


def amend_filed(
    office: Office,
    database: Database,
    campaign: Mapping[str, Any],
    file: Accepted,
    targets: Sequence[Target],
    *,
    reason: str,
    document: str,
    account: Account | None,
) -> int:
    """Files the dossiers anew with the paper in them, and gives its newest version; the caller holds the lock.

    Raises:
        NotPermitted: the account is not an approver's.
        AfterwardsRefused: there is no reason.
    """
    approver = permitted(account, "dossier.correct")
    if not reason.strip():
        raise AfterwardsRefused("Phải ghi lý do bổ sung giấy tờ vào hồ sơ đã nộp lưu.")
    with writing(database):
        keep_content(database, file.paper.digest, file.paper.data)
    versions = []
    for target in targets:

        def work(at: Work, target: Target = target) -> int:
            version = keep_paper_row(at.database, file, target, campaign, approver.id)
            changed = {"facts": [], "papers": 0, "files": 1}
            at.insert("correction", {
                "dossier_id": at.dossier_id, "evaluation_id": at.evaluation_id, "reason": reason.strip(),
                "document": document.strip(), "changed": json.dumps(changed, ensure_ascii=False),
                "approver": approver.id, "approver_name": approver.full_name, "recorded_at": now(),
            })  # fmt: skip
            at.event("paper.taken", f"item={file.found.kind.item} by={file.found.matched_by} version={version}")
            at.event("dossier.corrected", "papers=0 files=1 facts=0")
            return version

        message = f"Bổ sung giấy tờ vào hồ sơ đã nộp lưu: {reason.strip()}"
        dossier = _dossier(database, campaign, target)
        versions.append(amend(office, database, dossier, work, actor=approver.id, reason=message).result)
    with writing(database):
        no_longer_waits(database, campaign["id"], file.source_digest)
    return max(versions)


def _dossier(database: Database, campaign: Mapping[str, Any], target: Target) -> str:
    found = one(
        database,
        "SELECT id FROM dossier WHERE campaign_id = ?1 AND evaluation_id IS ?2 AND (?2 IS NOT NULL OR unit_id = ?3)",
        [campaign["id"], target.evaluation_id, target.unit_id],
    )
    if found is None:
        raise AfterwardsRefused("Không còn hồ sơ này.")
    return str(found["id"])
