"""The sample commune judged: every case that hurts gives exactly the rules it must."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, cast

import pytest

from archive.campaigns.hd13_2018.cases import level_counts, organisation_facts
from generator.rulebooks.hd13_2018.results import BallotResult
from tests.archive.campaigns.conftest import Commune

CASES = [
    case
    for case in tomllib.loads(resources.files("sample_campaign").joinpath("cases.toml").read_text(encoding="utf-8"))[
        "case"
    ]
    if "capacity" in case
]
_TABLES = {"person": "person", "unit": "unit", "collective": "collective"}


@pytest.fixture(scope="module")
def judged(imported: Any) -> dict[tuple[str, str], list[str]]:
    """Violated rules by subject reference and capacity."""
    from archive.campaigns.opening import find_campaign
    from archive.campaigns.running import situation_of
    from archive.office.folder import open_office

    database = open_office(imported).connect()
    situation = situation_of(database, find_campaign(database, "2018"))
    database.close()
    picture = situation.picture
    return {
        (picture.subject_reference(evaluation), evaluation.capacity): sorted(
            {finding.rule_id for finding in situation.judgement.of(evaluation).errors}
        )
        for evaluation in picture.evaluations.values()
    }


@pytest.mark.parametrize("case", CASES, ids=[case["reference"] for case in CASES])
def test_each_case_that_hurts_breaks_exactly_its_rules(
    case: dict[str, Any], judged: dict[tuple[str, str], list[str]]
) -> None:
    assert judged[case["subject"], case["capacity"]] == sorted(case["violated"])


def test_nobody_else_is_refused(judged: dict[tuple[str, str], list[str]]) -> None:
    meant = {(case["subject"], case["capacity"]) for case in CASES if case["violated"]}
    assert {subject for subject, rules in judged.items() if rules} == meant


def test_a_suspended_member_is_left_out_and_one_who_is_away_is_rated_at_home(commune: Commune) -> None:
    situation = commune.situation()
    kinds = {
        situation.picture.person_of(one).membership_kind: situation.judgement.of(one).excluded
        for one in situation.picture.all_members()
    }
    assert kinds["suspended"] and kinds["exempt"] and kinds["transferred_out"]
    assert not kinds["away"] and not kinds["official"]


def test_a_tie_on_the_last_place_elects_neither_and_says_so(commune: Commune) -> None:
    situation = commune.situation()
    tied = commune.evaluation("DV035")
    assert "BAL-07" in [finding.rule_id for finding in situation.judgement.of(tied).findings]
    school = next(cell for cell in situation.picture.cells if cell.reference == "CBTH")
    assert cast(BallotResult, situation.judgement.ballots[school.id]).tie_unresolved == ("DV035", "DV036")


def test_a_member_without_a_majority_is_told_apart(commune: Commune) -> None:
    situation = commune.situation()
    findings = situation.judgement.of(commune.evaluation("DV082")).findings
    assert [finding.rule_id for finding in findings if finding.severity == "warning"] == ["BAL-06"]


def test_a_cells_subordinates_are_counted_from_its_members(commune: Commune) -> None:
    situation = commune.situation()
    picture = situation.picture
    cell = next(one for one in picture.cells if one.reference == "CBK1")
    evaluation = picture.organisation(cell.id)
    assert evaluation is not None
    facts = organisation_facts(picture, evaluation, situation.book)
    assert facts["subordinates"] == level_counts(picture.members(cell.id), situation.book)
    assert sum(facts["subordinates"].values()) == len(picture.members(cell.id))


def test_lowering_one_member_bars_his_cell_from_good(commune: Commune) -> None:
    before = commune.situation().judgement.of(commune.evaluation("CBK3", "party_organisation")).highest
    commune.execute(
        "UPDATE decision SET level = 'not_completed' WHERE evaluation_id = ?", commune.evaluation("DV105").id
    )
    after = commune.situation().judgement.of(commune.evaluation("CBK3", "party_organisation"))
    assert before == "good"
    assert after.highest == "completed"
    assert "ORG-GOOD-02" in [finding.rule_id for finding in after.errors]


def test_a_secretary_evaluated_as_a_member_only_is_not_above_his_cell(commune: Commune) -> None:
    situation = commune.situation()
    picture = situation.picture
    secretary = next(
        one
        for one in picture.all_members()
        if picture.person_of(one).heads(one.unit_id) and picture.other_capacity(one) is None
    )
    commune.execute("UPDATE decision SET level = 'excellent' WHERE evaluation_id = ?", secretary.id)
    commune.execute("UPDATE evaluation SET proposed_level = 'completed' WHERE organisation_id = ?", secretary.unit_id)
    commune.execute(
        "DELETE FROM decision WHERE evaluation_id IN (SELECT id FROM evaluation WHERE organisation_id = ?)",
        secretary.unit_id,
    )
    own = commune.situation().judgement.of(secretary)
    assert "CAP-02" in [finding.rule_id for finding in own.errors]
    assert own.highest == "completed"


def test_missing_facts_are_told_and_hold_up_nobody_else(commune: Commune) -> None:
    broken = commune.evaluation("DV105")
    dates = "json_set(facts, '$.sick_from', '2018-31-31', '$.sick_to', '2018-04-01')"
    commune.execute(f"UPDATE evaluation SET facts = {dates} WHERE id = ?", broken.id)
    judgement = commune.situation().judgement
    assert judgement.of(broken).refused
    assert judgement.of(broken).incomplete
    assert not judgement.of(commune.evaluation("DV106")).refused
