"""The shipped templates are what the build makes, open in Word, and share what lets them be joined."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from generator.forms.library import forms
from generator.layout.profile import load_profile
from generator.rules.rulebook import load_rulebook
from generator.word.template import load
from templates_docx.build.page import new_page, page_bytes
from templates_docx.build.registry import build_all, template
from templates_docx.build.styles import twips

SHIPPED = Path(__file__).parents[2] / "templates_docx" / "hd13_2018"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATES = sorted(path.name for path in SHIPPED.glob("*.docx"))


def parts(name: str) -> dict[str, bytes]:
    """The parts of a shipped template."""
    with zipfile.ZipFile(SHIPPED / name) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist()}


def body(name: str) -> etree._Element:
    """The main part of a shipped template."""
    return etree.fromstring(parts(name)["word/document.xml"])


def test_the_shipped_files_are_the_build_byte_for_byte() -> None:
    built = build_all()
    assert sorted(built) == TEMPLATES
    for name, content in built.items():
        assert (SHIPPED / name).read_bytes() == content, f"{name}: chạy lại python -m templates_docx.build"


def test_every_form_has_its_template_and_every_template_a_form() -> None:
    assert {form.template for form in forms(load_rulebook("hd13_2018")).values()} == set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_opens_in_word(name: str) -> None:
    result = OpenXmlValidator().validate(SHIPPED / name)
    assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_rendered_by_its_own_program(name: str) -> None:
    assert load(SHIPPED / name).why_not_compiled == ""


@pytest.mark.parametrize("part", ["word/styles.xml", "word/settings.xml", "word/theme/theme1.xml", "word/header1.xml"])
def test_all_templates_share_their_look(part: str) -> None:
    assert len({parts(name)[part] for name in TEMPLATES}) == 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_style_used_is_there(name: str) -> None:
    content = parts(name)
    known = {style.get(f"{W}styleId") for style in etree.fromstring(content["word/styles.xml"]).iter(f"{W}style")}
    used = {style.get(f"{W}val") for style in body(name).iter(f"{W}pStyle")}
    assert used <= known


@pytest.mark.parametrize("name", TEMPLATES)
def test_tables_say_their_widths_twice_and_stay_within_the_margins(name: str) -> None:
    page = load_profile().page
    lying = any(size.get(f"{W}orient") == "landscape" for size in body(name).iter(f"{W}pgSz"))
    room = twips(page.text_width_landscape if lying else page.text_width)
    for table in body(name).iter(f"{W}tbl"):
        grid = [int(column.get(f"{W}w", "0")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        # A few twentieths of a point are lost and won where millimetres are rounded.
        assert sum(grid) <= room + len(grid)
        for row in table.iterfind(f"{W}tr"):
            cells = [int(cell.get(f"{W}w", "0")) for cell in row.iterfind(f"{W}tc/{W}tcPr/{W}tcW")]
            assert abs(sum(cells) - sum(grid)) <= len(grid)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_framed_table_prints_its_heads_on_each_page_and_keeps_its_rows_whole(name: str) -> None:
    for table in body(name).iter(f"{W}tbl"):
        if table.find(f"{W}tblPr/{W}tblBorders") is not None and table.find(f".//{W}t") is not None:
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
            for row in table.iter(f"{W}tr"):
                steers = "{%tr" in "".join(text.text or "" for text in row.iter(f"{W}t"))
                assert steers or row.find(f"{W}trPr/{W}cantSplit") is not None


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_vietnamese_and_carries_no_hour_and_no_name(name: str) -> None:
    content = parts(name)
    assert b'w:lang w:val="vi-VN"' in content["word/styles.xml"]
    core = content["docProps/core.xml"].decode()
    assert "<dc:title>" in core
    for word in ("created", "modified", "creator", "lastModifiedBy"):
        assert word not in core
    assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in zipfile.ZipFile(SHIPPED / name).infolist())


def test_the_same_page_has_the_same_bytes() -> None:
    first, second = (page_bytes(new_page("Báo cáo", paper_code=True)) for _ in range(2))
    assert first == second
    assert "word/footer2.xml" in zipfile.ZipFile(io.BytesIO(first)).namelist()


def test_two_builders_may_not_make_one_file() -> None:
    build_all()
    with pytest.raises(ValueError, match=r"mau-1\.docx"):
        template("mau-1.docx")(lambda: new_page("Khác"))
