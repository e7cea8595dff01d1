"""Level standards of a party organisation (II.1.3)."""

from __future__ import annotations

from generator.rulebooks.hd13_2018.codes import DISCIPLINE_LABELS, EXCUSED
from generator.rulebooks.hd13_2018.facts import OrganisationFacts
from generator.rules.applied import AppliedBook
from generator.rules.findings import Shortfall
from generator.rules.registry import note, rule
from generator.vietnamese import percent

_KIND = "party_organisation"
_BUILDING = ("a1", "a2", "a3", "a4")


@rule("ORG-EXC-01")
def outstanding_evidence(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs outstanding achievements, stated with evidence."""
    return None if organisation.outstanding_evidence else Shortfall(given="Chưa có minh chứng thành tích nổi bật")


@rule("ORG-EXC-02")
def key_criteria_excellent_others_good(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs Xuất sắc in every key criterion and Tốt or better in every other one."""
    return book.short_criteria("ORG-EXC-02", organisation.criteria, _KIND)


@rule("ORG-EXC-03")
def all_subordinates_good(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs every classified subordinate at good or above."""
    return _share_short(organisation, organisation.subordinates.completed + organisation.subordinates.not_completed)


@rule("ORG-EXC-04")
def peer_bodies_good(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent needs government, Front and socio-political organisations at good or above."""
    return _peers_below("good", organisation, book)


@rule("ORG-EXC-05")
def no_committee_member_disciplined(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Excellent bears no disciplined committee member, self-detected or not."""
    state = _counted(organisation.committee_member_discipline, organisation, book)
    return None if state == "none" else Shortfall(given=f"Kỷ luật cấp ủy viên: {DISCIPLINE_LABELS[state]}")


@rule("ORG-GOOD-01")
def key_criteria_good_others_average(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs Tốt or better in every key criterion and Trung bình or better in every other one."""
    return book.short_criteria("ORG-GOOD-01", organisation.criteria, _KIND)


@rule("ORG-GOOD-02")
def all_subordinates_completed(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good bears no subordinate at not_completed."""
    return _share_short(organisation, organisation.subordinates.not_completed)


@rule("ORG-GOOD-03")
def half_of_subordinates_good(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs at least half of the classified subordinates at good or above."""
    below = organisation.subordinates
    reached = below.excellent + below.good
    if 2 * reached >= below.classified:
        return None
    share = percent(reached, below.classified)
    return Shortfall(given=f"{reached}/{below.classified} {_subordinates(organisation)} đạt từ mức này ({share})")


@rule("ORG-GOOD-04")
def peer_bodies_completed(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good needs government, Front and socio-political organisations at completed or above."""
    return _peers_below("completed", organisation, book)


@rule("ORG-GOOD-05")
def no_unexcused_committee_member(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Good bears a disciplined committee member only when self-detected and remedied."""
    state = _counted(organisation.committee_member_discipline, organisation, book)
    return None if state in EXCUSED else Shortfall(given=f"Kỷ luật cấp ủy viên: {DISCIPLINE_LABELS[state]}")


@rule("ORG-COMP-01")
def all_criteria_average(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Completed needs Trung bình or better in every criterion."""
    return book.short_criteria("ORG-COMP-01", organisation.criteria, _KIND)


@rule("ORG-COMP-02")
def nobody_disciplined_unexcused(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Completed bears discipline of a committee member, subordinate committee or cell member only when excused.

    Subordinate committees exist in a đảng bộ; ordinary members count in a chi bộ that has no chi ủy.
    """
    states = {"cấp ủy viên": organisation.committee_member_discipline}
    if not organisation.is_cell:
        states["tập thể cấp ủy trực thuộc"] = organisation.subordinate_committee_discipline
    elif not organisation.has_cell_committee:
        states["đảng viên của chi bộ"] = organisation.cell_member_discipline
    counted = {who: _counted(state, organisation, book) for who, state in states.items()}
    found = [f"Kỷ luật {who}: {DISCIPLINE_LABELS[state]}" for who, state in counted.items() if state not in EXCUSED]
    return Shortfall(given="; ".join(found)) if found else None


@rule("ORG-NC-01")
def committee_is_united(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """A committee judged disunited forces not_completed."""
    return Shortfall(given="Bị đánh giá nội bộ mất đoàn kết") if organisation.committee_disunity else None


@rule("ORG-NC-02")
def no_violations_below(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """In a đảng bộ, violations let happen by a subordinate committee force not_completed unless excused."""
    state = organisation.subordinate_committee_violations
    if organisation.is_cell or state in EXCUSED:
        return None
    return Shortfall(given=f"Vụ việc ở tập thể cấp ủy trực thuộc: {DISCIPLINE_LABELS[state]}")


@rule("ORG-NC-03")
def half_of_the_targets_met(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Fewer than half of the targets forces not_completed, unless by force majeure."""
    targets = organisation.targets
    if targets.force_majeure or 100 * targets.completed >= book.number("ORG-NC-03", "percent") * targets.assigned:
        return None
    share = percent(targets.completed, targets.assigned)
    return Shortfall(given=f"Hoàn thành {targets.completed}/{targets.assigned} chỉ tiêu, nhiệm vụ ({share})")


@rule("ORG-NC-04")
def building_programmes_not_poor(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """A programme of Party or political-system building rated poor forces not_completed; nothing excuses it."""
    poor = [code for code in _BUILDING if organisation.criteria[code] == "poor"]
    return Shortfall(given=book.rated(poor, organisation.criteria, _KIND)) if poor else None


@rule("ORG-NC-05")
def fewer_than_two_peers_not_completed(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Two of Front and socio-political organisations at not_completed force not_completed; government is left out."""
    peers = organisation.peer_bodies
    failed = [peers.fatherland_front, *peers.socio_political].count("not_completed")
    if failed < book.number("ORG-NC-05", "count"):
        return None
    return Shortfall(given=f"{failed:02d} tổ chức xếp loại “{book.levels.label('not_completed')}”")


@rule("ORG-NC-06")
def committee_not_disciplined(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Discipline of the committee itself forces not_completed; nothing excuses it."""
    if not organisation.committee_disciplined or _left_out(organisation, book):
        return None
    return Shortfall(given="Cấp ủy, ban thường vụ (chi ủy) bị kỷ luật")


@rule("ORG-NC-07")
def few_subordinates_not_completed(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """More than a fifth of the classified subordinates at not_completed forces not_completed."""
    failed, whole = organisation.subordinates.not_completed, organisation.subordinates.classified
    if 100 * failed <= book.number("ORG-NC-07", "percent") * whole:
        return None
    return Shortfall(given=f"{failed}/{whole} {_subordinates(organisation)} ở mức này ({percent(failed, whole)})")


@rule("ORG-PROC-07")
def rated_by_the_competent_authority(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """The ratings of II.1.3 are those of the competent authority; the organisation's own give a forecast only."""
    return Shortfall(given="Cấp độ tiêu chí do tổ chức đảng tự xếp") if organisation.rated_by == "self" else None


@note("ORD-04")
def some_are_not_classified(organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    """Subordinates without a level are in no share; say so, for some of them may only be pending."""
    waiting = organisation.subordinates.not_classified
    return Shortfall(given=f"{waiting} {_subordinates(organisation)} không xếp loại") if waiting else None


def _left_out(organisation: OrganisationFacts, book: AppliedBook) -> bool:
    """Whether only Party discipline counts here, and what was entered is of the State or of a mass organisation."""
    return book.settings["organisation_discipline"] == "party_only" and organisation.party_discipline is False


def _counted(state: str, organisation: OrganisationFacts, book: AppliedBook) -> str:
    return "none" if _left_out(organisation, book) else state


def _subordinates(organisation: OrganisationFacts) -> str:
    return "đảng viên" if organisation.is_cell else "tổ chức đảng trực thuộc"


def _share_short(organisation: OrganisationFacts, short: int) -> Shortfall | None:
    whole = organisation.subordinates.classified
    if not short:
        return None
    reached = percent(whole - short, whole)
    return Shortfall(given=f"{short}/{whole} {_subordinates(organisation)} chưa đạt; số đạt là {reached}")


def _peers_below(level: str, organisation: OrganisationFacts, book: AppliedBook) -> Shortfall | None:
    peers = organisation.peer_bodies
    named = [("Chính quyền", peers.government), ("Mặt trận Tổ quốc", peers.fatherland_front)]
    named += [("Tổ chức chính trị - xã hội", rating) for rating in peers.socio_political]
    below = [
        f"{name}: “{book.levels.label(rating)}”"
        for name, rating in named
        if rating is not None and rating in book.levels.positions and not book.levels.at_least(rating, level)
    ]
    return Shortfall(given="; ".join(below)) if below else None
