"""`hoso validate --what-if`: what would change, before anything is changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from commands.papers import validate_command
from generator import judge
from generator.errors import InvalidInput
from tests.generator.rules.good_facts import good_facts


def _case(level: str = "excellent", **changes: Any) -> dict[str, Any]:
    return {
        "subject_kind": "party_member",
        "proposed_level": level,
        "facts": good_facts("party_member", **changes),
    }


def _asked(document: object, *written: str) -> dict[str, Any]:
    return judge.what_if(document, judge.read_changes(written))


def _rules(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["rule_id"] for finding in findings]


def test_a_better_rating_takes_its_finding_away_and_lifts_the_highest_level() -> None:
    answer = _asked(_case(criteria__b2="good"), "criteria.b2=excellent")
    assert list(answer) == ["before", "after", "gone", "new"]
    assert (answer["before"]["highest_allowed_level"], answer["after"]["highest_allowed_level"]) == (
        "good",
        "excellent",
    )
    assert (_rules(answer["gone"]), answer["new"], answer["after"]["allowed"]) == (["MEM-EXC-02"], [], True)


def test_several_changes_are_made_together() -> None:
    answer = _asked(_case(), "targets.completed=4", "card_lost=true", "proposed_level=completed")
    assert answer["after"]["highest_allowed_level"] == "not_completed"
    assert _rules(answer["new"]) == ["MEM-NC-02"], "at completed the lost card bounds nothing"


def test_what_is_not_recorded_yet_may_be_given_part_by_part() -> None:
    answer = _asked(_case(), "sick_leave.from=2018-01-02", "sick_leave.to=2018-04-30")
    assert _rules(answer["new"]) == ["GEN-07"]
    spells = [{"from": "2018-01-02", "to": "2018-04-30"}]
    answer = _asked(_case(sick_leave=spells), "sick_leave.0.to=2018-01-09")
    assert _rules(answer["gone"]) == ["GEN-07"]
    assert _asked(_case(), "criteria.e=null")["new"] == []


def test_the_document_itself_is_never_changed() -> None:
    document = _case()
    _asked(document, "criteria.b2=poor", "targets.completed=0")
    assert document == _case()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("nickname=Tư", "facts.nickname"),
        ("criteria.z9=good", "facts.criteria.z9"),
        ("criteria.b2=very good", "facts.criteria.b2"),
        ("targets.completed.share=8", "facts.targets.completed.share"),
        ("sick_leave.3.to=2018-01-09", "facts.sick_leave.3.to"),
        ("proposed_level=best", "proposed_level"),
        ("criteria.b2", "criteria.b2"),
        ("=good", "=good"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_its_place(change: str, place: str) -> None:
    spells = [{"from": "2018-01-02", "to": "2018-01-30"}]
    with pytest.raises(InvalidInput) as caught:
        _asked(_case(sick_leave=spells), change)
    assert place in [problem.place.field for problem in caught.value.problems]


def test_every_case_of_a_document_is_changed() -> None:
    cases = {"cases": [{"id": "A", "type": "classification", **_case()}, {"id": "B", **_case("good")}]}
    answers = _asked(cases, "criteria.b2=poor")["cases"]
    assert {name: answer["after"]["allowed"] for name, answer in answers.items()} == {"A": False, "B": False}
    with pytest.raises(InvalidInput) as caught:
        _asked(cases, "targets.completed.share=8")
    assert caught.value.problems[0].place.field == "cases.A.facts.targets.completed.share"


def _run(folder: Path, document: object, *arguments: str) -> Result:
    file = folder / "case.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return CliRunner().invoke(validate_command, [str(file), *arguments])


def test_the_command_says_what_goes_and_what_comes(tmp_path: Path) -> None:
    shown = _run(
        tmp_path, _case(criteria__b2="good"), "--what-if", "criteria.b2=excellent", "--what-if", "card_lost=true"
    )
    assert shown.exit_code == 1, "the level would not be allowed after the change"
    assert "Hiện nay: Không được. Mức cao nhất: Hoàn thành tốt nhiệm vụ." in shown.output
    assert "Sau khi đổi: Không được. Mức cao nhất: Hoàn thành nhiệm vụ." in shown.output
    gone, new = shown.output.split("Thêm:")
    assert "MEM-EXC-02" in gone.split("Không còn:")[1]
    assert "GEN-08" in new
    same = _run(tmp_path, _case(), "--what-if", "targets.completed=9")
    assert (same.exit_code, "Không có kết luận nào thêm hoặc bớt." in same.output) == (0, True)


def test_the_command_answers_in_json(tmp_path: Path) -> None:
    shown = _run(tmp_path, _case(criteria__b2="good"), "--what-if", "proposed_level=good", "--json")
    assert shown.exit_code == 0
    assert json.loads(shown.output) == _asked(_case(criteria__b2="good"), "proposed_level=good")
