"""Who was not there, who came besides and who was in the chair, as the minutes of any meeting tell it."""

from __future__ import annotations

from docx.document import Document

from .blocks import paragraph, run_tag, tag, write
from .filling import given_or_dots, text_field
from .tables import Column, rows_table


def absences_guests_chair(document: Document, chair: str) -> None:
    """The table of the absent with their reasons, the guests, and who was in the chair, which is called `chair`."""
    tag(document, "if has.absences or blank")
    columns = [
        Column("TT", "{{ row.tt }}", 12, centre=True),
        Column("Họ và tên người vắng mặt", "{{ row.full_name }}", 65),
        Column("Lý do", "{{ row.reason }}", 88),
    ]
    rows_table(document, "absences", columns)
    tag(document, "endif")
    text_field(document, "guests", lead="- Đại biểu cấp trên và khách mời: ")
    made = write(paragraph(document, "Line"), f"{chair}: ")
    given_or_dots(made, "chair", "has.chair")
    run_tag(made, "if has.chair and has.chair_position")
    write(made, ", {{ chair_position }}")
    run_tag(made, "endif")
