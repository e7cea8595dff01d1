"""Which assessment sheet serves whom, as corrected here: shipped, then the office over it, then the units from above.

A choice stands among the readings the office has chosen, under a name of its own, and is filed and kept as they are.
"""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from archive.office.readings import Layer, layers
from archive.records import events
from archive.records.database import now, writing
from generator.forms.assessed import Sheets, shipped_sheets
from generator.forms.library import sheet_codes
from generator.rules.rulebook import Rulebook

_PARTS = {"forms": "sheet.", "names": "sheet-name."}


def office_sheets(database: Database, book: Rulebook, unit_id: str | None = None) -> Sheets:
    """The sheets in force for the office, or for one of its units, the nearest unit above it deciding."""
    sheets = shipped_sheets(book)
    for layer in layers(database, unit_id):
        sheets = sheets.overlaid(_known(_chosen(layer), sheets, book), sheet_codes(book))
    return sheets


def set_sheet(
    database: Database, book: Rulebook, kind: str, form: str | None, *, unit_id: str | None = None, actor: str
) -> None:
    """Has a kind of organisation or collective assessed on another sheet; with None the choice is taken away.

    Raises:
        InvalidInput: there is no such kind or sheet, or the sheet is of the other family.
    """
    given = {kind: form} if form is not None else {}
    shipped_sheets(book).overlaid({"forms": given or {kind: shipped_form(book, kind)}}, sheet_codes(book))
    _put(database, _PARTS["forms"] + kind, form, unit_id, actor)


def name_sheet(
    database: Database, book: Rulebook, form: str, name: str | None, *, unit_id: str | None = None, actor: str
) -> None:
    """Gives the variant of a sheet a name of the office's own; with None it is named after those it serves again.

    Raises:
        InvalidInput: there is no such sheet, or the name is empty or too long.
    """
    shipped_sheets(book).overlaid({"names": {form: form if name is None else name}}, sheet_codes(book))
    _put(database, _PARTS["names"] + form, name, unit_id, actor)


def shipped_form(book: Rulebook, kind: str) -> str:
    """The sheet that serves a kind as the rulebook comes; empty for an unknown one."""
    assessed = shipped_sheets(book).kinds.get(kind)
    return assessed.form if assessed else ""


def _chosen(layer: Layer) -> dict[str, dict[str, Any]]:
    return {
        part: {name.removeprefix(prefix): value for name, value in layer.values.items() if name.startswith(prefix)}
        for part, prefix in _PARTS.items()
    }


def _known(own: dict[str, dict[str, Any]], sheets: Sheets, book: Rulebook) -> dict[str, dict[str, Any]]:
    # What was chosen under another year's guidance says nothing under this one.
    forms = sheet_codes(book)
    return {
        "forms": {kind: form for kind, form in own["forms"].items() if kind in sheets.kinds and form in forms},
        "names": {form: name for form, name in own["names"].items() if form in forms},
    }


def _put(database: Database, name: str, value: str | None, unit_id: str | None, actor: str) -> None:
    with writing(database):
        database.execute("DELETE FROM reading WHERE unit_id IS ? AND name = ?", [unit_id, name])
        if value is not None:
            written = json.dumps(value, ensure_ascii=False)
            database.table("reading").insert(
                {"unit_id": unit_id, "name": name, "value": written, "set_by": actor, "set_at": now()}
            )
        events.append(
            database, actor=actor, action="sheet.set", subject=unit_id or "office",
            note=f"{name}={'shipped' if value is None else value}",
        )  # fmt: skip
