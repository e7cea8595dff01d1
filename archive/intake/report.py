"""What an intake took, and what it left for a person to decide."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Taken:
    """One file taken: its path under the folder, whose paper it is, which, and for how many evaluations."""

    file: str
    subject: str
    title: str
    evaluations: int


@dataclass(frozen=True)
class LeftAside:
    """One file not taken.

    Args:
        code: `intake.unknown-person`, `intake.several-people`, `intake.unknown-kind`, `intake.filed`,
            `intake.refused`, …
        file: its path under the folder.
        message: why, a Vietnamese sentence without its stop; remedy likewise.
        candidates: whom it may belong to.
    """

    code: str
    file: str
    message: str
    remedy: str
    candidates: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = f" ({'; '.join(self.candidates)})" if self.candidates else ""
        return f"Tệp “{self.file}”: {self.message}{names}. {self.remedy}."


@dataclass
class IntakeReport:
    """Files taken, files already there, files a person must decide on, and files refused."""

    taken: list[Taken] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    undecided: list[LeftAside] = field(default_factory=list)
    refused: list[LeftAside] = field(default_factory=list)
    saved: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON carries it."""
        return {
            "saved": self.saved,
            "taken": [asdict(one) for one in self.taken],
            "known": list(self.known),
            "undecided": [{**asdict(one), "text": str(one)} for one in self.undecided],
            "refused": [{**asdict(one), "text": str(one)} for one in self.refused],
        }
