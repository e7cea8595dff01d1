"""Something done to a dossier in three steps: a form is filled in, looked over, and recorded.

Nothing written is lost on the way: every error shows the form again with all that stood in it. What was looked over is
recorded only while the dossier is as it was when the form was opened, so that nothing is recorded twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from archive.afterwards.amending import present_day
from archive.afterwards.errors import LevelRefused
from archive.afterwards.story import story
from archive.errors import Busy, NotFound
from archive.intake.papers import PaperRefused
from archive.records.dossiers import show
from generator.errors import HosoError
from generator.rules.findings import Finding
from pages.connection import database, the_office
from pages.errors import PageError
from pages.fields import Entry, Field, read
from search.errors import SearchError
from search.index import drain

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Done:
    """What came of it: a sentence for the person, and what the rules have to say beside it."""

    sentence: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Act:
    """One thing a person does to a dossier.

    Args:
        title: of its pages; `button`: what its last button says.
        consequence: what follows from it and cannot be taken back, said where it is looked over.
        check: blames the fields that do not agree with each other.
        look: what is shown where it is looked over: `{template, …}`; may raise what `record` would.
        record: does it, under the lock of the data folder.
        beside: which field an error of `record` or `look` belongs to, by the kind of error.
        about: what is shown above the form: `{template, …}`.
    """

    title: str
    button: str
    fields: tuple[Field, ...]
    record: Callable[[Entry], Done]
    consequence: str
    hint: str = ""
    check: Callable[[Entry], None] = lambda entry: None
    look: Callable[[Entry], Mapping[str, Any]] = lambda entry: {}
    beside: Mapping[type[HosoError], str] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)


class Changed(PageError):
    """Hồ sơ vừa có việc mới sau khi bạn mở biểu mẫu, có thể chính việc này đã được ghi. Xin xem lại rồi hãy gửi."""

    code = "pages.changed"


def page_of(act: Act, dossier_id: str) -> Page:
    """The page of an act on a dossier, at whichever of its three steps the request is."""
    if request.method != "POST":
        return _form(act, dossier_id, Entry.fresh(act.fields))
    entry = read(act.fields)
    if "sua" in request.form:
        entry.errors.clear()
        return _form(act, dossier_id, entry)
    act.check(entry)
    if entry.errors:
        return _form(act, dossier_id, entry), HTTPStatus.BAD_REQUEST
    try:
        if "dong-y" not in request.form:
            _unchanged(dossier_id)
            return render_template(
                "looked_over.html", act=act, entry=entry, dossier=show(database(), dossier_id), looked=act.look(entry),
                mark=mark(dossier_id),
            )  # fmt: skip
        with the_office().locked():
            _unchanged(dossier_id)
            done = act.record(entry)
    except NotFound:
        raise
    except HosoError as error:
        return _refused(act, dossier_id, entry, error)
    entry.let_go()
    tell(done)
    return redirect(url_for("dossiers.page", dossier_id=dossier_id), code=303)


def tell(done: Done) -> None:
    """Has the next page say what came of it, once the lists follow."""
    flash(done.sentence, "done")
    for finding in done.findings:
        flash(f"{finding.message}: {finding.given} ({finding.rule_id}, {finding.citation}). {finding.remedy}", "beside")
    try:
        drain(the_office(), database())
    except SearchError as error:
        # What was done is done; only the search lags behind.
        flash(error.message, "beside")


def mark(dossier_id: str) -> str:
    """What changes whenever something happens to the dossier's result, so that a form knows it is out of date."""
    told = story(database(), dossier_id, None, present_day())
    state = [
        [(one["id"], len(one["steps"])) for one in told["complaints"]],
        [(one["id"], one["reclassified_on"], one["reported_on"]) for one in told["annulments"]],
        [one["id"] for one in told["reserved_opinions"]],
        [one["version"] for one in told["versions"]],
    ]
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()[:16]


def _unchanged(dossier_id: str) -> None:
    if request.form.get("moc") != mark(dossier_id):
        raise Changed


def _refused(act: Act, dossier_id: str, entry: Entry, error: HosoError) -> Page:
    name = next((name for kind, name in act.beside.items() if isinstance(error, kind)), None)
    if name:
        entry.blame(name, error.message)
    status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, Busy) else HTTPStatus.CONFLICT
    return _form(act, dossier_id, entry, "" if name else error.message), status


def _form(act: Act, dossier_id: str, entry: Entry, problem: str = "") -> str:
    return render_template(
        "act.html", act=act, entry=entry, problem=problem, dossier=show(database(), dossier_id), mark=mark(dossier_id)
    )


LEVEL_AND_FILES: Mapping[type[HosoError], str] = {LevelRefused: "muc", PaperRefused: "tep"}
"""The usual fields of the errors of a refused level and a refused file."""
