"""Joined, converted and cut, every paper comes out as if it had been converted alone."""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from generator.pdf.convert import ConvertedGroup, PdfDocument, convert, convert_groups, office_available
from generator.pdf.errors import ConversionFailed, OfficeMissing
from generator.pdf.text import fonts
from generator.word.errors import NotADocument

Paper = Callable[..., bytes]
needs_office = pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def joined(papers: list[bytes]) -> ConvertedGroup:
    return convert_groups([papers])[0]


@pytest.fixture(scope="module")
def alone(papers: list[bytes]) -> list[PdfDocument]:
    return convert(papers, batch=1)


def page_texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def positions(pdf: bytes) -> list[list[bytes]]:
    """Where each piece of text of each page stands."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    contents = [page.get_contents() for page in pages]
    return [re.findall(rb"[\d.]+ [\d.]+ Td", content.get_data()) for content in contents if content is not None]


@pytest.mark.office
@needs_office
def test_text_pages_and_places_are_those_of_a_paper_converted_alone(
    joined: ConvertedGroup, alone: list[PdfDocument]
) -> None:
    assert [document.pages for document in joined.documents] == [document.pages for document in alone]
    for together, single in zip(joined.documents, alone, strict=True):
        assert page_texts(together.data) == page_texts(single.data)
        assert positions(together.data) == positions(single.data)


@pytest.mark.office
@needs_office
def test_a_group_is_one_file_that_shares_its_fonts(joined: ConvertedGroup, alone: list[PdfDocument]) -> None:
    texts = page_texts(joined.bundle)
    assert joined.starts == [sum(item.pages for item in alone[:number]) for number in range(len(alone))]
    assert texts == [text for document in joined.documents for text in page_texts(document.data)]
    assert len(joined.bundle) < 0.5 * sum(len(document.data) for document in alone)


@pytest.mark.office
@needs_office
def test_only_the_metric_twin_of_times_new_roman_is_used(joined: ConvertedGroup) -> None:
    assert {font.split("-")[0] for font in fonts(joined.bundle)} == {"LiberationSerif"}


@pytest.mark.office
@needs_office
def test_the_same_papers_give_the_same_bytes_without_a_date(papers: list[bytes], joined: ConvertedGroup) -> None:
    again = convert_groups([papers])[0]
    assert again == joined
    assert PdfReader(io.BytesIO(again.bundle)).metadata is None


@pytest.mark.office
@needs_office
def test_papers_that_cannot_be_joined_come_out_in_their_place(make_paper: Paper) -> None:
    counts_pages = make_paper("Có số tổng trang", lines=30, field="NUMPAGES")
    seen: list[int] = []
    group = convert_groups(
        [[make_paper("Một"), counts_pages, make_paper("Ba")], [make_paper("Bốn")]], progress=seen.append
    )
    first = group[0]
    assert first.starts == [0, 1, 1 + first.documents[1].pages]
    texts = page_texts(first.bundle)
    assert "Một" in texts[0]
    assert texts[1].rstrip().endswith(str(first.documents[1].pages))
    assert "Ba" in texts[-1]
    assert "Bốn" in page_texts(group[1].bundle)[0]
    assert seen == sorted(seen)
    assert seen[-1] == 4


@pytest.mark.office
@needs_office
def test_a_run_over_its_deadline_is_ended_and_said(make_paper: Paper) -> None:
    with pytest.raises(ConversionFailed) as caught:
        convert([make_paper("Một")], deadline=0.05)
    assert caught.value.index == 0
    assert "văn bản thứ 1" in caught.value.message


def test_nothing_to_convert_needs_no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert convert([]) == []
    assert convert_groups([]) == []
    assert convert_groups([[]])[0].documents == []


def test_without_libreoffice_the_clerk_is_told_what_to_install(
    make_paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not office_available()
    with pytest.raises(OfficeMissing) as caught:
        convert([make_paper("Một")])
    assert "libreoffice-writer-nogui" in caught.value.message
    assert "fonts-liberation2" in caught.value.message


def _soffice(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_a_libreoffice_that_makes_nothing_is_tried_again_and_quoted(
    make_paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _soffice(tmp_path, f"echo run >> {tmp_path}/runs; echo hỏng rồi; exit 1", monkeypatch)
    with pytest.raises(ConversionFailed) as caught:
        convert([make_paper("Một"), make_paper("Hai")])
    assert "hỏng rồi" in caught.value.message
    # Joined twice, then all alone, then the first by itself.
    assert (tmp_path / "runs").read_text().count("run") == 4


def test_a_hanging_libreoffice_leaves_nothing_running(
    make_paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _soffice(tmp_path, f"sleep 300 & echo $! > {tmp_path}/child; wait", monkeypatch)
    with pytest.raises(ConversionFailed):
        convert([make_paper("Một")], deadline=0.5)
    child = Path("/proc") / (tmp_path / "child").read_text().strip()
    for _ in range(50):
        if not child.exists() or "Z" in (child / "stat").read_text().split()[2]:
            break
        time.sleep(0.1)
    else:
        pytest.fail("the child of soffice still runs")


def test_what_is_no_word_file_is_refused_before_anything_runs() -> None:
    if not office_available():
        pytest.skip("LibreOffice is not installed")
    with pytest.raises(NotADocument):
        convert([b"%PDF-1.4"])
