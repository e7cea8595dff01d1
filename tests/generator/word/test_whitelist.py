"""A template may read and compare plain data and nothing else; all that is wrong with it is said at once."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest

from generator.word.errors import UnsafeTemplate
from generator.word.template import load

Paragraphs = Callable[..., bytes]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ name.upper() }}", "template.forbidden"),
        ("{{ ''.__class__ }}", "template.name"),
        ("{{ name['__class__'].x() }}", "template.forbidden"),
        ("{{ 7 * 7 }}", "template.forbidden"),
        ("{{ a ~ b }}", "template.forbidden"),
        ("{{ -a }}", "template.forbidden"),
        ("{{ name|attr('x') }}", "template.filter"),
        ("{{ name|safe }}", "template.filter"),
        ("{{ name|default('x') }}", "template.filter"),
        ("{{ rows[i] }}", "template.subscript"),
        ("{{ rows[1:2] }}", "template.subscript"),
        ("{{ 'x' if a }}", "template.else"),
        ("{% set a = 1 %}", "template.forbidden"),
        ("{% include 'x' %}", "template.forbidden"),
        ("{% import 'x' as y %}", "template.forbidden"),
        ("{% macro m() %}{% endmacro %}", "template.forbidden"),
        ("{% if a is defined %}x{% endif %}", "template.forbidden"),
        ("{% for a, b in rows %}x{% endfor %}", "template.loop"),
        ("{% for a in rows recursive %}x{% endfor %}", "template.loop"),
        ("{% for a in rows %}{{ loop.parent }}{% endfor %}", "template.loop"),
        ("{% if a %}x", "template.syntax"),
        ("{{ a b }}", "template.syntax"),
    ],
)
def test_what_is_not_allowed_is_refused_when_the_template_is_loaded(
    with_paragraphs: Paragraphs, text: str, code: str
) -> None:
    with pytest.raises(UnsafeTemplate) as caught:
        load(with_paragraphs("Đoạn đầu", text))
    assert code in {problem.code for problem in caught.value.problems}


def test_all_problems_are_told_together_with_the_text_they_stand_in(with_paragraphs: Paragraphs) -> None:
    with pytest.raises(UnsafeTemplate) as caught:
        load(with_paragraphs("Họ tên: {{ name.upper() }}", "không sai", "Tổng: {{ a + b }}"))
    assert len(caught.value.problems) == 2
    assert "Họ tên: {{ name.upper() }}" in caught.value.message
    assert "gọi hàm" in caught.value.message
    assert "Tổng:" in caught.value.message
    assert "phép tính" in caught.value.message


def test_tags_in_the_properties_are_judged_too(with_paragraphs: Paragraphs) -> None:
    document = docx.Document(io.BytesIO(with_paragraphs("x")))
    document.core_properties.title = "{{ x.y() }}"
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(UnsafeTemplate):
        load(out.getvalue())


def test_curly_quotes_in_a_tag_are_quotes_as_word_types_them(with_paragraphs: Paragraphs) -> None:
    assert load(with_paragraphs("{% if level == “good” %}x{% endif %}")).names == {"level"}
