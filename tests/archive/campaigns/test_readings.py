"""Readings as overlays: office, unit, campaign; what they change, and what cannot be chosen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from archive.campaigns.opening import find_campaign, open_campaign
from archive.campaigns.rereading import reread, under
from archive.office.accounts import Account, make_account
from archive.office.readings import ReadingRefused, frozen_readings, layers, reading_lines, set_reading
from archive.records.database import one, rows
from archive.records.dossiers import dossier_id, read_file, show
from cli import main
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook
from tests.archive.campaigns.conftest import Commune

BOOK = load_rulebook()
YOUNG = "DV025"  # admitted on 26/7/2018: five months on the day of the decision, and no more by the end of the year


@pytest.fixture
def undecided(commune: Commune) -> Commune:
    """The sample commune before its first decision, with which its readings are frozen."""
    commune.forget_decisions()
    return commune


def choose(commune: Commune, name: str, value: str | None, **where: Any) -> None:
    set_reading(commune.database, BOOK, name, value, actor="cli", **where)


def unit_id(commune: Commune, reference: str) -> str:
    found = one(commune.database, "SELECT id FROM unit WHERE reference = ?", [reference])
    assert found
    return str(found["id"])


def owner(commune: Commune) -> str:
    return find_campaign(commune.database, "2018").owner_id


def in_force(commune: Commune, name: str) -> Any:
    return commune.situation().picture.campaign.settings.get(name)


def test_without_a_choice_the_shipped_reading_stands(undecided: Commune) -> None:
    assert in_force(undecided, "quota_base") is None
    assert {line.source for line in reading_lines(BOOK, layers(undecided.database, owner(undecided)))} == {"shipped"}


def test_the_nearest_layer_decides(undecided: Commune) -> None:
    campaign = find_campaign(undecided.database, "2018")
    choose(undecided, "majority_base", "present")
    assert in_force(undecided, "majority_base") == "present"
    choose(undecided, "majority_base", "issued", unit_id=owner(undecided))
    assert in_force(undecided, "majority_base") == "issued"
    choose(undecided, "majority_base", "valid", campaign_id=campaign.id)
    assert in_force(undecided, "majority_base") == "valid"
    choose(undecided, "majority_base", None, campaign_id=campaign.id)
    assert in_force(undecided, "majority_base") == "issued"


def test_a_unit_follows_its_nearest_ancestor_that_chose(undecided: Commune) -> None:
    cell = unit_id(undecided, "CBK3")
    choose(undecided, "quota_base", "strict", unit_id=owner(undecided))
    line = next(one for one in reading_lines(BOOK, layers(undecided.database, cell)) if one.name == "quota_base")
    assert (line.value, line.source) == ("strict", "unit")
    assert line.whose == undecided.situation().picture.owner.name
    choose(undecided, "quota_base", "both", unit_id=cell)
    line = next(one for one in reading_lines(BOOK, layers(undecided.database, cell)) if one.name == "quota_base")
    assert (line.value, line.whose) == ("both", undecided.situation().picture.units[cell].name)
    assert in_force(undecided, "quota_base") == "strict"


def test_the_judge_follows_the_reading_chosen(undecided: Commune) -> None:
    admitted = undecided.evaluation(YOUNG)
    undecided.execute("UPDATE person SET admitted_on = '2018-06-30' WHERE id = ?", admitted.person_id)
    before = undecided.situation().judgement.of(undecided.evaluation(YOUNG))
    choose(undecided, "six_month_date", "year_end")
    after = undecided.situation().judgement.of(undecided.evaluation(YOUNG))
    assert "GEN-05" in [finding.rule_id for finding in before.errors]
    assert "GEN-05" not in [finding.rule_id for finding in after.findings]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("AMB-05", "AMB-05 không để cơ quan chọn"),
        ("amb-07", "điểm để ngỏ, không phải tên thiết lập"),
        ("MEM-NC-04", "Không có thiết lập"),
    ],
)
def test_what_the_rulebook_leaves_no_choice_in_is_refused_with_what_may_be_chosen(
    commune: Commune, name: str, said: str
) -> None:
    with pytest.raises(ReadingRefused, match=said) as refused:
        choose(commune, name, "strict")
    assert "quota_base (Số gốc" in refused.value.message


def test_a_value_outside_the_choices_is_refused(undecided: Commune) -> None:
    with pytest.raises(InvalidInput, match="half_up"):
        choose(undecided, "quota_rounding", "round")
    with pytest.raises(InvalidInput):
        choose(undecided, "member_basic_criteria", "a1,z9")
    choose(undecided, "member_basic_criteria", "a1, a2")
    assert in_force(undecided, "member_basic_criteria") == ["a1", "a2"]


@pytest.fixture
def approver(commune: Commune) -> Account:
    """Someone who may decide beside the rules."""
    return make_account(commune.database, "duyet", "Phạm Thị Duyên", "approver", "mot mat khau dai")


def test_what_was_in_force_is_frozen_with_each_dossier(commune: Commune, approver: Account) -> None:
    campaign = find_campaign(commune.database, "2018")
    choose(commune, "quota_rounding", "half_up", campaign_id=campaign.id, account=approver, reason="Theo Kết luận số 3")
    commune.run()
    own = dossier_id("2018", "member", commune.evaluation("DV105").id)
    told = json.loads(read_file(commune.office, commune.database, own, "dossier.json"))["record"]
    assert told["readings"]["quota_rounding"] == "half_up"
    assert told["readings_digest"] == BOOK.settings.overlaid({"quota_rounding": "half_up"}).digest()


def test_what_is_chosen_above_after_the_first_decision_leaves_the_campaign_as_it_was(commune: Commune) -> None:
    assert frozen_readings(commune.database, find_campaign(commune.database, "2018").id) is not None
    commune.run()
    versions = rows(commune.database, "SELECT id, version FROM dossier ORDER BY id")
    choose(commune, "quota_base", "strict")
    choose(commune, "six_month_date", "year_end", unit_id=owner(commune))
    assert in_force(commune, "quota_base") == "both" and in_force(commune, "six_month_date") == "evaluated_on"
    assert {line.source for line in reading_lines(BOOK, layers(commune.database, owner(commune)))} >= {"office", "unit"}
    commune.run()
    assert rows(commune.database, "SELECT id, version FROM dossier ORDER BY id") == versions


def test_a_campaign_opened_afterwards_follows_what_was_chosen(commune: Commune) -> None:
    choose(commune, "quota_base", "strict")
    opened = open_campaign(
        commune.database, period="2019", owner_reference="DBX", place="An Đồng", evaluated_on="2019-12-20",
        rulebook="hd13_2018", actor="cli",
    )  # fmt: skip
    assert find_campaign(commune.database, "2019").settings["quota_base"] == "strict"
    assert frozen_readings(commune.database, opened) is None


def test_a_reading_frozen_before_is_shown_as_such(commune: Commune) -> None:
    commune.forget_decisions()
    choose(commune, "quota_base", "strict")
    commune.execute(
        "INSERT INTO decision (id, evaluation_id, level) SELECT 'd', id, 'good' FROM evaluation WHERE id = ?",
        commune.evaluation("DV105").id,
    )
    choose(commune, "quota_base", "both")
    campaign = one(commune.database, "SELECT * FROM campaign")
    [line] = [one for one in reading_lines(BOOK, layers(commune.database, None, campaign)) if one.name == "quota_base"]
    assert (line.value, line.source) == ("strict", "frozen")
    assert in_force(commune, "quota_base") == "strict"


def test_a_campaign_begun_changes_its_own_reading_by_an_approver_with_a_reason(
    commune: Commune, approver: Account
) -> None:
    campaign = find_campaign(commune.database, "2018").id
    clerk = make_account(commune.database, "van-phong", "Lê Thị Lan", "clerk", "mot mat khau dai")
    for account in (None, clerk):
        with pytest.raises(ReadingRefused, match="người duyệt"):
            choose(commune, "quota_base", "strict", campaign_id=campaign, account=account, reason="Vì sao")
    with pytest.raises(ReadingRefused, match="lý do"):
        choose(commune, "quota_base", "strict", campaign_id=campaign, account=approver)
    choose(commune, "quota_base", "strict", campaign_id=campaign, account=approver, reason="Theo Kết luận số 3")
    assert in_force(commune, "quota_base") == "strict"
    [event] = rows(commune.database, "SELECT note FROM event WHERE action = 'reading.set'")
    assert event["note"] == "quota_base=strict: Theo Kết luận số 3"


def test_another_reading_shows_whose_verdict_it_changes(commune: Commune) -> None:
    admitted = commune.evaluation(YOUNG)
    commune.execute("UPDATE person SET admitted_on = '2018-06-30' WHERE id = ?", admitted.person_id)
    before = commune.situation()
    subjects, quotas = reread(before, under(before, {**before.picture.campaign.settings, "six_month_date": "year_end"}))
    [changed] = [one for one in subjects if one.evaluation.id == admitted.id]
    assert changed.before.highest == "not_classified" and changed.after.highest != "not_classified"
    assert changed.as_dict(before.picture)["subject"] == YOUNG
    assert quotas == ()
    _, strict = reread(before, under(before, {**before.picture.campaign.settings, "quota_base": "strict"}))
    assert [one.evaluation for one in reread(before, before)[0]] == [] and isinstance(strict, tuple)


def test_a_finding_says_in_words_how_the_text_is_read_and_what_was_chosen(undecided: Commune) -> None:
    choose(undecided, "six_month_date", "year_end")
    undecided.run()
    young = undecided.evaluation(YOUNG)
    findings = show(undecided.database, dossier_id("2018", "member", young.id))["findings"]
    [sentence] = next(one for one in findings if one["rule_id"] == "GEN-05")["read_as"]
    assert sentence.startswith("“Chưa đủ 06 tháng” tính đến ngày nào?")
    assert "Ở đây đã chọn khác: Ngày tính đủ 06 tháng – Ngày 31/12 của năm đánh giá." in sentence
    assert sentence.endswith("(AMB-15)")


def test_the_commands_show_set_and_take_back(undecided: Commune) -> None:
    def call(*words: str, wanted: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(undecided.office.root), "readings", *words])
        assert result.exit_code == wanted, result.output
        return result.output

    def shown(*words: str) -> tuple[str, str]:
        lines = {line["name"]: line for line in json.loads(call(*words, "--json"))}
        return lines["quota_base"]["value"], lines["quota_base"]["source"]

    call("set", "quota_base", "strict", "--unit", undecided.situation().picture.owner.reference)
    assert shown() == ("both", "shipped")
    assert shown("--unit", "CBK3") == ("strict", "unit")
    call("set", "quota_base", "both", "--period", "2018")
    assert shown("--period", "2018") == ("both", "campaign")
    call("set", "quota_base", "--inherit", "--period", "2018")
    assert shown("--period", "2018") == ("strict", "unit")
    assert "AMB-01" in call()
    call("set", "quota_base", wanted=2)
    call("set", "AMB-05", "x", wanted=2)
    actions = rows(undecided.database, "SELECT note FROM event WHERE action = 'reading.set' ORDER BY seq")
    assert [row["note"] for row in actions] == ["quota_base=strict", "quota_base=both", "quota_base=shipped"]
