"""One paper of a campaign, and what every paper has in common: its heading, its subject, its signature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.campaigns.papers.bodies import body_name, superior_of
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Person, Unit

Document = dict[str, Any]

# In the names of files, which clerks read.
CAPACITIES = {
    "member": "dang-vien",
    "leader_manager": "lanh-dao",
    "party_organisation": "to-chuc-dang",
    "leadership_collective": "tap-the",
}


@dataclass(frozen=True)
class Paper:
    """A paper to be generated.

    Args:
        key: names it within the campaign, so that a later run finds it again: `<stage>:<form>:<whose>`.
        form: code of the form.
        state: `blank`, `draft` or `final`.
        stage: the code of the stage it belongs to.
        unit_id: the unit whose work it is.
        item: the item of the dossier it is filed under; empty for what is printed only.
        title: as the contents list names it.
        document: the form's input.
        facts: what the judge reads of each level in it; None where nothing binds.
        evaluation_id: whose dossier it goes to; None for the unit's own.
        author: who the contents list names as author.
        decides: the evaluations whose decision it is; its number and day are theirs.
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
    decides: tuple[str, ...] = ()

    @property
    def number(self) -> str | None:
        """Number and symbol as registers and contents lists give them (`15-QĐ/ĐU`); None while it has no number."""
        number, symbol = self.document.get("number"), self.document.get("symbol")
        return f"{number}-{symbol}" if number and symbol else number

    @property
    def input(self) -> Document:
        """The input as `generate` takes it."""
        return {"document": dict(self.document)} | ({"facts": dict(self.facts)} if self.facts else {})


def heading(picture: Picture, unit: Unit, day: date | None, symbol: str = "") -> Document:
    """The heading of a paper issued by a unit; without a day the month stands and the day is left for the pen."""
    superior = superior_of(picture, unit)
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


def identity(picture: Picture, person: Person) -> Document:
    """Who a member is, as the forms of II.2 name him."""
    posts = {
        "party_position": person.titles("party"),
        "government_position": person.titles("government"),
        "mass_organisation_position": person.titles("mass_organisation"),
        "workplace": person.workplace or "",
    }
    # The form's own label says “Chi bộ”.
    cell = picture.units[person.cell_id].name
    short = cell.removeprefix("Chi bộ ")
    document: Document = {"full_name": person.full_name, "cell": short if short[:1].isupper() else cell}
    if person.birth_date:
        document["birth_date"] = person.birth_date.isoformat()
    return document | {name: value for name, value in posts.items() if value}


def recipients(*lines: str) -> str:
    """The list of recipients: a dash before each, commas between, a stop after the last."""
    return ",\n".join(f"- {line}" for line in lines) + "."


def given(document: Mapping[str, Any]) -> Document:
    """The document without what is not known, so that an optional field is left out and not empty."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def distinct_names(picture: Picture, evaluations: Iterable[Evaluation]) -> Mapping[str, str]:
    """The name of each subject by evaluation id; namesakes carry their year of birth: “… (sinh năm 1950)”."""
    listed = list(evaluations)
    often = Counter(picture.subject_name(one) for one in listed)
    names = {}
    for evaluation in listed:
        name = picture.subject_name(evaluation)
        born = picture.person_of(evaluation).birth_date if evaluation.person_id else None
        names[evaluation.id] = f"{name} (sinh năm {born.year})" if often[name] > 1 and born else name
    return names


def sentence(text: str) -> str:
    """The text with a capital first letter, for what stands alone in a cell."""
    return text[:1].upper() + text[1:]
