"""Whose paper a file is, and which paper: by the code in it, else by the words of its name and folder.

Nothing is guessed: whenever two answers are possible, the answer is a question.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import PurePath

from generator.vietnamese import fold, nfc

_SIGNS = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"[\s_,;()\[\]–]+")


@dataclass(frozen=True)
class Kind:
    """A kind of paper.

    Args:
        code: what a decision calls it.
        item: of the dossier.
        form: its form's code; empty for none.
        of: whom it may be about: `person`, `body` (an organisation or collective that is evaluated), `unit`.
        words: that tell it in a file name; none for a kind only a person chooses.
    """

    code: str
    item: str
    form: str
    title: str
    of: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """A unit or collective that papers may be about: its id, reference and names, `unit` or `collective`."""

    id: str
    reference: str
    names: tuple[str, ...]
    sort: str

    def __str__(self) -> str:
        return f"{self.reference} – {self.names[0]}"


@dataclass(frozen=True)
class Member:
    """A person who may hand in papers: id, reference, name, and the cell's id with its name."""

    id: str
    reference: str
    full_name: str
    cell_id: str
    cell_name: str

    def __str__(self) -> str:
        return f"{self.reference} – {self.full_name} ({self.cell_name})"


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of papers that are told by their names, the more telling first."""
    text = resources.files("archive.intake").joinpath("kinds.toml").read_text(encoding="utf-8")
    return tuple(
        Kind(**{**row, "of": tuple(row["of"]), "words": tuple(row["words"])}) for row in tomllib.loads(text)["kind"]
    )


def words(text: str) -> str:
    """The words of a name without marks, case and signs, with a blank at both ends: whole words can be looked for."""
    return f" {_SIGNS.sub(' ', fold(nfc(text))).strip()} "


def kind_of(path: PurePath) -> Kind | None:
    """The kind of paper the file name tells, or the nearest folder that tells one."""
    for part in (path.stem, *(folder for folder in reversed(path.parent.parts))):
        found = next((kind for kind in kinds() if any(words(word) in words(part) for word in kind.words)), None)
        if found is not None:
            return found
    return None


class People:
    """The people of a campaign, to be found by the names of files and folders."""

    def __init__(self, members: Sequence[Member], units: Mapping[str, Sequence[str]]) -> None:
        """Args: members of the campaign; units: unit id → its names (reference, full and short name)."""
        self._members = members
        self._references = {member.reference.casefold(): member for member in members}
        self._units = {words(name): unit for unit, names in units.items() for name in names if name}

    def owners(self, path: PurePath) -> tuple[list[Member], str]:
        """Who may own a file, and when it is not exactly one, why: `unknown-person`, `several-people`,
        `name-against-code` or `name-against-folder`."""
        by_code = self._by_reference(path)
        by_name = self._by_name(path)
        if by_code is not None:
            if by_name and by_code not in by_name:
                return [by_code, *by_name], "name-against-code"
            return [by_code], ""
        if not by_name:
            return [], "unknown-person"
        cell = self._cell(path)
        here = [member for member in by_name if member.cell_id == cell] if cell else by_name
        if cell and not here:
            return by_name, "name-against-folder"
        exact = [member for member in here if f" {nfc(member.full_name).casefold()} " in _plain(path.stem)]
        chosen = exact or here
        return chosen, "" if len(chosen) == 1 else "several-people"

    def _by_reference(self, path: PurePath) -> Member | None:
        tokens = _BETWEEN.split(nfc(path.stem))
        found = {
            self._references[token.casefold()]
            for token in (*tokens, *(part for token in tokens for part in token.split("-")))
            if token.casefold() in self._references
        }
        return found.pop() if len(found) == 1 else None

    def _by_name(self, path: PurePath) -> list[Member]:
        text = words(path.stem)
        found = [member for member in self._members if words(member.full_name) in text]
        # “Nguyễn Văn An” also holds “Văn An”: the longer name is meant.
        longer = [words(member.full_name) for member in found]
        return [
            member
            for member in found
            if not any(words(member.full_name) != name and words(member.full_name) in name for name in longer)
        ]

    def _cell(self, path: PurePath) -> str | None:
        # The nearest folder that is a cell; the folder of a whole đảng bộ says nothing more.
        cells = {member.cell_id for member in self._members}
        named = (self._units.get(words(folder)) for folder in reversed(path.parent.parts))
        return next((unit for unit in named if unit in cells), None)


def body_of(path: PurePath, bodies: Sequence[Body]) -> Body | None:
    """The one body that a file name tells by its reference or name, or the nearest folder by the whole of its name."""
    tokens = {token.casefold() for token in _BETWEEN.split(nfc(path.stem))}
    stem = words(path.stem)
    named = {body: max((len(words(name)) for name in body.names if words(name) in stem), default=0) for body in bodies}
    longest = max(named.values(), default=0)
    told = [body for body in bodies if body.reference.casefold() in tokens]
    told = told or [body for body, length in named.items() if length == longest > 0]
    if told:
        return told[0] if len(told) == 1 else None
    for folder in reversed(path.parent.parts):
        here = [one for one in bodies if words(folder) in {words(name) for name in (one.reference, *one.names)}]
        if here:
            return here[0] if len(here) == 1 else None
    return None


def _plain(text: str) -> str:
    return f" {_SIGNS.sub(' ', nfc(text)).strip().casefold()} "
