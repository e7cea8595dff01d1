"""Papers made one at a time, when someone asks: results over the years, a plan to remedy, a blank of any form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from archive.campaigns.hd13_2018.letters import again_document, remedy_document
from archive.campaigns.papers.bodies import body_name, committee_signature, signature_of
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, given, heading, identity
from archive.campaigns.picture import Picture
from archive.campaigns.plan import Asked, PastResult
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation
from generator.forms.library import manifest

_CAPACITIES = {"member": "party_member", "leader_manager": "leader_manager"}


def single_paper(situation: Situation, asked: Asked) -> Paper | None:
    """The paper of a form for one subject or unit; blank where the records hold no more than who and where.

    None where a form without the office's own rows, or without any result to tell, would say nothing.
    """
    picture, evaluation = situation.picture, asked.evaluation
    levels = situation.book.levels.codes
    asked = replace(asked, history=[one for one in asked.history if one.level in levels])
    form = manifest(asked.form, situation.book)
    make = _MADE.get(form.code)
    if make is None:
        document, state = _who_and_where(picture, asked), "blank"
    elif evaluation is None:
        return None
    else:
        made = make(picture, evaluation, asked)
        if made is None:
            return None
        document, state = made
    known = {one.name for one in form.fields}
    subject = picture.subject_reference(evaluation) if evaluation else asked.unit.reference
    return Paper(
        f"demand:{form.code}:{evaluation.id if evaluation else asked.unit.id}", form.code, state, "", asked.unit.id, "",
        form.title, {name: value for name, value in document.items() if name in known},
        evaluation.id if evaluation else None, body_name(asked.unit), f"{subject}-{form.code}",
    )  # fmt: skip


def _who_and_where(picture: Picture, asked: Asked) -> Document:
    """All that a form may print of a unit and a subject before anyone writes on it."""
    unit, evaluation = asked.unit, asked.evaluation
    own = heading(picture, unit, None) | signature_of(picture, unit) | {"sending_body": body_name(unit)}
    if evaluation is None:
        return own | {"body": unit.name, "subject": unit.name, "organisation": unit.name}
    name = picture.subject_name(evaluation)
    about: Document = {"subject": name, "body": name, "addressees": body_name(picture.units[evaluation.unit_id])}
    if evaluation.person_id:
        person = picture.person_of(evaluation)
        about |= identity(picture, person) | {"position": posts_of(picture, evaluation), "invitee": name}
    return own | about


def _remedies(picture: Picture, evaluation: Evaluation, asked: Asked) -> tuple[Document, str]:
    return remedy_document(picture, evaluation), "blank"


def _again(picture: Picture, evaluation: Evaluation, asked: Asked) -> tuple[Document, str]:
    return again_document(picture, evaluation), "blank"


def _signs(picture: Picture, evaluation: Evaluation, asked: Asked) -> tuple[Document, str] | None:
    """The list a person relates himself to (I.3.2.a, gạch 1): its rows are the office's own, none are shipped."""
    rows = list(_sign_rows(asked.lines))
    if not rows or evaluation.person_id is None:
        return None
    person = picture.person_of(evaluation)
    cell = picture.units[person.cell_id]
    return {**heading(picture, cell, None), **identity(picture, person), "signs": rows}, "blank"


def _sign_rows(lines: Sequence[str]) -> Iterator[Document]:
    groups = number = 0
    for line in (line.strip() for line in lines):
        if line.startswith("#"):
            groups += 1
            yield {"is_group": True, "number": _roman(groups), "sign": line.lstrip("# ")}
        elif line:
            number += 1
            yield {"number": str(number), "sign": line}


def _roman(number: int) -> str:
    parts = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, letters in parts:
        while number >= value:
            text, number = text + letters, number - value
    return text


def _history(picture: Picture, evaluation: Evaluation, asked: Asked) -> tuple[Document, str] | None:
    """A person's results over the years, for whoever plans or appoints."""
    if evaluation.person_id is None or not asked.history:
        return None
    person, owner = picture.person_of(evaluation), picture.owner
    return given({
        **heading(picture, owner, None),
        **committee_signature(picture, owner),
        **identity(picture, person),
        "card_number": person.card_number,
        "file_number": person.file_number,
        "admitted_on": person.admitted_on.isoformat() if person.admitted_on else None,
        "official_on": person.official_on.isoformat() if person.official_on else None,
        "results": [_result(one) for one in asked.history],
    }), "final"  # fmt: skip


def _result(one: PastResult) -> Document:
    year = int(one.period[:4])
    return given({
        "year": year,
        "unit": one.unit,
        "capacity": _CAPACITIES.get(one.capacity, "party_member"),
        "level": one.level,
        "decision": one.decision,
        "status": "in_force" if one.in_force else "annulled",
        "note": one.period if one.period != str(year) else None,
    })  # fmt: skip


_MADE: Mapping[str, Callable[[Picture, Evaluation, Asked], tuple[Document, str] | None]] = {
    "remedy-plan": _remedies,
    "review-again-request": _again,
    "degeneration-list": _signs,
    "history-summary": _history,
}
