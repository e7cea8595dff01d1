"""Every shipped form, in every state, prints what it was given and nothing that was not asked for."""

from __future__ import annotations

import copy
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator

from generator.documents import generate
from generator.errors import InvalidInput
from generator.forms.inputs import read
from generator.forms.library import forms
from generator.forms.manifest import RESERVED, Field, Manifest
from generator.forms.samples import sample
from generator.layout.departures import departures
from generator.pdf.convert import convert, office_available
from generator.pdf.text import fonts
from generator.rules.rulebook import Rulebook
from generator.vietnamese import short_date
from generator.word.reading import document_text, open_docx
from generator.word.template import load

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Hoàng Phước Thụy Bảo Khánh Thùy Trâm"
HOSTILE = (
    "A & B < C > \"D\" 'E' &amp; ]]>",
    "{{ 7*7 }} {% if x %}{%p for y in z %} {# chú #}",
    "{{ ''.__class__.__mro__ }}",
    "Nguyễn Thị Thuỳ\u00a0Dương – “tự chuyển hóa”… 100%",
    "  hai  đầu   cách  ",
    "\u202eđảo\u202c \U0001f600 \u2028 \u0085 \x7f",
    "cột\tmột\t\thai",
)


def strings(fields: tuple[Field, ...], values: dict[str, Any]) -> Iterator[str]:
    """Every text of the values that must be found on paper, letter for letter."""
    for one in fields:
        value = values.get(one.name)
        if value is None:
            continue
        if one.kind == "table":
            for row in value:
                yield from strings(one.columns, row)
        elif one.kind == "group":
            yield from strings(one.fields, value)
        elif one.kind == "text":
            yield from value.split("\n")
        elif one.kind in ("line", "name"):
            yield value
        elif one.kind == "count":
            yield str(value)
        elif one.kind == "date" and isinstance(value, date) and one.name != "date":
            yield short_date(value)


