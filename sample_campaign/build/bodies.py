"""The bodies: units, collectives, party organisations and leaders, with their assessments, votes and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.facts.campaign import (
    CampaignRow,
    CollectiveAssessmentRow,
    CollectiveReviewRow,
    OrganisationAssessmentRow,
    OrganisationReviewRow,
    OutcomeRow,
    PastResultRow,
    PeerResultRow,
    ShortcomingRow,
)
from generator.facts.meetings import BallotRow, MeetingRow
from generator.facts.register import CollectiveMemberRow, CollectiveRow, UnitRow
from generator.rulebooks.hd13_2018.rows import CollectiveFactsRow, LeaderFactsRow, OrganisationFactsRow, TallyRow
from sample_campaign.build import source
from sample_campaign.build.people import DECIDING_BODY, Placed
from sample_campaign.build.source import made

_ORGANISATION = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c")
_COMMITTEE = ("s1", "s2", "t1", "t2", "t3", "t4", "r")
_FRONT = ("s1", "s2", "t1", "t2", "t3", "r")
_LEADING, _LED = "BCH", "DBX"
_LEVELS = ("excellent", "good", "completed", "not_completed")
# The numbers of the decisions of 28/12/2018 on organisations and on collectives.
_DECISIONS = {"party_organisation": "17-QĐ/ĐU", "leadership_collective": "18-QĐ/ĐU"}


def rows() -> Iterator[Placed]:
    """Every row about bodies, each with the key of its sheet."""
    campaign = source.table("campaign.toml")
    yield "campaign", made(CampaignRow, **campaign["campaign"])
    yield from _register()
    for unit, (level, paper) in campaign["peer"].items():
        yield "peer_results", made(PeerResultRow, unit=unit, level=level, source=paper)
    yield from _organisations(campaign["campaign"]["evaluated_on"])
    yield from _collectives(campaign["campaign"]["evaluated_on"])
    yield from _reports()
    yield from _leaders()
    yield from _meetings()


def _register() -> Iterator[Placed]:
    register = source.table("register.toml")
    for unit in register["unit"]:
        yield "units", made(UnitRow, **unit)
    for collective in register["collective"]:
        seats = collective.pop("members")
        yield "collectives", made(CollectiveRow, **collective)
        for role, people in seats.items():
            for person in people:
                yield (
                    "collective_members",
                    made(CollectiveMemberRow, collective=collective["reference"], person=person, role=role),
                )


def _organisations(decided_on: date) -> Iterator[Placed]:
    for body in source.table("organisations.toml")["organisation"]:
        unit = body["unit"]
        yield "organisation_facts", made(OrganisationFactsRow, unit=unit, **body["facts"])
        for assessor, sheet in _sheets(body):
            rated = {**sheet, "ratings": source.ratings(sheet["ratings"], _ORGANISATION)}
            yield "organisation_assessments", made(OrganisationAssessmentRow, unit=unit, assessor=assessor, **rated)
        yield from _common("unit", "party_organisation", unit, body, decided_on)


def _collectives(decided_on: date) -> Iterator[Placed]:
    for body in source.table("collectives.toml")["collective"]:
        reference = body["reference"]
        codes = _COMMITTEE if reference == "BCH" else _FRONT
        yield "collective_facts", made(CollectiveFactsRow, collective=reference, **body["facts"])
        for assessor, sheet in _sheets(body):
            rated = {**sheet, "ratings": source.ratings(sheet["ratings"], codes)}
            yield (
                "collective_assessments",
                made(CollectiveAssessmentRow, collective=reference, assessor=assessor, **rated),
            )
        yield from _common("collective", "leadership_collective", reference, body, decided_on)


def _sheets(body: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for assessor in ("self", "authority"):
        if assessor in body:
            yield assessor, body[assessor]
    for sheet in body.get("participant", ()):
        yield "participant", sheet


def _common(kind: str, capacity: str, subject: str, body: Mapping[str, Any], decided_on: date) -> Iterator[Placed]:
    for shortcoming in body.get("shortcoming", ()):
        yield (
            "shortcomings",
            made(ShortcomingRow, subject_kind=kind, subject=subject, found_period="2017", **shortcoming),
        )
    if "past_2017" in body:
        level, decision = body["past_2017"]
        past = made(PastResultRow, capacity=capacity, subject=subject, period="2017", level=level, decision=decision)
        yield "past_results", past
    if "proposal" not in body:
        return
    decision = {}
    if decided := body.get("decided"):
        decision = {
            "decided_level": decided["level"],
            "decided_by": DECIDING_BODY,
            "decision_number": _DECISIONS[capacity],
            "decided_on": decided_on,
        }
        votes = {level: decided[level] for level in _LEVELS}
        yield "tallies", made(TallyRow, ballot="PQD-TC", subject=subject, **votes)
    yield "outcomes", made(OutcomeRow, capacity=capacity, subject=subject, **body["proposal"], **decision)


def _reports() -> Iterator[Placed]:
    collectives = {body["reference"] for body in source.table("collectives.toml")["collective"]}
    for file in source.files("reports", ".md"):
        reference, text = file.name.removesuffix(".md"), source.sections(file.read_text(encoding="utf-8"))
        if reference in collectives:
            yield "collective_reviews", made(CollectiveReviewRow, collective=reference, sections=text)
        else:
            yield "organisation_reviews", made(OrganisationReviewRow, unit=reference, sections=text)
        if reference == _LEADING:
            # The committee's report speaks for the whole party base, which hands in no other.
            yield "organisation_reviews", made(OrganisationReviewRow, unit=_LED, sections=text)


def _leaders() -> Iterator[Placed]:
    content = source.table("leaders.toml")
    for leader in content["leader"]:
        levels = leader["levels"]
        person = leader["person"]
        yield (
            "leader_facts",
            made(
                LeaderFactsRow,
                person=person,
                title=leader["title"],
                collective=leader["collective"],
                heads_unit=leader.get("heads_unit"),
                criteria_source=content["criteria_source"],
                claimed_level=levels["claimed"],
                level_at_cell=levels["cell"],
                level_at_collective=levels.get("collective"),
                level_at_committee=levels.get("committee"),
                asset_declared_on=leader["asset_declared_on"],
            ),
        )
        votes = dict(zip(_LEVELS, leader["votes"], strict=True))
        yield "tallies", made(TallyRow, ballot="PCB-DBX", subject=person, **votes)
        yield "outcomes", _leader_outcome(leader, content["deciding_body"])


def _leader_outcome(leader: Mapping[str, Any], body: str) -> OutcomeRow:
    level, comment = leader["proposed"]
    decision = {}
    if decided := leader.get("decided"):
        decision = {
            "decided_level": decided["level"],
            "decided_by": body,
            "decision_number": decided["number"],
            "decided_on": decided["decided_on"],
        }
    return made(
        OutcomeRow,
        capacity="leader_manager",
        subject=leader["person"],
        proposed_level=level,
        proposal_comment=comment,
        **decision,
    )


def _meetings() -> Iterator[Placed]:
    for meeting in source.table("meetings.toml")["meeting"]:
        yield "meetings", made(MeetingRow, **meeting)
    for ballot in source.table("ballots.toml")["ballot"]:
        levels: Mapping[str, list[int]] = ballot.pop("self_levels", {})
        yield "ballots", made(BallotRow, **ballot)
        for subject, votes in levels.items():
            counts = dict(zip(_LEVELS, votes, strict=True))
            yield "tallies", made(TallyRow, ballot=ballot["reference"], subject=subject, **counts)
