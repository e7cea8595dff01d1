"""The office and the database connection of a request: one connection, opened when first needed, closed after."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask, current_app, g

from archive.office.folder import Office


def install(app: Flask, office: Office) -> None:
    """Gives the application its office, and closes each request's connection at its end."""
    app.config["OFFICE"] = office
    app.teardown_appcontext(_close)


def the_office() -> Office:
    """The office this application serves."""
    return cast(Office, current_app.config["OFFICE"])


def database() -> Any:
    """The connection of the present request: pages hand it on to archive and search and know nothing of it."""
    if "database" not in g:
        g.database = the_office().connect()
    return g.database


def _close(_: BaseException | None) -> None:
    opened = g.pop("database", None)
    if opened is not None:
        opened.close()
