"""Dossiers as lists and pages see them: the contract's fields, filters by unit and below, files read back whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import FolderUnusable, NotFound
from archive.office.folder import Office, make_office
from archive.records.database import rows, writing
from archive.records.dossiers import DossierFilter, dossier_id, export, file_row, list_dossiers, read_file, show
from archive.store.errors import StoreDamaged
from archive.store.filing import DossierFile, file_dossiers
from archive.store.ocfl import Store
from tests.archive.store.conftest import make_rows, package, with_files

FIRST, SECOND, COMMON = "2018-m-aaaaaaaaaa00", "2018-m-aaaaaaaaaa01", "2018-u-unit00000000"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path / "data")
    database = made.connect()
    make_rows(database)
    with writing(database):
        database.table("unit").insert({"id": "parent000000", "reference": "DB"})
        for unit, name, parent in [
            ("parent000000", "Đảng bộ xã Hòa Bình", None), ("unit00000000", "Chi bộ Khu 1", "parent000000")
        ]:  # fmt: skip
            database.table("unit_period").insert({"unit_id": unit, "name": name, "type": "cell", "parent_id": parent})
        database.table("finding").insert({
            "evaluation_id": "aaaaaaaaaa00", "rule_id": "MEM-GOOD-01", "severity": "warning",
            "message": "Cần bổ sung nhận xét", "citation": "II.2.3.b", "given": "không có", "needed": "nhận xét",
            "remedy": "Ghi thêm", "found_at": "2018-12-20T00:00:00Z",
        })  # fmt: skip
    common = replace(
        package(), dossier_id=COMMON, evaluation_id=None, kind="campaign", subject_name="Chi bộ Khu 1", level=None,
        title="Hồ sơ đợt kiểm điểm năm 2018", status="incomplete", waits_for=("Biên bản họp chi bộ",),
    )  # fmt: skip
    with made.locked():
        file_dossiers(made, database, [package(1), package(0), common], actor="cli", reason="Nộp lưu")
    database.close()
    return made


@pytest.fixture
def database(office: Office) -> Database:
    return office.connect()


@pytest.mark.parametrize(
    ("capacity", "letter"),
    [("member", "m"), ("leader_manager", "l"), ("party_organisation", "o"), ("leadership_collective", "c"),
     ("campaign", "u")],
)  # fmt: skip
def test_the_id_tells_period_and_kind_in_ascii(capacity: str, letter: str) -> None:
    made = dossier_id("2025-Q3", capacity, "aaaaaaaaaa00")
    assert made == f"2025-Q3-{letter}-aaaaaaaaaa00"
    assert made.isascii()


def test_the_list_has_the_fields_of_the_contract_in_the_order_of_ids(database: Database) -> None:
    listed = list_dossiers(database)
    assert [row["dossier_id"] for row in listed] == [FIRST, SECOND, COMMON]
    assert listed[0] == {
        "dossier_id": FIRST, "subject": "Nguyễn Thị Ước", "kind": "member", "period": "2018", "level": "good",
        "status": "filed", "complaint": "none", "unit": "Chi bộ Khu 1", "version": 1,
    }  # fmt: skip
    assert listed[2]["level"] is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (DossierFilter(period="2018"), [FIRST, SECOND, COMMON]),
        (DossierFilter(period="2019"), []),
        (DossierFilter(level="good"), [FIRST, SECOND]),
        (DossierFilter(kind="campaign"), [COMMON]),
        (DossierFilter(status="incomplete"), [COMMON]),
        (DossierFilter(unit="CB1"), [FIRST, SECOND, COMMON]),
        (DossierFilter(unit="Đảng bộ xã Hòa Bình"), [FIRST, SECOND, COMMON]),
        (DossierFilter(unit="DB", kind="member"), [FIRST, SECOND]),
        (DossierFilter(unit="không có"), []),
    ],
)
def test_a_filter_narrows_the_list(database: Database, wanted: DossierFilter, found: list[str]) -> None:
    assert [row["dossier_id"] for row in list_dossiers(database, wanted)] == found


def test_one_dossier_is_shown_whole(database: Database) -> None:
    shown = show(database, FIRST)
    assert (shown["subject"], shown["unit"], shown["waits_for"]) == ("Nguyễn Thị Ước", "Chi bộ Khu 1", [])
    assert [file["title"] for file in shown["files"]] == [
        "Bản kiểm điểm cá nhân", "Biên bản họp chi bộ", "Mô tả hồ sơ"
    ]  # fmt: skip
    assert [finding["rule_id"] for finding in shown["findings"]] == ["MEM-GOOD-01"]
    assert [event["action"] for event in shown["events"]] == ["dossier.filed"]
    assert show(database, COMMON)["waits_for"] == ["Biên bản họp chi bộ"]


def test_after_a_second_filing_only_the_newest_files_are_shown(office: Office, database: Database) -> None:
    paper = DossierFile("01-mau-2.docx", "self_review", "Bản kiểm điểm cá nhân (bổ sung)", "text/plain", b"x")
    with office.locked():
        again = replace(with_files(package(0), paper), fingerprint="bản sau")
        file_dossiers(office, database, [again], actor="cli", reason="Bổ sung")
    shown = show(database, FIRST)
    assert [file["path"] for file in shown["files"]] == ["01-mau-2.docx", "dossier.json"]
    assert read_file(office, database, FIRST, "01-mau-2.docx") == b"x"
    with pytest.raises(NotFound):
        read_file(office, database, FIRST, "02-bien-ban.docx")


def test_what_is_not_there_is_not_found(office: Office, database: Database) -> None:
    with pytest.raises(NotFound):
        show(database, "2018-m-khongcokhong")
    with pytest.raises(NotFound):
        file_row(database, FIRST, "99.docx")
    with pytest.raises(NotFound):
        read_file(office, database, FIRST, "../../hoso.db")


def test_a_damaged_file_is_not_handed_out(office: Office, database: Database) -> None:
    assert read_file(office, database, FIRST, "02-bien-ban.docx") == b"minutes"
    (Store(office.store_root).folder(FIRST) / "v1/content/02-bien-ban.docx").write_bytes(b"other")
    with pytest.raises(StoreDamaged):
        read_file(office, database, FIRST, "02-bien-ban.docx")


def test_an_export_copies_every_file_and_is_remembered(office: Office, database: Database, tmp_path: Path) -> None:
    done = export(office, database, FIRST, tmp_path / "ra" / "ngoai", actor="k7m2")
    assert done.left_out == ()
    assert [path.name for path in done.written] == ["01-mau-2.docx", "02-bien-ban.docx", "dossier.json"]
    assert (tmp_path / "ra" / "ngoai" / "02-bien-ban.docx").read_bytes() == b"minutes"
    last = rows(database, "SELECT actor, action, object FROM event ORDER BY seq DESC LIMIT 1")
    assert last == [{"actor": "k7m2", "action": "dossier.exported", "object": FIRST}]


def test_an_export_into_a_file_says_so(office: Office, database: Database, tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")
    with pytest.raises(FolderUnusable):
        export(office, database, FIRST, tmp_path / "tep", actor="cli")
