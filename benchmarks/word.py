"""Word files from a form's context, in memory: hoso against docxtpl as its README shows it."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources
from typing import Any

from docxtpl import DocxTemplate

from benchmarks import CannotRun, Row, row, side_by_side, spent
from generator.forms import context, inputs, library, samples
from generator.rules.rulebook import load_rulebook
from generator.word.template import load, prove_equal

NAMES = ("word-vs-docxtpl",)
FORM = "2"
_OURS, _THEIRS, _ROUNDS = 200, 8, 9


@cache
def form_template(code: str = FORM) -> bytes:
    """The shipped template of a form.

    Raises:
        CannotRun: it is not there.
    """
    book = load_rulebook()
    name = library.manifest(code, book).template
    file = resources.files("templates_docx").joinpath(book.name, name)
    if not file.is_file():
        raise CannotRun(f"the template {name} is not there")
    return file.read_bytes()


def form_contexts(count: int, code: str = FORM) -> list[dict[str, Any]]:
    """Contexts of one form for as many different people, from its sample input."""
    book = load_rulebook()
    manifest = library.manifest(code, book)
    made: list[dict[str, Any]] = []
    for number in range(count):
        document = dict(samples.sample(manifest, book)["document"])
        for field, value in document.items():
            if field.endswith("name") and isinstance(value, str):
                document[field] = f"{value} {'ABCDEGHIKL'[number % 10]} & “{number}”"
        values = inputs.read(manifest, document, state="final")
        made.append(context.context(manifest, values, state="final", book=book))
    return made


def run() -> Row:
    """Documents per second of processor time; both start from the same template bytes and the same contexts."""
    data, contexts = form_template(), form_contexts(_OURS)
    template = load(data)
    assert template.compiled, template.why_not_compiled
    assert prove_equal(template, contexts[:5]), "the documents differ from docxtpl's"

    def ours() -> float:
        return _OURS / spent(lambda: [template.render(one) for one in contexts])

    def theirs() -> float:
        return _THEIRS / spent(lambda: [_by_docxtpl(data, one) for one in contexts[:_THEIRS]])

    value, baseline, ratio = side_by_side(ours, theirs, _ROUNDS)
    return row(NAMES[0], value, "documents/cpu-s", baseline, ratio, 150, _OURS * _ROUNDS)


def _by_docxtpl(data: bytes, values: dict[str, Any]) -> bytes:
    document = DocxTemplate(io.BytesIO(data))
    document.render(values, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
