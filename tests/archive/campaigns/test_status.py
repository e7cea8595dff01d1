"""Where each unit stands, what is missing, how many days are left."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from click.testing import CliRunner

from archive.campaigns.status import campaign_status
from cli import main
from tests.archive.campaigns.conftest import Commune

DAY = date(2018, 12, 20)


def _units(commune: Commune, today: date = DAY) -> dict[str, dict[str, Any]]:
    return {one["unit"]: one for one in campaign_status(commune.database, commune.situation(), today=today)["units"]}


def test_every_evaluation_of_a_unit_stands_at_one_step(commune: Commune) -> None:
    units = _units(commune)
    assert units["CBK3"]["steps"] == {"decision": 9}, "eight members and the cell itself"
    assert units["CBK3"]["left_out"] == {"participants": 1}
    assert "Chưa ghi bước “Các chủ thể tham gia đánh giá”: 1 đối tượng" in units["CBK3"]["missing"]
    assert sum(units["CBK1"]["steps"].values()) == 30 - 2 + 1, "two of the members are outside the classification"


def test_one_step_back_shows_in_the_count(commune: Commune) -> None:
    commune.forget_steps()
    commune.execute("DELETE FROM decision WHERE evaluation_id = ?", commune.evaluation("DV105").id)
    assert _units(commune)["CBK3"]["steps"] == {"appraisal": 1, "decision": 8}


def test_days_are_counted_to_the_last_day_in_time_of_each_sender(commune: Commune) -> None:
    found = campaign_status(commune.database, commune.situation(), today=DAY)
    assert [(one["due_on"], one["days_left"]) for one in found["deadlines"]] == [
        ("2018-12-29", 9),
        ("2019-01-09", 20),
        ("2019-01-30", 41),
    ]
    assert found["deadlines"][0]["advice"] == "Ngày làm việc cuối cùng trong hạn là 28/12/2018"
    units = _units(commune)
    assert units["CBK3"]["due"] == "29/12/2018 (còn 9 ngày)"
    assert units["DBX"]["due"] == "09/01/2019 (còn 20 ngày)"
    late = campaign_status(commune.database, commune.situation(), today=date(2019, 1, 2))["deadlines"]
    assert late[0]["sentence"] == "29/12/2018 (đã qua)"
    assert [one["late_rule_ids"] for one in late] == [["DL-01"], [], []]


def test_refused_subjects_are_named_with_their_rules(commune: Commune) -> None:
    (cell,) = _units(commune)["CBK1"]["refused"]
    assert (cell["subject"], cell["capacity"], cell["highest"]) == ("CBK1", "party_organisation", "good")
    assert cell["rules"] == ["ORG-EXC-03"]


def test_figures_that_differ_are_open_until_they_agree(commune: Commune) -> None:
    assert _units(commune)["CBK3"]["figures"] == []
    commune.execute("UPDATE ballot SET entitled = 9 WHERE reference = 'P1-CBK3'")
    (figure,) = _units(commune)["CBK3"]["figures"]
    assert "ghi 9 người được quyền bỏ phiếu" in figure["given"]
    assert "danh sách chi bộ có 8 đảng viên chính thức" in figure["given"]
    assert any("ghi 9 người" in sentence for sentence in _units(commune)["CBK3"]["missing"])


def test_the_command_prints_the_same_for_people_and_for_programs(commune: Commune) -> None:
    def said(*words: str) -> str:
        result = CliRunner().invoke(main, ["--data", str(commune.office.root), "campaign", "status", "2018", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    found = json.loads(said("--json", "--unit", "CBK3"))
    assert [one["unit"] for one in found["units"]] == ["CBK3"]
    text = said("--unit", "CBK3")
    assert "Quyết định: 9" in text
    assert "Chi bộ trực thuộc gửi đảng ủy cơ sở: 29/12/2018" in text
