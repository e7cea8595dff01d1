"""Opening a campaign for a unit and a period, and finding the one a person names."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from archive.campaigns.plan import plan_of
from archive.campaigns.subjects import Campaign
from archive.errors import ArchiveError, NotFound
from archive.office.readings import chosen, layers
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing
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
        RulebookUnknown, NoPlan: no such rulebook, or it says nothing of campaigns.
        NotFound: the unit is not in the register.
        AlreadyOpen: it runs one of this period already.
    """
    plan_of(load_rulebook(rulebook))
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


def find_campaign(database: Database, period: str, owner_reference: str | None = None) -> Campaign:
    """The campaign of a period; of the unit with a reference where several units run one.

    Its settings are those of every layer over the shipped readings: office, units from above, the campaign itself.

    Raises:
        NotFound: there is none, or several and no unit was named.
    """
    found = rows(
        database,
        "SELECT c.*, u.reference AS owner_reference FROM campaign c JOIN unit u ON u.id = c.owner_id WHERE c.period = ?"
        " ORDER BY u.reference",
        [period],
    )
    if owner_reference:
        found = [record for record in found if record["owner_reference"] == owner_reference]
    if not found:
        raise NotFound(f"Chưa có đợt đánh giá {period}. Xin nhập dữ liệu bằng “hoso import” hoặc mở đợt mới.")
    if len(found) > 1:
        owners = ", ".join(str(record["owner_reference"]) for record in found)
        raise NotFound(f"Có nhiều đợt đánh giá {period} (của {owners}). Xin thêm --unit để chỉ rõ đơn vị.")
    record = found[0]
    return Campaign(
        record["id"],
        record["period"],
        record["rulebook"],
        record["owner_id"],
        record["place"],
        date.fromisoformat(record["evaluated_on"]),
        record["excellent_places"],
        chosen(load_rulebook(record["rulebook"]), layers(database, record["owner_id"], record)),
    )


def find_unit(database: Database, reference_or_name: str) -> str:
    """The id of a unit named by its reference or present name.

    Raises:
        NotFound: there is none.
    """
    found = rows(
        database,
        "SELECT unit_id FROM unit_view WHERE reference = :given OR name = :given",
        {"given": reference_or_name},
    )
    if not found:
        raise NotFound(f"Không có đơn vị “{reference_or_name}”. Xin ghi mã hoặc tên đúng như trong danh sách đơn vị.")
    return str(found[0]["unit_id"])
