"""Facts of a campaign rolled up from its picture: points from the newest assessment, counts from the levels below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from generator.rules.rulebook import Rulebook

MEMBER_QUOTA = "P-25"
_KINDS = {"member": "party_member", "party_organisation": "party_organisation"}


def unclassified_by_standing(picture: Any, evaluation: Any) -> bool:
    """Nobody is left out of the scoring."""
    return False


def reviewed_only(picture: Any, evaluation: Any) -> bool:
    """Nobody is reviewed without being scored."""
    return False


def facts(picture: Any, evaluation: Any, book: Rulebook) -> tuple[str, dict[str, Any]] | None:
    """The kind and facts of one evaluation."""
    kind = _KINDS.get(evaluation.capacity)
    if kind is None:
        return None
    given = evaluation.assessed_by("authority", "self")
    ratings = given.ratings if given else {}
    found = {
        "quarter": picture.campaign.period,
        "review_completed": bool(evaluation.facts.get("review_completed")),
        "points": {criterion.code: ratings.get(criterion.code) or 0 for criterion in book.criteria(kind)},
    }
    if kind == "party_organisation":
        found["below"] = dict(_levels(_below(picture, evaluation), book))
    return kind, found


def caps(picture: Any, evaluation: Any) -> None:
    """No level of another body bounds a level."""


def ballot(picture: Any, cell: Any) -> None:
    """Points are not voted on."""


def quotas(picture: Any) -> Iterator[tuple[str, str, Iterable[Any]]]:
    """Members of the whole commune, and its cells."""
    yield MEMBER_QUOTA, f"Đảng viên {picture.owner.name}", picture.all_members()
    cells = [one for cell in picture.cells if (one := picture.organisation(cell.id))]
    yield MEMBER_QUOTA, f"Chi bộ {picture.owner.name}", cells


def quota_facts(rule: str, group: str, evaluations: Iterable[Any], book: Rulebook) -> dict[str, Any]:
    """The counts of one group."""
    counts = _levels(evaluations, book)
    return {"group": group, **{code: counts[code] for code in book.levels.codes}}


def _below(picture: Any, evaluation: Any) -> Iterable[Any]:
    if picture.units[evaluation.organisation_id].is_cell:
        return picture.members(evaluation.organisation_id)  # type: ignore[no-any-return]
    return [one for cell in picture.cells if (one := picture.organisation(cell.id))]


def _levels(evaluations: Iterable[Any], book: Rulebook) -> Counter[str]:
    return Counter(one.level or book.levels.outside[0] for one in evaluations)
