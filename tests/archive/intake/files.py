"""Files as people hand them in, good and bad, made from nothing."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence

from docx import Document
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def word(text: str = "Bản tự kiểm điểm của tôi", footer: str = "") -> bytes:
    document = Document()
    document.add_paragraph(text)
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    return _saved(document)


def word_with_property(text: str, keywords: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    document.core_properties.keywords = keywords
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def macro() -> bytes:
    buffer = io.BytesIO(word())
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return buffer.getvalue()


def docm() -> bytes:
    """A Word file that says of itself that it may hold macros, and holds none."""
    main = "wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as package, zipfile.ZipFile(out, "w") as made:
        for name in package.namelist():
            data = package.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(
                    f"application/vnd.openxmlformats-officedocument.{main}".encode(),
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            made.writestr(name, data)
    return out.getvalue()


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(60 * 1024 * 1024))
    return buffer.getvalue()


def pdf(password: str = "", pages: int = 1) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if password:
        writer.encrypt(password)
    return _written(writer)


def locked_for_changes() -> bytes:
    """A PDF anybody may open and nobody without its password may change."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt(user_password="", owner_password="chu", algorithm="RC4-128")  # noqa: S106 - of a file that lives for one test
    return _written(writer)


def signed_pdf() -> bytes:
    """A PDF with a field that holds a signature over a range of its bytes."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(number) for number in (0, 100, 200, 300)]),
            NameObject("/Contents"): ByteStringObject(bytes(64)),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Chữ ký"),
            NameObject("/V"): writer._add_object(signature),
        }
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = form
    return _written(writer)


def pdf_that_runs() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert('x');")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(name): value for name, value in action.items()}
    )
    return _written(writer)


def pdf_bomb() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(bytes(200_000_000))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode(9))
    return _written(writer)


def pdf_with_huge_picture() -> bytes:
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    picture = DecodedStreamObject()
    picture.set_data(b"\0")
    picture.update(
        {
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(60_000),
            NameObject("/Height"): NumberObject(60_000),
        }
    )
    objects = DictionaryObject({NameObject("/Im"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
    return _written(writer)


def _written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (120, 170), mode: str = "L", tone: int = 200) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, (tone,) * len(mode) if len(mode) > 1 else tone).save(buffer, kind)
    return buffer.getvalue()


def tiff(tones: Sequence[int] = (0, 1, 0)) -> bytes:
    """A fax of several pages, packed as scanners pack it."""
    first, *others = [Image.new("1", (248, 350), tone) for tone in tones]
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=others, compression="group4")
    return buffer.getvalue()


def png_bomb() -> bytes:
    """A small PNG that says it is 50,000 points wide and high."""
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


def old_word(*names: str, flags: int = 0) -> bytes:
    """What a .doc shows of itself without being opened: the names in its directory and the flags of its text."""
    text = b"\xec\xa5" + bytes(9) + bytes([flags]) + bytes(500)
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", len(name) * 2 + 2, 2) + bytes(61)
        for name in ("Root Entry", *names)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + text + entries
