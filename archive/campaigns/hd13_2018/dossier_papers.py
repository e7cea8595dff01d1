"""The cover and the contents list of a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from archive.campaigns.contents import Dossier
from archive.campaigns.papers.bodies import body_name
from archive.campaigns.papers.paper import Document, given, sentence
from archive.campaigns.picture import Picture

# What became of the result after the dossier was first filed, as cover and contents list say it.
_MARKS = {"annulled": " (kết quả xếp loại đã bị hủy)", "reclassified": " (đã xếp loại lại)"}


def _front(picture: Picture, dossier: Dossier) -> Document:
    owner = picture.owner
    title = sentence(dossier.title.removeprefix("Hồ sơ ")).replace(" năm ", " năm\u00a0")
    return {
        "superior_body": owner.superior_name,
        "issuing_body": body_name(owner),
        # The form itself says “Hồ sơ” before it; the year keeps its word beside it when the line breaks.
        "dossier_title": title + _MARKS.get(dossier.status, ""),
        "subject": dossier.subject_name,
        "dossier_number": dossier.id,
    }


def _days(dossier: Dossier) -> list[date]:
    return sorted(date.fromisoformat(document["dated_on"]) for document in dossier.documents if document["dated_on"])


def cover_document(picture: Picture, dossier: Dossier, pages: int | None) -> Document:
    """The cover; `pages` is unknown while there is no PDF."""
    days = _days(dossier)
    owner = picture.owner
    # The unit's own dossier names the unit already as its subject.
    places = [unit.name for unit in (dossier.unit, owner) if unit.name != dossier.subject_name]
    place = ", ".join(dict.fromkeys(places))
    return given(
        {
            **_front(picture, dossier),
            "fonds": f"Phông {owner.name}",
            "unit": place,
            "started_on": days[0].isoformat() if days else None,
            "ended_on": days[-1].isoformat() if days else None,
            "documents": len(dossier.documents) or None,
            "sheets": pages,
        }
    )


def _note(document: Mapping[str, Any], dossier: Dossier) -> str | None:
    """What the contents list has to say of a paper: a draft, or the first decision once it is annulled."""
    if document["state"] == "draft":
        return "Bản dự thảo"
    decided_first = document["item"] == "conclusion" and document["stage"] == "decide"
    return "Đã bị hủy" if decided_first and dossier.status in _MARKS else None


def contents_document(picture: Picture, dossier: Dossier, sheets: Mapping[str, str]) -> Document:
    """The contents list, each paper with its sheets in the bundle."""
    listed = [
        given(
            {
                "number": document["number"],
                "date": document["dated_on"],
                "title": document["title"],
                "author": document["author"],
                "sheets": sheets.get(document["key"]),
                "note": _note(document, dossier),
            }
        )
        for document in dossier.documents
    ]
    return given({**_front(picture, dossier), "documents": listed})
