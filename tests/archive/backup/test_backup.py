"""A copy holds all of the data folder as it stood; what is brought back is the same, byte for byte, or is refused."""

from __future__ import annotations

import itertools
import json
import threading
import time
from pathlib import Path

import pytest

from archive.backup.copies import BackupUnusable, Place
from archive.backup.making import backup
from archive.backup.restoring import check, restore
from archive.errors import FolderUnusable
from archive.office.folder import Office, make_office, open_office
from archive.records.database import rows
from archive.store.filing import file_dossiers
from archive.store.fixity import verify
from tests.archive.store.conftest import make_rows, package


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with two dossiers filed, and a template of its own."""
    made = make_office(tmp_path / "data")
    database = made.connect()
    make_rows(database)
    for number in (0, 1):
        file_dossiers(made, database, [package(number)], actor="cli", reason="nộp lưu")
    (made.templates_root / "mau.docx").write_bytes(b"template")
    database.close()
    return made


def store_files(root: Path) -> dict[str, bytes]:
    """Every file of the store by its path."""
    store = root / "store"
    return {file.relative_to(store).as_posix(): file.read_bytes() for file in store.rglob("*") if file.is_file()}


def test_what_is_restored_is_what_was_copied(office: Office, tmp_path: Path) -> None:
    before = store_files(office.root)
    backup(office, office.connect(), tmp_path / "copies", actor="cli")
    done = restore(tmp_path / "copies", tmp_path / "new", actor="cli")
    assert not done.damages
    assert store_files(tmp_path / "new") == before
    assert (tmp_path / "new" / "templates" / "mau.docx").read_bytes() == b"template"
    filed = rows(open_office(tmp_path / "new").connect(), "SELECT id, version, status FROM dossier ORDER BY id")
    assert [(row["version"], row["status"]) for row in filed] == [(1, "filed"), (1, "filed")]


def test_the_second_copy_reads_only_what_is_new(office: Office, tmp_path: Path) -> None:
    database = office.connect()
    first = backup(office, database, tmp_path / "copies", actor="cli")
    again = backup(office, database, tmp_path / "copies", actor="cli")
    file_dossiers(office, database, [package(2)], actor="cli", reason="nộp lưu")
    third = backup(office, database, tmp_path / "copies", actor="cli")
    assert again.read < first.read
    assert again.files == first.files < third.files
    assert Place(tmp_path / "copies").names() == [first.name, again.name, third.name]


def test_an_earlier_copy_is_restored_by_its_name(office: Office, tmp_path: Path) -> None:
    database = office.connect()
    first = backup(office, database, tmp_path / "copies", actor="cli")
    file_dossiers(office, database, [package(2)], actor="cli", reason="nộp lưu")
    backup(office, database, tmp_path / "copies", actor="cli")
    restore(tmp_path / "copies", tmp_path / "old", actor="cli", name=first.name)
    assert len(rows(open_office(tmp_path / "old").connect(), "SELECT id FROM dossier WHERE version > 0")) == 2


def test_the_check_leaves_nothing_and_finds_a_store_that_was_damaged_before(office: Office, tmp_path: Path) -> None:
    victim = next((office.store_root).rglob("*-mau-2.docx"))
    victim.write_bytes(b"changed")
    backup(office, office.connect(), tmp_path / "copies", actor="cli")
    done = check(tmp_path / "copies", actor="cli")
    assert [damage.code for damage in done.damages] == ["content"]
    assert verify(office, office.connect()), "the data folder itself is as damaged as its copy"


@pytest.mark.parametrize("harm", ["gone", "changed", "shortened"])
def test_a_damaged_pool_is_refused_and_nothing_is_made(office: Office, tmp_path: Path, harm: str) -> None:
    report = backup(office, office.connect(), tmp_path / "copies", actor="cli")
    place = Place(tmp_path / "copies")
    victim = place.file_of(place.read_copy(report.name).files["hoso.toml"].digest)
    if harm == "gone":
        victim.unlink()
    else:
        victim.write_bytes(victim.read_bytes()[:-1] + (b"" if harm == "shortened" else b"?"))
    with pytest.raises(BackupUnusable, match=r"hoso\.toml"):
        restore(tmp_path / "copies", tmp_path / "new", actor="cli")
    assert not (tmp_path / "new").exists()


def test_a_manifest_that_was_edited_is_refused(office: Office, tmp_path: Path) -> None:
    report = backup(office, office.connect(), tmp_path / "copies", actor="cli")
    manifest = tmp_path / "copies" / "copies" / report.name / "manifest.json"
    content = json.loads(manifest.read_text())
    content["files"]["../outside"] = content["files"]["hoso.toml"]
    manifest.write_text(json.dumps(content))
    with pytest.raises(BackupUnusable, match="hỏng"):
        restore(tmp_path / "copies", tmp_path / "new", actor="cli")


def test_a_copy_without_its_manifest_is_no_copy(office: Office, tmp_path: Path) -> None:
    report = backup(office, office.connect(), tmp_path / "copies", actor="cli")
    (tmp_path / "copies" / "copies" / report.name / "manifest.json.sha512").unlink()
    with pytest.raises(BackupUnusable, match="trọn vẹn"):
        restore(tmp_path / "copies", tmp_path / "new", actor="cli")


def test_nothing_is_restored_over_data(office: Office, tmp_path: Path) -> None:
    backup(office, office.connect(), tmp_path / "copies", actor="cli")
    with pytest.raises(FolderUnusable, match="thư mục mới"):
        restore(tmp_path / "copies", office.root, actor="cli")


def test_a_copy_does_not_lie_in_the_folder_it_copies(office: Office) -> None:
    with pytest.raises(BackupUnusable, match="ổ đĩa"):
        backup(office, office.connect(), office.root / "copies", actor="cli")


def test_a_copy_made_while_another_files_is_whole(office: Office, tmp_path: Path) -> None:
    started, stop = threading.Event(), threading.Event()

    def keep_filing() -> None:
        database = office.connect()
        for number in itertools.count():
            if stop.is_set():
                break
            with office.locked():
                file_dossiers(office, database, [package(number % 3, f"bản {number}")], actor="cli", reason="sửa")
            started.set()
            time.sleep(0.1)  # the lock is asked for anew, not handed on
        database.close()

    other = threading.Thread(target=keep_filing)
    other.start()
    try:
        assert started.wait(30)
        database = office.connect()
        names = [backup(office, database, tmp_path / "copies", actor="cli").name for _ in range(2)]
    finally:
        stop.set()
        other.join(30)
    for name in names:
        assert not check(tmp_path / "copies", actor="cli", name=name).damages
