"""Which template a paper of a campaign is made with: its unit's own, or for a filed paper the one it was filed with."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlite_utils import Database

from archive.campaigns.papers.extracts import digest_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.office.folder import Office
from archive.office.templates import kept_templates, template_source
from archive.records.database import one
from generator.documents import TemplateSource, shipped_template
from generator.forms.manifest import Manifest
from generator.rules.rulebook import Rulebook
from generator.word.template import Template

KeptTemplates = Callable[[str], Template | None]

FILED = """CASE WHEN x.evaluation_id IS NULL THEN EXISTS (
    SELECT 1 FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id AND f.version = d.version
    WHERE d.evaluation_id IS NULL AND d.campaign_id = x.campaign_id AND d.unit_id = x.unit_id AND f.document_id = x.id)
ELSE EXISTS (
    SELECT 1 FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id AND f.version = d.version
    WHERE d.evaluation_id = x.evaluation_id AND f.document_id = x.id) END"""
"""SQL: whether the newest version of its dossier holds the document `x`."""


def made_with(digest: str, kept: KeptTemplates, other: TemplateSource, book: Rulebook) -> TemplateSource:
    """The template of a digest wherever it may still be found, else what `other` gives."""

    def source(form: Manifest) -> Template | None:
        shipped = shipped_template(book.name, form.template)
        return shipped if shipped.digest == digest else kept(digest) or other(form)

    return source


def made_digest(office: Office, database: Database, picture: Picture, book: Rulebook) -> Callable[[Paper], str | None]:
    """A function that tells what a paper comes out as (SHA-512 of its Word file), for extracts to quote.

    Of a filed paper that still says the same it is the file in the store, whatever templates came since.
    """
    kept = kept_templates(office, database)

    def digest(paper: Paper) -> str | None:
        row = one(
            database,
            f"SELECT x.input, x.word_digest, x.template_digest FROM document x"  # noqa: S608
            f" WHERE x.campaign_id = ? AND x.key = ? AND {FILED}",
            [picture.campaign.id, paper.key],
        )
        own = template_source(office, database, book.name, paper.unit_id)
        if row is None:
            return digest_of(paper, book, own)
        if row["input"] == json.dumps(paper.input, ensure_ascii=False, sort_keys=True):
            return str(row["word_digest"])
        return digest_of(paper, book, made_with(row["template_digest"], kept, own, book))

    return digest
