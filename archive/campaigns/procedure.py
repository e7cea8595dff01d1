"""Where an evaluation stands in its procedure.

The steps and what may follow what stand in `procedure.toml`; which of them a capacity may not leave out, and what shows
one, the guidance says. What an evaluation has reached comes from the records that
prove a step (assessments, ballots, proposals, decisions, papers, dossiers) and from the steps recorded by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from sqlite_utils import Database

from archive.campaigns.picture import Picture
from archive.campaigns.plan import CampaignPlan, Proofs, plan_of
from archive.campaigns.subjects import Evaluation
from archive.campaigns.verdicts import CampaignJudgement, Judgement
from archive.records.database import rows
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import joined, short_date

MAIN_LINE = ("review", "self_assessment", "participants", "ballots", "appraisal", "decision", "notice", "filed")
_NOTICE = "Thông báo, trích quyết định đã lập"


@dataclass(frozen=True)
class Step:
    """One step, and what it may follow."""

    code: str
    label: str
    after: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class Reached:
    """A step an evaluation has reached, and what shows it; `recorded` when it stands in the table of steps."""

    step: str
    basis: str
    recorded: bool


@dataclass(frozen=True)
class Standing:
    """Where one evaluation stands.

    Args:
        path: the steps reached, in order.
        missing: steps its capacity may not leave out that lie behind it with nothing to show for them.
        next: the step to be taken now; None at the end.
    """

    evaluation_id: str
    path: tuple[Reached, ...]
    missing: tuple[str, ...]
    next: str | None

    @property
    def step(self) -> str:
        """The step it stands at, “” where nothing is done yet."""
        return self.path[-1].step if self.path else ""

    def has(self, step: str) -> bool:
        """Whether it has been through a step since it was last annulled or sent back."""
        for reached in reversed(self.path):
            if reached.step == step:
                return True
            if reached.step == "re_review":
                return False
        return False


@dataclass(frozen=True)
class StepRecords:
    """What the database holds of steps, by evaluation id.

    Args:
        noticed: the evaluations whose results a final paper of their own tells.
        notices: the keys of the final papers that tell results of many.
        filed: those whose dossier is filed whole.
        annulled: those with an annulled decision, with the sentence that tells of it.
        decided: those with any decision; None when the picture alone is asked.
    """

    recorded: Mapping[str, tuple[Reached, ...]]
    noticed: frozenset[str]
    notices: frozenset[str]
    filed: frozenset[str]
    annulled: Mapping[str, str]
    decided: frozenset[str] | None = None

    def with_filed(self, evaluation_id: str) -> StepRecords:
        """The same once a dossier that is being filed whole stands in the store."""
        return replace(self, filed=self.filed | {evaluation_id})


@cache
def steps() -> Mapping[str, Step]:
    """The steps of the procedure by code, in order."""
    text = resources.files("archive.campaigns").joinpath("procedure.toml").read_text(encoding="utf-8")
    return {row["code"]: Step(**{**row, "after": tuple(row["after"])}) for row in tomllib.loads(text)["step"]}


def step_label(code: str) -> str:
    """The Vietnamese name of a step; of none, that nothing is done yet."""
    return steps()[code].label if code else "Chưa bắt đầu"


def load_steps(database: Database, campaign_id: str) -> StepRecords:
    """What the tables of steps, papers, dossiers and decisions say of a campaign's evaluations."""
    own = "evaluation_id IN (SELECT id FROM evaluation WHERE campaign_id = ?)"
    recorded: dict[str, list[Reached]] = defaultdict(list)
    for row in rows(database, f"SELECT * FROM step WHERE {own} ORDER BY id", [campaign_id]):  # noqa: S608
        recorded[row["evaluation_id"]].append(Reached(row["step"], row["basis"], True))
    notices = _plan_of_campaign(database, campaign_id).proofs.notices
    papers = rows(
        database,
        "SELECT evaluation_id, key FROM document WHERE campaign_id = ? AND state IN ('final', 'signed')"
        " AND form IN (SELECT value FROM json_each(?))",
        [campaign_id, json.dumps(sorted(notices))],
    )
    filed = rows(
        database, f"SELECT evaluation_id FROM dossier WHERE version > 0 AND status = 'filed' AND {own}", [campaign_id]  # noqa: S608
    )  # fmt: skip
    decisions = rows(database, f"SELECT evaluation_id, annulled_on FROM decision WHERE {own}", [campaign_id])  # noqa: S608
    return StepRecords(
        {key: tuple(found) for key, found in recorded.items()},
        frozenset(row["evaluation_id"] for row in papers if row["evaluation_id"]),
        frozenset(row["key"] for row in papers if not row["evaluation_id"]),
        frozenset(row["evaluation_id"] for row in filed),
        {row["evaluation_id"]: f"Hủy ngày {_shown(row['annulled_on'])}" for row in decisions if row["annulled_on"]},
        frozenset(row["evaluation_id"] for row in decisions),
    )


def _plan_of_campaign(database: Database, campaign_id: str) -> CampaignPlan:
    (found,) = rows(database, "SELECT rulebook FROM campaign WHERE id = ?", [campaign_id])
    return plan_of(load_rulebook(found["rulebook"]))


def standings(picture: Picture, judgement: CampaignJudgement, records: StepRecords) -> dict[str, Standing]:
    """Where each evaluation stands; those left outside the classification have no procedure and are left out."""
    return {
        evaluation.id: standing(picture, evaluation, judgement.of(evaluation), records)
        for evaluation in picture.evaluations.values()
        if not judgement.of(evaluation).excluded
    }


