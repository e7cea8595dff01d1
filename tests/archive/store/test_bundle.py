"""The bundle of a dossier: every page, bookmarks in Vietnamese, sheet numbers, attachments; the same bytes again."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    Destination,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

from archive.store.bundle import BundlePart, Paper, bundle, count_pages
from archive.store.errors import PaperUnreadable
from archive.store.media import JPEG, PDF, PNG, to_pdf

# A page of paper photographed, 34 points wide and 47 high.
JPG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEABAAEAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PT"
    "gyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAv"
    "ACIDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhBy"
    "JxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKT"
    "lJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAA"
    "AAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRom"
    "JygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExc"
    "bHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwD3G4jvX1BGjlkS2CjcEdOTk9mQn0/iH09RLS5wAdRvBjPLLDk5"
    "HHRO3X/EVeooAp/Y7jA/4md1wMfdi59z8nWlS0uFxu1G4Y5BOVjwcdvu9D/SrdFABRRRQAUUUUAFFFFABRRRQAUUUUAFFFFABRRRQB//2Q=="
)
TITLE = "Hồ sơ kiểm điểm của đồng chí Nguyễn Thị Ước"


def pdf(*texts: str, rotation: int = 0, password: str = "") -> bytes:
    """A PDF with a page for each text, all of them sharing one dictionary of resources."""
    writer = PdfWriter()
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    shared = writer._add_object(DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})}))
    for text in texts:
        page = writer.add_blank_page(595, 842)
        content = DecodedStreamObject()
        # The scale is never undone: what is drawn behind this page's own content must not shrink with it.
        content.set_data(f"0.5 0 0 0.5 0 0 cm BT /F 20 Tf 100 1500 Td ({text}) Tj ET".encode())
        page[NameObject("/Resources")] = shared
        page[NameObject("/Contents")] = writer._add_object(content)
        page.rotate(rotation)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


JOINED = BundlePart(
    pdf("Bia", "Muc luc", "Kiem diem", "trang 2"), (Paper("Bìa hồ sơ"), Paper("Mục lục", 1), Paper("Mẫu 2", 2))
)
UPLOADED = BundlePart(pdf("Bien ban"), (Paper("Biên bản họp chi bộ"),))


def outline(reader: PdfReader) -> list[tuple[str, int]]:
    entries = [entry for entry in reader.outline if isinstance(entry, Destination)]
    assert len(entries) == len(reader.outline), "one level only"
    return [(str(entry.title), reader.get_destination_page_number(entry) or 0) for entry in entries]


def test_every_paper_has_its_pages_and_a_bookmark() -> None:
    made = bundle([JOINED, UPLOADED], title=TITLE)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert (made.pages, made.starts) == (5, (1, 2, 3, 5))
    assert outline(reader) == [("Bìa hồ sơ", 0), ("Mục lục", 1), ("Mẫu 2", 2), ("Biên bản họp chi bộ", 4)]
    for page, text in zip(reader.pages, ("Bia", "Muc luc", "Kiem diem", "trang 2", "Bien ban"), strict=True):
        assert text in page.extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE


def test_every_page_carries_its_sheet_number() -> None:
    made = bundle([JOINED, UPLOADED, BundlePart(pdf(*"abcdef"), (Paper("Khác"),))], title=TITLE)
    reader = PdfReader(io.BytesIO(made.pdf))
    assert [page.extract_text().count(f"Tờ số {number}/11") for number, page in enumerate(reader.pages, 1)] == [1] * 11
    assert all("Tờ số" not in page.extract_text() for page in PdfReader(io.BytesIO(JOINED.pdf)).pages)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_sheet_number_stands_at_the_foot_on_the_right_however_the_page_is_turned(
    rotation: int, tmp_path: Path
) -> None:
    made = bundle([BundlePart(pdf("Scan", rotation=rotation), (Paper("Bản quét"),))], title=TITLE)
    path = tmp_path / "bundle.pdf"
    path.write_bytes(made.pdf)
    told = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    wide, high = (595, 842) if rotation in (0, 180) else (842, 595)
    word = next(line for line in told.splitlines() if "1/1<" in line)
    right, bottom = (float(word.split(f'{name}="')[1].split('"')[0]) for name in ("xMax", "yMax"))
    assert wide - right == pytest.approx(42, abs=3)
    assert 10 < high - bottom < 25


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_the_letters_of_the_sheet_number_are_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "bundle.pdf"
    path.write_bytes(bundle([BundlePart(to_pdf(JPG, JPEG), (Paper("Ảnh"),))], title=TITLE).pdf)
    told = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    (font,) = told.splitlines()[2:]
    assert "Type 3" in font
    assert font.split()[-5:-2] == ["yes", "no", "yes"], "embedded, whole, with its Unicode"


def test_word_files_are_carried_inside() -> None:
    made = bundle([UPLOADED], title=TITLE, attachments={"mau-2.docx": b"word", "dossier.json": "ữ".encode()})
    reader = PdfReader(io.BytesIO(made.pdf))
    assert {name: data[0] for name, data in reader.attachments.items()} == {
        "mau-2.docx": b"word", "dossier.json": "ữ".encode()
    }  # fmt: skip


def test_the_same_parts_give_the_same_bytes() -> None:
    first = bundle([JOINED, UPLOADED], title=TITLE, attachments={"a.docx": b"1", "b.docx": b"2"})
    again = bundle([JOINED, UPLOADED], title=TITLE, attachments={"b.docx": b"2", "a.docx": b"1"})
    assert first.pdf == again.pdf
    assert b"Date" not in first.pdf
    assert bundle([JOINED], title=TITLE).pdf != bundle([UPLOADED], title=TITLE).pdf


def test_fonts_shared_by_the_parts_pages_stay_shared() -> None:
    many = pdf(*(f"trang {number}" for number in range(30)))
    made = bundle([BundlePart(many, (Paper("Mẫu 2"),))], title=TITLE)
    assert made.pdf.count(b"/BaseFont /Helvetica") == many.count(b"/BaseFont /Helvetica")


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"khong phai PDF", "không phải tệp PDF"), (b"", "không phải tệp PDF"), (pdf("a")[:200], "không phải tệp PDF"),
     (pdf("a", password="bimat"), "mật khẩu")],  # noqa: S106
)  # fmt: skip
def test_what_cannot_be_bound_is_named(data: bytes, why: str) -> None:
    with pytest.raises(PaperUnreadable, match=f"“Biên bản”.*{why}"):
        bundle([JOINED, BundlePart(data, (Paper("Biên bản"),))], title=TITLE)
    with pytest.raises(PaperUnreadable, match="“Biên bản”"):
        count_pages(data, "Biên bản")


def test_a_paper_that_should_start_behind_the_last_page_is_refused() -> None:
    with pytest.raises(PaperUnreadable, match="Mẫu 9"):
        bundle([BundlePart(pdf("a"), (Paper("Mẫu 9", 1),))], title=TITLE)


def png(kind: int, bits: int = 8, interlaced: int = 0) -> bytes:
    """A picture of 3 × 2 points in one of PNG's kinds of colour."""
    samples = {0: 1, 2: 3, 3: 1, 6: 4}[kind]
    line = b"\0" + bytes(range(3 * samples))

    def chunk(name: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")

    head = (3).to_bytes(4, "big") + (2).to_bytes(4, "big") + bytes([bits, kind, 0, 0, interlaced])
    palette = chunk(b"PLTE", bytes(range(9))) if kind == 3 else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + palette
        + chunk(b"IDAT", zlib.compress(line * 2))
        + chunk(b"IEND", b"")
    )


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """The photograph as a telephone held otherwise writes it."""
    tiff = b"MM\0*\0\0\0\x08\0\x01" + b"\x01\x12\0\x03\0\0\0\x01" + orientation.to_bytes(2, "big") + b"\0\0\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + jpeg[2:]


