"""Papers a person writes beside the self-review: signs of degeneration, commitment of the year, opinion on others."""

from __future__ import annotations

from docx.document import Document

from .blocks import fill, paragraph, point, spacer, tag
from .closing import Recipients, Signer, closing
from .filling import identity, or_dots, text_field
from .member_forms import member_identity, prompted
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import Column, add_row, cell_lines, centre_upright, framed_table, head_row, least_height, merged, row_tag

_SIGN = "(Ký, ghi rõ họ tên)"
_SIGNS = (
    Column("TT", "{{ row.number }}", 14, centre=True),
    Column("Biểu hiện", "", 107, lines="row.sign"),
    Column("Có", '{% if row.shown.code == "present" %}X{% endif %}', 22, centre=True),
    Column("Không", '{% if row.shown.code == "absent" %}X{% endif %}', 22, centre=True),
)


@template("ban-nhan-dien.docx")
def degeneration_list() -> Document:
    """The list that goes with the self-review: groups and signs are the office's, `có` or `không` the person's."""
    document = new_page("Bản nhận diện các biểu hiện suy thoái", paper_code=True)
    party_header(document, numbered=False)
    title(
        document,
        "Bản nhận diện",
        "các biểu hiện suy thoái về tư tưởng chính trị, đạo đức, lối sống,",
        "“tự diễn biến”, “tự chuyển hóa”",
        rule=True,
    )
    paragraph(document, "AnnexLine", "(Kèm theo Bản tự kiểm điểm cá nhân năm {{ year }})")
    member_identity(document)
    _signs(document)
    paragraph(document, "Note", "Ghi chú: Đánh dấu X vào cột “Có” hoặc cột “Không” của từng biểu hiện.")
    prompt = "Liên hệ bản thân đối với những biểu hiện đánh dấu “Có”; biện pháp khắc phục:"
    prompted(document, prompt, "relation", keep_last=True)
    closing(document, Signer("NGƯỜI TỰ NHẬN DIỆN", (), _SIGN, "{{ full_name }}"))
    return document


def _signs(document: Document) -> None:
    table = framed_table(document, [column.width for column in _SIGNS])
    head_row(table, table.rows[0], [column.head for column in _SIGNS])
    row_tag(table, "for row in signs")
    row_tag(table, "if row.is_group")
    group = add_row(table).cells
    fill(group[0], "CellHead", "{{ row.number }}")
    cell_lines(merged(group[1], group[-1]), "CellGroup", "row.sign")
    row_tag(table, "else")
    row = add_row(table)
    least_height(row, 8)
    for cell, column in zip(row.cells, _SIGNS, strict=True):
        if column.lines:
            cell_lines(cell, "Cell", column.lines)
        else:
            fill(cell, "CellCentre", column.text)
            centre_upright(cell)
    row_tag(table, "endif")
    row_tag(table, "endfor")
    spacer(document)


_PROMISES = (
    ("1. Về tư tưởng chính trị", "political_ideology"),
    ("2. Về phẩm chất đạo đức, lối sống; học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", "ethics"),
    ("3. Về ý thức tổ chức kỷ luật, tác phong, lề lối làm việc", "discipline"),
    ("4. Về thực hiện chức trách, nhiệm vụ được giao", "duties"),
    (
        "5. Về phòng, chống suy thoái, “tự diễn biến”, “tự chuyển hóa”; phòng, chống tham nhũng, lãng phí; trách nhiệm "
        "nêu gương",
        "prevention",
    ),
    ("6. Về khắc phục hạn chế, khuyết điểm đã được chỉ ra", "remedies"),
)


@template("ban-cam-ket.docx")
def annual_commitment() -> Document:
    """What a member commits himself to for the coming year, and the next review looks back on."""
    document = new_page("Bản cam kết tu dưỡng, rèn luyện, phấn đấu", paper_code=True)
    party_header(document, numbered=False)
    title(document, "Bản cam kết", f"tu dưỡng, rèn luyện, phấn đấu năm {or_dots('commitment_year', 2)}")
    member_identity(document)
    paragraph(
        document,
        "Body",
        "Căn cứ kết quả kiểm điểm, đánh giá, xếp loại chất lượng năm {{ year }} và chức trách, nhiệm vụ được giao, tôi "
        f"cam kết tu dưỡng, rèn luyện, phấn đấu năm {or_dots('commitment_year', 2)} như sau:",
        keep_next=True,
    )
    for label, field in _PROMISES:
        point(document, label)
        text_field(document, field)
    paragraph(
        document,
        "Body",
        "Tôi nghiêm túc thực hiện các nội dung trên và chịu sự kiểm tra, giám sát của chi bộ./.",
        keep_next=True,
    )
    closing(
        document,
        Signer("NGƯỜI CAM KẾT", (), _SIGN, "{{ full_name }}"),
        Signer("XÁC NHẬN CỦA CHI BỘ", ("{{ confirming_title }}",), _SIGN, "{{ confirming_signer }}"),
    )
    return document


_OPINIONS = (
    ("1. Ưu điểm, kết quả đạt được", "strengths"),
    ("2. Hạn chế, khuyết điểm và nguyên nhân", "shortcomings"),
    ("3. Trách nhiệm của tập thể, cá nhân đối với hạn chế, khuyết điểm", "responsibility"),
    ("4. Nội dung đề nghị bổ sung, sửa chữa trong dự thảo; đề xuất, kiến nghị", "proposals"),
)


@template("ban-gop-y.docx")
def written_opinion() -> Document:
    """What a related organisation or person thinks of a draft report or self-review (I.4.1.a, gạch 1)."""
    document = new_page("Bản góp ý", paper_code=True)
    party_header(document)
    title(document, "Bản góp ý", "đối với kiểm điểm, đánh giá, xếp loại chất lượng năm {{ year }}", rule=True)
    identity(document, "- Tổ chức, cá nhân góp ý", "contributor")
    identity(document, "- Chức vụ, đơn vị", "contributor_position", optional=True)
    identity(document, "- Tập thể, cá nhân được góp ý", "subject")
    identity(document, "- Dự thảo được góp ý", "draft_title", optional=True)
    tag(document, "if has.addressee")
    identity(document, "- Gửi", "addressee")
    tag(document, "endif")
    for label, field in _OPINIONS:
        point(document, label)
        text_field(document, field, keep_last=field == "proposals")
    tag(document, "if has.signature_authority")
    closing(document, Signer(), Recipients())
    tag(document, "else")
    closing(document, Signer("NGƯỜI GÓP Ý", (), _SIGN))
    tag(document, "endif")
    return document
