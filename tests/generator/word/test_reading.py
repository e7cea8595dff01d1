"""Only a whole, plain Word file is opened, and its text is read as a person reads it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from generator.word.errors import NotADocument, NotATemplate
from generator.word.reading import document_text, open_docx
from generator.word.template import load

Change = Callable[[dict[str, bytes]], None]


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def _macro(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"x"


def _macro_type(parts: dict[str, bytes]) -> None:
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    changed = parts["[Content_Types].xml"].replace(plain, b"vnd.ms-word.document.macroEnabled.main+xml")
    parts["[Content_Types].xml"] = changed


def _bomb(parts: dict[str, bytes]) -> None:
    parts["word/media/image1.png"] = bytes(51 * 1024 * 1024)


def _no_body(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def _broken_xml(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = parts["word/document.xml"][:-20]


def _entities(parts: dict[str, bytes]) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    parts["word/settings.xml"] = b"<?xml version='1.0'?>" + entity + b"<x>&a;</x>"


def _escaping_name(parts: dict[str, bytes]) -> None:
    parts["../outside.xml"] = b"<x/>"


def _no_types(parts: dict[str, bytes]) -> None:
    del parts["[Content_Types].xml"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_macro, "macro"),
        (_macro_type, "macro"),
        (_bomb, "50 MB"),
        (_no_body, "hỏng"),
        (_broken_xml, "hỏng"),
        (_entities, "DOCTYPE"),
        (_escaping_name, "hỏng"),
        (_no_types, "không phải là văn bản Word"),
    ],
)
def test_a_package_that_is_no_plain_word_file_is_refused(form_template: bytes, change: Change, says: str) -> None:
    parts = open_docx(form_template)
    change(parts)
    with pytest.raises(NotADocument) as caught:
        open_docx(packed(parts))
    assert says in caught.value.message
    with pytest.raises(NotATemplate):
        load(packed(parts))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "không phải là văn bản Word"),
        ("Họ và tên: {{ name }}".encode(), "không phải là văn bản Word"),
        (b"%PDF-1.6", "không phải là văn bản Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "mật khẩu"),
        (b"PK\x03\x04 cut", "hỏng"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(NotADocument) as caught:
        open_docx(data)
    assert says in caught.value.message


def test_a_cut_or_damaged_file_is_refused(form_template: bytes) -> None:
    with pytest.raises(NotADocument):
        open_docx(form_template[:-100])
    damaged = bytearray(form_template)
    middle = form_template.index(b"word/document.xml") + 200
    damaged[middle] ^= 0xFF
    with pytest.raises(NotADocument):
        open_docx(bytes(damaged))


def test_a_template_may_not_reach_for_files_outside_itself(form_template: bytes) -> None:
    parts = open_docx(form_template)
    path = "word/_rels/document.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="x1" Type="' + kind + b'" Target="http://example.org/a.png" TargetMode="External"/>'
    parts[path] = parts[path].replace(b"</Relationships>", link + b"</Relationships>")
    with pytest.raises(NotATemplate) as caught:
        load(packed(parts))
    assert "http://example.org/a.png" in caught.value.message
    open_docx(packed(parts))


def test_a_relation_to_a_part_that_is_missing_is_refused(form_template: bytes) -> None:
    parts = open_docx(form_template)
    del parts["word/header1.xml"]
    with pytest.raises(NotATemplate):
        load(packed(parts))


def test_text_comes_in_reading_order_with_tables_headers_and_footers() -> None:
    document = docx.Document()
    document.add_paragraph("Đầu")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "trái\nxuống dòng"
    table.rows[0].cells[1].text = "phải\tthụt"
    document.add_paragraph("Cuối")
    document.sections[0].header.paragraphs[0].text = "Đầu trang"
    document.sections[0].footer.paragraphs[0].text = "Chân trang"
    out = io.BytesIO()
    document.save(out)
    assert document_text(out.getvalue()) == ("Đầu trang\nĐầu\ntrái\nxuống dòng\nphải\tthụt\nCuối\nChân trang")
