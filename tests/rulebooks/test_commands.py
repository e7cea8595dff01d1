"""The commands work by another rulebook as by the shipped one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import papers
from generator.rules.rulebook import Rulebook

_IN_BOOK = ["--rulebook", "score_2025"]


def test_forms_samples_papers_and_their_format(book: Rulebook, tmp_path: Path) -> None:
    run = CliRunner().invoke
    listed = json.loads(run(papers.forms_command, [*_IN_BOOK, "--json"]).output)
    assert [row["code"] for row in listed] == ["score-sheet", "quarter-decision", "folder-cover", "folder-list"]
    assert json.loads(run(papers.schema_command, ["score-sheet", *_IN_BOOK]).output)["required"] == ["document"]
    sample, word = tmp_path / "mau.yaml", tmp_path / "phieu.docx"
    sample.write_text(run(papers.sample_command, ["score-sheet", *_IN_BOOK]).output, encoding="utf-8")
    made = run(papers.generate_command, ["score-sheet", str(sample), "-o", str(word), *_IN_BOOK])
    assert made.exit_code == 0, made.output
    assert run(papers.format_command, [str(word), *_IN_BOOK]).exit_code == 0
    assert run(papers.format_command, [str(word)]).exit_code == 1


@pytest.mark.parametrize(("points", "code"), [(60, 0), (20, 1)])
def test_verdicts(book: Rulebook, tmp_path: Path, points: int, code: int) -> None:
    given = {"conduct": 30, "work": points, "initiative": 5}
    facts = {"quarter": "2025-Q3", "review_completed": True, "points": given}
    case = {"subject_kind": "party_member", "facts": facts, "proposed_level": "outstanding"}
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case), encoding="utf-8")
    shown = CliRunner().invoke(papers.validate_command, [str(file), *_IN_BOOK])
    assert (shown.exit_code, "Xuất sắc" in shown.output) == (code, True)
    tried = CliRunner().invoke(papers.validate_command, [str(file), *_IN_BOOK, "--what-if", "points.work=60"])
    assert tried.exit_code == 0