def filled(fields: tuple[Field, ...], values: dict[str, Any], text: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    """The values with `text` in every field of those kinds that has one, as far as it may be long."""
    made = copy.deepcopy(values)
    for one in fields:
        if one.name not in made:
            continue
        if one.kind == "table":
            made[one.name] = [filled(one.columns, row, text, kinds) for row in made[one.name]]
        elif one.kind == "group":
            made[one.name] = filled(one.fields, made[one.name], text, kinds)
        elif one.kind in kinds:
            longest = one.maximum or {"line": 1_000, "name": 300, "text": 100_000}[one.kind]
            made[one.name] = text[:longest]
    return made


def printed(form: Manifest, document: dict[str, Any], state: str = "final") -> str:
    return document_text(generate(form.code, {"document": document}, state=state).word)


def faults(word: bytes, folder: Path) -> list[str]:
    file = folder / "document.docx"
    file.write_bytes(word)
    return [str(error) for error in OpenXmlValidator().validate(str(file)).errors]


def variants(form: Manifest, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The sample in each variant its choices allow, without the fields the variant does not have."""
    yield document
    governing = {one.when.field for one in form.fields if one.when}
    for name in governing:
        for choice in form.by_name[name].choices:
            made = {**document, name: choice.code}
            for one in form.fields:
                if one.when and one.when.field == name:
                    made.pop(one.name, None)
                    if choice.code in one.when.codes and one.sample is not None:
                        made[one.name] = one.sample
            yield made


@pytest.mark.parametrize("state", ["blank", "draft", "final"])
def test_the_sample_prints_in_every_state_and_word_finds_no_fault(
    form: Manifest, complete: dict[str, Any], state: str, tmp_path: Path
) -> None:
    made = generate(form.code, complete, state=state, paper_code="TL-2018-7")
    text = document_text(made.word)
    assert ("DỰ THẢO" in text) is (state == "draft")
    assert ("TL-2018-7" in text) is form.take_home
    assert (Document(io.BytesIO(made.word)).core_properties.identifier == "TL-2018-7") is form.take_home
    assert (form.label in text) is bool(form.label) or not form.label
    assert faults(made.word, tmp_path) == []
    assert made.state == state
    assert made.form is form


def test_everything_given_is_found_letter_for_letter(form: Manifest, complete: dict[str, Any]) -> None:
    for document in variants(form, complete["document"]):
        text = printed(form, document)
        lost = [one for one in strings(form.fields, read(form, document, state="final")) if one not in text]
        assert lost == []


def test_a_field_that_is_seldom_filled_is_printed_too(form: Manifest, complete: dict[str, Any]) -> None:
    document = dict(complete["document"])
    for number, one in enumerate(form.fields):
        if one.name not in document and one.when is None and one.kind in ("line", "name", "text"):
            document[one.name] = f"Điền {number}"
    text = printed(form, document)
    assert [one for one in strings(form.fields, read(form, document, state="final")) if one not in text] == []


def test_labels_of_what_is_chosen_are_found(form: Manifest, complete: dict[str, Any], book: Rulebook) -> None:
    text = printed(form, complete["document"])
    for one in form.fields:
        if one.kind == "level" and one.name in complete["document"]:
            assert book.levels.label(complete["document"][one.name]) in text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_out_as_it_went_in(form: Manifest, complete: dict[str, Any], hostile: str) -> None:
    document = filled(form.fields, complete["document"], hostile, ("line", "name", "text"))
    text = printed(form, document)
    lost = [one for one in strings(form.fields, read(form, document, state="final")) if one not in text]
    assert lost == []
    assert "49" not in text or "49" in str(complete)


def test_decomposed_letters_come_out_composed(form: Manifest, complete: dict[str, Any]) -> None:
    document = filled(form.fields, complete["document"], unicodedata.normalize("NFD", "Trần Thị Thuỳ Hường"), ("name",))
    text = printed(form, document)
    assert unicodedata.is_normalized("NFC", text)
    if document != complete["document"]:
        assert "Trần Thị Thuỳ Hường" in text


def test_the_longest_names_and_texts_come_out_whole(form: Manifest, complete: dict[str, Any], tmp_path: Path) -> None:
    document = filled(form.fields, complete["document"], "Nguyễn Phước " * 24, ("name",))
    document = filled(form.fields, document, "Ố" * 100_000, ("text",))
    made = generate(form.code, {"document": document})
    text = document_text(made.word)
    assert [one for one in strings(form.fields, read(form, document, state="final")) if one not in text] == []
    assert faults(made.word, tmp_path) == []


@pytest.mark.parametrize("rows", [1, 300])
def test_a_table_takes_one_row_and_three_hundred(form: Manifest, complete: dict[str, Any], rows: int) -> None:
    document = copy.deepcopy(complete["document"])
    tables = [one for one in form.fields if one.kind == "table" and one.name in document]
    for one in tables:
        given = document[one.name]
        document[one.name] = [given[number % len(given)] for number in range(rows)]
    text = printed(form, document)
    for one in tables:
        name = next(column.name for column in one.columns if column.kind in ("name", "line", "text"))
        for value in {row[name] for row in document[one.name] if row.get(name)}:
            assert text.count(value) >= sum(row.get(name) == value for row in document[one.name])


@pytest.mark.parametrize("state", ["blank", "draft", "final"])
def test_names_of_sixty_letters_keep_the_page_format(form: Manifest, complete: dict[str, Any], state: str) -> None:
    document = filled(form.fields, complete["document"], LONG_NAME, ("name",))
    made = generate(form.code, {"document": document}, state=state)
    assert [str(one) for one in departures(made.word)] == []
    if document != complete["document"] and state != "blank":
        assert LONG_NAME in document_text(made.word)


def test_a_blank_form_shows_no_answer(form: Manifest, complete: dict[str, Any]) -> None:
    document = complete["document"]
    answers = {
        value
        for one in form.fields
        if not one.identity
        and one.kind in ("line", "text", "name")
        and isinstance(value := document.get(one.name), str)
    }
    text = printed(form, document, "blank")
    assert [answer for answer in answers if len(answer) > 12 and answer.split("\n")[0] in text] == []


def test_a_form_without_its_optional_parts_prints(form: Manifest, complete: dict[str, Any], tmp_path: Path) -> None:
    document = {one.name: complete["document"][one.name] for one in form.fields
                if one.required and one.name in complete["document"]}  # fmt: skip
    assert faults(generate(form.code, {"document": document}).word, tmp_path) == []
    assert faults(generate(form.code, {"document": {}}, state="blank").word, tmp_path) == []


def test_the_same_input_gives_the_same_bytes(form: Manifest, complete: dict[str, Any]) -> None:
    assert generate(form.code, complete).word == generate(form.code, copy.deepcopy(complete)).word


def test_template_and_manifest_agree_both_ways(form: Manifest, book: Rulebook) -> None:
    data = resources.files("templates_docx").joinpath(book.name, form.template).read_bytes()
    template = load(data)
    assert template.compiled, template.why_not_compiled
    sharing = [other for other in forms(book).values() if other.template == form.template]
    known = {name for other in sharing for name in other.by_name}
    made = {f"{one.name}_{end}" for other in sharing for one in other.fields for end in ("total", "count")}
    assert template.names <= known | made | RESERVED
    printed_by_heading = {"number", "symbol", "place", "date"} if "number_line" in template.names else {"place", "date"}
    choosing = {one.type_from for one in form.fields}
    assert set(form.by_name) <= template.names | printed_by_heading | choosing
    parts = open_docx(data)
    tags = "".join(re.findall(r"{[{%].*?[%}]}", "".join(text.decode() for text in parts.values() if b"{" in text)))
    for one in form.fields:
        for column in one.columns:
            assert re.search(rf"\.{column.name}\b", tags), f"{one.name}.{column.name}"
        for inner in one.fields:
            assert re.search(rf"\b{one.name}\.{inner.name}\b", tags), f"{one.name}.{inner.name}"


def test_a_wrong_input_is_refused_with_its_place(form: Manifest, complete: dict[str, Any]) -> None:
    for one in form.fields:
        if one.name not in complete["document"]:
            continue
        with pytest.raises(InvalidInput) as raised:
            generate(form.code, {"document": complete["document"] | {one.name: object()}})
        assert one.name in {problem.place.field for problem in raised.value.problems}


def test_the_files_carry_a_title_and_no_clock(form: Manifest, complete: dict[str, Any]) -> None:
    with zipfile.ZipFile(io.BytesIO(generate(form.code, complete).word)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
        assert re.search(r"<dc:title>[^<]+</dc:title>", core)
        assert not re.search(r"\d\d:\d\d", core.replace("http:", ""))
        assert 'w:val="vi-VN"' in package.read("word/styles.xml").decode()


@pytest.mark.office
@pytest.mark.skipif(not office_available(), reason="LibreOffice is not installed")
def test_in_pdf_every_letter_of_every_template_stands_in_one_typeface(
    book: Rulebook, longest_texts: Callable[[Manifest], dict[str, Any]]
) -> None:
    made = [
        generate(form.code, {"document": document}, state=state).word
        for form in {form.template: form for form in forms(book).values()}.values()
        for state, document in (
            ("final", sample(form, book)["document"]),
            ("blank", sample(form, book)["document"]),
            ("final", longest_texts(form)),
        )
    ]
    for document in convert(made):
        assert {name.split("+")[-1].split("-")[0] for name in fonts(document.data)} == {"LiberationSerif"}
