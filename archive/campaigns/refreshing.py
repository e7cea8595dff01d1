"""Asking the rulebook again after a ruling of the office, so that lists and pages show what stands now."""

from __future__ import annotations

from sqlite_utils import Database

from archive.campaigns.findings import keep_findings
from archive.campaigns.rulings import campaign_of
from archive.campaigns.running import situation_of


def refresh_findings(database: Database, dossier: str) -> None:
    """Keeps anew the findings of the campaign a dossier belongs to.

    Raises:
        NotFound: no subject and no unit has this id.
    """
    keep_findings(database, situation_of(database, campaign_of(database, dossier)))
