"""Two rounds of secret ballots (13-HD/TU, II.2.5, bước 2, gạch 4)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook

_OPTIONS = ["good", "completed", "not_completed"]


def _tally(good: int, completed: int = 0, not_completed: int = 0, invalid: int = 0) -> dict[str, int]:
    return {"good": good, "completed": completed, "not_completed": not_completed, "invalid": invalid}


def _ballot(tallies: dict[str, dict[str, int]], votes: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:
    returned = sum(next(iter(tallies.values())).values())
    first = {"entitled": 20, "issued": 20, "returned": returned, "options": _OPTIONS, "tallies": tallies}
    second = None if votes is None else {"issued": 20, "returned": 20, "candidates": votes}
    return {
        "round1": {**first, **more.pop("round1", {})},
        "round2": None if second is None else {**second, **more.pop("round2", {})},
        "quota_max": None,
        **more,
    }


def test_options_may_stand_in_any_order_but_are_exactly_three() -> None:
    tallies = {"An": _tally(20)}
    assert judge.ballot(_ballot(tallies, round1={"options": _OPTIONS[::-1]})).valid
    for options in (["excellent", *_OPTIONS], _OPTIONS[:2], [*_OPTIONS, "good"]):
        result = judge.ballot(_ballot(tallies, round1={"options": options}))
        assert result.violated_rule_ids == ("BAL-01",)
        assert result.round1_results is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"round1": {"returned": 19}}, "An: cộng được 20 phiếu, thu về 19"),
        ({"round1": {"issued": 19}}, "Lần 1: triệu tập 20, phát ra 19, thu về 20"),
        ({"round1": {"entitled": 19}}, "Lần 1: triệu tập 19, phát ra 20, thu về 20"),
        ({"votes": {"An": 12}, "round2": {"issued": 21}}, "Lần 2: triệu tập 20, phát ra 21, thu về 20"),
        ({"votes": {"An": 21}}, "An: được 21 phiếu, thu về 20"),
    ],
)
def test_numbers_that_do_not_add_up_are_named(changes: dict[str, Any], said: str) -> None:
    result = judge.ballot(_ballot({"An": _tally(20)}, **changes))
    assert result.violated_rule_ids == ("BAL-05",)
    assert said in result.findings[0].given


def test_everything_broken_is_listed_once() -> None:
    facts = _ballot({"An": _tally(5, 15)}, {"An": 30, "Lạ": 3}, round1={"options": ["good"]})
    result = judge.ballot(facts)
    assert result.violated_rule_ids == ("BAL-01", "BAL-03", "BAL-05")
    assert result.findings[1].given == "An, Lạ"


def test_no_majority_is_left_to_the_cell_and_said() -> None:
    tallies = {"An": _tally(8, 2, 5, 5), "Bình": _tally(0, 5, 11, 4), "Chi": _tally(0, 5, 10, 5)}
    result = judge.ballot(_ballot(tallies))
    assert result.round1_results == {"An": "no_majority", "Bình": "not_completed", "Chi": "no_majority"}
    assert result.warning_rule_ids == ("BAL-06",)
    assert result.findings[0].given == "An, Chi"


def test_a_tie_on_the_last_place_elects_nobody_of_those_tied() -> None:
    tallies = {name: _tally(20) for name in ("An", "Bình", "Chi", "Dũng")}
    votes = {"An": 19, "Bình": 15, "Chi": 15, "Dũng": 12}
    result = judge.ballot(_ballot(tallies, votes, quota_max=2))
    assert (result.chosen_excellent, result.tie_unresolved) == (("An",), ("Bình", "Chi"))
    assert result.warning_rule_ids == ("BAL-07",)
    whole = judge.ballot(_ballot(tallies, votes, quota_max=3))
    assert (whole.chosen_excellent, whole.tie_unresolved) == (("An", "Bình", "Chi"), ())
    nobody = judge.ballot(_ballot(tallies, votes, quota_max=0))
    assert (nobody.chosen_excellent, nobody.tie_unresolved) == ((), ())


def test_a_member_who_may_not_be_good_stays_at_completed_and_off_the_second_sheet() -> None:
    tallies = {"An": _tally(20), "Bình": _tally(20)}
    result = judge.ballot(_ballot(tallies, capped=["Bình"]))
    assert result.round1_results == {"An": "good", "Bình": "completed"}
    voted = judge.ballot(_ballot(tallies, {"An": 12, "Bình": 12}, capped=["Bình"]))
    assert voted.violated_rule_ids == ("BAL-08",)
    with pytest.raises(InvalidInput):
        judge.ballot(_ballot(tallies, capped=["Chi"]))


@pytest.mark.parametrize(
    ("base", "level"), [("entitled", "completed"), ("present", "good"), ("issued", "completed"), ("valid", "good")]
)
def test_the_base_of_the_majority_is_a_reading(base: str, level: str) -> None:
    facts = _ballot({"An": _tally(9, 4, 0, 3)}, round1={"issued": 18, "present": 17})
    in_force = load_rulebook().settings.overlaid({"majority_base": base})
    assert judge.ballot(facts, settings=in_force).round1_results == {"An": level}


@pytest.mark.parametrize(
    ("base", "round2", "chosen"),
    [
        ("entitled", {"issued": 18, "returned": 18}, ()),
        ("issued", {"issued": 18, "returned": 18}, ()),
        ("issued", {"issued": 17, "returned": 17}, ("An",)),
        ("present", {"issued": 18, "returned": 18}, ()),
        ("present", {"issued": 18, "returned": 18, "present": 17}, ("An",)),
        ("valid", {"issued": 18, "returned": 18}, ()),
        ("valid", {"issued": 18, "returned": 18, "invalid": 1}, ("An",)),
    ],
)
def test_the_base_of_round_2_is_its_own(base: str, round2: dict[str, int], chosen: tuple[str, ...]) -> None:
    in_force = load_rulebook().settings.overlaid({"majority_base": base})
    facts = _ballot({"An": _tally(20)}, {"An": 9}, round2=round2)
    assert judge.ballot(facts, settings=in_force).chosen_excellent == chosen


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 20), min_size=1), st.integers(0, 9))
def test_never_more_are_chosen_than_there_are_places(votes: dict[str, int], places: int) -> None:
    tallies = {name: _tally(20) for name in votes}
    result = judge.ballot(_ballot(tallies, votes, quota_max=places))
    assert result.chosen_excellent is not None
    assert result.tie_unresolved is not None
    assert len(result.chosen_excellent) <= places
    assert not set(result.chosen_excellent) & set(result.tie_unresolved)
    worst_chosen = min((votes[name] for name in result.chosen_excellent), default=99)
    others = [votes[name] for name in votes if name not in result.chosen_excellent and votes[name] > 10]
    assert places == 0 or all(count <= worst_chosen for count in others)
