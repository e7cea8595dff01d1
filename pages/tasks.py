"""What waits for the one who is signed in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from archive.afterwards.amending import present_day
from archive.campaigns.to_do import to_do
from generator.vietnamese import text_sort_key
from pages.connection import database
from pages.session import require

pages = Blueprint("tasks", __name__, url_prefix="/viec-can-lam")


@pages.get("")
def page() -> str:
    """Complaints and annulments with their days, findings to let pass, questions to answer, dossiers not filed."""
    require("dossier.see")
    found = to_do(database(), present_day())
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for one in sorted(found.questions, key=lambda one: text_sort_key(one["unit"])):
        by_unit.setdefault(one["unit"], []).append(one)
    not_filed = sorted(found.not_filed, key=lambda one: (text_sort_key(one["unit"]), one["period"], one["status"]))
    return render_template("tasks.html", to_do=found, by_unit=by_unit, not_filed=not_filed)
