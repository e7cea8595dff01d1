"""Templates as an office might send them: a shipped one with something changed, packed again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.text.paragraph import Paragraph

from generator.documents import shipped_bytes
from generator.forms.library import manifest
from generator.rules.rulebook import load_rulebook
from generator.word.reading import open_docx

BOOK = load_rulebook()


def shipped(code: str = "5.1") -> bytes:
    """The shipped template of a form."""
    return shipped_bytes(BOOK.name, manifest(code, BOOK).template)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The file with a piece of one part replaced; the piece must be there."""
    parts = open_docx(data)
    assert old in parts[name], old
    return packed({**parts, name: parts[name].replace(old, new)})


def with_body(data: bytes, old: str, new: str) -> bytes:
    """The file with a piece of its body's XML replaced."""
    return with_part(data, "word/document.xml", old.encode(), new.encode())


def with_paragraphs(data: bytes, *texts: str) -> bytes:
    """The file with paragraphs added at its end, each in the look of the text."""
    document = docx.Document(io.BytesIO(data))
    for text in texts:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def without(data: bytes, text: str) -> bytes:
    """The file without the runs and paragraphs that hold just this text."""
    document = docx.Document(io.BytesIO(data))
    found = False
    for element in list(document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")):
        paragraph = Paragraph(element, document)
        for run in paragraph.runs:
            if run.text == text:
                found = True
                run.text = "Không có"
    assert found, text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
