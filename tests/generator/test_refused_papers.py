"""Every paper that proposes or decides a level is refused its final form where the rules stand against it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.documents import Refused, generate
from generator.forms.library import forms, manifest
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook
from generator.rules.settings import Settings
from generator.word.reading import document_text

BOOK = load_rulebook()
BINDING = [form.code for form in forms(BOOK).values() if form.binds and form.level_field]
# What makes each kind of subject fail, whatever level above the last but one stands on the paper.
AGAINST = {
    "party_member": ({"discipline": {"in_year": True, "already_counted": False}}, "MEM-NC-04"),
    "party_organisation": ({"committee_disciplined": True}, "ORG-NC-06"),
    "leadership_collective": ({"collective_disciplined": True}, "COL-NC-04"),
    "leader_manager": ({"review_completed": False}, "GEN-01"),
    "head": ({"collective_level": "not_completed"}, "CAP-01"),
}


def given(code: str) -> dict[str, Any]:
    """The sample of a form, to change as a test likes."""
    return copy.deepcopy(sample(manifest(code, BOOK), BOOK))


def rows_of(made: dict[str, Any]) -> tuple[str, list[Any]]:
    """The table whose rows are judged, and the facts of each row; a form about one subject has one nameless row."""
    facts = made["facts"]
    table = next((name for name, held in facts.items() if isinstance(held, list)), "")
    return table, facts[table] if table else [facts]


@pytest.mark.parametrize("code", BINDING)
def test_a_final_paper_is_refused_for_each_row_the_rules_forbid(code: str) -> None:
    made = given(code)
    form = manifest(code, BOOK)
    table, cases = rows_of(made)
    rows = made["document"][table] if table else [{}]
    concerned = made["document"].get("concerns") or form.subject_kinds[0]
    expected = []
    for number, (row, case) in enumerate(zip(rows, cases, strict=True), start=1):
        change, rule = AGAINST[row.get("concerns") or concerned]
        if row.get(form.level_field.partition(".")[2]) in ("not_completed", "not_classified"):
            continue
        case.update(change)
        expected.append((f"{table}[{number}]" if table else "", rule))
    with pytest.raises(Refused) as raised:
        generate(code, made)
    found = [(one.place, finding.rule_id) for one in raised.value.judgements for finding in one.errors]
    assert expected and set(expected) <= set(found)
    assert document_text(generate(code, made, state="draft").word)


@pytest.mark.parametrize("code", ["report-base", "report-district", "excellent-list"])
def test_too_many_excellent_are_refused_by_the_figures_of_the_paper_alone(code: str) -> None:
    made = given(code)
    del made["facts"]
    table = "groups" if code == "excellent-list" else "members"
    made["document"][table][0] |= {"excellent": 60, "good": 20}
    with pytest.raises(Refused) as raised:
        generate(code, made)
    (judgement,) = [one for one in raised.value.judgements if one.verdict.violated_rule_ids]
    assert judgement.verdict.violated_rule_ids == ("QUO-02",)
    assert judgement.verdict.highest_allowed_level == "good"
    assert "nhiều nhất" in judgement.verdict.findings[0].given
    assert judgement.subject in raised.value.message
    assert generate(code, made, state="draft").word


def test_what_only_the_wide_reading_allows_is_printed_with_a_warning_and_refused_where_the_office_reads_strictly() -> (
    None
):
    made = given("excellent-list")
    del made["facts"]
    made["document"]["groups"][0] |= {"excellent": 13, "good": 52}
    printed = generate("excellent-list", made)
    assert printed.verdict is not None and printed.verdict.warning_rule_ids == ("QUO-02",)
    assert "Chỉ đúng khi tính cả số xuất sắc" in document_text(printed.word)
    strict: Settings = BOOK.settings.overlaid({"quota_base": "strict"})
    with pytest.raises(Refused):
        generate("excellent-list", made, settings=strict)
    assert generate("excellent-list", made, settings=strict, waived={"groups[1]:QUO-02"}).word


def test_a_complaint_is_judged_only_where_its_result_is_adjusted() -> None:
    adjusted = given("complaint-conclusion")
    assert generate("complaint-conclusion", adjusted).judgements
    kept = copy.deepcopy(adjusted)
    kept["document"]["outcome"] = "kept"
    del kept["document"]["new_level"]
    assert generate("complaint-conclusion", kept).judgements == ()


def test_what_a_row_concerns_says_by_which_rules_it_is_judged() -> None:
    made = given("report-base")
    # The head may not stand above what he heads; the same facts say nothing of an organisation.
    made["facts"]["proposals"][2] = {"collective_level": "completed", "organisation_level": "good"}
    with pytest.raises(Refused) as raised:
        generate("report-base", made)
    assert [(one.place, one.verdict.violated_rule_ids) for one in raised.value.judgements] == [
        ("proposals[3]", ("CAP-01",))
    ]


def test_a_list_that_does_not_hold_those_it_counts_says_so() -> None:
    made = given("excellent-list")
    made["document"]["subjects"] = made["document"]["subjects"][:10]
    made["facts"]["subjects"] = made["facts"]["subjects"][:10]
    (remark,) = generate("excellent-list", made).remarks
    assert "(13 so với 10)" in remark.message
