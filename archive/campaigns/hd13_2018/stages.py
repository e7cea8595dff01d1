"""Which papers each stage of 2018 needs, and what a unit must have before it is ready for one.

A new paper of the campaign is planned here: its function yields it in the stage it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from archive.campaigns.hd13_2018.appraisal_papers import appraisal_paper, decision_minutes
from archive.campaigns.hd13_2018.body_papers import blank_body_papers, body_papers
from archive.campaigns.hd13_2018.cell_papers import ballot_papers, cell_report
from archive.campaigns.hd13_2018.conferences import conference_papers, plan_paper
from archive.campaigns.hd13_2018.count_papers import tally_papers
from archive.campaigns.hd13_2018.decision_papers import decision_papers
from archive.campaigns.hd13_2018.letters import cell_letter, owner_letter, remedy_papers, suggestion_paper
from archive.campaigns.hd13_2018.level_ballots import decision_ballots, level_ballots
from archive.campaigns.hd13_2018.meeting_papers import extract_papers, minutes_papers
from archive.campaigns.hd13_2018.member_papers import blank_papers, submitted_papers
from archive.campaigns.hd13_2018.participant_papers import blank_participant_papers, summary_papers
from archive.campaigns.hd13_2018.report_papers import excellent_papers, report_paper
from archive.campaigns.hd13_2018.waiver_papers import unit_waiver_papers, waiver_papers
from archive.campaigns.papers.paper import Paper
from archive.campaigns.plan import Stage
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit

STAGES = (
    Stage("prepare", "Chuẩn bị: in phôi", printed=True),
    Stage("ballots", "Bỏ phiếu", printed=True),
    Stage("submit", "Chi bộ báo cáo"),
    Stage("decide", "Quyết định", settles=True),
    Stage("archive", "Nộp lưu", settles=True, files=True),
)


def _prepare(situation: Situation, unit: Unit) -> Iterator[Paper]:
    picture = situation.picture
    for evaluation in picture.members(unit.id):
        if not situation.judgement.of(evaluation).excluded:
            yield from blank_papers(picture, evaluation)
    yield from blank_body_papers(picture, unit)
    yield from blank_participant_papers(picture, unit, situation.book)
    yield from conference_papers(picture, unit, situation.judgement)
    if unit.id == picture.owner.id:
        yield plan_paper(picture, unit)
        yield from _there(suggestion_paper(picture, unit))


def _ballots(situation: Situation, unit: Unit) -> Iterator[Paper]:
    if unit.is_cell:
        yield from ballot_papers(situation.picture, unit, situation.judgement)
    yield from level_ballots(situation.picture, unit)
    yield from decision_ballots(situation.picture, unit, situation.judgement)
    yield from tally_papers(situation.picture, unit)


def _submit(situation: Situation, unit: Unit) -> Iterator[Paper]:
    picture = situation.picture
    for evaluation in (*picture.members(unit.id), *picture.leaders(unit)):
        if not situation.judgement.of(evaluation).excluded:
            handed_in = situation.handed_in.get(evaluation.id, frozenset())
            yield from submitted_papers(picture, unit, evaluation, situation.book, handed_in)
    for evaluation in picture.worked_by(unit):
        yield from waiver_papers(picture, unit, evaluation, situation.judgement.of(evaluation))
    yield from unit_waiver_papers(picture, unit)
    yield from minutes_papers(picture, unit, situation.judgement)
    yield from extract_papers(picture, unit, situation.judgement, situation.digest)
    yield from body_papers(picture, unit, situation.judgement, situation.book)
    yield from summary_papers(picture, unit, situation.book)
    yield from remedy_papers(picture, unit)
    if unit.is_cell:
        yield from _there(cell_report(picture, unit, situation.judgement, situation.book))
        if unit.id != picture.owner.id:
            yield from _there(cell_letter(picture, unit, situation.judgement))


def _decide(situation: Situation, unit: Unit) -> Iterator[Paper]:
    picture, judgement, book = situation.picture, situation.judgement, situation.book
    yield from decision_papers(picture, unit, judgement, book, situation.digest)
    if unit.id == picture.owner.id:
        yield from _there(appraisal_paper(picture, judgement, book))
        yield from decision_minutes(picture, judgement, book)
        yield from excellent_papers(picture, judgement)
        yield from _there(report_paper(picture, judgement, book))
        yield from _there(owner_letter(picture, judgement, book))


def _there(paper: Paper | None) -> Iterator[Paper]:
    """The paper, where there is one."""
    if paper:
        yield paper


PAPERS: Mapping[str, Callable[[Situation, Unit], Iterator[Paper]]] = {
    "prepare": _prepare,
    "ballots": _ballots,
    "submit": _submit,
    "decide": _decide,
}
"""Stage → the papers a unit needs in it."""


def missing_for(situation: Situation, stage: str, unit: Unit) -> list[str]:
    """What a unit lacks before a stage can run, as sentences; empty when it is ready."""
    picture = situation.picture
    members = picture.members(unit.id)
    if stage == "prepare" or not unit.is_cell:
        return [] if members or picture.organisation(unit.id) else ["Chưa có đảng viên hoặc tổ chức đảng nào."]
    if stage == "ballots":
        return [] if members else ["Chưa có đảng viên nào."]
    missing = []
    if not picture.ballot(unit.id, "member_round1"):
        missing.append("Chưa nhập kết quả bỏ phiếu lần 1.")
    if not picture.meeting(unit.id, "review_cell"):
        missing.append("Chưa nhập hội nghị kiểm điểm của chi bộ.")
    if stage == "submit":
        return missing
    if not any(evaluation.decision for evaluation in members):
        missing.append("Chưa nhập quyết định xếp loại.")
    return missing
