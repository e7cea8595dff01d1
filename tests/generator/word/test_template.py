"""A template is rendered quickly, exactly as docxtpl would, and never loses a letter."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.vietnamese import forbidden_character
from generator.word.errors import MissingField, UnprintableValue
from generator.word.reading import document_text, open_docx
from generator.word.template import load, prove_equal

Values = Callable[[int], dict[str, Any]]
Paragraphs = Callable[..., bytes]

line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40)
lines = st.lists(line.map(lambda text: text.replace("\u2028", " ").replace("\u2029", " ")), max_size=3).map("\n".join)
SNARES = ["{{ 7*7 }}", "{% if x %}", "{_{ a }_}", "{_% b %_}", "{# c #}", "&amp;", "  hai  ", "]]>", "<w:p>"]
free_text = st.one_of(lines, st.sampled_from(SNARES))


def paragraphs_of(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def test_a_form_is_compiled_and_every_part_is_what_docxtpl_writes(form_template: bytes, form_values: Values) -> None:
    template = load(form_template)
    assert template.compiled, template.why_not_compiled
    assert prove_equal(template, [form_values(seed) for seed in range(25)])


def test_the_proof_fails_when_one_letter_differs(with_paragraphs: Paragraphs) -> None:
    template = load(with_paragraphs("Họ và tên: {{ name }}"))
    # docxtpl turns its own escaped braces in a value into tags; hoso prints the value as given.
    assert prove_equal(template, [{"name": "An"}])
    assert not prove_equal(template, [{"name": "{_{"}])


@settings(max_examples=60, deadline=None)
@given(value=free_text)
def test_every_string_comes_out_again_letter_for_letter(with_paragraphs: Paragraphs, value: str) -> None:
    template = load(with_paragraphs("[{{ value }}]", "{%p if shown %}", "{{ value }}", "{%p endif %}"))
    assert template.compiled
    assert paragraphs_of(template.render({"value": value, "shown": True})) == [f"[{value}]", value]


@settings(max_examples=40, deadline=None)
@given(value=st.one_of(lines, st.text("\t\n ab&<>\"'", max_size=12)), count=st.integers(-5, 10**9))
def test_free_values_print_as_docxtpl_prints_them(with_paragraphs: Paragraphs, value: str, count: int) -> None:
    choice = "{% if value %}{{ value }}{% else %}{{ count }}{% endif %}"
    template = load(with_paragraphs("a {{ value }} b {{ count }}", choice))
    assert prove_equal(template, [{"value": value, "count": count}])


@settings(max_examples=20, deadline=None)
@given(value=free_text)
def test_the_fallback_keeps_every_letter_too(value: str) -> None:
    template = load(column_template())
    assert not template.compiled
    text = document_text(template.render({"columns": [value]}))
    assert text == value + "\n"


def column_template() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(table.rows[0].cells, ("{%tc for c in columns %}", "{{ c }}", "{%tc endfor %}"), strict=True):
        cell.text = text
    document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_what_cannot_be_proved_equal_is_rendered_by_docxtpl_with_fixed_bytes() -> None:
    template = load(column_template())
    context = {"columns": ["Tốt", "Trung bình"]}
    assert not template.compiled
    assert template.why_not_compiled
    assert prove_equal(template, [context])
    assert template.render(context) == template.render(context)
    assert _dates(template.render(context)) == {(1980, 1, 1, 0, 0, 0)}


def _dates(data: bytes) -> set[tuple[int, ...]]:
    return {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}


def test_a_tag_in_the_title_property_is_printed_by_docxtpl() -> None:
    document = docx.Document()
    document.core_properties.title = "{{ title }}"
    out = io.BytesIO()
    document.save(out)
    template = load(out.getvalue())
    assert not template.compiled
    printed = docx.Document(io.BytesIO(template.render({"title": "Kiểm điểm & xếp loại"})))
    assert printed.core_properties.title == "Kiểm điểm & xếp loại"


def test_a_value_that_is_the_whole_identifier_of_the_file_is_written_at_once() -> None:
    document = docx.Document()
    document.add_paragraph("{{ name }}")
    document.core_properties.identifier = "{{ code }}"
    out = io.BytesIO()
    document.save(out)
    template = load(out.getvalue())
    assert template.compiled, template.why_not_compiled
    assert prove_equal(template, [{"name": "An", "code": "2018-2-abc"}, {"name": "Bình", "code": ""}])
    printed = docx.Document(io.BytesIO(template.render({"name": "An", "code": "A & B <c> {{ d }}"})))
    assert printed.core_properties.identifier == "A & B <c> {{ d }}"
    with pytest.raises(MissingField) as raised:
        template.render({"name": "An"})
    assert raised.value.field == "code"


def test_same_input_same_bytes_and_no_clock(form_template: bytes, form_values: Values) -> None:
    template = load(form_template)
    first = template.render(form_values(3))
    assert first == template.render(form_values(3))
    assert first != template.render(form_values(4))
    assert _dates(first) == {(1980, 1, 1, 0, 0, 0)}


def test_a_template_without_core_properties_gets_none_with_the_time_of_day(form_template: bytes) -> None:
    parts = open_docx(form_template)
    del parts["docProps/core.xml"]
    marker = b'<Override PartName="/docProps/core.xml"'
    types = parts["[Content_Types].xml"]
    start = types.index(marker)
    parts["[Content_Types].xml"] = types[:start] + types[types.index(b"/>", start) + 2 :]
    rels = parts["_rels/.rels"]
    end = rels.index(b"docProps/core.xml")
    start = rels.rindex(b"<Relationship ", 0, end)
    parts["_rels/.rels"] = rels[:start] + rels[rels.index(b"/>", end) + 2 :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    saved = open_docx(load(out.getvalue()).render(_any_values()))
    assert b"modified" not in saved["docProps/core.xml"]


def _any_values() -> dict[str, Any]:
    flags = {"is_leader": False, "has_shortcoming": False, "wants_change": False}
    names = dict.fromkeys(("full_name", "birth_date", "unit", "party_title", "state_title", "level"), "x")
    return {**flags, **names, "remarks": ["x"] * 10, "criteria": [], "count": 1}


def test_line_breaks_of_any_system_are_line_breaks_and_tabs_are_tabs(with_paragraphs: Paragraphs) -> None:
    data = load(with_paragraphs("{{ value }}")).render({"value": "một\r\nhai\rba\tbốn"})
    assert paragraphs_of(data) == ["một\nhai\nba\tbốn"]
    body = open_docx(data)["word/document.xml"]
    assert body.count(b"<w:br/>") == 2
    assert body.count(b"<w:tab/>") == 1


def test_a_tab_keeps_the_run_bold() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("{{ value }}").bold = True
    out = io.BytesIO()
    document.save(out)
    template = load(out.getvalue())
    assert prove_equal(template, [{"value": "a\tb"}])
    runs = docx.Document(io.BytesIO(template.render({"value": "a\tb"}))).paragraphs[0].runs
    assert [run.bold for run in runs] == [True, True, True]


@pytest.mark.parametrize(
    ("text", "context", "field"),
    [
        ("{{ full_name }}", {}, "full_name"),
        ("{{ member.card }}", {"member": {"name": "An"}}, "card"),
        ("{{ member.card.number }}", {"member": {}}, "card"),
        ("{{ rows[2] }}", {"rows": []}, "2"),
        ("{% if leader %}x{% endif %}", {}, "leader"),
        ("{% for row in rows %}x{% endfor %}", {}, "rows"),
        ("{{ name|upper }}", {}, "name"),
        ("{% if level == 'good' %}x{% endif %}", {}, "level"),
    ],
)
def test_a_missing_value_stops_the_document_and_is_named(
    with_paragraphs: Paragraphs, text: str, context: dict[str, Any], field: str
) -> None:
    with pytest.raises(MissingField) as caught:
        load(with_paragraphs(text)).render(context)
    assert caught.value.field == field
    assert f"“{field}”" in caught.value.message


def test_the_fallback_names_a_missing_value_too() -> None:
    with pytest.raises(MissingField) as caught:
        load(column_template()).render({})
    assert caught.value.field == "columns"


@pytest.mark.parametrize("value", [None, True, 1.5, ["a"], {"a": 1}, b"x"])
def test_what_is_no_text_is_not_printed_as_python_would(with_paragraphs: Paragraphs, value: object) -> None:
    with pytest.raises(UnprintableValue):
        load(with_paragraphs("{{ value }}")).render({"value": value})


@pytest.mark.parametrize("value", ["a\x07b", "\x00", "\ud800", "\ufffe", "\x0c"])
def test_a_character_no_word_file_can_hold_is_refused(with_paragraphs: Paragraphs, value: str) -> None:
    with pytest.raises(UnprintableValue) as caught:
        load(with_paragraphs("{{ value }}")).render({"value": value})
    assert str(forbidden_character(value)) in caught.value.message


def test_a_dictionary_entry_comes_before_a_method_of_the_same_name(with_paragraphs: Paragraphs) -> None:
    template = load(with_paragraphs("{{ member.items }} {{ member.copy }}"))
    assert paragraphs_of(template.render({"member": {"items": "7 mục", "copy": 2}})) == ["7 mục 2"]


def test_the_same_bytes_are_compiled_once_and_known_by_their_digest(form_template: bytes, tmp_path: Path) -> None:
    template = load(form_template)
    file = tmp_path / "mau.docx"
    file.write_bytes(form_template)
    assert load(file) is template
    assert template.digest == hashlib.sha256(form_template).hexdigest()
    assert {"full_name", "criteria", "level"} <= template.names


def test_conditions_loops_and_comparisons_of_the_allowed_subset(with_paragraphs: Paragraphs) -> None:
    template = load(
        with_paragraphs(
            "{%p for row in rows %}",
            "{{ loop.index }}/{{ loop.length }}{% if not loop.last %};{% endif %} {{ row }}",
            "{%p else %}",
            "Không có",
            "{%p endfor %}",
            "{{ '☒' if level == 'good' and (count >= 2 or not count) else '☐' }}",
        )
    )
    context = {"rows": ["a", "b"], "level": "good", "count": 2}
    assert prove_equal(template, [context, {**context, "rows": []}])
    assert paragraphs_of(template.render(context)) == ["1/2; a", "2/2 b", "☒"]
    assert paragraphs_of(template.render({**context, "rows": [], "count": 1})) == ["Không có", "☐"]


def test_a_fixed_tab_in_the_template_goes_to_docxtpl(form_template: bytes) -> None:
    parts = open_docx(form_template)
    body = parts["word/document.xml"].decode()
    changed = body.replace("<w:t>{{ unit|upper }}</w:t>", "<w:t>a\tb{{ unit|upper }}</w:t>")
    assert changed != body
    parts["word/document.xml"] = changed.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    template = load(out.getvalue())
    assert template.why_not_compiled == "a fixed tab or line end"
    assert prove_equal(template, [_any_values()])
