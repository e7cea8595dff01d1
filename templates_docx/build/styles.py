"""One set of styles for every template, so that filled papers can be joined into one file and keep their look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.sax.saxutils import quoteattr

from generator.layout.profile import Component, Profile

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# The title wraps when the room left is a hair too narrow; so much more than its width does not show, millimetres.
_TITLE_SLACK = 0.8
_RULE = '<w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/>'


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, as Word counts lengths."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Style:
    """A paragraph style: `id` stands in the document, `name` is what Word shows.

    Spacing and line are points; `indent` (first line), `sides` (left and right alike) and `leader` (a tab
    stop with dots) are millimetres.
    """

    id: str
    name: str
    size: float
    align: str = "left"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False
    before: float = 0
    after: float = 0
    line: float | None = None
    exact: bool = False
    indent: float = 0
    sides: float = 0
    rule_below: bool = False
    keep_next: bool = False
    leader: float = 0


def _of(component: Component, style_id: str) -> Style:
    return Style(
        style_id,
        component.label,
        component.size,
        component.align,
        component.bold,
        component.italic,
        component.underline,
        component.caps,
    )


def styles_of(profile: Profile, party_cell_width: float) -> list[Style]:
    """Every style of the templates; `party_cell_width` is the right header column, millimetres."""
    return [
        *_heading_styles(profile, party_cell_width),
        *_text_styles(profile),
        *_cell_styles(profile),
        *_closing_styles(profile),
    ]


def _heading_styles(profile: Profile, party_cell_width: float) -> list[Style]:
    part = profile.components
    # The rule below the Party title is a paragraph border: indents leave it as long as the text.
    beside_title = (party_cell_width - (part["party_title"].text_width or party_cell_width) - _TITLE_SLACK) / 2
    return [
        replace(_of(part["party_title"], "PartyTitle"), rule_below=True, sides=beside_title),
        _of(part["superior_body"], "SuperiorBody"),
        _of(part["issuing_body"], "IssuingBody"),
        _of(part["star"], "Star"),
        _of(part["number"], "PaperNumber"),
        replace(_of(part["place_date"], "PlaceDate"), before=6),
        _of(part["draft_mark"], "DraftMark"),
        replace(_of(part["letter_summary"], "LetterSummary"), before=3),
        replace(_of(part["addressee"], "Addressee"), italic=False, before=3, after=3, keep_next=True),
        Style("FormLabel", "Ký hiệu mẫu", 12, "right", bold=True, after=6),
        replace(_of(part["type_name"], "TypeName"), before=18, keep_next=True),
        replace(_of(part["summary"], "Summary"), keep_next=True),
        replace(_of(part["type_name_rule"], "TypeNameRule"), after=6),
        _of(part["page_number"], "Header"),
        _of(part["paper_code"], "Footer"),
    ]


def _text_styles(profile: Profile) -> list[Style]:
    margin, asked = profile.page.text_width, profile.paragraph
    body = replace(
        _of(profile.components["body"], "Body"),
        indent=asked.first_line_indent,
        after=asked.space_after,
        line=asked.line,
    )
    lead = replace(body, bold=True, keep_next=True)
    return [
        body,
        replace(lead, id="Heading", name="Tên phần", align="left"),
        replace(lead, id="Point", name="Tên mục", align="left", italic=True),
        replace(body, id="Boxes", name="Dòng ô chọn", align="left"),
        replace(body, id="Line", name="Dòng điền", leader=margin),
        # 22 points from line to line: as lined paper, and as the assessment page of Mẫu 2.
        replace(body, id="Dots", name="Dòng chấm", align="left", indent=0, leader=margin, after=4),
        replace(lead, id="Resolves", name="Dòng quyết định", align="center", caps=True, before=6, indent=0),
        Style("AnnexLine", "Dòng kèm theo văn bản", body.size, "center", italic=True, after=6, keep_next=True),
        Style("Digest", "Mã kiểm tra", 12, italic=True, after=3),
        Style("Note", "Ghi chú", 12, "both", italic=True, after=3),
        Style("Spacer", "Khoảng cách", 4, before=4),
    ]


def _cell_styles(profile: Profile) -> list[Style]:
    cell = replace(_of(profile.components["cell"], "Cell"), before=1.5, after=1.5)
    head = replace(cell, align="center", bold=True, keep_next=True)
    small = replace(cell, size=12)
    return [
        cell,
        replace(cell, id="CellCentre", name="Chữ giữa ô", align="center"),
        replace(head, id="CellHead", name="Đầu cột"),
        replace(head, id="CellGroup", name="Dòng nhóm trong bảng", align="left"),
        replace(small, id="SmallCell", name="Chữ nhỏ trong bảng"),
        replace(small, id="SmallCellCentre", name="Chữ nhỏ giữa ô", align="center"),
        replace(small, id="SmallCellHead", name="Đầu cột chữ nhỏ", align="center", bold=True, keep_next=True),
    ]


def _closing_styles(profile: Profile) -> list[Style]:
    part = profile.components
    return [
        replace(_of(part["authority"], "Authority"), keep_next=True),
        replace(_of(part["signer_title"], "SignerTitle"), keep_next=True),
        Style("SignNote", "Hướng dẫn ký", 12, "center", italic=True, keep_next=True),
        replace(_of(part["signer_name"], "SignerName"), before=64),
        _of(part["recipients_label"], "RecipientsLabel"),
        _of(part["recipients"], "Recipients"),
        # Word wants a paragraph after a last table; a thin one cannot spill onto a page of its own.
        Style("End", "Dòng cuối", 1, line=1, exact=True),
    ]


def _paragraph_xml(style: Style) -> str:
    border = f"<w:pBdr>{_RULE}</w:pBdr>" if style.rule_below else ""
    tabs = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(style.leader)}"/></w:tabs>' if style.leader else ""
    )
    rule = "exact" if style.exact else "atLeast"
    line = f' w:line="{round(style.line * 20)}" w:lineRule="{rule}"' if style.line else ""
    spacing = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"{line}/>'
    sides = f'<w:ind w:left="{twips(style.sides)}" w:right="{twips(style.sides)}"/>' if style.sides else ""
    indent = sides or (f'<w:ind w:firstLine="{twips(style.indent)}"/>' if style.indent else "")
    keep = "<w:keepNext/>" if style.keep_next else ""
    return f'<w:pPr>{keep}{border}{tabs}{spacing}{indent}<w:jc w:val="{style.align}"/></w:pPr>'


def _run_xml(style: Style) -> str:
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    italic = "<w:i/><w:iCs/>" if style.italic else ""
    caps = "<w:caps/>" if style.caps else ""
    half = round(style.size * 2)
    underline = '<w:u w:val="single"/>' if style.underline else ""
    return f'<w:rPr>{bold}{italic}{caps}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{underline}</w:rPr>'


def _style_xml(style: Style) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val={quoteattr(style.name)}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/>{_paragraph_xml(style)}{_run_xml(style)}</w:style>'
    )


def styles_xml(profile: Profile, party_cell_width: float) -> str:
    """`word/styles.xml` of every template."""
    font = quoteattr(profile.font)
    size = round(profile.components["body"].size * 2)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults>'
        f"<w:rPrDefault><w:rPr><w:rFonts w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{profile.language}" w:eastAsia="{profile.language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + "".join(_style_xml(style) for style in styles_of(profile, party_cell_width))
        + "</w:styles>"
    )
