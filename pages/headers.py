"""Security headers, all in one place.

Everything comes from this server and nothing is inline, so the policy can say `self` alone. Pages hold personal data:
no browser or proxy may keep them; only the style sheet may be kept.
"""

from __future__ import annotations

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A browser's own viewer of PDF needs styles of its own; a paper is of a fixed type and runs nothing.
_PAPERS = frozenset({"application/pdf", "image/png", "image/jpeg"})
_POLICY_OF_PAPERS = "frame-ancestors 'none'"
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Adds the headers to every answer of the application."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in _FIXED.items():
        response.headers[name] = value
    response.headers["Content-Security-Policy"] = _POLICY_OF_PAPERS if response.mimetype in _PAPERS else _POLICY
    response.headers["Cache-Control"] = "public, max-age=3600" if request.endpoint == "static" else "no-store"
    return response
