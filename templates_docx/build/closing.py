"""How papers end: signatures, recipients, and the two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.table import _Cell

from generator.layout.profile import load_profile

from .blocks import columns, fill, paragraph, tag, tag_first
from .tables import add_row

_LEFT_SHARE = 0.45


@dataclass(frozen=True)
class Signer:
    """Who signs. Every entry is template text, so it may be a literal or a placeholder.

    Args:
        authority: bold capitals (`T/M BAN CHẤP HÀNH`); each further entry a line of its own (`K/T BÍ THƯ`).
        title: capitals below (`BÍ THƯ`).
        note: how to sign, in brackets.
        name: the name below the room for the signature.
    """

    authority: str | Sequence[str] = "{{ signature_authority }}"
    title: Sequence[str] = ("{{ signature_title }}",)
    note: str = ""
    name: str = "{{ signer }}"


@dataclass(frozen=True)
class Recipients:
    """`Nơi nhận:` and its list, one line each; `field` names a list of lines in the context."""

    field: str = "recipients"


def _bare(text: str) -> str:
    return text.strip("{ }")


def _line(cell: _Cell, style: str, text: str, *, first: bool) -> None:
    """A line of the block; a placeholder that holds nothing leaves no empty line."""
    if text.startswith("{{"):
        if first:
            tag_first(cell, f"if {_bare(text)}")
        else:
            tag(cell, f"if {_bare(text)}")
        paragraph(cell, style, text)
        tag(cell, "endif")
    elif first:
        fill(cell, style, text)
    else:
        paragraph(cell, style, text)


def _sign(cell: _Cell, signer: Signer) -> None:
    powers = [signer.authority] if isinstance(signer.authority, str) else signer.authority
    lines = [("Authority", power) for power in powers if power]
    lines += [("SignerTitle", title) for title in signer.title]
    if signer.note:
        lines.append(("SignNote", signer.note))
    for index, (style, text) in enumerate(lines):
        _line(cell, style, text, first=index == 0)


def _receive(cell: _Cell, recipients: Recipients) -> None:
    tag_first(cell, f"if {recipients.field}")
    paragraph(cell, "RecipientsLabel", "Nơi nhận:", keep_next=True)
    tag(cell, f"for line in {recipients.field}")
    paragraph(cell, "Recipients", "{{ line }}")
    tag(cell, "endfor")
    tag(cell, "else")
    paragraph(cell, "Recipients")
    tag(cell, "endif")


def closing(
    document: Document, right: Signer, left: Signer | Recipients | None = None, *, landscape: bool = False
) -> None:
    """The last block of a paper: the signature on the right; on the left recipients, a second signature or nothing.

    The block stays whole on one page; give the last paragraph before it `keep_next` so that it does not stand alone.
    """
    paragraph(document, "Spacer", keep_next=True)
    page = load_profile().page
    width = page.text_width_landscape if landscape else page.text_width
    table = columns(document, [width * _LEFT_SHARE, width * (1 - _LEFT_SHARE)], inset=0)
    cells = table.rows[0].cells
    _sign(cells[1], right)
    if isinstance(left, Signer):
        _sign(cells[0], left)
        # Names in a row of their own stand side by side, however many lines stand above each.
        below = add_row(table).cells
        fill(below[0], "SignerName", left.name)
        fill(below[1], "SignerName", right.name)
    else:
        paragraph(cells[1], "SignerName", right.name)
        if left:
            _receive(cells[0], left)
        else:
            fill(cells[0], "SignNote")
    paragraph(document, "End")
