"""Worked cases of the guidance: what was worked out by hand is what the judge answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import judge

_FILES = sorted((Path(__file__).parents[2] / "data" / "vectors").glob("*.yaml"))
_CASES = [case for path in _FILES for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]]
_LEVELLED = [case for case in _CASES if case["type"] in ("classification", "cap")]


def _by_id(case: dict[str, Any]) -> str:
    return str(case["id"])


def test_every_type_of_case_is_worked() -> None:
    assert len(_CASES) == 86
    assert len({case["type"] for case in _CASES}) == 12


@pytest.mark.parametrize("case", _CASES, ids=_by_id)
def test_the_judge_answers_what_was_worked_out(case: dict[str, Any]) -> None:
    assert judge.check_case(case) == case["expected"]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_whole_file_is_checked_by_case_id(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert judge.check_cases(document) == {case["id"]: case["expected"] for case in document["cases"]}


def test_validate_gives_the_same_verdicts_with_their_findings() -> None:
    verdicts = judge.validate_document({"cases": _LEVELLED})["cases"]
    assert set(verdicts) == {case["id"] for case in _LEVELLED}
    for case in _LEVELLED:
        verdict = dict(verdicts[case["id"]])
        findings = verdict.pop("findings")
        assert verdict == case["expected"], case["id"]
        errors = sorted(finding["rule_id"] for finding in findings if finding["severity"] == "error")
        assert errors == verdict["violated_rule_ids"]
        warnings = sorted(finding["rule_id"] for finding in findings if finding["severity"] == "warning")
        assert warnings == verdict["warning_rule_ids"]


def test_validate_of_one_case_is_its_verdict() -> None:
    case = _LEVELLED[1]
    answer = judge.validate_document({key: case[key] for key in ("subject_kind", "facts", "proposed_level")})
    assert answer == judge.validate_document({"cases": [case]})["cases"][case["id"]]


def test_what_the_input_expects_is_never_read() -> None:
    case = {**_CASES[0], "expected": {"allowed": "whatever"}}
    assert judge.check_case(case) == _CASES[0]["expected"]
