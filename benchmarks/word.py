"""Word files from a form's context, in memory: hoso against docxtpl and docxtemplater as their manuals show them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate

from benchmarks import CannotRun, Row, not_run, row, side_by_side, spent
from generator.forms import context, inputs, library, samples
from generator.rules.rulebook import load_rulebook
from generator.word.package import slim
from generator.word.reading import document_text
from generator.word.template import load, prove_equal

NAMES = ("word-vs-docxtpl", "word-vs-docxtemplater")
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


def run() -> list[Row]:
    """Both figures; the second needs node and npm, with which docxtemplater is fetched."""
    try:
        second = _against_docxtemplater()
    except CannotRun as reason:
        second = not_run(NAMES[1], str(reason))
    return [_against_docxtpl(), second]


def _against_docxtpl() -> Row:
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


_NODE_ROUNDS = 5
_SCRIPT = """
const PizZip = require("pizzip"), Docxtemplater = require("docxtemplater"), fs = require("fs");
const template = fs.readFileSync("template.docx", "binary"), contexts = JSON.parse(fs.readFileSync("contexts.json"));
const write = values => {
  const document = new Docxtemplater(new PizZip(template), {paragraphLoop: true, linebreaks: true});
  document.render(values);
  return document.getZip().generate({type: "nodebuffer", compression: "DEFLATE"});
};
contexts.slice(0, 20).forEach(write);
const start = process.cpuUsage();
contexts.forEach(write);
const used = process.cpuUsage(start);
fs.writeFileSync("made.docx", write(contexts[0]));
console.log((used.user + used.system) / 1e6);
"""


def _against_docxtemplater() -> Row:
    """The same form in both languages: values, conditions, a table of twelve rows; node's start is not counted."""
    if not shutil.which("npm"):
        raise CannotRun("npm is not installed")
    contexts = [_plain_context(number) for number in range(_OURS)]
    template = load(_plain_form(lambda name: f"{{{{ {name} }}}}", ours=True))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "template.docx").write_bytes(_plain_form(lambda name: f"{{{name.rpartition('.')[2]}}}", ours=False))
        (place / "contexts.json").write_text(json.dumps(contexts), encoding="utf-8")
        (place / "measure.js").write_text(_SCRIPT, encoding="utf-8")
        fetch = ["npm", "install", "--silent", "--no-audit", "--no-fund", "docxtemplater@3", "pizzip@3"]
        if subprocess.run(fetch, cwd=place, capture_output=True).returncode:
            raise CannotRun("npm could not fetch docxtemplater")

        def ours() -> float:
            return _OURS / spent(lambda: [template.render(one) for one in contexts])

        def theirs() -> float:
            node = subprocess.run(["node", "measure.js"], cwd=place, check=True, capture_output=True, text=True)
            return _OURS / float(node.stdout)

        value, baseline, ratio = side_by_side(ours, theirs, _NODE_ROUNDS)
        theirs_says = document_text((place / "made.docx").read_bytes()).split()
        assert theirs_says == document_text(template.render(contexts[0])).split(), "the documents differ"
    return row(NAMES[1], value, "documents/cpu-s", baseline, ratio, 25, _OURS * _NODE_ROUNDS)


def _plain_context(number: int) -> dict[str, Any]:
    remark = f"Chấp hành nghiêm chủ trương, đường lối & nghị quyết, lần {number}. "
    texts = {f"text{index}": remark * (1 + index % 3) for index in range(15)}
    rows = [{"label": f"Tiêu chí {index}", "rating": "Tốt", "note": remark} for index in range(12)]
    return {**texts, "rows": rows, "flag0": number % 2 == 0, "flag1": True, "flag2": False}


def _plain_form(value: Callable[[str], str], *, ours: bool) -> bytes:
    document = docx.Document()
    for index in range(15):
        paragraph = document.add_paragraph(f"{index + 1}. Về tư tưởng chính trị: ")
        paragraph.add_run(value(f"text{index}")).bold = True
    table = document.add_table(rows=1, cols=3)
    cells = [value(f"row.{name}") for name in ("label", "rating", "note")]
    if ours:
        table.rows[0].cells[0].text = "{%tr for row in rows %}"
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
        table.add_row().cells[0].text = "{%tr endfor %}"
    else:
        texts = [f"{{#rows}}{cells[0]}", cells[1], f"{cells[2]}{{/rows}}"]
        for cell, text in zip(table.rows[0].cells, texts, strict=True):
            cell.text = text
    for index in range(3):
        document.add_paragraph(f"{{%p if flag{index} %}}" if ours else f"{{#flag{index}}}")
        document.add_paragraph(f"Phần dành cho {value('text0')}")
        document.add_paragraph("{%p endif %}" if ours else f"{{/flag{index}}}")
    out = io.BytesIO()
    document.save(out)
    return slim(out.getvalue())
