"""The cases that hurt: the sample's hard subjects come out as `cases.toml` says, by rule id, through the commands."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.journey import SAMPLE, Desk, call

CASES: list[dict[str, Any]] = tomllib.loads((SAMPLE / "cases.toml").read_text(encoding="utf-8"))["case"]
BY_KIND = {kind: [case for case in CASES if case["subject_kind"] == kind] for kind in ("person", "unit", "collective")}
SUBJECTS = [case for case in CASES if case["subject_kind"] != "ballot" and "capacity" in case]
REFUSED = [case for case in SUBJECTS if case["violated"]]
_EVALUATION = """
SELECT e.id, e.proposed_level FROM evaluation e LEFT JOIN person p ON p.id = e.person_id
LEFT JOIN unit u ON u.id = e.organisation_id LEFT JOIN collective c ON c.id = e.collective_id
WHERE e.capacity = ? AND ? IN (p.reference, u.reference, c.reference)
"""


def evaluation_of(desk: Desk, case: dict[str, Any]) -> tuple[str, str | None]:
    ((found, proposed),) = desk.rows(_EVALUATION, case["capacity"], case["subject"])
    return str(found), proposed


def name_of(desk: Desk, case: dict[str, Any]) -> str:
    tables = {
        "person": "SELECT full_name FROM person WHERE reference = ?",
        "unit": "SELECT name FROM unit_view WHERE reference = ?",
        "collective": "SELECT name FROM collective WHERE reference = ?",
    }
    ((name,),) = desk.rows(tables[case["subject_kind"]], case["subject"])
    return str(name)


@pytest.fixture(scope="module")
def report(filed: Desk, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a further run says of the whole campaign."""
    desk = filed.copied(tmp_path_factory.mktemp("report") / "data")
    said: dict[str, Any] = desk("campaign", "run", "2018", "--no-pdf", "--json", code=1).json
    return said


@pytest.mark.parametrize("case", SUBJECTS, ids=lambda case: case["reference"])
def test_a_hard_case_breaks_just_the_rules_named(filed: Desk, case: dict[str, Any]) -> None:
    evaluation, proposed = evaluation_of(filed, case)
    assert proposed == case.get("proposed")
    found = filed.rows("SELECT rule_id, severity FROM finding WHERE evaluation_id = ?", evaluation)
    assert sorted(rule for rule, severity in found if severity == "error") == sorted(case["violated"])
    for rule in case.get("warning", ()):
        assert (rule, "warning") in found


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["reference"])
def test_a_refused_subject_is_named_with_its_rules_and_not_the_level_proposed(
    filed: Desk, report: dict[str, Any], case: dict[str, Any]
) -> None:
    name = name_of(filed, case)
    (said,) = [one for one in report["refused"] if one["subject"] == name]
    for rule in case["violated"]:
        assert any(f"[{rule};" in sentence for sentence in said["findings"])
    evaluation, _ = evaluation_of(filed, case)
    ((level, status),) = filed.rows("SELECT level, status FROM dossier WHERE evaluation_id = ?", evaluation)
    # Who may not be classified at all needs no decision; everyone else's dossier waits for his.
    assert (level, status) == (("not_classified", "filed") if "GEN-05" in case["violated"] else (None, "incomplete"))
    ((papers,),) = filed.rows(
        "SELECT count(*) FROM document WHERE evaluation_id = ? AND stage = 'decide' AND state = 'final'", evaluation
    )
    assert papers == 0


def test_nobody_else_is_refused(filed: Desk, report: dict[str, Any]) -> None:
    assert sorted(one["subject"] for one in report["refused"]) == sorted(name_of(filed, case) for case in REFUSED)


def test_groups_above_their_quota_are_named(report: dict[str, Any]) -> None:
    rules = {rule for case in CASES for rule in case.get("group", ())}
    for rule in rules & {"QUO-01"}:
        assert any(f"[{rule}]" in one["finding"] for one in report["quotas"])


def test_one_unit_without_a_refused_subject_ends_well(fresh: Desk) -> None:
    fresh("campaign", "run", "2018", "--unit", "CBK3", "--no-pdf", code=0)
    fresh("campaign", "run", "2018", "--unit", "CBK2", "--no-pdf", code=1)


def test_a_dossier_that_lacks_a_paper_is_filed_with_what_it_waits_for(filed: Desk) -> None:
    shown = filed("dossier", "show", filed.dossier_of("DV008"), "--json").json
    assert shown["status"] == "incomplete"
    assert any("nơi cư trú" in waits for waits in shown["waits_for"])


def test_the_paper_brought_later_makes_the_dossier_whole_in_a_new_version(done: Desk, tmp_path: Path) -> None:
    dossier = done.dossier_of("DV008")
    before = done("dossier", "show", dossier, "--json").json
    folder = tmp_path / "papers" / "CBCQ"
    folder.mkdir(parents=True)
    scan = SAMPLE / "intake" / "CBCQ" / "DV014 - Nhận xét nơi cư trú.pdf"
    (folder / "DV008 - Nhận xét nơi cư trú.pdf").write_bytes(scan.read_bytes())
    done("intake", tmp_path / "papers")
    done("campaign", "run", "2018", "--no-pdf", code=1)
    after = done("dossier", "show", dossier, "--json").json
    assert after["version"] == before["version"] + 1
    assert (after["status"], after["level"]) == ("filed", "good")
    assert after["waits_for"] == []
    assert done("verify", "--json").json == []


def test_the_demonstration_ends_well_and_says_who_was_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # without LibreOffice, as on a machine that may not install it
    said = call("--data", tmp_path / "data", "demo")
    assert said.code == 0
    desk = Desk(tmp_path / "data")
    for case in REFUSED:
        assert name_of(desk, case) in said.out
    assert "139 hồ sơ" in said.out
    assert said.out.count("hoso search '") == 3
    again = call("--data", tmp_path / "data", "demo")
    assert again.code == 0
    assert "lập 0 văn bản, nộp lưu 0 hồ sơ" in again.out


def test_the_demonstration_keeps_out_of_an_office_s_own_data(fresh: Desk) -> None:
    before = fresh.kept()
    assert "đang dùng thật" in fresh("demo", code=2).err
    assert fresh.kept() == before
