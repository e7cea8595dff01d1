"""What a person types is checked whole: every problem at once, each with its field and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import InvalidInput, Place
from generator.forms.inputs import plain, read
from generator.forms.library import manifest
from generator.forms.manifest import Manifest
from generator.rules.rulebook import Rulebook, load_rulebook

Sample = Callable[[str], dict[str, Any]]


def problems(code: str, document: object, book: Rulebook, state: str = "final") -> dict[str, str]:
    """Field → code of the problem."""
    with pytest.raises(InvalidInput) as raised:
        read(manifest(code, book), document, state=state, place=Place(file="phieu.yaml"))
    for problem in raised.value.problems:
        assert problem.place.file == "phieu.yaml"
        assert problem.message
        assert problem.remedy
    return {problem.place.field: problem.code for problem in raised.value.problems}


def test_every_problem_is_told_at_once(sample_of: Sample, book: Rulebook) -> None:
    document = sample_of("5.1") | {
        "birth_date": "31/02/1979",
        "level": "Xuất sắc",
        "comment": "trước\u0007sau",
        "year": "2018",
        "full_nam": "Nguyễn Văn A",
        "criteria": {"a1": "good", "a9": "good", "b1": "best"},
        "workplace": "dòng một\ndòng hai",
        "cell": "x" * 1001,
    }
    del document["full_name"]
    assert problems("5.1", document, book) == {
        "full_name": "input.missing",
        "birth_date": "input.date",
        "workplace": "input.one-line",
        "cell": "input.too-long",
        "criteria.a9": "input.unknown",
        "criteria.b1": "input.code",
        "comment": "input.character",
        "level": "input.code",
        "year": "input.type",
        "full_nam": "input.unknown",
    }


def test_a_problem_in_a_row_names_row_and_column(sample_of: Sample, book: Rulebook) -> None:
    document = sample_of("6")
    document["members"][1] |= {"self_level": "tốt", "nickname": "Tư"}
    del document["members"][2]["full_name"]
    document["members"].append("Lê Văn Bốn")
    assert problems("6", document, book) == {
        "members[2].self_level": "input.code",
        "members[2].nickname": "input.unknown",
        "members[3].full_name": "input.missing",
        "members[4]": "input.type",
    }


@pytest.mark.parametrize("document", [None, [], "Nguyễn Văn A", 5])
def test_a_document_that_is_no_mapping_is_refused(document: object, book: Rulebook) -> None:
    assert problems("5.1", document, book) == {"document": "input.type"}


def test_an_unknown_field_brings_the_nearest_known_one(sample_of: Sample, book: Rulebook) -> None:
    with pytest.raises(InvalidInput, match="full_name"):
        read(manifest("5.1", book), sample_of("5.1") | {"fullname": "A"}, state="final")


def test_a_blank_form_needs_nothing(form: Manifest) -> None:
    assert read(form, {}, state="blank") == {}


def test_a_final_form_says_what_it_lacks(form: Manifest) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(form, {}, state="final")
    told = {problem.place.field for problem in raised.value.problems}
    assert told == {field.name for field in form.fields if field.required and field.when is None}


@pytest.mark.parametrize("empty", [None, "", "   ", "\t"])
def test_an_empty_value_is_none_given(empty: object, sample_of: Sample, book: Rulebook) -> None:
    form = manifest("5.1", book)
    assert "workplace" not in read(form, sample_of("5.1") | {"workplace": empty}, state="final")
    assert problems("5.1", sample_of("5.1") | {"full_name": empty}, book) == {"full_name": "input.missing"}


def test_a_table_that_must_have_rows_may_not_be_empty(sample_of: Sample, book: Rulebook) -> None:
    assert problems("5.2", sample_of("5.2") | {"candidates": []}, book) == {"candidates": "input.missing"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2018-12-29", date(2018, 12, 29)),
        ("29/12/2018", date(2018, 12, 29)),
        ("2018-12", "2018-12"),
        (date(2018, 12, 29), date(2018, 12, 29)),
    ],
)
def test_a_date_is_read_as_offices_write_it(written: object, kept: object, sample_of: Sample, book: Rulebook) -> None:
    assert read(manifest("5.1", book), sample_of("5.1") | {"date": written}, state="final")["date"] == kept


@pytest.mark.parametrize(
    "written", ["2018-02-29", "29/02/2018", "2018-13", "12-2018", "hôm nay", "0018-01-01", 20181229]
)
def test_a_day_that_is_in_no_calendar_is_refused(written: object, sample_of: Sample, book: Rulebook) -> None:
    assert list(problems("5.1", sample_of("5.1") | {"date": written}, book)) == ["date"]


def test_a_month_stands_only_where_the_day_may_come_later(sample_of: Sample, book: Rulebook) -> None:
    assert problems("5.1", sample_of("5.1") | {"birth_date": "1979-04"}, book) == {"birth_date": "input.date"}


@pytest.mark.parametrize("value", [-1, 1.5, True, "12", 10**9, float("nan"), float("inf")])
def test_a_count_is_a_whole_number_of_people(value: object, sample_of: Sample, book: Rulebook) -> None:
    assert list(problems("5.3", sample_of("5.3") | {"most_votes": value}, book)) == ["most_votes"]


@pytest.mark.parametrize(("value", "kept"), [(25016347, "25016347"), ("025.016347", "025.016347")])
def test_a_whole_number_may_stand_for_its_digits(value: object, kept: str, sample_of: Sample, book: Rulebook) -> None:
    assert read(manifest("5.1", book), sample_of("5.1") | {"card_number": value}, state="final")["card_number"] == kept


@pytest.mark.parametrize("value", [1.10, True, ["a"], {"a": 1}, b"a"])
def test_what_would_change_when_written_out_is_no_text(value: object, sample_of: Sample, book: Rulebook) -> None:
    assert problems("5.1", sample_of("5.1") | {"card_number": value}, book) == {"card_number": "input.type"}


def test_what_belongs_to_another_variant_is_told_not_dropped(sample_of: Sample, book: Rulebook) -> None:
    document = sample_of("2") | {"variant": "member"}
    told = problems("2", document, book)
    assert told["leadership"] == told["claimed_employee_level"] == "input.not-applicable"
    assert set(told.values()) == {"input.not-applicable"}


def test_a_leader_answers_for_more_than_a_member(sample_of: Sample, book: Rulebook) -> None:
    fields = manifest("2", book).by_name
    common = {name: value for name, value in sample_of("2").items() if fields[name].when is None}
    assert read(manifest("2", book), common | {"variant": "member"}, state="final")
    assert set(problems("2", common | {"variant": "leader"}, book)) == {
        "public_service", "leadership", "leadership_rating", "integrity", "integrity_rating",
    }  # fmt: skip


def test_text_is_composed_and_otherwise_left_alone(sample_of: Sample, book: Rulebook) -> None:
    name = "  Nguyễn  Thị Thuỳ "
    document = sample_of("5.1") | {"full_name": unicodedata.normalize("NFD", name)}
    assert read(manifest("5.1", book), document, state="final")["full_name"] == name


def test_names_of_300_letters_and_texts_of_100000_pass_and_no_more(sample_of: Sample, book: Rulebook) -> None:
    document = sample_of("5.1") | {"full_name": "Ư" * 300, "comment": "ố" * 100_000}
    assert read(manifest("5.1", book), document, state="final")["comment"] == "ố" * 100_000
    longer = document | {"full_name": "Ư" * 301, "comment": "ố" * 100_001}
    assert problems("5.1", longer, book) == {"full_name": "input.too-long", "comment": "input.too-long"}


def test_criteria_are_those_of_the_type_of_collective(sample_of: Sample, book: Rulebook) -> None:
    document = sample_of("4X") | {"collective_type": "front_or_socio_political"}
    document["criteria"] = {"t1": "good", "t4": "good"}
    assert "criteria.t4" in problems("4X", document, book)


def test_kept_values_are_plain_json(form: Manifest, complete: dict[str, Any]) -> None:
    kept = plain(read(form, complete["document"], state="final"))
    assert read(form, kept, state="final") == read(form, complete["document"], state="final")
    assert not any(isinstance(value, date) for value in kept.values())


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_whatever_is_given_is_read_or_refused_with_its_place(data: st.DataObject) -> None:
    book = load_rulebook()
    form = manifest(data.draw(st.sampled_from(["2", "4X", "5.1", "6"])), book)
    names = st.sampled_from([field.name for field in form.fields]) | st.text(max_size=5)
    document = data.draw(st.dictionaries(names, _ANYTHING, max_size=6))
    state = data.draw(st.sampled_from(["blank", "draft", "final"]))
    try:
        read(form, document, state=state)
    except InvalidInput as error:
        assert all(problem.place.field and problem.message for problem in error.problems)
