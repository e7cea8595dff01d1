"""Whether a dossier is complete (VI.2; C.4)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from generator.rules.applied import AppliedBook
from generator.rules.facts import FactsModel, OneOf
from generator.rules.findings import Shortfall
from generator.rules.procedures import DossierItem
from generator.rules.registry import judging
from generator.rules.results import ChecklistRow, DossierResult
from generator.rules.tables import codes, table

_PACKAGE = __package__ or ""
_TABLE = table(_PACKAGE, "dossier")
PROFILES = tuple(name for row in _TABLE["profile"] for name in (row["code"], *row.get("also", ())))
STAGES = codes(_PACKAGE, "dossier", "stage")
_STAGE_LABELS = {row["code"]: row["label"] for row in _TABLE["stage"]}


class DossierFacts(FactsModel):
    """What kind of dossier it is, what happened, and which documents are there."""

    stage: Annotated[str, OneOf(STAGES)] = Field(title="Giai đoạn")
    profile: Annotated[str, OneOf(PROFILES)] = Field(title="Loại hồ sơ")
    suggestion_issued: bool = Field(title="Có gợi ý kiểm điểm")
    opinions_received: bool = Field(title="Có văn bản góp ý")
    complaint_filed: bool = Field(title="Có khiếu nại")
    cell_is_residential: bool = Field(title="Chi bộ sinh hoạt là chi bộ nơi cư trú")
    documents_present: list[Annotated[str, OneOf(codes(_PACKAGE, "dossier", "item"))]] = Field(title="Tài liệu đã có")


@judging("dossier", DossierFacts)
def dossier(facts: DossierFacts, book: AppliedBook) -> DossierResult:
    """The checklist of the dossier, and a finding for each document that is needed and missing."""
    rows = tuple(_row(item, facts) for item in book.book.dossier_items(facts.profile))
    findings = [
        book.finding_of(row.rule_id, Shortfall(given="Chưa có trong hồ sơ", needed=f"{row.title} ({row.reason})"))
        for row in rows
        if row.needed and not row.present
    ]
    return DossierResult(rows, findings=tuple(findings))


def _row(item: DossierItem, facts: DossierFacts) -> ChecklistRow:
    needed, reason = _needed(item, facts)
    return ChecklistRow(item.code, item.rule_id, item.title, needed, item.code in facts.documents_present, reason)


def _needed(item: DossierItem, facts: DossierFacts) -> tuple[bool, str]:
    negated = item.condition.startswith("not ")
    holds = bool(getattr(facts, item.condition.removeprefix("not "))) if item.condition else False
    if item.requirement == "not_applicable":
        return False, "không áp dụng cho loại hồ sơ này"
    if item.requirement == "optional":
        return False, "không bắt buộc"
    if item.requirement == "conditional":
        return holds, f"bắt buộc vì {item.condition_label}" if holds else f"chỉ cần khi {item.condition_label}"
    if negated and holds:
        return False, f"không cần vì {item.condition_label}"
    if STAGES.index(facts.stage) < STAGES.index(item.stage):
        return False, f"chỉ cần khi {_STAGE_LABELS[item.stage]}"
    return True, "bắt buộc"
