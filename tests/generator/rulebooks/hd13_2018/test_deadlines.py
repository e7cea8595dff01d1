"""Last days in time (13-HD/TU, VI.1; I.4.1.a; V.1, gạch 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook


@pytest.mark.parametrize(
    ("sender", "due", "rule_id"),
    [
        ("cell", date(2018, 12, 29), "DL-01"),
        ("grassroots", date(2019, 1, 9), "DL-02"),
        ("district", date(2019, 1, 30), "DL-03"),
    ],
)
def test_the_day_before_the_limit_is_the_last_in_time(sender: str, due: date, rule_id: str) -> None:
    facts = {"kind": "submission", "from": sender, "year": 2018}
    assert judge.deadline({**facts, "sent_on": due}).allowed
    late = judge.deadline({**facts, "sent_on": date.fromordinal(due.toordinal() + 1)})
    assert (late.due_date, late.violated_rule_ids) == (due, (rule_id,))
    assert judge.deadline({**facts, "sent_on": None}).allowed, "what is not sent yet is not late yet"


def test_a_saturday_limit_is_not_moved_but_the_last_working_day_is_advised() -> None:
    result = judge.deadline({"kind": "submission", "from": "cell", "year": 2018, "sent_on": "2018-12-29"})
    assert result.allowed
    assert result.advice == "Ngày làm việc cuối cùng trong hạn là 28/12/2018"


@pytest.mark.parametrize(
    ("meeting_on", "due"), [("2018-12-24", date(2018, 12, 19)), ("2019-01-03", date(2018, 12, 27))]
)
def test_a_draft_is_due_three_working_days_back_in_the_calendar_of_viet_nam(meeting_on: str, due: date) -> None:
    facts = {"kind": "draft_notice", "meeting_on": meeting_on, "sent_on": None}
    assert judge.deadline(facts).due_date == due


def test_clear_days_between_are_another_reading() -> None:
    facts = {"kind": "draft_notice", "meeting_on": "2018-12-24", "sent_on": "2018-12-19"}
    counted_back = judge.deadline(facts)
    assert (counted_back.allowed, counted_back.warning_rule_ids) == (True, ("DL-04",))
    clear = judge.deadline(facts, settings=load_rulebook().settings.overlaid({"lead_mode": "clear_days"}))
    assert (clear.due_date, clear.violated_rule_ids) == (date(2018, 12, 18), ("DL-04",))


@pytest.mark.parametrize(
    ("annulled_on", "due"),
    [
        ("2018-12-28", date(2019, 2, 18)),
        ("2019-01-02", date(2019, 2, 19)),
        ("2019-01-15", date(2019, 3, 5)),
        ("2019-04-10", date(2019, 5, 27)),
    ],
)
def test_thirty_working_days_cross_tet_and_swapped_saturdays(annulled_on: str, due: date) -> None:
    facts = {"kind": "reclassify", "annulled_on": annulled_on, "reclassified_on": None, "reported_on": None}
    assert judge.deadline(facts).due_date == due


def test_both_reclassification_and_report_are_due() -> None:
    facts: dict[str, Any] = {"kind": "reclassify", "annulled_on": "2019-04-10", "reported_on": "2019-05-27"}
    assert judge.deadline({**facts, "reclassified_on": "2019-05-20"}).allowed
    late = judge.deadline({**facts, "reclassified_on": "2019-05-28", "reported_on": "2019-05-29"})
    assert late.findings[0].given == "Xếp loại lại ngày 28/05/2019; báo cáo cấp trên ngày 29/05/2019"
    assert late.findings[0].needed.startswith("Chậm nhất ngày 27/05/2019 (xếp loại lại và báo cáo")


def test_days_off_given_with_the_case_replace_the_calendar() -> None:
    facts = {"kind": "draft_notice", "meeting_on": "2019-01-03", "sent_on": None}
    assert judge.deadline({**facts, "non_working_days": []}).due_date == date(2018, 12, 31)
    assert judge.deadline({**facts, "working_saturdays": ["2018-12-29"]}).due_date == date(2018, 12, 31)
    both = {"non_working_days": ["2018-12-31"], "working_saturdays": ["2018-12-29"]}
    assert judge.deadline({**facts, **both}).due_date == date(2018, 12, 29)


def test_a_calendar_that_was_not_announced_is_said() -> None:
    facts = {"kind": "reclassify", "annulled_on": "2022-12-28", "reclassified_on": None, "reported_on": None}
    assert judge.deadline(facts).advice == "Lịch nghỉ năm 2022 và 2023 chưa đối chiếu thông báo chính thức của năm"


def test_an_unknown_sender_or_a_year_out_of_reach_is_refused() -> None:
    for changes in ({"from": "village"}, {"year": 99999}, {"year": True}):
        with pytest.raises(InvalidInput):
            judge.deadline({"kind": "submission", "from": "cell", "year": 2018, "sent_on": None, **changes})
