"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from archive.errors import ArchiveError
from archive.office.accounts import SignInRefused, TooManyAttempts, sign_in
from pages import session
from pages.connection import database

pages = Blueprint("sign_in", __name__)


@pages.get("/dang-nhap")
def form() -> str | Response:
    """The form; who is signed in already goes on."""
    if g.account is not None:
        return redirect(_onward(request.args.get("tiep", "")), code=303)
    return _shown()


@pages.post("/dang-nhap")
def enter() -> tuple[str, int] | Response:
    """Signs in and goes on to the page that was asked for."""
    try:
        account = sign_in(database(), request.form.get("ten", ""), request.form.get("mat-khau", ""))
    except TooManyAttempts as error:
        return _shown(error), 429
    except SignInRefused as error:
        return _shown(error), 401
    session.begin(account)
    return redirect(_onward(request.form.get("tiep", "")), code=303)


@pages.post("/dang-xuat")
def leave() -> Response:
    """Signs out."""
    session.end()
    return redirect(url_for("sign_in.form"), code=303)


def _shown(error: ArchiveError | None = None) -> str:
    return render_template(
        "sign_in.html", error=error, name=request.form.get("ten", ""), onward=request.values.get("tiep", "")
    )


def _onward(path: str) -> str:
    """A path of this site, or the first page: never another site (`//other`, `/\\other`, `https:…`)."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else url_for("home.page")
