"""The TOML tables of a rulebook's folder, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from generator.vietnamese import nfc


@cache
def table(package: str, name: str) -> dict[str, Any]:
    """The table `name` (`book`, `rules/member`) of the book in `package`, composed to NFC.

    Raises:
        FileNotFoundError: the book has no such table.
    """
    path = files(package).joinpath(*f"{name}.toml".split("/"))
    return tomllib.loads(nfc(path.read_text(encoding="utf-8")))


def optional_table(package: str, name: str) -> dict[str, Any]:
    """The table `name` of the book; empty where the book leaves it to the house."""
    return table(package, name) if files(package).joinpath(f"{name}.toml").is_file() else {}


def codes(package: str, name: str, *rows: str) -> tuple[str, ...]:
    """The codes of the named rows (`level`, `outside_level`) of one table, in their order."""
    whole = table(package, name)
    return tuple(entry["code"] for row in rows for entry in whole[row])


@cache
def tables_under(package: str, folder: str) -> tuple[dict[str, Any], ...]:
    """Every table of a folder of the book, by file name."""
    names = sorted(entry.name for entry in files(package).joinpath(folder).iterdir() if entry.name.endswith(".toml"))
    return tuple(table(package, f"{folder}/{name.removesuffix('.toml')}") for name in names)
