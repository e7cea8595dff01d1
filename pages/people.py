"""One person over the years."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from pages.connection import database
from pages.session import require
from search.history import history

pages = Blueprint("people", __name__, url_prefix="/qua-trinh")


@pages.get("")
def page() -> str:
    """The people whom a name, card number or reference means, each with the results of all years."""
    require("person.see")
    given = request.args.get("nguoi", "").strip()
    matches = history(database(), given)["matches"] if given else []
    return render_template("people.html", given=given, matches=matches)
