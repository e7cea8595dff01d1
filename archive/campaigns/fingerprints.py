"""Whether a paper would come out as it was made: the digest of its template, the fingerprint of all it hangs on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from archive.campaigns.papers.paper import Paper
from generator.documents import TemplateSource, shipped_bytes
from generator.forms.library import manifest
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings


def template_digest(paper: Paper, book: Rulebook, templates: TemplateSource) -> str:
    """SHA-256 of the template a paper is made with; a shipped one is not made ready for it.

    Raises:
        TemplateDamaged: the office's own template is not what was installed.
    """
    form = manifest(paper.form, book)
    own = templates(form)
    return own.digest if own else _shipped_digest(book.name, form.template)


@lru_cache(maxsize=256)
def _shipped_digest(book_name: str, file_name: str) -> str:
    return hashlib.sha256(shipped_bytes(book_name, file_name)).hexdigest()


def paper_fingerprint(paper: Paper, template: str, book: Rulebook, settings: Settings, waived: Sequence[str]) -> str:
    """SHA-256 of what a paper is made of: its input, its template, and where it is judged the readings and waivers."""
    content: list[Any] = [
        paper.form,
        paper.state,
        paper.item,
        paper.title,
        paper.author,
        paper.input,
        template,
        book.name,
    ]
    if paper.facts:
        content += [settings.digest(), list(waived)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
