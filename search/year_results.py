"""One result of a person, and one year of a person with its results: as values, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

MET, BELOW = "met", "below"
GAPS: Mapping[str, str] = {
    "complaint": "đang có khiếu nại",
    "annulled": "kết quả đã bị hủy bỏ",
    "pending": "chưa có quyết định",
    "outside": "không xếp loại",
    "unknown": "mức không có trong hướng dẫn",
    "missing": "chưa có kết quả",
}
"""Why a year says nothing, in words; of several reasons the first one is told."""


class Result(NamedTuple):
    """One evaluation of a person, or one result on paper of a year before hoso.

    Args:
        level: the one in force, None where none is; `label` and `short` in words of its guidance.
        state: `met`, `below` or a code of `GAPS`.
        best: whether it is the best level of its guidance, and stands firm.
        place: (unit id, unit name, name of the parent, day of evaluation) as they were then.
        owner: the unit whose campaign it is; empty on paper.
    """

    person_id: str
    capacity: str
    period: str
    level: str | None
    label: str
    short: str
    state: str
    best: bool
    place: tuple[str | None, str | None, str | None, str | None]
    owner: str
    decision: str | None
    decided_on: str | None
    decided_by: str | None
    dossier_id: str | None
    status: str
    complaint: str

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "period": self.period, "capacity": self.capacity, "level": self.level, "level_label": self.label,
            "state": self.state, "status": self.status, "complaint": self.complaint, "unit": self.place[1],
            "decision": self.decision, "decided_on": self.decided_on, "decided_by": self.decided_by,
            "dossier_id": self.dossier_id,
        }  # fmt: skip


class Year(NamedTuple):
    """How one year of a person stands.

    Args:
        state: `met`, `below` or a code of `GAPS`.
        missing: the parts of the year that have no evaluation of the person though his campaigns have them.
    """

    year: str
    state: str
    best: bool
    results: tuple[Result, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def gap(self) -> str:
        """Why the year says nothing, in words; empty where it says something."""
        return GAPS.get(self.state, "")

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "year": self.year, "state": self.state, "missing": list(self.missing),
            "results": [result.as_dict() for result in self.results],
        }  # fmt: skip

    @property
    def text(self) -> str:
        """The year in a cell of a table: “Hoàn thành tốt nhiệm vụ”, “Q1: Tốt; Q2: chưa có kết quả”."""
        told = [f"{_part(result.period)}{told_result(result)}" for result in self.results]
        told += [f"{_part(period)}{GAPS['missing']}" for period in self.missing]
        return "; ".join(told) or GAPS["missing"]


def _part(period: str) -> str:
    return f"{period[5:]}: " if len(period) > len("2018") else ""


def told_result(result: Result) -> str:
    """A result in words with what weighs on it: “Hoàn thành tốt nhiệm vụ (đang có khiếu nại)”."""
    if not result.level:
        return GAPS[result.state] + ("; đang có khiếu nại" if result.complaint == "open" else "")
    marks = [GAPS["complaint"]] if result.complaint == "open" else []
    marks += ["đã xếp loại lại"] if result.status == "reclassified" else []
    marks += [GAPS["unknown"]] if result.state == "unknown" else []
    return f"{result.label} ({', '.join(marks)})" if marks else result.label
