"""What annulling a result, or deciding another level, would do above and beside it, before it is recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from archive.campaigns.effects import Change, Effects, effects, effects_between
from archive.campaigns.picture import Picture
from archive.campaigns.rulings import concerned


@dataclass(frozen=True)
class Foreseen:
    """Effects with the picture of the campaign that gives the names."""

    effects: Effects
    picture: Picture


def if_annulled(database: Database, dossier: str) -> Foreseen:
    """What annulling the result of a dossier would do (13-HD/TU, V.1, gạch 7).

    Raises:
        NotFound: no evaluation stands behind the dossier's id.
    """
    found = concerned(database, dossier)
    picture, evaluation = found.picture, found.evaluation
    without = replace(evaluation, decision=None, former=evaluation.former or evaluation.decision)
    other = replace(picture, evaluations={**picture.evaluations, evaluation.id: without})
    return Foreseen(effects_between(picture, other, Change(evaluation.id)), picture)


def if_decided(database: Database, dossier: str, level: str) -> Foreseen:
    """What deciding a level for the subject of a dossier would do.

    Raises:
        NotFound: no evaluation stands behind the dossier's id.
    """
    found = concerned(database, dossier)
    return Foreseen(effects(found.picture, Change(found.evaluation.id, level)), found.picture)
