"""Requests that change something must come from our own pages: a token in the form, and what the browser says.

Browsers send `Sec-Fetch-Site` where the connection counts as safe and `Origin` with every form sent; either one that
names another site refuses the request (OWASP, Cross-Site Request Forgery Prevention, “Fetch Metadata”). Old browsers
send neither: for them the token alone decides.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError

from pages.errors import Refused, answer

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def install(app: Flask) -> None:
    """Checks every request that may change something."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # as long as the session, so that a form left open over lunch still works
    app.before_request(_same_site)
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _no_token)


def _same_site() -> None:
    if request.method in _SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Refused
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise Refused


def _no_token(_: CSRFError) -> tuple[str, int]:
    return answer(Refused())
