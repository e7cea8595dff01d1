"""Who is signed in. Every page needs it, save those named in `_OPEN`; a new page is closed unless it says otherwise."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any, cast

from flask import Flask, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from archive.office.accounts import Account, account_in_session, can, roles_for
from pages.connection import database
from pages.errors import NotAllowed
from pages.labels import who_may

_OPEN = frozenset({"static", "sign_in.form", "sign_in.enter"})
_LENGTH = timedelta(hours=12)


def install(app: Flask) -> None:
    """Sets the cookie up and asks for a signed-in account before every page."""
    app.config.update(
        SESSION_COOKIE_NAME="hoso",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=_LENGTH,
    )
    app.before_request(_ask)
    app.context_processor(lambda: {"account": g.get("account"), "may": partial(can, g.get("account"))})


def begin(account: Account) -> None:
    """Signs the account in, with a new session: nothing of an earlier one stays."""
    session.clear()
    session.permanent = True
    session["account"] = account.id
    session["version"] = account.session_version


def end() -> None:
    """Signs out here."""
    session.clear()


def signed_in() -> Account:
    """The account of this request.

    Raises:
        NotAllowed: there is none.
    """
    account = g.get("account")
    if account is None:
        raise NotAllowed
    return cast("Account", account)


def require(action: str, subject: Any = None) -> Account:
    """The account of this request, if it may do this.

    Raises:
        NotAllowed: it may not; the message says who may, where that depends on the role alone.
    """
    account = signed_in()
    if can(account, action, subject):
        return account
    if roles_for(action) and account.role_name not in roles_for(action):
        raise NotAllowed(f"Chỉ tài khoản {who_may(action)} được xem hoặc làm việc này.")
    raise NotAllowed


def _ask() -> Response | None:
    if request.endpoint == "static":
        return None
    g.account = account_in_session(database(), session["account"], session["version"]) if "account" in session else None
    if g.account is not None or request.endpoint in _OPEN:
        return None
    back = request.full_path.rstrip("?") if request.method == "GET" and request.endpoint else None
    return redirect(url_for("sign_in.form", tiep=back if back != "/" else None), code=303)