def picture(data: bytes) -> StreamObject:
    entry: PdfObject = PdfReader(io.BytesIO(data)).pages[0]
    for name in ("/Resources", "/XObject", "/Im"):
        assert isinstance(entry, DictionaryObject)
        entry = entry[name]
    assert isinstance(entry, StreamObject)
    return entry


def page_size(data: bytes) -> tuple[float, float]:
    page = PdfReader(io.BytesIO(data)).pages[0]
    return float(page.mediabox.width), float(page.mediabox.height)


def test_a_photograph_goes_in_whole_on_one_upright_page() -> None:
    made = to_pdf(JPG, JPEG)
    assert page_size(made) == (595.28, 841.89)
    assert JPG in made, "the picture's own bytes, without loss"
    assert picture(made)["/Width"] == NumberObject(34)


def test_a_photograph_taken_sideways_lies_as_it_was_seen() -> None:
    assert page_size(to_pdf(with_orientation(JPG, 6), JPEG)) == (841.89, 595.28)
    assert page_size(to_pdf(with_orientation(JPG, 3), JPEG)) == (595.28, 841.89)


@pytest.mark.parametrize("kind", [0, 2, 3])
def test_a_scan_as_png_keeps_its_points(kind: int) -> None:
    image = picture(to_pdf(png(kind), PNG))
    assert (image["/Width"], image["/Height"]) == (NumberObject(3), NumberObject(2))
    assert image.get_data() == bytes(range(3 * (3 if kind == 2 else 1))) * 2


def test_pictures_are_bound_like_papers() -> None:
    parts = [BundlePart(to_pdf(JPG, JPEG), (Paper("Ảnh chụp"),)), BundlePart(to_pdf(png(2), PNG), (Paper("Bản quét"),))]
    made = bundle(parts, title=TITLE)
    assert [page.extract_text() for page in PdfReader(io.BytesIO(made.pdf)).pages] == ["Tờ số 1/2", "Tờ số 2/2"]


def test_a_pdf_stays_as_it_is() -> None:
    assert to_pdf(UPLOADED.pdf, PDF) == UPLOADED.pdf


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (png(6), PNG, "trong suốt"),
        (png(2, interlaced=1), PNG, "đan xen"),
        (b"GIF89a", PNG, "không phải PNG"),
        (b"\x89PNG\r\n\x1a\n", PNG, "không phải ảnh"),
        (b"GIF89a", JPEG, "không phải JPG"),
        (b"\xff\xd8\xff", JPEG, "không phải ảnh"),
        (b"\xff\xd8" + b"x" * 40, JPEG, "bị hỏng"),
        (b"PK", "application/zip", "PDF, JPG hoặc PNG"),
    ],
)
def test_a_picture_that_cannot_go_in_is_refused_by_name(data: bytes, kind: str, why: str) -> None:
    with pytest.raises(PaperUnreadable, match=f"“Bản quét”.*{why}"):
        to_pdf(data, kind, "Bản quét")


@pytest.mark.parametrize("cut", range(2, 700, 23))
def test_a_cut_off_photograph_never_breaks_the_work(cut: int) -> None:
    try:
        made = to_pdf(JPG[:cut], JPEG, "Ảnh")
    except PaperUnreadable:
        return
    assert count_pages(made, "Ảnh") == 1
