"""Readings as overlays: office, unit, campaign; what they change, and what cannot be chosen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from archive.campaigns.opening import find_campaign
from archive.office.readings import ReadingRefused, layers, reading_lines, set_reading
from archive.records.database import one, rows
from archive.records.dossiers import dossier_id, read_file, show
from cli import main
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook
from tests.archive.campaigns.conftest import Commune

BOOK = load_rulebook()
YOUNG = "DV025"  # admitted on 26/7/2018: five months on the day of the decision, and no more by the end of the year


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


def test_without_a_choice_the_shipped_reading_stands(commune: Commune) -> None:
    assert in_force(commune, "quota_base") is None
    assert {line.source for line in reading_lines(BOOK, layers(commune.database, owner(commune)))} == {"shipped"}


def test_the_nearest_layer_decides(commune: Commune) -> None:
    campaign = find_campaign(commune.database, "2018")
    choose(commune, "majority_base", "present")
    assert in_force(commune, "majority_base") == "present"
    choose(commune, "majority_base", "issued", unit_id=owner(commune))
    assert in_force(commune, "majority_base") == "issued"
    choose(commune, "majority_base", "valid", campaign_id=campaign.id)
    assert in_force(commune, "majority_base") == "valid"
    choose(commune, "majority_base", None, campaign_id=campaign.id)
    assert in_force(commune, "majority_base") == "issued"


def test_a_unit_follows_its_nearest_ancestor_that_chose(commune: Commune) -> None:
    cell = unit_id(commune, "CBK3")
    choose(commune, "quota_base", "strict", unit_id=owner(commune))
    line = next(one for one in reading_lines(BOOK, layers(commune.database, cell)) if one.name == "quota_base")
    assert (line.value, line.source) == ("strict", "unit")
    assert line.whose == commune.situation().picture.owner.name
    choose(commune, "quota_base", "both", unit_id=cell)
    line = next(one for one in reading_lines(BOOK, layers(commune.database, cell)) if one.name == "quota_base")
    assert (line.value, line.whose) == ("both", commune.situation().picture.units[cell].name)
    assert in_force(commune, "quota_base") == "strict"


def test_the_judge_follows_the_reading_chosen(commune: Commune) -> None:
    admitted = commune.evaluation(YOUNG)
    commune.execute("UPDATE person SET admitted_on = '2018-06-30' WHERE id = ?", admitted.person_id)
    before = commune.situation().judgement.of(commune.evaluation(YOUNG))
    choose(commune, "six_month_date", "year_end")
    after = commune.situation().judgement.of(commune.evaluation(YOUNG))
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


def test_a_value_outside_the_choices_is_refused(commune: Commune) -> None:
    with pytest.raises(InvalidInput, match="half_up"):
        choose(commune, "quota_rounding", "round")
    with pytest.raises(InvalidInput):
        choose(commune, "member_basic_criteria", "a1,z9")
    choose(commune, "member_basic_criteria", "a1, a2")
    assert in_force(commune, "member_basic_criteria") == ["a1", "a2"]


def test_what_was_in_force_is_frozen_with_each_dossier(commune: Commune) -> None:
    choose(commune, "quota_rounding", "half_up", unit_id=owner(commune))
    commune.run()
    own = dossier_id("2018", "member", commune.evaluation("DV105").id)
    told = json.loads(read_file(commune.office, commune.database, own, "dossier.json"))["record"]
    assert told["readings"]["quota_rounding"] == "half_up"
    assert told["readings_digest"] == BOOK.settings.overlaid({"quota_rounding": "half_up"}).digest()


def test_a_finding_says_in_words_how_the_text_is_read_and_what_was_chosen(commune: Commune) -> None:
    choose(commune, "six_month_date", "year_end")
    commune.run()
    young = commune.evaluation(YOUNG)
    findings = show(commune.database, dossier_id("2018", "member", young.id))["findings"]
    [sentence] = next(one for one in findings if one["rule_id"] == "GEN-05")["read_as"]
    assert sentence.startswith("“Chưa đủ 06 tháng” tính đến ngày nào?")
    assert "Ở đây đã chọn khác: Ngày tính đủ 06 tháng – Ngày 31/12 của năm đánh giá." in sentence
    assert sentence.endswith("(AMB-15)")


def test_the_commands_show_set_and_take_back(commune: Commune) -> None:
    def call(*words: str, wanted: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(commune.office.root), "readings", *words])
        assert result.exit_code == wanted, result.output
        return result.output

    def shown(*words: str) -> tuple[str, str]:
        lines = {line["name"]: line for line in json.loads(call(*words, "--json"))}
        return lines["quota_base"]["value"], lines["quota_base"]["source"]

    call("set", "quota_base", "strict", "--unit", commune.situation().picture.owner.reference)
    assert shown() == ("both", "shipped")
    assert shown("--unit", "CBK3") == ("strict", "unit")
    call("set", "quota_base", "both", "--period", "2018")
    assert shown("--period", "2018") == ("both", "campaign")
    call("set", "quota_base", "--inherit", "--period", "2018")
    assert shown("--period", "2018") == ("strict", "unit")
    assert "AMB-01" in call()
    call("set", "quota_base", wanted=2)
    call("set", "AMB-05", "x", wanted=2)
    actions = rows(commune.database, "SELECT note FROM event WHERE action = 'reading.set' ORDER BY seq")
    assert [row["note"] for row in actions] == ["quota_base=strict", "quota_base=both", "quota_base=shipped"]
