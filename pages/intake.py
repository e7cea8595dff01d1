"""Papers people hand in: uploading them, and deciding whose a paper is that nothing tells for certain."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from archive.errors import ArchiveError
from archive.intake.machine_reading import reader_name
from archive.intake.matching import kinds
from archive.intake.papers import LARGEST_FILE
from archive.intake.recognising import Decision, Recognition
from archive.intake.report import IntakeReport
from archive.intake.run import Amendment, Upload, campaign_named, intake_uploads, take_waiting
from archive.intake.waiting import Waiting, campaigns_open_to_papers, look_at, put_away, waiting_papers
from archive.office.accounts import Account
from generator.vietnamese import nfc
from pages.connection import database, the_office
from pages.handed_files import LARGEST_SENT
from pages.session import require
from search.index import drain

_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
pages = Blueprint("intake", __name__, url_prefix="/giay-to")


@pages.get("/")
def page() -> str:
    """The form to hand papers in, and the papers that wait for a decision."""
    require("paper.take")
    return _shown()


@pages.post("/")
def take() -> str | tuple[str, int]:
    """Takes the files sent, and says what came of each."""
    account = require("paper.take")
    files = [one for one in request.files.getlist("tep") if one.filename]
    if not files:
        return _shown(error="Chưa chọn tệp nào. Xin chọn tệp rồi gửi lại."), 400
    report = intake_uploads(the_office(), _uploads(files), actor=account.id, campaign_id=_campaign())
    drain(the_office(), database())
    return _shown(report)


@pages.post("/<paper_id>")
def decide(paper_id: str) -> str | tuple[str, int]:
    """Takes a waiting paper as the person decided."""
    account = require("paper.take")
    told = nfc(request.form.get("cua", "")).split(" – ")[0]
    decision = Decision(told.strip(), request.form.get("loai", ""))
    try:
        report = take_waiting(the_office(), paper_id, decision, actor=account.id, amendment=_amendment(account))
    except ArchiveError as error:
        return _shown(tried=_tried(paper_id, error)), 409
    drain(the_office(), database())
    return _shown(report)


@pages.post("/<paper_id>/bo")
def leave_out(paper_id: str) -> Response:
    """Takes a waiting paper off the list."""
    account = require("paper.take")
    put_away(the_office(), database(), paper_id, actor=account.id)
    return redirect(url_for("intake.page", dot=request.form.get("dot") or None), code=303)


@pages.get("/<paper_id>/xem")
def look(paper_id: str) -> Response:
    """A waiting paper to look at; nobody knows yet whether it is a restricted one, so only who decides may."""
    account = require("paper.take")
    paper, data = look_at(database(), paper_id, actor=account.id)
    shown = paper.media_type in _SHOWN
    response: Response = send_file(
        io.BytesIO(data),
        mimetype=paper.media_type if shown else "application/octet-stream",
        as_attachment=not shown,
        download_name=PurePath(paper.path).name,
    )
    return response


def _uploads(files: Sequence[FileStorage]) -> Iterator[Upload]:
    # One file at a time is in memory, and of a larger one than is taken only so much that it is refused.
    for one in files:
        yield Upload(one.filename or "", one.stream.read(LARGEST_FILE + 1))


def _amendment(account: Account) -> Amendment | None:
    reason = nfc(request.form.get("ly-do", "")).strip()
    return Amendment(reason, nfc(request.form.get("van-ban", "")).strip(), account) if reason else None


def _tried(paper_id: str, error: ArchiveError) -> dict[str, str]:
    """A decision that could not be carried out, so that its form is shown again with all that stood in it."""
    names = {"cua": "cua", "loai": "loai", "reason": "ly-do", "document": "van-ban"}
    written = {name: nfc(request.form.get(field, "")) for name, field in names.items()}
    return {"id": paper_id, "error": error.message, **written}


def _still_waits(paper_id: str, papers: Sequence[Waiting]) -> bool:
    return any(paper.id == paper_id for paper in papers)


def _campaign() -> str | None:
    """The campaign chosen, else the newest; None where there is none."""
    known = campaigns_open_to_papers(database())
    wanted = request.values.get("dot", "")
    return next((code for code, _ in known if code == wanted), known[0][0] if known else None)


def _shown(report: IntakeReport | None = None, error: str = "", tried: dict[str, str] | None = None) -> str:
    campaign = _campaign()
    given: dict[str, Any] = {"subjects": [], "waiting": []}
    if campaign is not None:
        row = campaign_named(database(), campaign)
        given = {
            "subjects": Recognition(database(), row).subjects(),
            "waiting": waiting_papers(database(), campaign),
        }
    return render_template(
        "intake.html",
        campaigns=campaigns_open_to_papers(database()),
        campaign=campaign,
        kinds=kinds(),
        report=report,
        notes=[note for taken in report.taken for note in taken.notes()] if report else [],
        error=error or (tried["error"] if tried and not _still_waits(tried["id"], given["waiting"]) else ""),
        tried=tried,
        largest=LARGEST_FILE // 1024 // 1024,
        together=LARGEST_SENT // 1024 // 1024,
        reads=bool(reader_name()),
        **given,
    )
