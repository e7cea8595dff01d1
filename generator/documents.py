"""One document: a form and an input become a Word file, with what the judge says of the levels in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import Any

from generator.errors import GeneratorError, InvalidInput, Place, Problem
from generator.forms import checks, inputs, library
from generator.forms.assessed import Sheets, shipped_sheets
from generator.forms.context import context
from generator.forms.fitting import misfits, overflows, unsaid
from generator.forms.input_file import load_input
from generator.forms.manifest import STATES, Manifest, level_column
from generator.forms.quotas import counted_groups
from generator.judge import classify
from generator.rules.findings import Finding, Verdict
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings
from generator.word.template import Template, load

__all__ = ["GeneratedDocument", "Judgement", "Refused", "TemplateSource", "generate", "load_input", "shipped_template"]

# An office's own template of a form, ready to render; None where it uses the shipped one.
TemplateSource = Callable[[Manifest], Template | None]


@dataclass(frozen=True)
class Judgement:
    """What the judge says of one level a document holds.

    Args:
        place: the row it stands in, `members[2]`; empty for a document about one subject. Of a group of whom only a
            share may be excellent, the row that names it or the table that counts it.
        subject: the name in that row, or the group; empty for a document about one subject.
        level: the level claimed, recorded, proposed or decided.
        verdict: the judge's answer.
        waived: rule ids that an approver has waived; only findings that may be waived heed it.
    """

    place: str
    subject: str
    level: str
    verdict: Verdict
    waived: frozenset[str] = frozenset()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stand against the level, those waived left out."""
        return tuple(
            finding
            for finding in self.verdict.findings
            if finding.severity == "error" and not (finding.waivable and finding.rule_id in self.waived)
        )


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
    if wrong := misfits(form, input["document"], input.get("facts"), book, sheets, place):
        raise InvalidInput(wrong)
    values = inputs.read(form, input["document"], state=state, place=place)
    open_points = overflows(form, values, place) + (unsaid(form, values, sheets, place) if state != "blank" else [])
    if open_points:
        raise InvalidInput(open_points)
    facts = input.get("facts")
    judged = _judged(form, values, facts, book, settings, frozenset(waived)) if facts and state != "blank" else []
    shares = _shares(form, values, book, settings, frozenset(waived)) if state != "blank" else []
    judgements = (*judged, *shares)
    against = [judgement for judgement in judgements if judgement.errors]
    if against and form.binds and state == "final":
        raise Refused(form, against)
    template = (templates and templates(form)) or shipped_template(book.name, form.template)
    shown = {**_usual(form, sheets), **values}
    filled = context(form, shown, state=state, book=book, paper_code=paper_code, settings=settings)
    word = template.render(filled)
    kept: dict[str, Any] = {"document": inputs.plain(values)} | ({"facts": inputs.plain(facts)} if facts else {})
    remarks = checks.remarks(form, values, place) if state != "blank" else ()
    title = library.variant_title(form, sheets)
    return GeneratedDocument(form, state, word, template.digest, kept, judgements, remarks, title)


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


def _judged(
    form: Manifest,
    values: inputs.Values,
    facts: Mapping[str, Any],
    book: Rulebook,
    settings: Settings | None,
    waived: frozenset[str],
) -> list[Judgement]:
    """The judgement of every level of the document whose facts are given."""
    made: list[Judgement] = []
    problems: list[Problem] = []
    for place, subject, level, kind, case in _levels(form, values, facts):
        own = {name: value for name, value in case.items() if name != "subject_kind"}
        try:
            verdict = classify(kind, own, level, settings=settings, book=book)
        except InvalidInput as error:
            problems += [_placed(problem, place) for problem in error.problems]
        else:
            made.append(Judgement(place, subject, level, verdict, _waived_at(place, waived)))
    if problems:
        raise InvalidInput(problems)
    return made


def _shares(
    form: Manifest, values: inputs.Values, book: Rulebook, settings: Settings | None, waived: frozenset[str]
) -> list[Judgement]:
    """The judgement of every group of whom only a share may be excellent (13-HD/TU, II.1.3.a; II.2.3.a; III.3.1)."""
    best, next_best = book.levels.codes[:2]
    made = []
    for group in counted_groups(form, values, book, settings):
        found = group.result
        verdict = Verdict(
            found.allowed,
            best if found.allowed else next_best,
            found.violated_rule_ids,
            found.warning_rule_ids,
            found.findings,
        )
        made.append(Judgement(group.place, group.name, best, verdict, _waived_at(group.place, waived)))
    return made


def _waived_at(place: str, waived: frozenset[str]) -> frozenset[str]:
    return frozenset(entry.removeprefix(f"{place}:") for entry in waived)


def _levels(
    form: Manifest, values: inputs.Values, facts: Mapping[str, Any]
) -> Iterator[tuple[str, str, str, str, Mapping[str, Any]]]:
    """Place, subject, level, kind of subject and facts of each thing to judge."""
    held = level_column(form)
    if held is None:
        return
    holder, column = held
    if holder.kind != "table":
        if holder.name in values:
            yield "", "", values[holder.name], _kind(form, facts, {}, values), facts
        return
    rows = values.get(holder.name, [])
    for number, (row, case) in enumerate(zip(rows, _cases(holder.name, facts, len(rows)), strict=True), start=1):
        level = form.level_fixed or (row.get(column.name) if column else None)
        if case is not None and level:
            subject = row.get("full_name") or row.get("subject") or ""
            yield f"{holder.name}[{number}]", subject, level, _kind(form, case, row, values), case


def _kind(form: Manifest, case: Mapping[str, Any], row: Mapping[str, Any], values: inputs.Values) -> Any:
    """What the facts say of whom; else what the row or the form says it concerns; else what the form is about."""
    said = (case.get("subject_kind"), row.get("concerns"), values.get("concerns"))
    return next((kind for kind in said if kind), form.subject_kinds[0])


def _placed(problem: Problem, place: str) -> Problem:
    """A problem of the facts of one row, with the row in its place."""
    field = problem.place.field.removeprefix("facts").removeprefix(".")
    path = ".".join(part for part in ("facts", place, field) if part)
    return replace(problem, place=replace(problem.place, field=path))


def _cases(table: str, facts: Mapping[str, Any], rows: int) -> list[Any]:
    """The facts of each row, null where a row has none."""
    cases = facts.get(table)
    if (
        isinstance(cases, list | tuple)
        and len(cases) == rows
        and set(facts) == {table}
        and all(case is None or isinstance(case, Mapping) for case in cases)
    ):
        return list(cases)
    message = f"“facts” phải có đúng một mục “{table}”, là danh sách {rows} dữ kiện theo thứ tự các dòng"
    raise InvalidInput([Problem("input.facts", Place(field="facts"), message, "Ghi null cho dòng không có dữ kiện")])
