"""A campaign with PDFs and filing: hoso against one docxtpl and one LibreOffice per document, merged with pypdf.

And the same campaign, a whole party base of 110 members, run again after what was said of one of them changed.
"""

from __future__ import annotations

import io
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from pypdf import PdfWriter
from sqlite_utils import Database

from archive.campaigns.running import CampaignRun
from archive.importing.run import import_workbook
from archive.office.folder import Office, make_office
from archive.records.database import rows
from benchmarks import CannotRun, Row, row, spent
from benchmarks.word import form_template
from generator.forms import context, inputs, library
from generator.pdf.convert import office_available
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign import workbook_bytes

NAMES = ("campaign-vs-naive", "rerun-1-percent")
_FEW = 10


def run() -> list[Row]:
    """Documents per second of processor time, judging, PDFs, bundles, filing and the children's time included.

    The naive way is measured on some of the very documents the campaign made; it neither judges nor files.
    """
    if not office_available():
        raise CannotRun("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        office, database = _sample(Path(folder))
        first = spent(lambda: _run(office, database))
        count = _documents(database)
        naive = _FEW / spent(lambda: _naive(Path(folder), _inputs(database)))
        _change_one(database)
        again = spent(lambda: _run(office, database))
        database.close()
    ours = count / first
    return [
        row(NAMES[0], ours, "documents/cpu-s", naive, ours / naive, 10, count),
        row(NAMES[1], again, "cpu-s", first, first / again, 50, count),
    ]


def _sample(folder: Path) -> tuple[Office, Database]:
    office = make_office(folder / "data")
    database = office.connect()
    import_workbook(database, read(workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook()), actor="cli")
    return office, database


def _run(office: Office, database: Database) -> None:
    CampaignRun(office, database, "2018", actor="cli").run()


def _documents(database: Database) -> int:
    """Word files that became PDFs: the papers made, and a cover and a contents list for each dossier."""
    made = rows(database, "SELECT count(*) AS count FROM document")[0]["count"]
    return int(made + 2 * rows(database, "SELECT count(*) AS count FROM dossier")[0]["count"])


def _inputs(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    """Every so-manyth paper, so that all forms have their share."""
    found = rows(database, "SELECT form, state, input FROM document ORDER BY key")
    step = max(len(found) // _FEW, 1)
    return [(one["form"], one["state"], json.loads(one["input"])["document"]) for one in found[::step]][:_FEW]


def _naive(folder: Path, papers: list[tuple[str, str, dict[str, Any]]]) -> None:
    book, merged = load_rulebook(), PdfWriter()
    for number, (form, state, document) in enumerate(papers):
        manifest = library.manifest(form, book)
        values = context.context(manifest, inputs.read(manifest, document, state=state), state=state, book=book)
        template = DocxTemplate(io.BytesIO(form_template(form)))
        template.render(values, autoescape=True)
        path = folder / f"{number}.docx"
        template.save(path)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True)
        merged.append(path.with_suffix(".pdf"))
    merged.write(folder / "merged.pdf")


def _change_one(database: Database) -> None:
    """Another comment of the chi ủy on one member: his sheet changes, and with it his dossier."""
    member = rows(
        database,
        "SELECT e.id FROM evaluation e JOIN assessment a ON a.evaluation_id = e.id"
        " WHERE e.capacity = 'member' AND a.assessor = 'cell_committee' LIMIT 1",
    )[0]
    database.execute(
        "UPDATE assessment SET comment = 'Nhận xét đã sửa.' WHERE evaluation_id = ? AND assessor = 'cell_committee'",
        [member["id"]],
    )
    database.conn.commit()
