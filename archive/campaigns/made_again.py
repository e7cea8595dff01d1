"""Making a kept paper again from its row: the same Word file, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.production import sheets_for
from archive.campaigns.template_choice import KeptTemplates, made_with
from archive.errors import ArchiveError
from generator.documents import generate
from generator.rules.rulebook import Rulebook


class PaperChanged(ArchiveError):
    """Văn bản lập lại không còn giống bản đã lập."""

    code = "archive.paper-changed"


def word_of(
    picture: Picture, document: Mapping[str, Any], book: Rulebook, templates: KeptTemplates = lambda digest: None
) -> bytes:
    """The Word file of a generated document's row, made again from its input with the template it was made with.

    Args:
        templates: the office's own by digest.

    Raises:
        PaperChanged: it no longer comes out as it was made, because hoso came with another template meanwhile.
    """
    evaluation_id = document["evaluation_id"]
    # Judged when it was made; what it prints does not hang on the facts.
    kept = json.loads(document["input"])
    made = generate(
        document["form"],
        {"document": kept["document"]},
        state=document["state"],
        book=book,
        templates=made_with(document["template_digest"], templates, lambda form: None, book),
        paper_code=f"{picture.campaign.period}-{document['form']}-{evaluation_id}" if evaluation_id else "",
        sheets=sheets_for(document["form"], kept["document"], book),
    )
    if hashlib.sha512(made.word).hexdigest() != document["word_digest"]:
        raise PaperChanged(
            f"Mẫu của “{document['title']}” đã thay đổi sau khi lập. Xin chạy lại bước đã lập văn bản này."
        )
    return made.word
