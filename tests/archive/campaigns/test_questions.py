"""Where each question of the rulebook is asked, what the records answer by themselves, and what an answer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from archive.campaigns.hd13_2018 import circumstances, evidence
from archive.campaigns.picture import Picture
from archive.campaigns.questions import (
    asked_of,
    asked_of_unit,
    open_findings,
    open_unit_findings,
    refusals,
    shown,
    shown_of_unit,
)
from archive.campaigns.subjects import (
    Answer,
    Assessment,
    Ballot,
    Collective,
    Decision,
    Meeting,
    Position,
    ResidenceComment,
    Tally,
)
from generator.rules.applied import applied
from generator.rules.findings import Shortfall
from generator.rules.rulebook import Rule
from tests.archive.campaigns.pictures import BOOK, DAY, evaluation, party_bases, person, picture, unit

Change = Callable[[Picture], Picture]
OWN = applied(BOOK)
ASKING = [rule for rule in BOOK.rules if rule.question]
A, B, CELL, COMMITTEE, OWNER = "member:A", "leader_manager:A", "party_organisation:CB", "leadership_collective:DU", "DB"


def commune() -> Picture:
    """A base with one cell, its committee headed by A, nothing decided and only the authority's ratings given."""
    units = [unit("DB", "grassroots_party_committee"), unit("CB", "subordinate_cell", "DB")]
    units += [unit("UB", "government", "CB")]
    people = [person("A", "CB"), person("C", "CB")]
    committee = Collective("DU", "DU", "Đảng ủy", "grassroots_committee", "grassroots", "DB", "DB", {"A": "head"})
    council = Collective("HD", "HD", "HĐND", "government_or_council", "grassroots", "UB", "DB", {})
    made = [evaluation("member", name, "CB", "good", decided=False) for name in "AC"]
    made.append(evaluation("leader_manager", "A", "DB", "good", facts={"collective": "DU"}, decided=False))
    made += [evaluation("party_organisation", name, name, "good", decided=False) for name in ("DB", "CB")]
    made += [evaluation("leadership_collective", name, "DB", "good", decided=False) for name in ("DU", "HD")]
    return picture(units, people, made, collectives=(committee, council))


def of(evaluation_id: str, **fields: Any) -> Change:
    """The same campaign with other fields of one evaluation."""
    return lambda base: replace(
        base, evaluations={**base.evaluations, evaluation_id: replace(base.evaluations[evaluation_id], **fields)}
    )


def facts(evaluation_id: str, **given: Any) -> Change:
    """The same with other facts of one evaluation."""
    return lambda base: of(evaluation_id, facts={**base.evaluations[evaluation_id].facts, **given})(base)


def who(person_id: str = "A", **fields: Any) -> Change:
    """The same with other fields of a person."""
    return lambda base: replace(base, people={**base.people, person_id: replace(base.people[person_id], **fields)})


def paper(key: str, *names: str) -> Change:
    """The same with papers kept of a subject or unit."""
    return lambda base: replace(base, papers={key: frozenset(names)})


def meeting(kind: str = "review_collective", **details: Any) -> Change:
    """The same with one review held."""
    held = Meeting("h", "HN", details.pop("unit", "DB"), "DU" if kind == "review_collective" else None, kind,
                   details.pop("held_on", date(2018, 12, 1)), details)  # fmt: skip
    return lambda base: replace(base, meetings=(held,))


def assessed(evaluation_id: str, *assessors: str) -> Change:
    """The same with sheets of these assessors."""
    sheets = tuple(Assessment(one, None, {}, None, None, None) for one in assessors)
    return lambda base: of(evaluation_id, assessments=(*base.evaluations[evaluation_id].assessments, *sheets))(base)


def balloted(kind: str, evaluation_id: str, unit_id: str = "DB") -> Change:
    """The same with a ballot held on one subject."""
    tally = Tally(evaluation_id, {"good": 3, "completed": 0, "not_completed": 0}, None, 0)
    held = Ballot("b", "P", unit_id, kind, DAY, 3, 3, 3, 3, 0, None, None, None, {evaluation_id: tally})
    return lambda base: replace(base, ballots=(held,))


def both(*changes: Change) -> Change:
    """One change after another."""

    def done(base: Picture) -> Picture:
        for change in changes:
            base = change(base)
        return base

    return done


def same(base: Picture) -> Picture:
    """Nothing changed."""
    return base


def decided(evaluation_id: str) -> Change:
    """The same with one subject decided."""
    return of(evaluation_id, decision=Decision("good", "Đảng ủy", None, DAY))


