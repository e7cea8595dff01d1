"""Lists for planning and appointments: who qualifies, and the results of people whose names are given."""

from __future__ import annotations

import io
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from archive.afterwards.amending import present_day
from archive.office.accounts import Account
from generator.errors import HosoError
from generator.vietnamese import nfc
from pages.connection import database, the_office
from pages.session import require
from search.candidate_sheets import candidate_sheet, named_sheet
from search.candidate_units import unit_names
from search.candidate_words import born, named_question, outcome, question, told_list
from search.candidates import CAPACITIES, NOW, THEN, Asked, candidates
from search.judged_years import guidances
from search.name_lists import LARGEST_LIST, MOST_LINES, NameList, in_file, pasted
from search.named_people import FOUND, STATES, results_of_named
from search.spans import MOST_YEARS
from search.year_results import GAPS

ROWS = 50
_MOST_UNITS = 1_000  # names offered to choose from
_STATE = ("muc", "tu-cach", "so-nam", "den", "don-vi", "theo", "thieu", "cao-nhat", "trang")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pages = Blueprint("candidates", __name__, url_prefix="/danh-sach")


@pages.get("")
def page() -> str | tuple[str, int]:
    """The people who qualify by the address; without a level there, the form alone."""
    require("person.see")
    if "muc" not in request.args:
        return _form()
    number = max(_number(request.args, "trang", 1), 1)
    book = the_office().settings.rulebook
    try:
        found = candidates(database(), _asked(), book, limit=ROWS, offset=(number - 1) * ROWS)
    except HosoError as error:
        return _form(problem=error.message), HTTPStatus.BAD_REQUEST
    return _form(
        found=found,
        question=question(found),
        outcome=outcome(found),
        number=number,
        last=max((found.counted["qualified"] + ROWS - 1) // ROWS, 1),
    )


@pages.get("/excel")
def excel() -> Response:
    """The same list whole, as an Excel file."""
    account = require("person.see")
    found = candidates(database(), _asked(), the_office().settings.rulebook)
    data = candidate_sheet(database(), found, today=present_day(), actor=account.id)
    return _sent(data, f"danh-sach-{found.span.first}-{found.span.last}.xlsx")


@pages.get("/ten")
def names() -> str:
    """The form to give names."""
    require("person.see")
    return _named()


@pages.post("/ten")
def results() -> str | tuple[str, int] | Response:
    """The results of the people of a list that was pasted or sent as a file; as an Excel file where asked so."""
    account = require("person.see")
    try:
        given = _given()
        if not given.lines:
            return _named(problem="Chưa có tên nào. Xin dán danh sách hoặc chọn tệp."), HTTPStatus.BAD_REQUEST
        return _answered(given, account)
    except HosoError as error:
        return _named(problem=error.message), HTTPStatus.BAD_REQUEST


def _asked() -> Asked:
    told = request.args
    return Asked(
        at_least=tuple(nfc(level) for level in told.getlist("muc") if level),
        best=_number(told, "cao-nhat", 0),
        capacity=told["tu-cach"] if told.get("tu-cach") in CAPACITIES else CAPACITIES[0],
        unit=nfc(told.get("don-vi", "")).strip(),
        basis=THEN if told.get("theo") == THEN else NOW,
        show_gaps=told.get("thieu") == "ghi-ro",
        **_span(told),
    )


def _span(told: Mapping[str, str]) -> dict[str, Any]:
    """The last years, up to a period; a span written out (`2016..2018`) where the last period has two dots."""
    last = told.get("den", "").strip()
    return {"between": last} if ".." in last else {"years": _number(told, "so-nam", 3), "until": last}


def _number(told: Mapping[str, str], name: str, default: int) -> int:
    text = told.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else default


def _form(**more: Any) -> str:
    known = unit_names(database())
    return render_template(
        "candidates.html",
        given=request.args,
        levels=request.args.getlist("muc"),
        years=_number(request.args, "so-nam", 3),
        best=_number(request.args, "cao-nhat", 0),
        most_years=MOST_YEARS,
        books=guidances(database(), the_office().settings.rulebook),
        capacities=CAPACITIES,
        units=known if len(known) <= _MOST_UNITS else [],
        born=born,
        address=_address,
        gaps=GAPS,
        **more,
    )


def _address(endpoint: str = "candidates.page", **changes: Any) -> str:
    """This list with some of its state changed; empty values leave the address."""
    kept = {name: request.args.getlist(name) for name in _STATE}
    merged = {**kept, **changes}
    return url_for(endpoint, **{name: value for name, value in merged.items() if value and value != [""]})


def _file() -> FileStorage | None:
    sent = request.files.get("tep")
    return sent if sent and sent.filename else None


def _given() -> NameList:
    sent = _file()
    if sent:
        column = nfc(request.form.get("cot", "")).strip()
        return in_file(sent.filename or "", sent.stream.read(LARGEST_LIST + 1), column)
    return pasted(request.form.get("ten", ""))


def _answered(given: NameList, account: Account) -> str | Response:
    answer = results_of_named(database(), given, the_office().settings.rulebook, **_span(request.form))
    if "excel" in request.form:
        data = named_sheet(database(), answer, today=present_day(), actor=account.id)
        return _sent(data, f"ket-qua-{answer.span.first}-{answer.span.last}.xlsx")
    sent = {"text": told_list(given)} if _file() else {}
    return _named(answer=answer, question=named_question(answer), **sent)


def _named(**more: Any) -> str:
    return render_template(
        "named_people.html",
        **{"text": request.form.get("ten", ""), **more},
        years=_number(request.form, "so-nam", 3),
        until=request.form.get("den", ""),
        column=request.form.get("cot", ""),
        most_years=MOST_YEARS,
        most_lines=MOST_LINES,
        states=STATES,
        found_state=FOUND,
        books=guidances(database(), the_office().settings.rulebook),
        born=born,
        gaps=GAPS,
    )


def _sent(data: bytes, name: str) -> Response:
    response: Response = send_file(io.BytesIO(data), mimetype=_EXCEL, as_attachment=True, download_name=name)
    return response
