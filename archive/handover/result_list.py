"""The list of results as an Excel file, for the database of party members: nobody types it again."""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from archive.handover.results import STANDINGS, Result, results
from archive.records import events
from archive.records.database import writing
from generator.facts.values import choice_label
from generator.vietnamese import name_sort_key, short_date, text_sort_key
from generator.workbook.listing import listing

SHEET = "Kết quả xếp loại"
HEADERS: tuple[tuple[str, float], ...] = (
    ("TT", 6), ("Họ và tên", 28), ("Ngày sinh", 13), ("Số thẻ đảng viên", 16), ("Số lý lịch đảng viên", 16),
    ("Chi bộ, đơn vị", 28), ("Tổ chức đảng cấp trên", 28), ("Tư cách đánh giá", 24), ("Năm", 9), ("Mức xếp loại", 26),
    ("Số quyết định", 16), ("Ngày quyết định", 14), ("Cấp quyết định", 28), ("Hiệu lực", 16), ("Mã hồ sơ", 24),
)  # fmt: skip


def result_list(
    database: Database, *, actor: str, period: str | None = None, unit: str | None = None
) -> tuple[bytes, int]:
    """The results of people of a period or a unit with all under it, by unit and by name in the Vietnamese order.

    Every cell is text: numbers keep the zeros in front, and what begins like a formula is none. Writes the event.

    Returns:
        the .xlsx file and how many rows it has.
    """
    found = sorted(results(database, period=period, unit=unit), key=_order)
    lines = [_line(number, result) for number, result in enumerate(found, start=1)]
    data = listing(SHEET, "Danh sách kết quả đánh giá, xếp loại chất lượng", HEADERS, lines)
    with writing(database):
        events.append(database, actor=actor, action="results.exported", subject="results", note=f"rows={len(found)}")
    return data, len(found)


def _order(result: Result) -> tuple[object, ...]:
    name = result.person["full_name"]
    return (result.period, text_sort_key(result.unit), name_sort_key(name), result.person["id"], result.capacity)


def _line(number: int, result: Result) -> tuple[str, ...]:
    person = result.person
    return (
        str(number), person["full_name"], _day(person["birth_date"]), person["card_number"], person["file_number"],
        result.unit, result.parent, choice_label("capacity", result.capacity), result.period, result.level_label,
        result.number, _day(result.decided_on), result.body, STANDINGS[result.standing], result.dossier_id,
    )  # fmt: skip


def _day(text: str | None) -> str:
    """A day in the order people write it; a year or month alone stays as it is."""
    return short_date(date.fromisoformat(text)) if text and len(text) == len("2018-12-01") else text or ""
