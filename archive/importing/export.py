"""What is kept, as the content of a workbook: the whole office, or one unit with all under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

from archive.errors import NotFound
from archive.importing.evaluations import Evaluations, units_under
from archive.importing.stores import REGISTER, YEAR, Desk
from archive.records.database import one, rows
from archive.records.row_tables import Kept
from generator.rules.rulebook import load_rulebook
from generator.workbook.sheets import sheets
from generator.workbook.write import Content

# Sheets of which a row without anything filled in is left out; the others list everyone, ready to be filled in.
_ONLY_FILLED = frozenset({"member_reviews", "organisation_reviews", "collective_reviews", "leader_facts"})
_KEYS = frozenset({"person", "unit", "collective"})


def export_content(
    database: Database, campaign_id: str | None = None, unit_id: str | None = None, *, rulebook: str = "hd13_2018"
) -> Content:
    """The rows to write into a workbook, with their ids and revisions; imported again they change nothing.

    Args:
        campaign_id: whose year is written; None gives the register alone.
        rulebook: whose sheets are written where no campaign says it.
        unit_id: limits people, bodies and the year's rows to those of a unit and the units under it.

    Raises:
        NotFound: no such campaign.
    """
    desk = Desk(database, rulebook)
    content = {key: store.kept(desk) for key, store in REGISTER.items() if key != "campaign"}
    if campaign_id is not None:
        campaign = one(database, "SELECT id, rulebook FROM campaign WHERE id = ?", [campaign_id])
        if campaign is None:
            raise NotFound("Không tìm thấy đợt đánh giá này.")
        desk = Desk(database, campaign["rulebook"], campaign_id, Evaluations(database, campaign_id))
        content["campaign"] = [kept for kept in REGISTER["campaign"].kept(desk) if kept.id == campaign_id]
        content |= {key: store.kept(desk) for key, store in YEAR.items() if key in sheets(load_rulebook(desk.rulebook))}
    scope = _Scope(database, unit_id) if unit_id is not None else None
    return {
        key: [_row(kept) for kept in found if _is_filled(key, kept) and (scope is None or scope.holds(key, kept))]
        for key, found in content.items()
        if key in sheets(load_rulebook(desk.rulebook))
    }


def _row(kept: Kept) -> Mapping[str, Any]:
    return {**kept.values, "id": kept.id, "revision": kept.revision}


def _is_filled(key: str, kept: Kept) -> bool:
    if key not in _ONLY_FILLED:
        return True
    return any(value not in (None, {}) for name, value in kept.values.items() if name not in _KEYS)


class _Scope:
    """What belongs to a unit: the references of its units, people, collectives and ballots."""

    def __init__(self, database: Database, unit_id: str) -> None:
        ids = units_under(database, unit_id)
        self._evaluations = {
            record["id"] for record in rows(database, "SELECT id, unit_id FROM evaluation") if record["unit_id"] in ids
        }
        self._units = {
            record["reference"] for record in rows(database, "SELECT id, reference FROM unit") if record["id"] in ids
        }
        self._collectives = {
            record["reference"]
            for record in rows(database, "SELECT reference, unit_id FROM collective")
            if record["unit_id"] in ids
        }
        self._ballots = {
            record["reference"]
            for record in rows(database, "SELECT reference, unit_id FROM ballot")
            if record["unit_id"] in ids
        }
        self._people = {
            record["reference"]
            for record in rows(
                database, "SELECT p.reference, m.unit_id FROM person p JOIN membership m ON m.person_id = p.id"
            )
            if record["unit_id"] in ids
        }

    def holds(self, key: str, kept: Kept) -> bool:
        """Whether a row of a sheet is of the unit. Units and campaign are always written, for their names."""
        values = kept.values
        if key in ("units", "campaign"):
            return True
        if kept.evaluation_id:
            return kept.evaluation_id in self._evaluations
        if key == "people":
            return values["reference"] in self._people
        if key == "collectives":
            return values["reference"] in self._collectives
        if "collective" in values and key == "collective_members":
            return values["collective"] in self._collectives
        if "subject" in values:
            return values["subject"] in self._people | self._units | self._collectives
        if "person" in values:
            return values["person"] in self._people
        return values.get("unit") in self._units
