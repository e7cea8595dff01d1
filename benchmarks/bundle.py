"""A dossier's Word files to its one PDF: hoso against papers converted singly and merged with pypdf as documented."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from archive.store.bundle import BundlePart, Paper, bundle
from benchmarks import CannotRun, Row, row, side_by_side, spent
from benchmarks.pdf import FORMS
from benchmarks.word import form_contexts, form_template
from generator.pdf.convert import convert_groups, office_available
from generator.word.template import load

NAMES = ("bundle-time", "bundle-bytes")
_PAPERS, _ROUNDS = 10, 2
_TITLE = "Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng"


def run() -> list[Row]:
    """Bundles per second of processor time, converting included, and kilobytes; both hold the same pages."""
    if not office_available():
        raise CannotRun("LibreOffice is not installed")
    each = _PAPERS // len(FORMS)
    papers = [load(form_template(code)).render(one) for code in FORMS for one in form_contexts(each, code)]
    made: dict[str, bytes] = {}

    def ours() -> float:
        return 1 / spent(lambda: made.update(ours=_ours(papers)))

    def theirs() -> float:
        return 1 / spent(lambda: made.update(theirs=_documented(papers)))

    time = side_by_side(ours, theirs, _ROUNDS)
    assert _texts(made["ours"], "Tờ số") == _texts(made["theirs"], "So"), "the pages differ"
    sizes = [len(made[name]) / 1000 for name in ("ours", "theirs")]
    return [
        row(NAMES[0], time[0], "dossiers/cpu-s", time[1], time[2], 5, _ROUNDS),
        row(NAMES[1], sizes[0], "kB", sizes[1], sizes[1] / sizes[0], 1 / 0.3, 1),
    ]


def _ours(papers: Sequence[bytes]) -> bytes:
    (group,) = convert_groups([papers])
    listed = tuple(Paper(f"Tài liệu {number}", start) for number, start in enumerate(group.starts, 1))
    return bundle([BundlePart(group.bundle, listed)], title=_TITLE).pdf


def _documented(papers: Sequence[bytes]) -> bytes:
    """One LibreOffice for each paper; `append` with a bookmark, `merge_page` with a stamp, as pypdf's manual shows."""
    writer = PdfWriter()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for number, data in enumerate(papers, 1):
            word = place / f"{number}.docx"
            word.write_bytes(data)
            profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
            subprocess.run(command, check=True, capture_output=True)
            writer.append(word.with_suffix(".pdf"), outline_item=f"Tài liệu {number}", import_outline=False)
    for number, page in enumerate(writer.pages, 1):
        page.merge_page(_stamp(f"So {number}/{len(writer.pages)}"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _stamp(text: str) -> PageObject:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/Stamp"): font})}
    )
    content = DecodedStreamObject()
    content.set_data(f"BT /Stamp 9 Tf 500 20 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    out = io.BytesIO()
    writer.write(out)
    return PdfReader(out).pages[0]


def _texts(data: bytes, stamp: str) -> list[str]:
    """The words of each page without its stamp."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return ["".join(text.replace(f"{stamp} {number}/{len(pages)}", "").split()) for number, text in enumerate(pages, 1)]
