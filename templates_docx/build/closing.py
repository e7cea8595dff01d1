"""How papers end: signatures, recipients, and the two side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.table import _Cell

from generator.layout.profile import load_profile

from .blocks import columns, fill, paragraph, spacer, tag, write

_TEXT_WIDTH = load_profile().page.text_width
_LEFT = 75.0


@dataclass(frozen=True)
class Signer:
    """Who signs. Every entry is template text, so it may be a literal or a placeholder.

    Args:
        authority: bold capitals (`T/M BAN CHẤP HÀNH`).
        title: capitals below (`BÍ THƯ`); each further entry a line of its own (`K/T BÍ THƯ`, `PHÓ BÍ THƯ`).
        note: how to sign, in brackets.
        name: the name below the room for the signature.
        optional: expressions; the authority or title line `{{ x }}` is dropped when its expression is false.
    """

    authority: str = "{{ signature_authority }}"
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
            cell.paragraphs[0].add_run(f"{{%p if {_bare(text)} %}}")
        else:
            tag(cell, f"if {_bare(text)}")
        paragraph(cell, style, text)
        tag(cell, "endif")
    elif first:
        fill(cell, style, text)
    else:
        paragraph(cell, style, text)


def _sign(cell: _Cell, signer: Signer) -> None:
    lines = [("Authority", signer.authority)] if signer.authority else []
    lines += [("SignerTitle", title) for title in signer.title]
    if signer.note:
        lines.append(("SignNote", signer.note))
    for index, (style, text) in enumerate(lines):
        _line(cell, style, text, first=index == 0)
    paragraph(cell, "SignerName", signer.name)


def _receive(cell: _Cell, recipients: Recipients) -> None:
    label = fill(cell, "RecipientsLabel", keep_next=True)
    write(label, "Nơi nhận:")
    tag(cell, f"for line in {recipients.field}")
    paragraph(cell, "Recipients", "{{ line }}")
    tag(cell, "endfor")


def closing(
    document: Document, right: Signer, left: Signer | Recipients | None = None, *, width: float = _TEXT_WIDTH
) -> None:
    """The last block of a paper: the signature on the right; on the left recipients, a second signature or nothing.

    The block stays whole on one page; give the last paragraph before it `keep_next` so that it does not stand alone.
    """
    paragraph(document, "Spacer", keep_next=True)
    table = columns(document, [_LEFT * width / _TEXT_WIDTH, width - _LEFT * width / _TEXT_WIDTH], inset=0)
    cells = table.rows[0].cells
    if isinstance(left, Signer):
        _sign(cells[0], left)
    elif isinstance(left, Recipients):
        _receive(cells[0], left)
    else:
        fill(cells[0], "SignNote")
    _sign(cells[1], right)
    spacer(document)
