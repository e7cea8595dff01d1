"""The newest event on paper: a page to be signed and kept apart, so that no event before it can be changed unseen."""

from __future__ import annotations

import io
from datetime import date

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from sqlite_utils import Database

from archive.records import events
from generator.vietnamese import date_in_words

_GROUP = 8


def head_lines(database: Database) -> list[str]:
    """What the page says: how many events there are, when the newest happened, its hash in groups of eight letters."""
    newest = events.last(database)
    row = next(iter(database.query("SELECT happened_at FROM event WHERE seq = ?", [newest["seq"]])), None)
    digest = str(newest["hash"])
    groups = [digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP)]
    lines = [f"Số việc đã ghi trong nhật ký: {newest['seq']}"]
    if row:
        lines.append(f"Việc cuối cùng ghi lúc: {row['happened_at']} (giờ quốc tế)")
    return [*lines, "Mã đầu chuỗi (SHA-256):", " ".join(groups[:4]), " ".join(groups[4:])]


def head_paper(database: Database, day: date) -> bytes:
    """The page as a Word file: the lines, the date in words, and room for two signatures."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(30),
        Mm(15),
        Mm(20),
        Mm(20),
    )
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("XÁC NHẬN NHẬT KÝ HỒ SƠ").bold = True
    paper.add_paragraph(
        "Nhật ký hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng đến thời điểm in có số việc và mã đầu chuỗi sau đây. "
        "Nhật ký đã in mà bị sửa hoặc cắt bớt thì mã của việc mang số này sẽ khác."
    )
    for line in head_lines(database):
        paper.add_paragraph(line)
    paper.add_paragraph(f"In {date_in_words(day)}.")
    table = paper.add_table(rows=1, cols=2)
    for cell, label in zip(table.rows[0].cells, ("NGƯỜI IN", "NGƯỜI KIỂM TRA"), strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].add_run(label).bold = True
        note = cell.add_paragraph("(ký, ghi rõ họ tên)")
        note.alignment = WD_ALIGN_PARAGRAPH.CENTER
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()
