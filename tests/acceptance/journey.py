"""The command as its users call it, and what stands in a data folder before and after."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from archive.store.ocfl import Store
from cli import main

SAMPLE = resources.files("sample_campaign")
WORKBOOK = Path(str(SAMPLE / "campaign-2018.xlsx"))
INTAKE = Path(str(SAMPLE / "intake"))


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


def call(*words: str | Path, env: Mapping[str, str | None] | None = None) -> Said:
    """`hoso` with these words, in this process; anything but an orderly end fails the test."""
    clean = {"HOSO_DATA": None, "HOSO_PORT": None, "HOSO_RULEBOOK": None, "HOSO_HOST": None, "HOSO_USER": None}
    result = CliRunner().invoke(main, [str(word) for word in words], env={**clean, **(env or {})}, prog_name="hoso")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"hoso {words} broke off") from result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


@dataclass(frozen=True)
class Desk:
    """A data folder and the command that works on it."""

    root: Path

    def __call__(self, *words: str | Path, code: int = 0) -> Said:
        """Calls `hoso --data ROOT …` and holds it to an exit code."""
        said = call("--data", self.root, *words)
        assert said.code == code, f"{words}: {said.code}\n{said.out}\n{said.err}"
        return said

    def copied(self, to: Path) -> Desk:
        """The same folder once more, to be changed freely."""
        shutil.copytree(self.root, to)
        return Desk(to)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a SELECT gives."""
        with closing(sqlite3.connect(self.root / "hoso.db")) as database:
            return database.execute(sql, values).fetchall()

    def kept(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every table with its rows: what a command that changes nothing leaves as it was."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables}

    def stored(self) -> dict[str, str]:
        """Every file of the store and the papers to print, with its digest."""
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha512(path.read_bytes()).hexdigest()
            for part in ("store", "print")
            for path in sorted((self.root / part).rglob("*"))
            if path.is_file()
        }

    def file(self, dossier: str, path: str) -> bytes:
        """One file of a dossier's newest version, as it lies in the store."""
        ((version,),) = self.rows("SELECT version FROM dossier WHERE id = ?", dossier)
        return Store(self.root / "store").read(dossier, path, version)

    def dossiers(self) -> list[dict[str, Any]]:
        """`hoso dossier list --json`."""
        listed: list[dict[str, Any]] = self("dossier", "list", "--json").json
        return listed

    def dossier_of(self, person: str, capacity: str = "member") -> str:
        """The id of the dossier of the person with this reference (“DV012”)."""
        ((found,),) = self.rows(
            "SELECT d.id FROM dossier d JOIN evaluation e ON e.id = d.evaluation_id JOIN person p ON p.id = e.person_id"
            " WHERE p.reference = ? AND e.capacity = ?",
            person, capacity,
        )  # fmt: skip
        return str(found)


def strings(value: Any) -> Iterator[str]:
    """Every text within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
