"""The votes of the sample campaign add up (BAL-05), and nobody is voted on who may not be."""

from __future__ import annotations

from typing import Any

import pytest

from sample_campaign.build import content

ROWS = {key: [row.model_dump() for row in found] for key, found in content.rows().items()}
BALLOTS: dict[str, dict[str, Any]] = {row["reference"]: row for row in ROWS["ballots"]}
TALLIES = ROWS["tallies"]
PEOPLE: dict[str, dict[str, Any]] = {row["reference"]: row for row in ROWS["people"]}
OPTIONS = ("excellent", "good", "completed", "not_completed", "invalid")


@pytest.mark.parametrize("ballot", BALLOTS.values(), ids=BALLOTS.keys())
def test_no_more_sheets_come_back_than_went_out_to_those_entitled(ballot: dict[str, Any]) -> None:
    assert ballot["invalid"] <= ballot["returned"] <= ballot["issued"] <= ballot["entitled"]
    assert any(tally["ballot"] == ballot["reference"] for tally in TALLIES)


def test_the_votes_for_each_subject_are_the_sheets_returned() -> None:
    for tally in TALLIES:
        ballot = BALLOTS[tally["ballot"]]
        if ballot["kind"] == "member_round2":
            assert tally["votes"] <= ballot["returned"]
        else:
            assert sum(tally[option] or 0 for option in OPTIONS) == ballot["returned"], tally
            assert (tally["invalid"] or 0) >= ballot["invalid"]


def test_round_one_offers_no_excellent_and_round_two_only_those_voted_good() -> None:
    first = {tally["subject"]: tally for tally in TALLIES if BALLOTS[tally["ballot"]]["kind"] == "member_round1"}
    assert all(tally["excellent"] is None for tally in first.values())
    for tally in TALLIES:
        ballot = BALLOTS[tally["ballot"]]
        if ballot["kind"] == "member_round2":
            assert 2 * first[tally["subject"]]["good"] > ballot["entitled"]


def test_the_entitled_are_all_official_members_of_the_cell_whether_present_or_not() -> None:
    excused = {"CBCQ": 1, "CBTH": 0, "CBK1": 2, "CBK2": 3, "CBK3": 0}
    for cell, absent in excused.items():
        kinds = [row["membership_kind"] for row in PEOPLE.values() if row["cell"] == cell]
        official = sum(kind in ("official", "transferred_in") for kind in kinds)
        for ballot in (f"P1-{cell}", f"P2-{cell}", f"PTX-{cell}"):
            assert (BALLOTS[ballot]["entitled"], BALLOTS[ballot]["present"]) == (official, official - absent)


def test_who_is_not_classified_stands_on_no_ballot() -> None:
    voted = {tally["subject"] for tally in TALLIES}
    assert not voted & {"DV025", "DV070", "DV075", "DV083", "DV102"}


def test_every_decision_has_its_votes_and_the_level_is_that_of_the_majority() -> None:
    votes = {tally["subject"]: tally for tally in TALLIES if tally["ballot"] in ("PQD-DV", "PQD-TC")}
    decided = [row for row in ROWS["outcomes"] if row["decided_level"] and row["capacity"] != "leader_manager"]
    assert {row["subject"] for row in decided} == set(votes)
    for row in decided:
        assert 2 * votes[row["subject"]][row["decided_level"]] > 11
