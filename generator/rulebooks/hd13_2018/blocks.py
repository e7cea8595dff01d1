"""What bars an evaluation: the review is not done, it is too early, or the member is exempt (I.1.b, V.1)."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from generator.calendar.months import add_months
from generator.rulebooks.hd13_2018.facts import MemberFacts, OrganisationFacts
from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import note, rule
from generator.vietnamese import short_date


class Reviewed(Protocol):
    """Anyone and anything that is reviewed before it is classified."""

    @property
    def review_completed(self) -> bool:
        """Whether the review is complete."""


@rule("GEN-01")
def review_is_complete(subject: Reviewed, book: AppliedBook) -> Shortfall | None:
    """Nobody is classified before the review is complete (V.1, gạch 1)."""
    return None if subject.review_completed else Shortfall(given="Chưa hoàn thành kiểm điểm")


@rule("GEN-04")
def organisation_is_six_months_old(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """An organisation younger than six months is not classified (V.1, gạch 8)."""
    counted_to = _counted_to(organisation.evaluated_on, book)
    if _months_passed(organisation.established_on, counted_to, int(book.number("GEN-04", "months"))):
        return None
    since, until = short_date(organisation.established_on), short_date(counted_to)
    return Shortfall(given=f"Thành lập ngày {since}, tính đến ngày {until}")


@rule("GEN-05")
def member_is_six_months_in_the_party(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A member admitted less than six months ago is not classified (V.1, gạch 8)."""
    counted_to = _counted_to(member.evaluated_on, book)
    if _months_passed(member.admitted_on, counted_to, int(book.number("GEN-05", "months"))):
        return None
    return Shortfall(given=f"Kết nạp ngày {short_date(member.admitted_on)}, tính đến ngày {short_date(counted_to)}")


@note("GEN-06")
def new_member_is_reviewed_all_the_same(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A member under six months is still reviewed, from the day of admission (V.1, gạch 8)."""
    if member_is_six_months_in_the_party(member, book) is None:
        return None
    return Shortfall(given=f"Kết nạp ngày {short_date(member.admitted_on)}")


@rule("SCP-04")
def member_is_not_exempt(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A member exempt from work and party activities is neither reviewed nor classified (I.1.b, gạch 1)."""
    return Shortfall(given="Được miễn công tác và sinh hoạt đảng") if member.exempt_from_activities else None


@rule("ORD-03")
def public_employee_has_a_rating(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A public employee is classified only after the rating as a public employee exists (V.1, gạch 2)."""
    if not member.is_public_employee or member.public_employee_rating is not None:
        return None
    return Shortfall(given="Là công chức, viên chức, chưa có kết quả xếp loại")


def _months_passed(since: date, until: date, months: int) -> bool:
    # Nearly everyone is far beyond them, which the days tell without looking at the calendar.
    return (until - since).days >= _LONGEST_MONTH * months or until >= add_months(since, months)


def _counted_to(evaluated_on: date, book: AppliedBook) -> date:
    if book.settings["six_month_date"] == "evaluated_on":
        return evaluated_on
    # An evaluation held in January still closes the year before.
    year = evaluated_on.year if evaluated_on.month > _LAST_MONTH_OF_CAMPAIGN else evaluated_on.year - 1
    return date(year, 12, 31)


_LAST_MONTH_OF_CAMPAIGN = 6
_LONGEST_MONTH = 31
