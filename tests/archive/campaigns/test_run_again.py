"""A run after something changed ends as a first run on the changed facts would: same papers, same dossiers."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from archive.campaigns.production import WORD
from archive.office.folder import open_office
from archive.records.database import rows
from archive.store.fixity import verify
from archive.store.ocfl import Store
from generator.pdf.convert import office_available
from tests.archive.campaigns.conftest import Commune

CELL = "CBK3"
_OF_CELL = "(SELECT e.id FROM evaluation e JOIN unit u ON u.id = e.unit_id WHERE u.reference = 'CBK3')"
_OF_PERSON = "(SELECT e.id FROM evaluation e JOIN person p ON p.id = e.person_id WHERE p.reference = '{}')"
_MEMBER, _ANOTHER = _OF_PERSON.format("DV103"), _OF_PERSON.format("DV105")
CHANGES = {
    "a word on his sheet": f"UPDATE assessment SET comment = 'Nhận xét đã sửa.' WHERE evaluation_id = {_MEMBER}",
    "what the cell proposes of him": f"UPDATE evaluation SET proposal_comment = 'Đã sửa.' WHERE id = {_MEMBER}",
    "another's own sheet taken back": f"DELETE FROM assessment WHERE assessor = 'self' AND evaluation_id = {_ANOTHER}",
    "his plan": f"UPDATE evaluation SET sections = json_set(sections, '$.plan', 'Làm khác.') WHERE id = {_MEMBER}",
    "his name": "UPDATE person SET full_name = 'Nguyễn Thị Khác' WHERE reference = 'DV103'",
    "a level proposed": f"UPDATE evaluation SET proposed_level = 'completed' WHERE id = {_MEMBER}",
    "the votes of the cell": "UPDATE tally SET counts = json_set(counts, '$.good', 1, '$.completed', 2)"
    f" WHERE evaluation_id IN {_OF_CELL}",
    "the day of the meeting": "UPDATE meeting SET held_on = '2018-12-05' WHERE unit_id ="
    " (SELECT id FROM unit WHERE reference = 'CBK3')",
    "the name of the cell": "UPDATE unit_period SET name = 'Chi bộ Khu 3 mới' WHERE unit_id ="
    " (SELECT id FROM unit WHERE reference = 'CBK3')",
}


@contextmanager
def copy_of(folder: Path) -> Iterator[Commune]:
    """A data folder to work on, thrown away afterwards."""
    with TemporaryDirectory() as place:
        root = Path(place) / "data"
        shutil.copytree(folder, root)
        office = open_office(root)
        database = office.connect()
        try:
            yield Commune(office, database)
        finally:
            database.close()


def _ran(imported: Path, folder: Path, *, unit: str | None, with_pdf: bool) -> Path:
    with copy_of(imported) as commune:
        commune.run(unit=unit, with_pdf=with_pdf)
        commune.database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copytree(commune.office.root, folder)
    return folder


@pytest.fixture(scope="module")
def ran(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after a first run of one cell, without PDFs; copied, never used."""
    return _ran(imported, tmp_path_factory.mktemp("ran") / "data", unit=CELL, with_pdf=False)


def kept(commune: Commune) -> dict[str, Any]:
    """All that a run leaves, without the days, ids and version numbers that tell how it came to it."""
    database, store = commune.database, Store(commune.office.store_root)
    papers = rows(
        database,
        "SELECT key, evaluation_id, unit_id, form, item, title, author, state, stage, input, template_digest,"
        " word_digest, file_name, number, dated_on, fingerprint FROM document ORDER BY key",
    )
    dossiers = rows(
        database,
        "SELECT id, kind, evaluation_id, unit_id, title, status, level, subject_name, unit_name, waits_for, fingerprint"
        " FROM dossier ORDER BY id",
    )
    files = {
        (row["id"], row["path"]): (row["item"], row["title"], store.read(row["id"], row["path"]))
        for row in rows(
            database,
            "SELECT d.id, f.path, f.item, f.title FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id"
            " AND f.version = d.version WHERE f.media_type = ? ORDER BY d.id, f.path",
            [WORD],
        )
    }
    told = {
        row["id"]: json.loads(store.read(row["id"], "dossier.json"))["record"]
        for row in rows(database, "SELECT id FROM dossier WHERE version > 0")
    }
    findings = rows(
        database, "SELECT evaluation_id, rule_id, severity, message, given, needed FROM finding ORDER BY 1, 2"
    )
    of_units = rows(database, "SELECT unit_id, rule_id, message, given FROM unit_finding ORDER BY 1, 2, 3, 4")
    printed = {
        path.relative_to(commune.office.print_root).as_posix(): path.read_bytes()
        for path in commune.office.print_root.rglob("*.docx")
    }
    return {
        "papers": papers, "dossiers": dossiers, "files": files, "told": told, "findings": findings,
        "of units": of_units, "printed": printed,
    }  # fmt: skip


