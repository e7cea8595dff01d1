"""Word cuts tags into pieces at will; they are found and joined, and nothing else of the paragraph changes."""

from __future__ import annotations

import io
from itertools import pairwise

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.word import zipping
from generator.word.nesting import nesting_problems
from generator.word.reading import document_text, open_docx
from generator.word.tags import Reading, read_tags
from generator.word.template import load

TEXT = "Họ và tên: {{ name }}; {% if shown %}sinh {{ birth }}{% endif %} & hết."
VALUES = {"name": "Đỗ Văn An", "birth": "1979", "shown": True}


def document_of(*runs: str, bold: bool = True) -> bytes:
    """A file of one paragraph in these runs, every other one bold, a spelling mark between each two."""
    document = docx.Document()
    paragraph = document.add_paragraph()
    for number, text in enumerate(runs):
        run = paragraph.add_run(text)
        run.bold = bold and number % 2 == 1
        paragraph._p.append(OxmlElement("w:proofErr"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data: bytes) -> Reading:
    return read_tags(open_docx(data))


@settings(max_examples=60, deadline=None)
@given(cuts=st.sets(st.integers(1, len(TEXT) - 1), max_size=12))
def test_however_a_paragraph_is_cut_it_prints_the_same(cuts: set[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    reading = read(document_of(*(TEXT[start:end] for start, end in pairwise(places))))
    assert reading.problems == []
    assert [tag.text for tag in reading.tags] == ["{{ name }}", "{% if shown %}", "{{ birth }}", "{% endif %}"]
    assert nesting_problems(reading.tags) == []
    printed = load(zipping.write(reading.parts)).render(VALUES)
    assert document_text(printed).strip() == "Họ và tên: Đỗ Văn An; sinh 1979 & hết."
    again = read_tags(reading.parts)
    assert (again.mended, again.parts) == ([], reading.parts)


def test_a_whole_tag_is_left_as_it_is() -> None:
    data = document_of("Tên: ", "{{ name }}", " hết")
    assert read(data).parts == open_docx(data)


def test_a_cut_tag_takes_the_look_it_begins_in() -> None:
    reading = read(document_of("Tên: {{ na", "me }} đậm"))
    assert [tag.text for tag in reading.mended] == ["{{ name }}"]
    paragraph = docx.Document(io.BytesIO(zipping.write(reading.parts))).paragraphs[0]
    assert [(run.text, bool(run.bold)) for run in paragraph.runs] == [("Tên: {{ name }}", False), (" đậm", True)]


def test_a_tag_over_two_paragraphs_is_broken_and_both_ends_are_told() -> None:
    document = docx.Document()
    document.add_paragraph("Tên: {{ na")
    document.add_paragraph("me }} hết")
    out = io.BytesIO()
    document.save(out)
    told = [problem.message.rpartition(", ")[2] for problem in read(out.getvalue()).problems]
    assert told == ["ở đoạn “Tên: {{ na”", "ở đoạn “me }} hết”"]


def test_a_tab_or_line_break_within_a_tag_counts_as_a_space() -> None:
    document = docx.Document()
    document.add_paragraph("{{\tname\n}} và {% if\tshown %}có{% endif %}")
    out = io.BytesIO()
    document.save(out)
    reading = read(out.getvalue())
    assert reading.problems == []
    assert document_text(load(zipping.write(reading.parts)).render(VALUES)).strip() == "Đỗ Văn An và có"


@pytest.mark.parametrize("part", ["header", "footer"])
def test_tags_of_headers_and_footers_are_read_with_their_place(part: str) -> None:
    document = docx.Document()
    getattr(document.sections[0], part).paragraphs[0].text = "{{ name }} {{"
    out = io.BytesIO()
    document.save(out)
    reading = read(out.getvalue())
    place = {"header": "đầu trang", "footer": "chân trang"}[part]
    assert [tag.part for tag in reading.tags] == [place]
    assert [problem.place.field for problem in reading.problems] == [place]


def test_escaped_braces_are_no_tags() -> None:
    reading = read(document_of("Viết {_{ tên }_} và {_% lệnh %_} để in dấu ngoặc."))
    assert (reading.tags, reading.problems) == ([], [])
