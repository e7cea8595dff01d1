"""A document from elsewhere made harmless before LibreOffice opens it: it can fetch no file and no page."""

from __future__ import annotations

import re

from lxml import etree

from generator.word import zipping
from generator.word.reading import open_docx, parse

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FETCHING = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|LINK|DDE|DDEAUTO|IMPORT|INCLUDE)\b", re.IGNORECASE)


def harmless(data: bytes) -> bytes:
    """The same Word file, with links to other files cut; hyperlinks, which only a reader follows, stay.

    Raises:
        NotADocument: it is no plain .docx.
    """
    parts = open_docx(data)
    changed = {name: _without_links(part) for name, part in parts.items() if name.endswith(".rels")}
    changed |= {
        name: _without_fetching_fields(part)
        for name, part in parts.items()
        if name.endswith(".xml") and _FETCHING.search(part.decode("utf-8", "replace"))
    }
    if all(parts[name] == part for name, part in changed.items()):
        return data
    return zipping.write({**parts, **changed})


def _without_links(data: bytes) -> bytes:
    root = parse(data)
    links = [
        relation
        for relation in root
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink")
    ]
    for link in links:
        link.set("Target", "about:blank")
    return _written(root) if links else data


def _without_fetching_fields(data: bytes) -> bytes:
    root = parse(data)
    simple = [field for field in root.iter(f"{_W}fldSimple") if _FETCHING.search(field.get(f"{_W}instr", ""))]
    for field in simple:
        field.set(f"{_W}instr", "")
    # One instruction may be spread over several runs, so they are judged together and go together.
    runs = list(root.iter(f"{_W}instrText"))
    fetching = _FETCHING.search("".join(run.text or "" for run in runs)) is not None
    for run in runs if fetching else ():
        run.text = None
    return _written(root) if simple or fetching else data


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, encoding="UTF-8", standalone=True)
    return written
