"""What an import did, or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from generator.errors import Place, Problem


@dataclass(frozen=True)
class Difference:
    """One value that differs: the column's heading, what is kept and what the workbook gives, as text."""

    column: str
    kept: str
    given: str


@dataclass(frozen=True)
class Conflict:
    """A row left as it is kept, because someone changed it after the workbook was written, or because it is filed.

    Args:
        code: `import.changed-meanwhile` or `import.filed`.
        place: the row in the workbook.
        message: why, a Vietnamese sentence without its stop; remedy likewise.
        differences: what would have been changed.
    """

    code: str
    place: Place
    message: str
    remedy: str
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        changes = "; ".join(f"{one.column}: đang lưu “{one.kept}”, bảng ghi “{one.given}”" for one in self.differences)
        place = str(self.place)
        return f"{place[0].upper()}{place[1:]}: {self.message} ({changes}). {self.remedy}."


@dataclass
class ImportReport:
    """Counts of rows by sheet key, the conflicts left alone, and the problems that stopped everything.

    With a problem nothing at all is saved; `saved` says whether anything was.
    """

    created: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    evaluations: int = 0
    campaign_id: str | None = None
    saved: bool = False

    @property
    def changes(self) -> int:
        """How many rows were made or changed, evaluations made for members included."""
        return self.created.total() + self.changed.total() + self.evaluations

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON carries it."""
        return {
            "saved": self.saved,
            "created": dict(self.created),
            "changed": dict(self.changed),
            "unchanged": dict(self.unchanged),
            "evaluations": self.evaluations,
            "conflicts": [{**asdict(conflict), "text": str(conflict)} for conflict in self.conflicts],
            "problems": [problem.as_dict() for problem in self.problems],
        }
