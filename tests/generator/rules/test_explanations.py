"""A finding says what was given, what is needed, where the guidance says so and how to mend it, in a clerk's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from generator import judge
from generator.rules.rulebook import load_rulebook

Changed = Callable[..., dict[str, Any]]
_CODES = re.compile(r"\b(excellent|good|completed|not_completed|average|poor|none|party_member|self_detected\w*)\b")
_BAD: dict[str, dict[str, Any]] = {
    "party_member": {
        "outstanding_evidence": False,
        "criteria__a1": "poor",
        "criteria__dd": "poor",
        "public_employee_rating": "not_completed",
        "targets__completed": 4,
        "degeneration_concluded": True,
        "discipline__in_year": True,
        "sick_leave": {"from": "2018-01-02", "to": "2018-04-30"},
        "card_lost": True,
        "collective_level": "completed",
        "organisation_level": "completed",
    },
    "party_organisation": {
        "outstanding_evidence": False,
        "criteria__a1": "poor",
        "subordinates": {"excellent": 0, "good": 1, "completed": 2, "not_completed": 3, "not_classified": 1},
        "peer_bodies": {
            "government": "not_completed",
            "fatherland_front": "not_completed",
            "socio_political": ["not_completed"],
        },
        "committee_member_discipline": "not_self_detected",
        "subordinate_committee_discipline": "self_detected_not_remedied",
        "committee_disciplined": True,
        "subordinate_committee_violations": "not_self_detected",
        "committee_disunity": True,
        "targets__completed": 3,
    },
    "leadership_collective": {
        "outstanding_evidence": False,
        "criteria__s1": "poor",
        "criteria__t2": "poor",
        "member_discipline": "not_self_detected",
        "collective_disciplined": True,
        "disunity_concluded": True,
        "member_degeneration_concluded": True,
        "targets": {"completed": 3, "assigned": 20, "main_targets_all_met": False, "force_majeure": False},
        "organisation_level": "completed",
        "party_organisation_level": "completed",
    },
}


def test_one_short_criterion_is_named_with_its_rating_and_its_place_on_the_form(facts_of: Changed) -> None:
    verdict = judge.classify("party_member", facts_of("party_member", criteria__b2="good"), "excellent")
    (finding,) = verdict.findings
    assert finding.as_dict() == {
        "rule_id": "MEM-EXC-02",
        "severity": "error",
        "citation": "HD 13-HD/TU, mục II.2.3.a, gạch đầu dòng thứ hai",
        "message": "Cấp độ các tiêu chí chưa đủ để xếp “Hoàn thành xuất sắc nhiệm vụ”",
        "given": "II.2 Kết quả thực hiện các chỉ tiêu, nhiệm vụ được giao trong năm, "
        "được lượng hóa bằng sản phẩm: “Tốt”",
        "needed": "“Xuất sắc” ở các tiêu chí kết quả thực hiện nhiệm vụ (II.1 và II.2); "
        "“Tốt” trở lên ở các tiêu chí còn lại",
        "remedy": "Đề xuất mức “Hoàn thành tốt nhiệm vụ” trở xuống, hoặc sửa lại cấp độ nếu đã ghi nhầm",
        "readings": [],
        "waivable": False,
    }


def test_a_criterion_of_a_collective_has_the_wording_of_its_type(facts_of: Changed) -> None:
    facts = facts_of("leadership_collective", collective_type="advisory_body", criteria__t1="good")
    (finding,) = judge.classify("leadership_collective", facts, "excellent").findings
    assert finding.given.startswith("II.1 Tham mưu cụ thể hóa")
    youth = {"collective_type": "youth_union_standing_committee", "criteria__t4": None, "criteria__t1": "good"}
    (finding,) = judge.classify(
        "leadership_collective", facts_of("leadership_collective", **youth), "excellent"
    ).findings
    assert "(II.1, II.2 và II.3)" in finding.needed


@pytest.mark.parametrize("kind", _BAD)
def test_every_finding_is_whole_and_free_of_codes(kind: str, facts_of: Changed) -> None:
    findings = judge.classify(kind, facts_of(kind, **_BAD[kind]), "excellent").findings
    decisive = {
        rule.id for rule in load_rulebook().rules if kind in rule.applies_to and rule.effect in ("level", "ceiling")
    }
    assert {finding.rule_id for finding in findings} >= decisive
    for finding in findings:
        for text in (finding.message, finding.given, finding.needed, finding.citation):
            assert text, finding.rule_id
            assert not _CODES.search(text), f"{finding.rule_id}: {text}"
            assert unicodedata.is_normalized("NFC", text)
        if finding.severity == "error":
            assert finding.remedy, finding.rule_id


def test_the_words_follow_the_criteria_an_office_calls_basic(facts_of: Changed) -> None:
    book = load_rulebook()
    narrow = book.settings.overlaid({"member_basic_criteria": ["a1"]})
    facts = facts_of("party_member", criteria__a5="poor", criteria__a1="poor")
    (finding,) = judge.classify("party_member", facts, "completed", settings=narrow).findings
    assert finding.given == "I.1 Tư tưởng chính trị: “Kém”"
    assert finding.needed == "“Trung bình” trở lên ở các tiêu chí cơ bản (I.1)"


def test_what_stands_between_a_member_and_the_next_level(facts_of: Changed) -> None:
    facts = facts_of("party_member", public_employee_rating="completed", criteria__b1="good")
    assert [f.rule_id for f in judge.facts_between("party_member", facts)] == ["MEM-GOOD-02"]
    to_the_top = judge.facts_between("party_member", facts, "excellent")
    assert [f.rule_id for f in to_the_top] == ["MEM-EXC-02", "MEM-EXC-03", "MEM-GOOD-02"]
    assert judge.facts_between("party_member", facts_of("party_member")) == ()


def test_what_bars_a_member_stands_before_every_level(facts_of: Changed) -> None:
    facts = facts_of("party_member", review_completed=False, criteria__b1="poor")
    assert [f.rule_id for f in judge.facts_between("party_member", facts)] == ["GEN-01"]
