"""What a judgement says: findings that explain themselves, and the verdict made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What one rule found wrong, in the words of the case.

    Args:
        given: what the facts say, a Vietnamese phrase.
        message, needed, remedy: replace the rule's own sentences when the case needs others.
        cap: the highest level left, when the case and not the rule fixes it.
        severity, waivable: replace the rule's own when the case is graver or lighter.
    """

    given: str
    message: str = ""
    needed: str = ""
    remedy: str = ""
    cap: str | None = None
    severity: str = ""
    waivable: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the rulebook has to say about a case.

    Args:
        rule_id: as in the rulebook (`MEM-EXC-02`).
        severity: `error` refuses, `warning` asks for a reason, `info` is shown.
        citation: where the guidance says it, long form.
        message, given, needed, remedy: what is wrong, what was given, what is needed, how to mend it; Vietnamese.
        readings: ids of the ambiguities the rule is read under.
        waivable: whether an approver may waive it with a reason.
        cap: the highest level the rule leaves, if it bounds one.
    """

    rule_id: str
    severity: str
    citation: str
    message: str
    given: str
    needed: str
    remedy: str = ""
    readings: tuple[str, ...] = ()
    waivable: bool = False
    cap: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The finding as `hoso validate` prints it."""
        return {
            "rule_id": self.rule_id,
            "severity": self.severity,
            "citation": self.citation,
            "message": self.message,
            "given": self.given,
            "needed": self.needed,
            "remedy": self.remedy,
            "readings": list(self.readings),
            "waivable": self.waivable,
        }


def rule_ids(findings: Iterable[Finding], severity: str) -> tuple[str, ...]:
    """The ids of the findings of one severity, sorted, each once."""
    return tuple(sorted({finding.rule_id for finding in findings if finding.severity == severity}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rulebook says of one proposed level.

    Args:
        allowed: no error stands against the proposal.
        highest_allowed_level: the best level the facts allow, or `not_classified` when the evaluation is barred.
        violated_rule_ids, warning_rule_ids: sorted.
        findings: errors, warnings and notes, explained.
    """

    allowed: bool
    highest_allowed_level: str
    violated_rule_ids: tuple[str, ...] = ()
    warning_rule_ids: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def expected(self) -> dict[str, Any]:
        """The verdict without its explanations, as worked cases compare it."""
        return {
            "allowed": self.allowed,
            "highest_allowed_level": self.highest_allowed_level,
            "violated_rule_ids": list(self.violated_rule_ids),
            "warning_rule_ids": list(self.warning_rule_ids),
        }

    def as_dict(self) -> dict[str, Any]:
        """The verdict as `hoso validate` prints it."""
        return {**self.expected(), "findings": [finding.as_dict() for finding in self.findings]}
