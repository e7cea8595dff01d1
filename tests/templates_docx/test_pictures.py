"""`docs/forms/` shows every form, and nothing that is no form."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.documents import generate
from generator.forms.library import forms
from generator.forms.samples import sample
from generator.pdf.convert import convert, office_available
from generator.rules.rulebook import load_rulebook
from templates_docx.build.pictures import FOLDER, first_page, picture_name

BOOK = load_rulebook()
LARGEST = 120 * 1024


def test_every_form_has_its_picture_and_every_picture_its_form() -> None:
    pictures = {path.name for path in FOLDER.glob("*.png")}
    assert pictures == {picture_name(form) for form in forms(BOOK).values()}, "run `make pictures`"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.png")), ids=lambda path: path.stem)
def test_a_picture_is_one_upright_or_lying_page_and_small(path: Path) -> None:
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    sides = sorted((int.from_bytes(data[16:20]), int.from_bytes(data[20:24])))
    # A4 at 80 dots an inch.
    assert [round(side, -1) for side in sides] == [660, 940]
    assert len(data) < LARGEST


def test_the_list_names_every_form_by_code_and_title() -> None:
    listed = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.M)
    assert listed == [(form.code, form.title) for form in forms(BOOK).values()]


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_a_picture_is_drawn_from_the_paper_itself() -> None:
    papers = [generate(code, {"document": sample(forms(BOOK)[code], BOOK)["document"]}).word for code in ("5.2", "5.3")]
    drawn = [first_page(made.data) for made in convert(papers)]
    assert drawn[0] != drawn[1]
    assert all(data.startswith(b"\x89PNG") and len(data) > 5000 for data in drawn)