def standing(picture: Picture, evaluation: Evaluation, own: Judgement, records: StepRecords) -> Standing:
    """Where one evaluation stands: the steps recorded, then those the records prove from there on."""
    plan = plan_of(load_rulebook(picture.campaign.rulebook))
    proofs = dict(_proofs(picture, evaluation, records, plan.proofs))
    if (
        "notice" not in proofs
        and not own.refused
        and not records.notices.isdisjoint(plan.notice_keys(picture, evaluation))
    ):
        proofs["notice"] = _NOTICE
    if records.decided is not None and evaluation.id not in records.decided:
        # The picture may be older than the tables: what was taken back meanwhile proves nothing.
        proofs.pop("decision", None)
    path = list(records.recorded.get(evaluation.id, ()))
    again = any(reached.step == "annulled" for reached in path)
    if again:
        # What led to the annulled result stands in the path; it proves nothing about the second time.
        proofs = {code: basis for code, basis in proofs.items() if code not in ("decision", "annulled")}
    order = (*MAIN_LINE, "annulled", "reclassified")
    current = path[-1].step if path else ""
    start = order.index(current) + 1 if current in order else len(order) if current else 0
    for code in order[start:]:
        if code in proofs and _may_follow(code, current, own, again):
            path.append(Reached(code, proofs[code], False))
            current = code
    been = {reached.step for reached in path}
    needed = () if own.barred else _needed(plan, evaluation.capacity)
    behind = [code for code in needed if code not in been and _lies_behind(code, current)]
    return Standing(evaluation.id, tuple(path), tuple(behind), _next(current, own, needed))


def _may_follow(code: str, current: str, own: Judgement, again: bool) -> bool:
    # One rightly left without a level is filed after the review; anyone else only with a decision.
    if code == "filed" and current in MAIN_LINE[:5] and not own.barred:
        return False
    # Classifying again presupposes an annulment, not only the steps gone through again after it.
    if code == "reclassified" and current != "annulled" and not again:
        return False
    return current in steps()[code].after


def _needed(plan: CampaignPlan, capacity: str) -> tuple[str, ...]:
    return tuple(code for code in MAIN_LINE if capacity in plan.required.get(code, ()))


def _lies_behind(code: str, current: str) -> bool:
    return bool(current) and (current not in MAIN_LINE or MAIN_LINE.index(code) < MAIN_LINE.index(current))


def _next(current: str, own: Judgement, needed: tuple[str, ...]) -> str | None:
    if current in ("annulled", "re_review"):
        return "reclassified" if current == "annulled" else "review"
    if own.barred and current in MAIN_LINE[:5]:
        return "filed"
    line = [code for code in MAIN_LINE if code in needed or code in ("notice", "filed")] if needed else ["review"]
    done = "decision" if current == "reclassified" else current
    ahead = line if not done else [code for code in line if MAIN_LINE.index(code) > MAIN_LINE.index(done)]
    return next(iter(ahead), None)


def _shown(day: str) -> str:
    return short_date(date.fromisoformat(day))


def _on(day: date | None) -> str:
    return f" ngày {short_date(day)}" if day else ""


def _proofs(
    picture: Picture, evaluation: Evaluation, records: StepRecords, shown_by: Proofs
) -> Iterator[tuple[str, str]]:
    if reviewed := _review(picture, evaluation, shown_by):
        yield "review", reviewed
    own = evaluation.assessed_by("self")
    if own:
        yield "self_assessment", f"Phiếu tự đánh giá{_on(own.assessed_on)}"
    elif evaluation.facts.get("claimed_level"):
        yield "self_assessment", "Mức tự nhận đã ghi"
    others = [one.assessor_name or "" for one in evaluation.assessments if one.assessor in shown_by.participants]
    if others:
        named = joined([name for name in others if name])
        yield "participants", f"Ý kiến của {named}" if named else f"{len(others)} phiếu của các chủ thể tham gia"
    counted = [
        one for one in picture.ballots if evaluation.id in one.tallies and one.kind not in shown_by.deciding_ballots
    ]
    if counted:
        yield "ballots", f"Phiếu {joined([one.reference for one in counted])}"
    if evaluation.assessed_by(*shown_by.appraisers) or evaluation.proposed_level:
        yield "appraisal", "Mức đề nghị đã ghi" if evaluation.proposed_level else "Phiếu thẩm định"
    yield from _results(evaluation, records)


def _results(evaluation: Evaluation, records: StepRecords) -> Iterator[tuple[str, str]]:
    decision = evaluation.decision
    annulled = records.annulled.get(evaluation.id)
    if decision:
        number = f" số {decision.number}" if decision.number else ""
        basis = f"Quyết định{number}{_on(decision.decided_on)}"
        yield ("reclassified" if annulled else "decision"), basis
    if annulled:
        yield "decision", "Quyết định đã bị hủy"
        yield "annulled", annulled
    if evaluation.id in records.noticed:
        yield "notice", _NOTICE
    if evaluation.id in records.filed:
        yield "filed", "Hồ sơ đã nộp lưu"


def _review(picture: Picture, evaluation: Evaluation, shown_by: Proofs) -> str | None:
    subject = evaluation
    if evaluation.capacity == "leader_manager":
        # His year is told on the member's sheet; the review of his post is that of his collective.
        subject = picture.other_capacity(evaluation) or evaluation
    if not subject.facts.get("review_completed"):
        return None
    meeting = picture.meeting(evaluation.unit_id, shown_by.review_meetings.get(evaluation.capacity, ""))
    return f"Hội nghị kiểm điểm{_on(meeting.held_on)}" if meeting else "Đã ghi hoàn thành kiểm điểm"
