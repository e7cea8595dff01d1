"""An ordered scale of a rulebook: its levels, its ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, eq=False)
class Scale:
    """Codes from best to worst, with their Vietnamese labels.

    Codes outside the order (`not_classified`) have labels but no position.
    """

    codes: tuple[str, ...]
    positions: Mapping[str, int]
    labels: Mapping[str, str]
    shorts: Mapping[str, str]
    outside: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], outside: Sequence[Mapping[str, Any]] = ()) -> Scale:
        """The scale of these rows (`code`, `label`, `short`), best first."""
        every = [*rows, *outside]
        ordered = tuple(row["code"] for row in rows)
        return cls(
            codes=ordered,
            positions=MappingProxyType({code: index for index, code in enumerate(ordered)}),
            labels=MappingProxyType({row["code"]: row["label"] for row in every}),
            shorts=MappingProxyType({row["code"]: row["short"] for row in every}),
            outside=tuple(row["code"] for row in outside),
        )

    def label(self, code: str) -> str:
        """The full name: “Hoàn thành xuất sắc nhiệm vụ”."""
        return self.labels[code]

    def short(self, code: str) -> str:
        """The short name used in narrow columns: “HTXSNV”."""
        return self.shorts[code]

    def position(self, code: str) -> int:
        """0 for the best code, growing towards the worst.

        Raises:
            KeyError: the code is unknown or outside the order.
        """
        return self.positions[code]

    def at_least(self, code: str, bound: str) -> bool:
        """Whether `code` is `bound` or better; a code outside the order is not."""
        return code in self.positions and self.positions[code] <= self.positions[bound]

    def lowest(self, given: Iterable[str]) -> str:
        """The worst of the given codes, or the best of the scale when none is given."""
        return max(given, key=self.position, default=self.codes[0])

    def above(self, code: str) -> str | None:
        """The next better code, or None at the top."""
        position = self.positions[code]
        return self.codes[position - 1] if position else None
