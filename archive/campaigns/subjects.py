"""What a picture is made of: units, people, bodies, and what was said, voted and decided of each subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Unit:
    """A unit under its present name.

    Args:
        type: a code of the guidance, by which it says also:
        is_cell: it is a chi bộ, whose subordinates are its members;
        is_party: it is an organisation of the Party.
    """

    id: str
    reference: str
    name: str
    short_name: str | None
    type: str
    parent_id: str | None
    superior_name: str | None
    symbol: str | None
    has_committee: bool | None
    established_on: date | None
    is_cell: bool
    is_party: bool


@dataclass(frozen=True)
class Position:
    """A post someone holds."""

    position_field: str
    title: str
    unit_id: str | None
    is_head: bool
    is_main: bool
    rank: int | None


@dataclass(frozen=True)
class Person:
    """A member with the cell and the standing of the evaluation day."""

    id: str
    reference: str
    full_name: str
    birth_date: date | None
    sex: str | None
    card_number: str | None
    file_number: str | None
    admitted_on: date | None
    official_on: date | None
    workplace: str | None
    residence: str | None
    is_public_employee: bool
    cell_is_residential: bool
    cell_id: str
    membership_kind: str
    membership_from: date | None
    membership_note: str | None
    positions: tuple[Position, ...]

    def titles(self, position_field: str) -> str:
        """The person's titles in one field (party, government, mass_organisation), joined for a form."""
        return ", ".join(post.title for post in self.positions if post.position_field == position_field)

    def heads(self, unit_id: str) -> bool:
        """Whether the person is the head of a unit."""
        return any(post.is_head and post.unit_id == unit_id for post in self.positions)


@dataclass(frozen=True)
class Collective:
    """A collective with the ids and roles of its members; `is_committee`: it speaks for its unit."""

    id: str
    reference: str
    name: str
    type: str
    level: str
    unit_id: str
    party_organisation_id: str | None
    members: Mapping[str, str]
    is_committee: bool = False


@dataclass(frozen=True)
class Assessment:
    """What one assessor gave: ratings by criterion, a level, a comment."""

    assessor: str
    assessor_name: str | None
    ratings: Mapping[str, str | None]
    level: str | None
    comment: str | None
    assessed_on: date | None


@dataclass(frozen=True)
class Tally:
    """The votes for one subject in one ballot.

    Args:
        counts: what the sheet offers (the levels of the guidance) → votes; empty where it offers one thing only.
        votes: for that one thing; None where it offers several.
    """

    evaluation_id: str
    counts: Mapping[str, int]
    votes: int | None
    invalid: int | None


@dataclass(frozen=True)
class Ballot:
    """A secret ballot with its tallies by evaluation."""

    id: str
    reference: str
    unit_id: str
    kind: str
    held_on: date | None
    entitled: int
    present: int | None
    issued: int
    returned: int
    invalid: int
    places: int | None
    head_teller: str | None
    tellers: str | None
    tallies: Mapping[str, Tally]


@dataclass(frozen=True)
class Decision:
    """The decision in force on a subject."""

    level: str
    body: str | None
    number: str | None
    decided_on: date | None


@dataclass(frozen=True)
class Shortcoming:
    """A shortcoming of an earlier period and its remedy."""

    found_period: str
    found_by: str | None
    text: str
    status: str
    remedy: str | None
    responsibility: str | None


@dataclass(frozen=True)
class ResidenceComment:
    """The comment of the committee where a member lives."""

    committee: str
    satisfied: bool | None
    comment: str | None
    commented_on: date | None


@dataclass(frozen=True)
class Waiver:
    """A finding that an approver let pass, for the facts it was given for.

    Args:
        message, citation, given, needed: the finding as it stood that day.
        document: the paper that records the decision to let it pass.
        approver: the account's id; `approver_name` is the name as it was then.
        facts_digest: of what the judge read; another digest ends the waiver.
        ended_at: when it was seen to have ended.
    """

    id: str
    rule_id: str
    message: str
    citation: str
    given: str
    needed: str
    reason: str
    document: str
    approver: str
    approver_name: str
    given_at: str
    facts_digest: str
    ended_at: str | None


@dataclass(frozen=True)
class Answer:
    """What a person answered to a question of the rulebook: `yes`, `no` or `not_applicable`."""

    rule_id: str
    answer: str
    note: str
    document: str
    answered_by: str
    answered_name: str
    answered_at: str


@dataclass(frozen=True)
class Evaluation:
    """One subject in one capacity, with what was said and decided of it.

    Args:
        former: the first decision on it, where it was annulled since; the papers of the campaign itself tell of it.
    """

    id: str
    capacity: str
    person_id: str | None
    organisation_id: str | None
    collective_id: str | None
    unit_id: str
    facts: Mapping[str, Any]
    sections: Mapping[str, str]
    proposed_level: str | None
    proposal_comment: str | None
    proposal_reason: str | None
    assessments: tuple[Assessment, ...]
    decision: Decision | None
    shortcomings: tuple[Shortcoming, ...]
    waivers: tuple[Waiver, ...] = ()
    answers: tuple[Answer, ...] = ()
    former: Decision | None = None

    @property
    def level(self) -> str | None:
        """The level decided, or proposed while none is decided; none while a decision is annulled (V.1, gạch 7)."""
        if self.decision:
            return self.decision.level
        return None if self.former else self.proposed_level

    def assessed_by(self, *assessors: str) -> Assessment | None:
        """The assessment of the first of these assessors that gave one."""
        for wanted in assessors:
            for assessment in self.assessments:
                if assessment.assessor == wanted:
                    return assessment
        return None


@dataclass(frozen=True)
class Meeting:
    """A meeting whose minutes are written, as its row keeps it."""

    id: str
    reference: str
    unit_id: str
    collective_id: str | None
    kind: str
    held_on: date
    details: Mapping[str, Any]


@dataclass(frozen=True)
class Campaign:
    """The campaign's own row."""

    id: str
    period: str
    rulebook: str
    owner_id: str
    place: str
    evaluated_on: date
    excellent_places: int | None
    settings: Mapping[str, Any]

    @property
    def year(self) -> int:
        """The calendar year reviewed, from the period (`2018`, `2025-Q3`)."""
        return int(self.period[:4])
