"""PDF from many Word files: hoso against one LibreOffice per document, and against one LibreOffice over all files."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pypdf import PdfReader

from benchmarks import CannotRun, Row, row, side_by_side, spent
from benchmarks.word import form_contexts, form_template
from generator.pdf.convert import convert, office_available
from generator.word.template import load

NAMES = ("pdf-vs-soffice-each", "pdf-vs-soffice-once")
# What the year's review of one member brings, three pages each in the middle; for twenty members, as a cell has.
FORMS = ("2", "5.1", "residence-comment", "minutes-cell", "decision-members")
_EACH, _FEW, _ROUNDS = 20, 10, 3
_MANY = _EACH * len(FORMS)


def run() -> list[Row]:
    """Documents per second of processor time, the children's included; text and page counts are compared."""
    if not office_available():
        raise CannotRun("LibreOffice is not installed")
    papers = [[load(form_template(code)).render(one) for one in form_contexts(_EACH, code)] for code in FORMS]
    # One paper of each form after the other, so that the first few are a fair sample of all.
    documents = [paper for of_one_person in zip(*papers, strict=True) for paper in of_one_person]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = [place / f"{number}.docx" for number in range(_MANY)]
        for file, data in zip(files, documents, strict=True):
            file.write_bytes(data)
        _soffice(place, files[:1])  # makes the profile, which neither side should pay for
        each = side_by_side(lambda: _ours(documents), lambda: _each(place, files[:_FEW]), 2)
        _check(documents[:_FEW], files[:_FEW])
        once = side_by_side(lambda: _ours(documents), lambda: _once(place, files), _ROUNDS)
    return [
        row(NAMES[0], each[0], "documents/cpu-s", each[1], each[2], 20, _MANY + _FEW),
        row(NAMES[1], once[0], "documents/cpu-s", once[1], once[2], 2.2, _MANY),
    ]


def _ours(documents: Sequence[bytes]) -> float:
    return len(documents) / spent(lambda: convert(documents))


def _each(place: Path, files: Sequence[Path]) -> float:
    return len(files) / sum(spent(partial(_soffice, place, [file])) for file in files)


def _once(place: Path, files: Sequence[Path]) -> float:
    return len(files) / spent(lambda: _soffice(place, files))


def _soffice(place: Path, files: Sequence[Path]) -> None:
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


def _check(documents: Sequence[bytes], files: Sequence[Path]) -> None:
    for converted, file in zip(convert(documents), files, strict=True):
        assert _pages(converted.data) == _pages(file.with_suffix(".pdf").read_bytes()), "the text differs"


def _pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
