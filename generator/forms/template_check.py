"""Whether a Word file may serve as the template of a form: everything that stands against it, told at once.

What only needs joining (a tag that Word cut into pieces) is mended. A file nothing stands against is tried out with
every state of the form and with hostile text, and compared with docxtpl's output part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.opc.exceptions import OpcError
from jinja2 import TemplateError
from lxml import etree

from generator.errors import GeneratorError, Place, Problem
from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import forms
from generator.forms.manifest import Field, Manifest
from generator.forms.samples import sample_document
from generator.forms.template_names import HOSTILE, names, trial_contexts, unprinted
from generator.forms.template_use import Use, use_of
from generator.layout.departure import Departure
from generator.layout.departures import departures
from generator.layout.profile import load_profile
from generator.rules.rulebook import Rulebook
from generator.word import zipping
from generator.word.errors import NotADocument, UnsafeTemplate
from generator.word.foreign import LARGEST_PART, foreign_problems
from generator.word.nesting import nesting_problems
from generator.word.package import identified, slim
from generator.word.reading import document_text, open_docx
from generator.word.tags import Reading, read_tags, shortened
from generator.word.template import Template, load, prove_equal

_WHOLE = Place()
_ONE_BRACE = re.compile(r"\{\s*([A-Za-z_][\w.]*)\s*\}")
# So many names a form does not have are no slip of the pen.
_FOREIGN_NAMES = 4
_TAGGED = re.compile(r"\{[{%].*?[}%]\}")


@dataclass(frozen=True)
class TemplateReport:
    """What a check found.

    Attributes:
        problems: what stands against the file as a template; empty when it may be used.
        notes: what the person should know and may leave: departures from the page format, fields not printed.
        mended: the tags that were cut into pieces and are joined again.
        data: the template to keep, mended and slimmed; empty while a problem stands.
        engine: `compiled`, or `docxtpl` where the quick way is not proved to write the same; empty likewise.
    """

    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    mended: tuple[str, ...] = ()
    data: bytes = b""
    engine: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The report as `hoso template lint --json` prints it."""
        return {
            "usable": not self.problems,
            "problems": [problem.as_dict() for problem in self.problems],
            "notes": [note.as_dict() for note in self.notes],
            "mended": list(self.mended),
            "engine": self.engine or None,
        }


def check_template(data: bytes, form: Manifest, book: Rulebook) -> TemplateReport:
    """Checks a file as the template of a form.

    Args:
        data: the file, whatever it is.
    """
    try:
        parts = open_docx(data)
    except NotADocument as error:
        return TemplateReport((Problem("template.file", _WHOLE, error.message.rstrip(".")),), ())
    foreign = foreign_problems(parts)
    if any(len(part) > LARGEST_PART for name, part in parts.items() if name.endswith(".xml")):
        return TemplateReport(tuple(foreign), ())
    reading = read_tags(parts)
    labels = {one.name: one.label for one in _every_field(form.fields)}
    use = use_of(reading.tags, names(form, book), labels)
    mistaken = _mistaken(reading, use, form, book)
    if mistaken:
        return TemplateReport((*foreign, mistaken), ())
    absent, unprinted_notes = _absent(form, use)
    problems = [
        *foreign, *reading.problems, *_one_brace(reading, form), *nesting_problems(reading.tags), *use.problems,
        *absent,
    ]  # fmt: skip
    mended = tuple(tag.text for tag in reading.mended)
    tried: Iterable[Problem] = ()
    if not problems:
        kept = slim(zipping.write(reading.parts))
        if form.take_home:
            kept = identified(kept, "{{ paper_code }}")
        tried, engine = _trial(kept, form, book)
        if not tried:
            notes = (*unprinted_notes, *_format_of(kept, engine, form, book))
            return TemplateReport((), notes, mended, kept, engine)
    problems = list(dict.fromkeys([*problems, *tried]))
    return TemplateReport(tuple(problems), (*unprinted_notes, *_format_as_it_lies(data, book)), mended)


def _mistaken(reading: Reading, use: Use, form: Manifest, book: Rulebook) -> Problem | None:
    """What a file is instead of the form's template: a paper that was made already, or the template of another form.

    One sentence then says more than a line for each name that does not fit.
    """
    if not reading.tags:
        if reading.problems or any(_ONE_BRACE.search(text) for _, text in reading.loose):
            return None
        remedy = f"Hãy lấy mẫu ra bằng “hoso template export {form.code} TỆP” rồi sửa tệp ấy"
        return Problem("template.no-tags", _WHOLE, "tệp không có thẻ nào nên là một văn bản, không phải mẫu", remedy)
    if len(use.problems) < _FOREIGN_NAMES:
        return None
    for other in forms(book).values():
        theirs = use_of(reading.tags, names(other, book), {}) if other.template != form.template else use
        if not theirs.problems and not _absent(other, theirs)[0]:
            message = f"tệp này là mẫu của {other.code} ({other.title}), không phải của {form.code}"
            return Problem(
                "template.other-form", _WHOLE, message, f"Hãy dùng tệp của {form.code}, hoặc ghi mã {other.code}"
            )
    return None


