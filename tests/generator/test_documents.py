"""One call makes one document; what the guidance forbids has no final form where a level is proposed or decided."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.documents import Refused, generate, shipped_template
from generator.errors import InvalidInput
from generator.forms.library import UnknownForm, manifest
from generator.forms.manifest import Manifest
from generator.forms.samples import sample
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text
from generator.word.template import Template


def given(code: str) -> dict[str, Any]:
    """The sample input of a form, to change as a test likes."""
    book = load_rulebook()
    return sample(manifest(code, book), book)


def below_excellent(code: str, row: int) -> dict[str, Any]:
    """A list in which one proposed for excellent was rated only good by his agency (MEM-EXC-03)."""
    made = given(code)
    table = "candidates" if code == "5.3" else "members"
    made["facts"][table][row]["public_employee_rating"] = "good"
    return made


@pytest.mark.parametrize(
    "code", ["1", "2", "3B.1", "3B.8", "4X", "5.1", "5.3", "6", "decision-members", "result-notice"]
)
def test_the_sample_of_a_form_that_holds_a_level_is_judged_and_allowed(code: str) -> None:
    made = generate(code, given(code))
    assert made.judgements
    assert made.verdict is not None
    assert made.verdict.allowed
    assert all(not judgement.errors for judgement in made.judgements)


def test_a_cell_may_not_propose_what_the_guidance_forbids() -> None:
    with pytest.raises(Refused) as raised:
        generate("6", below_excellent("6", 0))
    error = raised.value
    assert error.exit_code == 1
    assert error.verdict.violated_rule_ids == ("MEM-EXC-03",)
    assert [(judgement.place, judgement.subject) for judgement in error.judgements] == [
        ("members[1]", "Trần Văn Thịnh")
    ]
    assert "Trần Văn Thịnh" in error.message


def test_only_those_who_may_be_excellent_stand_on_the_second_ballot() -> None:
    with pytest.raises(Refused):
        generate("5.3", below_excellent("5.3", 2))


@pytest.mark.parametrize("state", ["draft", "blank"])
def test_a_draft_and_a_blank_form_can_always_be_printed(state: str) -> None:
    made = generate("6", below_excellent("6", 0), state=state)
    assert bool(made.judgements) is (state == "draft")
    assert document_text(made.word)


def test_what_a_member_claims_is_printed_with_the_findings_beside_it() -> None:
    claim = given("5.1")
    claim["facts"]["public_employee_rating"] = "good"
    made = generate("5.1", claim)
    assert made.verdict is not None
    assert made.verdict.violated_rule_ids == ("MEM-EXC-03",)


def test_without_facts_a_form_is_printed_and_not_judged() -> None:
    report = given("6")
    del report["facts"]
    made = generate("6", report)
    assert made.judgements == ()
    assert made.verdict is None
    assert made.input == generate("6", made.input).input


def test_a_row_without_facts_is_not_judged() -> None:
    report = given("6")
    report["facts"]["members"][1] = None
    assert [judgement.place for judgement in generate("6", report).judgements] == ["members[1]", "members[3]"]


def test_a_waiver_heeds_only_what_may_be_waived() -> None:
    book = load_rulebook()
    report = below_excellent("6", 0)
    waivable = book.rule("MEM-EXC-03").waivable
    if waivable:
        assert generate("6", report, waived={"members[1]:MEM-EXC-03"}).word
    else:
        with pytest.raises(Refused):
            generate("6", report, waived={"members[1]:MEM-EXC-03"})
    with pytest.raises(Refused):
        generate("6", report, waived={"members[2]:MEM-EXC-03"})


def test_facts_of_several_rows_that_are_wrong_are_told_together() -> None:
    report = given("6")
    report["facts"]["members"][0]["card_lost"] = "không"
    del report["facts"]["members"][2]["targets"]
    with pytest.raises(InvalidInput) as raised:
        generate("6", report)
    assert {problem.place.field for problem in raised.value.problems} == {
        "facts.members[1].card_lost", "facts.members[3].targets",
    }  # fmt: skip


@pytest.mark.parametrize("facts", [{"members": []}, {"members": [None, None, 3]}, {"people": []}, {"members": {}}])
def test_facts_of_a_list_must_fit_its_rows(facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="danh sách 3 dữ kiện"):
        generate("6", given("6") | {"facts": facts})


def test_facts_may_name_another_kind_of_subject() -> None:
    notice = given("result-notice")
    head = {"subject_kind": "head", "collective_level": "good", "organisation_level": "good"}
    notice["document"]["results"] = notice["document"]["results"][:1]
    notice["document"]["results"][0]["level"] = "excellent"
    notice["facts"] = {"results": [head]}
    with pytest.raises(Refused) as raised:
        generate("result-notice", notice)
    assert set(raised.value.verdict.violated_rule_ids) == {"CAP-01", "CAP-02"}


@pytest.mark.parametrize(
    "wrong",
    [{}, [], None, {"document": {}, "fact": {}}, {"document": {}, "facts": []}, {"facts": {}}],
)
def test_a_call_without_a_proper_input_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidInput):
        generate("5.1", wrong)


def test_an_unknown_form_or_state_is_refused() -> None:
    with pytest.raises(UnknownForm):
        generate("9.9", {"document": {}})
    with pytest.raises(InvalidInput, match="signed"):
        generate("5.1", given("5.1"), state="signed")


def test_an_offices_own_template_is_used_and_named_by_its_digest() -> None:
    asked: list[str] = []

    def templates(form: Manifest) -> Template | None:
        asked.append(form.code)
        return shipped_template("hd13_2018", "mau-5.2.docx")

    own = generate("5.3", given("5.3"), templates=templates)
    assert asked == ["5.3"]
    assert own.template_digest == generate("5.2", given("5.2")).template_digest
    assert "PHIẾU XẾP LOẠI" in document_text(own.word).upper()


def test_where_the_office_has_no_template_the_shipped_one_is_used() -> None:
    assert generate("5.3", given("5.3"), templates=lambda form: None) == generate("5.3", given("5.3"))


def test_the_input_kept_makes_the_same_document_again() -> None:
    first = generate("decision-members", given("decision-members"))
    again = generate("decision-members", copy.deepcopy(first.input))
    assert again.word == first.word
    assert again.input == first.input
