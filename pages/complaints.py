"""Complaints about a result: taken in, acknowledged, considered, concluded (13-HD/TU, V.3, gạch 2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint

from archive.afterwards.amending import present_day
from archive.afterwards.complaint_reading import read_complaint
from archive.afterwards.complaints import WAYS, Handled, Opening, acknowledge, consider, open_complaint
from archive.afterwards.concluding import OUTCOMES, Conclusion, resolve
from archive.afterwards.errors import LevelRefused
from archive.campaigns.foreseen import if_decided
from archive.campaigns.rulings import campaign_of
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.records.afterwards import Complaint, complaints_of
from archive.records.dossiers import show
from generator.rules.rulebook import load_rulebook
from pages.acts import LEVEL_AND_FILES, Act, Done, Page, page_of
from pages.connection import database, the_office
from pages.fields import Entry, Field, choices_of
from pages.foreseen import level_choices, told_if_allowed
from pages.session import require

pages = Blueprint("complaints", __name__, url_prefix="/ho-so/<dossier_id>/khieu-nai")
_KEPT = "Việc này được ghi vào hồ sơ thành một phiên bản mới và không xóa được."
_LETTER = Field("don", "Đơn khiếu nại (bản quét, ảnh chụp hoặc tệp)", "files")
_FILES = Field("tep", "Giấy tờ kèm theo", "files", many=True)


@pages.route("/moi", methods=["GET", "POST"])
def take_in(dossier_id: str) -> Page:
    """A complaint that came in."""
    account = require("complaint.open", dossier_id)
    subject = show(database(), dossier_id)
    if subject["evaluation_id"] is None:
        raise NotFound("Hồ sơ đợt của đơn vị không có kết quả xếp loại nên không có gì để khiếu nại.")

    def check(entry: Entry) -> None:
        received = entry.day("ngay-nhan")
        dated = entry.day("ngay-don")
        if dated and received and dated > received:
            entry.blame("ngay-don", "Ngày ghi trong đơn không thể sau ngày nhận đơn.")
        entry.not_before("hen", "ngay-nhan", "ngày nhận đơn")

    def record(entry: Entry) -> Done:
        opening = Opening(
            entry["nguoi"], entry.present("ngay-nhan"), entry["noi-dung"], dated_on=entry.day("ngay-don"),
            position=entry.given("chuc-vu"), address=entry.given("dia-chi"), received_through=entry["cach"],
            receiver=entry.given("nguoi-nhan"), examined_by=entry.given("giao"), reply_by=entry.day("hen"),
        )  # fmt: skip
        attachments = (*entry.attachments("don", "Đơn khiếu nại"), *entry.attachments("tep"))
        done = open_complaint(the_office(), database(), dossier_id, opening, account=account, attachments=attachments)
        return _done("Đã tiếp nhận khiếu nại.", done)

    return page_of(
        Act(
            "Tiếp nhận khiếu nại", "Tiếp nhận", _fields_of_opening(str(subject["subject"]), account), record, _KEPT,
            check=check, beside=LEVEL_AND_FILES,
            hint="Nội dung đơn chỉ người duyệt, kiểm tra, quản trị đọc lại được sau khi ghi.",
        ),
        dossier_id,
    )  # fmt: skip


def _fields_of_opening(subject: str, account: Account) -> tuple[Field, ...]:
    return (
        Field("nguoi", "Người khiếu nại", required=True, start=subject),
        Field("chuc-vu", "Chức vụ của người khiếu nại"),
        Field("dia-chi", "Nơi ở hoặc nơi công tác"),
        Field("noi-dung", "Nội dung, lý do khiếu nại", "text", required=True, hint="Được in trong văn bản trả lời."),
        Field("ngay-don", "Ngày ghi trong đơn", "day"),
        Field("ngay-nhan", "Ngày nhận đơn", "day", required=True).at(present_day()),
        Field("cach", "Đơn đến bằng cách nào", "choice", required=True, choices=choices_of(WAYS), start="in_person"),
        Field("nguoi-nhan", "Người nhận đơn", start=account.full_name),
        Field("giao", "Giao ai xem xét"),
        Field("hen", "Ngày hẹn trả lời", "day", hint="Hướng dẫn không quy định thời hạn; cơ quan tự hẹn."),
        _LETTER,
        _FILES,
    )  # fmt: skip


@pages.route("/<complaint_id>/bao-nhan", methods=["GET", "POST"])
def receipt(dossier_id: str, complaint_id: str) -> Page:
    """The written notice that a complaint was received."""
    account = require("complaint.handle", dossier_id)
    complaint = _of(dossier_id, complaint_id)
    fields = (
        Field("ngay", "Ngày báo nhận", "day", required=True).at(present_day()),
        Field("so", "Số thông báo", hint="Ví dụ 05-TB/ĐU. Chưa có số thì để trống, ghi tay khi vào sổ."),
    )

    def record(entry: Entry) -> Done:
        done = acknowledge(
            the_office(), database(), complaint_id, acknowledged_on=entry.present("ngay"), number=entry.given("so"),
            account=account,
        )  # fmt: skip
        return _done("Đã lập thông báo tiếp nhận khiếu nại.", done)

    act = Act("Báo nhận khiếu nại", "Lập thông báo", fields, record, _KEPT,
              check=_not_before_received(complaint), about=_about(complaint))  # fmt: skip
    return page_of(act, dossier_id)


@pages.route("/<complaint_id>/xem-xet", methods=["GET", "POST"])
def consideration(dossier_id: str, complaint_id: str) -> Page:
    """Something done to examine a complaint."""
    account = require("complaint.handle", dossier_id)
    complaint = _of(dossier_id, complaint_id)
    fields = (
        Field("ngay", "Ngày", "day", required=True).at(present_day()),
        Field("viec", "Việc đã làm", "text", required=True, hint="Họp, xác minh, làm việc với ai, kết quả."),
        _FILES,
    )

    def record(entry: Entry) -> Done:
        done = consider(
            the_office(), database(), complaint_id, considered_on=entry.present("ngay"), text=entry["viec"],
            account=account, attachments=entry.attachments("tep"),
        )  # fmt: skip
        return _done("Đã ghi việc xem xét.", done)

    act = Act("Ghi việc xem xét khiếu nại", "Ghi việc xem xét", fields, record, _KEPT,
              check=_not_before_received(complaint), beside=LEVEL_AND_FILES, about=_about(complaint))  # fmt: skip
    return page_of(act, dossier_id)


@pages.route("/<complaint_id>/ket-luan", methods=["GET", "POST"])
def conclusion(dossier_id: str, complaint_id: str) -> Page:
    """The written conclusion, which closes a complaint."""
    account = require("complaint.resolve", dossier_id)
    _of(dossier_id, complaint_id)
    _, complaint = read_complaint(database(), complaint_id, account)
    levels = load_rulebook(campaign_of(database(), dossier_id).rulebook).levels
    fields = (
        Field("ket-luan", "Kết luận", "choice", required=True, choices=choices_of(OUTCOMES)),
        Field("muc", "Mức mới", "choice", choices=level_choices(levels), hint="Chỉ ghi khi điều chỉnh kết quả."),
        Field("so", "Số văn bản kết luận", required=True, hint="Ví dụ 07-KL/ĐU."),
        Field("ngay", "Ngày kết luận", "day", required=True).at(present_day()),
        Field("xac-minh", "Kết quả xem xét, xác minh", "text", required=True),
        Field("can-cu", "Căn cứ của kết luận", "text", required=True),
    )

    def check(entry: Entry) -> None:
        _not_before_received(complaint)(entry)
        adjusted = entry["ket-luan"] == "adjusted"
        if adjusted and not entry["muc"]:
            entry.blame("muc", "Điều chỉnh kết quả thì phải chọn mức mới.")
        if not adjusted and entry["muc"]:
            entry.blame("muc", "Chỉ chọn mức mới khi kết luận là điều chỉnh kết quả.")
        if all(step.kind != "considered" for step in complaint.steps):
            entry.blame("ket-luan", "Chưa ghi việc xem xét nào; phải ghi việc xem xét rồi mới kết luận (V.3).")

    def look(entry: Entry) -> dict[str, Any]:
        if entry["ket-luan"] != "adjusted":
            return {}
        return told_if_allowed(if_decided(database(), dossier_id, entry["muc"]), levels)

    def record(entry: Entry) -> Done:
        said = Conclusion(
            entry["ket-luan"], entry.present("ngay"), entry["so"], entry["xac-minh"], entry["can-cu"],
            entry.given("muc"),
        )  # fmt: skip
        done = resolve(the_office(), database(), complaint_id, said, account=account)
        further = " Việc tiếp theo: ra quyết định hủy kết quả." if said.outcome == "annulled" else ""
        return _done(f"Đã kết luận khiếu nại: {OUTCOMES[said.outcome].lower()}.{further}", done)

    act = Act(
        "Kết luận khiếu nại", "Kết luận", fields, record,
        "Kết luận khép lại khiếu nại và được in thành thông báo; không sửa, không xóa được.",
        check=check, look=look, beside={LevelRefused: "muc"}, about=_about(complaint, with_texts=True),
    )  # fmt: skip
    return page_of(act, dossier_id)


def _of(dossier_id: str, complaint_id: str) -> Complaint:
    """The complaint, which must be about this dossier's result.

    Raises:
        NotFound: it is not.
    """
    evaluation_id = str(show(database(), dossier_id)["evaluation_id"])
    found = next((one for one in complaints_of(database(), evaluation_id) if one.id == complaint_id), None)
    if found is None:
        raise NotFound("Hồ sơ này không có khiếu nại ấy.")
    return found


def _not_before_received(complaint: Complaint) -> Callable[[Entry], None]:
    def check(entry: Entry) -> None:
        entry.not_before("ngay", date.fromisoformat(complaint.received_on), "ngày nhận đơn")

    return check


def _about(complaint: Complaint, *, with_texts: bool = False) -> dict[str, Any]:
    """The complaint as it is shown above a form; its texts only for who may read them."""
    return {"template": "about_complaint.html", "complaint": complaint, "with_texts": with_texts}


def _done(sentence: str, handled: Handled) -> Done:
    filed = f" Hồ sơ có phiên bản {handled.version}." if handled.version else " Giấy tờ được đưa vào khi hồ sơ nộp lưu."
    printed = f" Bản để in ở máy chủ, thư mục print: {', '.join(handled.papers)}." if handled.papers else ""
    return Done(sentence + filed + printed, handled.findings)
