"""Answers of people to what no machine can judge, each with its paper and who gave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.loading import load_picture
from archive.campaigns.picture import Picture
from archive.campaigns.questions import asked_of, asked_of_unit, has_own_paper, shown, shown_of_unit
from archive.campaigns.rulings import campaign_of, concerned, unit_concerned
from archive.campaigns.subjects import Answer
from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import new_id, now, writing
from generator.rules.findings import Shortfall
from generator.rules.rulebook import Rule, load_rulebook

ANSWERS = {"yes": "Có", "no": "Không", "not_applicable": "Không thuộc trường hợp này"}
"""Code of an answer → its word."""


class AnswerRefused(ArchiveError):
    """Chưa ghi được câu trả lời."""

    code = "archive.answer-refused"


@dataclass(frozen=True)
class Question:
    """A question asked of a subject or a unit, with its answer once there is one.

    Args:
        own_paper: it asks whether a paper the subject handed in itself says all it must; nobody typed its text.
        shown: what the records themselves say: True kept, a shortfall not kept, None nothing.
    """

    rule: Rule
    own_paper: bool
    answer: Answer | None
    shown: bool | Shortfall | None = None

    @property
    def state(self) -> str:
        """`answered`, `shown` where the records tell, else `open`."""
        return "answered" if self.answer else "open" if self.shown is None else "shown"

    @property
    def severity(self) -> str:
        """Answered “no” it weighs as its rule does; shown not kept it warns at most; else it is only shown."""
        if self.answer:
            return self.rule.severity if self.answer.answer == "no" else "info"
        broken = isinstance(self.shown, Shortfall) and self.rule.severity != "info"
        return "warning" if broken else "info"

    @property
    def told(self) -> str:
        """The answer, or what the records show, in words."""
        if self.answer:
            return ANSWERS[self.answer.answer]
        if isinstance(self.shown, Shortfall):
            return f"số liệu cho thấy chưa bảo đảm: {self.shown.given}"
        return "số liệu đã cho thấy" if self.shown else "chưa trả lời"

    def as_dict(self) -> dict[str, Any]:
        """The question as `hoso questions --json` prints it."""
        return {
            "rule_id": self.rule.id,
            "citation": self.rule.citation,
            "question": self.rule.question,
            "own_paper": self.own_paper,
            "state": self.state,
            "told": self.told,
            "severity": self.severity,
            "answer": asdict(self.answer) if self.answer else None,
        }


def questions(database: Database, dossier: str) -> list[Question]:
    """The questions that concern a dossier's subject, or the unit whose own dossier it is.

    Those about its own papers come first, then the open ones.

    Raises:
        NotFound: nothing stands behind the dossier's id.
    """
    picture, unit = _unit_of(database, dossier)
    if unit:
        listed = _of_unit(picture, unit)
    else:
        found = concerned(database, dossier)
        picture, evaluation, book = found.picture, found.evaluation, found.judge.book
        given = {answer.rule_id: answer for answer in evaluation.answers}
        own = has_own_paper(picture, evaluation)
        listed = [
            Question(rule, own and bool(rule.sections), given.get(rule.id), shown(picture, evaluation, rule, book))
            for rule in asked_of(picture, evaluation, book)
        ]
    return sorted(listed, key=lambda one: (one.state != "open", not one.own_paper))


def _unit_of(database: Database, dossier: str) -> tuple[Picture, str | None]:
    picture = load_picture(database, campaign_of(database, dossier))
    unit = unit_concerned(picture, dossier)
    return picture, unit.id if unit else None


def _of_unit(picture: Picture, unit_id: str) -> list[Question]:
    book, unit = load_rulebook(picture.campaign.rulebook), picture.units[unit_id]
    given = {answer.rule_id: answer for answer in picture.unit_answers.get(unit_id, ())}
    return [
        Question(rule, False, given.get(rule.id), shown_of_unit(picture, unit, rule, book))
        for rule in asked_of_unit(picture, unit, book)
    ]


def answer(
    database: Database,
    dossier: str,
    rule_id: str,
    given: str,
    *,
    note: str,
    document: str,
    answered_by: str,
    answered_name: str,
) -> None:
    """Writes down the answer to one question; an earlier one is kept as superseded.

    Args:
        dossier: of a subject, or a unit's own.
        given: `yes`, `no` or `not_applicable`.
        note: what the answer rests on; needed unless it is yes.
        document: the paper that shows it; needed unless the question does not apply.

    Raises:
        NotFound: nothing stands behind the dossier's id, or the rule asks nothing of it.
        AnswerRefused: the note or the paper is missing.
    """
    with writing(database):
        picture, unit_id = _unit_of(database, dossier)
        book = load_rulebook(picture.campaign.rulebook)
        if unit_id:
            table, whose = "unit_answer", {"campaign_id": picture.campaign.id, "unit_id": unit_id}
            asked: Iterable[Rule] = asked_of_unit(picture, picture.units[unit_id], book)
        else:
            found = concerned(database, dossier)
            table, whose = "answer", {"evaluation_id": found.evaluation.id}
            asked = asked_of(found.picture, found.evaluation, book)
        _grounded(dossier, rule_id, {rule.id for rule in asked}, given, note, document)
        moment = now()
        where = " AND ".join(f"{name} = :{name}" for name in whose)
        database.execute(
            f"UPDATE {table} SET superseded_at = :moment WHERE {where} AND rule_id = :rule AND superseded_at IS NULL",  # noqa: S608
            {**whose, "moment": moment, "rule": rule_id},
        )
        database.table(table).insert({
            "id": new_id(), **whose, "rule_id": rule_id, "answer": given, "note": note,
            "document": document, "answered_by": answered_by, "answered_name": answered_name, "answered_at": moment,
        })  # fmt: skip
        events.append(
            database, actor=answered_by, action="question.answered", subject=dossier, note=f"{rule_id}={given}"
        )


def _grounded(dossier: str, rule_id: str, asked: set[str], given: str, note: str, document: str) -> None:
    if rule_id not in asked:
        raise NotFound(
            f"Quy tắc {rule_id} không có câu hỏi nào cho hồ sơ này. Xem các câu hỏi bằng “hoso questions {dossier}”."
        )
    if given != "yes" and not note:
        raise AnswerRefused(f"Trả lời “{ANSWERS[given]}” phải ghi rõ vì sao (--note).")
    if given != "not_applicable" and not document:
        raise AnswerRefused("Phải ghi văn bản chứng minh câu trả lời (--document).")
