"""What is handed over is a whole bag that another program accepts, and nothing of it when it could not be finished."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

import bagit
import ocfl
import pytest
from docx import Document
from sqlite_utils import Database

from archive.errors import NotFound
from archive.handover.errors import HandoverRefused, RestrictedPapers
from archive.handover.handing_over import HandedOver, hand_over
from archive.handover.minutes import Parties
from archive.office.accounts import Account
from archive.office.folder import Office, make_office, office_without_database
from archive.records.database import one, rows
from archive.records.dossiers import list_dossiers
from archive.store.errors import StoreDamaged
from archive.store.ocfl import Store
from archive.store.rebuild.rebuilding import rebuild
from tests.archive.handover.conftest import TODAY


def hand(
    office: Office,
    database: Database,
    target: Path,
    *,
    account: Account | None = None,
    period: str | None = None,
    unit: str | None = None,
    subject: str | None = None,
) -> HandedOver:
    return hand_over(
        office, database, target, today=TODAY, account=account, actor="cli", period=period, unit=unit, subject=subject
    )


def test_bagit_and_ocfl_accept_it(office: Office, database: Database, tmp_path: Path) -> None:
    hand(office, database, tmp_path / "goi")
    bag = bagit.Bag(str(tmp_path / "goi"))
    bag.validate()
    assert bag.info["Source-Organization"] == "Đảng bộ xã An Đồng"
    assert bag.info["Bagging-Date"] == "2019-03-29"
    filed = {row["dossier_id"] for row in list_dossiers(database) if row["version"] > 0}
    assert bag.info["Dossier-Count"] == str(len(filed))
    store = tmp_path / "goi" / "data" / "store"
    assert {path.name for path in store.glob("???/*")} == filed | {"register"}
    for folder in store.glob("???/*"):
        assert ocfl.Object().validate(str(folder))[0], folder
    root = ocfl.StorageRoot(str(store))
    assert root.validate() and root.good_objects == root.num_objects == len(filed) + 1


def test_the_whole_is_enough_to_work_on_with(office: Office, database: Database, tmp_path: Path) -> None:
    """Ten years later someone puts the store of the bag into an empty data folder."""
    hand(office, database, tmp_path / "goi")
    other = make_office(tmp_path / "other")
    for part in ("hoso.db", "hoso.db-wal", "hoso.db-shm"):
        (other.root / part).unlink(missing_ok=True)
    (tmp_path / "other" / "store").rmdir()
    (tmp_path / "goi" / "data" / "store").rename(tmp_path / "other" / "store")
    assert rebuild(office_without_database(other.root), actor="cli").damages == ()
    filed = [row for row in list_dossiers(database) if row["version"] > 0]
    assert [row for row in list_dossiers(other.connect()) if row["version"] > 0] == filed


def test_the_lists_name_each_dossier_and_open_each_paper(office: Office, database: Database, tmp_path: Path) -> None:
    hand(office, database, tmp_path / "goi")
    data = tmp_path / "goi" / "data"
    listed = list(csv.DictReader(StringIO((data / "muc-luc.csv").read_text(encoding="utf-8-sig"))))
    filed = {row["dossier_id"]: row for row in list_dossiers(database) if row["version"] > 0}
    assert {row["Mã hồ sơ"] for row in listed} == set(filed)
    for row in listed:
        assert (data / row["Thư mục"] / "inventory.json").is_file()
        assert row["Đối tượng"] == filed[row["Mã hồ sơ"]]["subject"]
    page = (data / "muc-luc.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert len(links) == rows(database, "SELECT count(*) AS n FROM dossier_file f JOIN dossier d ON d.id = f.dossier_id"
                                        " AND d.version = f.version")[0]["n"]  # fmt: skip
    assert all((data / unquote(link)).is_file() for link in links)


def test_a_part_is_chosen_by_unit_period_and_subject(office: Office, database: Database, tmp_path: Path) -> None:
    sql = (
        "SELECT p.reference, d.id FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id"
        " JOIN person p ON p.id = e.person_id WHERE d.version > 0 ORDER BY d.id LIMIT 1"
    )
    [person] = rows(database, sql)
    hand(office, database, tmp_path / "one", subject=person["reference"])
    store = tmp_path / "one" / "data" / "store"
    assert [path.name for path in store.glob("???/*")] == [person["id"]], "and nobody else, not even in the register"
    bagit.Bag(str(tmp_path / "one")).validate()
    hand(office, database, tmp_path / "cell", unit="CBK1", period="2018")
    assert len(list((tmp_path / "cell" / "data" / "store").glob("???/*"))) > 20
    for period, unit in (("2031", None), (None, "CBK2")):
        with pytest.raises(HandoverRefused, match="Không có hồ sơ"):
            hand(office, database, tmp_path / "none", period=period, unit=unit)
    with pytest.raises(NotFound):
        hand(office, database, tmp_path / "none", subject="KHONG-CO")
    assert not (tmp_path / "none").exists()


def test_one_who_was_merged_brings_the_dossiers_of_both(office: Office, database: Database, tmp_path: Path) -> None:
    people = rows(database, "SELECT DISTINCT e.person_id FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id"
                            " WHERE d.version > 0 AND e.person_id IS NOT NULL ORDER BY 1 LIMIT 2")  # fmt: skip
    stays, gone = (row["person_id"] for row in people)
    database.conn.execute("UPDATE person SET merged_into = ? WHERE id = ?", [stays, gone])
    database.conn.commit()
    for number, person in enumerate((stays, gone)):
        hand(office, database, tmp_path / str(number), subject=person)
        assert len(list((tmp_path / str(number) / "data" / "store").glob("???/*"))) == 2


def test_the_minutes_name_both_sides_every_dossier_and_the_list_of_files(
    office: Office, database: Database, tmp_path: Path
) -> None:
    parties = Parties("Văn phòng Huyện ủy Thanh Lâm", "Kho lưu trữ", (("Bùi Thị Quỳnh", "Văn thư"),), ())
    done = hand_over(office, database, tmp_path / "goi", today=TODAY, account=None, actor="cli", parties=parties)
    document = Document(str(tmp_path / "goi" / "bien-ban" / "bien-ban-ban-giao.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    for said in ("Văn phòng Huyện ủy Thanh Lâm", "Bùi Thị Quỳnh", "2 bản", done.payload.manifest_digest,
                 f"Số hồ sơ: {done.dossiers}", f"số tệp: {done.payload.files}"):  # fmt: skip
        assert said in text
    for row in list_dossiers(database):
        assert row["version"] == 0 or row["subject"] in cells
    assert "DỰ THẢO" not in text


def test_minutes_nobody_told_of_leave_room_for_the_pen_and_claim_nothing(
    office: Office, database: Database, tmp_path: Path
) -> None:
    hand(office, database, tmp_path / "goi")
    document = Document(str(tmp_path / "goi" / "bien-ban" / "bien-ban-ban-giao.docx"))
    told = [paragraph.text.replace("\u200b", "") for paragraph in document.paragraphs]
    assert any(line.startswith("Ngày 29/03/2019, tại ……") for line in told)
    assert any(line.startswith("- Bản điện tử: 01 gói BagIt; số tệp: ") for line in told)
    # Filed without PDF: no dossier has a bundle, so nobody has counted its sheets.
    assert not rows(database, "SELECT 1 FROM dossier_file WHERE item = 'bundle'")
    (counted,) = [line for line in told if line.startswith("- Số hồ sơ: ")]
    assert "số tờ: ……" in counted
    listed = document.tables[-1]
    assert [cell.text for cell in listed.rows[-1].cells][2] == "Cộng"
    assert listed.rows[-1].cells[5].text == ""


@pytest.mark.office
def test_the_minutes_come_as_pdf_too(office: Office, database: Database, tmp_path: Path) -> None:
    done = hand_over(office, database, tmp_path / "goi", today=TODAY, account=None, actor="cli", period="2018")
    assert [path.suffix for path in done.minutes] == [".docx", ".pdf"]
    bagit.Bag(str(tmp_path / "goi")).validate()


def test_restricted_papers_need_the_permission(
    office: Office, database: Database, approver: Account, tmp_path: Path
) -> None:
    database.conn.execute("UPDATE dossier_file SET item = 'asset_declaration' WHERE position = 3")
    database.conn.commit()
    with pytest.raises(RestrictedPapers, match="HOSO_USER"):
        hand(office, database, tmp_path / "goi")
    assert list(tmp_path.glob("goi*")) == []
    hand(office, database, tmp_path / "goi", account=approver)
    bagit.Bag(str(tmp_path / "goi")).validate()


def test_each_dossier_that_left_has_its_event(office: Office, database: Database, tmp_path: Path) -> None:
    done = hand_over(office, database, tmp_path / "goi", today=TODAY, account=None, actor="vanthu")
    told = rows(database, "SELECT object, actor FROM event WHERE action = 'dossier.exported'")
    assert len(told) == done.dossiers and {row["actor"] for row in told} == {"vanthu"}
    bag = one(database, "SELECT note FROM event WHERE action = 'bag.exported'")
    assert bag is not None and done.payload.manifest_digest in bag["note"]


def test_a_damaged_dossier_stops_it_and_nothing_is_left(office: Office, database: Database, tmp_path: Path) -> None:
    store = Store(office.store_root)
    victim = next(store.root.glob("???/2018-*/v1/content/*.docx"))
    victim.write_bytes(b"changed")
    with pytest.raises(StoreDamaged, match=r"docx|hỏng"):
        hand(office, database, tmp_path / "goi")
    assert list(tmp_path.glob("goi*")) == []
    assert rows(database, "SELECT 1 FROM event WHERE action = 'bag.exported'") == []


def test_what_stands_there_is_not_written_over(office: Office, database: Database, tmp_path: Path) -> None:
    (tmp_path / "goi").mkdir()
    with pytest.raises(HandoverRefused, match="đã có"):
        hand(office, database, tmp_path / "goi")
