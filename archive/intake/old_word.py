"""Word files of before 2007 (.doc): told from protected files and macros by their directory, and made a PDF.

Such a file is a small file system (MS-CFB): the names in its directory say what it holds without opening it.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from archive.intake.errors import PaperRefused
from generator.pdf.office import Office, office_available

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DOC = "application/msword"
_ENTRY = 128  # bytes of a directory entry: name in UTF-16 (64), its length with the closing zero (2), kind (1)
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_MACROS = ("Macros", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA")
_DEADLINE = 120.0  # seconds


def old_word_to_pdf(data: bytes) -> bytes:
    """A .doc as PDF, which carries the file as it came.

    Raises:
        PaperRefused: it is protected, holds macros, is no Word file, or LibreOffice is missing or cannot read it.
    """
    names = _names(data)
    if names.intersection(_ENCRYPTED) or _is_locked(data, names):
        raise PaperRefused("Tệp Word có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu và lưu lại dưới dạng .docx.")
    if names.intersection(_MACROS):
        raise PaperRefused("Tệp Word có chứa macro, không nhận. Hãy lưu lại dưới dạng .docx không có macro.")
    if "WordDocument" not in names:
        raise PaperRefused("Tệp này không phải là văn bản Word. Hãy mở bằng Word và lưu lại dưới dạng .docx.")
    if not office_available():
        raise PaperRefused(
            "Máy chưa có LibreOffice nên chưa đọc được tệp Word đời cũ (.doc). "
            "Hãy mở bằng Word và lưu lại dưới dạng .docx."
        )
    with tempfile.TemporaryDirectory(prefix="hoso-doc-", ignore_cleanup_errors=True) as folder:
        made = Office(Path(folder), _DEADLINE).convert({"paper": data}, ending="doc").get("paper")
    if made is None:
        raise PaperRefused("Tệp Word đời cũ (.doc) bị hỏng, không mở được. Hãy mở bằng Word và lưu lại thành .docx.")
    return _with_original(made, data)


def _names(data: bytes) -> frozenset[str]:
    found = set()
    for start in range(512, len(data) - _ENTRY + 1, _ENTRY):
        length, kind = int.from_bytes(data[start + 64 : start + 66], "little"), data[start + 66]
        if kind in (1, 2, 5) and 2 < length <= 64 and length % 2 == 0:
            found.add(data[start : start + length - 2].decode("utf-16-le", "replace"))
    return frozenset(found)


def _is_locked(data: bytes, names: frozenset[str]) -> bool:
    # The text begins a sector; its flags (FIB, bit 8 of byte 11) say whether it is encrypted.
    if "WordDocument" not in names:
        return False
    return any(
        data[start : start + 2] == b"\xec\xa5" and data[start + 11] & 1 for start in range(512, len(data) - 32, 512)
    )


def _with_original(pdf: bytes, data: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.add_attachment("original.doc", data)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
