"""What is wrong with an input is said all at once, each with its place and a sentence a clerk understands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from generator import judge
from generator.errors import InvalidInput, Problem

Changed = Callable[..., dict[str, Any]]


def _problems(call: Callable[[], object]) -> dict[str, Problem]:
    with pytest.raises(InvalidInput) as caught:
        call()
    return {problem.place.field: problem for problem in caught.value.problems}


def test_every_problem_of_a_member_is_collected(facts_of: Changed) -> None:
    facts = facts_of(
        "party_member",
        admitted_on="2018-02-30",
        evaluated_on="20/12/2018",
        review_completed="yes",
        criteria__b1="exellent",
        targets__completed=-1,
        targets__assigned="10",
        discipline=None,
        nickname="Tư",
    )
    del facts["card_lost"], facts["criteria"]["a1"]
    problems = _problems(lambda: judge.classify("party_member", facts, "goood"))
    assert {field: problem.message for field, problem in problems.items()} == {
        "facts.admitted_on": "“Ngày kết nạp vào Đảng” ghi “2018-02-30”, ngày này không có trong lịch",
        "facts.evaluated_on": "“Ngày đánh giá, xếp loại” ghi “20/12/2018”, cần ghi một ngày",
        "facts.review_completed": "“Đã hoàn thành kiểm điểm” ghi “yes”, cần ghi có hoặc không",
        "facts.criteria.a1": "Thiếu “I.1 Tư tưởng chính trị”",
        "facts.criteria.b1": "“II.1 Việc thực hiện chức trách, quyền hạn theo quy định (đảng, chính quyền, đoàn thể)” "
        "ghi “exellent”, không phải một lựa chọn có sẵn",
        "facts.targets.completed": "“Số chỉ tiêu, nhiệm vụ hoàn thành” ghi “-1”, không được nhỏ hơn 0",
        "facts.targets.assigned": "“Số chỉ tiêu, nhiệm vụ được giao” ghi “10”, cần ghi một số nguyên",
        "facts.discipline": "“Kỷ luật” phải gồm các mục con",
        "facts.card_lost": "Thiếu “Làm mất thẻ đảng viên”",
        "facts.nickname": "Không có mục nào tên “nickname”",
        "proposed_level": "Mức đề xuất ghi “goood”, không phải một mức có sẵn",
    }
    assert problems["facts.criteria.b1"].remedy == "Chọn một trong: excellent, good, average, poor"


def test_a_day_may_be_a_date_or_its_text(facts_of: Changed) -> None:
    as_text = judge.classify("party_member", facts_of("party_member", admitted_on="2018-06-21"), "good")
    as_date = judge.classify("party_member", facts_of("party_member", admitted_on=date(2018, 6, 21)), "good")
    assert as_text == as_date


@pytest.mark.parametrize("wrong", ["2018-06-21T00:00:00", "9999-12-31", "0001-01-01", 20180621])
def test_what_is_no_day_of_an_office_is_refused(wrong: Any, facts_of: Changed) -> None:
    facts = facts_of("party_member", admitted_on=wrong)
    assert list(_problems(lambda: judge.classify("party_member", facts, "good"))) == ["facts.admitted_on"]


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        (
            "party_member",
            {"sick_leave": {"from": "2018-05-02", "to": "2018-05-01"}},
            "Ngày hết nghỉ ốm đứng trước ngày bắt đầu",
        ),
        (
            "party_member",
            {"sick_leave": [{"from": "2018-05-02", "to": "2018-05-09"}, {"from": "2018-05-09", "to": "2018-05-20"}]},
            "Hai đợt nghỉ ốm chồng lên nhau",
        ),
        ("party_organisation", {"organisation_type": "grassroots_cell"}, "Chi bộ chưa ghi có chi ủy hay không"),
        (
            "leadership_collective",
            {"collective_type": "youth_union_standing_committee"},
            "Loại tập thể này không có tiêu chí t4",
        ),
    ],
)
def test_facts_that_contradict_each_other_are_refused(
    kind: str, changes: dict[str, Any], message: str, facts_of: Changed
) -> None:
    problems = _problems(lambda: judge.classify(kind, facts_of(kind, **changes), "good"))
    assert [problem.message for problem in problems.values()] == [message]


@pytest.mark.parametrize("facts", [None, [], "text", 3, {}, {1: 2}])
def test_facts_of_no_shape_are_refused_with_a_sentence(facts: Any) -> None:
    for problem in _problems(lambda: judge.classify("party_member", facts, "good")).values():
        assert problem.message
        assert "{" not in str(problem)


def test_an_unknown_kind_is_refused() -> None:
    problems = _problems(lambda: judge.classify("committee", {}, "good"))
    assert problems["subject_kind"].message == "Loại đối tượng ghi “committee”, không dùng được ở đây"


def test_problems_of_every_case_carry_the_case(facts_of: Changed) -> None:
    good = {"id": "A", "type": "classification", "subject_kind": "party_member", "proposed_level": "good"}
    document = {
        "cases": [
            {**good, "facts": facts_of("party_member")},
            {**good, "id": "B", "facts": facts_of("party_member", card_lost="no"), "remarks": "x"},
            {"id": "C", "type": "lottery"},
            {"id": "D", "type": "quota", "facts": {"rule": "QUO-02", "group": "g", "good": 4}},
            {"id": "E", "type": "deadline", "facts": {"kind": "someday"}},
            {"id": "F", "type": "classification", "facts": {}},
        ]
    }
    problems = _problems(lambda: judge.check_cases(document))
    assert sorted(problems) == [
        "cases.B.facts.card_lost",
        "cases.B.remarks",
        "cases.C.type",
        "cases.D.facts",
        "cases.E.facts.kind",
        "cases.F.proposed_level",
        "cases.F.subject_kind",
    ]


def test_cases_need_ids_of_their_own() -> None:
    problems = _problems(lambda: judge.check_cases({"cases": [{"id": "A"}, {"id": "A"}, {"type": "order"}, "text"]}))
    assert sorted(problems) == ["cases.2.id", "cases.3", "cases.A.id"]
    assert list(_problems(lambda: judge.check_cases({"case": []}))) == ["cases"]


def test_validate_refuses_cases_that_propose_no_level() -> None:
    case = {"id": "A", "type": "order", "facts": {"sequence": []}}
    problems = _problems(lambda: judge.validate_document({"cases": [case]}))
    assert problems["cases.A.type"].remedy == "Dùng lệnh hoso check cho trường hợp này"
    assert _problems(lambda: judge.validate_document(["text"]))


def test_a_level_to_reach_must_be_one_of_the_order(facts_of: Changed) -> None:
    problems = _problems(lambda: judge.facts_between("party_member", facts_of("party_member"), "not_classified"))
    assert list(problems) == ["level"]
