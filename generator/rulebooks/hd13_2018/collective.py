"""Level standards of a leadership collective (III.3)."""

from __future__ import annotations

from generator.rulebooks.hd13_2018.codes import DISCIPLINE_LABELS, EXCUSED
from generator.rulebooks.hd13_2018.facts import CollectiveFacts
from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import note, rule
from generator.vietnamese import percent


@rule("COL-EXC-01")
def outstanding_evidence(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs outstanding achievements, stated with evidence."""
    return None if collective.outstanding_evidence else Shortfall(given="Chưa có minh chứng thành tích nổi bật")


@rule("COL-EXC-02")
def task_criteria_excellent_others_good(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs Xuất sắc in every task criterion and Tốt or better in every other one."""
    return _criteria_below("COL-EXC-02", collective, book)


@rule("COL-EXC-03")
def no_member_disciplined(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent bears no disciplined leading member, self-detected or not."""
    return None if collective.member_discipline == "none" else _disciplined(collective)


@rule("COL-GOOD-01")
def task_criteria_good_others_average(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs Tốt or better in every task criterion and Trung bình or better in every other one."""
    return _criteria_below("COL-GOOD-01", collective, book)


@rule("COL-GOOD-02")
def no_unexcused_member_for_good(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Good bears a disciplined leading member only when self-detected and remedied."""
    return None if collective.member_discipline in EXCUSED else _disciplined(collective)


@rule("COL-COMP-01")
def basic_criteria_average(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Completed needs Trung bình or better in the basic criteria."""
    return _criteria_below("COL-COMP-01", collective, book)


@rule("COL-COMP-02")
def no_unexcused_member_for_completed(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Completed bears a disciplined leading member only when self-detected and remedied."""
    return None if collective.member_discipline in EXCUSED else _disciplined(collective)


@rule("COL-NC-01")
def no_disunity_concluded(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """A conclusion of internal disunity forces not_completed."""
    return Shortfall(given="Có kết luận mất đoàn kết nội bộ") if collective.disunity_concluded else None


@rule("COL-NC-02")
def no_member_degenerated(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """A conclusion that a member has degenerated forces not_completed."""
    return Shortfall(given="Có kết luận thành viên suy thoái") if collective.member_degeneration_concluded else None


@rule("COL-NC-03")
def targets_not_missed(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Fewer than half of the targets, with a main target missed, forces not_completed, unless by force majeure."""
    if collective.targets.force_majeure or collective.targets.main_targets_all_met or not _below_half(collective, book):
        return None
    return Shortfall(given=f"{_targets_met(collective)}; các chỉ tiêu chủ yếu không đạt 100%")


@note("COL-NC-03")
def one_half_of_the_case_is_true(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """The text joins the two halves by a comma only, so one half alone is worth saying."""
    missed = not collective.targets.main_targets_all_met
    if collective.targets.force_majeure or missed == _below_half(collective, book):
        return None
    said = "các chỉ tiêu chủ yếu không đạt 100%" if missed else "các chỉ tiêu chủ yếu đều đạt 100%"
    return Shortfall(
        given=f"{_targets_met(collective)}; {said}",
        message="Chỉ một trong hai vế của trường hợp không hoàn thành chỉ tiêu xảy ra nên chưa tính là vi phạm",
    )


@rule("COL-NC-04")
def collective_not_disciplined(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Discipline of the collective itself forces not_completed; nothing excuses it."""
    return Shortfall(given="Tập thể bị xử lý kỷ luật") if collective.collective_disciplined else None


@rule("COL-NC-05")
def no_unexcused_member_in_the_year(collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    """Discipline of a leading member forces not_completed; the exception of good and completed is read here too."""
    return None if collective.member_discipline in EXCUSED else _disciplined(collective)


def _criteria_below(rule_id: str, collective: CollectiveFacts, book: AppliedBook) -> Shortfall | None:
    return book.short_criteria(rule_id, collective.criteria, "leadership_collective", collective.collective_type)


def _disciplined(collective: CollectiveFacts) -> Shortfall:
    return Shortfall(given=f"Kỷ luật thành viên lãnh đạo: {DISCIPLINE_LABELS[collective.member_discipline]}")


def _below_half(collective: CollectiveFacts, book: AppliedBook) -> bool:
    targets = collective.targets
    return 100 * targets.completed < book.number("COL-NC-03", "percent") * targets.assigned


def _targets_met(collective: CollectiveFacts) -> str:
    targets = collective.targets
    share = percent(targets.completed, targets.assigned)
    return f"Hoàn thành {targets.completed}/{targets.assigned} chỉ tiêu, nhiệm vụ" + (f" ({share})" if share else "")
