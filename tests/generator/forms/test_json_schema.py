"""The schema other programs check an input against says what the reader of the input says."""

from __future__ import annotations

import json
from typing import Any

from generator.forms.inputs import read
from generator.forms.json_schema import schema
from generator.forms.library import manifest
from generator.forms.manifest import Manifest
from generator.rules.rulebook import Rulebook


def test_the_schema_is_plain_json_with_every_field(form: Manifest, book: Rulebook) -> None:
    made = json.loads(json.dumps(schema(form, book), ensure_ascii=False))
    document = made["properties"]["document"]
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(document["properties"]) == [field.name for field in form.fields]
    assert all(entry["title"] for entry in document["properties"].values())
    assert made["additionalProperties"] is document["additionalProperties"] is False


def test_what_the_schema_requires_is_what_the_reader_requires(form: Manifest, book: Rulebook) -> None:
    document = schema(form, book)["properties"]["document"]
    always = {field.name for field in form.fields if field.required and field.when is None}
    sometimes = {field.name for field in form.fields if field.required and field.when}
    whole = document.get("else", document)
    assert set(whole.get("required", [])) == always
    assert {name for one in whole.get("allOf", []) for name in one["then"]["required"]} == sometimes


def test_an_excerpt_asks_only_who_and_where(book: Rulebook) -> None:
    document = schema(manifest("2", book), book)["properties"]["document"]
    assert document["if"]["required"] == ["print_only"]
    assert set(document["required"]) == {"issuing_body", "year", "full_name", "variant"}


def test_the_sample_keeps_to_the_schema(form: Manifest, complete: dict[str, Any], book: Rulebook) -> None:
    properties = schema(form, book)["properties"]
    assert set(complete) <= set(properties)
    assert set(complete["document"]) <= set(properties["document"]["properties"])
    assert set(properties["document"].get("required", [])) <= set(complete["document"])
    assert read(form, complete["document"], state="final")


def test_codes_come_with_their_labels(book: Rulebook) -> None:
    level = schema(manifest("5.1", book), book)["properties"]["document"]["properties"]["level"]
    assert {"const": "excellent", "title": "Hoàn thành xuất sắc nhiệm vụ"} in level["oneOf"]
    assert {entry["const"] for entry in level["oneOf"]} == set(book.levels.codes)


def test_facts_are_described_where_a_level_is_judged(book: Rulebook) -> None:
    assert "facts" not in schema(manifest("5.2", book), book)["properties"]
    assert schema(manifest("6", book), book)["properties"]["facts"]["properties"]["members"]["type"] == "array"