POSTS = tuple(Position("party", f"Chức vụ {number}", "DB", False, False, number) for number in range(3))
_district = lambda base: replace(  # noqa: E731
    base, collectives={**base.collectives, "DU": replace(base.collectives["DU"], type="district_standing_committee")}
)
_apart: Change = lambda base: replace(  # noqa: E731
    base,
    collectives={**base.collectives, "DU": replace(base.collectives["DU"], party_organisation_id="CB"),
                 "HD": replace(base.collectives["HD"], unit_id="CB", party_organisation_id="CB")},
    meetings=(Meeting("h", "HN", "CB", "HD", "review_collective", DAY, {}),),
)  # fmt: skip

WHERE: dict[str, tuple[str, Change, str, Change]] = {
    # rule → whom it is asked of and when; whom it is not asked of and when
    "SCP-03": ("leadership_collective:HD", same, COMMITTEE, same),
    "REV-02": (COMMITTEE, _apart, COMMITTEE, same),
    "REV-09": (B, who(positions=POSTS), B, who(positions=POSTS[:2])),
    "REV-14b": (A, who(positions=POSTS), A, same),
    "REV-15": (A, who(is_public_employee=True), A, same),
    "REV-20": (A, who(cell_is_residential=False), A, same),
    "REV-21": (A, paper(A, "intake:review_suggestion"), A, same),
    "REV-26": (COMMITTEE, same, "leadership_collective:HD", same),
    "REV-30": (B, same, B, lambda base: replace(base, collectives={
        **base.collectives, "DU": replace(base.collectives["DU"], members={"A": "deputy"})})),
    "ORG-PROC-04": (CELL, decided(CELL), CELL, same),
    "ORG-PROC-06": (CELL, same, "party_organisation:DB", same),
    "COL-AUTH-06": (COMMITTEE, same, "leadership_collective:HD", same),
    "COL-PROC-01": (COMMITTEE, same, "leadership_collective:HD", same),
    "COL-PROC-02": (COMMITTEE, same, "leadership_collective:HD", same),
    "COL-PROC-03": (COMMITTEE, decided(COMMITTEE), COMMITTEE, same),
    "PUB-01": (A, decided(A), A, same),
    "PUB-02": (B, decided(B), B, same),
    "DL-07": (B, decided(B), B, same),
    "CMP-02": (B, lambda base: replace(base, complaints={B: False}), B, same),
    "ANN-01": (A, lambda base: replace(base, annulled=frozenset({A})), A, same),
    "MEM-PROC-02": (A, who(cell_is_residential=False), A, same),
    "MEM-PROC-03": (A, who(is_public_employee=True), A, same),
    "DL-06": (A, of(A, proposed_level=None), A, same),
    "GEN-02": (A, of(A, proposed_level=None), A, both(of(A, proposed_level=None), who(admitted_on=date(2018, 9, 1)))),
    "DL-08": (COMMITTEE, both(_district, decided(COMMITTEE)), COMMITTEE, decided(COMMITTEE)),
    "DOS-12": (COMMITTEE, both(_district, decided(COMMITTEE)), COMMITTEE, decided(COMMITTEE)),
    "GEN-06": (A, who(admitted_on=date(2018, 9, 1)), A, who(admitted_on=date(2018, 6, 28))),
    "MEM-AUTH-01": ("DB", decided(A), "CB", decided(A)),
    "MEM-AUTH-02": ("CB", both(decided(A), lambda base: replace(base, units={
        **base.units, "CB": replace(base.units["CB"], type="grassroots_cell")})), "CB", decided(A)),
    "MEM-PROC-04": ("CB", same, "DB", same),
    "REV-28": ("CB", same, "DB", same),
    "REV-33": ("DB", same, "CB", same),
    "SCP-02": ("DB", same, "CB", same),
    "REV-35": ("DB", same, "CB", same),
    "GEN-10": ("DB", lambda base: both(*(decided(key) for key in base.evaluations))(base), "DB", same),
    "QUO-05": ("DB", same, "CB", same),
    "IMP-03": ("DB", same, "CB", same),
}  # fmt: skip

