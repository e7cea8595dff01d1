"""Who decides, and who takes part (II.1.4, II.2.4, II.2.5, III.4)."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.rulebooks.hd13_2018.codes import KINDS, UNIT_LEVELS
from generator.rules.applied import AppliedBook
from generator.rules.facts import FactsModel, OneOf, told
from generator.rules.registry import judging
from generator.rules.results import AuthorityResult, ParticipantsResult
from generator.rules.tables import table

_TYPES = table(__package__ or "", "book")["type"]


class AuthorityFacts(FactsModel):
    """A subject, its type and, where the guidance tells levels apart, its level."""

    subject_kind: Annotated[str, OneOf(KINDS)] = Field(title="Loại đối tượng")
    subject_type: str = Field(title="Loại hình")
    level: Annotated[str, OneOf(UNIT_LEVELS)] | None = Field(default=None, title="Cấp")

    @model_validator(mode="after")
    def _type_of_that_kind(self) -> Self:
        known = [row["code"] for row in _TYPES if row["kind"] == self.subject_kind]
        if self.subject_type not in known:
            message = f"Loại hình “{self.subject_type}” không thuộc loại đối tượng này"
            raise told(message, f"Chọn một trong: {', '.join(known)}")
        return self


@judging("authority", AuthorityFacts)
def authority(facts: AuthorityFacts, book: AppliedBook) -> AuthorityResult:
    """The body that decides and the rule that says so; None for both where the guidance names nobody."""
    found = book.book.decider(facts.subject_kind, facts.subject_type, facts.level)
    return AuthorityResult(found.body, found.label, found.rule_id) if found else AuthorityResult(None, "", None)


class ParticipantsFacts(FactsModel):
    """What decides who takes part in evaluating a member."""

    is_public_employee: bool = Field(title="Là công chức, viên chức")
    leads_mass_organisation: bool = Field(title="Là thành viên lãnh đạo đoàn thể")


@judging("participants", ParticipantsFacts)
def participants(facts: ParticipantsFacts, book: AppliedBook) -> ParticipantsResult:
    """Who takes part, codes sorted and labels in the order of the guidance (II.2.4, gạch 3)."""
    rule_id = "MEM-PART-01" if facts.is_public_employee else "MEM-PART-02"
    present = [
        participant
        for participant in book.book.participants("party_member", "subordinate_cell")
        if participant.rule_id == rule_id and (not participant.condition or getattr(facts, participant.condition))
    ]
    return ParticipantsResult(
        participants=tuple(sorted(participant.code for participant in present)),
        labels=tuple(participant.label for participant in present),
        rule_id=rule_id,
    )
