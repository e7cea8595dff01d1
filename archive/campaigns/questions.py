"""Questions of the rulebook that no machine can judge: which concern a subject, and what a “no” says of it."""

from __future__ import annotations

from collections.abc import Iterator

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding, Shortfall
from generator.rules.rulebook import Rule, Rulebook

KINDS = {
    "member": "party_member",
    "leader_manager": "leader_manager",
    "party_organisation": "party_organisation",
    "leadership_collective": "leadership_collective",
}
"""Capacity → the kind of subject whose questions it is asked."""


def asked_of(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Iterator[Rule]:
    """The rules with a question that apply to a subject, in the order of the book; a head is asked those of heads."""
    kinds = {KINDS[evaluation.capacity]}
    posts = picture.person_of(evaluation).positions if evaluation.capacity == "leader_manager" else ()
    if any(post.is_head for post in posts):
        kinds.add("head")
    for rule in book.rules:
        if rule.question and kinds & set(rule.applies_to):
            yield rule


def refusals(evaluation: Evaluation, book: AppliedBook) -> Iterator[Finding]:
    """A finding of the rule for each question answered “no”, with what was written down."""
    for answer in evaluation.answers:
        if answer.answer != "no":
            continue
        rule = book.book.rule(answer.rule_id)
        said = f"{answer.answered_name} trả lời “Không”: {answer.note}"
        shortfall = Shortfall(
            given=f"{said} ({answer.document})" if answer.document else said,
            message=f"Chưa bảo đảm: {rule.title}",
            needed=rule.needed or rule.title,
            remedy=rule.remedy or "Thực hiện theo căn cứ đã dẫn rồi ghi lại câu trả lời",
        )
        yield book.finding(rule, shortfall)
