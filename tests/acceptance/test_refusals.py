"""What cannot be right is refused with its place and a sentence, and changes nothing: no row, no file."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.acceptance.journey import SAMPLE, WORKBOOK, Desk, call

Change = Callable[[dict[str, Worksheet]], None]


def changed(change: Change) -> bytes:
    """The sample's workbook with a change made in it."""
    book = load_workbook(WORKBOOK)
    change({page.title: page for page in book.worksheets})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(page: Worksheet, header: str) -> int:
    return next(cell.column for cell in page[3] if cell.column and str(cell.value).rstrip(" *") == header)


def put(sheet: str, header: str, row: int, value: object) -> Change:
    """Types a value into a cell."""

    def change(pages: dict[str, Worksheet]) -> None:
        pages[sheet].cell(row, column(pages[sheet], header)).value = value  # type: ignore[assignment]

    return change


def people() -> str:
    return next(page.title for page in load_workbook(WORKBOOK).worksheets if "viên" in page.title)


PEOPLE = people()


def twice_the_same_card(pages: dict[str, Worksheet]) -> None:
    page = pages[PEOPLE]
    card = column(page, "Số thẻ đảng viên")
    page.cell(6, card).value = page.cell(5, card).value


def raw(data: bytes, old: bytes, new: bytes) -> bytes:
    """An .xlsx with bytes changed, as no proper program would write them."""
    out, places = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            places += content.count(old)
            target.writestr(name, content.replace(old, new))
    assert places == 1
    return out.getvalue()


IMPOSSIBLE: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
    "an empty file": (lambda: b"", ("rỗng",)),
    "a Word file renamed": (
        lambda: next((SAMPLE / "intake" / "CBK1").glob("*.docx")).read_bytes(),  # type: ignore[attr-defined]
        ("Word",),
    ),
    "text renamed": (lambda: b"ma;ten\n", ("không phải là bảng Excel",)),
    "half a file": (lambda: WORKBOOK.read_bytes()[:50_000], ("hỏng",)),
    "a card number twice": (lambda: changed(twice_the_same_card), (PEOPLE, "dòng 6", "Số thẻ đảng viên")),
    "a day that never was": (
        lambda: changed(put(PEOPLE, "Ngày sinh", 7, "31/02/1970")), (PEOPLE, "dòng 7", "Ngày sinh"),
    ),
    "a day of another age": (
        lambda: changed(put(PEOPLE, "Ngày sinh", 8, "01/01/1066")), (PEOPLE, "dòng 8", "Ngày sinh"),
    ),
    "a cell that does not exist": (lambda: changed(put(PEOPLE, "Chi bộ (mã)", 9, "CBXX")), (PEOPLE, "dòng 9", "CBXX")),
    "a way out of the folder": (lambda: changed(put(PEOPLE, "Mã", 9, "../../x")), (PEOPLE, "dòng 9", "Mã")),
    "a control character": (
        lambda: raw(changed(put(PEOPLE, "Ghi chú", 5, "mot-dau-la")), b"mot-dau-la", b"mot_x0007_dau"),
        (PEOPLE, "dòng 5", "Ghi chú", "U+0007"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_workbook_is_refused_and_changes_nothing(name: str, typed_in: Desk, tmp_path: Path) -> None:
    make, told = IMPOSSIBLE[name]
    (tmp_path / "sai.xlsx").write_bytes(make())
    kept, stored = typed_in.kept(), typed_in.stored()
    for options in ((), ("--dry-run",)):
        said = typed_in("import", tmp_path / "sai.xlsx", *options, code=2)
        for part in told:
            assert part in said.err, said.err
    assert typed_in.kept() == kept
    assert typed_in.stored() == stored


def test_a_workbook_without_its_sheets_says_which_it_lacks(tmp_path: Path) -> None:
    def without_people(pages: dict[str, Worksheet]) -> None:
        page = pages[PEOPLE]
        page.parent.remove(page)  # type: ignore[union-attr]

    desk = Desk(tmp_path / "data")
    desk("init")
    (tmp_path / "sai.xlsx").write_bytes(changed(without_people))
    before = desk.kept()
    said = desk("import", tmp_path / "sai.xlsx", code=2)
    assert "DV001" in said.err
    assert "dòng" in said.err
    assert desk.kept() == before


def test_all_problems_of_a_workbook_are_told_at_once(typed_in: Desk, tmp_path: Path) -> None:
    def several(pages: dict[str, Worksheet]) -> None:
        twice_the_same_card(pages)
        put(PEOPLE, "Ngày sinh", 7, "31/02/1970")(pages)
        put(PEOPLE, "Chi bộ (mã)", 9, "CBXX")(pages)

    (tmp_path / "sai.xlsx").write_bytes(changed(several))
    said = typed_in("import", tmp_path / "sai.xlsx", "--json", code=2)
    told = [problem["text"] for problem in said.json["problems"]]
    for row in ("dòng 7", "dòng 9"):
        assert any(row in text for text in told), told


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ('{"document": {"full_name": "A\\u0007B"}}', "U+0007"),
        ('{"document": {"full_name": "A\\ud800B"}}', "U+D800"),
        ('{"document": []}', "document"),
        ("document: {full_name: [1}", "YAML"),
        ("\x00", ""),
    ],
)
def test_an_impossible_form_input_is_refused_and_writes_no_file(document: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "in.yaml").write_text(document, encoding="utf-8")
    (tmp_path / "in.json").write_text(document, encoding="utf-8")
    said = call("generate", "2", tmp_path / ("in.json" if document[0] == "{" else "in.yaml"), "-o", tmp_path / "x.docx")
    assert said.code == 2
    assert told in said.err
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("part", ["store", "index", "print", "workspace", "hoso.lock", "index.lock", "hoso.db"])
def test_a_data_folder_that_cannot_be_written_is_said_and_nothing_filed(part: str, fresh: Desk) -> None:
    place = fresh.root / part
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    # A file where a folder must be, a folder where a file must be: not even an administrator can write there.
    if part in ("store", "index", "print", "workspace"):
        place.write_text("chắn", encoding="utf-8")
    else:
        place.mkdir()
    said = fresh("campaign", "run", "2018", "--no-pdf", "--unit", "CBK3", code=2)
    assert "Xin" in said.err
    assert "Traceback" not in said.err
    if part not in ("hoso.db", "index", "index.lock"):
        assert fresh.rows("SELECT count(*) FROM dossier WHERE version > 0") == [(0,)]
        if place.is_file():
            place.unlink()
        elif part == "hoso.lock":
            place.rmdir()
        fresh("campaign", "run", "2018", "--no-pdf", "--unit", "CBK3")
        assert fresh("verify", "--json").json == []


