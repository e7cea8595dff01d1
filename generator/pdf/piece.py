"""One Word document taken apart for joining, or found to be of a kind that must be converted alone.

Only plain documents are joined: text, tables, page numbers, headers and footers. Whatever would mean something else
in a joined file (numbered lists, pictures, notes, the number of all pages) stands alone.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from generator.word.reading import main_part, open_docx, parse, relations

_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_NS}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHARED_PARTS = ("styles", "settings", "theme", "fontTable")
_OTHER_PARTS = frozenset({"header", "footer", "numbering", "webSettings", "stylesWithEffects", "customXml"})
# Text of other shapes, numbers that run through a file, other files, tracked changes, and what has its own place.
_ALONE = frozenset(
    {f"{_W}{name}" for name in ("numPr", "drawing", "pict", "object", "hyperlink", "sdt", "smartTag", "customXml")}
    | {f"{_W}{name}" for name in ("footnoteReference", "endnoteReference", "commentReference", "altChunk", "subDoc")}
    | {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "sectPrChange")}
    | {f"{_W}{name}" for name in ("fldSimple", "sym", "framePr", "vanish")}
)
# What stays of a placeholder that held nothing: two runs in five, each read by LibreOffice for nothing.
_EMPTY_RUN = re.compile(rb'<w:r>(?:<w:rPr/>)?<w:t(?: xml:space="preserve")?/></w:r>')
_BOOKMARKS = (f"{_W}bookmarkStart", f"{_W}bookmarkEnd")
_OTHER_RELATIONS = etree.XPath(
    "//*[not(self::w:headerReference or self::w:footerReference)]/@r:*", namespaces={"w": _NS, "r": _R[1:-1]}
)


class NotJoinable(Exception):
    """The document has to be converted alone; the message says why, for engineers."""


@dataclass
class Piece:
    """A document ready to be joined.

    Attributes:
        body: its `w:body`.
        headers: header and footer parts by relation id, as `(kind, bytes)`.
        shared: the parts every document of a joined file has in common, by kind, styles apart.
        styles: its styles by id and by name, each in canonical form.
        letters: how often each visible letter stands in its body.
        opening: the first letters of its body, without spaces.
    """

    body: etree._Element
    headers: dict[str, tuple[str, bytes]]
    shared: dict[str, bytes]
    styles: Styles
    letters: Counter[str]
    opening: str

    @property
    def key(self) -> str:
        """Documents with different keys never stand in one file."""
        digest = hashlib.sha256()
        for kind in ("settings", "theme"):
            digest.update(self.shared.get(kind, b"") + b"\0")
        digest.update(self.styles.defaults)
        return digest.hexdigest()


@dataclass(frozen=True)
class Styles:
    """The styles of a document in canonical form: what all text starts from, each by its id, and ids by name."""

    defaults: bytes
    by_id: dict[str, bytes]
    names: dict[str, str]
    numbered: frozenset[str]


def read_piece(data: bytes) -> Piece:
    """A Word document taken apart for joining.

    Raises:
        NotJoinable: it must be converted alone.
        NotADocument: it is no plain .docx.
    """
    parts = open_docx(data)
    main = main_part(parts)
    headers: dict[str, tuple[str, bytes]] = {}
    shared: dict[str, bytes] = {}
    for identifier, kind, target, external in relations(parts, main):
        if external or kind not in {*_SHARED_PARTS, *_OTHER_PARTS}:
            raise NotJoinable(f"a relation of kind {kind}")
        if kind in ("header", "footer"):
            if list(relations(parts, target)):
                raise NotJoinable(f"a {kind} with relations of its own")
            _check_plain(parse(parts[target]))
            headers[identifier] = (kind, parts[target])
        elif kind in _SHARED_PARTS:
            shared[kind] = parts[target]
    body = parse(_without_empty_runs(parts[main])).find(f"{_W}body")
    if body is None or len(body) < 2 or body[-1].tag != f"{_W}sectPr":
        raise NotJoinable("no section at the end")
    _check_plain(body)
    for bookmark in list(body.iter(*_BOOKMARKS)):
        bookmark.getparent().remove(bookmark)
    text = "".join("".join(item.text or "" for item in body.iter(f"{_W}t")).split())
    if not text:
        raise NotJoinable("no text to check")
    styles = _read_styles(shared.pop("styles", b""))
    if any(used.get(f"{_W}val") in styles.numbered for used in body.iter(f"{_W}pStyle")):
        raise NotJoinable("a paragraph numbered by its style")
    return Piece(body, headers, shared, styles, visible_letters(text), text[:40].casefold())


def _without_empty_runs(data: bytes) -> bytes:
    # Only there may the same bytes be text.
    return data if b"<!" in data else _EMPTY_RUN.sub(b"", data)


def visible_letters(text: str) -> Counter[str]:
    """How often each letter stands in a text, spaces and invisible signs apart, upper and lower case alike."""
    letters = Counter(text.casefold())
    for letter in [letter for letter in letters if letter.isspace() or not letter.isprintable()]:
        del letters[letter]
    return letters


def _check_plain(root: etree._Element) -> None:
    for tag in {element.tag for element in root.iter()}:
        if not isinstance(tag, str) or not tag.startswith(_W) or tag in _ALONE:
            raise NotJoinable(f"a {tag} element")
    for code in root.iter(f"{_W}instrText"):
        if (code.text or "").split()[:1] not in ([], ["PAGE"]):
            raise NotJoinable(f"the field {code.text}")
    if _OTHER_RELATIONS(root):
        raise NotJoinable("a relation of something in the text")


@lru_cache(maxsize=64)
def _read_styles(data: bytes) -> Styles:
    if not data:
        raise NotJoinable("no styles")
    root = parse(data)
    found = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    names = {style.find(f"{_W}name").get(f"{_W}val"): key for key, style in found.items()}
    defaults = [root.find(f"{_W}docDefaults"), *(style for style in found.values() if style.get(f"{_W}default"))]
    texts = [etree.tostring(element, method="c14n") for element in defaults if element is not None]
    by_id = {key: etree.tostring(style, method="c14n", exclusive=True) for key, style in found.items()}
    return Styles(b"".join(texts), by_id, names, frozenset(key for key in found if _numbers(key, found)))


def _numbers(key: str, styles: dict[str, etree._Element]) -> bool:
    """Whether a style, or one it builds on, numbers its paragraphs."""
    seen: set[str] = set()
    while key in styles and key not in seen:
        seen.add(key)
        if styles[key].find(f"{_W}pPr/{_W}numPr") is not None:
            return True
        base = styles[key].find(f"{_W}basedOn")
        key = base.get(f"{_W}val", "") if base is not None else ""
    return False
