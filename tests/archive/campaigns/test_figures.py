"""Figures that were typed beside those the records count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from archive.campaigns.hd13_2018.figures import compared
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Ballot, Meeting, Tally
from archive.campaigns.verdicts import CampaignJudge
from generator.rules.findings import Finding
from tests.archive.campaigns.conftest import Commune
from tests.archive.campaigns.pictures import BOOK, DAY, base, party_bases


def _ballot(picture: Picture, kind: str = "member_round1", unit: str = "CB1", **other: Any) -> Ballot:
    """A ballot in order: everyone of the cell votes “good” on everyone."""
    members = picture.members(unit)
    count = len(members)
    tallies = {one.id: Tally(one.id, {"good": count, "completed": 0, "not_completed": 0}, None, 0) for one in members}
    ballot = Ballot(kind, f"P-{unit}", unit, kind, DAY, count, count, count, count, 0, None, None, None, tallies)
    return replace(ballot, **other)


def _meeting(summoned: int, present: int, absent: str | None = None) -> Meeting:
    details = {"summoned": summoned, "present": present, "absent": absent}
    return Meeting("h", "HN-CB1", "CB1", None, "review_cell", DAY, details)


def _found(picture: Picture, unit: str = "CB1") -> list[Finding]:
    return list(compared(picture, CampaignJudge(picture, BOOK).judged(), picture.units[unit], BOOK))


def _with(picture: Picture, *ballots: Ballot, meeting: Meeting | None = None) -> Picture:
    return replace(picture, ballots=ballots, meetings=(meeting,) if meeting else ())


def test_figures_that_agree_say_nothing() -> None:
    five = base(["good"] * 5)
    assert _found(_with(five, _ballot(five), meeting=_meeting(5, 5))) == []


def test_a_tally_that_is_not_the_sum_of_the_sheets_is_the_judges_finding() -> None:
    five = base(["good"] * 5)
    found = _found(_with(five, _ballot(five, returned=4)))
    assert [(one.rule_id, one.severity) for one in found] == [("BAL-05", "error")]
    assert "cộng được 5 phiếu, thu về 4" in found[0].given


def test_more_voters_than_official_members_and_fewer_than_were_there() -> None:
    five = base(["good"] * 5)
    (more,) = _found(_with(five, _ballot(five, entitled=6)))
    assert (more.rule_id, more.severity) == ("BAL-06", "warning")
    assert "ghi 6 người" in more.given and "có 5 đảng viên chính thức" in more.given
    ballot = _ballot(five, entitled=3, issued=3, returned=3, present=3)
    (fewer,) = _found(_with(five, replace(ballot, tallies={}), meeting=_meeting(5, 4, "Ông A ốm")))
    assert "còn 4" in fewer.given


def test_more_voters_present_than_the_minutes_say() -> None:
    five = base(["good"] * 5)
    (found,) = _found(_with(five, _ballot(five), meeting=_meeting(5, 4, "Ông A ốm")))
    assert "ghi 5 người có mặt" in found.given and "ghi 4 người có mặt" in found.given


def test_minutes_whose_own_numbers_cannot_be() -> None:
    five = base(["good"] * 5)
    assert [one.rule_id for one in _found(_with(five, meeting=_meeting(5, 6)))] == ["REV-29"]
    assert [one.rule_id for one in _found(_with(five, meeting=_meeting(5, 4)))] == ["GEN-02"]
    (summoned,) = _found(_with(five, meeting=_meeting(7, 7)))
    assert summoned.rule_id == "REV-03" and "triệu tập 7" in summoned.given and "có 5 đảng viên" in summoned.given


def test_votes_on_one_who_is_not_to_be_classified_and_none_on_one_who_is() -> None:
    five = base(["good"] * 5)
    people = dict(five.people) | {"DV104": replace(five.people["DV104"], membership_kind="exempt")}
    evaluations = dict(five.evaluations)
    evaluations["member:DV104"] = replace(evaluations["member:DV104"], decision=None, proposed_level=None)
    exempt = replace(five, people=people, evaluations=evaluations)
    ballot = _ballot(exempt)
    tallies = {key: tally for key, tally in ballot.tallies.items() if key != "member:DV101"}
    found = [one for one in _found(_with(exempt, replace(ballot, tallies=tallies))) if one.rule_id == "SCP-04"]
    assert ["DV104" in one.given for one in found] == [True, False]
    assert "DV101" in found[1].given and "có 4 đảng viên thuộc diện" in found[1].given


def test_other_ballots_are_added_up_too() -> None:
    five = base(["good"] * 5)
    tally = Tally("party_organisation:CB1", {"excellent": 1, "good": 3, "completed": 0, "not_completed": 0}, None, 0)
    ballot = replace(_ballot(five, "organisation_level"), tallies={tally.evaluation_id: tally})
    (found,) = _found(_with(five, ballot))
    assert found.rule_id == "ORG-PROC-02" and "thu về 5" in found.given and "cộng được 4" in found.given


def test_more_excellent_members_than_the_committee_allotted() -> None:
    many = base(["good", "excellent", *["good"] * 8])
    few = replace(many, campaign=replace(many.campaign, excellent_places=0))
    (found,) = _found(few, "DB")
    assert found.rule_id == "QUO-05" and "ghi 0" in found.given and "có 1 đảng viên" in found.given
    wide = replace(many, campaign=replace(many.campaign, excellent_places=9))
    assert "vượt mức tối đa" in _found(wide, "DB")[0].message


@settings(max_examples=80, deadline=None)
@given(party_bases())
def test_whatever_was_typed_is_compared_and_every_finding_gives_both_numbers(picture: Picture) -> None:
    for unit in (*picture.cells, picture.owner):
        for finding in _found(picture, unit.id):
            assert finding.citation and finding.given and finding.message
            assert finding.severity == "warning" or finding.rule_id.startswith("BAL-")


def test_the_sample_commune_has_its_figures_in_order(commune: Commune) -> None:
    situation = commune.situation()
    picture = situation.picture
    found = {
        unit.reference: [one.given for one in compared(picture, situation.judgement, unit, situation.book)]
        for unit in (*picture.cells, picture.owner)
    }
    assert found == {unit.reference: [] for unit in (*picture.cells, picture.owner)}
