"""One document: a form and an input become a Word file, with what the judge says of the levels in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from generator.errors import GeneratorError, InvalidInput, Place, Problem
from generator.forms import checks, inputs, library
from generator.forms.assessed import Sheets, shipped_sheets
from generator.forms.context import context
from generator.forms.fitting import misfits, overflows, unsaid
from generator.forms.input_file import load_input
from generator.forms.manifest import STATES, Manifest
from generator.judgements import Judgement, judgements_of
from generator.rules.findings import Verdict
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings
from generator.word.template import Template, load

__all__ = ["GeneratedDocument", "Judgement", "Refused", "TemplateSource", "generate", "load_input", "shipped_template"]

# An office's own template of a form, ready to render; None where it uses the shipped one.
TemplateSource = Callable[[Manifest], Template | None]


class Refused(GeneratorError):
    """Mức xếp loại chưa đủ điều kiện theo hướng dẫn nên không lập được bản chính thức."""

    code = "generator.refused"
    exit_code = 1

    def __init__(self, form: Manifest, judgements: Collection[Judgement]) -> None:
        self.form = form
        self.judgements = tuple(judgements)
        self.verdict = self.judgements[0].verdict
        lines = [
            f"- {f'{judgement.subject}: ' if judgement.subject else ''}{finding.message} "
            f"[{finding.rule_id}; {finding.citation}]."
            for judgement in self.judgements
            for finding in judgement.errors
        ]
        super().__init__("\n".join([(self.__doc__ or "").strip(), *lines]))


@dataclass(frozen=True)
class GeneratedDocument:
    """A document as it came out.

    Attributes:
        form: its manifest.
        state: `blank`, `draft` or `final`.
        word: the .docx file; the same input always gives the same bytes.
        template_digest: SHA-256 of the template it was made with, in hexadecimal.
        input: the input as read, ready for JSON: `{document, facts}`.
        judgements: what the judge says of each level in it whose facts were given, and of each share of the excellent
            that it counts.
        remarks: figures in it that do not agree; they never stop it.
        title: what the form is called.
    """

    form: Manifest
    state: str
    word: bytes
    template_digest: str
    input: dict[str, Any]
    judgements: tuple[Judgement, ...]
    remarks: tuple[Problem, ...]
    title: str

    @property
    def verdict(self) -> Verdict | None:
        """The verdict of a document about one subject; of several, the first with an error, else the first."""
        against = [judgement for judgement in self.judgements if judgement.errors]
        return next((judgement.verdict for judgement in against or self.judgements), None)


def generate(
    code: str,
    input: Mapping[str, Any],  # noqa: A002  the word the contract uses
    *,
    state: str = "final",
    book: Rulebook | None = None,
    templates: TemplateSource | None = None,
    settings: Settings | None = None,
    paper_code: str = "",
    waived: Collection[str] = (),
    place: Place | None = None,
    sheets: Sheets | None = None,
) -> GeneratedDocument:
    """One document of a form.

    Args:
        code: the form's code, however it is written (`3B.1`, “Mẫu 3B.1-HD, KĐ, ĐG”).
        input: `{document, facts}`; `facts` is read by the judge only, and may be left out. Of a form about one subject
            it holds one case (with `subject_kind` if the form's `concerns` does not say it), of a list of subjects
            `{table: [case or null, one for each row]}`.
        state: `blank`, `draft` or `final`.
        book: the rulebook; that of 2018 when not given.
        templates: an office's own templates; the shipped ones when not given.
        settings: the readings chosen; the shipped ones when not given.
        paper_code: printed in the footer of a paper that leaves the office and comes back.
        waived: rule ids of errors waived by an approver; in a list of people `members[2]:MEM-EXC-02`.
        place: where the input comes from, for messages.
        sheets: which sheet of Mẫu 3 and Mẫu 4 serves whom, as an office corrects it; as shipped when not given.

    Raises:
        UnknownForm: no form has that code.
        InvalidInput: with every problem of the document or the facts, or with the form to take when this one is not
            for the subject named.
        Refused: the form proposes or decides a level, it is final, and an error stands against the level.
        MissingField: the office's template prints something the form does not have.
    """
    book = book or load_rulebook()
    form = library.manifest(code, book)
    _check_call(form, input, state, place or Place())
    sheets = sheets or shipped_sheets(book)
    values = _read_values(form, input, state, book, sheets, place)
    facts = input.get("facts")
    judgements = _judged(form, values, facts, state, book, settings, waived)
    template = (templates and templates(form)) or shipped_template(book.name, form.template)
    shown = {**_usual(form, sheets), **values}
    word = template.render(context(form, shown, state=state, book=book, paper_code=paper_code, settings=settings))
    kept: dict[str, Any] = {"document": inputs.plain(values)} | ({"facts": inputs.plain(facts)} if facts else {})
    remarks = checks.remarks(form, values, place) if state != "blank" else ()
    title = library.variant_title(form, sheets)
    return GeneratedDocument(form, state, word, template.digest, kept, judgements, remarks, title)


def _read_values(
    form: Manifest, given: Mapping[str, Any], state: str, book: Rulebook, sheets: Sheets, place: Place | None
) -> inputs.Values:
    """The document of the input, read and found to be for this form and to fit it."""
    if wrong := misfits(form, given["document"], given.get("facts"), book, sheets, place):
        raise InvalidInput(wrong)
    values = inputs.read(form, given["document"], state=state, place=place)
    open_points = overflows(form, values, place) + (unsaid(form, values, sheets, place) if state != "blank" else [])
    if open_points:
        raise InvalidInput(open_points)
    return values


def _judged(
    form: Manifest,
    values: inputs.Values,
    facts: Mapping[str, Any] | None,
    state: str,
    book: Rulebook,
    settings: Settings | None,
    waived: Collection[str],
) -> tuple[Judgement, ...]:
    """What the judge says of a document; of a blank one nothing.

    Raises:
        Refused: it binds, it is final, and an error stands against a level in it.
    """
    if state == "blank":
        return ()
    judgements = judgements_of(form, values, facts, book, settings, frozenset(waived))
    against = [judgement for judgement in judgements if judgement.errors]
    if against and form.binds and state == "final":
        raise Refused(form, against)
    return judgements


@lru_cache(maxsize=256)
def shipped_template(book_name: str, file_name: str) -> Template:
    """A template that comes with the software or in the folder of the rulebook itself, ready to render."""
    return load(shipped_bytes(book_name, file_name))


def shipped_bytes(book_name: str, file_name: str) -> bytes:
    """The file of such a template, to take out and edit."""
    own = resources.files(load_rulebook(book_name).package).joinpath("templates", file_name)
    file = own if own.is_file() else resources.files("templates_docx").joinpath(book_name, file_name)
    return file.read_bytes()


def _check_call(form: Manifest, given: Any, state: str, place: Place) -> None:
    problems = []
    if state not in STATES or state not in form.states:
        message = f"“{form.title}” không có trạng thái “{state}”"
        problems.append(Problem("input.state", place, message, f"Hãy dùng {', '.join(form.states)}"))
    if not isinstance(given, Mapping) or "document" not in given:
        remedy = "Hãy đặt nội dung của biểu mẫu trong mục “document”"
        problems.append(Problem("input.missing", place, "Thiếu mục “document”", remedy))
    else:
        problems += [
            Problem("input.unknown", Place(file=place.file, field=str(name)), "Không có mục này", "Hãy bỏ mục này")
            for name in given
            if name not in ("document", "facts")
        ]
        if not isinstance(given.get("facts"), Mapping | None):
            at = Place(file=place.file, field="facts")
            problems.append(Problem("input.type", at, "“facts” phải là các cặp tên mục và giá trị", ""))
    if problems:
        raise InvalidInput(problems)


def _usual(form: Manifest, sheets: Sheets) -> dict[str, str]:
    """The kind assessed on a sheet whose input names none: the first the sheet serves."""
    served = sheets.of_form(form.code)
    return {form.sheet_field: served[0].code} if form.sheet_field and served else {}
