"""The last page of the self-review (Mẫu 2), which others fill after the member has signed: blocks A and B.

It begins a sheet of its own, so it can be printed later: alone as a new sheet, or only what was entered since, at its
place on the sheet that is already printed. For the latter everything else of the page stands there in white.
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from generator.layout.profile import load_profile

from .blocks import bare_table, paragraph, tag
from .closing import Signer, closing
from .filling import MARK, boxes_in_pairs, text_field
from .styles import NAMESPACE

_FIXED = "(Xác lập thời điểm, ký, ghi rõ họ tên và đóng dấu)"
_EMPLOYED = 'variant.code == "public_employee" or variant.code == "leader"'
_OVER = 'print_only.code == "entries"'
# Lines of a comment, as the manifest leaves them for the pen, and from one to the next in points.
_LINES = 3
_PITCH = 22.0
_WHITE = RGBColor(255, 255, 255)
_W = f"{{{NAMESPACE}}}"


def assessment_page(document: Document) -> None:
    """Both blocks, and the same once more with nothing but what was entered in ink."""
    tag(document, f"if {_OVER}")
    # The section stands last in the body, and every element added comes before it.
    first = len(document.element.body) - 1
    _blocks(document, over=True)
    _leave_only_entries(document, first)
    tag(document, "else")
    _blocks(document, over=False)
    tag(document, "endif")


def _blocks(document: Document, *, over: bool) -> None:
    _whose(document)
    _employer_block(document, over=over)
    _party_block(document, over=over)


def _whose(document: Document) -> None:
    """Whose page it is: a sheet of its own may come loose."""
    text = "(Kèm theo bản tự kiểm điểm năm {{ year }} của đồng chí {% if has.full_name %}{{ full_name }}{% else %}"
    text += f"{'…' * 14}{{% endif %}}{{% if has.cell %}}, {{{{ cell }}}}{{% endif %}})"
    paragraph(document, "SignNote", text).paragraph_format.page_break_before = True


def _block_title(document: Document, *lines: str) -> None:
    """The title of a block that others write after the member has signed."""
    for number, line in enumerate(lines):
        made = paragraph(document, "Summary", line)
        made.paragraph_format.space_before = Pt(12 if number == 0 else 0)
        made.paragraph_format.space_after = Pt(6 if number == len(lines) - 1 else 0)


def _comment(document: Document, prompt: str, field: str, *, over: bool) -> None:
    """Prompt and comment; dotted lines and what is printed over them stand in a row of one fixed height."""
    paragraph(document, "Body", prompt, keep_next=True)
    if over:
        _fixed_lines(document, field, "{{ line }}")
        return
    tag(document, f"if has.{field}")
    text_field(document, field, keep_last=True)
    tag(document, "else")
    # LibreOffice gives a line of nothing but a tab no line spacing, so a space stands before it.
    _fixed_lines(document, field, "\u00a0\t")
    tag(document, "endif")


def _fixed_lines(document: Document, field: str, text: str) -> None:
    table = bare_table(document, [load_profile().page.text_width], rows=1, inset=0)
    height = f'<w:trHeight xmlns:w="{NAMESPACE}" w:val="{round(_PITCH * _LINES * 20)}" w:hRule="exact"/>'
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(height))
    cell = table.rows[0].cells[0]
    cell.paragraphs[0].add_run(f"{{%p for line in {field} %}}")
    made = paragraph(cell, "Dots", text, keep_next=True)
    made.paragraph_format.space_after = Pt(0)
    made.paragraph_format.line_spacing = Pt(_PITCH)
    cell.add_paragraph("{%p endfor %}")


def _employer_block(document: Document, *, over: bool) -> None:
    tag(document, f"if {_EMPLOYED}")
    _block_title(document, "ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG", "CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC")
    _comment(document, "- Nhận xét, đánh giá của người quản lý, sử dụng:", "employer_comment", over=over)
    paragraph(document, "Body", "- Mức xếp loại chất lượng:", keep_next=True)
    boxes_in_pairs(document, "employer_level")
    closing(document, Signer("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", (), _FIXED, ""))
    tag(document, "endif")


def _party_block(document: Document, *, over: bool) -> None:
    _block_title(document, "ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN")
    _comment(document, "- Nhận xét, đánh giá của chi ủy:", "committee_comment", over=over)
    for label, field in (
        ("- Chi bộ đề xuất xếp loại mức chất lượng:", "cell_proposed_level"),
        ("- Đảng ủy, chi ủy cơ sở xếp loại mức chất lượng:", "decided_level"),
    ):
        paragraph(document, "Body", label, keep_next=True)
        boxes_in_pairs(document, field)
    closing(
        document,
        Signer("T/M ĐẢNG ỦY (CHI ỦY)", (), _FIXED, ""),
        Signer("T/M CHI ỦY (CHI BỘ)", (), "(Xác lập thời điểm, ký, ghi rõ họ tên)", ""),
    )


def _leave_only_entries(document: Document, first: int) -> None:
    """Everything from the element at `first` on in white, but for what is entered: comments and crosses."""
    for element in list(document.element.body)[first:-1]:
        for run in element.iter(f"{_W}r"):
            text = "".join(part.text or "" for part in run.iter(f"{_W}t"))
            if text.startswith(("{%p", "{%r")):
                continue
            properties = run.get_or_add_rPr()
            for frame in properties.iter(f"{_W}bdr"):
                frame.set(f"{_W}color", "FFFFFF")
            if text not in (MARK, "{{ line }}"):
                Run(run, Paragraph(element, document)).font.color.rgb = _WHITE
