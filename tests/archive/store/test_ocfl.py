"""The store on disk: valid OCFL, versions kept, contents checked, interrupted versions finished or undone."""

from __future__ import annotations

import json
from pathlib import Path

import ocfl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import NotFound
from archive.store import disk
from archive.store.errors import PathRefused, StoreDamaged
from archive.store.inventory import User
from archive.store.layout import object_folder
from archive.store.ocfl import PreparedVersion, Store

CLERK = User("Nguyễn Thị Ước", "urn:hoso:account:k7m2")
FIRST = {"mau-2.docx": b"word", "mau-2.pdf": b"pdf", "dossier.json": b"{}"}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "store")
    made.ensure()
    return made


def prepare(store: Store, object_id: str, files: dict[str, bytes]) -> PreparedVersion:
    return store.prepare(object_id, files, message="Nộp hồ sơ", user=CLERK, created="2018-12-20T02:00:00Z")


def file(store: Store, object_id: str, files: dict[str, bytes]) -> PreparedVersion:
    prepared = prepare(store, object_id, files)
    store.install(prepared)
    return prepared


def is_valid(store: Store, object_id: str) -> bool:
    # element 0 is the verdict; the tuple itself is always true
    return bool(ocfl.Object().validate(str(store.folder(object_id)))[0])


def test_each_object_and_the_root_are_valid_ocfl(store: Store) -> None:
    file(store, "2018-m-abcdefghjkmn", FIRST)
    file(store, "2018-m-abcdefghjkmn", {**FIRST, "dossier.json": b"{ }", "extra/thu.pdf": b"x"})
    file(store, "2018-u-zzzzzzzzzzzz", FIRST)
    assert is_valid(store, "2018-m-abcdefghjkmn")
    assert is_valid(store, "2018-u-zzzzzzzzzzzz")
    root = ocfl.StorageRoot(str(store.root))
    assert root.validate()
    assert root.good_objects == root.num_objects == 2


def test_the_root_tells_its_layout_and_how_to_read_it_without_the_program(store: Store) -> None:
    assert (store.root / "0=ocfl_1.1").read_text() == "ocfl_1.1\n"
    layout = json.loads((store.root / "ocfl_layout.json").read_text())
    config = json.loads((store.root / "extensions" / layout["extension"] / "config.json").read_text())
    assert config == {
        "extensionName": layout["extension"],
        "digestAlgorithm": "sha512",
        "tupleSize": 3,
        "numberOfTuples": 1,
    }
    readme = (store.root / "README.txt").read_text(encoding="utf-8")
    assert "sha512sum" in readme
    assert "KHO LƯU TRỮ HỒ SƠ" in readme


def test_an_object_lies_where_the_readme_says(store: Store) -> None:
    # printf %s 2018-m-abcdefghjkmn | sha512sum
    import hashlib

    assert object_folder("2018-m-abcdefghjkmn") == (
        f"{hashlib.sha512(b'2018-m-abcdefghjkmn').hexdigest()[:3]}/2018-m-abcdefghjkmn"
    )


def test_a_new_version_stores_only_what_changed_and_keeps_the_old(store: Store) -> None:
    file(store, "2018-m-abcdefghjkmn", FIRST)
    second = file(store, "2018-m-abcdefghjkmn", {"mau-2.docx": b"word", "mau-2.pdf": b"pdf 2"})
    assert list(second.content) == ["v2/content/mau-2.pdf"]
    assert store.read("2018-m-abcdefghjkmn", "mau-2.pdf") == b"pdf 2"
    assert store.read("2018-m-abcdefghjkmn", "mau-2.docx") == b"word"
    assert store.read("2018-m-abcdefghjkmn", "mau-2.pdf", 1) == b"pdf"
    assert set(store.state("2018-m-abcdefghjkmn")) == {"mau-2.docx", "mau-2.pdf"}
    assert [version.user for version in store.versions("2018-m-abcdefghjkmn")] == [CLERK, CLERK]


def test_reading_what_is_not_there_says_so(store: Store) -> None:
    file(store, "2018-m-abcdefghjkmn", FIRST)
    for object_id, path, version in [
        ("2018-m-khongcokhong", "mau-2.pdf", None),
        ("2018-m-abcdefghjkmn", "mau-9.pdf", None),
        ("2018-m-abcdefghjkmn", "mau-2.pdf", 2),
        ("2018-m-abcdefghjkmn", "mau-2.pdf", 0),
    ]:
        with pytest.raises(NotFound):
            store.read(object_id, path, version)


def test_a_changed_byte_is_not_handed_out(store: Store) -> None:
    file(store, "2018-m-abcdefghjkmn", FIRST)
    path = store.folder("2018-m-abcdefghjkmn") / "v1/content/mau-2.pdf"
    path.write_bytes(b"pdg")
    with pytest.raises(StoreDamaged, match=r"mau-2\.pdf"):
        store.read("2018-m-abcdefghjkmn", "mau-2.pdf")
    path.unlink()
    with pytest.raises(StoreDamaged, match="đã mất"):
        store.read("2018-m-abcdefghjkmn", "mau-2.pdf")


@pytest.mark.parametrize("path", ["Mẫu 2.docx", "../ra-ngoai", "/tuyet-doi", "a//b", "", ".an", "a/./b", "a\n"])
def test_only_plain_ascii_paths_are_stored(store: Store, path: str) -> None:
    with pytest.raises(PathRefused):
        prepare(store, "2018-m-abcdefghjkmn", {path: b"x"})
    assert store.leftovers() == []


