"""One dossier: where it stands, what it waits for, its papers to open."""

from __future__ import annotations

import io
import mimetypes
from pathlib import PurePosixPath

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response

from archive.errors import NotFound
from archive.records import events
from archive.records.database import writing
from archive.records.dossiers import read_file, show
from pages.connection import database, the_office
from pages.session import require

_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
pages = Blueprint("dossiers", __name__, url_prefix="/ho-so")


@pages.get("/<dossier_id>")
def page(dossier_id: str) -> str:
    """The dossier."""
    require("dossier.see")
    dossier = show(database(), dossier_id)
    return render_template("dossier.html", dossier=dossier)


@pages.get("/<dossier_id>/tep/<path:path>")
def file(dossier_id: str, path: str) -> Response:
    """One paper: a PDF or picture opens in the browser, anything else is downloaded. Opening is an event."""
    require("dossier.see")
    listed = next((row for row in show(database(), dossier_id)["files"] if row["path"] == path), None)
    if listed is None:
        raise NotFound("Hồ sơ không có tài liệu này.")
    account = require("file.open", listed)
    data = read_file(the_office(), database(), dossier_id, path)
    with writing(database()):
        events.append(database(), actor=account.id, action="document.opened", subject=dossier_id, note=listed["path"])
    media_type = listed.get("media_type") or mimetypes.guess_type(path)[0] or "application/octet-stream"
    name = f"{dossier_id}-{PurePosixPath(path).name}"
    response: Response = send_file(
        io.BytesIO(data), mimetype=media_type, as_attachment=media_type not in _SHOWN, download_name=name
    )
    return response
