"""The check of the store: it notices every change of every file, of the rows and of the events, and says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import writing
from archive.store.filing import file_dossiers
from archive.store.fixity import verify
from archive.store.inventory import digest, sidecar
from archive.store.ocfl import Store
from tests.archive.store.conftest import package

FIRST, SECOND = "2018-m-aaaaaaaaaa00", "2018-m-aaaaaaaaaa01"


@pytest.fixture
def filed(office: Office, database: Database) -> Store:
    with office.locked():
        file_dossiers(office, database, [package(0), package(1), package(0, "bản sau")], actor="cli", reason="Nộp lưu")
    return Store(office.store_root)


def codes(office: Office, database: Database) -> set[tuple[str, str, str]]:
    return {(damage.code, damage.dossier, damage.path) for damage in verify(office, database)}


def test_a_sound_store_has_no_damage(office: Office, database: Database, filed: Store) -> None:
    seen: list[tuple[str, int, int]] = []
    assert verify(office, database, progress=lambda *step: seen.append(step)) == []
    assert seen == [("Kiểm tra kho", number, 3) for number in (1, 2, 3)], "two dossiers and the register"


def test_a_new_office_has_no_damage(office: Office, database: Database) -> None:
    assert verify(office, database) == []


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _rename(path: Path) -> None:
    path.rename(path.with_name(f"{path.name}x"))


def _link(path: Path) -> None:
    # a file that only looks as if it were in the store
    moved = path.parents[len(path.parents) - 3] / "elsewhere"
    shutil.copy(path, moved)
    path.unlink()
    path.symlink_to(moved)


@pytest.mark.parametrize("harm", [_flip, _empty, Path.unlink, _rename, _link])
def test_every_file_of_the_store_is_watched(
    office: Office, database: Database, filed: Store, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    names = [path.relative_to(filed.root) for path in filed.root.rglob("*") if path.is_file()]
    assert len(names) > 20
    whole = tmp_path / "whole"
    shutil.copytree(filed.root, whole)
    for name in names:
        harm(filed.root / name)
        damages = verify(office, database)
        assert damages, f"{harm} of {name} was not noticed"
        assert any(name.name in damage.path for damage in damages), f"{name} is not named"
        shutil.rmtree(filed.root)
        shutil.copytree(whole, filed.root)
    assert verify(office, database) == []


@pytest.mark.parametrize(
    "place", ["", "extensions", "extensions/0003-hash-and-id-n-tuple-storage-layout", "{group}", "{object}",
              "{object}/v1", "{object}/v1/content"],
)  # fmt: skip
@pytest.mark.parametrize("is_folder", [False, True])
def test_nothing_more_may_lie_in_the_store(
    office: Office, database: Database, filed: Store, place: str, is_folder: bool
) -> None:
    folder = filed.folder(FIRST)
    stranger = filed.root / place.format(group=folder.parent.name, object=f"{folder.parent.name}/{FIRST}") / "Lạ.tmp"
    if is_folder:
        stranger.mkdir()
    else:
        stranger.write_bytes(b"x")
    assert [(damage.code, Path(damage.path).name) for damage in verify(office, database)] == [("extra", "Lạ.tmp")]


def test_a_copied_or_moved_dossier_is_noticed(office: Office, database: Database, filed: Store) -> None:
    folder = filed.folder(FIRST)
    shutil.copytree(folder, folder.with_name("2018-m-zzzzzzzzzzzz"))
    assert {code for code, _, _ in codes(office, database)} == {"extra"}
    folder.rename(filed.root / FIRST)
    assert ("missing", FIRST, "") in codes(office, database)


def test_each_damage_names_dossier_file_and_remedy(office: Office, database: Database, filed: Store) -> None:
    (filed.folder(SECOND) / "v1/content/01-mau-2.docx").write_bytes(b"x")
    (damage,) = verify(office, database)
    assert str(damage) == (
        f"Hồ sơ {SECOND}, v1/content/01-mau-2.docx: Nội dung không còn như lúc nộp. Xin khôi phục từ bản sao lưu."
    )
    assert damage.as_dict()["text"] == str(damage)


def test_a_forgery_with_all_digests_made_anew_is_noticed(office: Office, database: Database, filed: Store) -> None:
    folder = filed.folder(SECOND)
    content = folder / "v1/content/01-mau-2.docx"
    old, new = digest(content.read_bytes()), digest("Mẫu 2 sửa".encode())
    content.write_bytes("Mẫu 2 sửa".encode())
    for place in (folder, folder / "v1"):
        data = (place / "inventory.json").read_bytes().replace(old.encode(), new.encode())
        (place / "inventory.json").write_bytes(data)
        (place / "inventory.json.sha512").write_bytes(sidecar(data))
    assert {("inventory", SECOND, "v1/inventory.json"), ("row", SECOND, "")} <= codes(office, database)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE dossier_file SET digest = 'x' WHERE dossier_id = ? AND position = 1",
        "UPDATE dossier_file SET size = size + 1 WHERE dossier_id = ? AND position = 1",
        "UPDATE dossier_file SET path = 'x' WHERE dossier_id = ? AND position = 1",
        "DELETE FROM dossier_file WHERE dossier_id = ? AND position = 1",
        "UPDATE dossier SET version = 2 WHERE id = ?",
    ],
)
def test_rows_that_differ_from_the_store_are_noticed(
    office: Office, database: Database, filed: Store, sql: str
) -> None:
    with writing(database):
        database.execute(sql, [SECOND])
    assert codes(office, database) == {("row", SECOND, "")}


def test_a_dossier_without_rows_is_noticed(office: Office, database: Database, filed: Store) -> None:
    with writing(database):
        for table, column in [("outbox", "dossier_id"), ("dossier_file", "dossier_id"), ("dossier", "id"),
                              ("filing", "object")]:  # fmt: skip
            database.execute(f"DELETE FROM {table} WHERE {column} = ?", [SECOND])
    assert codes(office, database) == {("row", SECOND, "")}


def test_a_dossier_lost_from_the_store_is_noticed(office: Office, database: Database, filed: Store) -> None:
    filed.withdraw(SECOND, 1)
    assert codes(office, database) == {("missing", SECOND, "")}


def _cut(database: Database, condition: str) -> None:
    database.execute("DROP TRIGGER event_kept_on_delete")
    database.execute(f"DELETE FROM event WHERE {condition}")


def test_events_cut_off_at_the_end_show(office: Office, database: Database) -> None:
    with office.locked():
        file_dossiers(office, database, [package(0)], actor="cli", reason="Nộp lưu")
    with writing(database):
        events.append(database, actor="k7m2", action="waive", subject="aaaaaaaaaa01")
    with office.locked():
        file_dossiers(office, database, [package(1)], actor="cli", reason="Nộp lưu")
    _cut(database, "seq >= 3")
    assert codes(office, database) >= {
        ("events", "", "việc số 4"),
        ("events", SECOND, ""),
        ("events", SECOND, "dossier.json"),
    }


def test_an_event_cut_out_of_the_middle_shows(office: Office, database: Database, filed: Store) -> None:
    _cut(database, "seq = 1")
    assert any(damage.code == "events" and not damage.dossier for damage in verify(office, database))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(data=st.data())
def test_any_changed_byte_is_noticed(office: Office, database: Database, data: st.DataObject) -> None:
    store = Store(office.store_root)
    if not list(store.objects()):
        with office.locked():
            file_dossiers(office, database, [package(0), package(0, "bản sau")], actor="cli", reason="Nộp lưu")
    path = data.draw(st.sampled_from(sorted(path for path in store.root.rglob("*") if path.is_file())))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ other]) + whole[at + 1 :])
    try:
        assert verify(office, database)
    finally:
        path.write_bytes(whole)
