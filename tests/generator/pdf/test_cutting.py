"""A joined PDF is cut where its marks stand, and what is not whole is not believed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.pdf import cutting
from generator.pdf.convert import office_available
from generator.pdf.joining import Joint
from generator.pdf.office import Office
from generator.pdf.piece import Piece, read_piece, visible_letters

Paper = Callable[..., bytes]
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed"),
]


@pytest.fixture(scope="module")
def pieces(make_paper: Paper) -> list[Piece]:
    return [read_piece(make_paper(title, lines=20)) for title in ("Thứ nhất", "Thứ hai", "Thứ ba")]


@pytest.fixture(scope="module")
def pdf(pieces: list[Piece]) -> bytes:
    joint = Joint()
    joint.add(pieces)
    with tempfile.TemporaryDirectory() as folder:
        return Office(Path(folder), 120).convert({"joined": joint.document()})["joined"]


def test_every_paper_is_found_whole(pdf: bytes, pieces: list[Piece]) -> None:
    spans = cutting.cut(pdf, pieces)
    assert [span and (span.first, span.end) for span in spans] == [(1, 3), (3, 5), (5, 7)]


def test_one_letter_too_few_and_the_paper_is_not_believed(pdf: bytes, pieces: list[Piece]) -> None:
    more = replace(pieces[1], letters=pieces[1].letters + visible_letters("Ỹ"))
    other = replace(pieces[2], opening="khác")
    assert [span is not None for span in cutting.cut(pdf, [pieces[0], more, other])] == [True, False, False]


def test_a_mark_too_few_and_none_is_believed(pdf: bytes, pieces: list[Piece]) -> None:
    assert cutting.cut(pdf, [*pieces, pieces[0]]) == [None] * 4
    assert cutting.cut(b"%PDF-1.4 cut", pieces) == [None] * 3
