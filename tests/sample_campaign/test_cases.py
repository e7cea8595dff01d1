"""The hard cases of the sample campaign: the judge finds exactly what `cases.toml` says, and nothing else anywhere."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, cast

import pytest

import sample_campaign
from archive.campaigns.loading import load_picture
from archive.campaigns.opening import find_campaign
from archive.campaigns.verdicts import CampaignJudge, CampaignJudgement
from archive.importing.run import import_workbook
from archive.intake.run import intake
from archive.office.folder import Office, make_office
from generator.rulebooks.hd13_2018.results import BallotResult, QuotaResult
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign.build import content, source

CASES: list[dict[str, Any]] = tomllib.loads(
    resources.files("sample_campaign").joinpath("cases.toml").read_text(encoding="utf-8")
)["case"]
ROWS = {key: [row.model_dump() for row in found] for key, found in content.rows().items()}
Subjects = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = make_office(tmp_path_factory.mktemp("office"))
    database = office.connect()
    workbook = read(sample_campaign.workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook(content.RULEBOOK))
    report = import_workbook(database, workbook, actor="cli")
    assert [str(problem) for problem in report.problems] == []
    database.close()
    yield office


@pytest.fixture(scope="module")
def judged(office: Office) -> tuple[CampaignJudgement, Subjects]:
    database = office.connect()
    picture = load_picture(database, find_campaign(database, "2018"))
    found = CampaignJudge(picture).judged()
    subjects = {(picture.subject_reference(one), one.capacity): found.of(one) for one in picture.evaluations.values()}
    database.close()
    return found, subjects


def test_references_are_unique_and_their_subjects_exist() -> None:
    references = [case["reference"] for case in CASES]
    assert len(references) == len(set(references))
    known = {
        "person": {row["reference"] for row in ROWS["people"]},
        "unit": {row["reference"] for row in ROWS["units"]},
        "collective": {row["reference"] for row in ROWS["collectives"]},
        "ballot": {row["reference"] for row in ROWS["ballots"]},
    }
    for case in CASES:
        assert case["subject"] in known[case["subject_kind"]], case["reference"]


def test_each_case_is_marked_where_it_stands_in_the_sources() -> None:
    files = [file for folder in ("", "people") for file in source.files(folder, ".toml")]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert [case["reference"] for case in CASES if f"Case {case['reference']}:" not in text] == []


@pytest.mark.parametrize("case", [case for case in CASES if "capacity" in case], ids=lambda case: case["reference"])
def test_the_judge_finds_exactly_the_errors_of_the_case(
    case: dict[str, Any], judged: tuple[CampaignJudgement, Subjects]
) -> None:
    judgement = judged[1][(case["subject"], case["capacity"])]
    if "proposed" in case:
        assert judgement.level == case["proposed"]
    else:
        assert judgement.barred
    assert [finding.rule_id for finding in judgement.errors] == case["violated"]
    assert judgement.incomplete == ()


def test_every_other_subject_is_lawful(judged: tuple[CampaignJudgement, Subjects]) -> None:
    meant = {(case["subject"], case.get("capacity")) for case in CASES if case["violated"]}
    assert {key for key, judgement in judged[1].items() if judgement.refused} == meant


def test_nobody_is_warned_about_but_those_of_the_two_ballot_cases(judged: tuple[CampaignJudgement, Subjects]) -> None:
    warned = {
        key[0]
        for key, judgement in judged[1].items()
        if any(finding.severity == "warning" for finding in judgement.findings)
    }
    meant = {person for case in CASES for person in (*case.get("no_majority", ()), *case.get("tied", ()))}
    assert warned == meant | {"DBX"}, "the base has only rated itself: the district is still to rate it (ORG-PROC-07)"


def test_the_ballots_leave_open_what_the_cases_say(judged: tuple[CampaignJudgement, Subjects]) -> None:
    results = [cast(BallotResult, one) for one in judged[0].ballots.values()]
    open_votes = {
        person
        for result in results
        for person, level in (result.round1_results or {}).items()
        if level == "no_majority"
    }
    assert open_votes == {person for case in CASES for person in case.get("no_majority", ())}
    assert {person for result in results for person in result.tie_unresolved or ()} == {"DV035", "DV036"}
    chosen = {person for result in results for person in result.chosen_excellent or ()}
    proposed = {row["subject"] for row in ROWS["outcomes"] if row["proposed_level"] == "excellent"}
    assert chosen == {person for person in proposed if person.startswith("DV")}


def test_refused_subjects_have_no_decision_and_the_excellent_members_keep_within_every_reading(
    judged: tuple[CampaignJudgement, Subjects],
) -> None:
    refused = {(case["subject"], case["capacity"]) for case in CASES if case["violated"]}
    assert not {(row["subject"], row["capacity"]) for row in ROWS["outcomes"] if row["decided_level"]} & refused
    quota = cast(QuotaResult, judged[0].decided_quota)
    assert (quota.excellent, quota.zone) == (11, "inside_every_reading")


def test_what_the_district_decides_waits_but_for_two_leaders() -> None:
    open_ones = {"DBX", "BCH"}
    decided = {row["subject"] for row in ROWS["outcomes"] if row["decided_level"]}
    assert not decided & open_ones
    leaders = [row for row in ROWS["outcomes"] if row["capacity"] == "leader_manager"]
    assert {row["subject"] for row in leaders if row["decided_level"]} == {"DV004", "DV006"}


def test_the_intake_takes_all_papers_but_the_two_unknown_and_the_broken_one(office: Office) -> None:
    with resources.as_file(sample_campaign.intake_folder()) as folder:
        report = intake(office, Path(folder), actor="cli", dry_run=True)
    assert {one.file for one in report.undecided} == {
        "CBK1/Bản kiểm điểm Nguyễn Văn Bình.docx",
        "CBK2/scan0012.pdf",
    }
    assert {one.file for one in report.refused} == {"CBTH/DV039 - Nhận xét nơi cư trú.pdf"}
    assert len(report.taken) == 79
