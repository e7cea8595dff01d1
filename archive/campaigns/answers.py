"""Answers of people to what no machine can judge, each with its paper and who gave it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlite_utils import Database

from archive.campaigns.questions import asked_of
from archive.campaigns.rulings import concerned
from archive.campaigns.subjects import Answer
from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import new_id, now, rows, writing
from generator.rules.rulebook import Rule

ANSWERS = {"yes": "Có", "no": "Không", "not_applicable": "Không thuộc trường hợp này"}
"""Code of an answer → its word."""

_OWN_PAPERS = ("self_review", "review_report")


class AnswerRefused(ArchiveError):
    """Chưa ghi được câu trả lời."""

    code = "archive.answer-refused"


@dataclass(frozen=True)
class Question:
    """A question asked of a subject, with its answer once there is one.

    Args:
        own_paper: it asks whether a paper the subject handed in itself says all it must; nobody typed its text.
    """

    rule: Rule
    own_paper: bool
    answer: Answer | None

    @property
    def severity(self) -> str:
        """An open question is only shown; answered “no” it weighs as its rule does."""
        return self.rule.severity if self.answer and self.answer.answer == "no" else "info"

    def as_dict(self) -> dict[str, Any]:
        """The question as `hoso questions --json` prints it."""
        return {
            "rule_id": self.rule.id,
            "citation": self.rule.citation,
            "question": self.rule.question,
            "own_paper": self.own_paper,
            "state": "answered" if self.answer else "open",
            "severity": self.severity,
            "answer": asdict(self.answer) if self.answer else None,
        }


def questions(database: Database, dossier: str) -> list[Question]:
    """The questions that concern a dossier's subject: those about its own papers first, then the open ones.

    Raises:
        NotFound: no evaluation stands behind the dossier's id.
    """
    found = concerned(database, dossier)
    given = {answer.rule_id: answer for answer in found.evaluation.answers}
    handed_in = {
        row["item"]
        for row in rows(
            database, "SELECT item FROM document WHERE evaluation_id = ? AND source = 'intake'", [found.evaluation.id]
        )
    }
    own = bool(handed_in.intersection(_OWN_PAPERS))
    listed = [
        Question(rule, own and rule.effect == "content", given.get(rule.id))
        for rule in asked_of(found.picture, found.evaluation, found.judge.book)
    ]
    return sorted(listed, key=lambda one: (one.answer is not None, not one.own_paper))


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
        given: `yes`, `no` or `not_applicable`.
        note: what the answer rests on; needed unless it is yes.
        document: the paper that shows it; needed unless the question does not apply.

    Raises:
        NotFound: no evaluation stands behind the dossier's id, or the rule asks nothing of its subject.
        AnswerRefused: the note or the paper is missing.
    """
    with writing(database):
        found = concerned(database, dossier)
        asked = {rule.id for rule in asked_of(found.picture, found.evaluation, found.judge.book)}
        if rule_id not in asked:
            raise NotFound(
                f"Quy tắc {rule_id} không có câu hỏi nào cho hồ sơ này. "
                f"Xem các câu hỏi bằng “hoso questions {dossier}”."
            )
        if given != "yes" and not note:
            raise AnswerRefused(f"Trả lời “{ANSWERS[given]}” phải ghi rõ vì sao (--note).")
        if given != "not_applicable" and not document:
            raise AnswerRefused("Phải ghi văn bản chứng minh câu trả lời (--document).")
        moment = now()
        database.execute(
            "UPDATE answer SET superseded_at = ? WHERE evaluation_id = ? AND rule_id = ? AND superseded_at IS NULL",
            [moment, found.evaluation.id, rule_id],
        )
        database.table("answer").insert({
            "id": new_id(), "evaluation_id": found.evaluation.id, "rule_id": rule_id, "answer": given, "note": note,
            "document": document, "answered_by": answered_by, "answered_name": answered_name, "answered_at": moment,
        })  # fmt: skip
        events.append(
            database, actor=answered_by, action="question.answered", subject=dossier, note=f"{rule_id}={given}"
        )
