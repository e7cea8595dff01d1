"""What a change would do above and beside it, before it is saved."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.campaigns.effects import Change, Effects, SubjectEffect, change_of, effects, settled, supposed
from archive.campaigns.picture import Picture
from archive.campaigns.verdicts import CampaignJudge
from archive.errors import NotFound
from cli import main
from generator.errors import InvalidInput
from generator.rulebooks.hd13_2018.results import QuotaResult
from tests.archive.campaigns.conftest import Commune
from tests.archive.campaigns.pictures import BOOK, LEVELS, base, evaluation, party_bases, person, picture, unit


def _of(found: Effects, key: str) -> SubjectEffect:
    return next(one for one in found.subjects if one.evaluation.id == key)


def _rules(one: SubjectEffect) -> list[str]:
    return [finding.rule_id for finding in one.appeared]


def test_one_member_not_completed_bars_his_cell_from_good_and_the_cell_bounds_its_secretary() -> None:
    before = base(["good"] * 6, ["good"] * 6)
    found = effects(before, Change("member:DV103", "not_completed"))
    cell = _of(found, "party_organisation:CB1")
    assert (cell.before.highest, cell.after.highest) == ("excellent", "completed")
    assert _rules(cell) == ["ORG-GOOD-02"]
    assert cell.settled == "completed"
    assert _of(found, "member:DV100").settled == "completed", "the secretary is not above his cell"
    assert "party_organisation:CB2" not in [one.evaluation.id for one in found.subjects]
    assert not found.allowed


def test_the_changed_one_comes_first_and_a_change_that_does_nothing_says_so() -> None:
    before = base(["good"] * 6)
    found = effects(before, Change("member:DV103", "completed"))
    assert found.subjects[0].evaluation.id == "member:DV103"
    assert found.allowed
    assert not found.subjects[0].appeared


def test_one_more_excellent_member_breaks_the_quota_of_the_whole_base() -> None:
    before = base(["good"] * 5, ["good", "good", "good", "excellent", "good"])
    found = effects(before, Change("member:DV102", "excellent"))
    group = found.quotas[0]
    quotas = cast(QuotaResult, group.before), cast(QuotaResult, group.after)
    assert [(one.zone, one.excellent) for one in quotas] == [("inside_every_reading", 1), ("only_wide", 2)]
    assert [finding.rule_id for finding in group.appeared] == ["QUO-02"]


def test_a_fact_that_bars_an_evaluation_takes_the_member_out_of_what_is_counted() -> None:
    before = base(["good"] * 6)
    found = effects(before, Change("member:DV102", facts={"review_completed": False}))
    changed = _of(found, "member:DV102")
    assert changed.after.highest == "not_classified"
    assert _rules(changed) == ["GEN-01"]


def test_what_was_wrong_before_is_no_effect_of_the_change() -> None:
    before = base(["good", "not_completed", "good", "good", "good", "good"])
    assert CampaignJudge(before).judged().of(before.evaluations["party_organisation:CB1"]).refused
    found = effects(before, Change("member:DV105", "completed"))
    assert [one.evaluation.id for one in found.subjects] == ["member:DV105"]
    assert settled(before, Change("member:DV105", "completed")).lowered == {}


def test_nothing_of_the_picture_itself_changes() -> None:
    before = base(["good"] * 4)
    change = Change("member:DV101", "excellent", {"card_lost": True})
    effects(before, change)
    assert before.evaluations["member:DV101"].level == "good"
    after = supposed(before, change).evaluations["member:DV101"]
    assert (after.level, after.facts["card_lost"]) == ("excellent", True)
    undecided = picture(
        [unit("CB", "grassroots_cell")],
        [person("DV", "CB")],
        [evaluation("member", "DV", "CB", "good", decided=False)],
    )
    proposed = supposed(undecided, Change("member:DV", "completed")).evaluations["member:DV"]
    assert (proposed.decision, proposed.proposed_level) == (None, "completed")


def test_a_stranger_and_a_subject_of_two_capacities_are_told_apart() -> None:
    before = base(["good"])
    with pytest.raises(NotFound, match="Không có đối tượng"):
        change_of(before, "KHONG", None, "good", {})
    with pytest.raises(NotFound):
        effects(before, Change("member:KHONG", "good"))
    double = picture(
        [unit("CB", "grassroots_cell")],
        [person("DV", "CB")],
        [evaluation("member", "DV", "CB", "good"), evaluation("leader_manager", "DV", "CB", "good")],
    )
    with pytest.raises(NotFound, match="nhiều tư cách"):
        change_of(double, "DV", None, "good", {})
    assert change_of(double, "DV", "leader_manager", "good", {}).evaluation_id == "leader_manager:DV"


def test_facts_are_read_as_a_workbook_reads_them() -> None:
    before = base(["good"])
    change = change_of(before, "DV100", None, None, {"targets_completed": "1", "outstanding_evidence": ""})
    assert change.facts == {"targets_completed": 1, "outstanding_evidence": None}
    with pytest.raises(InvalidInput) as wrong:
        change_of(before, "DV100", None, None, {"no_such_fact": "1", "sick_from": "31/31"})
    assert len(wrong.value.problems) == 2


_CHANGES = st.builds(lambda level, fact: (level, fact), st.sampled_from([*LEVELS, None]), st.booleans())


@settings(max_examples=60, deadline=None)
@given(party_bases(), st.data())
def test_every_change_settles_within_five_passes_and_leaves_nobody_newly_refused_above(
    before: Picture, data: st.DataObject
) -> None:
    subject = data.draw(st.sampled_from(sorted(before.evaluations)))
    level, unreviewed = data.draw(_CHANGES)
    change = Change(subject, level, {"review_completed": False} if unreviewed else {})
    rest = settled(before, change, BOOK)
    assert rest.passes <= 5
    own_before = CampaignJudge(before, BOOK).judged().subjects
    for key, own in rest.judgement.subjects.items():
        if key == subject or own.level not in LEVELS or own.highest not in LEVELS:
            continue
        was = own_before[key]
        allowed_before = was.level not in LEVELS or was.highest not in LEVELS or _rank(was.level) >= _rank(was.highest)
        if allowed_before:
            assert _rank(own.level) >= _rank(own.highest), key


@settings(max_examples=40, deadline=None)
@given(party_bases(), st.data())
def test_undoing_a_change_undoes_its_effects(before: Picture, data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(sorted(one.id for one in before.evaluations.values() if one.level)))
    own = before.evaluations[subject]
    there = Change(subject, data.draw(st.sampled_from(LEVELS)))
    forward = effects(before, there, BOOK)
    back = effects(supposed(before, there), Change(subject, own.level), BOOK)
    assert {one.evaluation.id: _rules(one) for one in forward.subjects if one.appeared} == {
        one.evaluation.id: [finding.rule_id for finding in one.vanished] for one in back.subjects if one.vanished
    }


def _rank(level: str | None) -> int:
    return LEVELS.index(str(level))


def _said(commune: Commune, *words: str, code: int) -> Any:
    result = CliRunner().invoke(main, ["--data", str(commune.office.root), "campaign", "effects", "2018", *words])
    assert result.exit_code == code, result.output
    return result


def test_the_command_tells_what_lowering_a_member_does_and_saves_nothing(commune: Commune) -> None:
    kept = list(commune.database.query("SELECT * FROM decision ORDER BY id"))
    found = json.loads(_said(commune, "DV105", "not_completed", "--json", code=1).stdout)
    cell = next(one for one in found["subjects"] if one["subject"] == "CBK3")
    assert (cell["before"]["highest"], cell["after"]["highest"]) == ("good", "completed")
    assert [finding["rule_id"] for finding in cell["appeared"]] == ["ORG-GOOD-02"]
    assert not found["allowed"]
    assert list(commune.database.query("SELECT * FROM decision ORDER BY id")) == kept
    said = _said(commune, "DV105", "not_completed", code=1).output
    assert "ORG-GOOD-02" in said and "Có điều trái quy định phát sinh." in said


def test_the_command_refuses_a_level_and_a_fact_it_does_not_know(commune: Commune) -> None:
    assert "Không có mức" in _said(commune, "DV105", "splendid", code=2).output
    assert "tên=giá trị" in _said(commune, "DV105", "--fact", "card_lost", code=2).output
    assert "Không phát sinh" in _said(commune, "DV105", code=0).output
