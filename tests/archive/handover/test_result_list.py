"""The list of results goes into another program as it is: zeros, order of names, and nothing Excel works out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from sqlite_utils import Database

from archive.handover.result_list import HEADERS, result_list
from archive.office.folder import Office
from archive.records.database import open_database, rows
from generator.vietnamese import forbidden_character, name_sort_key, nfc
from tests.archive.store.conftest import make_rows

NAMES = st.one_of(
    st.sampled_from(["=1+1", "+84", "-Ước", "@SUM(A1)", '=HYPERLINK("http://x")', "_x0041_", "Nguyễn Thị Ước", "'=1"]),
    st.text(min_size=1, max_size=40).filter(lambda text: forbidden_character(text) is None),
).map(lambda text: nfc(text).strip() or "A")


def table(data: bytes) -> list[list[str]]:
    return [
        [str(cell) for cell in row]
        for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    ]


def decided(database: Database) -> None:
    for number in range(3):
        database.table("decision").insert({
            "id": f"decision000{number}", "evaluation_id": f"aaaaaaaaaa0{number}", "level": "good",
            "number": "09-QĐ/ĐU",
            "decided_on": "2019-01-05", "body": "Đảng ủy xã",
        })  # fmt: skip
        database.table("dossier").insert({
            "id": f"2018-m-aaaaaaaaaa0{number}", "campaign_id": "campaign0000", "kind": "member", "title": "Hồ sơ",
            "evaluation_id": f"aaaaaaaaaa0{number}", "unit_id": "unit00000000", "status": "filed", "level": "good",
            "subject_name": "x", "unit_name": "Chi bộ Khu 1", "version": 1,
        })  # fmt: skip


def test_a_row_says_all_that_is_typed_again_elsewhere(office: Office, database: Database) -> None:
    data, count = result_list(database, actor="cli", period="2018", unit="CBK1")
    head, *lines = table(data)
    assert head == [header for header, _ in HEADERS]
    assert len(lines) == count > 20
    cards = {row["value"] for row in rows(database, "SELECT value FROM person_identifier WHERE kind = 'card_number'")}
    shown = [line[3] for line in lines if line[3]]
    assert shown and set(shown) <= cards and all(len(card) == 8 for card in shown)
    assert any(card.startswith("0") for card in shown)
    keys = [name_sort_key(line[1]) for line in lines]
    assert keys == sorted(keys), "all of one unit: in the order of given names"
    assert all(line[9] and line[10] and line[13] == "Còn hiệu lực" for line in lines)
    assert rows(database, "SELECT action FROM event ORDER BY seq DESC LIMIT 1") == [{"action": "results.exported"}]


def test_an_annulled_result_is_listed_as_such_beside_the_new_one(tmp_path: Path) -> None:
    database = open_database(tmp_path / "hoso.db")
    make_rows(database)
    decided(database)
    database.execute("UPDATE decision SET annulled_on = '2019-01-15' WHERE id = 'decision0000'")
    database.table("decision").insert({
        "id": "decision0009", "evaluation_id": "aaaaaaaaaa00", "level": "completed", "supersedes": "decision0000",
    })  # fmt: skip
    _, *lines = table(result_list(database, actor="cli")[0])
    told = [(line[9], line[13]) for line in lines if line[14].endswith("00")]
    assert told == [("Hoàn thành tốt nhiệm vụ", "Đã hủy bỏ"), ("Hoàn thành nhiệm vụ", "Xếp loại lại")]


def test_one_who_was_merged_is_named_as_who_stays(tmp_path: Path) -> None:
    database = open_database(tmp_path / "hoso.db")
    make_rows(database)
    decided(database)
    database.execute(
        "UPDATE person SET full_name = 'Nguyễn Thị Ước (cũ)', merged_into = 'pppppppppp01' WHERE id = 'pppppppppp00'"
    )
    database.table("person_identifier").insert(
        {"person_id": "pppppppppp00", "kind": "card_number", "value": "00012345"}
    )
    _, *lines = table(result_list(database, actor="cli")[0])
    own = [line for line in lines if line[14].endswith("00")]
    assert [(line[1], line[3]) for line in own] == [("Nguyễn Thị Ước", "00012345")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=3, max_size=3), card=st.from_regex(r"0[0-9]{7}", fullmatch=True))
def test_no_name_is_worked_out_or_changed(tmp_path: Path, names: list[str], card: str) -> None:
    path = tmp_path / "hoso.db"
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (tmp_path / part).unlink(missing_ok=True)
    database = open_database(path)
    make_rows(database)
    decided(database)
    for number, name in enumerate(names):
        database.execute("UPDATE person SET full_name = ? WHERE id = ?", [name, f"pppppppppp0{number}"])
    database.table("person_identifier").insert({"person_id": "pppppppppp00", "kind": "card_number", "value": card})
    data, _ = result_list(database, actor="cli")
    database.close()
    page = load_workbook(BytesIO(data)).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows(min_row=2) for cell in row} <= {"s", "inlineStr", "n"}
    # A number stands in no cell: those that openpyxl calls one are empty.
    assert all(cell.value is None for row in page.iter_rows(min_row=2) for cell in row if cell.data_type == "n")
    _, *lines = table(data)
    assert sorted(line[1] for line in lines) == sorted(names)
    assert [line[3] for line in lines if line[14].endswith("00")] == [card]