TOLD: dict[str, tuple[str, Change, Change]] = {
    # rule → of whom; the records that show it kept; those that show it broken, or leave it open
    "SCP-01": (COMMITTEE, same, facts(COMMITTEE, review_completed=False)),
    "SCP-05": (B, same, facts(A, review_completed=False)),
    "REV-01": (COMMITTEE, meeting(), meeting(unit="CB")),
    "REV-12": (COMMITTEE, of(COMMITTEE, sections=dict.fromkeys(BOOK.rule("REV-12").sections, "Có")),
               of(COMMITTEE, sections={"implementation": "Có"})),
    "REV-13": (COMMITTEE, of(COMMITTEE, sections=dict.fromkeys(BOOK.rule("REV-13").sections, "Có")),
               of(COMMITTEE, sections={"implementation": "Có"})),
    "REV-14": (A, of(A, sections=dict.fromkeys(BOOK.rule("REV-14").sections, "Có")), of(A, sections={"duties": "Có"})),
    "REV-14b": (A, of(A, sections={"field_responsibility": "Có"}), of(A, sections={"duties": "Có"})),
    "REV-15": (A, of(A, sections={"public_service": "Có"}), of(A, sections={"duties": "Có"})),
    "REV-16": (B, of(A, sections={"leadership": "Có", "integrity": "Có"}), of(A, sections={"leadership": "Có"})),
    "REV-17": (COMMITTEE, paper(COMMITTEE, "intake:contributed_opinions"), same),
    "REV-19": (A, facts(A, review_paper="handwritten"), facts(A, review_paper="missing")),
    "REV-20": (A, lambda base: replace(base, residence={"A": ResidenceComment("Đảng ủy", True, None, None)}), same),
    "REV-29": (COMMITTEE, meeting(chair="A", discussion="Có", conclusion="Có"), meeting(chair="A")),
    "REV-30": (B, meeting(deputy_chair="Bùi Văn B"), meeting(deputy_chair="a")),
    "REV-34": (COMMITTEE, meeting(guests="Đồng chí Ủy viên Ban Thường vụ"), meeting()),
    "REV-36": (A, both(meeting("review_cell", unit="CB"), decided(A)),
               both(meeting("review_cell", unit="CB", held_on=date(2019, 1, 5)), decided(A))),
    "ORG-AUTH-04": (CELL, assessed(CELL, "self"), same),
    "ORG-PROC-01": (CELL, assessed(CELL, "self"), same),
    "ORG-PROC-02": (CELL, balloted("organisation_level", CELL), same),
    "ORG-PROC-04": (CELL, balloted("decision_organisations", CELL), same),
    "ORG-PROC-06": (CELL, lambda base: replace(base, peers={"UB": "good"}), same),
    "COL-AUTH-06": (COMMITTEE, assessed(COMMITTEE, "self"), same),
    "COL-PROC-01": (COMMITTEE, assessed(COMMITTEE, "self"), same),
    "COL-PROC-02": (COMMITTEE, assessed(COMMITTEE, "participant"), same),
    "COL-PROC-03": (COMMITTEE, balloted("decision_organisations", COMMITTEE), same),
    "MEM-AUTH-03": (A, assessed(A, "self"), same),
    "MEM-PROC-01": (A, assessed(A, "cell_committee"),
                    both(assessed(A, "cell_committee"), facts(A, leads_mass_organisation="Hội Nông dân"))),
    "MEM-PROC-02": (A, paper(A, "intake:residence_comment"), same),
    "MEM-PROC-03": (A, facts(A, public_employee_rating="good"), same),
    "GEN-06": (A, same, facts(A, review_completed=False)),
    "PUB-01": (A, both(decided(A), paper("DB", f"decide:result-notice:CB:Đảng ủy||{DAY}")),
               both(decided(A), paper("DB", f"decide:result-notice:CB:Đảng ủy|12-QĐ/ĐU|{DAY}"))),
    "CMP-02": (B, lambda base: replace(base, complaints={B: True}), lambda base: replace(base, complaints={B: False})),
    "MEM-AUTH-01": ("DB", balloted("decision_members", A), same),
    "MEM-AUTH-02": ("CB", balloted("decision_members", A, "CB"), same),
    "MEM-PROC-04": ("CB", paper("CB", "6"), same),
    "QUO-05": ("DB", lambda base: replace(base, campaign=replace(base.campaign, excellent_places=3)), same),
    "IMP-03": ("DB", lambda base: replace(base, peers={"UB": "good"}), same),
}  # fmt: skip


def asked(base: Picture, whom: str) -> set[str]:
    """The rules that ask something of a subject or a unit."""
    if whom in base.units:
        return {rule.id for rule in asked_of_unit(base, base.units[whom], BOOK)}
    return {rule.id for rule in asked_of(base, base.evaluations[whom], BOOK)}


