"""Levels by points, and what bars or bounds them."""

from __future__ import annotations

from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import rule

from .facts import OrganisationFacts, Scored


@rule("P-90")
def enough_for_excellent(subject: Scored, book: AppliedBook) -> Shortfall | None:
    """Excellent from 90 points."""
    return _fewer(subject, "P-90", book)


@rule("P-70")
def enough_for_good(subject: Scored, book: AppliedBook) -> Shortfall | None:
    """Good from 70 points."""
    return _fewer(subject, "P-70", book)


@rule("P-50")
def enough_for_completed(subject: Scored, book: AppliedBook) -> Shortfall | None:
    """Completed from 50 points."""
    return _fewer(subject, "P-50", book)


@rule("P-REV")
def reviewed(subject: Scored, book: AppliedBook) -> Shortfall | None:
    """Nobody is scored before the review."""
    return None if subject.review_completed else Shortfall(given=f"Chưa kiểm điểm quý {subject.quarter}")


@rule("P-BELOW")
def nobody_failed_below(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good bears nobody below at the worst level."""
    failed = organisation.below.weak
    return Shortfall(given=f"{failed} “{book.levels.label('weak')}”") if failed else None


def _fewer(subject: Scored, rule_id: str, book: AppliedBook) -> Shortfall | None:
    if subject.total >= book.number(rule_id, "points"):
        return None
    return Shortfall(given=f"{subject.total} điểm")
