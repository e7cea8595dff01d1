"""A document from elsewhere fetches nothing while it is converted."""

from __future__ import annotations

from collections.abc import Callable

from generator.pdf.safety import harmless
from generator.word import zipping
from generator.word.reading import document_text, open_docx

Paper = Callable[..., bytes]
RELATIONS = "word/_rels/document.xml.rels"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def linked(data: bytes, kind: str, target: str) -> bytes:
    parts = open_docx(data)
    link = f'<Relationship Id="out" Type="{KIND}{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", link.encode())
    return zipping.write(parts)


def test_links_to_files_are_cut_and_hyperlinks_stay(make_paper: Paper) -> None:
    data = make_paper("Giấy")
    cut = harmless(linked(data, "image", "file:///etc/passwd"))
    assert b"passwd" not in open_docx(cut)[RELATIONS]
    assert document_text(cut) == document_text(data)
    kept = linked(data, "hyperlink", "https://example.org/")
    assert harmless(kept) == kept


def test_a_plain_paper_is_left_as_it_is(make_paper: Paper) -> None:
    data = make_paper("Giấy", field="PAGE")
    assert harmless(data) == data


def test_fields_that_fetch_a_file_are_emptied_even_when_split_over_runs(make_paper: Paper) -> None:
    data = make_paper("Giấy", field="PAGE")
    parts = open_docx(data)
    body = parts["word/document.xml"].replace(
        b"<w:sectPr",
        b"<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT file:///etc/passwd</w:instrText>"
        b'</w:r><w:fldSimple w:instr="INCLUDEPICTURE /etc/hosts"/></w:p><w:sectPr',
        1,
    )
    cut = open_docx(harmless(zipping.write({**parts, "word/document.xml": body})))["word/document.xml"]
    assert b"passwd" not in cut
    assert b"hosts" not in cut
