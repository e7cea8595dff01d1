"""What became of one dossier's result, told for its page and for `hoso dossier show`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.clock import clock_of
from archive.office.accounts import Account, can
from archive.records.afterwards import annulments_of, complaints_of, corrections_of, reserved_opinions_of
from archive.records.database import one, rows
from generator.rules.rulebook import load_rulebook

_OPINION_TEXTS = ("statement", "opinion", "proof", "proposal")


def story(database: Database, dossier: str, account: Account | None, today: date) -> dict[str, Any]:
    """Annulments with their clock, complaints, reserved opinions, corrections and versions of a dossier.

    The texts of complaints and reserved opinions are left out for an account that may not read them; whoever shows
    them records that they were read.

    Returns:
        `{annulments, complaints, reserved_opinions, corrections, versions, with_texts}`.
    """
    row = one(
        database,
        "SELECT d.evaluation_id, c.rulebook FROM dossier d JOIN campaign c ON c.id = d.campaign_id WHERE d.id = ?",
        [dossier],
    ) or {"evaluation_id": None, "rulebook": ""}
    evaluation_id = row["evaluation_id"] or ""
    readable = can(account, "complaint.read", dossier)
    complaints = [complaint.as_dict() for complaint in complaints_of(database, evaluation_id)]
    opinions = reserved_opinions_of(database, evaluation_id)
    return {
        "annulments": [
            {
                **asdict(one_annulled),
                "clock": clock_of(database, one_annulled, load_rulebook(row["rulebook"]), today).as_dict(),
            }
            for one_annulled in annulments_of(database, evaluation_id)
        ],
        "complaints": complaints if readable else [_without_text(complaint) for complaint in complaints],
        "reserved_opinions": opinions
        if readable
        else [
            {name: value for name, value in one_opinion.items() if name not in _OPINION_TEXTS}
            for one_opinion in opinions
        ],
        "corrections": corrections_of(database, dossier),
        "versions": versions_of(database, dossier),
        "with_texts": readable and bool(complaints or opinions),
    }


def versions_of(database: Database, dossier: str) -> list[dict[str, Any]]:
    """The versions of a dossier, oldest first: `{version, filed_at, actor, reason}`; the actor by name."""
    return rows(
        database,
        "SELECT f.version, f.prepared_at AS filed_at, coalesce(a.full_name, f.actor) AS actor, f.reason FROM filing f"
        " LEFT JOIN account a ON a.id = f.actor WHERE f.object = ? AND f.state = 'committed' ORDER BY f.version",
        [dossier],
    )


def _without_text(complaint: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "received_on", "reply_by", "state")
    steps = [{name: step[name] for name in ("kind", "taken_on", "outcome")} for step in complaint["steps"]]
    return {**{name: complaint[name] for name in kept}, "steps": steps}
