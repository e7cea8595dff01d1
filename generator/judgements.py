"""What the judge says of the levels a document holds, each with the row it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.errors import InvalidInput, Place, Problem
from generator.forms import inputs
from generator.forms.manifest import Manifest, level_column
from generator.forms.quotas import counted_groups
from generator.judge import classify
from generator.rules.findings import Finding, Verdict
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings


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


def judgements_of(
    form: Manifest,
    values: inputs.Values,
    facts: Mapping[str, Any] | None,
    book: Rulebook,
    settings: Settings | None,
    waived: frozenset[str],
) -> tuple[Judgement, ...]:
    """What the judge says of every level of a document whose facts are given, and of every share of the excellent.

    Args:
        values: the document as it was read.
        facts: as `generate` takes them; without them only the shares are judged (II.1.3.a; II.2.3.a; III.3.1).
        waived: rule ids, of a row `members[2]:MEM-EXC-02`.

    Raises:
        InvalidInput: with every problem of the facts.
    """
    levels = _of_levels(form, values, facts, book, settings, waived) if facts else []
    return (*levels, *_of_shares(form, values, book, settings, waived))


def _of_levels(
    form: Manifest,
    values: inputs.Values,
    facts: Mapping[str, Any],
    book: Rulebook,
    settings: Settings | None,
    waived: frozenset[str],
) -> list[Judgement]:
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


def _of_shares(
    form: Manifest, values: inputs.Values, book: Rulebook, settings: Settings | None, waived: frozenset[str]
) -> list[Judgement]:
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
