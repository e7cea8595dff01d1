"""Where the text is open: what an office may choose, what each choice moves, and that the rules it moves say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator import judge
from generator.rules.rulebook import load_rulebook

BOOK = load_rulebook()
# Setting → the rules whose answer it changes.
MOVES = {
    "quota_base": ("QUO-01", "QUO-02", "QUO-03", "QUO-04"),
    "quota_rounding": ("QUO-01", "QUO-02", "QUO-03", "QUO-04"),
    "majority_base": ("BAL-06",),
    "six_month_date": ("GEN-04", "GEN-05"),
    "lead_mode": ("DL-04", "REV-18"),
    "organisation_key_criteria": ("ORG-EXC-02", "ORG-GOOD-01"),
    "member_basic_criteria": ("MEM-COMP-01",),
    "collective_basic_criteria": ("COL-COMP-01",),
    "organisation_discipline": ("ORG-EXC-05", "ORG-GOOD-05", "ORG-COMP-02", "ORG-NC-06"),
}
# What the guidance leaves to the committee that concretises it (C.1), or that places read in several ways.
CONFIGURABLE = {"AMB-01", "AMB-02", "AMB-06", "AMB-07", "AMB-13", "AMB-15", "AMB-20", "AMB-23"}


def test_every_open_point_that_may_be_chosen_has_its_setting_with_alternatives() -> None:
    assert {spec.reading for spec in BOOK.settings.specs.values()} == CONFIGURABLE
    for spec in BOOK.settings.specs.values():
        assert len(spec.choices) > 1, spec.name
        assert BOOK.readings[spec.reading].alternatives, spec.reading


@pytest.mark.parametrize("name", sorted(MOVES))
def test_a_finding_that_hangs_on_a_reading_says_so(name: str) -> None:
    spec = BOOK.settings.specs[name]
    for rule_id in MOVES[name]:
        assert spec.reading in BOOK.rule(rule_id).readings, rule_id


def test_every_setting_is_known_to_move_something() -> None:
    assert set(MOVES) == set(BOOK.settings.specs)


Changed = Callable[..., dict[str, Any]]
_DISCIPLINED: dict[str, tuple[dict[str, Any], str]] = {
    "ORG-EXC-05": ({"committee_member_discipline": "self_detected_and_remedied"}, "excellent"),
    "ORG-GOOD-05": ({"committee_member_discipline": "not_self_detected"}, "good"),
    "ORG-COMP-02": ({"subordinate_committee_discipline": "not_self_detected"}, "completed"),
    "ORG-NC-06": ({"committee_disciplined": True}, "completed"),
}


@pytest.mark.parametrize("rule_id", sorted(_DISCIPLINED))
def test_discipline_of_the_state_counts_unless_an_office_counts_that_of_the_party_alone(
    rule_id: str, facts_of: Changed
) -> None:
    changes, level = _DISCIPLINED[rule_id]
    alone = BOOK.settings.overlaid({"organisation_discipline": "party_only"})

    def violated(party: bool | None, settings: Any = None) -> set[str]:
        facts = facts_of("party_organisation", **changes, party_discipline=party)
        return set(judge.classify("party_organisation", facts, level, settings=settings).violated_rule_ids)

    assert rule_id in violated(False) and rule_id in violated(None), "shipped: any form of discipline"
    assert rule_id not in violated(False, alone)
    assert rule_id in violated(True, alone) and rule_id in violated(None, alone), "unsaid, it counts"
