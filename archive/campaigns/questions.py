"""Questions of the rulebook that no machine can judge: of whom each is asked, and what stands while it is not answered.

A rule says in its data of which kinds and where it asks. What the records show is not asked. While nobody answered,
nothing here is an error; a question answered “no” weighs as its rule does but refuses no level by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Answer, Evaluation, Unit
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding, Shortfall
from generator.rules.rulebook import Rule, Rulebook, load_rulebook

if TYPE_CHECKING:
    from archive.campaigns.verdicts import Judgement

KINDS = {
    "member": "party_member",
    "leader_manager": "leader_manager",
    "party_organisation": "party_organisation",
    "leadership_collective": "leadership_collective",
}
"""Capacity → the kind of subject whose questions it is asked."""

_UNIT = "unit"
_OPEN = "Câu hỏi chưa trả lời"
# What nobody answered warns at most: a person may know what the records do not.
_UNANSWERED = {"error": "warning"}


@cache
def _parts(book: Rulebook) -> tuple[ModuleType | None, ModuleType | None]:
    """Where the circumstances of a book, and what its records show, are found: in its folder or its room here."""
    circumstances, evidence = (book.part(name) or _of_room(book, name) for name in ("circumstances", "evidence"))
    return circumstances, evidence


def _of_room(book: Rulebook, name: str) -> ModuleType | None:
    room = f"archive.campaigns.{book.name}"
    return import_module(f"{room}.{name}") if find_spec(room) and find_spec(f"{room}.{name}") else None


def _asks(rule: Rule, kinds: set[str]) -> bool:
    return bool(rule.question) and bool(kinds & set(rule.asked_of or rule.applies_to))


def asked_of(picture: Picture, evaluation: Evaluation, book: Rulebook) -> Iterator[Rule]:
    """The rules that ask something of a subject, in the order of the book; a head is asked those of heads."""
    where, _ = _parts(book)
    kinds = {KINDS[evaluation.capacity]}
    if evaluation.capacity == "leader_manager" and any(p.is_head for p in picture.person_of(evaluation).positions):
        kinds.add("head")
    for rule in book.rules:
        if _asks(rule, kinds) and all(
            where is not None and where.SUBJECT[name](picture, evaluation, book) for name in rule.asked_when
        ):
            yield rule


def asked_of_unit(picture: Picture, unit: Unit, book: Rulebook) -> Iterator[Rule]:
    """The rules that ask something of a unit that works in the campaign, in the order of the book."""
    where, _ = _parts(book)
    for rule in book.rules:
        if _asks(rule, {_UNIT}) and all(where and where.UNIT[name](picture, unit, book) for name in rule.asked_when):
            yield rule


def shown(picture: Picture, evaluation: Evaluation, rule: Rule, book: Rulebook) -> bool | Shortfall | None:
    """What the records say to a question: True kept, a shortfall not kept, None nothing."""
    _, records = _parts(book)
    if records is None:
        return None
    if rule.sections:
        # A paper handed in stands for the text keyed, and nobody keyed it.
        return None if has_own_paper(picture, evaluation) else records.of_content(picture, evaluation, rule)
    ask = records.SUBJECT.get(rule.id)
    return ask(picture, evaluation) if ask else None


def shown_of_unit(picture: Picture, unit: Unit, rule: Rule, book: Rulebook) -> bool | Shortfall | None:
    """The same to a question put to a unit."""
    _, records = _parts(book)
    ask = records.UNIT.get(rule.id) if records else None
    return ask(picture, unit) if ask else None


def has_own_paper(picture: Picture, evaluation: Evaluation) -> bool:
    """Whether its review is a paper handed in, whose text nobody keyed."""
    _, records = _parts(load_rulebook(picture.campaign.rulebook))
    return records is not None and bool(records.own_paper(picture, evaluation))


def open_findings(picture: Picture, evaluation: Evaluation, book: AppliedBook) -> Iterator[Finding]:
    """What the questions of a subject say while nobody answered them: what the records show not kept, what is open.

    The content of a review is asked about only once there is one.
    """
    answered = {one.rule_id for one in evaluation.answers}
    for rule in asked_of(picture, evaluation, book.book):
        if rule.id in answered:
            continue
        told = shown(picture, evaluation, rule, book.book)
        if told is None and rule.effect == "content" and not has_own_paper(picture, evaluation):
            continue
        yield from _open(rule, told, book, rule.effect == "content")


def said_beside(picture: Picture, evaluation: Evaluation, own: Judgement, book: AppliedBook) -> tuple[Finding, ...]:
    """What stands beside a verdict: questions answered “no”, shown not kept, or open.

    One left outside the classification for his standing is asked nothing.
    """
    if own.excluded and evaluation.person_id:
        return own.beside
    return (*own.beside, *open_findings(picture, evaluation, book))


def open_unit_findings(picture: Picture, unit: Unit, book: AppliedBook) -> Iterator[Finding]:
    """The same of a unit."""
    answered = {one.rule_id for one in picture.unit_answers.get(unit.id, ())}
    for rule in asked_of_unit(picture, unit, book.book):
        if rule.id not in answered:
            yield from _open(rule, shown_of_unit(picture, unit, rule, book.book), book, False)


def _open(rule: Rule, told: bool | Shortfall | None, book: AppliedBook, of_content: bool) -> Iterator[Finding]:
    if isinstance(told, Shortfall):
        said = told.message or f"Chưa bảo đảm: {rule.title}"
        shortfall = Shortfall(told.given, said, told.needed or rule.needed or rule.title, _remedy(rule))
        yield book.finding(rule, shortfall, _UNANSWERED.get(rule.severity, rule.severity))
    elif not told:
        given = "Bản tự viết đã nộp, chưa có người xác nhận nội dung" if of_content else "Chưa có câu trả lời"
        shortfall = Shortfall(
            given=given,
            message=f"{_OPEN}: {rule.question}",
            needed=rule.needed or rule.title,
            remedy="Trả lời “Có”, “Không” hoặc “Không thuộc trường hợp này”, ghi văn bản chứng minh",
        )
        yield book.finding(rule, shortfall, "warning" if rule.severity == "error" else "info")


def is_open(finding: Finding) -> bool:
    """Whether a finding is a question nobody answered yet."""
    return finding.message.startswith(_OPEN)


def _remedy(rule: Rule) -> str:
    return rule.remedy or "Thực hiện theo căn cứ đã dẫn rồi ghi lại câu trả lời"


def refusals(answers: Iterable[Answer], book: AppliedBook) -> Iterator[Finding]:
    """A finding of the rule for each question answered “no”, with what was written down."""
    for answer in answers:
        if answer.answer != "no":
            continue
        rule = book.book.rule(answer.rule_id)
        said = f"{answer.answered_name} trả lời “Không”: {answer.note}"
        shortfall = Shortfall(
            given=f"{said} ({answer.document})" if answer.document else said,
            message=f"Chưa bảo đảm: {rule.title}",
            needed=rule.needed or rule.title,
            remedy=_remedy(rule),
        )
        yield book.finding(rule, shortfall)


def of_unit(picture: Picture, unit: Unit, book: AppliedBook) -> Sequence[Finding]:
    """What the questions put to a unit say now: answered “no”, shown not kept, or open."""
    return (*refusals(picture.unit_answers.get(unit.id, ()), book), *open_unit_findings(picture, unit, book))
