"""Many Word documents as one, each in sections of its own, so that LibreOffice starts and loads once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generator.pdf.piece import Piece, Styles
from generator.word import zipping

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_REFERENCES = (f"{_W}headerReference", f"{_W}footerReference")
# In the order of the schema: what stands before the page numbering of a section, references and `type` apart.
_BEFORE_NUMBERING = frozenset(
    {f"{_W}{name}" for name in ("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz")}
    | {f"{_W}{name}" for name in ("pgMar", "paperSrc", "pgBorders", "lnNumType")}
)
_BLANK_PARAGRAPH = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


@dataclass
class Joint:
    """Documents that fit into one file."""

    pieces: list[Piece] = field(default_factory=list)
    _styles: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def takes(self, pieces: Iterable[Piece]) -> bool:
        """Whether these documents mean the same by every style they share with those already here."""
        styles, names = dict(self._styles), dict(self._names)
        key = self.pieces[0].key if self.pieces else None
        for piece in pieces:
            key = key or piece.key
            if piece.key != key:
                return False
            if any(styles.setdefault(name, style) != style for name, style in piece.styles.by_id.items()):
                return False
            if any(names.setdefault(name, style) != style for name, style in piece.styles.names.items()):
                return False
        return True

    def add(self, pieces: Iterable[Piece]) -> None:
        """Takes these documents in, at the end."""
        for piece in pieces:
            self.pieces.append(piece)
            self._styles.update(piece.styles.by_id)
            self._names.update(piece.styles.names)

    def document(self) -> bytes:
        """The joined Word file; the bookmark `mark(n)` stands at the beginning of the n-th document.

        One empty page goes before all, and is no document's.
        """
        writer = _Writer(self.pieces)
        return writer.write(self._styles.values())


def mark(number: int) -> str:
    """The name of the bookmark at the beginning of the n-th document of a joined file."""
    return f"hoso{number:04d}"


class _Writer:
    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._targets: dict[tuple[str, bytes], str] = {}
        self._references: set[tuple[str, str]] = set()
        self._body = etree.Element(f"{_W}body", nsmap={"w": _NS, "r": _R[1:-1]})

    def write(self, styles: Iterable[bytes]) -> bytes:
        # LibreOffice 7.4 breaks the very first page of a joined file elsewhere than that of a file by itself (it leaves
        # a paragraph apart from the table it is kept with), so that page is one that is thrown away.
        self._body.append(_flyleaf())
        for number, piece in enumerate(self._pieces):
            self._append(piece, number, last=number == len(self._pieces) - 1)
        root = etree.Element(f"{_W}document", nsmap={"w": _NS, "r": _R[1:-1]})
        root.append(self._body)
        first = self._pieces[0]
        parts = {f"word/{kind}.xml": data for kind, data in first.shared.items()}
        parts["word/styles.xml"] = _DECLARATION + (
            f'<w:styles xmlns:w="{_NS}">'.encode()
            + _document_defaults(first.styles)
            + b"".join(styles)
            + b"</w:styles>"
        )
        parts |= {f"word/{target}.xml": data for (_, data), target in self._targets.items()}
        parts["word/document.xml"] = etree.tostring(root, encoding="UTF-8", standalone=True)
        kinds = {"styles": "styles", **{kind: kind for kind in first.shared}}
        kinds |= {target: kind for (kind, _), target in self._targets.items()}
        return zipping.write({**_package(kinds), **parts})

    def _append(self, piece: Piece, number: int, last: bool) -> None:
        body = piece.body
        sections = list(body.iter(f"{_W}sectPr"))
        for section in sections:
            for reference in section.iter(*_REFERENCES):
                kind, data = piece.headers[reference.get(f"{_R}id")]
                reference.set(f"{_R}id", self._target(kind, data))
        self._begin(sections[0])
        _set_mark(body, number)
        final = body[-1]
        if not last:
            body.remove(final)
            _close(body, final)
        self._body.extend(list(body))

    def _target(self, kind: str, data: bytes) -> str:
        return self._targets.setdefault((kind, data), f"{kind}{len(self._targets) + 1}")

    def _begin(self, section: etree._Element) -> None:
        """Makes the first section of a document start a new page with number 1 and inherit no header."""
        for kind in section.findall(f"{_W}type"):
            section.remove(kind)
        own = {(item.tag, item.get(f"{_W}type", "default")) for item in section.iter(*_REFERENCES)}
        for tag, which in sorted(self._references - own):
            kind = tag.removeprefix(_W).removesuffix("Reference")
            root = "hdr" if kind == "header" else "ftr"
            blank = f'<w:{root} xmlns:w="{_NS}">{_BLANK_PARAGRAPH}</w:{root}>'.encode()
            target = self._target(kind, _DECLARATION + blank)
            section.insert(0, etree.Element(tag, {f"{_W}type": which, f"{_R}id": target}))
        self._references |= own
        numbering = section.find(f"{_W}pgNumType")
        if numbering is None:
            numbering = etree.Element(f"{_W}pgNumType")
            section.insert(sum(child.tag in _BEFORE_NUMBERING for child in section), numbering)
        if numbering.get(f"{_W}start") is None:
            numbering.set(f"{_W}start", "1")


def _flyleaf() -> etree._Element:
    paragraph = _blank_paragraph()
    section = etree.SubElement(paragraph[0], f"{_W}sectPr")
    etree.SubElement(section, f"{_W}pgSz", {f"{_W}w": "11906", f"{_W}h": "16838"})
    return paragraph


def _blank_paragraph() -> etree._Element:
    return etree.fromstring(_BLANK_PARAGRAPH.replace("<w:p>", f'<w:p xmlns:w="{_NS}">', 1))


def _set_mark(body: etree._Element, number: int) -> None:
    paragraph = next(body.iter(f"{_W}p"))
    start = etree.Element(f"{_W}bookmarkStart", {f"{_W}id": str(number), f"{_W}name": mark(number)})
    end = etree.Element(f"{_W}bookmarkEnd", {f"{_W}id": str(number)})
    place = 1 if len(paragraph) and paragraph[0].tag == f"{_W}pPr" else 0
    paragraph[place:place] = [start, end]


def _close(body: etree._Element, section: etree._Element) -> None:
    """Ends a document's last section in its last paragraph, or in one of 1 pt where there is none to take it."""
    last = body[-1]
    if last.tag != f"{_W}p" or last.find(f"{_W}pPr/{_W}sectPr") is not None:
        last = _blank_paragraph()
        body.append(last)
    properties = last.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        last.insert(0, properties)
    properties.append(section)


def _document_defaults(styles: Styles) -> bytes:
    start = styles.defaults.find(b"<w:docDefaults")
    end = styles.defaults.find(b"</w:docDefaults>")
    return styles.defaults[start : end + len(b"</w:docDefaults>")] if start >= 0 and end >= 0 else b""


def _package(kinds: dict[str, str]) -> dict[str, bytes]:
    """The parts that hold a package together: content types and relations."""
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    special = {"theme": "application/vnd.openxmlformats-officedocument.theme+xml"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{special.get(kind, f"{base}{kind}+xml")}"/>'
        for name, kind in kinds.items()
    )
    links = "".join(
        f'<Relationship Id="{name}" Type="{_KIND}/{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{base}document.main+xml"/>{overrides}</Types>'
    )
    package = f'<Relationship Id="document" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
    envelope = f'<Relationships xmlns="{_RELATIONS}">%s</Relationships>'
    return {
        "[Content_Types].xml": _DECLARATION + types.encode(),
        "_rels/.rels": _DECLARATION + (envelope % package).encode(),
        "word/_rels/document.xml.rels": _DECLARATION + (envelope % links).encode(),
    }
