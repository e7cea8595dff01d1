"""What a machine reads on scans is kept apart and found by searching; papers of restricted kinds are never read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from archive.intake import machine_reading
from archive.intake.machine_reading import read_scans, read_text, reader_name, texts_read
from archive.intake.run import intake
from archive.office.folder import Office
from archive.records.database import rows, writing
from search.find import find
from tests.archive.intake.conftest import Put, Take
from tests.archive.intake.files import word
from tests.archive.intake.test_intake import evaluation_of, select

FONTS = sorted(Path("/usr/share/fonts").rglob("LiberationSerif-Regular.ttf"))
needs_reader = pytest.mark.skipif(
    not (reader_name() and FONTS), reason="tesseract with Vietnamese, poppler or the fonts are not installed"
)


def scan(text: str) -> bytes:
    """A page as a scanner gives it."""
    page = Image.new("L", (1240, 600), 255)
    ImageDraw.Draw(page).text((80, 120), text, font=ImageFont.truetype(str(FONTS[0]), 48), fill=0)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=90)
    return out.getvalue()


def file_in(office: Office, evaluation: str) -> str:
    """A dossier of an evaluation, as if filed."""
    database = office.connect()
    with writing(database):
        database.execute(
            "INSERT INTO dossier (id, campaign_id, kind, evaluation_id, unit_id, title, status, version, subject_name,"
            " unit_name) SELECT 'h1', campaign_id, 'member', id, unit_id, 'x', 'incomplete', 1, 'Trần Thị Bình', 'x'"
            " FROM evaluation WHERE id = ?",
            [evaluation],
        )
    database.close()
    return "h1"


@needs_reader
def test_the_text_of_a_scan_is_found_and_marked_as_read_by_a_machine(office: Office, put: Put, take: Take) -> None:
    dossier = file_in(office, evaluation_of(office, "DV2"))
    put("DV2 tự kiểm điểm.jpg", scan("Tận tụy với nhân dân xóm Giếng Đá"))
    (taken,) = take().taken
    assert taken.read_by_machine
    (read,) = select(office, "SELECT * FROM machine_text")
    assert "nhân dân" in read["text"] and read["reader"].startswith("tesseract")
    database = office.connect()
    hits = find(office, database, "nhân dân")["hits"]
    assert [hit["dossier_id"] for hit in hits] == [dossier]
    assert "máy đọc từ bản quét" in hits[0]["snippet"]
    database.close()


@needs_reader
def test_a_restricted_scan_is_not_read(office: Office, put: Put, take: Take) -> None:
    put("DV1 kê khai tài sản.jpg", scan("Đất ở 200 mét vuông"))
    (taken,) = take().taken
    assert not taken.read_by_machine
    assert select(office, "SELECT * FROM machine_text") == []


@needs_reader
def test_what_can_be_read_without_a_machine_is_not_read_by_one(office: Office, put: Put, take: Take) -> None:
    put("DV2 tự kiểm điểm.docx", word())
    assert not take().taken[0].read_by_machine
    assert select(office, "SELECT * FROM machine_text") == []


def test_without_a_reader_scans_are_taken_and_read_later(
    office: Office, put: Put, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_reading, "reader_name", lambda: "")
    put("DV2 tự kiểm điểm.jpg", _blank())
    report = intake(office, folder, actor="cli")
    assert len(report.taken) == 1 and report.unread == 1
    assert select(office, "SELECT * FROM machine_text") == []
    monkeypatch.undo()
    if reader_name():
        database = office.connect()
        assert (read_scans(database), read_scans(database)) == (1, 0)
        database.close()


def test_a_paper_that_became_a_restricted_one_is_not_found(office: Office, put: Put, take: Take) -> None:
    dossier = file_in(office, evaluation_of(office, "DV2"))
    put("DV2 tự kiểm điểm.jpg", _blank())
    take()
    database = office.connect()
    (document,) = rows(database, "SELECT id FROM document WHERE source = 'intake'")
    with writing(database):
        database.execute(
            "INSERT OR REPLACE INTO machine_text (document_id, text, reader, read_at) VALUES (?, 'Đất ở', 'x', 'x')",
            [document["id"]],
        )
    assert texts_read(database, [dossier]) == {dossier: ["Đất ở"]}
    with writing(database):
        database.execute("UPDATE document SET item = 'asset_declaration'")
    assert texts_read(database, [dossier]) == {}
    database.close()


def test_a_scan_that_cannot_be_read_gives_no_text() -> None:
    assert read_text(b"khong phai anh", "image/jpeg") == ""
    assert read_text(b"khong phai pdf", "application/pdf") == ""


def _blank() -> bytes:
    out = io.BytesIO()
    Image.new("L", (200, 200), 255).save(out, "JPEG")
    return out.getvalue()
