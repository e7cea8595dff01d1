"""What a file is shows in its bytes: good ones come in as they are, bad ones are refused with what to do."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from archive.intake.papers import WORD, PaperCode, PaperRefused, joined, open_paper
from generator.pdf.office import office_available
from tests.archive.intake import files

PDF = "application/pdf"
CODE = "2018-2-abcdefghjkmn"


@pytest.mark.parametrize(
    ("name", "data", "media_type", "signature", "state"),
    [
        ("a.docx", files.word(), WORD, "none", "final"),
        ("a.pdf", files.pdf(), PDF, "copy", "signed"),
        ("khoa-sua.pdf", files.locked_for_changes(), PDF, "copy", "signed"),
        ("ky-so.pdf", files.signed_pdf(), PDF, "digital", "signed"),
        ("a.jpg", files.picture(), "image/jpeg", "copy", "signed"),
        ("a.png", files.picture("PNG"), "image/png", "copy", "signed"),
        ("ten-sai.docx", files.pdf(), PDF, "copy", "signed"),
    ],
)  # fmt: skip
def test_what_a_dossier_can_keep_is_kept_byte_for_byte(
    name: str, data: bytes, media_type: str, signature: str, state: str
) -> None:
    paper = open_paper(name, data)
    assert (paper.media_type, paper.signature, paper.state, paper.converted_from) == (media_type, signature, state, "")
    assert paper.data == data


def test_a_tiff_of_three_pages_is_one_pdf_of_three_that_carries_it() -> None:
    data = files.tiff((0, 1, 0))
    paper = open_paper("quet.tif", data)
    assert (paper.media_type, paper.pages, paper.converted_from) == (PDF, 3, "image/tiff")
    reader = PdfReader(io.BytesIO(paper.data))
    assert reader.attachments == {"original.tif": [data]}
    tones = [page.images[0].image.convert("L").getpixel((5, 5)) for page in reader.pages]  # type: ignore[union-attr]
    assert tones == [0, 255, 0]
    assert open_paper("quet.tif", data).data == paper.data


def test_a_transparent_png_stands_on_white_and_is_carried_along() -> None:
    data = files.picture("PNG", mode="RGBA", tone=0)
    paper = open_paper("chu-ky.png", data)
    reader = PdfReader(io.BytesIO(paper.data))
    assert (paper.pages, paper.converted_from) == (1, "image/png")
    assert reader.attachments == {"original.png": [data]}
    assert reader.pages[0].images[0].image.convert("L").getpixel((1, 1)) == 255  # type: ignore[union-attr]


def test_photographs_of_pages_make_one_pdf_in_which_their_bytes_stand_whole() -> None:
    pages = [open_paper("a.jpg", files.picture(tone=tone)) for tone in (10, 240)]
    paper = joined(pages)
    assert (paper.media_type, paper.pages, paper.state) == (PDF, 2, "signed")
    assert all(page.data in paper.data for page in pages)
    assert [page.images[0].image.size for page in PdfReader(io.BytesIO(paper.data)).pages] == [(120, 170)] * 2  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [files.word(footer=f"Mã: {CODE}"), files.word_with_property("Bản tự kiểm điểm", CODE)],
    ids=["footer", "property"],
)
def test_the_code_of_our_own_form_is_read_in_its_footer_and_its_properties(data: bytes) -> None:
    assert open_paper("a.docx", data).code == PaperCode("2018", "2", "abcdefghjkmn")


def test_two_codes_in_one_file_say_nothing() -> None:
    paper = open_paper("a.docx", files.word(f"{CODE} 2018-5.1-abcdefghjkmn"))
    assert (paper.code, paper.several) == (None, True)
    assert not open_paper("a.docx", files.word(f"{CODE} {CODE}")).several


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("a.docx", lambda: b"", "rỗng"),
        ("a.docx", lambda: files.word()[:700], "bị hỏng"),
        ("a.docx", lambda: files.macro(), "macro"),
        ("a.docm", lambda: files.docm(), "macro"),
        ("a.docx", lambda: files.zip_bomb(), "quá lớn"),
        ("a.doc", lambda: files.old_word("WordDocument", flags=1), "mật khẩu"),
        ("a.docx", lambda: files.old_word("EncryptedPackage", "EncryptionInfo"), "mật khẩu"),
        ("a.doc", lambda: files.old_word("WordDocument", "Macros", "VBA"), "macro"),
        ("a.xls", lambda: files.old_word("Workbook"), "không phải là văn bản Word"),
        ("a.pdf", lambda: files.pdf("bí mật"), "mật khẩu"),
        ("a.pdf", lambda: files.pdf()[:150], "bị hỏng"),
        ("a.pdf", lambda: files.pdf_that_runs(), "mã lệnh"),
        ("a.pdf", lambda: files.pdf_bomb(), "phình ra quá lớn"),
        ("a.pdf", lambda: files.pdf_with_huge_picture(), "quá nhiều điểm"),
        ("a.png", lambda: files.png_bomb(), "quá nhiều điểm"),
        ("a.png", lambda: files.picture("PNG")[:60], "cắt cụt"),
        ("a.jpg", lambda: files.picture()[:-40], "cắt cụt"),
        ("a.tif", lambda: files.tiff()[:120], "cắt cụt"),
        ("a.gif", lambda: b"GIF89a" + bytes(40), "không nhận"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence_and_a_remedy(
    name: str, make: Callable[[], bytes], sentence: str
) -> None:
    with pytest.raises(PaperRefused) as refused:
        open_paper(name, make())
    assert sentence in refused.value.message
    assert re.search(r"\. (Hãy|Máy)|không nhận\.$", refused.value.message)


def test_a_picture_of_a_real_scan_is_within_the_limit() -> None:
    # A4 at 300 dots per inch, as office scanners are set.
    assert open_paper("a.png", files.picture("PNG", (2480, 3508))).pages == 1


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_an_old_word_file_becomes_a_pdf_that_carries_it_and_is_read(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(files.word("Bản tự kiểm điểm đời cũ", footer=CODE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    data = (tmp_path / "a.doc").read_bytes()
    paper = open_paper("a.doc", data)
    assert (paper.media_type, paper.state, paper.converted_from) == (PDF, "final", "application/msword")
    assert "Bản tự kiểm điểm đời cũ" in paper.text
    assert paper.code == PaperCode("2018", "2", "abcdefghjkmn")
    assert PdfReader(io.BytesIO(paper.data)).attachments == {"original.doc": [data]}


def test_without_libreoffice_an_old_word_file_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(PaperRefused, match="LibreOffice") as refused:
        open_paper("a.doc", files.old_word("WordDocument"))
    assert ".docx" in refused.value.message
