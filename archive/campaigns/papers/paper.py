"""One paper of a campaign, and what every paper has in common: its heading, its subject, its signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Person, Unit

Document = dict[str, Any]

STAGES = ("prepare", "ballots", "submit", "decide", "archive")


@dataclass(frozen=True)
class Paper:
    """A paper to be generated.

    Args:
        key: names it within the campaign, so that a later run finds it again: `<stage>:<form>:<whose>`.
        form: code of the form.
        state: `blank`, `draft` or `final`.
        stage: the stage it belongs to.
        unit_id: the unit whose work it is.
        item: the item of the dossier it is filed under (13-HD/TU, VI.2); empty for blank forms.
        title: as the contents list names it.
        document: the form's input.
        facts: what the judge reads of each level in it; None where nothing binds.
        evaluation_id: whose dossier it goes to; None for the unit's own.
        author: who the contents list names as author.
    """

    key: str
    form: str
    state: str
    stage: str
    unit_id: str
    item: str
    title: str
    document: Mapping[str, Any]
    evaluation_id: str | None = None
    author: str = ""
    file_name: str = ""
    facts: Mapping[str, Any] | None = None

    @property
    def input(self) -> Document:
        """The input as `generate` takes it."""
        return {"document": dict(self.document)} | ({"facts": dict(self.facts)} if self.facts else {})


def body_name(unit: Unit) -> str:
    """Who speaks for a unit: “Đảng bộ xã An Đồng” speaks as “Đảng ủy xã An Đồng”, a cell as itself."""
    prefix = "Đảng bộ "
    return f"Đảng ủy {unit.name.removeprefix(prefix)}" if unit.name.startswith(prefix) else unit.name


def heading(picture: Picture, unit: Unit, day: date | None, symbol: str = "") -> Document:
    """The heading of a paper issued by a unit; without a day the month stands and the day is left for the pen."""
    parent = picture.units.get(unit.parent_id or "")
    superior = unit.superior_name or (parent.name if parent else None)
    document: Document = {
        "issuing_body": body_name(unit),
        "place": picture.campaign.place,
        "date": day.isoformat() if day else f"{picture.campaign.year}-12",
        "year": picture.campaign.year,
    }
    if superior:
        document["superior_body"] = superior
    if symbol:
        document["symbol"] = symbol
    return document


def symbol_of(unit: Unit, kind: str) -> str:
    """The symbol after a paper's number: `BB/CB`, `QĐ/ĐU`."""
    return f"{kind}/{unit.symbol or ('CB' if unit.is_cell else 'ĐU')}"


def identity(picture: Picture, person: Person) -> Document:
    """Who a member is, as the forms of II.2 name him."""
    posts = {
        "party_position": person.titles("party"),
        "government_position": person.titles("government"),
        "mass_organisation_position": person.titles("mass_organisation"),
        "workplace": person.workplace or "",
    }
    document: Document = {"full_name": person.full_name, "cell": picture.units[person.cell_id].name}
    if person.birth_date:
        document["birth_date"] = person.birth_date.isoformat()
    return document | {name: value for name, value in posts.items() if value}


def head_of(picture: Picture, unit: Unit) -> Person | None:
    """The head of a unit: the secretary of a cell or committee."""
    return next((person for person in picture.people.values() if person.heads(unit.id)), None)


def committee_signature(picture: Picture, unit: Unit) -> Document:
    """The signature of a cell's chi ủy (its secretary where there is none) or of a party committee."""
    head = head_of(picture, unit)
    authority = "T/M Ban Chấp hành"
    if unit.is_cell:
        authority = "T/M Chi ủy" if unit.has_committee else "T/M Chi bộ"
    document: Document = {"signature_authority": authority, "signature_title": "Bí thư"}
    if head:
        document["signer"] = head.full_name
    return document


def recipients(*lines: str) -> str:
    """The list of recipients: a dash before each, commas between, a stop after the last."""
    return ",\n".join(f"- {line}" for line in lines) + "."


def given(document: Mapping[str, Any]) -> Document:
    """The document without what is not known, so that an optional field is left out and not empty."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def whose(picture: Picture, evaluation: Evaluation) -> str:
    """Whose paper it is, for its title: the subject's name, with the capacity where a person has two."""
    return picture.subject_name(evaluation)
