"""How a list was asked for and what came of it, in sentences: the same on the page, the command line and in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.facts.values import choice_label
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date
from search.candidates import THEN, Candidates
from search.name_lists import NameList
from search.named_people import FOUND, MISSING, UNCLEAR, NamedPeople
from search.year_results import Result, Year


def question(found: Candidates) -> list[str]:
    """What was asked, a sentence each."""
    asked = found.asked
    levels = "; ".join(_bound(found.books[name], level) for name, level in found.bounds.items())
    told = [
        f"{choice_label('capacity', asked.capacity)}, các năm {', '.join(found.span.years)}: năm nào cũng {levels}."
    ]
    if found.span.last[4:] or found.span.first[4:]:
        told.append(f"Chỉ tính các kỳ từ {found.span.first} đến {found.span.last}.")
    if asked.best:
        told.append(f"Ít nhất {asked.best} năm ở mức cao nhất.")
    if asked.unit:
        basis = "theo tổ chức lúc được đánh giá" if asked.basis == THEN else "theo tổ chức hiện nay"
        told.append(f"Thuộc “{asked.unit}” và các đơn vị trực thuộc, {basis}.")
    told.append(
        "Năm chưa có kết quả, không xếp loại, đã hủy kết quả hoặc đang có khiếu nại: "
        + ("vẫn đưa vào danh sách và ghi rõ." if asked.show_gaps else "không đưa vào danh sách.")
    )
    return told


def _bound(book: Rulebook, level: str) -> str:
    above = " trở lên" if book.levels.above(level) else ""
    return f"“{book.levels.label(level)}”{above} ({book.short_citation})"


def outcome(found: Candidates) -> list[str]:
    """How many qualify, and how many do not and why."""
    counted = found.counted
    reasons = [
        f"{counted[name]} {text}"
        for name, text in (
            ("below", "người có năm dưới mức"),
            ("gaps", f"người không có kết quả để tính {'ở năm nào' if found.asked.show_gaps else 'ở ít nhất một năm'}"),
            ("short_of_best", "người chưa đủ số năm ở mức cao nhất"),
        )
        if counted[name]
    ]
    rest = f"; không đưa vào: {', '.join(reasons)}" if reasons else ""
    return [
        f"{counted['qualified']} người đủ điều kiện trong {counted['considered']} người có đánh giá{rest}.",
        *found.notes,
    ]


def named_question(answer: NamedPeople) -> list[str]:
    """What was asked of a list of names, and how many lines ended how."""
    told = [f"Kết quả các năm {', '.join(answer.span.years)} của những người trong danh sách."]
    if answer.source:
        told.append(f"Tên lấy từ {answer.source}.")
    if answer.headings:
        told.append(f"Không tính {len(answer.headings)} dòng tiêu đề: {' / '.join(answer.headings)}")
    told.append(
        f"{len(answer.lines)} dòng: {answer.count(FOUND)} đã rõ, {answer.count(UNCLEAR)} chưa rõ là ai, "
        f"{answer.count(MISSING)} không tìm thấy."
    )
    return told


def told_list(given: NameList) -> str:
    """A list as lines to paste: what was read in a file can be seen, mended and asked again."""
    return "\n".join("\t".join((one.name, *one.tells)) if given.source else one.given for one in given.lines)


def born(person: Mapping[str, Any]) -> str:
    """The birth date as people write it; empty where it is not known."""
    return short_date(date.fromisoformat(person["birth_date"])) if person["birth_date"] else ""


def units(years: Iterable[Year]) -> str:
    """Where the person was evaluated: one unit, or each with its periods."""
    at: dict[str, list[str]] = {}
    for result in _results(years):
        if result.place[1]:
            at.setdefault(result.place[1], []).append(result.period)
    return next(iter(at)) if len(at) == 1 else "; ".join(f"{unit} ({', '.join(when)})" for unit, when in at.items())


def decisions(years: Iterable[Year]) -> str:
    """The decisions behind the results with their days, a line each."""
    return "\n".join(
        f"{result.period}: {result.decision}"
        + (f" ngày {short_date(date.fromisoformat(result.decided_on))}" if result.decided_on else "")
        for result in _results(years)
        if result.decision
    )


def sources(years: Iterable[Year]) -> str:
    """The dossiers the results stand in, a line each; results on paper of years before hoso have none."""
    return "\n".join(
        f"{result.period}: theo giấy tờ cũ" if result.status == "paper" else result.dossier_id or ""
        for result in _results(years)
        if result.status == "paper" or result.dossier_id
    )


def _results(years: Iterable[Year]) -> list[Result]:
    return [result for year in years for result in year.results]
