"""The web application: its policies and its pages put together."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress

import waitress
from flask import Flask

from archive.office.folder import Office
from pages import (
    candidates,
    complaints,
    connection,
    csrf,
    dossiers,
    errors,
    handed_files,
    headers,
    home,
    intake,
    labels,
    opinions,
    people,
    questions,
    rulings,
    session,
    sign_in,
    tasks,
    waivers,
)

_LARGEST_REQUEST = 64 * 1024  # bytes; the pages that take files allow themselves more


def create_app(office: Office) -> Flask:
    """The application that serves an office.

    Raises:
        OSError: the key of the sessions cannot be written into the data folder.
    """
    app = Flask("pages", static_url_path="/tinh")
    app.config.update(SECRET_KEY=_secret_key(office), MAX_CONTENT_LENGTH=_LARGEST_REQUEST)
    connection.install(app, office)
    headers.install(app)
    errors.install(app)
    app.before_request(handed_files.allow_files)
    session.install(app)
    csrf.install(app)
    labels.install(app)
    for module in (
        sign_in,
        home,
        tasks,
        dossiers,
        complaints,
        opinions,
        questions,
        waivers,
        rulings,
        people,
        candidates,
        intake,
    ):
        app.register_blueprint(module.pages)
    return app


def serve(office: Office) -> None:
    """Serves the office at the host and port of its settings until it is stopped."""
    waitress.serve(create_app(office), host=office.settings.host, port=office.settings.port, ident="hoso")


def _secret_key(office: Office) -> bytes:
    """The key that signs sessions, made once; only the owner of the data folder can read it."""
    path = office.root / "secret.key"
    with suppress(FileExistsError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, secrets.token_hex(32).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return path.read_bytes()
