"""Last days in time (VI.1; I.4.1.a; V.1, gạch 7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from generator.calendar.working_days import WorkingCalendar
from generator.calendar.years import uncertain_years
from generator.rules.applied import AppliedBook
from generator.rules.facts import Day, FactsModel
from generator.rules.findings import Finding, Shortfall
from generator.rules.registry import judging
from generator.rules.results import DeadlineResult
from generator.vietnamese import joined, short_date

_SUBMISSIONS = {"cell": "DL-01", "grassroots": "DL-02", "district": "DL-03"}


class Calendared(FactsModel):
    """Days off and make-up Saturdays of the case; null for the calendar of Viet Nam."""

    non_working_days: list[Day] | None = Field(default=None, title="Ngày nghỉ")
    working_saturdays: list[Day] | None = Field(default=None, title="Thứ Bảy làm bù")

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days by which this case is counted."""
        if self.non_working_days is None and self.working_saturdays is None:
            return WorkingCalendar.viet_nam()
        return WorkingCalendar.of(self.non_working_days or (), self.working_saturdays or ())


class Submission(Calendared):
    """Results sent upward, or not yet (null)."""

    kind: Literal["submission"] = Field(title="Loại thời hạn")
    sender: Literal["cell", "grassroots", "district"] = Field(alias="from", title="Nơi gửi")
    year: int = Field(ge=1930, le=2098, title="Năm đánh giá")
    sent_on: Day | None = Field(title="Ngày gửi")


class DraftNotice(Calendared):
    """The draft of a collective's report sent before the meeting, or not yet (null)."""

    kind: Literal["draft_notice"] = Field(title="Loại thời hạn")
    meeting_on: Day = Field(title="Ngày họp")
    sent_on: Day | None = Field(title="Ngày gửi")


class Reclassify(Calendared):
    """Reclassification and report after an annulment, or not yet (null)."""

    kind: Literal["reclassify"] = Field(title="Loại thời hạn")
    annulled_on: Day = Field(title="Ngày hủy kết quả")
    reclassified_on: Day | None = Field(title="Ngày xếp loại lại")
    reported_on: Day | None = Field(title="Ngày báo cáo cấp trên")


_SHAPES: dict[str, type[FactsModel]] = {
    "submission": Submission,
    "draft_notice": DraftNotice,
    "reclassify": Reclassify,
}


@judging("deadline", _SHAPES)
def deadline(facts: Submission | DraftNotice | Reclassify, book: AppliedBook) -> DeadlineResult:
    """The last day in time, and a finding for each date after it."""
    match facts:
        case Submission():
            return submission(facts, book)
        case DraftNotice():
            return draft_notice(facts, book)
        case _:
            return reclassification(facts, book)


def submission(facts: Submission, book: AppliedBook) -> DeadlineResult:
    """DL-01…03: the day before the limit, whatever day of the week it is; the last working day is only advice."""
    rule_id = _SUBMISSIONS[facts.sender]
    year = facts.year + int(book.number(rule_id, "years_later"))
    due = date(year, int(book.number(rule_id, "month")), int(book.number(rule_id, "day"))) - timedelta(days=1)
    advised = facts.calendar.last_working_day(due)
    advice = f"Ngày làm việc cuối cùng trong hạn là {short_date(advised)}" if advised != due else ""
    return DeadlineResult(due, advice, findings=_late(rule_id, {"Gửi": facts.sent_on}, due, book))


def draft_notice(facts: DraftNotice, book: AppliedBook) -> DeadlineResult:
    """DL-04: counted back from the meeting; under the other reading, that many clear working days lie between."""
    days = int(book.number("DL-04", "working_days"))
    calendar = facts.calendar
    clear = calendar.subtract_working_days(facts.meeting_on, days + 1)
    counted_back = calendar.subtract_working_days(facts.meeting_on, days)
    due = counted_back if book.settings["lead_mode"] == "counting_back" else clear
    findings = _late("DL-04", {"Gửi": facts.sent_on}, due, book)
    if facts.sent_on is not None and clear < facts.sent_on <= due:
        shortfall = Shortfall(
            given=f"Gửi ngày {short_date(facts.sent_on)}",
            message="Dự thảo gửi kịp theo cách đếm lùi nhưng chưa đủ các ngày làm việc trọn vẹn ở giữa",
            needed=f"Muốn đủ {days} ngày làm việc trọn vẹn thì gửi chậm nhất ngày {short_date(clear)}",
            remedy="Không phải làm gì nếu cấp ủy đếm lùi từ ngày họp",
        )
        findings = (book.finding_of("DL-04", shortfall, "warning"),)
    return DeadlineResult(due, _calendar_note(calendar, due, facts.meeting_on), findings=findings)


def reclassification(facts: Reclassify, book: AppliedBook) -> DeadlineResult:
    """DL-05: the day of the annulment is not counted; reclassification and report are both due."""
    calendar = facts.calendar
    due = calendar.add_working_days(facts.annulled_on, int(book.number("DL-05", "working_days")))
    done = {"Xếp loại lại": facts.reclassified_on, "Báo cáo cấp trên": facts.reported_on}
    advice = _calendar_note(calendar, facts.annulled_on, due)
    return DeadlineResult(due, advice, findings=_late("DL-05", done, due, book))


def _calendar_note(calendar: WorkingCalendar, first: date, last: date) -> str:
    years = uncertain_years((first, last)) if calendar.looks_up_years else ()
    listed = joined([str(year) for year in years])
    return f"Lịch nghỉ năm {listed} chưa đối chiếu thông báo chính thức của năm" if years else ""


def _late(rule_id: str, done: dict[str, date | None], due: date, book: AppliedBook) -> tuple[Finding, ...]:
    late = [f"{what} ngày {short_date(day)}" for what, day in done.items() if day is not None and day > due]
    if not late:
        return ()
    first, *others = late
    given = "; ".join([first, *map(_within, others)])
    needed = f"Chậm nhất ngày {short_date(due)} ({_within(book.book.rule(rule_id).needed)})"
    return (book.finding_of(rule_id, Shortfall(given=given, needed=needed)),)


def _within(phrase: str) -> str:
    """A phrase as it stands within a sentence."""
    return phrase[:1].lower() + phrase[1:]
