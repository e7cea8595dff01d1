"""Whom a ruling of the office concerns: the evaluation or the unit behind a dossier's id, filed or not yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlite_utils import Database

from archive.campaigns.loading import load_picture
from archive.campaigns.opening import find_campaign
from archive.campaigns.picture import Picture
from archive.campaigns.stages import units_of
from archive.campaigns.subjects import Campaign, Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudge, Judgement
from archive.errors import NotFound
from archive.records.database import one
from archive.records.dossiers import dossier_id


@dataclass(frozen=True)
class Concerned:
    """One evaluation with its campaign as it stands now."""

    picture: Picture
    evaluation: Evaluation

    @cached_property
    def judge(self) -> CampaignJudge:
        """The judge over its campaign."""
        return CampaignJudge(self.picture)

    @cached_property
    def judgement(self) -> Judgement:
        """What the judge says of the evaluation."""
        return self.judge.subject(self.evaluation)


def concerned(database: Database, dossier: str) -> Concerned:
    """The evaluation whose dossier has, or will have, this id (`2018-m-abcdefghjkmn`).

    Raises:
        NotFound: no evaluation stands behind it; a unit's own dossier has none.
    """
    row = one(
        database,
        "SELECT e.id, e.capacity, c.period, u.reference FROM evaluation e JOIN campaign c ON c.id = e.campaign_id"
        " JOIN unit u ON u.id = c.owner_id WHERE e.id = ?",
        [dossier.rpartition("-")[2]],
    )
    if row is None or dossier_id(row["period"], row["capacity"], row["id"]) != dossier:
        raise NotFound(
            f"Không có hồ sơ “{dossier}” của cá nhân, tổ chức hay tập thể nào. Xem mã bằng “hoso dossier list”."
        )
    picture = load_picture(database, find_campaign(database, row["period"], row["reference"]))
    return Concerned(picture, picture.evaluations[row["id"]])


def campaign_of(database: Database, dossier: str) -> Campaign:
    """The campaign of a dossier's id, filed or not yet.

    Raises:
        NotFound: no subject and no unit has this id.
    """
    period, _, key = [*dossier.rsplit("-", 2), "", ""][:3]
    found = one(
        database,
        "SELECT c.period, u.reference FROM campaign c JOIN unit u ON u.id = c.owner_id WHERE c.period = :period AND ("
        " EXISTS (SELECT 1 FROM evaluation e WHERE e.id = :key AND e.campaign_id = c.id)"
        " OR EXISTS (SELECT 1 FROM unit_view v WHERE v.unit_id = :key AND c.owner_id IN (v.unit_id, v.parent_id)))",
        {"period": period, "key": key},
    )
    if found is None:
        raise NotFound(f"Không có hồ sơ “{dossier}”.")
    return find_campaign(database, found["period"], found["reference"])


def unit_concerned(picture: Picture, dossier: str) -> Unit | None:
    """The unit whose own dossier of a campaign has, or will have, this id; None where it is a subject's."""
    period = picture.campaign.period
    return next((unit for unit in units_of(picture) if dossier_id(period, "campaign", unit.id) == dossier), None)
