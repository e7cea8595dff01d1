"""Lists for planning and appointments as Excel files: how they were asked stands above, their sources beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.database import writing
from generator.facts.values import choice_label
from generator.vietnamese import short_date
from generator.workbook.listing import listing
from search.candidate_words import born, decisions, named_question, outcome, question, sources, units
from search.candidates import Candidates
from search.named_people import FOUND, STATES, Answered, NamedPeople
from search.spans import Span
from search.year_results import Year

SHEET = "Danh sách"
_YEAR = 17.0
_SOURCES = (("Đơn vị khi đánh giá", 22.0), ("Quyết định", 32.0), ("Mã hồ sơ", 24.0))


def candidate_sheet(database: Database, found: Candidates, *, today: date, actor: str) -> bytes:
    """Who qualifies, as an .xlsx file, one row a person. Writes the event that a list left the office.

    Args:
        actor: who asked, as events name him.
    """
    title = "Danh sách người đủ điều kiện về kết quả xếp loại"
    headers = (
        ("TT", 6), ("Họ và tên", 25), ("Ngày sinh", 13), ("Đơn vị hiện nay", 22), ("Số thẻ, số lý lịch", 13),
        *_years(found.span), ("Số năm mức cao nhất", 9), ("Năm không có kết quả để tính", 13), *_SOURCES,
    )  # fmt: skip
    lines = [
        (
            str(number), one.person["name"], born(one.person), one.person["unit"] or "", one.person["codes"],
            *(year.text for year in one.years), str(one.best), ", ".join(year.year for year in one.gaps),
            *_beside(one.years),
        )
        for number, one in enumerate(found.people, start=1)
    ]  # fmt: skip
    _told(database, actor, len(lines))
    return listing(SHEET, title, headers, lines, [title, *question(found), *outcome(found), _when(today)])


def named_sheet(database: Database, answer: NamedPeople, *, today: date, actor: str) -> bytes:
    """The results of the people of a list, as an .xlsx file: each line of the list has a row, or one a capacity.

    A line that may mean several people has a row for each of them, without results. Writes the event.
    """
    title = "Kết quả xếp loại của những người trong danh sách"
    headers = (
        ("TT", 6), ("Ghi trong danh sách", 25), ("Dòng", 7), ("Kết quả tìm", 11), ("Họ và tên", 25), ("Ngày sinh", 13),
        ("Đơn vị hiện nay", 22), ("Số thẻ, số lý lịch", 13), ("Tư cách đánh giá", 14), *_years(answer.span),
        *_SOURCES, ("Ghi chú", 24),
    )  # fmt: skip
    rows = [row for one in answer.lines for row in _rows(one, len(answer.span.years))]
    lines = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    _told(database, actor, len(lines))
    return listing(SHEET, title, headers, lines, [title, *named_question(answer), _when(today)])


def _rows(one: Answered, years: int) -> list[tuple[str, ...]]:
    head = (one.line.given.replace("\t", " | "), str(one.line.number), STATES[one.state])
    if one.state == FOUND:
        who = _who(one.people[0])
        return [
            (*head, *who, choice_label("capacity", capacity), *(year.text for year in told), *_beside(told), one.remark)
            for capacity, told in one.years.items()
        ]
    empty = ("",) * (1 + years + len(_SOURCES))
    if not one.people:
        return [(*head, "", "", "", "", *empty, one.remark)]
    more = one.total - len(one.people)
    remark = f"{one.remark} Còn {more} người nữa không ghi ở đây." if more else one.remark
    return [(*head, *_who(person), *empty, remark) for person in one.people]


def _who(person: Mapping[str, Any]) -> tuple[str, ...]:
    return person["name"], born(person), person["unit"] or "", person["codes"]


def _years(span: Span) -> list[tuple[str, float]]:
    return [(f"Năm {year}", _YEAR) for year in span.years]


def _beside(years: Sequence[Year]) -> tuple[str, str, str]:
    return units(years), decisions(years), sources(years)


def _when(today: date) -> str:
    return f"Lập ngày {short_date(today)} từ kho hồ sơ. Mức ghi ở đây là mức theo quyết định còn hiệu lực."


def _told(database: Database, actor: str, lines: int) -> None:
    with writing(database):
        events.append(database, actor=actor, action="results.exported", subject="candidates", note=f"rows={lines}")
