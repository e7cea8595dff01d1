"""A form of three pages as an office would write it, and values for it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

IDENTITY = ("Họ và tên", "Ngày sinh", "Đơn vị", "Chức vụ Đảng", "Chức vụ chính quyền")
FIELDS = ("full_name", "birth_date", "unit", "party_title", "state_title")
WORDS = ("Đảng", "viên", "đồng", "chí", "kiểm điểm", "&", "“tự", "bình”", "<", ">", '"tập thể"', "'cá nhân'", "ươ", "ằ")


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page_field(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        if kind == "PAGE":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _criteria(document: Document) -> None:
    table = document.add_table(rows=4, cols=4)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("TT", "Tiêu chí", "Mức", "Nhận xét"), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[1].cells[0].text = "{%tr for row in criteria %}"
    remark = "{% if row.remark %}{{ row.remark }}{% endif %}"
    texts = ("{{ loop.index }}", "{{ row.label }}", "{{ row.rating }}", remark)
    for cell, text in zip(table.rows[2].cells, texts, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"


def form() -> bytes:
    """Header table, title, identity lines, rich paragraphs, a criteria table, conditions, header and footer."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    document.sections[0].header.paragraphs[0].add_run("{{ unit }}").italic = True
    _page_field(document)
    top = document.add_table(rows=1, cols=2)
    top.rows[0].cells[0].text = "{{ unit|upper }}"
    top.rows[0].cells[1].paragraphs[0].add_run("ĐẢNG CỘNG SẢN VIỆT NAM").bold = True
    document.add_paragraph().add_run("BẢN KIỂM ĐIỂM CÁ NHÂN").bold = True
    for label, field in zip(IDENTITY, FIELDS, strict=True):
        document.add_paragraph(f"{label}: ").add_run(f"{{{{ {field} }}}}").italic = True
    for number in range(10):
        paragraph = document.add_paragraph(f"{number + 1}. Về tư tưởng chính trị: ")
        paragraph.add_run(f"{{{{ remarks[{number}] }}}}").bold = True
        paragraph.add_run(" của đồng chí ")
        paragraph.add_run("{{ full_name }}").underline = True
    _criteria(document)
    for flag in ("is_leader", "has_shortcoming", "wants_change"):
        document.add_paragraph(f"{{%p if {flag} %}}")
        document.add_paragraph("Phần dành cho {{ full_name }}, mức {{ level }}.")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{% if level == 'excellent' %}Xuất sắc{% elif count > 3 %}Tốt{% else %}Khác{% endif %}")
    return saved(document)


def values(seed: int = 0) -> dict[str, Any]:
    """A context for `form`, different for each seed, with the signs that break careless writers."""
    chance = random.Random(seed)  # noqa: S311

    def phrase(words: int) -> str:
        return " ".join(chance.choice(WORDS) for _ in range(words))

    return {
        **{field: phrase(4) for field in FIELDS},
        "remarks": [phrase(chance.randint(5, 60)) for _ in range(10)],
        "criteria": [
            {"label": phrase(6), "rating": phrase(1), "remark": chance.choice(["", phrase(5)])} for _ in range(12)
        ],
        "is_leader": chance.random() < 0.5,
        "has_shortcoming": chance.random() < 0.5,
        "wants_change": chance.random() < 0.5,
        "level": chance.choice(["excellent", "good"]),
        "count": chance.randint(0, 6),
    }


@pytest.fixture(scope="session")
def form_template() -> bytes:
    return form()


@pytest.fixture(scope="session")
def form_values() -> Callable[[int], dict[str, Any]]:
    return values


@pytest.fixture(scope="session")
def with_paragraphs() -> Callable[..., bytes]:
    """A Word file with these paragraphs."""

    def build(*texts: str) -> bytes:
        document = docx.Document()
        for text in texts:
            document.add_paragraph(text)
        return saved(document)

    return build
