"""Codes as people read them, for the templates."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import PurePosixPath

from flask import Flask

from archive.office.accounts import roles_for
from generator.facts.values import choice_label
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import decimal, short_date
from pages.connection import the_office
from search.snippet import marked

_HERE = timezone(timedelta(hours=7))  # Việt Nam keeps one hour all year
_UNITS = ("byte", "KB", "MB", "GB")
_FILE_KINDS = {
    ".pdf": "PDF",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".jpg": "Ảnh",
    ".jpeg": "Ảnh",
    ".png": "Ảnh",
    ".json": "JSON",
}


def install(app: Flask) -> None:
    """Gives the templates their filters."""
    app.jinja_env.filters.update(
        level=level,
        level_short=level_short,
        kind=kind,
        status=status,
        day=day,
        moment=moment,
        size=size,
        file_kind=file_kind,
        marked=marked,
        severity=severity,
        action=action,
        complaint_step=complaint_step,
        who=who,
        who_may=who_may,
        stop=stop,
    )


def _book() -> Rulebook:
    return load_rulebook(the_office().settings.rulebook)


def levels() -> tuple[str, ...]:
    """Every level, the best first, with the one outside the order last."""
    scale = _book().levels
    return (*scale.codes, *scale.outside)


def level(code: str | None) -> str:
    """“Hoàn thành tốt nhiệm vụ”."""
    return _book().levels.labels.get(code, code) if code else ""


def level_short(code: str | None) -> str:
    """“HTTNV”."""
    return _book().levels.shorts.get(code, code) if code else ""


def kind(code: str) -> str:
    """The kind of a dossier."""
    return "Hồ sơ đợt của đơn vị" if code == "campaign" else choice_label("capacity", code)


def status(code: str) -> str:
    """The status of a dossier; a result taken over from paper has its own."""
    return "Theo giấy tờ cũ" if code == "paper" else choice_label("dossier_status", code or "draft")


def severity(code: str) -> str:
    """How much a finding weighs."""
    return {"error": "Sai quy định", "warning": "Cần xem lại"}.get(code, "Lưu ý")


def action(code: str) -> str:
    """What an event tells of."""
    return {
        "dossier.filed": "Nộp lưu",
        "dossier.seen": "Xem hồ sơ",
        "dossier.corrected": "Sửa sau khi nộp lưu",
        "document.opened": "Mở tài liệu",
        "paper.taken": "Nhận giấy tờ",
        "decision.annulled": "Hủy kết quả",
        "decision.reclassified": "Xếp loại lại",
        "reclassification.reported": "Báo cáo cấp trên",
        "complaint.opened": "Tiếp nhận khiếu nại",
        "complaint.acknowledged": "Báo nhận khiếu nại",
        "complaint.considered": "Xem xét khiếu nại",
        "complaint.concluded": "Kết luận khiếu nại",
        "complaint.read": "Đọc nội dung khiếu nại",
        "opinion.reserved": "Ghi ý kiến bảo lưu",
        "dossier.exported": "Chép ra thư mục",
        "finding.waived": "Chấp nhận ngoại lệ",
        "waiver.ended": "Ngoại lệ hết hiệu lực",
        "question.answered": "Trả lời câu hỏi",
    }.get(code, "Việc khác")


def complaint_step(code: str) -> str:
    """What was done about a complaint: “Đang xem xét” tells a state, “Xem xét” a step."""
    return {"acknowledged": "Báo nhận", "considered": "Xem xét", "concluded": "Kết luận"}.get(code, code)


def who(name: str) -> str:
    """Who did something, where no account stands behind it."""
    return {"cli": "dòng lệnh", "demo": "chương trình chạy thử"}.get(name, name)


def who_may(action_code: str) -> str:
    """Those who may do something: “người duyệt, kiểm tra, quản trị”."""
    return ", ".join(name[0].lower() + name[1:] for name in roles_for(action_code))


def stop(sentence: str) -> str:
    """A sentence with its full stop, just one."""
    return sentence if sentence.endswith((".", "?", "!", "…")) else f"{sentence}."


def day(text: str | None) -> str:
    """An ISO date as 20/12/2018."""
    return short_date(datetime.fromisoformat(text).date()) if text else ""


def moment(text: str | None) -> str:
    """An ISO moment as people here read it: 08:05 ngày 20/12/2018."""
    if not text:
        return ""
    local = datetime.fromisoformat(text).astimezone(_HERE)
    return f"{local:%H:%M} ngày {short_date(local.date())}"


def size(count: int) -> str:
    """A number of bytes: “54,3 KB”."""
    number, unit = float(count), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{decimal(number)} {_UNITS[unit]}"


def file_kind(path: str) -> str:
    """What a file is, by its name."""
    return _FILE_KINDS.get(PurePosixPath(path).suffix.lower(), "Tệp")
