"""The steps of an evaluation: what the records prove, what may be recorded, what cannot be."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from archive.campaigns.picture import Picture
from archive.campaigns.plan import plan_of
from archive.campaigns.procedure import MAIN_LINE, Standing, StepRecords, load_steps, standings, step_label, steps
from archive.campaigns.steps import StepRefused, evaluation_of, move, order_troubles, record_reached
from archive.campaigns.subjects import Collective, Shortcoming
from archive.campaigns.verdicts import CampaignJudge
from archive.errors import NotFound
from archive.records import events
from archive.records.database import rows
from archive.records.dossiers import dossier_id
from cli import main
from tests.archive.campaigns.conftest import Commune
from tests.archive.campaigns.pictures import BOOK, evaluation, party_bases, person, picture, unit

NOTHING = StepRecords({}, frozenset(), frozenset(), frozenset(), {})


@pytest.fixture
def commune(commune: Commune) -> Commune:
    """The sample commune before any step was recorded."""
    commune.forget_steps()
    return commune


def _standings(commune: Commune) -> dict[str, Standing]:
    situation = commune.situation()
    picture = situation.picture
    return standings(picture, situation.judgement, load_steps(commune.database, picture.campaign.id))


def _move(commune: Commune, reference: str, step: str, capacity: str = "member") -> Standing:
    situation = commune.situation()
    own = commune.evaluation(reference, capacity)
    return move(
        commune.database, situation.picture, situation.judgement, situation.book, own, step,
        basis="Biên bản số 5", actor="cli",
    ).standing  # fmt: skip


def _insert(commune: Commune, evaluation_id: str, step: str, basis: str = "Theo biên bản") -> None:
    commune.execute(
        "INSERT INTO step (evaluation_id, step, at, actor, basis) VALUES (?, ?, '2018-12-28T00:00:00Z', 'cli', ?)",
        evaluation_id, step, basis,
    )  # fmt: skip


def test_the_data_and_the_database_hold_the_same_order(commune: Commune) -> None:
    kept = {(row["previous"], row["step"]) for row in rows(commune.database, "SELECT * FROM step_order")}
    assert kept == {(before, step.code) for step in steps().values() for before in step.after}


def test_every_rule_a_step_names_is_in_the_book() -> None:
    known = {rule.id for rule in BOOK.rules}
    spoken_of = plan_of(BOOK).step_rules
    assert all(spoken_of[code] and set(spoken_of[code]) <= known for code in steps())
    assert tuple(steps())[: len(MAIN_LINE)] == MAIN_LINE


def test_the_records_prove_how_far_an_evaluation_is(commune: Commune) -> None:
    own = _standings(commune)[commune.evaluation("DV105").id]
    assert [reached.step for reached in own.path] == [
        "review", "self_assessment", "participants", "ballots", "appraisal", "decision",
    ]  # fmt: skip
    assert own.path[0].basis == "Hội nghị kiểm điểm ngày 15/12/2018"
    assert (own.step, own.next, own.missing) == ("decision", "notice", ())


def test_one_whose_records_stop_stands_where_they_stop(commune: Commune) -> None:
    own = commune.evaluation("DV105").id
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", own)
    commune.execute("UPDATE evaluation SET proposed_level = NULL WHERE id = ?", own)
    assert (_standings(commune)[own].step, _standings(commune)[own].next) == ("ballots", "appraisal")
    commune.execute("DELETE FROM tally WHERE evaluation_id = ?", own)
    assert _standings(commune)[own].step == "participants"
    commune.execute("DELETE FROM assessment WHERE evaluation_id = ? AND assessor = 'self'", own)
    assert _standings(commune)[own].step == "review"
    commune.execute("UPDATE evaluation SET facts = json_set(facts, '$.review_completed', 0) WHERE id = ?", own)
    assert (_standings(commune)[own].step, _standings(commune)[own].next) == ("", "review")


def test_a_decision_without_what_comes_before_it_moves_nobody() -> None:
    cell = [unit("CB", "grassroots_cell")]
    bare = picture(cell, [person("DV", "CB")], [evaluation("member", "DV", "CB", "good")])
    own = standings(bare, CampaignJudge(bare, BOOK).judged(), NOTHING)["member:DV"]
    assert (own.step, own.next) == ("review", "self_assessment"), "decided, yet he never assessed himself"


def test_steps_left_out_on_the_way_are_named(commune: Commune) -> None:
    own = _standings(commune)[commune.evaluation("CBK3", "party_organisation").id]
    assert (own.step, own.missing) == ("decision", ("participants",))


def test_those_outside_the_classification_have_no_steps(commune: Commune) -> None:
    assert commune.evaluation("DV075").id not in _standings(commune)


def test_a_member_of_less_than_six_months_is_filed_after_the_review() -> None:
    cell = [unit("CB", "grassroots_cell")]
    young = replace(person("DV", "CB"), admitted_on=None, membership_kind="probationary")
    bare = picture(cell, [young], [evaluation("member", "DV", "CB", None)])
    filed = replace(NOTHING, filed=frozenset({"member:DV"}))
    judgement = CampaignJudge(bare, BOOK).judged()
    assert standings(bare, judgement, NOTHING)["member:DV"].next == "filed"
    own = standings(bare, judgement, filed)["member:DV"]
    assert [reached.step for reached in own.path] == ["review", "filed"]
    rated = picture(cell, [person("DV", "CB")], [evaluation("member", "DV", "CB", "good", decided=False)])
    assert standings(rated, CampaignJudge(rated, BOOK).judged(), filed)["member:DV"].step == "review"


@settings(max_examples=80, deadline=None)
@given(party_bases())
def test_every_path_the_records_prove_is_one_the_database_would_take(base: Picture) -> None:
    for own in standings(base, CampaignJudge(base, BOOK).judged(), NOTHING).values():
        codes = ["", *(reached.step for reached in own.path)]
        assert all(before in steps()[after].after for before, after in pairwise(codes))
        assert own.next is None or step_label(own.next)


@pytest.mark.parametrize(
    ("path", "step"),
    [
        ((), "decision"),
        (("review",), "ballots"),
        (("review", "self_assessment"), "review"),
        (("review", "self_assessment", "appraisal", "decision"), "ballots"),
        (("review", "self_assessment", "appraisal", "decision"), "annulled"),
        (("review", "self_assessment", "appraisal", "decision"), "filed"),
        (("review", "self_assessment"), "reclassified"),
        ((), "no_such_step"),
    ],
)
def test_the_database_refuses_an_impossible_step(commune: Commune, path: tuple[str, ...], step: str) -> None:
    own = commune.evaluation("DV105").id
    for code in path:
        _insert(commune, own, code)
    with pytest.raises(sqlite3.IntegrityError):
        _insert(commune, own, step)


def test_the_database_refuses_a_decision_that_was_not_made_and_a_step_without_basis(commune: Commune) -> None:
    own = commune.evaluation("DV105").id
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", own)
    for code in ("review", "self_assessment", "appraisal"):
        _insert(commune, own, code)
    with pytest.raises(sqlite3.IntegrityError, match="no decision"):
        _insert(commune, own, "decision")
    with pytest.raises(sqlite3.IntegrityError):
        _insert(commune, own, "re_review", " ")
    for change in ("UPDATE step SET step = 'filed'", "DELETE FROM step"):
        with pytest.raises(sqlite3.IntegrityError, match=r"append-only|rows are kept"):
            commune.execute(change)


def test_filing_and_deciding_record_their_steps_once(commune: Commune) -> None:
    commune.run("ballots", "submit")
    assert rows(commune.database, "SELECT * FROM step") == []
    commune.run("decide")
    own = commune.evaluation("DV105").id
    known = [row["step"] for row in rows(commune.database, "SELECT * FROM step WHERE evaluation_id = ?", [own])]
    assert known == ["review", "self_assessment", "participants", "ballots", "appraisal", "decision", "notice"]
    counted = len(rows(commune.database, "SELECT * FROM step"))
    situation = commune.situation()
    assert record_reached(commune.database, situation.picture, situation.judgement, actor="cli") == 0
    assert len(rows(commune.database, "SELECT * FROM step")) == counted
    assert not list(events.broken(commune.database))


def test_a_dossier_filed_whole_is_recorded_and_one_that_lacks_a_paper_is_not(commune: Commune) -> None:
    commune.execute("UPDATE evaluation SET sections = '{}' WHERE id = ?", commune.evaluation("DV106").id)
    commune.run(unit="CBK3")
    kept = {row["evaluation_id"]: row["status"] for row in rows(commune.database, "SELECT * FROM dossier")}
    known = {row["evaluation_id"] for row in rows(commune.database, "SELECT * FROM step WHERE step = 'filed'")}
    assert known == {key for key, status in kept.items() if key and status == "filed"}
    assert {"filed", "incomplete"} <= set(kept.values())


def test_a_notice_tells_those_of_its_list_and_its_decision_and_nobody_else(commune: Commune) -> None:
    commune.run("decide")
    commune.forget_steps()
    commune.execute("DELETE FROM document WHERE form = 'extract-decision'")
    noticed = {key for key, own in _standings(commune).items() if own.has("notice")}
    cell, picture = commune.evaluation("CBK3", "party_organisation"), commune.situation().picture
    assert {commune.evaluation("DV105").id, cell.id} <= noticed
    commune.execute("DELETE FROM document WHERE form = 'result-notice' AND key LIKE 'decide:result-notice:CBK3:%'")
    left = {key for key, own in _standings(commune).items() if own.has("notice")}
    assert noticed - left == {one.id for one in picture.members(cell.unit_id) if one.decision}
    commune.execute("UPDATE decision SET number = '99-QĐ/ĐU' WHERE evaluation_id = ?", cell.id)
    assert not _standings(commune)[cell.id].has("notice"), "the notice told of another decision"


def test_a_decision_taken_back_meanwhile_records_nothing(commune: Commune) -> None:
    situation = commune.situation()
    own = commune.evaluation("DV105").id
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", own)
    record_reached(commune.database, situation.picture, situation.judgement, actor="cli")
    assert rows(commune.database, "SELECT * FROM step WHERE evaluation_id = ?", [own]) == []


def test_a_result_annulled_and_decided_again_goes_on_from_there(commune: Commune) -> None:
    own = commune.evaluation("DV105").id
    commune.run("decide")
    commune.execute("UPDATE decision SET annulled_on = '2019-02-01' WHERE evaluation_id = ?", own)
    annulled = _standings(commune)[own]
    assert (annulled.step, annulled.next) == ("annulled", "reclassified")
    assert annulled.path[-1].basis == "Hủy ngày 01/02/2019"
    with pytest.raises(StepRefused, match=r"Quyết định xếp loại lại.*ANN-01"):
        _move(commune, "DV105", "reclassified")
    commune.execute(
        "INSERT INTO decision (id, evaluation_id, level, decided_on) VALUES ('d2', ?, 'completed', '2019-02-20')", own
    )
    again = _standings(commune)[own]
    assert [reached.step for reached in again.path[-2:]] == ["annulled", "reclassified"]
    assert again.next == "notice"
    assert _move(commune, "DV105", "notice").step == "notice"
    codes = [
        row["step"] for row in rows(commune.database, "SELECT * FROM step WHERE evaluation_id = ? ORDER BY id", [own])
    ]
    assert codes[-3:] == ["annulled", "reclassified", "notice"]


def test_a_new_review_asked_for_holds_everything_up_until_it_is_done(commune: Commune) -> None:
    own = commune.evaluation("DV105").id
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", own)
    assert (_move(commune, "DV105", "re_review").step, _standings(commune)[own].next) == ("re_review", "review")
    with pytest.raises(StepRefused, match="không đi liền sau “Kiểm điểm lại”"):
        _move(commune, "DV105", "decision")
    assert _move(commune, "DV105", "review").step == "appraisal", "what was said and voted still stands in the records"


def test_a_step_is_taken_with_its_basis_and_what_the_records_prove_is_recorded_before_it(commune: Commune) -> None:
    after = _move(commune, "DV105", "notice")
    assert (after.step, after.next) == ("notice", "filed")
    assert after.path[-1].basis == "Biên bản số 5"
    assert all(reached.recorded for reached in after.path)
    assert len(rows(commune.database, "SELECT * FROM event WHERE action = 'evaluation.notice'")) == 1


def test_a_step_out_of_turn_is_refused_with_its_rule(commune: Commune) -> None:
    with pytest.raises(StepRefused, match=r"“Bỏ phiếu” không đi liền sau “Quyết định”.*BAL-02"):
        _move(commune, "DV105", "ballots")
    with pytest.raises(StepRefused, match=r"Quyết định hủy kết quả.*GEN-10"):
        _move(commune, "DV105", "annulled")
    with pytest.raises(StepRefused, match="không thuộc diện xếp loại"):
        _move(commune, "DV075", "review")
    assert rows(commune.database, "SELECT * FROM step") == []


def test_a_decision_is_refused_while_a_step_before_it_is_open(commune: Commune) -> None:
    front = commune.evaluation("TT-MTTQ", "leadership_collective")
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", front.id)
    with pytest.raises(StepRefused, match=r"Chưa qua bước “Các chủ thể tham gia đánh giá”.*COL-AUTH-06"):
        _move(commune, "TT-MTTQ", "decision", "leadership_collective")


def _committee(**changes: dict[str, Any]) -> Picture:
    """A cell under a party base, with a committee of a head and a deputy, everyone reviewed and nobody decided.

    Args:
        changes: by evaluation id with “_” for “:”, the fields that differ.
    """
    units = [unit("DB", "grassroots_party_committee"), unit("CB", "subordinate_cell", "DB")]
    people = [person("A", "CB"), person("B", "CB"), person("C", "CB", head=True), person("D", "CB")]
    people[3] = replace(people[3], is_public_employee=True)
    committee = Collective("DU", "DU", "Đảng ủy", "grassroots_committee", "grassroots", "DB", "DB",
                           {"A": "head", "B": "deputy"})  # fmt: skip
    made = [evaluation("leader_manager", name, "DB", "good", facts={"collective": "DU"}, decided=False)
            for name in "AB"]  # fmt: skip
    made += [evaluation("member", name, "CB", "good", decided=False) for name in "ABCD"]
    made += [evaluation("party_organisation", name, name, "good", decided=False) for name in ("DB", "CB")]
    made.append(evaluation("leadership_collective", "DU", "DB", "good", decided=False))
    known = {one.id: replace(one, **changes.get(one.id.replace(":", "_"), {})) for one in made}
    return picture(units, people, list(known.values()), collectives=(committee,))


def _said(base: Picture, evaluation_id: str, step: str) -> str:
    every = standings(base, CampaignJudge(base, BOOK).judged(), NOTHING)
    return " ".join(order_troubles(base, BOOK, base.evaluations[evaluation_id], step, every))


def test_review_goes_from_the_collective_to_its_head_and_then_the_others() -> None:
    unreviewed: dict[str, Any] = {"facts": {"collective": "DU"}}
    base = _committee(member_A=unreviewed, member_B=unreviewed, leadership_collective_DU=unreviewed)
    assert "REV-24" in _said(base, "leader_manager:B", "review")
    assert "REV-25" in _said(base, "leader_manager:B", "review")
    assert "REV-25" not in _said(base, "leader_manager:A", "review")
    assert _said(base, "leadership_collective:DU", "review") == ""
    assert _said(_committee(member_B=unreviewed), "leader_manager:B", "review") == ""


def test_classifying_goes_from_the_organisation_to_its_collective_its_members_and_its_head_last() -> None:
    base = _committee()
    assert "ORD-06" in _said(base, "leadership_collective:DU", "decision")
    assert "ORD-02" in _said(base, "leader_manager:B", "decision")
    assert "ORD-05" in _said(base, "leader_manager:A", "decision")
    assert "ORD-05" in _said(base, "member:C", "decision"), "the secretary waits for his cell and its members"
    assert _said(base, "member:A", "decision") == ""


def test_a_public_employee_is_classified_after_the_rating_of_his_agency() -> None:
    assert "ORD-03" in _said(_committee(), "member:D", "decision")
    rated: dict[str, Any] = {"facts": {"public_employee_rating": "good", "review_completed": True}}
    assert _said(_committee(member_D=rated), "member:D", "decision") == ""


def test_an_organisation_is_decided_after_the_participants_and_after_looking_at_what_was_remedied() -> None:
    open_one = Shortcoming("2017", None, "Chậm báo cáo", "open", None, None)
    said = _said(_committee(party_organisation_CB={"shortcomings": (open_one,)}), "party_organisation:CB", "decision")
    assert "ORG-PROC-05" in said and "ORG-PROC-03" in said
    assert "ORG-PROC-05" not in _said(_committee(), "party_organisation:CB", "decision")


def test_a_dossier_nobody_has_is_not_found(commune: Commune) -> None:
    with pytest.raises(NotFound):
        evaluation_of(commune.situation().picture, "2018-m-nobodyatall1")


def _step(commune: Commune, *words: str, code: int) -> Any:
    result = CliRunner().invoke(main, ["--data", str(commune.office.root), "campaign", "step", *words])
    assert result.exit_code == code, result.output
    return result


def test_the_command_takes_a_step_and_refuses_the_next_but_one(commune: Commune) -> None:
    dossier = dossier_id("2018", "member", commune.evaluation("DV105").id)
    found = json.loads(_step(commune, dossier, "notice", "--basis", "TB số 12", "--json", code=0).stdout)
    assert (found["step"], found["next"]) == ("notice", "filed")
    assert "GEN-01" in _step(commune, dossier, "review", "--basis", "x", code=1).output
    assert "Không có hồ sơ" in _step(commune, "2018-m-khongcohoso1", "review", "--basis", "x", code=2).output
