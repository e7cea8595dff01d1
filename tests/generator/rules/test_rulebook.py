"""The rulebook as data: whole, cited, and one truth for what functions and tables both name."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest

from generator.errors import InvalidInput
from generator.rules.citation import long_citation, ordinal
from generator.rules.document import rulebook_markdown
from generator.rules.rulebook import RulebookUnknown, load_rulebook
from generator.rules.scale import Scale
from tests.generator.rules.rulebook_page import HOW, PAGE, page

BOOK = load_rulebook()
JUDGED = {"level", "block", "ceiling", "warn"}
EFFECTS = JUDGED | {
    "note", "groundless", "must_classify", "implied", "basis", "quota", "ballot", "deadline", "document", "order",
    "authority", "participants", "place", "duration", "duty", "content", "out_of_scope",
}  # fmt: skip


def test_it_names_its_guidance() -> None:
    assert (BOOK.name, BOOK.year, BOOK.short_citation) == ("hd13_2018", 2018, "HD 13-HD/TU")
    assert BOOK.guidance.startswith("Hướng dẫn số 13-HD/TU, ngày 20/11/2018")


def test_rule_ids_are_single_and_every_rule_says_what_it_is() -> None:
    assert len({rule.id for rule in BOOK.rules}) == len(BOOK.rules) == 201
    for rule in BOOK.rules:
        assert rule.effect in EFFECTS, rule.id
        assert rule.severity in ("error", "warning", "info"), rule.id
        assert set(rule.applies_to) <= set(BOOK.kinds), rule.id
        assert rule.applies_to, rule.id
        assert rule.citation.startswith("HD 13-HD/TU, "), rule.id


def test_what_is_judged_has_a_function_and_every_function_a_rule() -> None:
    judged = {rule.id for rule in BOOK.rules if rule.effect in JUDGED}
    assert set(BOOK.registered.rules) == judged
    assert set(BOOK.registered.notes) <= {rule.id for rule in BOOK.rules}


@pytest.mark.parametrize("rule", [rule for rule in BOOK.rules if rule.effect in JUDGED], ids=lambda rule: rule.id)
def test_what_is_judged_speaks_in_whole_sentences(rule: object) -> None:
    found = BOOK.rule(rule.id)  # type: ignore[attr-defined]
    assert found.message
    assert found.needed or found.demand
    assert found.remedy
    assert found.effect != "level" or found.cap in BOOK.levels.codes


def test_every_reading_that_is_named_is_explained() -> None:
    named = {reading for rule in BOOK.rules for reading in rule.readings}
    named |= {spec.reading for spec in BOOK.settings.specs.values()}
    assert named <= set(BOOK.readings)
    assert [reading.id for reading in BOOK.readings.values()] == [f"AMB-{number:02d}" for number in range(1, 42)]


def test_nobody_may_waive_what_the_text_says_plainly() -> None:
    never = {
        "GEN-01",
        "SCP-04",
        "MEM-NC-01",
        "MEM-NC-04",
        "ORG-NC-06",
        "COL-NC-04",
        "CAP-01",
        "CAP-02",
        "CAP-03",
        "CAP-04",
    }
    assert not [rule_id for rule_id in never if BOOK.rule(rule_id).waivable]
    for rule in BOOK.rules:
        if rule.waivable and rule.effect in ("level", "block"):
            assert rule.readings, f"{rule.id} may be waived although nothing in it is open"


def test_criteria_stand_in_the_order_and_classes_of_the_guidance() -> None:
    organisation = BOOK.criteria("party_organisation")
    assert [c.code for c in organisation] == ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c"]
    assert [c.code for c in organisation if c.key] == ["a1", "a2", "a3", "a4", "b2"]
    member = BOOK.criteria("party_member")
    assert [c.code for c in member if c.task] == ["b1", "b2"]
    assert [c.code for c in member if c.basic] == ["a1", "a2", "a3", "a4", "a5", "b1", "b2"]
    assert [(c.printed, c.number) for c in member if c.code in ("a1", "dd")] == [("1", "I.1"), ("đ", "V")]
    assert [c.code for c in member if c.optional] == ["c", "e"]
    assert [c.code for c in member if c.leaders_only] == ["c"]
    caucus = BOOK.criteria("leadership_collective", "party_caucus")
    assert [c.code for c in caucus if c.task] == ["t1", "t2", "t3", "t4"]
    youth = BOOK.criteria("leadership_collective", "youth_union_standing_committee")
    assert [c.code for c in youth] == ["s1", "s2", "t1", "t2", "t3", "r"]


def test_groups_head_their_criteria_and_a_lone_criterion_is_its_group() -> None:
    groups = BOOK.criterion_groups("party_member")
    assert [(group.printed, group.alone) for group in groups] == [
        ("I", False), ("II", False), ("III", True), ("IV", True), ("V", True), ("VI", True),
    ]  # fmt: skip
    assert (
        groups[0].title
        == "Về tư tưởng chính trị; đạo đức, lối sống; ý thức tổ chức kỷ luật; tác phong, lề lối làm việc"
    )


def test_levels_know_their_order_and_what_stands_outside_it() -> None:
    levels: Scale = BOOK.levels
    assert levels.codes == ("excellent", "good", "completed", "not_completed")
    assert levels.label("excellent") == "Hoàn thành xuất sắc nhiệm vụ"
    assert levels.label("not_classified") == "Không xếp loại"
    assert levels.at_least("good", "completed")
    assert not levels.at_least("completed", "good")
    assert not levels.at_least("not_classified", "not_completed")
    assert levels.lowest(["good", "completed"]) == "completed"
    assert (levels.above("good"), levels.above("excellent")) == ("excellent", None)


@pytest.mark.parametrize(
    ("cites", "long"),
    [
        ("II.2.3.a, gạch 2", "HD 13-HD/TU, mục II.2.3.a, gạch đầu dòng thứ hai"),
        ("I.1.a, gạch 1–4", "HD 13-HD/TU, mục I.1.a, gạch đầu dòng thứ nhất đến thứ tư"),
        ("II.2.5, bước 2, gạch 4, +1", "HD 13-HD/TU, mục II.2.5, bước 2, gạch đầu dòng thứ tư, dấu cộng thứ nhất"),
        ("I.3.2.b, gạch 1–2", "HD 13-HD/TU, mục I.3.2.b, gạch đầu dòng thứ nhất và thứ hai"),
        ("C.1, đoạn 2", "HD 13-HD/TU, phần C, mục 1, đoạn thứ hai"),
        ("II, đoạn mở đầu", "HD 13-HD/TU, phần II, đoạn mở đầu"),
        (("C.4", "V.1, gạch 10"), "HD 13-HD/TU, phần C, mục 4; mục V.1, gạch đầu dòng thứ mười"),
    ],
)
def test_a_citation_is_written_out_for_the_reader(cites: str | tuple[str, ...], long: str) -> None:
    assert long_citation("HD 13-HD/TU", cites) == long
    assert ordinal(5) == "thứ năm"


def test_a_setting_is_overlaid_known_and_digested() -> None:
    settings = BOOK.settings
    assert settings["quota_base"] == "both"
    assert settings["organisation_key_criteria"] == ("a1", "a2", "a3", "a4", "b2")
    other = settings.overlaid({"organisation_key_criteria": ["a1", "b1"], "quota_rounding": "ceil"})
    assert other.changed() == ("quota_rounding", "organisation_key_criteria")
    assert settings.changed() == ()
    assert other.digest() != settings.digest() == settings.overlaid({"quota_base": "both"}).digest()
    assert len(settings.digest()) == 128
    with pytest.raises(InvalidInput) as caught:
        settings.overlaid({"quota_base": "none", "quorum": 1, "member_basic_criteria": "a1"})
    assert [problem.place.field for problem in caught.value.problems] == [
        "quota_base",
        "quorum",
        "member_basic_criteria",
    ]


def test_an_unknown_book_is_refused() -> None:
    for name in ("hd99_2099", "..", "hd13_2018.facts"):
        with pytest.raises(RulebookUnknown):
            load_rulebook(name)


def test_every_text_of_the_book_is_composed() -> None:
    package = Path(str(BOOK.registered.rules["MEM-EXC-01"].__code__.co_filename)).parent
    for path in package.rglob("*.toml"):
        assert unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8")), path.name


def test_the_page_of_the_rulebook_is_what_its_tables_and_tests_say() -> None:
    if os.environ.get("HOSO_WRITE_PAGES"):
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it anew: {HOW}"


def test_the_page_holds_every_rule_reading_and_fact() -> None:
    text = rulebook_markdown(BOOK)
    for wanted in (*(rule.id for rule in BOOK.rules), *BOOK.readings, *BOOK.settings):
        assert re.search(rf"\b{re.escape(wanted)}\b", text), wanted
    for field in (
        "public_employee_rating",
        "subordinates.not_classified",
        "criteria.dd",
        "round1.tallies",
        "sick_leave[].from",
    ):
        assert f"`{field}`" in text, field
