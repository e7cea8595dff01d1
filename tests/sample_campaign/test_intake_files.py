"""The intake folder: people's own papers, each different, and none larger than a mail takes."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

import sample_campaign
from generator.word.reading import document_text
from sample_campaign.build import intake
from sample_campaign.build.scans import scan

FOLDER = Path(str(sample_campaign.intake_folder()))


def shipped(ending: str) -> dict[str, bytes]:
    return {str(file.relative_to(FOLDER)): file.read_bytes() for file in sorted(FOLDER.rglob(f"*{ending}"))}


def test_the_word_files_are_what_the_sources_build_byte_for_byte() -> None:
    made = intake.word_files()
    assert len(made) == 46  # forty-five people, one of them twice
    assert shipped(".docx") == made


def test_each_word_file_holds_its_own_text() -> None:
    texts = {name: document_text(data) for name, data in shipped(".docx").items() if name != intake.AMBIGUOUS}
    assert len(set(texts.values())) == len(texts)
    assert sum(not unicodedata.is_normalized("NFC", text) for text in texts.values()) == 2


def test_the_pdfs_open_except_the_broken_one_and_the_scans_hold_no_text() -> None:
    without_text = set()
    for name, data in shipped(".pdf").items():
        if name == intake.BROKEN:
            assert b"%%EOF" not in data
        elif not "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).strip():
            without_text.add(name.split(" ")[0])
    assert without_text == {"CBCQ/DV026", "CBK1/DV065", "CBK2/DV082", "CBK2/scan0012.pdf"}


def test_every_leader_has_declared_his_assets() -> None:
    assert sum("Kê khai tài sản" in name for name in shipped(".pdf")) == 12


def test_the_whole_sample_stays_small() -> None:
    package = Path(sample_campaign.__file__).parent
    assert sum(file.stat().st_size for file in package.rglob("*") if file.is_file()) < 6_000_000


def test_only_a_picture_becomes_a_scan() -> None:
    with pytest.raises(ValueError, match="JPEG"):
        scan(b"not a picture")


@pytest.mark.office
def test_the_papers_made_by_libreoffice_are_those_shipped() -> None:
    made = intake.pdf_files()
    assert set(made) == set(shipped(".pdf")) | set(shipped(".jpg"))
