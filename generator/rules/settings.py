"""Readings of an open text, as settings an office may choose."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.errors import InvalidInput, Place, Problem
from generator.rules.criteria import CriteriaTable

SettingValue = str | tuple[str, ...]


@dataclass(frozen=True)
class SettingSpec:
    """One setting: what it decides, under which ambiguity, and what may be chosen.

    Args:
        choices: code → Vietnamese label of each alternative.
        default: the shipped reading; a tuple for a list of criteria.
        kind, flag: for a list of criteria, the subject kind and the class of criteria it fixes.
    """

    name: str
    title: str
    reading: str
    choices: Mapping[str, str]
    default: SettingValue
    kind: str = ""
    flag: str = ""

    def problem(self, value: object) -> Problem | None:
        """What is wrong with a value given for this setting, or None."""
        several = isinstance(self.default, tuple)
        given = value if several and isinstance(value, list | tuple) else [value]
        fits = isinstance(value, list | tuple) == several
        if fits and all(isinstance(code, str) and code in self.choices for code in given):
            return None
        allowed = "; ".join(f"{code} ({label})" for code, label in self.choices.items())
        return Problem(
            "settings.value",
            Place(field=self.name),
            f"Giá trị của “{self.title}” không hợp lệ",
            f"{'Ghi một danh sách trong các mã' if several else 'Chọn một trong các mã'}: {allowed}",
        )


class Settings(Mapping[str, SettingValue]):
    """The readings in force: every setting of the book with its value."""

    def __init__(self, specs: Mapping[str, SettingSpec], values: Mapping[str, SettingValue] | None = None) -> None:
        self.specs = specs
        self._values = {name: (values or {}).get(name, spec.default) for name, spec in specs.items()}
        written = json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self._digest = hashlib.sha512(written.encode()).hexdigest()

    def __getitem__(self, name: str) -> SettingValue:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def overlaid(self, changes: Mapping[str, Any]) -> Settings:
        """These settings with `changes` over them.

        Raises:
            InvalidInput: a name no setting has, or a value that is not among its choices; all of them.
        """
        problems = []
        for name, value in changes.items():
            spec = self.specs.get(name)
            problem = spec.problem(value) if spec else _unknown(name, self.specs)
            problems += [problem] if problem else []
        if problems:
            raise InvalidInput(problems)
        fresh = {name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()}
        return Settings(self.specs, {**self._values, **fresh})

    def changed(self) -> tuple[str, ...]:
        """The names of the settings that depart from the shipped reading."""
        return tuple(name for name, spec in self.specs.items() if self._values[name] != spec.default)

    def as_dict(self) -> dict[str, Any]:
        """The settings as JSON or TOML holds them."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._values.items()}

    def digest(self) -> str:
        """SHA-512 of the settings, for freezing beside a judgement."""
        return self._digest


def _unknown(name: str, specs: Mapping[str, SettingSpec]) -> Problem:
    return Problem(
        "settings.unknown",
        Place(field=name),
        f"Không có thiết lập tên “{name}”",
        f"Các thiết lập có thể đặt: {', '.join(specs)}",
    )


def specs_of(rows: Sequence[Mapping[str, Any]], criteria: CriteriaTable) -> dict[str, SettingSpec]:
    """The setting specifications of a book's `settings.toml`; lists of criteria take their defaults from the flags."""
    specs: dict[str, SettingSpec] = {}
    for row in rows:
        values: dict[str, Any] = {"choices": row.get("choices", {}), "default": row.get("default", "")}
        if "criteria" in row:
            kind, flag = row["criteria"]["kind"], row["criteria"]["flag"]
            every = criteria.criteria(kind)
            default = tuple(criterion.code for criterion in every if getattr(criterion, flag))
            values = {"choices": {c.code: c.title for c in every}, "default": default, "kind": kind, "flag": flag}
        specs[row["name"]] = SettingSpec(row["name"], row["title"], row["reading"], **values)
    return specs
