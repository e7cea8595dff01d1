"""The one judge: every command and page asks here what the rulebook says of a case.

`facts` are mappings in the format of the rulebook's facts models; every problem of an input is collected and raised as
`InvalidInput`. `expected` in an input is never read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from generator.errors import InvalidInput
from generator.rules.cases import (
    check_case,
    check_cases,
    facts_model,
    in_force,
    judged,
    only_caps,
    unknown_level,
    validate_document,
    verdict_of,
)
from generator.rules.classification import classify_facts, standing_between
from generator.rules.facts import FactsModel, validated
from generator.rules.findings import Finding, Verdict
from generator.rules.results import (
    AuthorityResult,
    DeadlineResult,
    DossierResult,
    DurationResult,
    Outcome,
    ParticipantsResult,
    PlacesResult,
    PositionsResult,
)
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings
from generator.rules.what_if import read_changes, what_if

__all__ = [
    "AuthorityResult",
    "DeadlineResult",
    "DossierResult",
    "DurationResult",
    "Finding",
    "Outcome",
    "ParticipantsResult",
    "PlacesResult",
    "PositionsResult",
    "Verdict",
    "authority",
    "ballot",
    "caps",
    "check_case",
    "check_cases",
    "classify",
    "classify_facts",
    "deadline",
    "dossier",
    "facts_between",
    "in_force",
    "multi_position",
    "order",
    "participants",
    "quota",
    "read_changes",
    "read_facts",
    "review_duration",
    "review_place",
    "validate_document",
    "what_if",
]


def read_facts(subject_kind: str, facts: object, *, book: Rulebook | None = None, at: str = "facts") -> FactsModel:
    """The facts of a classification, typed once for many judgements by `classify_facts`.

    Raises:
        InvalidInput: an unknown kind, or facts that are unknown, missing or of the wrong kind.
    """
    rulebook = book or load_rulebook()
    return validated(facts_model(subject_kind, rulebook, at), facts, at)


def classify(
    subject_kind: str,
    facts: Mapping[str, Any],
    proposed_level: str,
    *,
    book: Rulebook | None = None,
    settings: Settings | None = None,
) -> Verdict:
    """The verdict on one proposed level.

    Facts that hold only the levels of other bodies (those of a head, or a collective's caps) are judged by these alone.

    Raises:
        InvalidInput: the kind, the facts or the level are not what the rulebook knows; every problem of them.
    """
    case = {"subject_kind": subject_kind, "facts": facts, "proposed_level": proposed_level}
    return verdict_of(
        case, in_force(book, settings), "", capped=only_caps(subject_kind, facts, book or load_rulebook())
    )


def caps(
    subject_kind: str,
    facts: Mapping[str, Any],
    proposed_level: str,
    *,
    book: Rulebook | None = None,
    settings: Settings | None = None,
) -> Verdict:
    """The verdict that the levels of collective and organisation alone give (13-HD/TU, V.1, gạch 3; III.3.1).

    Raises:
        InvalidInput: as `classify`.
    """
    case = {"subject_kind": subject_kind, "facts": facts, "proposed_level": proposed_level}
    return verdict_of(case, in_force(book, settings), "", capped=True)


def facts_between(
    subject_kind: str,
    facts: Mapping[str, Any],
    level: str | None = None,
    *,
    book: Rulebook | None = None,
    settings: Settings | None = None,
) -> tuple[Finding, ...]:
    """What stands between a subject and `level`, or the next level above the highest its facts allow.

    Raises:
        InvalidInput: as `classify`.
    """
    in_use = in_force(book, settings)
    if level is not None and level not in in_use.levels.positions:
        raise InvalidInput([unknown_level(level, in_use, "level")])
    return standing_between(subject_kind, read_facts(subject_kind, facts, book=in_use.book), in_use, level)


def quota(facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None) -> Any:
    """Whether a group keeps to its quota: an `Outcome` with the figures its book has."""
    return judged("quota", facts, in_force(book, settings))


def ballot(facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None) -> Any:
    """What a ballot on members gives: an `Outcome` with the results its book has."""
    return judged("ballot", facts, in_force(book, settings))


def deadline(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> DeadlineResult:
    """The last day in time of a submission, a draft or a reclassification; dates not yet known are null."""
    return cast(DeadlineResult, judged("deadline", facts, in_force(book, settings)))


def dossier(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> DossierResult:
    """Whether a dossier is complete, with its checklist (13-HD/TU, VI.2)."""
    return cast(DossierResult, judged("dossier", facts, in_force(book, settings)))


def order(facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None) -> Outcome:
    """Whether the events of a campaign happened in their order."""
    return judged("order", facts, in_force(book, settings))


def review_place(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> PlacesResult:
    """Where a person is reviewed (13-HD/TU, I.2.2)."""
    return cast(PlacesResult, judged("review_place", facts, in_force(book, settings)))


def review_duration(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> DurationResult:
    """Whether a review lasted long enough (13-HD/TU, I.4.2, gạch 4)."""
    return cast(DurationResult, judged("review_duration", facts, in_force(book, settings)))


def authority(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> AuthorityResult:
    """Who decides a classification."""
    return cast(AuthorityResult, judged("authority", facts, in_force(book, settings)))


def participants(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> ParticipantsResult:
    """Who takes part in evaluating a member (13-HD/TU, II.2.4, gạch 3)."""
    return cast(ParticipantsResult, judged("participants", facts, in_force(book, settings)))


def multi_position(
    facts: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None
) -> PositionsResult:
    """The level that serves as the basis for a person of several positions (13-HD/TU, V.1, gạch 2)."""
    return cast(PositionsResult, judged("multi_position", facts, in_force(book, settings)))
