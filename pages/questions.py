"""Answering what no machine can judge: all questions of a dossier on one page, any number of them at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for

from archive.campaigns.answers import ANSWERS, Question, answer, questions
from archive.campaigns.refreshing import refresh_findings
from archive.errors import NotFound
from archive.office.accounts import Account, can
from archive.records.dossiers import show
from generator.rules.findings import Shortfall
from pages.acts import Done, Page, tell
from pages.connection import database, the_office
from pages.fields import Entry, Field, choices_of, read
from pages.session import require, signed_in

pages = Blueprint("questions", __name__, url_prefix="/ho-so/<dossier_id>/cau-hoi")
_PARTS = ("tra-loi", "van-ban", "ghi-chu")


@dataclass(frozen=True)
class _Asked:
    """A question with the names of its fields."""

    question: Question
    number: int

    @property
    def names(self) -> tuple[str, str, str]:
        """Of the answer, its paper and its note."""
        answer, paper, note = (f"{part}-{self.question.rule.id}" for part in _PARTS)
        return answer, paper, note

    @property
    def too_early(self) -> bool:
        """Whether it asks about the content of a review that nobody wrote or handed in yet."""
        return self.question.state == "open" and self.question.rule.effect == "content" and not self.question.own_paper

    @property
    def fields(self) -> tuple[Field, ...]:
        """What is asked, with the answer that stands."""
        stands = self.question.answer
        answered, paper, note = self.names
        whose = f"Câu {self.number}. "
        grounds, why = "Văn bản chứng minh (khi có hoặc không)", "Vì sao (khi không, hoặc không thuộc trường hợp này)"
        start = (stands.answer, stands.document or "", stands.note or "") if stands else ("", "", "")
        return (
            Field(answered, "Trả lời", "choice", choices=choices_of(ANSWERS), start=start[0], whose=whose),
            Field(paper, grounds, start=start[1], whose=whose),
            Field(note, why, "text", start=start[2], whose=whose),
        )

    def differs(self, entry: Entry) -> bool:
        """Whether something else is written than what stands."""
        return any(entry[one.name] != one.start for one in self.fields)

    def check(self, entry: Entry) -> None:
        """Blames what an answer lacks."""
        answered, paper, note = self.names
        given = entry[answered]
        if not self.differs(entry):
            return
        if not given:
            entry.blame(answered, "Đã ghi văn bản hoặc lý do thì phải chọn câu trả lời.")
        elif given != "yes" and not entry[note]:
            entry.blame(note, f"Trả lời “{ANSWERS[given]}” thì phải ghi vì sao.")
        if given in ("yes", "no") and not entry[paper]:
            entry.blame(paper, f"Trả lời “{ANSWERS[given]}” thì phải ghi văn bản chứng minh.")


@pages.get("")
def page(dossier_id: str) -> str:
    """The questions of a dossier: open ones, answered ones, and those the records answer by themselves."""
    require("dossier.see")
    asked = _asked(dossier_id)
    return _shown(dossier_id, asked, Entry.fresh([one for each in asked for one in each.fields]))


@pages.post("")
def record(dossier_id: str) -> Page:
    """Writes down every answer that differs from what stood."""
    account = require("question.answer", dossier_id)
    asked = [one for one in _asked(dossier_id) if one.names[0] in request.form]
    entry = read([one for each in asked for one in each.fields])
    for one in asked:
        one.check(entry)
    if entry.errors:
        return _shown(dossier_id, _asked(dossier_id), _with_rest(dossier_id, entry)), 400
    changed = [one for one in asked if one.differs(entry)]
    with the_office().locked():
        for one in changed:
            _write(dossier_id, one, entry, account)
        refresh_findings(database(), dossier_id)
    tell(Done(f"Đã ghi {len(changed)} câu trả lời." if changed else "Chưa có câu trả lời nào mới."))
    return redirect(url_for("questions.page", dossier_id=dossier_id), code=303)


def _write(dossier_id: str, asked: _Asked, entry: Entry, account: Account) -> None:
    answered, paper, note = asked.names
    answer(
        database(), dossier_id, asked.question.rule.id, entry[answered], note=entry[note], document=entry[paper],
        answered_by=account.id, answered_name=account.full_name,
    )  # fmt: skip


def _asked(dossier_id: str) -> list[_Asked]:
    """The questions that people answer: those the records show to be kept need nobody.

    Raises:
        NotFound: there is no such dossier.
    """
    found = questions(database(), dossier_id)
    asks = [one for one in found if one.answer or one.shown is None or isinstance(one.shown, Shortfall)]
    if not found:
        raise NotFound("Hồ sơ này không có câu hỏi nào.")
    return [_Asked(one, number) for number, one in enumerate(asks, start=1)]


def _with_rest(dossier_id: str, entry: Entry) -> Entry:
    whole = Entry.fresh([one for each in _asked(dossier_id) for one in each.fields])
    whole.values.update(entry.values)
    whole.errors = entry.errors
    return whole


def _shown(dossier_id: str, asked: list[_Asked], entry: Entry) -> str:
    return render_template(
        "questions.html",
        dossier=show(database(), dossier_id),
        asked=asked,
        entry=entry,
        known=[one for one in questions(database(), dossier_id) if one.state == "shown" and one.shown is True],
        writable=can(signed_in(), "question.answer", dossier_id),
    )
