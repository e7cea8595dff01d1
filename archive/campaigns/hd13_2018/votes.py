"""Who votes, and what the two rounds of a cell's ballot say against a proposed level (13-HD/TU, II.2.5, bước 2)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from archive.campaigns.picture import Picture
from archive.campaigns.subjects import Unit
from archive.campaigns.verdicts import CampaignJudgement
from generator.rulebooks.hd13_2018.results import BallotResult
from generator.rules.applied import AppliedBook
from generator.rules.findings import Finding, Shortfall

# Who of a cell votes (Điều lệ Đảng: probationary members do not).
VOTING = ("official", "transferred_in", "temporary")
# How the key of the ballot on a body's own level begins.
LEVEL_BALLOT = "ballots:ballot-level:"


def voters(picture: Picture, unit: Unit, key: str = "") -> int | None:
    """How many vote in a unit: those of a cell with a vote, or the members of the committee that speaks for it.

    A front or association votes on its own level by itself: how many, only its ballot tells, since the register knows
    the members of the Party alone.

    Args:
        key: of the ballot's paper; that on a body's own level ends with the evaluation of the body.
    """
    own = picture.evaluations.get(key.removeprefix(LEVEL_BALLOT))
    if own and own.unit_id != unit.id:
        ballot = picture.ballot(own.unit_id, "organisation_level")
        return ballot.entitled or None if ballot else None
    if unit.is_cell:
        return sum(picture.person_of(one).membership_kind in VOTING for one in picture.members(unit.id))
    committees = [one for one in picture.collectives.values() if one.unit_id == unit.id and one.is_committee]
    return max((len(one.members) for one in committees), default=0)


def outcome_of(judgement: CampaignJudgement, cell_id: str) -> BallotResult | None:
    """What the two rounds of a cell gave; None while round one is not counted."""
    return cast("BallotResult | None", judgement.ballots.get(cell_id))


def voted_against(reference: str, level: str, result: BallotResult, own: AppliedBook) -> Iterable[Finding]:
    """The findings of the ballot against one member's level.

    Args:
        reference: the member's, by which the ballot names him.
    """
    voted = (result.round1_results or {}).get(reference)
    if voted is None:
        return
    labels = own.levels
    if reference in (result.tie_unresolved or ()):
        yield own.finding_of(
            "BAL-07", Shortfall(given="Bằng số phiếu với người khác ở vị trí cuối cùng trong số được chọn")
        )
    elif voted == "no_majority":
        yield own.finding_of(
            "BAL-06", Shortfall(given="Lần 1: không mức nào được quá nửa số người được quyền bỏ phiếu")
        )
    elif level in labels.codes:
        chosen = "excellent" if reference in (result.chosen_excellent or ()) else voted
        if labels.position(level) < labels.position(chosen):
            yield own.finding_of(
                "BAL-06",
                Shortfall(
                    given=f"Kết quả bỏ phiếu của chi bộ là “{labels.label(chosen)}”, "
                    f"mức đề nghị là “{labels.label(level)}”",
                    message="Mức đề nghị cao hơn kết quả bỏ phiếu của chi bộ",
                    needed=f"Không cao hơn “{labels.label(chosen)}” nếu không có lý do ghi trong biên bản",
                    remedy="Đề xuất theo kết quả bỏ phiếu, hoặc ghi rõ lý do vào biên bản",
                ),
            )
