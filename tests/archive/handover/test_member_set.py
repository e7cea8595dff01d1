"""What goes with a member who transfers: three years of self-reviews and results, those of a merged person too."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx import Document
from sqlite_utils import Database

from archive.handover.errors import HandoverRefused
from archive.handover.member_set import MemberSet, member_set
from archive.office.folder import Office
from archive.records.database import rows, writing
from tests.archive.handover.conftest import TODAY


@pytest.fixture
def person(database: Database) -> str:
    """Someone with a self-review in a filed dossier."""
    found = rows(database, "SELECT e.person_id FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id"
                           " JOIN decision x ON x.evaluation_id = e.id JOIN dossier_file f ON f.dossier_id = d.id"
                           " WHERE d.version > 0 AND f.item = 'self_review' ORDER BY d.id")  # fmt: skip
    return str(found[0]["person_id"])


def make(office: Office, database: Database, person: str, target: Path) -> MemberSet:
    return member_set(office, database, person, target, today=TODAY, actor="cli")


def past(database: Database, person: str, *periods: str) -> None:
    with writing(database):
        database.execute("DELETE FROM past_result WHERE person_id = ?", [person])
        for period in periods:
            database.table("past_result").insert({
                "id": f"past{period}{person}"[:20], "capacity": "member", "person_id": person, "period": period,
                "level": "good", "decision": f"07-QĐ/ĐU {period}",
            })  # fmt: skip


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_last_three_years_with_papers_summary_and_list(
    office: Office, database: Database, person: str, tmp_path: Path
) -> None:
    past(database, person, "2014", "2015", "2016", "2017")
    done = make(office, database, person, tmp_path / "bo")
    assert (done.periods, done.only_results) == (("2018", "2017", "2016"), ("2017", "2016"))
    found = names(tmp_path / "bo")
    assert len(found) == done.files
    assert {"danh-sach.html", "tong-hop-ket-qua.docx"} <= found
    assert any(name.startswith("2018/") and name.endswith("-2.docx") for name in found)
    assert not any("asset" in name or "bundle" in name for name in found)
    page = (tmp_path / "bo" / "danh-sach.html").read_text(encoding="utf-8")
    assert all(name in page for name in found if name.startswith("2018/"))
    document = Document(str(tmp_path / "bo" / "tong-hop-ket-qua.docx"))
    years = [row.cells[0].text for table in document.tables for row in table.rows if row.cells[0].text.isdigit()]
    assert years == ["2016", "2017", "2018"]


def test_one_who_was_merged_has_the_years_of_both(
    office: Office, database: Database, person: str, tmp_path: Path
) -> None:
    past(database, person)
    with writing(database):
        database.table("person").insert(
            {"id": "cunguoiay001", "reference": "DV-CU", "full_name": "Tên cũ", "merged_into": person}
        )
    past(database, "cunguoiay001", "2016")
    assert make(office, database, person, tmp_path / "a").periods == ("2018", "2016")
    assert make(office, database, "cunguoiay001", tmp_path / "b").periods == ("2018", "2016")


def test_a_zip_holds_the_same(office: Office, database: Database, person: str, tmp_path: Path) -> None:
    make(office, database, person, tmp_path / "bo")
    make(office, database, person, tmp_path / "bo.zip")
    with zipfile.ZipFile(tmp_path / "bo.zip") as package:
        assert {name.removeprefix("bo/") for name in package.namelist()} == names(tmp_path / "bo")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("dang-ghi")] == []


@pytest.mark.parametrize("name", ["bo", "bo.zip"])
def test_complete_or_absent(office: Office, database: Database, person: str, tmp_path: Path, name: str) -> None:
    victim = next(office.store_root.glob("???/2018-m-*/v1/content/*.docx"))
    for path in office.store_root.glob("???/2018-m-*/v1/content/*.docx"):
        path.write_bytes(b"changed")
    assert victim.read_bytes() == b"changed"
    with pytest.raises(Exception, match="không còn như lúc nộp"):
        make(office, database, person, tmp_path / "new" / name)
    assert [path for path in (tmp_path / "new").rglob("*") if path.is_file()] == []
    assert rows(database, "SELECT 1 FROM event WHERE action = 'member.exported'") == []


def test_someone_without_results_has_no_set(office: Office, database: Database, tmp_path: Path) -> None:
    with writing(database):
        database.table("person").insert({"id": "moi000000001", "reference": "DV-MOI", "full_name": "Người mới"})
    with pytest.raises(HandoverRefused, match="chưa có kết quả"):
        make(office, database, "moi000000001", tmp_path / "bo")


def test_each_set_is_an_event(office: Office, database: Database, person: str, tmp_path: Path) -> None:
    make(office, database, person, tmp_path / "bo")
    assert rows(database, "SELECT object FROM event WHERE action = 'member.exported'") == [{"object": person}]
