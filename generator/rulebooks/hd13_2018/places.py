"""Where a person is reviewed (I.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from generator.rules.applied import AppliedBook
from generator.rules.facts import Count, FactsModel, OneOf, told
from generator.rules.registry import judging
from generator.rules.results import PlacesResult
from generator.rules.tables import codes, table

_PACKAGE = __package__ or ""
_ROLES = {row["code"]: row for row in table(_PACKAGE, "places")["role"]}
_LABELS = {row["code"]: row["label"] for row in table(_PACKAGE, "places")["place"]}
_OWN_CELL, _ORDINARY = "own_cell", "ordinary_member"


class PlaceFacts(FactsModel):
    """The roles of one person in one agency, and the agency's size where a role hangs on it."""

    roles: list[Annotated[str, OneOf(codes(_PACKAGE, "places", "role"))]] = Field(min_length=1, title="Vai trò")
    agency_leader_count: Count | None = Field(title="Số lãnh đạo của cơ quan")
    staff_count: Count | None = Field(title="Số người của cơ quan")

    @model_validator(mode="after")
    def _sizes_that_roles_hang_on(self) -> Self:
        for role in _counting(self.roles):
            fewer = _ROLES[role].get("fewer")
            if fewer and getattr(self, fewer["fact"]) is None:
                label = type(self).model_fields[fewer["fact"]].title
                raise told(f"Vai trò “{_ROLES[role]['label']}” cần ghi “{label}”", "Bổ sung số này")
        return self


@judging("review_place", PlaceFacts)
def review_place(facts: PlaceFacts, book: AppliedBook) -> PlacesResult:
    """The places of all roles united, the own cell always among them."""
    asked: dict[str, list[str]] = {_OWN_CELL: ["REV-03"]}
    if facts.roles != [_ORDINARY]:
        asked[_OWN_CELL].append("REV-04")
    for role in _counting(facts.roles):
        for place in _places(_ROLES[role], facts, book):
            asked.setdefault(place, []).append(_ROLES[role]["rule"])
    return PlacesResult(
        places=tuple(sorted(asked)),
        own_cell_scope="full" if facts.roles == [_ORDINARY] else "member_duties_only",
        reasons=tuple((place, _LABELS[place], tuple(asked[place])) for place in _LABELS if place in asked),
    )


def _counting(roles: list[str]) -> list[str]:
    displaced = {other for role in roles for other in _ROLES[role].get("displaces", ())}
    return [role for role in roles if role not in displaced]


def _places(row: Mapping[str, Any], facts: PlaceFacts, book: AppliedBook) -> list[str]:
    places = list(row["places"])
    if fewer := row.get("fewer"):
        below = getattr(facts, fewer["fact"]) < book.number(row["rule"], fewer["number"])
        places.append(fewer["then"] if below else fewer["else"])
    return places
