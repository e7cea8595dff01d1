"""Level standards of a party member (II.2.3) and the bounds of V.1, gạch 8."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import timedelta

from generator.calendar.months import add_months
from generator.rulebooks.hd13_2018.facts import MemberFacts, SickLeave
from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import note, rule
from generator.vietnamese import joined, percent, short_date


@rule("MEM-EXC-01")
def outstanding_evidence(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs outstanding achievements, stated with evidence."""
    return None if member.outstanding_evidence else Shortfall(given="Chưa có minh chứng thành tích nổi bật")


@rule("MEM-EXC-02")
def task_criteria_excellent_others_good(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs Xuất sắc in every task criterion and Tốt or better in every other one."""
    return book.short_criteria("MEM-EXC-02", member.criteria, "party_member")


@rule("MEM-EXC-03")
def public_employee_rated_excellent(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs the excellent rating as a public employee."""
    return _rated_below("excellent", member, book)


@rule("MEM-GOOD-01")
def task_criteria_good_others_average(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs Tốt or better in every task criterion and Trung bình or better in every other one."""
    return book.short_criteria("MEM-GOOD-01", member.criteria, "party_member")


@rule("MEM-GOOD-02")
def public_employee_rated_good(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs the good rating as a public employee, or better."""
    return _rated_below("good", member, book)


@rule("MEM-COMP-01")
def basic_criteria_average(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Completed needs Trung bình or better in the basic criteria."""
    return book.short_criteria("MEM-COMP-01", member.criteria, "party_member")


@rule("MEM-COMP-02")
def public_employee_rated_completed(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Completed needs the completed rating as a public employee, or better."""
    return _rated_below("completed", member, book)


@rule("MEM-NC-01")
def no_degeneration_concluded(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A conclusion of degeneration forces not_completed."""
    return Shortfall(given="Có kết luận biểu hiện suy thoái") if member.degeneration_concluded else None


@rule("MEM-NC-02")
def half_of_the_targets_met(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Fewer than half of the targets forces not_completed; members have no force majeure."""
    completed, assigned = member.targets.completed, member.targets.assigned
    if 100 * completed >= book.number("MEM-NC-02", "percent") * assigned:
        return None
    return Shortfall(given=f"Hoàn thành {completed}/{assigned} chỉ tiêu, nhiệm vụ ({percent(completed, assigned)})")


@rule("MEM-NC-03")
def public_employee_not_rated_not_completed(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """The not_completed rating as a public employee forces not_completed."""
    return _rated_below("completed", member, book)


@rule("MEM-NC-04")
def not_disciplined_in_the_year(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Discipline in the year forces not_completed; one violation counts once."""
    if not member.discipline.in_year or member.discipline.already_counted:
        return None
    return Shortfall(given="Bị thi hành kỷ luật trong năm, vi phạm chưa tính ở năm trước")


@rule("GEN-07")
def no_long_sick_leave(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Three months of sick leave in the year, both days of each spell counted, keep a member from good and above."""
    spells = member.sick_leave
    if not spells or months_of_sick_leave(spells) < book.number("GEN-07", "months"):
        return None
    listed = [f"từ ngày {short_date(spell.start)} đến hết ngày {short_date(spell.to)}" for spell in spells]
    return Shortfall(given=f"Nghỉ ốm {joined(listed)}")


def months_of_sick_leave(spells: Sequence[SickLeave]) -> int:
    """Whole calendar months of the spells; where there are several, every 30 days left over are one month more."""
    months = days = 0
    for spell in spells:
        after = spell.to + timedelta(days=1)
        whole = next(count for count in itertools.count() if add_months(spell.start, count + 1) > after)
        months += whole
        days += (after - add_months(spell.start, whole)).days
    return months + days // 30 if len(spells) > 1 else months


@rule("GEN-08")
def card_not_lost(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """A party card lost without force majeure keeps a member from good and above."""
    if not member.card_lost or member.card_loss_force_majeure:
        return None
    return Shortfall(given="Làm mất thẻ đảng viên, không do nguyên nhân bất khả kháng")


@note("GEN-09")
def maternity_leave_counts_time_worked(member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    """Maternity leave sets no bound; the result of the time worked is the result of the year."""
    return Shortfall(given="Nghỉ thai sản trong năm") if member.maternity_leave else None


def _rated_below(level: str, member: MemberFacts, book: AppliedBook) -> Shortfall | None:
    rating = member.public_employee_rating
    if not member.is_public_employee or rating is None or book.levels.at_least(rating, level):
        return None
    return Shortfall(given=f"Xếp loại công chức, viên chức: “{book.levels.label(rating)}”")
