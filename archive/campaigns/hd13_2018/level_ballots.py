"""The secret ballots with four levels: on the level of a body itself, and of the body that decides.

13-HD/TU, II.1.6, bước 1 and bước 3; II.2.5, bước 3; III.5, bước 1 and bước 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.campaigns.hd13_2018.kinds import kind_of
from archive.campaigns.hd13_2018.votes import LEVEL_BALLOT
from archive.campaigns.papers.bodies import body_name
from archive.campaigns.papers.extracts import posts_of
from archive.campaigns.papers.paper import Document, Paper, distinct_names, given, heading
from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Evaluation, Unit
from archive.campaigns.verdicts import CampaignJudgement

_FILED_AS = "other_documents"
# What is decided at once → how the sheet names it, and the kind of ballot it is.
_DECIDED = {
    "members": ("đảng viên", "decision_members"),
    "organisations": ("tổ chức đảng", "decision_organisations"),
    "collectives": ("tập thể lãnh đạo, quản lý", "decision_organisations"),
    "leaders": ("cán bộ lãnh đạo, quản lý", "leaders"),
}


def level_ballots(picture: Picture, unit: Unit) -> Iterator[Paper]:
    """The sheet on which a unit, and each collective it works on, votes its own level."""
    own = picture.organisation(unit.id)
    for evaluation in (*((own,) if own else ()), *picture.collectives_of(unit)):
        if kind_of(picture, evaluation) is None:
            continue
        of = picture.units[evaluation.unit_id]
        ballot = picture.ballot(of.id, "organisation_level")
        subject = picture.subject_name(evaluation)
        met = subject if evaluation.collective_id or of.is_cell else f"Ban Chấp hành {subject}"
        document = heading(picture, of, ballot.held_on if ballot else None)
        document |= {"subject": subject, "voters": f"Hội nghị {met}"}
        yield Paper(
            f"{LEVEL_BALLOT}{evaluation.id}", "ballot-level", "blank", "ballots", unit.id, _FILED_AS,
            f"Mẫu phiếu tự xếp loại chất lượng {subject}", document, None, body_name(of),
            f"{picture.subject_reference(evaluation)}-ballot-level",
        )  # fmt: skip


def decision_ballots(picture: Picture, unit: Unit, judgement: CampaignJudgement) -> Iterator[Paper]:
    """The sheets of the body that decides, one for each kind of subject; those barred from a level stand on none.

    A chi bộ cơ sở decides on its members by its own two rounds (II.2.5, bước 3, gạch 2).
    """
    if unit.is_cell or unit.id != picture.owner.id:
        return
    cells = [one for cell in picture.cells if (one := picture.organisation(cell.id))]
    beside = [one for one in picture.collectives_of(unit) if one.unit_id != unit.id and kind_of(picture, one)]
    subjects: dict[str, Sequence[Evaluation]] = {
        "members": picture.all_members(),
        "organisations": cells,
        "collectives": beside,
        "leaders": picture.leaders(unit),
    }
    committee = next((one for one in picture.collectives.values() if one.unit_id == unit.id and one.is_committee), None)
    for concerning, evaluations in subjects.items():
        listed = [one for one in evaluations if not judgement.of(one).barred]
        if not listed:
            continue
        whom, kind = _DECIDED[concerning]
        ballot = picture.ballot(unit.id, kind)
        document = heading(picture, unit, ballot.held_on if ballot else None) | {
            "concerning": concerning,
            "deciding_body": f"Hội nghị {committee.name if committee else body_name(unit)}",
            "candidates": _candidates(picture, listed),
        }
        yield Paper(
            f"ballots:ballot-decision:{concerning}:{unit.id}", "ballot-decision", "blank", "ballots", unit.id,
            _FILED_AS, f"Mẫu phiếu biểu quyết xếp loại chất lượng {whom}", document, None, body_name(unit),
            f"{unit.reference}-ballot-decision-{concerning}",
        )  # fmt: skip


def _candidates(picture: Picture, listed: Sequence[Evaluation]) -> list[Document]:
    names = distinct_names(picture, listed)
    rows = []
    for one in listed:
        proposed = one.proposed_level
        note = None
        if one.capacity == "member":
            note = picture.units[one.unit_id].name
        elif one.capacity == "leader_manager":
            note = posts_of(picture, one)
        rows.append(
            given({
                "subject": names[one.id],
                "note": note,
                "proposed": proposed if proposed != "not_classified" else None,
            })
        )  # fmt: skip
    return rows
