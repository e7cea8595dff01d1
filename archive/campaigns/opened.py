"""Dossiers from the day their campaign is worked on: a row each, `draft`, then `submitted`, until the first filing.

Such rows are working data: they hold what lists need (whose, which unit), and follow the register until they are filed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from archive.campaigns.loading import load_picture
from archive.campaigns.opening import find_campaign
from archive.campaigns.picture import Picture
from archive.campaigns.plan import plan_of
from archive.campaigns.stages import units_of
from archive.campaigns.subjects import Unit
from archive.records.database import rows, writing
from archive.records.dossiers import dossier_id
from generator.rules.rulebook import load_rulebook

_WORKED_ON = "version = 0 AND status IN ('draft', 'submitted')"
_INSERT = (
    "INSERT INTO dossier (id, campaign_id, kind, evaluation_id, unit_id, title, status, subject_name, unit_name,"
    " parent_name) VALUES (:id, :campaign_id, :kind, :evaluation_id, :unit_id, :title, 'draft', :subject_name,"
    " :unit_name, :parent_name) ON CONFLICT (id) DO UPDATE SET unit_id = excluded.unit_id, title = excluded.title,"
    " subject_name = excluded.subject_name, unit_name = excluded.unit_name, parent_name = excluded.parent_name"
    " WHERE version = 0"
)


def open_dossiers(database: Database, picture: Picture) -> int:
    """Gives every subject and unit of a campaign its dossier's row, and takes away those that nobody needs any more.

    Returns:
        how many dossiers are worked on and not filed yet.
    """
    wanted = {row["id"]: row for row in _wanted(picture)}
    campaign_id = picture.campaign.id
    with writing(database):
        for row in rows(database, f"SELECT id FROM dossier WHERE campaign_id = ? AND {_WORKED_ON}", [campaign_id]):  # noqa: S608
            if row["id"] not in wanted:
                database.execute("DELETE FROM dossier WHERE id = ?", [row["id"]])
        database.conn.executemany(_INSERT, list(wanted.values()))
        counted = f"SELECT count(*) AS count FROM dossier WHERE campaign_id = ? AND {_WORKED_ON}"  # noqa: S608
        return int(rows(database, counted, [campaign_id])[0]["count"])


def open_campaign_dossiers(database: Database, campaign_id: str) -> int:
    """The same for a campaign as it stands now, in the transaction of what changed it."""
    row = rows(
        database,
        "SELECT c.period, u.reference FROM campaign c JOIN unit u ON u.id = c.owner_id WHERE c.id = ?",
        [campaign_id],
    )[0]
    return open_dossiers(database, load_picture(database, find_campaign(database, row["period"], row["reference"])))


def mark_submitted(database: Database, picture: Picture, unit: Unit) -> None:
    """Marks the dossiers a unit works on as handed to the deciding body, those not filed yet."""
    own = [("", unit.id), *((evaluation.id, "") for evaluation in picture.worked_by(unit))]
    with writing(database):
        database.conn.executemany(
            "UPDATE dossier SET status = 'submitted' WHERE campaign_id = ? AND version = 0 AND status = 'draft'"
            " AND (evaluation_id = ? OR (evaluation_id IS NULL AND unit_id = ?))",
            [(picture.campaign.id, *one) for one in own],
        )


def _wanted(picture: Picture) -> Iterator[dict[str, Any]]:
    plan = plan_of(load_rulebook(picture.campaign.rulebook))

    def row(kind: str, own_id: str, evaluation_id: str | None, name: str, unit: Unit) -> dict[str, Any]:
        parent = picture.units.get(unit.parent_id or "")
        return {
            "id": dossier_id(picture.campaign.period, kind, own_id),
            "campaign_id": picture.campaign.id,
            "kind": kind,
            "evaluation_id": evaluation_id,
            "unit_id": unit.id,
            "title": plan.title(picture, kind),
            "subject_name": name,
            "unit_name": unit.name,
            "parent_name": parent.name if parent else None,
        }

    for evaluation in picture.evaluations.values():
        # A member outside the classification has no dossier of the year.
        if evaluation.capacity != "member" or not plan.unclassified_by_standing(picture, evaluation):
            unit = picture.units[evaluation.unit_id]
            yield row(evaluation.capacity, evaluation.id, evaluation.id, picture.subject_name(evaluation), unit)
    for unit in units_of(picture):
        yield row("campaign", unit.id, None, unit.name, unit)
