"""A quarter under the invented guidance, whole, on the command line: opened, typed, printed, filed, verified, found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result

from archive.office.folder import open_office
from cli import main
from generator.layout.departures import departures
from generator.layout.profile import load_profile
from generator.pdf.convert import office_available
from generator.rules.rulebook import Rulebook
from generator.workbook.write import write
from tests.rulebooks import quarter

Hoso = Callable[..., Result]


@pytest.fixture
def hoso(book: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hoso:
    """The command line of an office that works by the invented guidance."""
    monkeypatch.setenv("HOSO_RULEBOOK", book.name)
    data = str(tmp_path / "data")

    def run(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, ["--data", data, *arguments])
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def opened(hoso: Hoso, book: Rulebook, tmp_path: Path) -> Hoso:
    """An office with the quarter opened and typed."""
    hoso("init")
    for name, rows in (("so", quarter.register()), ("quy", quarter.year())):
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(write(rows, book=book))
        hoso("import", str(path))
        if name == "so":
            hoso("campaign", "open", "2025-Q3", "--unit", "DU", "--place", "Vân Hòa", "--date", "2025-10-02")
    return hoso


def _json(result: Result) -> Any:
    return json.loads(result.stdout)


def test_a_quarter_is_run_from_blank_sheets_to_filed_dossiers(opened: Hoso, tmp_path: Path, book: Rulebook) -> None:
    report = _json(opened("campaign", "run", "2025-Q3", "--no-pdf", "--json"))
    assert report["made"] == {"sheets": 9, "scoring": 9, "decision": 1}
    assert (report["filed"], report["incomplete"], report["failures"], report["refused"]) == (10, 0, [], [])
    assert _json(opened("campaign", "run", "2025-Q3", "--no-pdf", "--json"))["filed"] == 0, "nothing changed since"

    listed = _json(opened("dossier", "list", "--json"))
    assert {(row["subject"], row["level"], row["status"]) for row in listed if row["kind"] == "member"} == {
        (quarter.NAMES[key], level, "filed") for key, level in quarter.LEVELS.items()
    }
    whole = [row["subject"] for row in listed if row["kind"] == "campaign" and row["status"] == "filed"]
    assert whole == ["Đảng bộ phường Vân Hòa"]
    opened("verify")

    office = open_office(tmp_path / "data")
    words = {path.name: path for path in office.print_root.rglob("*.docx")}
    profile = load_profile(book.format_profile, book.package)
    assert all(departures(path.read_bytes(), profile) == [] for path in words.values())
    decided = [line.text for line in docx.Document(str(words["DU-quyet-dinh.docx"])).paragraphs]
    assert [line for line in decided if "Sen" in line] == ["6. Lý Thị Sen: 91 điểm, Xuất sắc."]
    scored = [line.text for line in docx.Document(str(words["DV1-cham-diem.docx"])).paragraphs]
    assert "quý III năm 2025" in scored


def test_what_was_filed_is_found_with_and_without_accents(opened: Hoso) -> None:
    opened("campaign", "run", "2025-Q3", "--no-pdf")
    for query in ("ly thi sen", "Lý Thị Sen"):
        hits = _json(opened("search", query, "--period", "2025-Q3", "--level", "outstanding", "--json"))["hits"]
        assert [(hit["subject"], hit["level"]) for hit in hits] == [("Lý Thị Sen", "outstanding")]
    (match,) = _json(opened("history", "Lý Thị Sen", "--json"))["matches"]
    assert [(row["period"], row["level"]) for row in match["results"]] == [("2025-Q3", "outstanding")]


def test_each_stage_is_run_by_its_own_name(opened: Hoso) -> None:
    report = _json(opened("campaign", "run", "2025-Q3", "--stage", "sheets", "--no-pdf", "--json"))
    assert report["made"] == {"sheets": 9}
    refused = opened("campaign", "run", "2025-Q3", "--stage", "ballots", "--no-pdf", code=2)
    assert "Các bước: sheets, scoring, decision, keep" in refused.output


def test_status_names_its_own_stages_days_and_steps(opened: Hoso) -> None:
    status = _json(opened("campaign", "status", "2025-Q3", "--json"))
    assert {row["title"] for row in status["deadlines"]} == {
        "Chi bộ gửi đảng ủy xã, phường",
        "Đảng ủy xã, phường gửi Ban Tổ chức Tỉnh ủy",
    }
    assert {row["due_on"] for row in status["units"]} == {"2025-10-05"}
    assert [row["left_out"] for row in status["units"]] == [{}, {}], "nobody appraises or takes part besides"
    assert status["units"][0]["ready_for"] == ["sheets", "scoring", "decision", "keep"]


def test_points_that_were_voted_down_are_refused(opened: Hoso, book: Rulebook, tmp_path: Path) -> None:
    rows = quarter.year()
    rows["tallies"][0] |= {"approve": 3, "oppose": 5}
    (tmp_path / "lai.xlsx").write_bytes(write({"tallies": rows["tallies"]}, book=book))
    opened("import", str(tmp_path / "lai.xlsx"))
    report = _json(opened("campaign", "run", "2025-Q3", "--no-pdf", "--json", code=1))
    ((subject, findings),) = [(row["subject"], row["findings"]) for row in report["refused"]]
    assert subject == "Lý Thị Sen"
    assert "P-VOTE; HD 02-HD/TU, phần 7" in findings[0]


def test_more_than_a_quarter_at_good_keeps_the_decision_a_draft(opened: Hoso, book: Rulebook, tmp_path: Path) -> None:
    more = [
        {"person": "DV3", "assessor": "self", "ratings": {"conduct": 28, "work": 45, "initiative": 5}, "level": "good"}
    ]
    outcome = {"capacity": "member", "subject": "DV3", "proposed_level": "good", "decided_level": "good"}
    (tmp_path / "them.xlsx").write_bytes(write({"member_assessments": more, "outcomes": [outcome]}, book=book))
    opened("import", str(tmp_path / "them.xlsx"))
    report = _json(opened("campaign", "run", "2025-Q3", "--no-pdf", "--json"))
    assert any("[P-25]" in row["finding"] for row in report["quotas"])
    listed = _json(opened("dossier", "list", "--json"))
    assert ("Đảng bộ phường Vân Hòa", "incomplete") in {(row["subject"], row["status"]) for row in listed}


def test_what_a_change_would_do_is_told_in_its_own_figures(opened: Hoso) -> None:
    effects = _json(opened("campaign", "effects", "2025-Q3", "DV4", "good", "--json", code=1))
    assert {row["before"]["reached"] for row in effects["quotas"]} == {2}
    assert effects["allowed"] is False


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_its_dossiers_are_bound_as_pdf(opened: Hoso) -> None:
    report = _json(opened("campaign", "run", "2025-Q3", "--json"))
    assert report["failures"] == [] and report["filed"] == 10
    assert any(pack.endswith("in-score-sheet.pdf") for pack in report["packs"])
    one = next(row for row in _json(opened("dossier", "list", "--json")) if row["kind"] == "member")
    assert "ho-so.pdf" in opened("dossier", "show", one["dossier_id"], "--json").output
    opened("verify")


def test_its_workbook_written_and_read_again_changes_nothing(opened: Hoso, tmp_path: Path) -> None:
    opened("workbook", "-o", str(tmp_path / "lai.xlsx"))
    report = _json(opened("import", str(tmp_path / "lai.xlsx"), "--dry-run", "--json"))
    assert (report["created"], report["changed"], report["conflicts"]) == ({}, {}, [])


def test_its_records_are_rebuilt_from_the_store_alone(opened: Hoso) -> None:
    opened("campaign", "run", "2025-Q3", "--no-pdf")
    before = _json(opened("dossier", "list", "--json"))
    opened("rebuild")
    after = _json(opened("dossier", "list", "--json"))
    filed = [(row["dossier_id"], row["level"]) for row in before if row["version"]]
    assert [(row["dossier_id"], row["level"]) for row in after if row["version"]] == filed
    effects = _json(opened("campaign", "effects", "2025-Q3", "DV4", "good", "--json", code=1))
    assert effects["subjects"][0]["before"]["highest"] == "fair", "points and votes came back"
