"""Papers whose first pages stand and whose lists lie."""

from __future__ import annotations

from copy import deepcopy

from docx.document import Document
from docx.oxml.ns import qn

from .blocks import paragraph


def lying_pages(document: Document) -> None:
    """End the upright pages here; what follows stands on lying ones and carries its page number from the first."""
    last = document.element.body.sectPr
    upright = deepcopy(last)
    # A thin line, so that it finds room below what ends the upright pages.
    holder = paragraph(document, "End")
    holder._p.get_or_add_pPr().append(upright)
    size = last.find(qn("w:pgSz"))
    size.set(qn("w:w"), upright.find(qn("w:pgSz")).get(qn("w:h")))
    size.set(qn("w:h"), upright.find(qn("w:pgSz")).get(qn("w:w")))
    size.set(qn("w:orient"), "landscape")
    last.remove(last.find(qn("w:titlePg")))
