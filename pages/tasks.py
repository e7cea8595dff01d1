"""What waits for the one who is signed in."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive.afterwards.amending import present_day
from archive.campaigns.to_do import to_do
from pages.connection import database
from pages.session import require

pages = Blueprint("tasks", __name__, url_prefix="/viec-can-lam")


@pages.get("")
def page() -> str:
    """Complaints and annulments with their days, findings to let pass, questions to answer, dossiers not filed."""
    require("dossier.see")
    return render_template("tasks.html", to_do=to_do(database(), present_day()))
