"""What the judges of a book answer about cases other than a level."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.rules.findings import Finding, rule_ids


@dataclass(frozen=True)
class Outcome:
    """A judgement made of findings: the ids follow from them."""

    findings: tuple[Finding, ...] = field(default=(), kw_only=True)

    @property
    def violated_rule_ids(self) -> tuple[str, ...]:
        """Ids of the errors, sorted, each once."""
        return rule_ids(self.findings, "error")

    @property
    def warning_rule_ids(self) -> tuple[str, ...]:
        """Ids of the warnings, sorted, each once."""
        return rule_ids(self.findings, "warning")

    @property
    def allowed(self) -> bool:
        """No error stands."""
        return not self.violated_rule_ids

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"allowed": self.allowed, "violated_rule_ids": list(self.violated_rule_ids)}

    @property
    def sentence(self) -> str:
        """The figures behind the answer in words; empty where the findings say all."""
        return ""

    def counted(self) -> dict[str, Any]:
        """The figures behind the answer that are shown beside it."""
        return {}

    def printed(self) -> dict[str, str]:
        """The figures and the conclusion as a table on a paper prints them, by the columns of its template."""
        return {}


@dataclass(frozen=True)
class PositionsResult(Outcome):
    """The level that serves as the basis for a person of several positions."""

    basis_level: str
    needs_decision: bool

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"basis_level": self.basis_level, "needs_decision": self.needs_decision}


@dataclass(frozen=True)
class DeadlineResult(Outcome):
    """The last day in time; `advice` is a Vietnamese remark on that day, or empty."""

    due_date: date
    advice: str = ""

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"due_date": self.due_date.isoformat(), **super().expected()}


@dataclass(frozen=True)
class ChecklistRow:
    """One item of a dossier as it stands: needed or not and why, present or not."""

    code: str
    rule_id: str
    title: str
    needed: bool
    present: bool
    reason: str


@dataclass(frozen=True)
class DossierResult(Outcome):
    """Whether a dossier is complete, and every item with its reason."""

    items: tuple[ChecklistRow, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of what is needed and not there, sorted."""
        return tuple(sorted(row.code for row in self.items if row.needed and not row.present))

    @property
    def missing_rule_ids(self) -> tuple[str, ...]:
        """Ids of the rules that ask for it, sorted."""
        return self.violated_rule_ids

    @property
    def complete(self) -> bool:
        """Nothing that is needed is missing."""
        return not self.missing

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {
            "complete": self.complete,
            "missing": list(self.missing),
            "missing_rule_ids": list(self.missing_rule_ids),
        }


@dataclass(frozen=True)
class PlacesResult(Outcome):
    """Where a person is reviewed; `reasons` gives each place with its label and the rules that ask for it."""

    places: tuple[str, ...]
    own_cell_scope: str
    reasons: tuple[tuple[str, str, tuple[str, ...]], ...]

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"places": list(self.places), "own_cell_scope": self.own_cell_scope}


@dataclass(frozen=True)
class DurationResult(Outcome):
    """The shortest review, in days; None where the superior decides."""

    min_days: float | None

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"min_days": self.min_days, **super().expected()}


@dataclass(frozen=True)
class AuthorityResult(Outcome):
    """Who decides, with the Vietnamese name of the body and the rule that says so; None where the book names nobody."""

    decider: str | None
    label: str
    rule_id: str | None

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"decider": self.decider, "rule_id": self.rule_id}


@dataclass(frozen=True)
class ParticipantsResult(Outcome):
    """Who takes part in evaluating a member; `labels` in the order of the guidance."""

    participants: tuple[str, ...]
    labels: tuple[str, ...]
    rule_id: str

    def expected(self) -> dict[str, Any]:
        """The answer as worked cases compare it."""
        return {"participants": list(self.participants), "rule_id": self.rule_id}
