"""Opinions that the one a result is about reserves against it (13-HD/TU, V.3, gạch 1)."""

from __future__ import annotations

from flask import Blueprint

from archive.afterwards.amending import present_day
from archive.afterwards.opinions import Opinion, reserve_opinion
from pages.acts import LEVEL_AND_FILES, Act, Done, Page, page_of
from pages.connection import database, the_office
from pages.fields import Entry, Field
from pages.session import require

pages = Blueprint("opinions", __name__, url_prefix="/ho-so/<dossier_id>/y-kien-bao-luu")


@pages.route("/moi", methods=["GET", "POST"])
def reserve(dossier_id: str) -> Page:
    """An opinion to keep."""
    account = require("opinion.record", dossier_id)
    fields = (
        Field("nhan-xet", "Nhận xét, đánh giá không tán thành", "text", required=True),
        Field("y-kien", "Ý kiến bảo lưu", "text", required=True),
        Field("chung-minh", "Căn cứ của ý kiến", "text"),
        Field("de-nghi", "Đề nghị", "text"),
        Field("ngay", "Ngày nhận", "day", required=True).at(present_day()),
        Field("cap-tren", "Cấp trên trực tiếp được báo cáo"),
        Field("nguoi-nhan", "Người nhận", start=account.full_name),
        Field("tep", "Giấy tờ kèm theo", "files", many=True),
    )

    def record(entry: Entry) -> Done:
        opinion = Opinion(
            entry["nhan-xet"], entry["y-kien"], entry.present("ngay"), entry.given("chung-minh"),
            entry.given("de-nghi"), entry.given("cap-tren"), entry.given("nguoi-nhan"),
        )  # fmt: skip
        done = reserve_opinion(
            the_office(), database(), dossier_id, opinion, account=account, attachments=entry.attachments("tep")
        )
        filed = f" Hồ sơ có phiên bản {done.version}." if done.version else ""
        return Done(f"Đã ghi ý kiến bảo lưu.{filed}")

    act = Act(
        "Ghi ý kiến bảo lưu", "Ghi ý kiến", fields, record,
        "Ý kiến được giữ trong hồ sơ thành một phiên bản mới và không xóa được; kết quả vẫn phải chấp hành.",
        hint="Nội dung ý kiến chỉ người duyệt, kiểm tra, quản trị đọc lại được sau khi ghi.", beside=LEVEL_AND_FILES,
    )  # fmt: skip
    return page_of(act, dossier_id)
