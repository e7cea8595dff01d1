"""Which kind assessed a unit or collective is, and so which sheet of Mẫu 3 or Mẫu 4 is its own (II.1.6, III.5)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Collective, Evaluation, Unit
from generator.forms.assessed import Assessed

_ORGANISATION, _COLLECTIVE = "party_organisation", "leadership_collective"
_WORDS: Mapping[str, Sequence[str]] = {
    row["code"]: row["words"]
    for row in tomllib.loads(
        resources.files("archive.campaigns.hd13_2018").joinpath("kinds.toml").read_text(encoding="utf-8")
    )["kind"]
}
# Advisory bodies of the province and of a district are of one type and two sheets.
_OF_LEVEL = {"province": "provincial_advisory_body", "district": "advisory_body"}


def organisation_kind(picture: Picture, unit: Unit) -> Assessed | None:
    """The kind of a party organisation, with the sheet that serves it there; None where its type has no sheet."""
    return _named(picture.sheets_of(unit.id).of_type(_ORGANISATION, unit.type), unit.name)


def collective_kind(picture: Picture, collective: Collective) -> Assessed | None:
    """The kind of a collective, with the sheet that serves it; None for one that is reviewed only."""
    found = picture.sheets_of(collective.unit_id).of_type(_COLLECTIVE, collective.type)
    by_level = [one for one in found if one.code == _OF_LEVEL.get(collective.level)]
    return by_level[0] if by_level else _named(found, collective.name)


def kind_of(picture: Picture, evaluation: Evaluation) -> Assessed | None:
    """The kind of the organisation or collective evaluated; None for a person, or where there is no sheet."""
    if evaluation.collective_id:
        return collective_kind(picture, picture.collectives[evaluation.collective_id])
    return organisation_kind(picture, picture.units[evaluation.organisation_id]) if evaluation.organisation_id else None


def _named(found: Sequence[Assessed], name: str) -> Assessed | None:
    by_code = {one.code: one for one in found}
    for code, words in _WORDS.items():
        if code in by_code and any(word in f"{name} " for word in words):
            return by_code[code]
    return found[0] if found else None
