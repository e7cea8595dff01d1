"""What a decision would do above and beside it, as it is shown before the decision is recorded."""

from __future__ import annotations

from typing import Any

from archive.afterwards.errors import LevelRefused
from archive.campaigns.foreseen import Foreseen
from generator.rules.scale import Scale


def level_choices(levels: Scale) -> tuple[tuple[str, str], ...]:
    """The levels that may be decided, the best first, as the choices of a field."""
    return tuple((code, levels.label(code)) for code in levels.codes)


def told(foreseen: Foreseen, levels: Scale) -> dict[str, Any]:
    """The effects of a change, for the page where it is looked over."""
    return {"template": "effects.html", "effects": foreseen.effects, "picture": foreseen.picture, "levels": levels}


def told_if_allowed(foreseen: Foreseen, levels: Scale) -> dict[str, Any]:
    """The same of a level that is to be decided.

    Raises:
        LevelRefused: the rules do not allow the subject this level.
    """
    first = foreseen.effects.subjects[0].after
    if first.refused:
        raise LevelRefused(first.errors, first.incomplete)
    return told(foreseen, levels)
