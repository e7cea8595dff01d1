"""Levels that bound other levels: head, collective, organisation (V.1, gạch 3; III.3.1)."""

from __future__ import annotations

from typing import Protocol

from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import note, rule


class Headed(Protocol):
    """A person who may head a collective and an organisation; None where he heads none."""

    @property
    def collective_level(self) -> str | None:
        """Level of the collective."""

    @property
    def organisation_level(self) -> str | None:
        """Level of the organisation, the lowest where he heads several."""


class Leading(Protocol):
    """A collective that leads an agency within a party organisation."""

    @property
    def organisation_level(self) -> str | None:
        """Level of the organisation, agency or unit."""

    @property
    def party_organisation_level(self) -> str | None:
        """Level of the party organisation."""


_COLLECTIVE = "Tập thể lãnh đạo, quản lý"
_ORGANISATION = "Tổ chức, cơ quan, đơn vị"
_PARTY = "Tổ chức đảng"


@rule("CAP-01")
def head_not_above_collective(head: Headed, book: AppliedBook) -> Shortfall | None:
    """A head is not above the leadership collective."""
    return _bound(_COLLECTIVE, head.collective_level, book)


@note("CAP-01")
def collective_sets_no_bound(head: Headed, book: AppliedBook) -> Shortfall | None:
    """A collective that is not classified bounds nothing."""
    return _no_bound(_COLLECTIVE, head.collective_level, book)


@rule("CAP-02")
def head_not_above_organisation(head: Headed, book: AppliedBook) -> Shortfall | None:
    """A head is not above the organisation, agency or unit he heads."""
    return _bound(_ORGANISATION, head.organisation_level, book)


@note("CAP-02")
def organisation_sets_no_bound(head: Headed, book: AppliedBook) -> Shortfall | None:
    """An organisation that is not classified bounds nothing."""
    return _no_bound(_ORGANISATION, head.organisation_level, book)


@rule("CAP-03")
def collective_not_above_party_organisation(collective: Leading, book: AppliedBook) -> Shortfall | None:
    """A collective is not above the party organisation."""
    return _bound(_PARTY, collective.party_organisation_level, book)


@note("CAP-03")
def party_organisation_sets_no_bound(collective: Leading, book: AppliedBook) -> Shortfall | None:
    """A party organisation that is not classified bounds nothing."""
    return _no_bound(_PARTY, collective.party_organisation_level, book)


@rule("CAP-04")
def collective_not_above_organisation(collective: Leading, book: AppliedBook) -> Shortfall | None:
    """A collective is not above the organisation, agency or unit."""
    return _bound(_ORGANISATION, collective.organisation_level, book)


@note("CAP-04")
def agency_sets_no_bound(collective: Leading, book: AppliedBook) -> Shortfall | None:
    """An organisation that is not classified bounds nothing."""
    return _no_bound(_ORGANISATION, collective.organisation_level, book)


def _bound(body: str, level: str | None, book: AppliedBook) -> Shortfall | None:
    # The best level bounds nothing, and a level outside the order cannot be compared.
    if level is None or not book.levels.positions.get(level):
        return None
    return Shortfall(given=f"{body} xếp loại “{book.levels.label(level)}”", cap=level)


def _no_bound(body: str, level: str | None, book: AppliedBook) -> Shortfall | None:
    if level is None or level in book.levels.positions:
        return None
    return Shortfall(
        given=f"{body}: “{book.levels.label(level)}”",
        message=f"{body} không xếp loại nên không giới hạn mức đề xuất",
    )