def _every_field(fields: Iterable[Field]) -> Iterator[Field]:
    for one in fields:
        yield one
        yield from (*one.columns, *one.fields)


def _one_brace(reading: Reading, form: Manifest) -> list[Problem]:
    """Names of the form between single braces: they would be printed as they stand."""
    known = {one.name for one in _every_field(form.fields)}
    return [
        Problem(
            "template.broken",
            Place(field=part),
            f"“{found.group()}” chỉ có một dấu ngoặc nên không phải là thẻ, ở đoạn “{shortened(text)}”",
            f"Hãy viết {{{{ {found.group(1)} }}}}",
        )
        for part, text in reading.loose
        for found in _ONE_BRACE.finditer(text)
        if found.group(1).rpartition(".")[2] in known
    ]


def _absent(form: Manifest, use: Use) -> tuple[list[Problem], list[Problem]]:
    """What must be printed and is not, and what may be left out but is then lost."""
    problems, notes = [], []
    for path, one in unprinted(form, use.printed, use.asked):
        tag = f"{{{{ {path} }}}}" if one.kind not in ("table", "criteria", "text") else f"{{%p for … in {path} %}}"
        if one.required:
            message = f"mục bắt buộc “{one.label}” không được in ra ở chỗ nào"
            problems.append(Problem("template.missing-field", _WHOLE, message, f"Hãy thêm thẻ {tag}"))
        else:
            message = f"mục “{one.label}” ({path}) không được in ra; nội dung nhập vào mục này sẽ không có trên giấy"
            notes.append(Problem("template.not-printed", _WHOLE, message))
    if form.take_home and ("paper_code",) not in use.printed:
        message = "mã giấy không được in ra; giấy mang về nhà khi nộp lại sẽ không nhận ra được"
        problems.append(
            Problem("template.missing-field", _WHOLE, message, "Hãy thêm thẻ {{ paper_code }} ở chân trang")
        )
    if "draft" in form.states and ("draft",) not in use.asked:
        message = "bản dự thảo sẽ không có chữ “DỰ THẢO”: mẫu không hỏi {%p if draft %}"
        notes.append(Problem("template.not-printed", _WHOLE, message))
    return problems, notes


def _trial(data: bytes, form: Manifest, book: Rulebook) -> tuple[list[Problem], str]:
    """Renders a template with all that may come; what goes wrong, and by which engine it is to be rendered."""
    try:
        template = load(data)
        contexts = list(trial_contexts(form, book))
        for values in contexts:
            problem = _rendered_badly(template, values)
            if problem:
                return [problem], ""
        proved = template.compiled and prove_equal(template, contexts)
    except UnsafeTemplate as error:
        return list(error.problems), ""
    except GeneratorError as error:
        return [Problem("template.trial", _WHOLE, error.message.rstrip("."))], ""
    except (etree.XMLSyntaxError, TemplateError, OpcError, KeyError, ValueError, AttributeError) as error:
        # docxtpl and python-docx raise these for files they cannot put together again.
        return [_misshapen(str(error))], ""
    return [], "compiled" if proved else "docxtpl"


def _rendered_badly(template: Template, values: Mapping[str, Any]) -> Problem | None:
    """What is wrong with the template's output for some values: no Word file, or a tag that went through as text."""
    text = document_text(template.render(values))
    # The filter the whitelist allows prints in capitals.
    given = HOSTILE.casefold()
    left = next((found for found in _TAGGED.findall(text) if found.casefold() not in given), None)
    return _misshapen(f"thẻ {left} in ra nguyên văn") if left else None


def _misshapen(why: str) -> Problem:
    remedy = "Hãy xem lại các thẻ bắt đầu và kết thúc, nhất là trong bảng"
    return Problem("template.trial", _WHOLE, f"in thử không ra được văn bản Word ({shortened(why)})", remedy)


def _format_of(data: bytes, engine: str, form: Manifest, book: Rulebook) -> list[Problem]:
    """The departures of the form's sample from the page format, printed with this template."""
    profile = load_profile(book.format_profile, book.package)
    state = form.states[-1]
    values = context(form, read(form, sample_document(form.fields), state=state), state=state, book=book)
    found = departures(load(data, by_docxtpl=engine == "docxtpl").render(values), profile)
    return [_as_note(one) for one in found]


def _format_as_it_lies(data: bytes, book: Rulebook) -> list[Problem]:
    """What can be said of page and fonts before the template can be filled."""
    try:
        found = departures(data, load_profile(book.format_profile, book.package))
    except NotADocument:
        return []
    return [_as_note(one) for one in found if one.rule.startswith(("page.", "font."))]


def _as_note(one: Departure) -> Problem:
    return Problem(f"format.{one.rule}", Place(), f"{one.where}: {one.message} ({one.cites})")
