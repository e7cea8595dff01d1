"""The workbook as other programs save it: the same rows, whatever wrote the file."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generator.rules.rulebook import Rulebook
from generator.workbook.read import read
from generator.workbook.sheets import sheets
from generator.workbook.write import write
from tests.generator.workbook.conftest import column_of, saved

SOFFICE = shutil.which("soffice")
CALC = SOFFICE is not None and Path(SOFFICE).resolve().with_name("libsclo.so").exists()
PERSON: dict[str, Any] = {
    "reference": "DV1", "full_name": "Đặng Thị Hoà", "birth_date": date(1980, 2, 3), "card_number": "00123456",
    "cell": "CB1", "membership_kind": "official", "note": "=Dòng 1\nDòng 2 _x0041_", "id": "abc",
}  # fmt: skip
MEETING: dict[str, Any] = {
    "reference": "HN1", "unit": "CB1", "kind": "review_cell", "held_on": date(2018, 12, 15), "opened_at": time(7, 30),
}  # fmt: skip


@pytest.mark.office
@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not installed")
def test_a_workbook_saved_by_libreoffice_says_the_same(book: Rulebook, tmp_path: Path) -> None:
    content = {key: [{**sheet.example, "id": "abc"}] for key, sheet in sheets(book).items()}
    data = write({**content, "people": [*content["people"], PERSON]}, book=book)
    (tmp_path / "bang.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "out")]
    subprocess.run([*command, str(tmp_path / "bang.xlsx")], capture_output=True, timeout=120, check=True)
    again = tmp_path / "out" / "bang.xlsx"
    assert read(again.read_bytes(), "bang.xlsx", book=book) == read(data, "bang.xlsx", book=book)


def test_dates_counted_from_1904_are_the_same_days(book: Rulebook) -> None:
    data = write({"people": [PERSON], "meetings": [MEETING]}, book=book)
    workbook = load_workbook(io.BytesIO(data))
    workbook.epoch = CALENDAR_MAC_1904
    found = read(saved(workbook), "bang.xlsx", book=book)
    assert found.problems == ()
    assert found.rows == read(data, "bang.xlsx", book=book).rows
    (meeting,) = found.rows["meetings"]
    assert (meeting.given["held_on"], meeting.given["opened_at"]) == (date(2018, 12, 15), time(7, 30))


def _replaced(data: bytes, change: Callable[[str], str], *, part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode() if name == part else content)
    return buffer.getvalue()


def test_formulas_that_share_their_text_are_read_by_their_last_results(book: Rulebook, empty: bytes) -> None:
    workbook = load_workbook(io.BytesIO(empty))
    sheet = workbook["Đảng viên"]
    columns = {name: column_of(sheet, name) for name in ("Mã", "Họ và tên", "Chi bộ (mã)", "Tình trạng sinh hoạt")}
    for row, name in ((5, "An"), (6, "Bình")):
        for column, value in zip(columns.values(), (f"DV{row}", f"@{name}", "CB1", "Chính thức"), strict=True):
            sheet.cell(row, column).value = value
    data = saved(workbook)

    def share(xml: str) -> str:
        for row, name, formula in (
            (5, "An", '<f t="shared" ref="E5:E6" si="0">PROPER(V5)</f>'),
            (6, "Bình", '<f t="shared" si="0"/>'),
        ):
            start = xml.index(f'<c r="E{row}"')
            end = xml.index("</c>", start)
            xml = f'{xml[:start]}<c r="E{row}" t="str">{formula}<v>{name}</v>{xml[end:]}'
        return xml

    part = f"xl/worksheets/sheet{workbook.sheetnames.index('Đảng viên') + 1}.xml"
    found = read(_replaced(data, share, part=part), "bang.xlsx", book=book)
    assert found.problems == ()
    assert [row.given["full_name"] for row in found.rows["people"]] == ["An", "Bình"]
