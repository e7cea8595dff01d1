"""Reading the sources: TOML files and the self-reviews and reports written as Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from generator.facts.values import Row

Made = TypeVar("Made", bound=Row)
SOURCE = resources.files("sample_campaign").joinpath("source")
_RATINGS = {"X": "excellent", "T": "good", "B": "average", "K": "poor", "-": None}
_LEFT_OUT = "."
_SECTION = re.compile(r"^## ([a-z_]+)\n", re.MULTILINE)


def table(name: str) -> dict[str, Any]:
    """One TOML file of the sources, by its path below `source/`."""
    return tomllib.loads(SOURCE.joinpath(name).read_text(encoding="utf-8"))


def files(folder: str, ending: str) -> list[Traversable]:
    """The files of a folder below `source/` with an ending, by name."""
    found = (file for file in SOURCE.joinpath(folder).iterdir() if file.name.endswith(ending))
    return sorted(found, key=lambda file: file.name)


def ratings(letters: str, codes: Iterable[str]) -> dict[str, str | None]:
    """Ratings written in a row (`XXTTT TT - T B -`): X, T, B, K; `-` does not apply, `.` was left empty.

    Raises:
        ValueError: not one letter per criterion.
    """
    pairs = zip(codes, letters.replace(" ", ""), strict=True)
    return {code: _RATINGS[letter] for code, letter in pairs if letter != _LEFT_OUT}


def sections(text: str) -> dict[str, str]:
    """The sections of a Markdown text: `## key`, then paragraphs; what stands before the first is a remark."""
    _, *parts = _SECTION.split(text)
    return {key: paragraphs(body) for key, body in zip(parts[::2], parts[1::2], strict=True)}


def paragraphs(body: str) -> str:
    """One line per paragraph, without blank lines."""
    return "\n".join(line.strip() for line in body.splitlines() if line.strip())


def made(model: type[Made], **fields: Any) -> Made:
    """A row of facts from its fields.

    Raises:
        pydantic.ValidationError: a field is not as its model wants it.
    """
    return model.model_validate(fields)
