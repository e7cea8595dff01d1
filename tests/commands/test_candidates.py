"""`hoso candidates`: both questions, JSON, Excel, exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.acceptance.journey import Desk
from tests.search.conftest import small_office
from tests.search.years_office import YearsOffice


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    small = small_office(tmp_path / "office")
    years = YearsOffice(small)
    years.years("Lê An", {"2017": "good", "2018": "excellent"}, birth_date="1970-05-02", card="00123456")
    years.years("Trần Bình", {"2017": "good", "2018": "completed"})
    years.years("Vũ Cẩm", {"2018": "good"})
    small.database.close()
    return Desk(tmp_path / "office")


def test_who_qualifies(desk: Desk) -> None:
    told = desk("candidates", "--at-least", "tốt", "--years", "2", "--json").json
    assert [one["name"] for one in told["people"]] == ["Lê An"]
    assert told["counted"] == {"considered": 3, "qualified": 1, "below": 1, "short_of_best": 0, "gaps": 1}
    assert (told["first"], told["last"], told["at_least"]) == ("2017", "2018", {"hd13_2018": "good"})
    year = told["people"][0]["years"][1]
    assert (year["year"], year["state"], year["results"][0]["level"]) == ("2018", "met", "excellent")
    said = desk("candidates", "--at-least", "good", "--years", "2", "--gaps", "show", "--best", "0").out
    assert "Vũ Cẩm" in said
    assert "chưa có kết quả" in said


def test_the_results_of_a_list(desk: Desk, tmp_path: Path) -> None:
    names, excel = tmp_path / "ten.txt", tmp_path / "kq.xlsx"
    names.write_text("le an, 02/05/1970\nAi Đó\n", encoding="utf-8")
    said = desk("candidates", "--names", names, "--years", "2", "--excel", excel, "--json")
    assert [(one["line"], one["state"]) for one in said.json["lines"]] == [(1, "found"), (2, "missing")]
    assert said.json["counted"] == {"lines": 2, "found": 1, "unclear": 0, "missing": 1}
    assert [year["state"] for year in said.json["lines"][0]["results"]["member"]] == ["met", "met"]
    assert str(excel) in said.err
    assert load_workbook(excel).sheetnames == ["Danh sách"]
    assert "Không tìm thấy" in desk("candidates", "--names", names).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "đúng một trong --at-least và --names"),
        (["--at-least", "cao"], "không có mức"),
        (["--at-least", "good", "--unit", "Không có"], "Không có đơn vị"),
        (["--at-least", "good", "--period", "2018..2016"], "kỳ đầu ở sau kỳ cuối"),
        (["--at-least", "good", "--years", "0"], "số nguyên từ 1"),
        (["--at-least", "good", "--basis", "x"], "now"),
        (["--names", "khong-co.txt"], "Không có tệp"),
    ],
)
def test_a_wrong_call(desk: Desk, words: list[str], told: str) -> None:
    said = desk("candidates", *words, code=2)
    assert told in said.err
    assert said.out == ""


def test_nobody_is_no_error(desk: Desk) -> None:
    assert desk("candidates", "--at-least", "excellent", "--json").json["people"] == []
