"""Who decides, who takes part and what a dossier holds: tables of a rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.rules.tables import table


@dataclass(frozen=True)
class DossierItem:
    """One item of a dossier.

    Args:
        code: as in facts (`self_review`); `rule_id` the rule that asks for it (`DOS-01`).
        title: Vietnamese name of the document.
        requirement: `required`, `conditional`, `optional` or `not_applicable` for the profile asked about.
        condition: the fact that makes a conditional item required (`suggestion_issued`), or makes a required one
            needless when it is written with a leading `not `.
        condition_label: that condition in Vietnamese.
        stage: the stage from which it is needed (`submission`, `archive`).
        cites: short citation.
    """

    code: str
    rule_id: str
    title: str
    requirement: str
    stage: str
    cites: str
    condition: str = ""
    condition_label: str = ""


@dataclass(frozen=True)
class Decider:
    """The body that decides a classification, and the rule that says so."""

    body: str
    label: str
    rule_id: str


@dataclass(frozen=True)
class Participant:
    """One participant of an evaluation.

    Args:
        code: stable and ASCII; `label` the Vietnamese name.
        place: `above`, `same`, `below` or `own`, as the guidance groups them.
        required: False for “nếu thấy cần thiết”, “nếu có”.
        condition: the fact on which it hangs, empty when it always stands; with a leading `not ` it hangs on the
            fact being false.
        group: what the whole list hangs on, written likewise (`is_public_employee`, `caucus:peoples_council`).
        rule_id: the rule that names it.
    """

    code: str
    label: str
    place: str
    required: bool
    condition: str
    group: str
    rule_id: str


class Procedures:
    """The procedural tables of one book."""

    def __init__(self, package: str) -> None:
        self._bodies = {row["code"]: row["label"] for row in table(package, "book")["body"]}
        self.authorities: tuple[Mapping[str, Any], ...] = tuple(table(package, "authority")["decides"])
        self._participants = table(package, "participants")["evaluation"]
        dossier = table(package, "dossier")
        self._items = dossier["item"]
        self.profiles: Mapping[str, str] = {row["code"]: row["label"] for row in dossier["profile"]}
        self._columns: Mapping[str, str] = {
            name: row["code"] for row in dossier["profile"] for name in (row["code"], *row.get("also", ()))
        }

    def body_label(self, code: str) -> str:
        """The Vietnamese name of a deciding body."""
        return str(self._bodies[code])

    def dossier_items(self, profile: str) -> tuple[DossierItem, ...]:
        """What a dossier of this profile holds, in order."""
        column = self._columns[profile]
        return tuple(_dossier_item(row, row["profiles"].get(column, "not_applicable")) for row in self._items)

    def decider(self, subject_kind: str, subject_type: str, level: str | None) -> Decider | None:
        """The body that decides; a row without levels holds at every level."""
        for row in self.authorities:
            fits = row["kind"] == subject_kind and subject_type in row["types"]
            if fits and ("levels" not in row or level in row["levels"]):
                return Decider(row["body"], self.body_label(row["body"]), row["rule"])
        return None

    def participants(self, subject_kind: str, subject_type: str) -> tuple[Participant, ...]:
        """Who takes part, in order."""
        return tuple(
            Participant(
                code=entry["code"],
                label=entry["label"],
                place=entry.get("place", "own"),
                required=entry.get("required", True),
                condition=entry.get("condition", ""),
                group=row.get("condition", ""),
                rule_id=row["rule"],
            )
            for row in self._participants
            if row["kind"] == subject_kind and subject_type in row["types"]
            for entry in row["participants"]
        )


def _dossier_item(row: Mapping[str, Any], requirement: str) -> DossierItem:
    # “unless:fact” in the table: required, but not where the fact holds.
    exception = requirement.partition("unless:")[2]
    conditional = requirement == "conditional"
    return DossierItem(
        code=row["code"],
        rule_id=row["rule"],
        title=row["title"],
        requirement="required" if exception else requirement,
        stage=row.get("stage", "submission"),
        cites=row["cites"],
        condition=f"not {exception}" if exception else row.get("condition", "") if conditional else "",
        condition_label=row.get("condition_label", "") if conditional or exception else "",
    )
