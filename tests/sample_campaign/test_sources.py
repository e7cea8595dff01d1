"""The sources of the sample campaign: whole, valid, in real Vietnamese, and what the shipped workbook is made of."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

import sample_campaign
from generator.facts.values import Row
from generator.forms import library
from generator.rules.rulebook import load_rulebook
from generator.workbook.sheets import sheets
from sample_campaign.build import content, source

BOOK = load_rulebook(content.RULEBOOK)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    return content.rows()


def column(rows: Sequence[Row], name: str) -> list[Any]:
    return [getattr(row, name) for row in rows]


def parts(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_shipped_workbook_is_what_the_sources_build() -> None:
    assert parts(sample_campaign.workbook_bytes()) == parts(content.workbook())


def test_every_sheet_of_the_workbook_has_rows(rows: dict[str, list[Row]]) -> None:
    # A campaign has rows of its own to rate only once its office has added some.
    assert set(rows) == set(sheets(BOOK)) - {"local_ratings"}


def test_the_party_base_has_its_promised_size(rows: dict[str, list[Row]]) -> None:
    cells = Counter(column(rows["people"], "cell"))
    assert cells == {"CBCQ": 27, "CBTH": 18, "CBK1": 30, "CBK2": 27, "CBK3": 8}
    assert Counter(column(rows["units"], "type"))["subordinate_cell"] == 5
    assert len(rows["leader_facts"]) == 12
    assert len(rows["member_reviews"]) >= 38
    assert {row.collective for row in rows["collective_reviews"]} == {"BCH", "TT-MTTQ"}  # type: ignore[attr-defined]
    assert set(column(rows["organisation_reviews"], "unit")) == {"DBX", *cells}


def test_names_are_unique_but_for_the_two_namesakes_of_one_cell(rows: dict[str, list[Row]]) -> None:
    names = Counter(column(rows["people"], "full_name"))
    assert [name for name, count in names.items() if count > 1] == ["Nguyễn Văn Bình"]
    namesakes = [row for row in rows["people"] if row.full_name == "Nguyễn Văn Bình"]  # type: ignore[attr-defined]
    assert len(set(column(namesakes, "birth_date"))) == 2
    assert len(set(column(namesakes, "cell"))) == 1


def test_names_hold_every_vietnamese_letter_with_a_mark_and_one_of_forty_characters(
    rows: dict[str, list[Row]],
) -> None:
    names = column(rows["people"], "full_name")
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    assert letters - set("aeiouy") <= set("".join(names).lower())
    assert 40 in {len(name) for name in names}


def test_card_and_file_numbers_are_unique_texts_with_their_zeros(rows: dict[str, list[Row]]) -> None:
    cards = [number for number in column(rows["people"], "card_number") if number]
    assert len(cards) == len(set(cards)) == 107  # three are on probation and have no card
    assert all(re.fullmatch(r"0\d{7}", number) for number in cards)
    files = column(rows["people"], "file_number")
    assert len(files) == len(set(files)) == 110


def test_a_source_with_marks_apart_is_composed_at_the_door(rows: dict[str, list[Row]]) -> None:
    raw = source.SOURCE.joinpath("people/cbk2.toml").read_text(encoding="utf-8")
    assert not unicodedata.is_normalized("NFC", raw)
    notes = [note for note in column(rows["people"], "note") if note]
    assert any("Mường" in note for note in notes)
    assert all(unicodedata.is_normalized("NFC", note) for note in notes)


def test_hard_characters_stand_in_the_facts(rows: dict[str, list[Row]]) -> None:
    text = " ".join(str(value) for row in rows["people"] for value in row.model_dump().values())
    assert all(mark in text for mark in '&<>"')


@pytest.mark.parametrize(("sheet", "form"), [("member_reviews", "2"), ("collective_reviews", "1")])
def test_reviews_use_the_sections_of_their_form(rows: dict[str, list[Row]], sheet: str, form: str) -> None:
    known = {field.name for field in library.manifest(form, BOOK).fields if field.kind == "text"}
    assert {key for row in rows[sheet] for key in row.model_dump()["sections"]} <= known


def test_reviews_give_each_person_every_section_his_form_asks_for(rows: dict[str, list[Row]]) -> None:
    public = {
        row["reference"] for row in (person.model_dump() for person in rows["people"]) if row["is_public_employee"]
    }
    leaders = set(column(rows["leader_facts"], "person"))
    for row in rows["member_reviews"]:
        person, sections = row.model_dump()["person"], set(row.model_dump()["sections"])
        variant = "leader" if person in leaders else "public_employee" if person in public else "member"
        asked = {
            field.name
            for field in library.manifest("2", BOOK).fields
            if field.kind == "text" and field.required and (field.when is None or variant in field.when.codes)
        }
        assert asked <= sections, person


def sentences(sections: dict[str, str]) -> set[str]:
    return {part.strip() for text in sections.values() for part in re.split(r"[.;\n]", text) if part.strip()}


def test_review_texts_differ_in_at_least_three_fifths_of_their_sentences(rows: dict[str, list[Row]]) -> None:
    texts = [(row.model_dump()["person"], sentences(row.model_dump()["sections"])) for row in rows["member_reviews"]]
    for (one, first), (other, second) in itertools.combinations(texts, 2):
        assert len(first & second) <= 0.4 * min(len(first), len(second)), (one, other)


def test_typed_papers_have_a_text_and_only_they(rows: dict[str, list[Row]]) -> None:
    facts = {row.model_dump()["person"]: row.model_dump()["review_paper"] for row in rows["member_facts"]}
    typed = {person for person, paper in facts.items() if paper == "typed"}
    assert typed == set(column(rows["member_reviews"], "person"))


def test_public_employees_have_their_rating_and_a_comment_from_where_they_live(rows: dict[str, list[Row]]) -> None:
    public = {
        row["reference"] for row in (person.model_dump() for person in rows["people"]) if row["is_public_employee"]
    }
    rated = {row.model_dump()["person"] for row in rows["member_facts"] if row.model_dump()["public_employee_rating"]}
    assert public == rated
    assert public <= set(column(rows["residence_comments"], "person"))
