"""What must hold for any facts: better facts never lower the highest level, worse ones never raise it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import load_rulebook

BOOK = judge.in_force()
LEVELS, RATINGS = BOOK.levels, BOOK.ratings
_levels = st.sampled_from(LEVELS.codes)
_rating = st.sampled_from((*RATINGS.codes, None))
_days = st.dates(date(2017, 1, 1), date(2019, 12, 31))
_state = st.sampled_from(("none", "self_detected_and_remedied", "self_detected_not_remedied", "not_self_detected"))
_count = st.integers(0, 30)


def _criteria(kind: str, subject_type: str | None = None) -> st.SearchStrategy[dict[str, str | None]]:
    own = {criterion.code for criterion in load_rulebook().criteria(kind, subject_type)}
    every = [criterion.code for criterion in load_rulebook().criteria(kind)]
    return st.fixed_dictionaries({code: _rating if code in own else st.none() for code in every})


def _targets(**more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"completed": _count, "assigned": _count, "force_majeure": st.booleans(), **more})


_spell = st.tuples(_days, st.integers(0, 200)).map(
    lambda found: {"from": found[0], "to": found[0] + timedelta(found[1])}
)
MEMBERS = st.fixed_dictionaries(
    {
        "exempt_from_activities": st.sampled_from((False, False, False, True)),
        "admitted_on": st.dates(date(1960, 1, 1), date(2019, 12, 31)),
        "evaluated_on": _days,
        "review_completed": st.sampled_from((True, True, True, False)),
        "outstanding_evidence": st.booleans(),
        "criteria": _criteria("party_member"),
        "is_public_employee": st.booleans(),
        "public_employee_rating": st.one_of(st.none(), _levels),
        "targets": _targets(),
        "degeneration_concluded": st.booleans(),
        "discipline": st.fixed_dictionaries({"in_year": st.booleans(), "already_counted": st.booleans()}),
        "sick_leave": st.one_of(st.none(), _spell),
        "card_lost": st.booleans(),
        "card_loss_force_majeure": st.booleans(),
        "maternity_leave": st.booleans(),
    }
)
ORGANISATIONS = st.fixed_dictionaries(
    {
        "organisation_type": st.sampled_from(load_rulebook().subject_types("party_organisation")),
        "has_cell_committee": st.booleans(),
        "established_on": st.dates(date(1960, 1, 1), date(2019, 12, 31)),
        "evaluated_on": _days,
        "review_completed": st.sampled_from((True, True, True, False)),
        "outstanding_evidence": st.booleans(),
        "criteria": _criteria("party_organisation"),
        "subordinates": st.fixed_dictionaries(dict.fromkeys((*LEVELS.codes, *LEVELS.outside), _count)),
        "peer_bodies": st.fixed_dictionaries(
            {
                "government": st.one_of(st.none(), _levels),
                "fatherland_front": st.one_of(st.none(), _levels),
                "socio_political": st.lists(_levels, max_size=5),
            }
        ),
        "committee_member_discipline": _state,
        "subordinate_committee_discipline": _state,
        "cell_member_discipline": _state,
        "committee_disciplined": st.booleans(),
        "subordinate_committee_violations": _state,
        "committee_disunity": st.booleans(),
        "targets": _targets(),
    }
)
COLLECTIVES = st.sampled_from(load_rulebook().subject_types("leadership_collective")).flatmap(
    lambda collective_type: st.fixed_dictionaries(
        {
            "collective_type": st.just(collective_type),
            "review_completed": st.sampled_from((True, True, True, False)),
            "outstanding_evidence": st.booleans(),
            "criteria": _criteria("leadership_collective", collective_type),
            "member_discipline": _state,
            "collective_disciplined": st.booleans(),
            "disunity_concluded": st.booleans(),
            "member_degeneration_concluded": st.booleans(),
            "targets": _targets(main_targets_all_met=st.booleans()),
        }
    )
)
SUBJECTS = st.one_of(
    st.tuples(st.just("party_member"), MEMBERS),
    st.tuples(st.just("party_organisation"), ORGANISATIONS),
    st.tuples(st.just("leadership_collective"), COLLECTIVES),
)
Subject = tuple[str, dict[str, Any]]
# Facts that only ever count against a subject, and the value that counts.
_AGAINST: dict[str, dict[str, Any]] = {
    "party_member": {
        "outstanding_evidence": False,
        "degeneration_concluded": True,
        "card_lost": True,
        "discipline": {"in_year": True, "already_counted": False},
        "targets": {"completed": 0, "assigned": 30, "force_majeure": False},
    },
    "party_organisation": {
        "outstanding_evidence": False,
        "committee_member_discipline": "not_self_detected",
        "committee_disciplined": True,
        "committee_disunity": True,
        "subordinate_committee_violations": "not_self_detected",
        "targets": {"completed": 0, "assigned": 30, "force_majeure": False},
    },
    "leadership_collective": {
        "outstanding_evidence": False,
        "member_discipline": "not_self_detected",
        "collective_disciplined": True,
        "disunity_concluded": True,
        "member_degeneration_concluded": True,
    },
}


def _height(kind: str, facts: dict[str, Any]) -> int:
    highest = judge.classify(kind, facts, "excellent").highest_allowed_level
    return len(LEVELS.codes) - LEVELS.position(highest) if highest in LEVELS.codes else 0


@given(SUBJECTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_better_rating_never_lowers_the_highest_level(subject: Subject, data: st.DataObject) -> None:
    kind, facts = subject
    rated = [code for code, rating in facts["criteria"].items() if rating not in (None, RATINGS.codes[0])]
    if not rated:
        return
    code = data.draw(st.sampled_from(sorted(rated)))
    better = {**facts, "criteria": {**facts["criteria"], code: RATINGS.above(facts["criteria"][code])}}
    assert _height(kind, better) >= _height(kind, facts)


@given(SUBJECTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_fact_against_a_subject_never_raises_the_highest_level(subject: Subject, data: st.DataObject) -> None:
    kind, facts = subject
    name = data.draw(st.sampled_from(sorted(_AGAINST[kind])))
    assert _height(kind, {**facts, name: _AGAINST[kind][name]}) <= _height(kind, facts)


@given(SUBJECTS, _levels)
@settings(max_examples=200, deadline=None)
def test_a_verdict_agrees_with_itself(subject: Subject, proposed: str) -> None:
    kind, facts = subject
    verdict = judge.classify(kind, facts, proposed)
    assert verdict.allowed is (not verdict.violated_rule_ids)
    errors = sorted(finding.rule_id for finding in verdict.findings if finding.severity == "error")
    assert errors == list(verdict.violated_rule_ids)
    if verdict.highest_allowed_level in LEVELS.codes:
        assert verdict.allowed is LEVELS.at_least(verdict.highest_allowed_level, proposed)
        assert judge.classify(kind, facts, verdict.highest_allowed_level).allowed
    else:
        assert judge.classify(kind, facts, "not_classified").allowed


@given(SUBJECTS)
@settings(max_examples=150, deadline=None)
def test_nothing_stands_below_what_is_allowed_and_something_above(subject: Subject) -> None:
    kind, facts = subject
    highest = judge.classify(kind, facts, "excellent").highest_allowed_level
    if highest in LEVELS.codes:
        assert judge.facts_between(kind, facts, highest) == ()
        assert bool(judge.facts_between(kind, facts)) is (highest != LEVELS.codes[0])


@given(SUBJECTS)
@settings(max_examples=150, deadline=None)
def test_no_rule_ever_raises(subject: Subject) -> None:
    kind, facts = subject
    typed = judge.read_facts(kind, facts)
    checks = BOOK.checks(kind)
    functions = [check for _, check in (*checks.blocks, *checks.warnings, *checks.notes)]
    functions += [check for _, check, _ in checks.levels]
    for function in functions:
        found = function(typed, BOOK)
        assert found is None or found.given


_anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.dates(),
        st.sampled_from(LEVELS.codes),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(st.text(max_size=8), st.integers()), inner)
    ),
    max_leaves=12,
)
_TYPES = st.sampled_from(("classification", "cap", *BOOK.book.registered.judgings))
_KEYS = st.sampled_from(
    ("kind", "round1", "round2", "sequence", "roles", "positions", "criteria", "rule", "cells", "from")
)
_CASE = st.fixed_dictionaries(
    {"id": st.one_of(st.text(max_size=3), _anything)},
    optional={
        "type": st.one_of(_TYPES, _anything),
        "subject_kind": st.one_of(st.sampled_from(tuple(BOOK.book.kinds)), _anything),
        "proposed_level": _anything,
        "facts": st.one_of(_anything, st.dictionaries(_KEYS, _anything)),
    },
)


@given(st.one_of(_anything, st.fixed_dictionaries({"cases": st.lists(_CASE, max_size=3)}), _CASE))
@settings(max_examples=400, deadline=None)
def test_any_document_is_answered_or_refused_with_sentences(document: Any) -> None:
    for door in (judge.validate_document, judge.check_cases):
        try:
            door(document)
        except InvalidInput as error:
            assert error.problems
            assert all(problem.message for problem in error.problems)


@given(MEMBERS, st.data())
@settings(max_examples=200, deadline=None)
def test_one_fact_of_any_kind_is_judged_or_refused(facts: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(facts)))
    try:
        judge.classify("party_member", {**facts, name: data.draw(_anything)}, "good")
    except InvalidInput as error:
        assert all(problem.place.field.startswith(f"facts.{name}") for problem in error.problems)
