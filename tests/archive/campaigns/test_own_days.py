"""The office's own days off: entered, taken out, counted by the deadlines of a campaign."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from archive.campaigns.status import campaign_status
from archive.errors import NotFound
from archive.office.own_days import office_calendar, remove_own_day, set_own_day
from cli import main
from generator import judge
from tests.archive.campaigns.conftest import Commune


def advice(commune: Commune) -> str:
    """What the list of days says of the last working day in time for a cell's report (before 30/12/2018)."""
    status = campaign_status(commune.database, commune.situation(), today=date(2018, 12, 1))
    return next(str(one["advice"]) for one in status["deadlines"] if one["from"] == "cell")


def off(commune: Commune, day: date, kind: str = "off") -> None:
    set_own_day(commune.database, day, kind, name="Ngày riêng", document="", actor="cli")


def test_without_own_days_the_calendar_of_the_country_stands(commune: Commune) -> None:
    assert office_calendar(commune.database, 2018, 2019) == {}
    assert "28/12/2018" in advice(commune)


def test_a_day_off_of_the_office_moves_the_last_working_day(commune: Commune) -> None:
    off(commune, date(2018, 12, 28))
    assert "27/12/2018" in advice(commune)
    remove_own_day(commune.database, date(2018, 12, 28), actor="cli")
    assert "28/12/2018" in advice(commune)


def test_a_saturday_the_office_works_counts(commune: Commune) -> None:
    off(commune, date(2018, 12, 29), "worked")
    assert advice(commune) == ""


def test_the_days_of_the_country_stay_beside_the_offices_own(commune: Commune) -> None:
    facts = {"kind": "reclassify", "annulled_on": "2018-12-28", "reclassified_on": None, "reported_on": None}
    before = judge.deadline(facts).due_date
    off(commune, date(2019, 1, 7))
    after = judge.deadline({**facts, **office_calendar(commune.database, 2018, 2019)}).due_date
    assert (before, after) == (date(2019, 2, 18), date(2019, 2, 19))


def test_a_day_that_is_not_there_cannot_be_taken_out(commune: Commune) -> None:
    with pytest.raises(NotFound, match="2018-12-28"):
        remove_own_day(commune.database, date(2018, 12, 28), actor="cli")


def test_the_command_adds_lists_and_removes(commune: Commune) -> None:
    def call(*words: str) -> str:
        result = CliRunner().invoke(main, ["--data", str(commune.office.root), "days-off", *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    call("add", "2018-12-28", "--name", "Mất điện toàn cơ quan", "--document", "Thông báo số 5")
    assert [one["name"] for one in json.loads(call("--json"))] == ["Mất điện toàn cơ quan"]
    assert "Thông báo số 5" in call()
    call("remove", "2018-12-28")
    assert json.loads(call("--json")) == []
