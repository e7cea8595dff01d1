"""One dossier: where it stands, what it waits for, its papers to open."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response

from archive.afterwards.amending import present_day
from archive.afterwards.annulments import CAUSES
from archive.afterwards.complaint_reading import STATES
from archive.afterwards.concluding import OUTCOMES
from archive.afterwards.story import story, versions_of
from archive.afterwards.waiting import waiting
from archive.campaigns.questions import is_open
from archive.campaigns.subjects import Waiver
from archive.campaigns.waivers import open_to_waiver, waivers_in_force
from archive.errors import NotFound
from archive.intake.told_differences import differing_papers
from archive.office.accounts import Account, can
from archive.records.dossiers import file_row, read_file, record_opened, record_seen, show, version_files
from generator.rules.findings import Finding
from pages.connection import database, the_office
from pages.next_steps import steps_of_complaint, steps_of_result
from pages.session import require

_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
pages = Blueprint("dossiers", __name__, url_prefix="/ho-so")


@pages.get("/<dossier_id>")
def page(dossier_id: str) -> str:
    """The dossier."""
    account = require("dossier.see")
    dossier = show(database(), dossier_id)
    became = story(database(), dossier_id, account, present_day())
    record_seen(database(), dossier_id, actor=account.id, with_texts=became["with_texts"])
    waits = waiting(database(), present_day(), dossier["campaign_id"])
    waivable, waived = _waivers(account, dossier_id)
    found = {finding["rule_id"] for finding in dossier["findings"]}
    return render_template(
        "dossier.html",
        dossier=dossier,
        story=became,
        papers=_papers(dossier["files"]),
        states=STATES,
        outcomes=OUTCOMES,
        causes=CAUSES,
        waiting=[one for one in waits if one["dossier_id"] == dossier_id],
        findings=[finding for finding in dossier["findings"] if not _is_question(finding)],
        questions=[finding for finding in dossier["findings"] if _is_question(finding)],
        waivable=waivable,
        waived=[waiver for waiver in waived if waiver.rule_id not in found],
        lacking=[finding for rule_id, finding in waivable.items() if rule_id not in found],
        differing=differing_papers(database(), dossier_id, account),
        result_steps=steps_of_result(account, dossier, became),
        complaint_steps={one["id"]: steps_of_complaint(account, dossier_id, one) for one in became["complaints"]},
    )


@pages.get("/<dossier_id>/ban/<int:version>")
def former(dossier_id: str, version: int) -> str:
    """A former version: what was filed then, as it was."""
    account = require("dossier.see")
    dossier = show(database(), dossier_id)
    files = version_files(database(), dossier_id, version)
    record_seen(database(), dossier_id, actor=account.id)
    told = next(one for one in versions_of(database(), dossier_id) if one["version"] == version)
    return render_template("dossier_version.html", dossier=dossier, told=told, papers=_papers(files))


@pages.get("/<dossier_id>/tep/<path:path>", defaults={"version": None})
@pages.get("/<dossier_id>/ban/<int:version>/tep/<path:path>")
def file(dossier_id: str, path: str, version: int | None) -> Response:
    """One paper: a PDF or picture opens in the browser, anything else is downloaded. Opening is an event."""
    require("dossier.see")
    listed = file_row(database(), dossier_id, path, version)
    account = require("file.open", listed)
    data = read_file(the_office(), database(), dossier_id, path, version)
    record_opened(database(), dossier_id, listed, actor=account.id)
    media_type = listed["media_type"]
    name = f"{dossier_id}-{PurePosixPath(path).name}"
    response: Response = send_file(
        io.BytesIO(data), mimetype=media_type, as_attachment=media_type not in _SHOWN, download_name=name
    )
    return response


def _waivers(account: Account, dossier_id: str) -> tuple[Mapping[str, Finding], Sequence[Waiver]]:
    """What the account may let pass now, by rule, and what was let pass."""
    try:
        in_force = waivers_in_force(database(), dossier_id)
        if not can(account, "finding.waive", dossier_id):
            return {}, in_force
        return {finding.rule_id: finding for finding in open_to_waiver(database(), dossier_id)}, in_force
    except NotFound:
        # A dossier of a unit that works in no campaign of ours has only its papers.
        return {}, ()


def _is_question(row: Mapping[str, Any]) -> bool:
    names = ("rule_id", "severity", "citation", "message", "given", "needed")
    return is_open(Finding(**{name: row[name] for name in names}))


def _papers(files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The files by paper, the bundle first: {title, item, files}; what is kept as PDF and as Word is one paper.

    Papers of one title are told apart by their number.
    """
    papers: list[dict[str, Any]] = []
    for row in files:
        stem = PurePosixPath(row["path"]).with_suffix("")
        if papers and papers[-1]["stem"] == stem:
            papers[-1]["files"].append(row)
        else:
            papers.append({"title": row["title"], "item": row["item"], "files": [row], "stem": stem})
    alike = Counter(paper["title"] for paper in papers)
    numbers: Counter[str] = Counter()
    for paper in papers:
        if alike[title := paper["title"]] > 1:
            numbers[title] += 1
            paper["title"] = f"{title} (tờ {numbers[title]})"
    return sorted(papers, key=lambda paper: paper["item"] != "bundle")
