"""Shortcomings of earlier periods before this year's criterion, and before an organisation's decision."""

from __future__ import annotations

from typing import Any

import pytest

from archive.campaigns.hd13_2018.remedies import remedy_findings
from archive.campaigns.subjects import Shortcoming
from archive.campaigns.verdicts import CampaignJudge
from generator.rules.applied import applied
from tests.archive.campaigns.conftest import Commune
from tests.archive.campaigns.pictures import BOOK, evaluation, person, picture, unit

OPEN = Shortcoming("2017", "Đảng ủy", "Chậm nộp đảng phí", "open", None, None)
DONE = Shortcoming("2017", "Đảng ủy", "Vắng sinh hoạt", "remedied", "Dự đủ 12 kỳ", None)
CASES = {"member": ("DV", "dd"), "party_organisation": ("CB", "c"), "leadership_collective": ("TT", "r")}


def _said(capacity: str, rating: str | None, *shortcomings: Shortcoming, **more: Any) -> list[tuple[str, str, str]]:
    subject, code = CASES[capacity]
    facts = {"remedy_considered": "Đã xem xét", **more.pop("facts", {})}
    own = evaluation(
        capacity, subject, "CB", "good", ratings={code: rating}, shortcomings=shortcomings, facts=facts, **more
    )
    return [(one.rule_id, one.severity, one.given) for one in remedy_findings(own, applied(BOOK))]


@pytest.mark.parametrize("capacity", CASES)
def test_what_was_pointed_out_asks_for_a_rating_and_is_quoted(capacity: str) -> None:
    ((rule_id, severity, given),) = _said(capacity, None, DONE)
    assert (rule_id, severity) == ("REV-14" if capacity == "member" else "REV-12", "warning")
    assert "năm 2017: Vắng sinh hoạt (đã khắc phục: Dự đủ 12 kỳ)" in given


@pytest.mark.parametrize("capacity", CASES)
def test_a_rating_without_anything_pointed_out_is_only_mentioned(capacity: str) -> None:
    ((_, severity, given),) = _said(capacity, "good")
    assert severity == "info" and "Chưa ghi khuyết điểm nào" in given
    assert _said(capacity, None) == []


def test_a_high_rating_over_something_still_open_is_doubted() -> None:
    ((_, severity, given),) = _said("member", "good", OPEN, DONE)
    assert severity == "warning"
    assert "Chậm nộp đảng phí" in given and "Vắng sinh hoạt" not in given
    assert [severity for _, severity, _ in _said("member", "average", OPEN)] == ["info"]


def test_an_organisation_is_not_decided_before_the_remedy_was_considered() -> None:
    ((rule_id, severity, given),) = _said("party_organisation", "average", OPEN, facts={"remedy_considered": None})[1:]
    assert (rule_id, severity) == ("ORG-PROC-05", "error")
    assert "chưa ghi việc xem xét" in given
    undecided = _said("party_organisation", "average", OPEN, facts={"remedy_considered": None}, decided=False)
    assert undecided[1][:2] == ("ORG-PROC-05", "info")
    assert len(_said("party_organisation", "average", OPEN)) == 1


def test_the_judge_says_it_with_everything_else_and_refuses_the_decision() -> None:
    cell = evaluation(
        "party_organisation", "CB", "CB", "completed", ratings={"c": "average"}, shortcomings=(OPEN,), facts={}
    )
    judgement = CampaignJudge(picture([unit("CB", "grassroots_cell")], [person("DV", "CB")], [cell]), BOOK).judged()
    assert "ORG-PROC-05" in [finding.rule_id for finding in judgement.of(cell).errors]


def test_the_members_of_the_commune_see_what_was_said_of_them_last_year(commune: Commune) -> None:
    own = commune.situation().judgement.of(commune.evaluation("DV021"))
    (finding,) = [one for one in own.findings if one.rule_id == "REV-14"]
    assert finding.severity == "info"
    assert "Chưa xử lý dứt điểm việc đổ vật liệu" in finding.given
