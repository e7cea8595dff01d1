"""Papers about one member besides his self-review: assessment sheet (Mẫu 5.1), comment from where he lives."""

from __future__ import annotations

from docx.document import Document

from .blocks import heading, paragraph, point, tag
from .closing import Signer, closing
from .filling import boxes_line, boxes_list, identity, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template
from .tables import criteria_table

_SIGN = "(Ký, ghi rõ họ tên)"
# A chi ủy has no seal, a mass organisation may have one.
_ASSESSOR_SIGNS = (
    '{% if assessor.code == "mass_organisation" %}(Ký, ghi rõ họ tên và đóng dấu nếu có){% else %}'
    f"{_SIGN}{{% endif %}}"
)

_IDENTITY = (
    ("Họ và tên", "full_name", False),
    ("Ngày sinh", "birth_date", True),
    ("Chức vụ Đảng", "party_position", True),
    ("Chức vụ chính quyền", "government_position", True),
    ("Chức vụ đoàn thể", "mass_organisation_position", True),
    ("Nghề nghiệp, đơn vị công tác", "workplace", True),
    ("Chi bộ", "cell", True),
)


def member_identity(document: Document) -> None:
    """Who a member is, as the forms of II.2 name him; lines of what is not known are left out."""
    for label, field, optional in _IDENTITY:
        identity(document, label, field, optional=optional)


def prompted(document: Document, prompt: str, field: str, *, keep_last: bool = False) -> None:
    """What is to be reviewed, then the text."""
    paragraph(document, "Body", prompt, keep_next=True)
    text_field(document, field, keep_last=keep_last)


@template("mau-5.1.docx")
def member_assessment() -> Document:
    """One sheet for the member, the cell committee and the mass organisation; only who signs differs."""
    document = new_page("Phiếu phân tích chất lượng và đánh giá, xếp loại đảng viên", paper_code=True)
    party_header(document, numbered=False)
    title(document, "Phiếu phân tích chất lượng", "và đánh giá, xếp loại đảng viên năm {{ year }}")
    identity(document, "- Chủ thể tham gia đánh giá, xếp loại", "assessor", value="assessor.label")
    tag(document, "if has.assessor_body")
    identity(document, "- Tên tổ chức đánh giá", "assessor_body")
    tag(document, "endif")
    for label, field, optional in (*_IDENTITY, ("Số thẻ đảng viên", "card_number", True)):
        label = "Họ và tên đảng viên" if field == "full_name" else label
        identity(document, f"- {label}", field, optional=optional)
    criteria_table(document)
    paragraph(
        document,
        "Note",
        "Ghi chú: Đánh dấu X vào một trong bốn cấp độ của từng tiêu chí; tiêu chí không áp dụng thì để trống.",
    )
    heading(document, "Nhận xét chung:")
    text_field(document, "comment")
    _level_asked(document)
    boxes_list(document, "level")
    _assessor_signs(document)
    return document


def _level_asked(document: Document) -> None:
    tag(document, 'if assessor.code == "self"')
    heading(document, "Tự nhận mức xếp loại chất lượng:")
    tag(document, "elif has.assessor")
    heading(document, "Đề xuất mức xếp loại chất lượng:")
    tag(document, "else")
    heading(document, "Tự nhận (đề xuất) mức xếp loại chất lượng:")
    tag(document, "endif")


def _assessor_signs(document: Document) -> None:
    tag(document, 'if assessor.code == "self"')
    tag(document, "if has.signer")
    closing(document, Signer("ĐẢNG VIÊN", (), _SIGN))
    tag(document, "else")
    closing(document, Signer("ĐẢNG VIÊN", (), _SIGN, "{{ full_name }}"))
    tag(document, "endif")
    tag(document, "elif has.signature_authority")
    closing(document, Signer(note=_ASSESSOR_SIGNS))
    tag(document, "else")
    closing(document, Signer("CHỦ THỂ ĐÁNH GIÁ", (), _ASSESSOR_SIGNS))
    tag(document, "endif")


_RESIDENCE = (
    ("1. Gương mẫu chấp hành chủ trương của Đảng, pháp luật của Nhà nước, thực hiện nghĩa vụ công dân", "law_and_duty"),
    ("2. Vận động gia đình và nhân dân thực hiện chủ trương, chính sách của Đảng và Nhà nước", "family_and_people"),
    ("3. Giữ mối liên hệ với chi ủy, đảng ủy cơ sở nơi cư trú; dự họp khi được mời", "link_with_committee"),
    ("4. Tham gia sinh hoạt cộng đồng, góp ý xây dựng địa phương", "community_life"),
    ("5. Đạo đức, lối sống, quan hệ với nhân dân nơi cư trú", "conduct"),
    ("6. Nhận xét chung", "comment"),
)


@template("nhan-xet-noi-cu-tru.docx")
def residence_comment() -> Document:
    """What the committee where a member lives says of him, confirmed by the committee above it."""
    document = new_page("Phiếu nhận xét đảng viên nơi cư trú", paper_code=True)
    party_header(document, numbered=False)
    title(
        document,
        "Phiếu nhận xét",
        "đảng viên giữ mối liên hệ với chi ủy, đảng ủy cơ sở",
        "và gương mẫu thực hiện nghĩa vụ công dân nơi cư trú năm {{ year }}",
    )
    member_identity(document)
    identity(document, "Nơi cư trú", "residence")
    identity(document, "Ngày được giới thiệu về giữ mối liên hệ nơi cư trú", "introduced_on", optional=True)
    paragraph(document, "Body", "Chi ủy nơi cư trú nhận xét như sau:", keep_next=True)
    for label, field in _RESIDENCE:
        point(document, label)
        text_field(document, field, keep_last=field == "comment")
    boxes_line(document, "Kết quả", "result", keep_next=True)
    closing(
        document,
        Signer("T/M CHI ỦY NƠI CƯ TRÚ", ("BÍ THƯ",), _SIGN),
        Signer(
            "XÁC NHẬN CỦA ĐẢNG ỦY",
            ("{{ confirming_title }}",),
            "(Ký, ghi rõ họ tên và đóng dấu)",
            "{{ confirming_signer }}",
        ),
    )
    return document
