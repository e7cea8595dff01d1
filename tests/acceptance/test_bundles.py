"""One cell's dossiers as PDFs: each opens, turns to its papers by bookmarks, and carries its fonts."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from generator.pdf.convert import office_available
from generator.pdf.text import fonts
from generator.word.reading import document_text
from tests.acceptance.journey import Desk

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def cell(typed_in: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample with the papers and dossiers of Chi bộ Khu 3, Word and PDF."""
    desk = typed_in.copied(tmp_path_factory.mktemp("cell") / "data")
    desk("campaign", "run", "2018", "--unit", "CBK3")
    return desk


def filed(desk: Desk) -> list[dict[str, Any]]:
    """The dossiers that stand in the store; the drafts of other units are listed beside them."""
    return [row for row in desk.dossiers() if row["version"] > 0]


def bundle_of(desk: Desk, dossier: str) -> tuple[dict[str, Any], bytes]:
    shown: dict[str, Any] = desk("dossier", "show", dossier, "--json").json
    (path,) = [file["path"] for file in shown["files"] if file["item"] == "bundle"]
    return shown, desk.file(dossier, path)


def page_of(reader: PdfReader, mark: Destination) -> int:
    """The page a bookmark leads to, from 0."""
    page = reader.get_destination_page_number(mark)
    assert page is not None
    return page


def squeezed(text: str) -> str:
    """The text without blanks: a PDF breaks lines where the page ends."""
    return re.sub(r"\s+", "", text)


def test_each_dossier_is_one_pdf_with_its_papers_in_order(cell: Desk, tmp_path: Path) -> None:
    listed = filed(cell)
    assert len(listed) == 10
    for row in listed:
        shown, data = bundle_of(cell, row["dossier_id"])
        reader = PdfReader(io.BytesIO(data))
        marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
        papers = [file for file in shown["files"] if file["media_type"].endswith("document")]
        assert len(marks) >= len(papers) - 2
        pages = [page_of(reader, mark) for mark in marks]
        assert pages == sorted(pages)
        assert pages[0] == 0
        texts = [squeezed(page.extract_text()) for page in reader.pages]
        assert squeezed(row["subject"]) in "".join(texts)
        path = tmp_path / f"{row['dossier_id']}.pdf"
        path.write_bytes(data)
        if shutil.which("qpdf"):
            subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_the_contents_list_gives_the_sheets_where_the_papers_are(cell: Desk) -> None:
    for row in filed(cell):
        shown, data = bundle_of(cell, row["dossier_id"])
        reader = PdfReader(io.BytesIO(data))
        starts = {str(mark.title): page_of(reader, mark) for mark in reader.outline if isinstance(mark, Destination)}
        contents = document_text(cell.file(row["dossier_id"], "00-muc-luc.docx")).splitlines()
        given = [line for line in contents if re.fullmatch(r"\d+([–-]\d+)?", line.strip())]
        assert given
        # Sheets number the papers behind the cover and the list itself; each stamp stands on its page.
        front = min(page for title, page in starts.items() if "Bìa" not in title and "Mục lục" not in title)
        sheets = len(reader.pages) - front
        last = max(int(line.strip().replace("–", "-").split("-")[-1]) for line in given)
        assert last in (sheets, (sheets + 1) // 2, len(reader.pages))
        assert shown["version"] == 1


def test_only_liberation_serif_is_in_what_hoso_wrote(cell: Desk) -> None:
    # People's own papers bring their own letters.
    brought = {one for (one,) in cell.rows(
        "SELECT f.dossier_id FROM dossier_file f JOIN document d ON d.id = f.document_id WHERE d.source = 'intake'"
    )}  # fmt: skip
    own = [row["dossier_id"] for row in filed(cell) if row["dossier_id"] not in brought]
    assert len(own) >= 3
    for dossier in own:
        _, data = bundle_of(cell, dossier)
        # The sheet numbers at the foot are drawn in the file itself.
        assert {name.split("-")[0] for name in fonts(data)} == {"LiberationSerif", "Type3"}


def test_the_packs_to_print_open_and_hold_every_member(cell: Desk) -> None:
    packs = list((cell.root / "print" / "2018" / "CBK3").rglob("*.pdf"))
    assert packs
    names = [name for (name,) in cell.rows(
        "SELECT p.full_name FROM person p JOIN evaluation e ON e.person_id = p.id JOIN document d"
        " ON d.evaluation_id = e.id JOIN unit u ON u.id = d.unit_id WHERE u.reference = 'CBK3' AND d.form = '2'"
        " AND d.stage = 'prepare'"
    )]  # fmt: skip
    (self_reviews,) = [path for path in packs if path.name == "in-2.pdf"]
    text = squeezed("".join(page.extract_text() for page in PdfReader(self_reviews).pages))
    assert all(squeezed(name) in text for name in names)


def test_a_second_run_converts_nothing(cell: Desk) -> None:
    stored = cell.stored()
    said = cell("campaign", "run", "2018", "--unit", "CBK3", "--json").json
    assert (sum(said["made"].values()), said["filed"], said["packs"]) == (0, 0, [])
    assert cell.stored() == stored
