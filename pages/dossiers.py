"""One dossier: where it stands, what it waits for, its papers to open."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response

from archive.records import events
from archive.records.database import writing
from archive.records.dossiers import file_row, read_file, show
from pages.connection import database, the_office
from pages.session import require

_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
pages = Blueprint("dossiers", __name__, url_prefix="/ho-so")


@pages.get("/<dossier_id>")
def page(dossier_id: str) -> str:
    """The dossier."""
    require("dossier.see")
    dossier = show(database(), dossier_id)
    return render_template("dossier.html", dossier=dossier, papers=_papers(dossier["files"]))


@pages.get("/<dossier_id>/tep/<path:path>")
def file(dossier_id: str, path: str) -> Response:
    """One paper: a PDF or picture opens in the browser, anything else is downloaded. Opening is an event."""
    require("dossier.see")
    listed = file_row(database(), dossier_id, path)
    account = require("file.open", listed)
    data = read_file(the_office(), database(), dossier_id, path)
    with writing(database()):
        events.append(database(), actor=account.id, action="document.opened", subject=dossier_id, note=listed["path"])
    media_type = listed["media_type"]
    name = f"{dossier_id}-{PurePosixPath(path).name}"
    response: Response = send_file(
        io.BytesIO(data), mimetype=media_type, as_attachment=media_type not in _SHOWN, download_name=name
    )
    return response


def _papers(files: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The files by paper, the bundle first: {title, item, files}; what is kept as PDF and as Word is one paper."""
    papers: list[dict[str, Any]] = []
    for row in files:
        if papers and papers[-1]["title"] == row["title"] and papers[-1]["item"] == row["item"]:
            papers[-1]["files"].append(row)
        else:
            papers.append({"title": row["title"], "item": row["item"], "files": [row]})
    return sorted(papers, key=lambda paper: paper["item"] != "bundle")
