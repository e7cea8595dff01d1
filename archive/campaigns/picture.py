"""A campaign as it is known now: people, units, bodies and the year's facts, read at once and joined.

Everything that judges, writes or files reads a `Picture`, so that no two of them see different facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from generator.vietnamese import name_sort_key, text_sort_key


@dataclass(frozen=True)
class Unit:
    """A unit under its present name."""

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

    @property
    def is_cell(self) -> bool:
        """Whether it is a chi bộ, whose subordinates are its members."""
        return self.type in ("subordinate_cell", "grassroots_cell")


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
    """A collective with the ids of its members and their roles."""

    id: str
    reference: str
    name: str
    type: str
    level: str
    unit_id: str
    party_organisation_id: str | None
    members: Mapping[str, str]


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
    """The votes for one subject in one ballot; None where the ballot does not offer the option."""

    evaluation_id: str
    excellent: int | None
    good: int | None
    completed: int | None
    not_completed: int | None
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
class Evaluation:
    """One subject in one capacity, with what was said and decided of it."""

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

    @property
    def level(self) -> str | None:
        """The level decided, or proposed while none is decided."""
        return self.decision.level if self.decision else self.proposed_level

    def assessed_by(self, *assessors: str) -> Assessment | None:
        """The assessment of the first of these assessors that gave one."""
        by_assessor = {assessment.assessor: assessment for assessment in reversed(self.assessments)}
        return next((by_assessor[assessor] for assessor in assessors if assessor in by_assessor), None)


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


@dataclass(frozen=True)
class Picture:
    """All of one campaign."""

    campaign: Campaign
    units: Mapping[str, Unit]
    people: Mapping[str, Person]
    collectives: Mapping[str, Collective]
    evaluations: Mapping[str, Evaluation]
    ballots: tuple[Ballot, ...]
    meetings: tuple[Meeting, ...]
    peers: Mapping[str, str]
    residence: Mapping[str, ResidenceComment]
    past_levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> Unit:
        """The unit that runs the campaign."""
        return self.units[self.campaign.owner_id]

    @cached_property
    def cells(self) -> tuple[Unit, ...]:
        """The cells under the owner, in Vietnamese order; the owner itself when it is a cell."""
        if self.owner.is_cell:
            return (self.owner,)
        found = [unit for unit in self.units.values() if unit.is_cell and unit.parent_id == self.owner.id]
        return tuple(sorted(found, key=lambda unit: text_sort_key(unit.name)))

    @cached_property
    def _by_unit(self) -> Mapping[tuple[str, str], tuple[Evaluation, ...]]:
        grouped: dict[tuple[str, str], list[Evaluation]] = {}
        for evaluation in self.evaluations.values():
            grouped.setdefault((evaluation.capacity, evaluation.unit_id), []).append(evaluation)
        return {
            key: tuple(sorted(found, key=lambda one: name_sort_key(self.subject_name(one))))
            for key, found in grouped.items()
        }

    def worked_by(self, unit: Unit) -> tuple[Evaluation, ...]:
        """The evaluations a unit works on: its own, and for the owner those of the bodies beside it.

        Councils, fronts and mass organisations do not run the campaign; their papers go through its owner.
        """
        working = {cell.id for cell in self.cells} | {self.owner.id}
        return tuple(
            evaluation
            for evaluation in self.evaluations.values()
            if evaluation.unit_id == unit.id or (unit.id == self.owner.id and evaluation.unit_id not in working)
        )

    def members(self, unit_id: str) -> tuple[Evaluation, ...]:
        """The member evaluations of a cell, by name."""
        return self._by_unit.get(("member", unit_id), ())

    def all_members(self) -> tuple[Evaluation, ...]:
        """The member evaluations of every cell, cell by cell."""
        return tuple(evaluation for cell in self.cells for evaluation in self.members(cell.id))

    def leaders(self, unit: Unit) -> tuple[Evaluation, ...]:
        """The leader and manager evaluations a unit works on, by name."""
        found = [one for one in self.worked_by(unit) if one.capacity == "leader_manager"]
        return tuple(sorted(found, key=lambda one: name_sort_key(self.subject_name(one))))

    def collectives_of(self, unit: Unit) -> tuple[Evaluation, ...]:
        """The collective evaluations a unit works on."""
        return tuple(one for one in self.worked_by(unit) if one.capacity == "leadership_collective")

    def organisation(self, unit_id: str) -> Evaluation | None:
        """The evaluation of a party organisation itself."""
        found = self._by_unit.get(("party_organisation", unit_id), ())
        return found[0] if found else None

    def collective_evaluation(self, collective_id: str) -> Evaluation | None:
        """The evaluation of a collective."""
        return next((one for one in self.evaluations.values() if one.collective_id == collective_id), None)

    def other_capacity(self, evaluation: Evaluation) -> Evaluation | None:
        """The same person's evaluation in another capacity, sharing one Mẫu 2."""
        if evaluation.person_id is None:
            return None
        return next(
            (
                one
                for one in self.evaluations.values()
                if one.person_id == evaluation.person_id and one.id != evaluation.id
            ),
            None,
        )

    def subject_name(self, evaluation: Evaluation) -> str:
        """The name of who or what is evaluated."""
        if evaluation.person_id:
            return self.people[evaluation.person_id].full_name
        if evaluation.collective_id:
            return self.collectives[evaluation.collective_id].name
        return self.units[evaluation.organisation_id or evaluation.unit_id].name

    def subject_reference(self, evaluation: Evaluation) -> str:
        """The office's reference of the subject."""
        if evaluation.person_id:
            return self.people[evaluation.person_id].reference
        if evaluation.collective_id:
            return self.collectives[evaluation.collective_id].reference
        return self.units[evaluation.organisation_id or evaluation.unit_id].reference

    def person_of(self, evaluation: Evaluation) -> Person:
        """The person evaluated. Call it for `member` and `leader_manager` only."""
        return self.people[evaluation.person_id or ""]

    def ballot(self, unit_id: str, kind: str) -> Ballot | None:
        """The newest ballot of a kind in a unit."""
        found = [ballot for ballot in self.ballots if ballot.unit_id == unit_id and ballot.kind == kind]
        return max(found, key=lambda ballot: (ballot.held_on or date.min, ballot.reference)) if found else None

    def meeting(self, unit_id: str, kind: str) -> Meeting | None:
        """The newest meeting of a kind in a unit."""
        found = [meeting for meeting in self.meetings if meeting.unit_id == unit_id and meeting.kind == kind]
        return max(found, key=lambda meeting: meeting.held_on) if found else None
