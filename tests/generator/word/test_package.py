"""A slimmed package prints the same, is a fraction of the size, and opens in Word without repair."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from openxml_audit import OpenXmlValidator

from generator.word import zipping
from generator.word.package import slim
from generator.word.reading import document_text, open_docx
from generator.word.template import load, prove_equal


def faults(data: bytes, folder: Path) -> list[str]:
    file = folder / "document.docx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(file)).errors]


def test_only_what_is_used_stays_and_word_finds_no_fault(form_template: bytes, tmp_path: Path) -> None:
    small = slim(form_template)
    parts = open_docx(small)
    assert len(small) < len(form_template) / 3
    assert not {"word/stylesWithEffects.xml", "docProps/thumbnail.jpeg", "docProps/app.xml"} & set(parts)
    assert {"word/document.xml", "word/styles.xml", "word/header1.xml", "word/footer1.xml"} <= set(parts)
    assert document_text(small) == document_text(form_template)
    assert faults(form_template, tmp_path)
    assert faults(small, tmp_path) == []


def test_used_styles_and_those_they_build_on_stay(form_template: bytes) -> None:
    document = docx.Document(io.BytesIO(form_template))
    document.add_paragraph("1", style="List Number 2")
    out = io.BytesIO()
    document.save(out)
    small = slim(out.getvalue())
    names = {style.name for style in docx.Document(io.BytesIO(small)).styles}
    assert {"Normal", "Table Grid", "Header", "Footer", "List Number 2"} <= names
    assert "Heading 5" not in names
    assert "word/numbering.xml" in open_docx(small)


def test_nobody_and_no_day_is_named(form_template: bytes) -> None:
    core = open_docx(slim(form_template))["docProps/core.xml"]
    assert b"python-docx" not in core
    assert b"created" not in core
    assert b"modified" not in core


def test_slimming_twice_changes_nothing_and_is_the_same_every_day(form_template: bytes) -> None:
    small = slim(form_template)
    assert slim(small) == small
    assert slim(form_template) == small


def test_a_slimmed_template_renders_as_docxtpl_renders_it(
    form_template: bytes, form_values: Callable[[int], dict[str, Any]], tmp_path: Path
) -> None:
    template = load(slim(form_template))
    assert template.compiled
    assert prove_equal(template, [form_values(seed) for seed in range(5)])
    assert faults(template.render(form_values(1)), tmp_path) == []


def test_a_written_zip_reads_back_whole_whatever_the_names() -> None:
    parts = {"a.xml": b"x" * 70000, "thư mục/tệp.bin": bytes(range(256)), "empty": b""}
    data = zipping.write(parts)
    assert data == zipping.write(list(parts.items()))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        assert {name: package.read(name) for name in package.namelist()} == parts
