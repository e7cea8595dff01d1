"""Letting a finding pass that the rulebook leaves open to it, with a reason and a paper."""

from __future__ import annotations

from flask import Blueprint

from archive.campaigns.refreshing import refresh_findings
from archive.campaigns.waivers import open_to_waiver, waive
from archive.errors import NotFound
from pages.acts import Act, Done, Page, page_of
from pages.connection import database
from pages.fields import Entry, Field
from pages.session import require

pages = Blueprint("waivers", __name__, url_prefix="/ho-so/<dossier_id>/ngoai-le")


@pages.route("/<rule_id>", methods=["GET", "POST"])
def let_pass(dossier_id: str, rule_id: str) -> Page:
    """One finding of a dossier, of a subject or of a unit."""
    account = require("finding.waive", dossier_id)
    finding = next((one for one in open_to_waiver(database(), dossier_id) if one.rule_id == rule_id), None)
    if finding is None:
        raise NotFound(f"Hồ sơ này không có điểm nào theo quy tắc {rule_id} còn chấp nhận ngoại lệ được.")
    fields = (
        Field("ly-do", "Lý do chấp nhận ngoại lệ", "text", required=True, hint="Được in trong phiếu."),
        Field("van-ban", "Văn bản làm căn cứ", required=True, hint="Ví dụ Kết luận số 12-KL/ĐU ngày 02/01/2019."),
    )

    def record(entry: Entry) -> Done:
        made = waive(database(), dossier_id, rule_id, reason=entry["ly-do"], document=entry["van-ban"], account=account)
        refresh_findings(database(), dossier_id)
        return Done(
            f"Đã chấp nhận ngoại lệ cho quy tắc {made.rule_id}. Phiếu được lập và lưu vào hồ sơ ở lần chạy đợt tới."
        )

    act = Act(
        "Chấp nhận ngoại lệ", "Chấp nhận ngoại lệ", fields, record,
        "Ngoại lệ mang tên bạn, được in vào hồ sơ và không rút lại được; nó hết hiệu lực khi dữ kiện thay đổi.",
        about={"template": "about_finding.html", "finding": finding},
    )  # fmt: skip
    return page_of(act, dossier_id)
