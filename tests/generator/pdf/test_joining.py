"""Which papers may stand in one file, and that the file is a good Word file."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from openxml_audit import OpenXmlValidator

from generator.pdf.joining import Joint, mark
from generator.pdf.piece import NotJoinable, read_piece
from generator.word.reading import document_text, open_docx, parse

Paper = Callable[..., bytes]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def joined(papers: list[bytes]) -> bytes:
    pieces = [read_piece(paper) for paper in papers]
    joint = Joint()
    assert joint.takes(pieces)
    joint.add(pieces)
    return joint.document()


def changed(data: bytes, change: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(data))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_joined_file_holds_all_text_in_order_and_word_finds_no_fault(papers: list[bytes], tmp_path: Path) -> None:
    data = joined(papers)
    text = document_text(data)
    titles = ("Báo cáo kiểm điểm", "Phiếu không đầu trang", "Biên bản có bảng ở cuối", "Phiếu cuối")
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    file = tmp_path / "joined.docx"
    file.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []


def test_each_paper_starts_at_page_1_with_its_own_header_and_a_mark(papers: list[bytes]) -> None:
    body = parse(open_docx(joined(papers))["word/document.xml"])[0]
    marks = [item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")]
    assert marks == [mark(number) for number in range(len(papers))]
    restarts = [section for section in body.iter(f"{W}sectPr") if section.find(f"{W}pgNumType") is not None]
    assert len(restarts) == len(papers)  # the empty page before them has none
    # The second paper has no header; it may not inherit that of the first.
    assert restarts[1].find(f"{W}headerReference") is not None


def test_joining_is_the_same_every_time(papers: list[bytes]) -> None:
    assert joined(papers) == joined(papers)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda document: document.add_paragraph("1", style="List Number"), "numbered"),
        (lambda document: document.add_comment(document.paragraphs[0].runs, "x", "A"), "relation"),
    ],
)
def test_what_would_change_its_meaning_is_converted_alone(
    make_paper: Paper, change: Callable[[Document], object], why: str
) -> None:
    data = changed(docx_with_all_styles(), change)
    with pytest.raises(NotJoinable, match=why):
        read_piece(data)


def docx_with_all_styles() -> bytes:
    document = docx.Document()
    document.add_paragraph("Nội dung")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_number_of_all_pages_is_a_reason_to_stand_alone(make_paper: Paper) -> None:
    with pytest.raises(NotJoinable, match="NUMPAGES"):
        read_piece(make_paper("x", field="NUMPAGES"))
    read_piece(make_paper("x", field=" PAGE "))


def test_a_paper_without_text_cannot_be_checked_and_stands_alone() -> None:
    document = docx.Document()
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(NotJoinable):
        read_piece(out.getvalue())


def test_papers_whose_styles_differ_do_not_meet_in_one_file(make_paper: Paper) -> None:
    def larger(document: Document) -> None:
        document.styles["Header"].font.bold = True

    ours = make_paper("x", header="A")
    theirs = changed(ours, larger)
    joint = Joint()
    joint.add([read_piece(ours)])
    assert joint.takes([read_piece(make_paper("y", header="B"))])
    assert joint.takes([read_piece(make_paper("z", table_last=True))])
    assert not joint.takes([read_piece(theirs)])
