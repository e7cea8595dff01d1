"""The people: register, positions, the year's facts, assessments, votes and outcomes, from one file per cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.facts.campaign import (
    MemberAssessmentRow,
    MemberReviewRow,
    OutcomeRow,
    PastResultRow,
    ResidenceCommentRow,
    ShortcomingRow,
)
from generator.facts.register import PersonRow, PositionRow
from generator.facts.values import Row
from generator.rulebooks.hd13_2018.rows import MemberFactsRow, TallyRow
from sample_campaign.build import source
from sample_campaign.build.source import made

CRITERIA = ("a1", "a2", "a3", "a4", "a5", "b1", "b2", "c", "d", "dd", "e")
DECIDING_BODY = "Ban Chấp hành Đảng bộ xã An Đồng"
_LEVELS = ("excellent", "good", "completed", "not_completed")
Placed = tuple[str, Row]


def members() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every member as the source has him, with his cell's reference."""
    for file in source.files("people", ".toml"):
        content = source.table(f"people/{file.name}")
        for member in content["member"]:
            yield content["cell"], member


def rows() -> Iterator[Placed]:
    """Every row about people, each with the key of its sheet."""
    meetings = {row["unit"]: row["held_on"] for row in source.table("meetings.toml")["meeting"]}
    decided_on = source.table("campaign.toml")["campaign"]["evaluated_on"]
    for cell, member in members():
        yield from _register(cell, member)
        yield "member_facts", made(MemberFactsRow, **_fields(MemberFactsRow, member), person=member["reference"])
        yield from _assessments(member, meetings[cell])
        yield from _earlier(member, cell)
        yield from _votes(cell, member)
        yield from _outcome(member, decided_on)
    for file in source.files("reviews", ".md"):
        text = source.sections(file.read_text(encoding="utf-8"))
        yield "member_reviews", made(MemberReviewRow, person=file.name.removesuffix(".md"), sections=text)


def _fields(model: type[Row], member: dict[str, Any]) -> dict[str, Any]:
    return {name: member[name] for name in model.model_fields if name in member}


def _register(cell: str, member: dict[str, Any]) -> Iterator[Placed]:
    yield "people", made(PersonRow, **{**_fields(PersonRow, member), "cell": cell})
    for position in member.get("positions", ()):
        yield "positions", made(PositionRow, person=member["reference"], **position)


def _assessments(member: dict[str, Any], held_on: Any) -> Iterator[Placed]:
    for assessor in ("self", "cell_committee", "mass_organisation"):
        if (sheet := member.get(assessor)) is None:
            continue
        yield (
            "member_assessments",
            made(
                MemberAssessmentRow,
                person=member["reference"],
                assessor=assessor,
                assessor_name=member["leads_mass_organisation"] if assessor == "mass_organisation" else None,
                ratings=source.ratings(sheet["ratings"], CRITERIA),
                level=sheet.get("level"),
                comment=sheet.get("comment"),
                assessed_on=held_on,
            ),
        )


def _earlier(member: dict[str, Any], cell: str) -> Iterator[Placed]:
    person = member["reference"]
    if comment := member.get("residence_comment"):
        yield "residence_comments", made(ResidenceCommentRow, person=person, **comment)
    if shortcoming := member.get("shortcoming"):
        found_by = f"Hội nghị kiểm điểm năm 2017 của {_cell_name(cell)}"
        row = made(
            ShortcomingRow, subject_kind="person", subject=person, found_period="2017", found_by=found_by, **shortcoming
        )
        yield "shortcomings", row
    if level := member.get("past_2017"):
        decision = "Quyết định số 07-QĐ/ĐU, ngày 28/12/2017 của Đảng ủy xã An Đồng"
        yield (
            "past_results",
            made(PastResultRow, capacity="member", subject=person, period="2017", level=level, decision=decision),
        )


def _cell_name(reference: str) -> str:
    units: list[dict[str, str]] = source.table("register.toml")["unit"]
    return next(unit["name"] for unit in units if unit["reference"] == reference)


def _votes(cell: str, member: dict[str, Any]) -> Iterator[Placed]:
    person = member["reference"]
    if "round1" in member:
        yield "tallies", made(TallyRow, ballot=f"P1-{cell}", subject=person, **member["round1"])
    if "round2" in member:
        yield "tallies", made(TallyRow, ballot=f"P2-{cell}", subject=person, votes=member["round2"])
    if "decided" in member:
        votes = {level: member["decided"][level] for level in _LEVELS}
        yield "tallies", made(TallyRow, ballot="PQD-DV", subject=person, **votes)


def _outcome(member: dict[str, Any], decided_on: Any) -> Iterator[Placed]:
    if "proposed_level" not in member:
        return
    decision = {}
    if decided := member.get("decided"):
        decision = {
            "decided_level": decided["level"],
            "decided_by": DECIDING_BODY,
            "decision_number": decided["number"],
            "decided_on": decided_on,
        }
    row = made(OutcomeRow, capacity="member", subject=member["reference"], **_fields(OutcomeRow, member), **decision)
    yield "outcomes", row
