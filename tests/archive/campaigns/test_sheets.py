"""Which sheet serves whom is the office's to correct: for itself, for a unit and those below it, with a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.office.readings import layers, reading_lines
from archive.office.sheets import name_sheet, office_sheets, set_sheet
from archive.records.database import one, rows
from cli import main
from generator.errors import InvalidInput
from generator.forms.assessed import shipped_sheets
from generator.rules.rulebook import load_rulebook
from tests.archive.campaigns.conftest import Commune

BOOK = load_rulebook()


def unit_id(commune: Commune, reference: str) -> str:
    found = one(commune.database, "SELECT id FROM unit WHERE reference = ?", [reference])
    assert found
    return str(found["id"])


def test_as_shipped_until_somebody_chooses(commune: Commune) -> None:
    sheets = office_sheets(commune.database, BOOK)
    assert sheets.kinds == shipped_sheets(BOOK).kinds and sheets.own_names == {}


def test_the_nearest_unit_above_decides_and_a_choice_can_be_taken_back(commune: Commune) -> None:
    base, cell = unit_id(commune, "DBX"), unit_id(commune, "CBK3")
    set_sheet(commune.database, BOOK, "commune", "3B.2", actor="cli")
    set_sheet(commune.database, BOOK, "commune", "3B.3", unit_id=base, actor="cli")
    assert office_sheets(commune.database, BOOK).kinds["commune"].form == "3B.2"
    assert office_sheets(commune.database, BOOK, cell).kinds["commune"].form == "3B.3"
    set_sheet(commune.database, BOOK, "commune", None, unit_id=base, actor="cli")
    assert office_sheets(commune.database, BOOK, cell).kinds["commune"].form == "3B.2"


def test_a_variant_bears_the_name_the_office_gives_it(commune: Commune) -> None:
    name_sheet(commune.database, BOOK, "3B.8", "Chi bộ khu dân cư", actor="cli")
    assert office_sheets(commune.database, BOOK).name("3B.8") == "Chi bộ khu dân cư"
    name_sheet(commune.database, BOOK, "3B.8", None, actor="cli")
    assert office_sheets(commune.database, BOOK).name("3B.8") == shipped_sheets(BOOK).name("3B.8")


def test_a_sheet_chosen_is_an_event_and_changes_no_reading(commune: Commune) -> None:
    before = reading_lines(BOOK, layers(commune.database))
    set_sheet(commune.database, BOOK, "agency", "3B.1", actor="cli")
    assert reading_lines(BOOK, layers(commune.database)) == before
    newest = rows(commune.database, "SELECT action, note FROM event ORDER BY seq DESC LIMIT 1")[0]
    assert (newest["action"], newest["note"]) == ("sheet.set", "sheet.agency=3B.1")


@pytest.mark.parametrize(("kind", "form"), [("comune", "3B.1"), ("comune", None), ("commune", "4A.1")])
def test_what_there_is_not_cannot_be_chosen(kind: str, form: str | None, commune: Commune) -> None:
    with pytest.raises(InvalidInput):
        set_sheet(commune.database, BOOK, kind, form, actor="cli")
    assert office_sheets(commune.database, BOOK).kinds == shipped_sheets(BOOK).kinds


def test_the_commands_set_name_list_and_generate_by_them(tmp_path: Path) -> None:
    def call(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), *words])
        assert result.exit_code == code, result.output
        return result.output

    call("init")
    call("sheets", "set", "commune", "3B.2")
    call("sheets", "name", "3B.2", "Đảng bộ xã")
    listed = {row["kind"]: row for row in json.loads(call("sheets", "--json"))}
    assert listed["commune"]["form"] == "3B.2" and listed["commune"]["shipped_form"] == "3B.1"
    assert listed["commune"]["name"] == "Đảng bộ xã" and "Đảng bộ xã" in call("sheets")
    assert "tổ chức đảng: Đảng bộ xã" in call("forms")
    given = tmp_path / "phieu.yaml"
    given.write_text(call("sample", "3B.1"), encoding="utf-8")
    asked = ("generate", "3B.1", str(given), "-o", str(tmp_path / "phieu.docx"))
    assert "Hãy dùng Mẫu 3B.2 (Đảng bộ xã)" in call(*asked, code=2)
    call("sheets", "set", "commune", "--default")
    call(*asked)
    assert "trở về như phần mềm" in call("sheets", "set", "commune", code=2)
