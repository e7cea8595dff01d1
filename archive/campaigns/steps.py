"""Recording the steps of a procedure: those the records prove, and those an office enters with their basis.

A step that breaks the order of the guidance is refused with the sentence of the rule that forbids it; one that nothing
can make right is refused by the database itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from sqlite_utils import Database

from archive.campaigns.loading import load_picture
from archive.campaigns.opening import find_campaign
from archive.campaigns.picture import Picture
from archive.campaigns.plan import plan_of
from archive.campaigns.procedure import (
    Reached,
    Standing,
    StepRecords,
    load_steps,
    standing,
    standings,
    step_label,
    steps,
)
from archive.campaigns.subjects import Evaluation
from archive.campaigns.verdicts import CampaignJudge, CampaignJudgement
from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.changes import Change
from archive.records.database import now, rows, writing
from generator import judge
from generator.rules.rulebook import Rulebook

_CLASSIFYING = ("decision", "reclassified")


class StepRefused(ArchiveError):
    """Chưa chuyển được bước này."""

    code = "archive.step-refused"
    exit_code = 1


@dataclass(frozen=True)
class Moved:
    """A step taken: whose, which, and where the evaluation stands now."""

    evaluation_id: str
    step: str
    standing: Standing


def record_reached(database: Database, picture: Picture, judgement: CampaignJudgement, *, actor: str) -> int:
    """Records the steps of every evaluation that is decided or filed, as far as the records prove them.

    Returns:
        How many steps were recorded now; those known before are left as they are.
    """
    with writing(database):
        records = load_steps(database, picture.campaign.id)
        recorded = 0
        for evaluation_id, own in standings(picture, judgement, records).items():
            if any(reached.step in ("decision", "filed") for reached in own.path):
                recorded += _record(database, evaluation_id, own.path, actor)
        if recorded:
            note = f"{recorded} steps"
            events.append(database, actor=actor, action="campaign.steps", subject=picture.campaign.id, note=note)
    return recorded


def record_campaign(database: Database, campaign_id: str, *, actor: str) -> int:
    """The same for a campaign as it stands now, in the transaction of what changed it."""
    row = rows(
        database,
        "SELECT c.period, u.reference FROM campaign c JOIN unit u ON u.id = c.owner_id WHERE c.id = ?",
        [campaign_id],
    )[0]
    picture = load_picture(database, find_campaign(database, row["period"], row["reference"]))
    return record_reached(database, picture, CampaignJudge(picture).judged(), actor=actor)


def evaluation_of(picture: Picture, dossier: str) -> Evaluation:
    """The evaluation of a dossier's id, filed or not yet (`2018-m-abcdefghjkmn`).

    Raises:
        NotFound: the campaign has no such subject; a unit's own dossier has no procedure.
    """
    evaluation = picture.evaluations.get(dossier.rpartition("-")[2])
    if evaluation is None:
        raise NotFound(f"Không có đối tượng nào của đợt {picture.campaign.period} có hồ sơ “{dossier}”.")
    return evaluation


def move(
    database: Database,
    picture: Picture,
    judgement: CampaignJudgement,
    book: Rulebook,
    evaluation: Evaluation,
    step: str,
    *,
    basis: str,
    actor: str,
) -> Moved:
    """Takes one step, once everything before it is in order.

    Args:
        basis: what the step rests on (a document, a meeting), in the office's own words.

    Raises:
        StepRefused: the step does not follow, something it needs is missing, or the guidance has another order.
    """
    own = judgement.of(evaluation)
    if own.excluded:
        raise StepRefused("Đối tượng này không thuộc diện xếp loại nên không có các bước đánh giá.")
    if not basis.strip():
        raise StepRefused("Xin ghi căn cứ của bước này: văn bản, hội nghị hoặc việc đã làm.")
    with writing(database):
        records = load_steps(database, picture.campaign.id)
        every = standings(picture, judgement, records)
        present = every[evaluation.id]
        for trouble in _troubles(picture, book, evaluation, step, every, records, barred=own.barred):
            raise StepRefused(trouble)
        _record(database, evaluation.id, (*present.path, Reached(step, basis.strip(), False)), actor)
        events.append(database, actor=actor, action=f"evaluation.{step}", subject=evaluation.id)
        after = standing(picture, evaluation, own, load_steps(database, picture.campaign.id))
    return Moved(evaluation.id, step, after)


def step_changes(evaluation_id: str, path: tuple[Reached, ...], actor: str) -> tuple[Change, ...]:
    """The rows of the steps of a path that are not recorded yet, to be written with a filing.

    That it is filed follows only from the filing itself, so that step is recorded after it.
    """
    at = now()
    return tuple(
        {
            "do": "insert",
            "table": "step",
            "row": {"evaluation_id": evaluation_id, "step": one.step, "at": at, "actor": actor, "basis": one.basis},
        }
        for one in takewhile(lambda reached: reached.step != "filed", path)
        if not one.recorded
    )


def _record(database: Database, evaluation_id: str, path: tuple[Reached, ...], actor: str) -> int:
    new = [reached for reached in path if not reached.recorded]
    at = now()
    database.table("step").insert_all(
        {"evaluation_id": evaluation_id, "step": reached.step, "at": at, "actor": actor, "basis": reached.basis}
        for reached in new
    )
    return len(new)


def _rule_for(book: Rulebook, step: str, capacity: str) -> str:
    """The citation of the first rule of a step that speaks of this capacity; empty where the book has none of them."""
    kind = "party_member" if capacity == "member" else capacity
    speaking = plan_of(book).step_rules.get(step, ())
    known = [rule for rule in book.rules if rule.id in speaking]
    known.sort(key=lambda rule: (kind not in rule.applies_to, speaking.index(rule.id)))
    return f"[{known[0].id}; {known[0].citation}]" if known else ""


def _troubles(
    picture: Picture,
    book: Rulebook,
    evaluation: Evaluation,
    step: str,
    every: Mapping[str, Standing],
    records: StepRecords,
    *,
    barred: bool,
) -> Iterator[str]:
    present, wanted = every[evaluation.id], steps()[step]
    if present.step not in wanted.after:
        yield (
            f"Bước “{wanted.label}” không đi liền sau “{step_label(present.step)}”; "
            f"trước đó phải là: {', '.join(step_label(code) for code in wanted.after if code) or 'chưa có bước nào'} "
            f"{_rule_for(book, step, evaluation.capacity)}."
        )
        return
    if not barred:
        yield from _left_out(book, evaluation, step, present)
    yield from _without_record(book, evaluation, step, records, barred=barred)
    yield from order_troubles(picture, book, evaluation, step, every)


def _left_out(book: Rulebook, evaluation: Evaluation, step: str, present: Standing) -> Iterator[str]:
    required = plan_of(book).required
    line = [code for code in steps() if evaluation.capacity in required.get(code, ())]
    if step not in line:
        return
    been = {reached.step for reached in present.path}
    for code in line[: line.index(step)]:
        if code not in been:
            one = steps()[code]
            yield f"Chưa qua bước “{one.label}”: {one.needs} {_rule_for(book, code, evaluation.capacity)}."


def _without_record(
    book: Rulebook, evaluation: Evaluation, step: str, records: StepRecords, *, barred: bool
) -> Iterator[str]:
    annulled = evaluation.id in records.annulled
    lacks = {
        "decision": evaluation.decision is None,
        "reclassified": evaluation.decision is None or not annulled,
        "annulled": not annulled,
        "filed": evaluation.id not in records.filed or (evaluation.decision is None and not barred),
    }
    if lacks.get(step):
        yield f"Dữ liệu chưa có: {steps()[step].needs} {_rule_for(book, step, evaluation.capacity)}."


def order_troubles(
    picture: Picture, book: Rulebook, evaluation: Evaluation, step: str, every: Mapping[str, Standing]
) -> Iterator[str]:
    """What the order of the guidance has against taking a step now, each as a sentence with its rule (I.4.2, V.1)."""
    if "order" not in book.registered.judgings:
        return
    for own, others in plan_of(book).events(picture, evaluation, step, every):
        # What has happened stands before the step now taken, what has not can only come after it.
        done = [event for event, happened in others if happened]
        ahead = [event for event, happened in others if not happened]
        for finding in judge.order({"sequence": [*done, own, *ahead]}, book=book).findings:
            yield f"{finding.message or finding.given}: {finding.given} [{finding.rule_id}; {finding.citation}]."
