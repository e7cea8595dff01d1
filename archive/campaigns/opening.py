"""Opening a campaign for a unit and a period."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import new_id, now, one, writing
from generator.rules.rulebook import load_rulebook


class AlreadyOpen(ArchiveError):
    """Đơn vị này đã mở đợt đánh giá của năm ấy."""

    code = "archive.campaign-already-open"


def open_campaign(
    database: Database,
    *,
    period: str,
    owner_reference: str,
    place: str,
    evaluated_on: str,
    rulebook: str,
    actor: str,
) -> str:
    """Opens a campaign and gives its id.

    Args:
        period: `2018`.
        evaluated_on: ISO date on which the six months of V.1 are counted.

    Raises:
        NotFound: the unit is not in the register.
        AlreadyOpen: it runs one of this period already.
    """
    load_rulebook(rulebook)
    date.fromisoformat(evaluated_on)
    with writing(database):
        unit = one(database, "SELECT id FROM unit WHERE reference = ?", [owner_reference])
        if unit is None:
            raise NotFound(f"Không có đơn vị mã “{owner_reference}”. Xin nhập danh sách đơn vị trước (“hoso import”).")
        if one(database, "SELECT id FROM campaign WHERE owner_id = ? AND period = ?", [unit["id"], period]):
            raise AlreadyOpen
        campaign_id = new_id()
        campaign = {
            "id": campaign_id,
            "period": period,
            "rulebook": rulebook,
            "owner_id": unit["id"],
            "place": place,
            "evaluated_on": evaluated_on,
            "opened_at": now(),
        }
        database.table("campaign").insert(campaign)
        events.append(database, actor=actor, action="campaign.open", subject=campaign_id)
    return campaign_id
