"""What was pointed out in earlier periods, put before this year's criterion on remedying it (13-HD/TU, I.3, II.1.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from archive.campaigns.hd13_2018.cases import WEIGHT_OF_ASSESSORS
from archive.campaigns.subjects import Evaluation, Shortcoming
from generator import judge
from generator.facts.values import choice_label
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding, Shortfall

# Capacity → the kind of subject, the criterion on remedying, and the rule that asks the review to speak of it.
_CRITERIA: Mapping[str, tuple[str, str, str]] = {
    "member": ("party_member", "dd", "REV-14"),
    "party_organisation": ("party_organisation", "c", "REV-12"),
    "leadership_collective": ("leadership_collective", "r", "REV-12"),
}
_LONGEST = 400


def remedy_findings(evaluation: Evaluation, own: AppliedBook) -> Iterator[Finding]:
    """What the shortcomings of earlier periods say of an evaluation: its criterion on them, and whether they were
    considered before an organisation's level is decided (ORG-PROC-05)."""
    if evaluation.capacity in _CRITERIA:
        yield from _of_criterion(evaluation, own)
    # A guidance of another shape may have no such order.
    if evaluation.capacity == "party_organisation" and "order" in own.book.registered.judgings:
        yield from _of_decision(evaluation, own)


def _said(shortcomings: Sequence[Shortcoming]) -> str:
    listed = [
        f"năm {one.found_period}: {one.text} ({choice_label('shortcoming_status', one.status).lower()}"
        + (f": {one.remedy})" if one.remedy else ")")
        for one in shortcomings
    ]
    text = "; ".join(listed)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _of_criterion(evaluation: Evaluation, own: AppliedBook) -> Iterator[Finding]:
    kind, code, rule_id = _CRITERIA[evaluation.capacity]
    assessment = evaluation.assessed_by(*WEIGHT_OF_ASSESSORS)
    if assessment is None or (not evaluation.shortcomings and assessment.ratings.get(code) is None):
        return
    criterion = next((one for one in own.book.criteria(kind) if one.code == code), None)
    if criterion is None:
        return
    rating = assessment.ratings.get(code)
    name = f"tiêu chí {criterion.number} {criterion.title}"
    label = own.ratings.labels.get(rating or "")
    rated = f"{name}: “{label}”" if label else f"{name}: không xếp cấp độ"
    pointed_out = evaluation.shortcomings
    if pointed_out and rating is None:
        yield own.finding_of(
            rule_id,
            Shortfall(
                given=f"Đã được chỉ ra {_said(pointed_out)}; {rated}",
                message="Có khuyết điểm được chỉ ra kỳ trước nhưng chưa xếp cấp độ tiêu chí khắc phục",
                needed="Xếp cấp độ tiêu chí này theo kết quả khắc phục",
                remedy="Đối chiếu với từng khuyết điểm rồi xếp cấp độ",
                severity="warning",
            ),
        )
    elif pointed_out:
        yield from _rated(rule_id, rating or "", rated, pointed_out, own)
    elif rating is not None:
        yield own.finding_of(
            rule_id,
            Shortfall(
                given=f"Chưa ghi khuyết điểm nào được chỉ ra; {rated}",
                message="Xếp cấp độ tiêu chí khắc phục khi chưa ghi khuyết điểm nào được chỉ ra kỳ trước",
                needed="Khuyết điểm được chỉ ra các kỳ trước, nếu có, được ghi lại",
                remedy="Ghi khuyết điểm đã được kết luận, chỉ ra; nếu không có thì để trống cấp độ",
                severity="info",
            ),
        )


def _rated(
    rule_id: str, rating: str, rated: str, pointed_out: Sequence[Shortcoming], own: AppliedBook
) -> Iterator[Finding]:
    still_open = [one for one in pointed_out if one.status == "open"]
    good = own.ratings.positions.get(rating, len(own.ratings.codes)) <= 1
    doubtful = bool(still_open) and good
    yield own.finding_of(
        rule_id,
        Shortfall(
            given=f"Đã được chỉ ra {_said(still_open if doubtful else pointed_out)}; {rated}",
            message="Khuyết điểm kỳ trước chưa khắc phục nhưng tiêu chí khắc phục xếp cao"
            if doubtful
            else "Khuyết điểm kỳ trước, xem cùng tiêu chí khắc phục",
            needed="Cấp độ của tiêu chí đúng với kết quả khắc phục từng khuyết điểm",
            remedy="Xem lại cấp độ, hoặc ghi kết quả khắc phục" if doubtful else "Đối chiếu khi kiểm điểm, xếp cấp độ",
            severity="warning" if doubtful else "info",
        ),
    )


def _of_decision(evaluation: Evaluation, own: AppliedBook) -> Iterator[Finding]:
    if not evaluation.shortcomings or evaluation.facts.get("remedy_considered") or evaluation.level is None:
        return
    asked = judge.order({"sequence": ["self_evaluation", "decision"]}, book=own.book, settings=own.settings)
    for finding in asked.findings:
        shortfall = Shortfall(
            given=f"Đã được chỉ ra {_said(evaluation.shortcomings)}; chưa ghi việc xem xét kết quả khắc phục",
            needed=finding.needed,
            remedy=finding.remedy,
            # While nothing is decided it can still be done in its order.
            severity="" if evaluation.decision else "info",
        )
        yield own.finding_of(finding.rule_id, shortfall)
