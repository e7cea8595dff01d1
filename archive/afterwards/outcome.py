"""What an annulment or a second decision did: the level, the clock, and what follows above and beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.afterwards.amending import Amended, present_day
from archive.afterwards.clock import Clock, clock_of
from archive.campaigns.effects import Change, Effects, effects_between
from archive.campaigns.stages import Situation
from archive.records.afterwards import annulments_of
from generator.rules.rulebook import load_rulebook


@dataclass(frozen=True)
class Changed:
    """What an annulment or a second decision did.

    Args:
        version: of the dossier, 0 while it is not filed.
        level: the level that stands now; None while the result is annulled.
        effects: what it does above and beside: told, never applied.
        clock: how the annulment stands against its last day.
    """

    dossier_id: str
    annulment_id: str
    version: int
    level: str | None
    effects: Effects
    clock: Clock
    papers: tuple[str, ...]

    def as_dict(self, situation: Situation) -> dict[str, Any]:
        """It as `hoso annul --json` and `hoso reclassify --json` print it."""
        return {
            "dossier_id": self.dossier_id,
            "annulment_id": self.annulment_id,
            "version": self.version,
            "level": self.level,
            "clock": self.clock.as_dict(),
            "effects": self.effects.as_dict(situation.picture),
        }


def what_changed(database: Database, done: Amended[str], annulment_id: str, today: date | None) -> Changed:
    """Tells of an annulment as it stands after the work, on a day (the present one, when None)."""
    evaluation_id = next(iter(database.execute(
        "SELECT evaluation_id FROM annulment WHERE id = ?", [annulment_id]
    ).fetchone()))  # fmt: skip
    found = next(one for one in annulments_of(database, evaluation_id) if one.id == annulment_id)
    book = load_rulebook(done.after.picture.campaign.rulebook)
    level = done.after.picture.evaluations[evaluation_id].level
    change = Change(evaluation_id, level)
    return Changed(
        done.dossier_id,
        annulment_id,
        done.version,
        level,
        effects_between(done.before.picture, done.after.picture, change, book),
        clock_of(database, found, book, today or present_day()),
        tuple(path.name for path in done.printed),
    )
