"""What may be done to a dossier next, and by the one who looks at it: as links on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from archive.office.accounts import Account, can
from archive.records.afterwards import newest_decision
from pages.connection import database


@dataclass(frozen=True)
class Step:
    """A link to something that may be done; `next` where it is what the procedure asks for now."""

    label: str
    address: str
    next: bool = False


def steps_of_complaint(account: Account, dossier_id: str, complaint: Mapping[str, Any]) -> list[Step]:
    """What may be done about a complaint, in the order of V.3."""
    if complaint["state"] == "concluded":
        return []
    done = {step["kind"] for step in complaint["steps"]}
    given = {"dossier_id": dossier_id, "complaint_id": complaint["id"]}
    found = []
    if can(account, "complaint.handle", dossier_id):
        if "acknowledged" not in done:
            found.append(Step("Báo nhận", url_for("complaints.receipt", **given), not done))
        found.append(Step("Ghi việc xem xét", url_for("complaints.consideration", **given), done == {"acknowledged"}))
    if "considered" in done and can(account, "complaint.resolve", dossier_id):
        found.append(Step("Kết luận", url_for("complaints.conclusion", **given), True))
    return found


def steps_of_result(account: Account, dossier: Mapping[str, Any], story: Mapping[str, Any]) -> list[Step]:
    """What may be done about the result of a dossier as it stands."""
    if dossier["evaluation_id"] is None:
        return []
    decided = newest_decision(database(), dossier["evaluation_id"])
    return [] if decided is None else list(_of_decided(account, dossier["dossier_id"], decided, story))


def _of_decided(
    account: Account, dossier_id: str, decided: Mapping[str, Any], story: Mapping[str, Any]
) -> Iterator[Step]:
    def may(action: str) -> bool:
        return can(account, action, dossier_id)

    annulments = story["annulments"]
    if any(one["reclassified_on"] is None for one in annulments) and may("decision.make"):
        yield Step("Xếp loại lại", url_for("rulings.second_decision", dossier_id=dossier_id), True)
    if any(one["reclassified_on"] and not one["reported_on"] for one in annulments) and may("decision.make"):
        yield Step("Ghi việc báo cáo cấp trên", url_for("rulings.report", dossier_id=dossier_id), True)
    if may("complaint.open"):
        yield Step("Tiếp nhận khiếu nại", url_for("complaints.take_in", dossier_id=dossier_id))
    if may("opinion.record"):
        yield Step("Ghi ý kiến bảo lưu", url_for("opinions.reserve", dossier_id=dossier_id))
    if not decided["annulled_on"] and may("decision.annul"):
        asked = (
            any(step["outcome"] == "annulled" for one in story["complaints"] for step in one["steps"])
            and not annulments
        )
        yield Step("Hủy kết quả", url_for("rulings.annulment", dossier_id=dossier_id), asked)
