"""How a level is decided: blocks first, then every bound, then the proposal against the lowest bound."""

from __future__ import annotations

from typing import Any

from generator.rules.applied import AppliedBook, Checks
from generator.rules.findings import Finding, Shortfall, Verdict
from generator.rules.rulebook import Rule

_Failure = tuple[Rule, Shortfall, int]


def classify_facts(subject_kind: str, facts: Any, proposed_level: str, book: AppliedBook) -> Verdict:
    """The verdict on one proposed level over facts that are already validated; the fast path of every door.

    Args:
        facts: a facts model of the book for this kind.
        proposed_level: a level of the book, or a code outside its order.
    """
    checks = book.checks(subject_kind)
    blocks = [(rule, short) for rule, check in checks.blocks if (short := check(facts, book)) is not None]
    if blocks:
        return _blocked(blocks, checks, facts, proposed_level, book)
    failures, lowest = _failures(checks, facts, book)
    highest = book.levels.codes[lowest]
    if proposed_level not in book.levels.positions:
        return _unclassified(subject_kind, proposed_level, highest, book)
    proposed = book.levels.positions[proposed_level]
    findings = [book.finding(rule, short) for rule, short, cap in failures if cap > proposed]
    violated = sorted([finding.rule_id for finding in findings])
    findings += [book.finding(rule, said) for rule, check in checks.warnings if (said := check(facts, book))]
    if proposed == len(book.levels.codes) - 1 and lowest < proposed:
        findings += _groundless(subject_kind, proposed_level, highest, book)
    warned = sorted([finding.rule_id for finding in findings if finding.severity == "warning"])
    findings.sort(key=_by_rule)
    findings += _notes(checks, facts, book)
    return Verdict(not violated, highest, tuple(violated), tuple(warned), tuple(findings))


def cap_facts(subject_kind: str, facts: Any, proposed_level: str, book: AppliedBook) -> Verdict:
    """The verdict that the levels of other bodies alone give on a proposed level."""
    checks = book.ceilings(subject_kind)
    failures, lowest = _failures(checks, facts, book)
    proposed = book.levels.positions.get(proposed_level, len(book.levels.codes))
    findings = [book.finding(rule, short) for rule, short, cap in failures if cap > proposed]
    findings.sort(key=_by_rule)
    violated = tuple(finding.rule_id for finding in findings)
    notes = _notes(checks, facts, book)
    return Verdict(not violated, book.levels.codes[lowest], violated, (), (*findings, *notes))


def standing_between(subject_kind: str, facts: Any, book: AppliedBook, level: str | None = None) -> tuple[Finding, ...]:
    """What keeps a subject from `level`, or from the next level above the highest its facts allow.

    An empty answer means that nothing does.
    """
    checks = book.checks(subject_kind)
    blocks = [(rule, short) for rule, check in checks.blocks if (short := check(facts, book)) is not None]
    if blocks:
        return tuple(book.finding(rule, short) for rule, short in blocks)
    failures, lowest = _failures(checks, facts, book)
    wanted = book.levels.position(level) if level else max(lowest - 1, 0)
    return tuple(sorted([book.finding(rule, short) for rule, short, cap in failures if cap > wanted], key=_by_rule))


def _failures(checks: Checks, facts: Any, book: AppliedBook) -> tuple[list[_Failure], int]:
    failures: list[_Failure] = []
    lowest = 0
    for rule, check, bound in checks.levels:
        shortfall = check(facts, book)
        if shortfall is None:
            continue
        cap = bound if shortfall.cap is None else book.levels.positions[shortfall.cap]
        failures.append((rule, shortfall, cap))
        lowest = max(lowest, cap)
    return failures, lowest


def _blocked(
    blocks: list[tuple[Rule, Shortfall]], checks: Checks, facts: Any, proposed_level: str, book: AppliedBook
) -> Verdict:
    # A barred evaluation is rightly left unclassified; then the blocks only explain why.
    refused = proposed_level in book.levels.positions
    findings = [book.finding(rule, short, "" if refused else "info") for rule, short in blocks]
    findings.sort(key=_by_rule)
    violated = tuple(finding.rule_id for finding in findings) if refused else ()
    findings += _notes(checks, facts, book)
    return Verdict(not refused, book.levels.outside[0], violated, (), tuple(findings))


def _unclassified(subject_kind: str, proposed_level: str, highest: str, book: AppliedBook) -> Verdict:
    sentences = book.book.kinds[subject_kind].unclassified
    if sentences is None:
        return Verdict(True, highest)
    shortfall = Shortfall(
        given=f"Đề nghị “{book.levels.label(proposed_level)}”; các điều kiện đã nhập cho phép đến mức "
        f"“{book.levels.label(highest)}”",
        message=sentences["message"],
        needed=sentences["needed"],
        remedy="Đề xuất một trong các mức xếp loại, hoặc ghi rõ lý do chưa xếp loại",
    )
    finding = book.finding_of(sentences["rule"], shortfall)
    return Verdict(False, highest, (finding.rule_id,), (), (finding,))


def _groundless(subject_kind: str, proposed_level: str, highest: str, book: AppliedBook) -> list[Finding]:
    rule_id = book.book.kinds[subject_kind].groundless
    if not rule_id:
        return []
    given = (
        f"Đề xuất “{book.levels.label(proposed_level)}”, trong khi các điều kiện đã nhập cho phép đến mức "
        f"“{book.levels.label(highest)}”"
    )
    return [book.finding_of(rule_id, Shortfall(given=given))]


def _notes(checks: Checks, facts: Any, book: AppliedBook) -> list[Finding]:
    return [book.finding(rule, said, "info") for rule, check in checks.notes if (said := check(facts, book))]


def _by_rule(finding: Finding) -> str:
    return finding.rule_id
