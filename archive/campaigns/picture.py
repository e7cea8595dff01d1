"""A campaign as it is known now: people, units, bodies and the year's facts, read at once and joined.

Everything that judges, writes or files reads a `Picture`, so that no two of them see different facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from archive.campaigns.subjects import (
    Answer,
    Ballot,
    Campaign,
    Collective,
    Evaluation,
    Meeting,
    Person,
    ResidenceComment,
    Unit,
    Waiver,
)
from generator.forms.assessed import Sheets, shipped_sheets
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import name_sort_key, text_sort_key


@dataclass(frozen=True)
class Picture:
    """All of one campaign.

    Args:
        numbers: key of a paper → the number and the day (ISO) the office's register has for it.
        sheets: unit id → which assessment sheet serves whom there, as corrected; "" is the office.
        reviewed_again: the evaluations that a step sent back to be reviewed again.
    """

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
    local_criteria: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    papers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    annulled: frozenset[str] = frozenset()
    complaints: Mapping[str, bool] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    unit_answers: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    unit_waivers: Mapping[str, Sequence[Waiver]] = field(default_factory=dict)
    sheets: Mapping[str, Sheets] = field(default_factory=dict)
    reviewed_again: frozenset[str] = frozenset()

    def sheets_of(self, unit_id: str) -> Sheets:
        """Which assessment sheet serves whom in a unit: as corrected for it or the office, else as shipped."""
        found = self.sheets.get(unit_id) or self.sheets.get("")
        return found or shipped_sheets(load_rulebook(self.campaign.rulebook))

    def has_paper(self, key: str, *names: str) -> bool:
        """Whether a paper of one of these names is kept for a subject or a unit.

        Args:
            key: the evaluation's id, or the unit's for its own papers.
            names: codes of forms with a finished paper (`2`, `result-notice`), items of the dossier with any paper
                (`item:self_review`), or with one handed in (`intake:self_review`); the key of a unit's finished paper.
        """
        return not self.papers.get(key, frozenset()).isdisjoint(names)

    def rated(self, kind: str, ratings: Mapping[str, str | None]) -> dict[str, Any]:
        """A sheet's ratings as its form takes them: those of the guidance, and the campaign's own rows with titles.

        Args:
            kind: of subject, as the criteria are named by it (`party_member`).
        """
        own = self.local_criteria.get(kind, {})
        return {code: rating for code, rating in ratings.items() if "." not in code} | {
            code: {"title": title, "rating": ratings.get(code)} for code, title in own.items()
        }

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

    @cached_property
    def _by_worker(self) -> Mapping[str, tuple[Evaluation, ...]]:
        working = {cell.id for cell in self.cells} | {self.owner.id}
        grouped: dict[str, list[Evaluation]] = {}
        for evaluation in self.evaluations.values():
            grouped.setdefault(evaluation.unit_id, []).append(evaluation)
            if evaluation.unit_id not in working:
                grouped.setdefault(self.owner.id, []).append(evaluation)
        return {worker: tuple(found) for worker, found in grouped.items()}

    @cached_property
    def _by_person(self) -> Mapping[str, Sequence[Evaluation]]:
        grouped: dict[str, list[Evaluation]] = {}
        for evaluation in self.evaluations.values():
            if evaluation.person_id:
                grouped.setdefault(evaluation.person_id, []).append(evaluation)
        return grouped

    @cached_property
    def _by_collective(self) -> Mapping[str | None, Evaluation]:
        last_first = reversed(tuple(self.evaluations.values()))
        return {evaluation.collective_id: evaluation for evaluation in last_first if evaluation.collective_id}

    def as_first_decided(self) -> Picture:
        """The campaign as its own papers tell it: annulled results stand in them as they were first decided."""
        first = {one.id: replace(one, decision=one.former) for one in self.evaluations.values() if one.former}
        return replace(self, evaluations={**self.evaluations, **first}) if first else self

    def worked_by(self, unit: Unit) -> tuple[Evaluation, ...]:
        """The evaluations a unit works on: its own, and for the owner those of the bodies beside it.

        Councils, fronts and mass organisations do not run the campaign; their papers go through its owner.
        """
        return self._by_worker.get(unit.id, ())

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
        return self._by_collective.get(collective_id)

    def other_capacity(self, evaluation: Evaluation) -> Evaluation | None:
        """The same person's evaluation in another capacity, sharing one Mẫu 2."""
        if evaluation.person_id is None:
            return None
        return next((one for one in self._by_person[evaluation.person_id] if one.id != evaluation.id), None)

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
