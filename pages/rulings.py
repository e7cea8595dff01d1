"""Decisions about a result that was decided before: annulled, classified again, reported (13-HD/TU, V.1, gạch 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint

from archive.afterwards.amending import present_day
from archive.afterwards.annulments import CAUSES, annul
from archive.afterwards.outcome import Changed
from archive.afterwards.reclassifying import reclassify, report_upward
from archive.campaigns.foreseen import if_annulled, if_decided
from archive.campaigns.rulings import campaign_of
from archive.errors import NotFound
from archive.records.afterwards import Annulment, annulments_of, complaints_of, newest_decision
from archive.records.dossiers import show
from generator.rules.rulebook import load_rulebook
from generator.rules.scale import Scale
from generator.vietnamese import short_date
from pages.acts import LEVEL_AND_FILES, Act, Done, Page, page_of
from pages.connection import database, the_office
from pages.fields import Entry, Field, choices_of
from pages.foreseen import level_choices, told, told_if_allowed
from pages.session import require

pages = Blueprint("rulings", __name__, url_prefix="/ho-so/<dossier_id>")
_KEPT = "Việc này được ghi vào hồ sơ thành một phiên bản mới, có quyết định để in; không xóa được."


@pages.route("/huy-ket-qua", methods=["GET", "POST"])
def annulment(dossier_id: str) -> Page:
    """The decision that annuls a result; what it does is shown first."""
    account = require("decision.annul", dossier_id)
    evaluation_id = _evaluation(dossier_id)
    decided = newest_decision(database(), evaluation_id)
    if decided is None or decided["annulled_on"]:
        raise NotFound("Hồ sơ này không có kết quả xếp loại đang có hiệu lực nên không có gì để hủy.")
    asked_for = _asking_complaints(evaluation_id, decided["id"])
    levels = load_rulebook(campaign_of(database(), dossier_id).rulebook).levels
    fields = (
        Field("nguyen-nhan", "Vì sao hủy", "choice", required=True, choices=choices_of(CAUSES)),
        Field("ly-do", "Khuyết điểm phát hiện hoặc điều kiện không bảo đảm", "text", required=True,
              hint="Được in trong quyết định hủy kết quả."),
        Field("so", "Số quyết định hủy kết quả", required=True, hint="Ví dụ 21-QĐ/ĐU."),
        Field("ngay", "Ngày quyết định", "day", required=True,
              hint="Thời hạn xếp loại lại đếm từ ngày làm việc sau ngày này.").at(present_day()),
        Field("co-quan", "Cơ quan quyết định", hint="Bỏ trống thì là nơi đã quyết định xếp loại."),
        *((Field("khieu-nai", "Theo kết luận khiếu nại", "choice", choices=asked_for, start=asked_for[0][0]),)
          if asked_for else ()),
        Field("tep", "Bản quét quyết định, giấy tờ kèm theo", "files", many=True),
    )  # fmt: skip

    def look(entry: Entry) -> dict[str, Any]:
        return told(if_annulled(database(), dossier_id), levels)

    def check(entry: Entry) -> None:
        entry.not_before("ngay", _day(decided["decided_on"]), "ngày quyết định xếp loại")

    def record(entry: Entry) -> Done:
        done, _ = annul(
            the_office(), database(), dossier_id, reason=entry["ly-do"], document=entry["so"],
            annulled_on=entry.present("ngay"), cause=entry["nguyen-nhan"], complaint=entry.given("khieu-nai"),
            body=entry.given("co-quan"), attachments=entry.attachments("tep"), account=account,
        )  # fmt: skip
        return _done("Đã hủy kết quả xếp loại.", done)

    act = Act(
        f"Hủy kết quả “{levels.label(decided['level'])}”", "Hủy kết quả", fields, record,
        "Kết quả cũ được giữ lại, ghi là đã hủy; không lấy lại được. Thời hạn xếp loại lại bắt đầu chạy.",
        check=check, look=look, beside=LEVEL_AND_FILES,
    )  # fmt: skip
    return page_of(act, dossier_id)


@pages.route("/xep-loai-lai", methods=["GET", "POST"])
def second_decision(dossier_id: str) -> Page:
    """The decision that classifies again after an annulment; what it does is shown first."""
    account = require("decision.make", dossier_id)
    waiting = next((one for one in _annulments(dossier_id) if one.reclassified_on is None), None)
    if waiting is None:
        raise NotFound("Hồ sơ này không có kết quả nào đã hủy mà chưa xếp loại lại.")
    levels = load_rulebook(campaign_of(database(), dossier_id).rulebook).levels
    fields = (
        Field("muc", "Mức xếp loại lại", "choice", required=True, choices=level_choices(levels)),
        Field("so", "Số quyết định", required=True, hint="Ví dụ 25-QĐ/ĐU."),
        Field("ngay", "Ngày quyết định", "day", required=True).at(present_day()),
        Field("nhan-xet", "Nhận xét in trong quyết định", "text"),
        Field("co-quan", "Cơ quan quyết định", hint="Bỏ trống thì là nơi đã hủy kết quả."),
        Field("kiem-diem", "Ngày kiểm điểm lại", "day"),
        Field("bo-phieu", "Ngày bỏ phiếu kín", "day", hint="Bỏ trống thì là ngày quyết định."),
        Field("ngay-bao-cao", "Ngày báo cáo cấp trên", "day", hint="Chưa báo cáo thì để trống, ghi sau."),
        Field("bao-cao", "Số báo cáo", hint="Ví dụ 12-BC/ĐU."),
    )
    annulled_on = _day(waiting.annulled_on)

    def check(entry: Entry) -> None:
        for name in ("kiem-diem", "bo-phieu", "ngay"):
            entry.not_before(name, annulled_on, "ngày hủy kết quả")
        entry.not_before("ngay", "kiem-diem", "ngày kiểm điểm lại")
        entry.not_before("ngay", "bo-phieu", "ngày bỏ phiếu")
        entry.not_before("ngay-bao-cao", "ngay", "ngày quyết định")
        _both(entry, "ngay-bao-cao", "bao-cao")

    def look(entry: Entry) -> dict[str, Any]:
        return told_if_allowed(if_decided(database(), dossier_id, entry["muc"]), levels)

    def record(entry: Entry) -> Done:
        done, _ = reclassify(
            the_office(), database(), dossier_id, level=entry["muc"], decision=entry["so"],
            decided_on=entry.present("ngay"), comment=entry.given("nhan-xet"), body=entry.given("co-quan"),
            reviewed_on=entry.day("kiem-diem"), voted_on=entry.day("bo-phieu"),
            reported_on=entry.day("ngay-bao-cao"), report=entry.given("bao-cao"), account=account,
        )  # fmt: skip
        return _done("Đã xếp loại lại.", done)

    act = Act("Xếp loại lại", "Xếp loại lại", fields, record, _KEPT, check=check, look=look,
              beside=LEVEL_AND_FILES, about=_about(waiting, levels))  # fmt: skip
    return page_of(act, dossier_id)


@pages.route("/bao-cao-cap-tren", methods=["GET", "POST"])
def report(dossier_id: str) -> Page:
    """The report upward on a second decision."""
    account = require("decision.make", dossier_id)
    waiting = next((one for one in _annulments(dossier_id) if one.reclassified_on and not one.reported_on), None)
    if waiting is None:
        raise NotFound("Hồ sơ này không có kết quả xếp loại lại nào còn phải báo cáo cấp trên.")
    levels = load_rulebook(campaign_of(database(), dossier_id).rulebook).levels
    fields = (
        Field("ngay", "Ngày báo cáo", "day", required=True).at(present_day()),
        Field("bao-cao", "Số báo cáo", required=True, hint="Ví dụ 12-BC/ĐU."),
    )
    decided_on = _day(waiting.reclassified_on)

    def record(entry: Entry) -> Done:
        done, _ = report_upward(
            the_office(), database(), dossier_id, reported_on=entry.present("ngay"), report=entry["bao-cao"],
            account=account,
        )  # fmt: skip
        return _done("Đã ghi việc báo cáo cấp trên.", done)

    act = Act(
        "Ghi việc báo cáo cấp trên", "Ghi việc báo cáo", fields, record, _KEPT, about=_about(waiting, levels),
        check=lambda entry: entry.not_before("ngay", decided_on, "ngày xếp loại lại"),
    )  # fmt: skip
    return page_of(act, dossier_id)


def _evaluation(dossier_id: str) -> str:
    found = show(database(), dossier_id)["evaluation_id"]
    if found is None:
        raise NotFound("Hồ sơ đợt của đơn vị không có kết quả xếp loại.")
    return str(found)


def _annulments(dossier_id: str) -> list[Annulment]:
    return annulments_of(database(), _evaluation(dossier_id))


def _asking_complaints(evaluation_id: str, decision_id: str) -> tuple[tuple[str, str], ...]:
    """The complaints whose conclusion asks for the annulment of a decision."""
    return tuple(
        (one.id, f"Kết luận {one.concluded.number or ''} ngày {short_date(date.fromisoformat(one.concluded.taken_on))}")
        for one in complaints_of(database(), evaluation_id)
        if one.decision_id == decision_id and one.concluded and one.concluded.outcome == "annulled"
    )


def _both(entry: Entry, one: str, other: str) -> None:
    """Blames the empty one of two fields that are filled together or not at all."""
    if bool(entry[one]) != bool(entry[other]):
        entry.blame(other if entry[one] else one, "Ghi cả ngày và số báo cáo, hoặc để trống cả hai.")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _about(annulled: Annulment, levels: Scale) -> dict[str, Any]:
    return {"template": "about_annulment.html", "annulled": annulled, "levels": levels}


def _done(sentence: str, changed: Changed) -> Done:
    filed = f" Hồ sơ có phiên bản {changed.version}." if changed.version else ""
    printed = f" Bản để in ở máy chủ, thư mục print: {', '.join(changed.papers)}." if changed.papers else ""
    advice = f" {changed.clock.advice}." if changed.clock.advice else ""
    return Done(f"{sentence} {changed.clock.sentence}.{advice}{filed}{printed}", changed.clock.findings)