def test_a_path_cannot_be_a_file_and_a_folder(store: Store) -> None:
    with pytest.raises(PathRefused):
        prepare(store, "2018-m-abcdefghjkmn", {"a": b"x", "a/b": b"y"})


@pytest.mark.parametrize("object_id", ["", "..", "a/b", "hồ-sơ", "-x", "x" * 101])
def test_only_plain_ascii_ids_are_stored(store: Store, object_id: str) -> None:
    with pytest.raises(PathRefused):
        prepare(store, object_id, FIRST)


def test_discarding_a_prepared_version_leaves_no_trace(store: Store) -> None:
    prepared = prepare(store, "2018-m-abcdefghjkmn", FIRST)
    assert store.leftovers()
    store.discard(prepared)
    assert store.leftovers() == []
    assert list(store.objects()) == []


class Stopped(Exception):
    """The test's power cut."""


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("stop_at", range(4))
def test_a_version_stopped_between_renames_is_finished(store: Store, version: int, stop_at: int) -> None:
    if version == 2:
        file(store, "2018-m-abcdefghjkmn", FIRST)
    prepared = prepare(store, "2018-m-abcdefghjkmn", {"mau-2.pdf": b"pdf 2"})
    seen = []

    def stop(step: str) -> None:
        seen.append(step)
        if len(seen) > stop_at:
            raise Stopped

    try:
        store.install(prepared, stop)
    except Stopped:
        assert len(seen) == stop_at + 1
    assert store.roll_forward("2018-m-abcdefghjkmn", version, prepared.inventory_digest)
    assert store.roll_forward("2018-m-abcdefghjkmn", version, prepared.inventory_digest), "doing it again does no harm"
    assert is_valid(store, "2018-m-abcdefghjkmn")
    assert store.read("2018-m-abcdefghjkmn", "mau-2.pdf") == b"pdf 2"
    assert store.leftovers() == []


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("name", ["inventory.json", "inventory.json.sha512", "v{}/inventory.json", "v{}/content/b"])
@pytest.mark.parametrize("installed", [False, True])
def test_a_version_that_did_not_reach_the_disk_whole_is_undone(
    store: Store, version: int, name: str, installed: bool
) -> None:
    before = {"a": b"a"}
    if version == 2:
        file(store, "2018-m-abcdefghjkmn", before)
    prepared = prepare(store, "2018-m-abcdefghjkmn", {"b": b"b"})
    base = store.workspace / f"2018-m-abcdefghjkmn.v{version}"
    if installed:
        store.install(prepared)
        base = store.folder("2018-m-abcdefghjkmn")
    (base / name.format(version)).write_bytes(b"")
    assert not store.roll_forward("2018-m-abcdefghjkmn", version, prepared.inventory_digest)
    store.withdraw("2018-m-abcdefghjkmn", version)
    assert store.leftovers() == []
    if version == 1:
        assert not list(store.root.glob("???")), "no empty folder stays"
    else:
        assert is_valid(store, "2018-m-abcdefghjkmn")
        assert store.state("2018-m-abcdefghjkmn").keys() == before.keys()


def test_an_existing_store_is_not_mended_in_silence(store: Store) -> None:
    (store.root / "README.txt").unlink()
    store.ensure()
    assert not (store.root / "README.txt").exists()


def test_a_store_stopped_while_it_was_made_is_completed(store: Store) -> None:
    (store.root / "0=ocfl_1.1").unlink()
    (store.root / "README.txt").write_bytes(b"")
    store.ensure()
    assert (store.root / "README.txt").read_bytes()
    assert (store.root / "0=ocfl_1.1").exists()


def test_a_file_is_written_once(tmp_path: Path) -> None:
    disk.write_file(tmp_path / "a", b"1")
    with pytest.raises(FileExistsError):
        disk.write_file(tmp_path / "a", b"2")


names = st.text("abcXYZ09-_.", min_size=1, max_size=12).filter(lambda name: name[0] != ".")


@settings(deadline=None)  # a disk that others are busy with takes its time
@given(
    versions=st.lists(st.dictionaries(names, st.binary(max_size=40), min_size=1, max_size=4), min_size=1, max_size=3)
)
def test_whatever_is_filed_reads_back(
    tmp_path_factory: pytest.TempPathFactory, versions: list[dict[str, bytes]]
) -> None:
    store = Store(tmp_path_factory.mktemp("office") / "store")
    store.ensure()
    for files in versions:
        file(store, "2018-m-abcdefghjkmn", files)
    for number, files in enumerate(versions, 1):
        assert {
            path: store.read("2018-m-abcdefghjkmn", path, number) for path in store.state("2018-m-abcdefghjkmn", number)
        } == files
    assert is_valid(store, "2018-m-abcdefghjkmn")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"v1/content/mau-2.pdf", b"v1/../../../mau-2.pdf"),
        (b"v1/content/mau-2.pdf", b"/etc/passwd"),
        (b'"mau-2.pdf"', b'"../mau-2.pdf"'),
        (b'"sha512"', b'"md5"'),
        (b'"head": "v1"', b'"head": "v2"'),
        (b'"versions"', b'"version"'),
        (b"{", b"["),
    ],
)
def test_an_inventory_that_is_not_ours_is_refused(store: Store, old: bytes, new: bytes) -> None:
    file(store, "2018-m-abcdefghjkmn", FIRST)
    path = store.folder("2018-m-abcdefghjkmn") / "inventory.json"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    with pytest.raises(StoreDamaged):
        store.inventory("2018-m-abcdefghjkmn")
