"""The codes of this book's tables that its facts and functions name."""

from __future__ import annotations

from generator.rules.criteria import CriteriaTable
from generator.rules.tables import codes, table

_PACKAGE = __package__ or ""
_BOOK = table(_PACKAGE, "book")

LEVELS = codes(_PACKAGE, "book", "level")
CLASSIFICATIONS = codes(_PACKAGE, "book", "level", "outside_level")
RATINGS = codes(_PACKAGE, "book", "rating")
KINDS = codes(_PACKAGE, "book", "kind")
UNIT_LEVELS = codes(_PACKAGE, "book", "unit_level")
DISCIPLINE = codes(_PACKAGE, "book", "discipline")
DISCIPLINE_LABELS = {row["code"]: row["label"] for row in _BOOK["discipline"]}
EXCUSED = frozenset(row["code"] for row in _BOOK["discipline"] if row["excused"])
ORGANISATION_TYPES = tuple(row["code"] for row in _BOOK["type"] if row["kind"] == "party_organisation")
COLLECTIVE_TYPES = tuple(row["code"] for row in _BOOK["type"] if row["kind"] == "leadership_collective")
CELLS = frozenset(row["code"] for row in _BOOK["type"] if row.get("cell"))
CRITERIA = CriteriaTable(table(_PACKAGE, "criteria"))


def criterion_labels(kind: str) -> dict[str, str]:
    """Code → “I.1 Tư tưởng chính trị” for the criteria of a kind."""
    return {criterion.code: f"{criterion.number} {criterion.title}" for criterion in CRITERIA.criteria(kind)}