def filed(desk: Desk) -> list[dict[str, object]]:
    """The dossiers that stand in the store, and not in working papers only."""
    return [row for row in desk.dossiers() if row["version"]]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which the smallest cell finds room, and the whole campaign does not."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", place]).returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="no mount")
def test_a_full_disk_is_said_and_loses_nothing_that_was_filed(small_disk: Path, tmp_path: Path) -> None:
    desk = Desk(small_disk / "data")
    desk("init")
    desk("import", WORKBOOK)
    desk("campaign", "run", "2018", "--no-pdf", "--unit", "CBK3")
    before = filed(desk)
    said = desk("campaign", "run", "2018", "--no-pdf", code=2)
    assert "đĩa" in said.err
    assert "Traceback" not in said.err
    here = Desk(tmp_path / "elsewhere")
    shutil.copytree(desk.root, here.root)
    assert [row for row in here.dossiers() if row in before] == before
    assert here("verify", "--json").json == []
    here("campaign", "run", "2018", "--no-pdf", code=1)
    assert len(filed(here)) == 139
    assert here("verify", "--json").json == []


def test_a_disk_that_fills_while_filing_is_said(fresh: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.store.ocfl import Store

    write, calls = Store.write, []

    def full(self: Store, *args: object, **more: object) -> object:
        calls.append(1)
        if len(calls) > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(self, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "write", full)
    said = fresh("campaign", "run", "2018", "--no-pdf", "--unit", "CBK3", code=2)
    assert "đĩa đầy" in said.err
    monkeypatch.undo()
    assert fresh("verify", "--json").json == []
    assert len(filed(fresh)) <= 3
    fresh("campaign", "run", "2018", "--no-pdf", "--unit", "CBK3")
    assert len(filed(fresh)) == 10
    assert fresh("verify", "--json").json == []


@pytest.mark.parametrize("settings", ["port = [", "port = 'x'", "port = [1]", "\udcff", "rulebook = '../x'"])
def test_settings_that_cannot_be_read_are_said(settings: str, fresh: Desk) -> None:
    (fresh.root / "hoso.toml").write_bytes(settings.encode("utf-8", "surrogateescape"))
    said = fresh("import", WORKBOOK, code=2)
    assert said.err.strip().endswith(".")


def test_what_is_no_data_folder_is_left_alone(tmp_path: Path) -> None:
    for words in (("status",), ("search", "x"), ("campaign", "run", "2018"), ("import", str(WORKBOOK))):
        said = call("--data", tmp_path / "nowhere", *words)
        assert said.code == 2
        assert "hoso init" in said.err
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "file").write_text("x")
    assert call("--data", tmp_path / "file", "init").code == 2
    (tmp_path / "broken").mkdir()
    call("--data", tmp_path / "broken", "init")
    (tmp_path / "broken" / "hoso.db").write_bytes(os.urandom(5000))
    for name in ("hoso.db-wal", "hoso.db-shm"):
        (tmp_path / "broken" / name).unlink(missing_ok=True)
    said = call("--data", tmp_path / "broken", "status")
    assert said.code == 2
    assert "cơ sở dữ liệu" in said.err


def test_a_refusal_in_a_real_process_shows_no_traceback(tmp_path: Path) -> None:
    ran = subprocess.run(
        [Path(sys.executable).with_name("hoso"), "--data", tmp_path, "campaign", "run", "2018"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""


def test_papers_that_are_no_papers_are_refused_by_name(fresh: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "papers" / "CBK1"
    folder.mkdir(parents=True)
    (folder / "DV049 - bản tự kiểm điểm.docx").write_bytes(b"")
    (folder / "DV050 - bản tự kiểm điểm.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "DV051 - bản tự kiểm điểm.docx").symlink_to("/etc/passwd")
    (folder / "DV052 - bản tự kiểm điểm.exe").write_bytes(b"MZ")
    kept = fresh.kept()
    said = fresh("intake", tmp_path / "papers", "--json").json
    assert len(said["refused"]) == 4
    assert said["taken"] == []
    assert fresh.kept() == kept
    assert "DV051" in json.dumps(said, ensure_ascii=False)