@pytest.mark.parametrize("rule_id", sorted(WHERE))
def test_it_is_asked_where_the_rule_holds_and_nowhere_else(rule_id: str) -> None:
    whom, holds, other, does_not = WHERE[rule_id]
    assert rule_id in asked(holds(commune()), whom)
    assert rule_id not in asked(does_not(commune()), other)


def test_every_question_asked_under_a_condition_is_tried_both_ways() -> None:
    conditional = {rule.id for rule in ASKING if rule.asked_when}
    assert conditional <= set(WHERE)
    names = {name for rule in ASKING for name in rule.asked_when}
    assert names == {*circumstances.SUBJECT, *circumstances.UNIT}


def test_every_question_without_a_condition_is_asked_of_the_kinds_it_names() -> None:
    base = commune()
    everywhere = set().union(*(asked(base, whom) for whom in (A, B, CELL, COMMITTEE, "DB", "CB")))
    assert {rule.id for rule in ASKING if not rule.asked_when} <= everywhere


def tell(base: Picture, whom: str, rule_id: str) -> bool | Shortfall | None:
    """What the records say to a rule's question."""
    rule = BOOK.rule(rule_id)
    if whom in base.units:
        return shown_of_unit(base, base.units[whom], rule, BOOK)
    return shown(base, base.evaluations[whom], rule, BOOK)


@pytest.mark.parametrize("rule_id", sorted(TOLD))
def test_the_records_answer_what_they_hold(rule_id: str) -> None:
    whom, kept, broken = TOLD[rule_id]
    assert tell(kept(commune()), whom, rule_id) is True
    assert tell(broken(commune()), whom, rule_id) is not True


def test_all_that_the_records_can_answer_is_tried() -> None:
    of_content = {rule.id for rule in ASKING if rule.sections}
    assert set(TOLD) == {*evidence.SUBJECT, *evidence.UNIT} | of_content


def answered(rule: Rule, given_answer: str) -> Answer:
    """An answer with its ground."""
    return Answer(rule.id, given_answer, "Lý do", "Biên bản số 5", "u", "Vũ Thị Ngân", "2018-12-28T00:00:00Z")


@pytest.mark.parametrize("rule", ASKING, ids=lambda rule: rule.id)
def test_a_no_is_a_finding_of_its_own_rule_and_any_other_answer_is_none(rule: Rule) -> None:
    [finding] = refusals([answered(rule, "no")], OWN)
    assert (finding.rule_id, finding.severity, finding.citation) == (rule.id, rule.severity, rule.citation)
    assert finding.given == "Vũ Thị Ngân trả lời “Không”: Lý do (Biên bản số 5)"
    assert rule.id not in finding.message, "no code words"
    assert not list(refusals([answered(rule, "yes"), answered(rule, "not_applicable")], OWN))


@settings(max_examples=60, deadline=None)
@given(party_bases())
def test_while_nobody_answered_nothing_is_an_error_whatever_is_known(base: Picture) -> None:
    for one in base.evaluations.values():
        for finding in open_findings(base, one, OWN):
            assert finding.severity != "error"
            assert finding.message and finding.given and finding.remedy
    for one_unit in (*base.cells, base.owner):
        assert all(found.severity != "error" for found in open_unit_findings(base, one_unit, OWN))


def test_an_open_question_of_what_must_be_kept_warns_and_the_others_are_only_shown() -> None:
    found = {one.rule_id: one for one in open_findings(commune(), commune().evaluations[COMMITTEE], OWN)}
    assert found["REV-17"].severity == "warning" and BOOK.rule("REV-17").severity == "error"
    assert found["REV-26"].severity == "info" and BOOK.rule("REV-26").severity == "warning"


def test_the_content_of_a_review_is_asked_about_only_once_there_is_one_nobody_keyed() -> None:
    base = commune()
    assert "REV-14" not in {one.rule_id for one in open_findings(base, base.evaluations[A], OWN)}
    own = facts(A, review_paper="own_file")(base)
    [finding] = [one for one in open_findings(own, own.evaluations[A], OWN) if one.rule_id == "REV-14"]
    assert finding.severity == "warning" and "chưa có người xác nhận" in finding.given
    keyed = of(A, sections=dict.fromkeys(BOOK.rule("REV-14").sections, "Có"))(own)
    assert "REV-14" not in {one.rule_id for one in open_findings(keyed, keyed.evaluations[A], OWN)}
