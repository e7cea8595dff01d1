"""A new page of the profile, and its bytes: the same input always gives the same file."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document

from generator.layout.profile import Profile, load_profile
from generator.word import zipping

from .package import PACKAGE, XML, content_types, core, font_table, relations, settings, theme
from .styles import NAMESPACE, styles_xml, twips

# The header table: the left column for the bodies, the right one for the Party title and the date. Millimetres.
LEFT_COLUMN = 80.0
PARTY_COLUMN = 85.0

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FOOTERS = (("default", "footer1"), ("first", "footer2"))


def _section(profile: Profile, landscape: bool, paper_code: bool) -> str:
    page = profile.page
    width, height = (page.height, page.width) if landscape else (page.width, page.height)
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="{name}"/>' for kind, name in _FOOTERS if paper_code)
    lying = ' w:orient="landscape"' if landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="header1"/>{footers}'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{lying}/>'
        f'<w:pgMar w:top="{twips(page.top)}" w:right="{twips(page.right)}" w:bottom="{twips(page.bottom)}" '
        f'w:left="{twips(page.left)}" w:header="{twips(page.number_from_edge)}" '
        f'w:footer="{twips(page.number_from_edge)}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _header() -> str:
    return (
        f'{XML}<w:hdr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
    )


def _footer() -> str:
    return (
        f'{XML}<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        "<w:r><w:t>{{ paper_code }}</w:t></w:r></w:p></w:ftr>"
    )


def _parts(profile: Profile, title: str, landscape: bool, paper_code: bool) -> dict[str, str]:
    footers = [name for _, name in _FOOTERS] if paper_code else []
    kinds = {
        "word/document.xml": f"{_TYPES}.document.main+xml",
        "word/styles.xml": f"{_TYPES}.styles+xml",
        "word/settings.xml": f"{_TYPES}.settings+xml",
        "word/fontTable.xml": f"{_TYPES}.fontTable+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "word/header1.xml": f"{_TYPES}.header+xml",
        **{f"word/{name}.xml": f"{_TYPES}.footer+xml" for name in footers},
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    of_document = [
        ("styles", f"{_RELATIONS}/styles", "styles.xml"),
        ("settings", f"{_RELATIONS}/settings", "settings.xml"),
        ("fonts", f"{_RELATIONS}/fontTable", "fontTable.xml"),
        ("theme", f"{_RELATIONS}/theme", "theme/theme1.xml"),
        ("header1", f"{_RELATIONS}/header", "header1.xml"),
        *[(name, f"{_RELATIONS}/footer", f"{name}.xml") for name in footers],
    ]
    body = _section(profile, landscape, paper_code)
    return {
        "[Content_Types].xml": content_types(kinds),
        "_rels/.rels": relations(
            [
                ("document", f"{_RELATIONS}/officeDocument", "word/document.xml"),
                ("core", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "word/document.xml": f'{XML}<w:document xmlns:w="{NAMESPACE}" xmlns:r="{_RELATIONS}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/_rels/document.xml.rels": relations(of_document),
        "word/styles.xml": styles_xml(profile, PARTY_COLUMN),
        "word/settings.xml": settings(profile),
        "word/fontTable.xml": font_table(profile),
        "word/theme/theme1.xml": theme(profile),
        "word/header1.xml": _header(),
        **{f"word/{name}.xml": _footer() for name in footers},
        "docProps/core.xml": core(title, profile, paper_code=paper_code),
    }


def new_page(title: str, *, landscape: bool = False, paper_code: bool = False) -> Document:
    """An empty paper of the profile HD 36-HD/VPTW.

    Args:
        title: what the file's properties call it.
        landscape: the page lies; its text is 252 mm wide and no longer 165 mm.
        paper_code: the foot of every page and the file's properties carry `{{ paper_code }}`, for papers that people
            take home.
    """
    parts = _parts(load_profile(), title, landscape, paper_code)
    return docx.Document(io.BytesIO(zipping.write({name: text.encode() for name, text in parts.items()})))


def page_bytes(document: Document) -> bytes:
    """The document as a .docx whose bytes depend on its content alone."""
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as archive:
        # Readers look for these two first.
        first = ["[Content_Types].xml", "_rels/.rels"]
        names = first + sorted(set(archive.namelist()) - set(first))
        return zipping.write({name: archive.read(name) for name in names})