def assert_alike(again: dict[str, Any], first: dict[str, Any]) -> None:
    for what, found in first.items():
        assert again[what] == found, what


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, unique=True))
def test_a_cell_run_again_after_changes_is_as_if_run_first_on_them(imported: Path, ran: Path, names: list[str]) -> None:
    with copy_of(imported) as first, copy_of(ran) as again:
        for commune in (first, again):
            for name in names:
                commune.execute(CHANGES[name])
            assert commune.run(unit=CELL).failures == []
        assert_alike(kept(again), kept(first))
        assert verify(again.office, again.database) == []
        once_more = again.run(unit=CELL)
        assert (once_more.made, once_more.filed) == (0, 0)


def test_a_paper_not_filed_that_can_no_longer_be_made_is_taken_back(imported: Path) -> None:
    with copy_of(imported) as first, copy_of(imported) as again:
        again.run("submit", unit=CELL)
        for commune in (first, again):
            commune.execute(f"DELETE FROM assessment WHERE assessor = 'self' AND evaluation_id = {_MEMBER}")
            [(paper, trouble)] = commune.run("submit", unit=CELL).failures
            assert paper.startswith("Bản tự kiểm điểm cá nhân")
            assert "Hãy điền mục này" in trouble
        assert_alike(kept(again), kept(first))


@pytest.fixture(scope="module")
def bound(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after a first run of one cell with its PDFs; copied, never used."""
    return _ran(imported, tmp_path_factory.mktemp("bound") / "data", unit=CELL, with_pdf=True)


def pages(commune: Commune) -> dict[tuple[str, str], list[str]]:
    """The text of each page of every PDF in the newest version of the dossiers."""
    store = Store(commune.office.store_root)
    return {
        (row["id"], row["path"]): _texts(store.read(row["id"], row["path"]))
        for row in rows(
            commune.database,
            "SELECT d.id, f.path FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id"
            " AND f.version = d.version WHERE f.media_type = 'application/pdf'",
        )
    }


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
@pytest.mark.parametrize("comment", ["Đã sửa.", "Nhận xét dài thêm một trang. " * 150], ids=["short", "a page more"])
def test_dossiers_bound_again_read_as_if_bound_first(imported: Path, bound: Path, comment: str) -> None:
    with copy_of(imported) as first, copy_of(bound) as again:
        before = _pdfs(again)
        for commune in (first, again):
            commune.execute(f"UPDATE assessment SET comment = ? WHERE evaluation_id = {_MEMBER}", comment)
            commune.execute(f"UPDATE evaluation SET proposal_comment = 'Đề nghị khác.' WHERE id = {_ANOTHER}")
            assert commune.run(unit=CELL, with_pdf=True).failures == []
        assert_alike(kept(again), kept(first))
        # The pages and their words are the same, sheet numbers on contents lists and pages too.
        assert pages(again) == pages(first)
        after = _pdfs(again)
        unchanged = {key for key, (word, _) in after.items() if before.get(key, ("",))[0] == word}
        assert 0 < len(unchanged) < len(after)
        assert all(after[key][1] == before[key][1] for key in unchanged), "a filed paper was converted again"
        grown = {path: len(data) / len(_bundles(first)[path]) for path, data in _bundles(again).items()}
        assert max(grown.values()) < 2


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_what_the_printer_is_given_reads_as_if_joined_first(imported: Path) -> None:
    with copy_of(imported) as first, copy_of(imported) as again:
        again.run("prepare", unit=CELL, with_pdf=True)
        for commune in (first, again):
            commune.execute("UPDATE person SET workplace = 'Trạm Y tế xã khác' WHERE reference = 'DV103'")
            report = commune.run("prepare", unit=CELL, with_pdf=True)
            assert any(pack.endswith("in-2.pdf") for pack in report.packs)
        assert 0 < report.made < len(rows(again.database, "SELECT id FROM document"))
        joined, whole = _joined(again), _joined(first)
        assert {name: _texts(data) for name, data in joined.items()} == {
            name: _texts(data) for name, data in whole.items()
        }
        assert max(len(data) / len(whole[name]) for name, data in joined.items()) < 2
        assert again.run("prepare", unit=CELL, with_pdf=True).packs == []


def _joined(commune: Commune) -> dict[str, bytes]:
    root = commune.office.print_root
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("in-*.pdf")}


def _texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def _pdfs(commune: Commune) -> dict[tuple[str, str], tuple[str, bytes]]:
    """Each paper of a dossier by its key, with the digest of its Word file and its PDF."""
    store = Store(commune.office.store_root)
    return {
        (row["id"], row["key"]): (row["word_digest"], store.read(row["id"], row["path"]))
        for row in rows(
            commune.database,
            "SELECT d.id, f.path, x.key, x.word_digest FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id"
            " AND f.version = d.version JOIN document x ON x.id = f.document_id"
            " WHERE f.media_type = 'application/pdf' AND x.source = 'generated'",
        )
    }


def _bundles(commune: Commune) -> dict[str, bytes]:
    store = Store(commune.office.store_root)
    filed = rows(commune.database, "SELECT id FROM dossier WHERE version > 0")
    return {row["id"]: store.read(row["id"], "ho-so.pdf") for row in filed}
