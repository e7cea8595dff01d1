"""Who takes part in evaluating a subject, and the sheet each of them fills: the same form, addressed to it.

The participants are those of the rulebook (13-HD/TU, II.1.5, II.2.4, III.4). An external one assesses only what is
within its function, so its sheet asks for nothing but the level; rows it leaves open stay blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.errors import InvalidInput, Place, Problem
from generator.forms.assessed import Assessed
from generator.forms.library import manifest
from generator.forms.manifest import Manifest
from generator.forms.values import LOCAL_CRITERION
from generator.rules.procedures import Participant
from generator.rules.rulebook import Rulebook
from generator.rules.tables import table

Facts = Mapping[str, bool | str]

# What a sheet says of the one who fills it; never taken over from the sheet of another.
_OF_THE_ASSESSOR = frozenset({
    "superior_body", "issuing_body", "place", "number", "symbol", "assessor", "assessor_body", "assessor_role",
    "return_to", "signature_authority", "signature_title", "signature_acting", "signer",
})  # fmt: skip


@dataclass(frozen=True)
class ParticipantSheet:
    """The sheet of one participant: the form, and the `document` of its input, to be printed blank or filled in.

    Args:
        participant: as the rulebook names it.
        name: the body itself (“Ủy ban nhân dân huyện Thanh Lâm”).
        form: code of the form.
        document: who is assessed, by whom and in what capacity; no answer.
    """

    participant: Participant
    name: str
    form: str
    document: Mapping[str, Any]


def participants_of(
    book: Rulebook, kind: str, subject_type: str, facts: Facts, *, optional: bool = False
) -> tuple[Participant, ...]:
    """Who takes part in evaluating a subject, in the order of the guidance.

    Args:
        kind, subject_type: of the rulebook (`party_organisation`, `grassroots_cell`).
        facts: what the conditions hang on: `is_commune`, `is_public_employee`, `leads_mass_organisation`,
            `under_direct_committee` (true or false), `caucus` (which đảng đoàn, ban cán sự đảng).
        optional: with those of “nếu thấy cần thiết”, “nếu có”.

    Raises:
        InvalidInput: a fact that decides is not among `facts`.
    """
    listed = book.participants(kind, subject_type)
    unknown = {name for one in listed for name in _facts_of(one) if name not in facts}
    if unknown:
        raise InvalidInput(
            Problem("participants.fact", Place(field=name), "Chưa ghi dữ kiện quyết định ai tham gia đánh giá")
            for name in sorted(unknown)
        )
    return tuple(
        one
        for one in listed
        if (one.required or optional) and _holds(one.group, facts) and _holds(one.condition, facts)
    )


def participants_of_assessed(
    book: Rulebook, assessed: Assessed, facts: Facts, *, optional: bool = False
) -> tuple[Participant, ...]:
    """The participants of a kind of organisation or collective; what it says of itself need not be in `facts`."""
    asked = participants_of(book, assessed.kind, assessed.types[0], {**facts, **assessed.facts}, optional=optional)
    return tuple(replace(one, label=assessed.participants.get(one.code, one.label)) for one in asked)


def participant_sheets(
    form: Manifest,
    own: Mapping[str, Any],
    participants: Sequence[Participant],
    book: Rulebook,
    *,
    names: Mapping[str, Sequence[str]] | None = None,
    return_to: str = "",
) -> tuple[ParticipantSheet, ...]:
    """A sheet for each participant that gives its view on paper.

    Args:
        form: the form of the subject's own sheet (`3B.1`, `4A.2`, `5.1`).
        own: the `document` of that sheet; who is assessed is taken from it, its answers never.
        participants: as `participants_of` gives them.
        names: participant code → the bodies it stands for, each with a sheet of its own (the cells below a committee);
            one not named gets one sheet under the name the guidance gives it, its heading left for the pen.
        return_to: the body that gathers the sheets (13-HD/TU, II.1.6 and III.5, bước 2).
    """
    return tuple(_sheets(form, own, participants, book, names or {}, return_to))


def _sheets(
    form: Manifest,
    own: Mapping[str, Any],
    participants: Sequence[Participant],
    book: Rulebook,
    names: Mapping[str, Sequence[str]],
    return_to: str,
) -> Iterator[ParticipantSheet]:
    for participant in participants:
        code, assessor = _paper(form, participant, book)
        if not code:
            continue
        target = manifest(code, book)
        for name in names.get(participant.code) or (participant.label,):
            named = name != participant.label
            said = {
                "issuing_body": name if named else None, "assessor": assessor, "assessor_body": name,
                "assessor_role": participant.label if named else None, "return_to": return_to,
                **_of_the_subject(target, own),
            }  # fmt: skip
            document = {field.name: said[field.name] for field in target.fields if said.get(field.name)}
            yield ParticipantSheet(participant, name, code, document)


def _paper(form: Manifest, participant: Participant, book: Rulebook) -> tuple[str, str]:
    """Code of the form a participant fills and how it is named on it; empty where it fills none of its own."""
    assessed = table(book.package, "assessed")
    if form.sheet_field:
        return form.code, assessed["sheet_assessor"]
    for row in assessed.get("member_paper", ()):
        if row["whose"] == participant.code:
            return row["form"], row.get("assessor", "")
    return "", ""


def _of_the_subject(target: Manifest, own: Mapping[str, Any]) -> dict[str, Any]:
    """Who is assessed, and the rows of the office's own under the criteria, without their ratings."""
    said = {one.name: own.get(one.name) for one in target.fields if one.identity and one.name not in _OF_THE_ASSESSOR}
    for one in target.fields:
        if one.kind == "criteria":
            rated = own.get(one.name) or {}
            local = {
                code: {"title": row["title"], "rating": None}
                for code, row in rated.items()
                if LOCAL_CRITERION.fullmatch(code)
            }
            said[one.name] = local
    return said


def _facts_of(participant: Participant) -> Iterator[str]:
    for condition in (participant.group, participant.condition):
        if condition:
            yield condition.removeprefix("not ").partition(":")[0]


def _holds(condition: str, facts: Facts) -> bool:
    if not condition:
        return True
    name, _, value = condition.removeprefix("not ").partition(":")
    holds = facts[name] == value if value else bool(facts[name])
    return holds != condition.startswith("not ")
