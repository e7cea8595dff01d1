"""The kinds of value a fact is made of, each checked at the door: composed text, dates, counts, codes.

Text is composed (NFC), freed of blanks around it and refused when it holds a character no Word file can carry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from generator.vietnamese import forbidden_character, nfc

EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)


@dataclass(frozen=True)
class Choice:
    """Marks a field whose value is a code of a list: of the rulebook (`level`, `rating` …) or the house."""

    name: str


@dataclass(frozen=True)
class Reference:
    """Marks a field that names another record by its office reference (“Mã”): a person, unit, collective or ballot."""

    to: str


@dataclass(frozen=True)
class LongText:
    """Marks a field that holds paragraphs, shown in a wide cell and a text area."""


def _composed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = forbidden_character(value)
    if found:
        raise PydanticCustomError("forbidden_character", "forbidden character {found}", {"found": found})
    return nfc(value).strip()


def _plausible(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise PydanticCustomError("implausible_date", "outside {low}–{high}", {"low": "1900", "high": "2100"})
    return day


Line = Annotated[str, BeforeValidator(_composed), StringConstraints(min_length=1, max_length=1_000)]
Name = Annotated[str, BeforeValidator(_composed), StringConstraints(min_length=1, max_length=300)]
Paragraphs = Annotated[str, BeforeValidator(_composed), StringConstraints(min_length=1, max_length=100_000), LongText()]
Code = Annotated[str, BeforeValidator(_composed), StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}$")]
Day = Annotated[date, AfterValidator(_plausible)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
PersonReference = Annotated[Code, Reference("person")]
UnitReference = Annotated[Code, Reference("unit")]
CollectiveReference = Annotated[Code, Reference("collective")]
BallotReference = Annotated[Code, Reference("ballot")]
Level = Annotated[str, Choice("level")]
Rating = Annotated[str, Choice("rating")]
Ratings = dict[str, str | int | None]


class Row(BaseModel):
    """One row of facts: unknown fields are refused, values are not changed once read.

    `in_order` are pairs of days of which the first may not come after the second.
    """

    in_order: ClassVar[tuple[tuple[str, str], ...]] = ()

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=100_000)


@cache
def choices() -> Mapping[str, Mapping[str, str]]:
    """The house's lists of codes: list name → code → Vietnamese label."""
    text = resources.files("generator.facts").joinpath("choices.toml").read_text(encoding="utf-8")
    return {name: dict(labels) for name, labels in tomllib.loads(text).items()}


def choice_label(list_name: str, code: str) -> str:
    """The Vietnamese label of a code of a list of `choices.toml`; the code itself when the list lacks it."""
    return choices().get(list_name, {}).get(code, code)
