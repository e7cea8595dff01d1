"""The list of dossiers: words and filters, all of them in the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for

from generator.facts.values import choices
from generator.vietnamese import text_sort_key
from pages.connection import database, the_office
from pages.labels import kind, level, levels, status
from pages.session import require
from search.find import facets, find

ROWS = 50
_FILTERS = {"nam": "period", "donvi": "unit", "loai": "kind", "muc": "level", "trangthai": "status"}
pages = Blueprint("home", __name__)


@pages.get("/")
def page() -> str:
    """The dossiers that answer the words and filters of the address."""
    require("dossier.see")
    query = request.args.get("q", "").strip()
    chosen = {name: request.args.get(name, "").strip() for name in _FILTERS}
    given = {field: chosen[name] or None for name, field in _FILTERS.items()}
    number = max(request.args.get("trang", 1, type=int), 1)
    found = find(the_office(), database(), query, **given, limit=ROWS, offset=(number - 1) * ROWS)
    counted = facets(the_office(), database(), query)
    shown = facets(the_office(), database(), query, **given) if any(chosen.values()) else counted
    return render_template(
        "home.html",
        query=query,
        words=found.get("meant", query),
        chosen=chosen,
        filters=_choices(counted),
        found=found,
        levels=[(code, shown["level"][code]) for code in levels() if code in shown["level"]],
        number=number,
        last=max((found["total"] + ROWS - 1) // ROWS, 1),
        first_row=(number - 1) * ROWS + 1,
        address=_address,
    )


def _choices(counted: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """The filters with what may be chosen, each with the number of dossiers the words alone find."""
    codes = {
        "nam": [(value, value) for value in sorted(counted["period"], reverse=True)],
        "donvi": [(value, value) for value in sorted(counted["unit_name"], key=text_sort_key)],
        "loai": [(code, kind(code)) for code in (*choices()["capacity"], "campaign") if code in counted["kind"]],
        "muc": [(code, level(code)) for code in levels() if code in counted["level"]],
        "trangthai": [(code, status(code)) for code in choices()["dossier_status"] if code in counted["status"]],
    }
    labels = {
        "nam": ("Năm", "Mọi năm"),
        "donvi": ("Đơn vị", "Mọi đơn vị"),
        "loai": ("Loại hồ sơ", "Mọi loại"),
        "muc": ("Mức xếp loại", "Mọi mức"),
        "trangthai": ("Trạng thái", "Mọi trạng thái"),
    }
    counts = {name: counted["unit_name" if name == "donvi" else field] for name, field in _FILTERS.items()}
    return [
        {
            "name": name,
            "label": labels[name][0],
            "all": labels[name][1],
            "options": [(code, text, counts[name].get(code, 0)) for code, text in codes[name]],
        }
        for name in _FILTERS
    ]


def _address(**changes: Any) -> str:
    """This list with some of its state changed; empty values leave the address."""
    kept = {name: value for name, value in request.args.items() if name in (*_FILTERS, "q", "trang")}
    merged = {**kept, **changes}
    return url_for("home.page", **{name: value for name, value in merged.items() if value})
