"""Which sheet of Mẫu 3 and 4 serves whom: as shipped, as an office corrects it, and what a wrong choice is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from generator.documents import generate
from generator.errors import InvalidInput
from generator.forms.assessed import shipped_sheets
from generator.forms.library import form_rows, forms, manifest, sheet_codes, variant_title
from generator.forms.manifest import STATES
from generator.forms.samples import sample
from generator.rules.rulebook import Rulebook
from generator.word.reading import document_text

Sample = Callable[[str], dict[str, Any]]

NAMED = [
    *(f"3A.{number}" for number in range(1, 5)),
    *(f"3B.{number}" for number in range(1, 9)),
    *(f"4A.{number}" for number in range(1, 5)),
    *(f"4B.{number}" for number in range(1, 9)),
]


def refusal(code: str, input_: dict[str, Any], state: str = "final", **given: Any) -> str:
    """What the only problem of an input for the wrong form says."""
    with pytest.raises(InvalidInput) as raised:
        generate(code, input_, state=state, **given)
    assert [problem.code for problem in raised.value.problems] == ["input.wrong-form"]
    return str(raised.value)


def test_every_sheet_the_guidance_names_is_a_form_and_serves_somebody(book: Rulebook) -> None:
    assert list(sheet_codes(book)) == [*NAMED, "4X"]
    sheets = shipped_sheets(book)
    assert all(sheets.of_form(code) for code in sheet_codes(book))
    assert {one.kind for code in NAMED[:12] for one in sheets.of_form(code)} == {"party_organisation"}
    assert {one.kind for code in NAMED[12:] for one in sheets.of_form(code)} == {"leadership_collective"}


def test_every_type_the_guidance_classifies_has_a_sheet(book: Rulebook) -> None:
    served = {(one.kind, code) for one in shipped_sheets(book).kinds.values() for code in one.types}
    for kind in ("party_organisation", "leadership_collective"):
        assert {code for of_kind, code in served if of_kind == kind} == set(book.subject_types(kind))


def test_all_variants_share_one_template_and_differ_in_their_titles(book: Rulebook) -> None:
    sheets = [forms(book)[code] for code in sheet_codes(book)]
    assert {form.template for form in sheets} == {"mau-3-4.docx"}
    assert len({form.title for form in sheets}) == len(sheets)


@pytest.mark.parametrize("code", [*NAMED, "4X"])
def test_a_sheet_prints_the_criteria_of_its_own_kind(code: str, book: Rulebook, sample_of: Sample) -> None:
    form = manifest(code, book)
    text = document_text(generate(code, {"document": sample_of(code)}).word)
    (kind, *_) = shipped_sheets(book).of_form(code)
    for criterion in book.criteria(form.subject_kinds[0], kind.types[0]):
        assert kind.titles.get(criterion.code, criterion.title) in text
    assert set(kind.titles) <= {criterion.code for criterion in book.criteria(kind.kind, kind.types[0])}


def test_the_rows_are_worded_for_the_kind_of_organisation(sample_of: Sample) -> None:
    commune, company = (document_text(generate(code, {"document": sample_of(code)}).word) for code in ("3B.1", "3B.4"))
    assert "kinh tế - xã hội, quốc phòng - an ninh" in commune and "sản xuất kinh doanh" not in commune
    assert "sản xuất kinh doanh" in company and "Lãnh đạo doanh nghiệp" in company


def test_without_its_kind_a_sheet_prints_what_it_usually_serves(sample_of: Sample) -> None:
    document = sample_of("3B.4")
    told = document_text(generate("3B.4", {"document": document}).word)
    del document["organisation_type"]
    assert document_text(generate("3B.4", {"document": document}).word) == told


@pytest.mark.parametrize("state", STATES)
def test_a_sheet_asked_for_another_kind_is_refused_with_the_right_code(state: str, sample_of: Sample) -> None:
    told = refusal("3B.1", {"document": sample_of("3B.1") | {"organisation_type": "subordinate_cell"}}, state)
    assert "Mẫu 3B.1" in told and "không dùng cho “Chi bộ trực thuộc đảng ủy cơ sở, đảng bộ bộ phận”" in told
    assert "Hãy dùng Mẫu 3B.8 (Chi bộ trực thuộc đảng ủy cơ sở, đảng bộ bộ phận)" in told


def test_the_facts_tell_the_type_too(book: Rulebook) -> None:
    cell = sample(manifest("3B.8", book), book)
    assert "Mẫu 3B.8" in refusal("3B.1", {"document": sample(manifest("3B.1", book), book)["document"]} | {
        "facts": cell["facts"]})  # fmt: skip
    told = refusal("3B.8", {"document": cell["document"], "facts": cell["facts"] | {
        "organisation_type": "grassroots_cell"}})  # fmt: skip
    assert re.findall(r"Mẫu (3B\.\d) \(", told) == [f"3B.{number}" for number in range(1, 8)]


def test_a_collective_with_a_sheet_of_its_own_does_not_take_the_local_one(sample_of: Sample) -> None:
    local = sample_of("4X")
    assert "Mẫu 4B.7 (Ban Thường vụ Tỉnh đoàn)" in refusal(
        "4X", {"document": local | {"collective_type": "youth_union_standing_committee"}}
    )
    told = refusal("4X", {"document": local | {"collective_type": "party_caucus"}})
    assert re.findall(r"Mẫu (4B\.\d) \(", told) == [f"4B.{number}" for number in range(1, 7)]
    assert "Mẫu 4X" in refusal("4A.1", {"document": sample_of("4A.1") | {"collective_type": "grassroots_committee"}})


def test_a_form_of_another_kind_of_subject_is_named(book: Rulebook, sample_of: Sample) -> None:
    as_member = {"document": sample_of("3B.1"), "facts": {"subject_kind": "party_member"}}
    assert "Mẫu 5.1" in refusal("3B.1", as_member)
    as_cell = {"document": sample_of("5.1"), "facts": {"subject_kind": "party_organisation",
               "organisation_type": "subordinate_cell"}}  # fmt: skip
    assert "Mẫu 3B.8" in refusal("5.1", as_cell)
    assert "Mẫu 4X" in refusal("3B.1", {"document": sample_of("3B.1") | {"collective_type": "grassroots_committee"}})


@pytest.mark.parametrize(
    ("asked", "kind", "right"),
    [
        ("1", "party_member", "Mẫu 2 (Bản tự kiểm điểm cá nhân)"),
        ("1", "head", "Mẫu 2 (Bản tự kiểm điểm cá nhân)"),
        ("2", "party_organisation", "Mẫu 1 (Báo cáo kiểm điểm tập thể)"),
        ("2", "leadership_collective", "Mẫu 1 (Báo cáo kiểm điểm tập thể)"),
        ("3A.1", "leader_manager", "Mẫu 2 (Bản tự kiểm điểm cá nhân)"),
        ("5.2", "party_organisation", "(mã ballot-level)"),
        ("5.3", "leader_manager", "(mã ballot-decision)"),
        ("6", "leader_manager", "(mã tally-summary)"),
    ],
)
def test_what_is_asked_of_another_kind_of_subject_is_answered_with_its_form_of_that_purpose(
    asked: str, kind: str, right: str, sample_of: Sample
) -> None:
    told = refusal(asked, {"document": sample_of(asked), "facts": {"subject_kind": kind}})
    assert told.endswith(f"{right}.")


def test_the_form_given_instead_is_one_of_that_kind_of_subject(book: Rulebook) -> None:
    for form in forms(book).values():
        for kind, other in form.instead.items():
            assert kind in book.kinds and kind not in form.subject_kinds, form.code
            assert kind in manifest(other, book).subject_kinds, form.code


def test_facts_that_name_a_type_of_another_kind_are_refused_by_forms_without_types_too(sample_of: Sample) -> None:
    told = refusal("2", {"document": sample_of("2"), "facts": {"organisation_type": "subordinate_cell"}}, "blank")
    assert told.startswith("Mục “facts.organisation_type”") and "Hãy dùng Mẫu 1 " in told
    either = {"document": sample_of("1"), "facts": {"collective_type": "grassroots_committee"}}
    assert generate("1", either, state="blank").word


def test_an_office_gives_a_kind_another_sheet_and_the_variant_its_own_name(book: Rulebook, sample_of: Sample) -> None:
    own = {"forms": {"commune": "3B.2", "agency": "3B.1"}, "names": {"3B.2": "Đảng bộ xã, phường, thị trấn"}}
    sheets = shipped_sheets(book).overlaid(own, sheet_codes(book))
    document = sample_of("3B.2") | {"organisation_type": "commune"}
    made = generate("3B.2", {"document": document}, sheets=sheets)
    assert "kinh tế - xã hội, quốc phòng - an ninh" in document_text(made.word)
    assert made.title.endswith("tổ chức đảng: Đảng bộ xã, phường, thị trấn")
    told = refusal("3B.1", {"document": sample_of("3B.1")}, sheets=sheets)
    assert "Hãy dùng Mẫu 3B.2 (Đảng bộ xã, phường, thị trấn)" in told
    named = {row["code"]: row["title"] for row in form_rows(book, sheets)}
    assert named["3B.2"] == variant_title(manifest("3B.2", book), sheets)
    assert named["3B.1"].endswith(": Đảng bộ, chi bộ cơ sở cơ quan")


def test_without_its_kind_a_sheet_follows_what_the_office_chose(book: Rulebook, sample_of: Sample) -> None:
    sheets = shipped_sheets(book).overlaid({"forms": {"commune": "3B.2", "agency": "3B.1"}}, sheet_codes(book))
    document = sample_of("3B.1")
    del document["organisation_type"]
    assert "Lãnh đạo cơ quan" in document_text(generate("3B.1", {"document": document}, sheets=sheets).word)


def test_a_sheet_that_serves_two_kinds_asks_which(book: Rulebook, sample_of: Sample) -> None:
    sheets = shipped_sheets(book).overlaid({"forms": {"agency": "3B.1"}}, sheet_codes(book))
    document = sample_of("3B.1")
    del document["organisation_type"]
    with pytest.raises(InvalidInput, match="commune, agency"):
        generate("3B.1", {"document": document}, sheets=sheets)
    assert generate("3B.1", {"document": document}, state="blank", sheets=sheets).word


@pytest.mark.parametrize(
    ("own", "field", "says"),
    [
        ({"forms": {"comune": "3B.1"}}, "forms.comune", "commune"),
        ({"forms": {"commune": "4A.1"}}, "forms.commune", "3A.1, 3A.2"),
        ({"forms": {"commune": "3B.9"}}, "forms.commune", "3B.9"),
        ({"names": {"3B.9": "Xã"}}, "names.3B.9", "3B.9"),
        ({"names": {"3B.1": ""}}, "names.3B.1", "300"),
        ({"names": {"3B.1": "Xã\x07"}}, "names.3B.1", "300"),
        ({"sheets": {}}, "sheets", "Không có phần này"),
    ],
)
def test_a_correction_that_names_what_there_is_not_is_refused(
    own: dict[str, Any], field: str, says: str, book: Rulebook
) -> None:
    with pytest.raises(InvalidInput, match=says) as raised:
        shipped_sheets(book).overlaid(own, sheet_codes(book))
    assert [problem.place.field for problem in raised.value.problems] == [field]


def test_rows_of_the_offices_own_stand_below_their_criterion_with_their_marks(sample_of: Sample) -> None:
    for code, criterion in (("3A.2", "b2"), ("3B.7", "c"), ("4B.7", "t3"), ("4X", "t4")):
        document = sample_of(code)
        document["criteria"] |= {f"{criterion}.1": {"title": "Tiêu chí riêng của cơ quan", "rating": "poor"}}
        lines = document_text(generate(code, {"document": document}).word).split("\n")
        row = lines.index("Tiêu chí riêng của cơ quan")
        assert lines[row - 1].endswith(".1")
        assert "X" in lines[row + 1 : row + 5]
