"""What a change of the facts would do to a verdict: before, after, and the findings that go or come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from generator.errors import InvalidInput, Problem
from generator.rules.cases import validate_document
from generator.rules.facts import problem
from generator.rules.rulebook import Rulebook
from generator.rules.settings import Settings
from generator.vietnamese import nfc

_OF_THE_CASE = ("proposed_level", "subject_kind")


@dataclass(frozen=True)
class Change:
    """One change: where (`criteria.b2`, `proposed_level`) and the new value."""

    path: tuple[str, ...]
    value: Any

    @property
    def field(self) -> str:
        """The place as problems name it: `facts.criteria.b2`, `proposed_level`."""
        return ".".join(self.path)


def read_changes(written: Iterable[str]) -> tuple[Change, ...]:
    """The changes written as `field=value`.

    A field is a field of `facts` (dots lead into its parts, numbers count the rows of a list from 0), or
    `proposed_level`. A value is read as JSON where it is JSON (`8`, `true`, `null`, `["good"]`), else as text.

    Raises:
        InvalidInput: every change that is not of this form.
    """
    changes: list[Change] = []
    problems: list[Problem] = []
    for one in written:
        name, sign, value = nfc(one).partition("=")
        path = tuple(part.strip() for part in name.split("."))
        if not sign or not all(path):
            message = f"Thay đổi ghi “{one}”, phải có tên mục, dấu bằng và giá trị"
            problems.append(problem("what-if", one, message, "Ghi như criteria.b2=good hoặc targets.completed=8"))
            continue
        inside = path[0] in (*_OF_THE_CASE, "facts")
        changes.append(Change(path if inside else ("facts", *path), _value(value.strip())))
    if problems:
        raise InvalidInput(problems)
    return tuple(changes)


def what_if(
    document: object, changes: Sequence[Change], *, book: Rulebook | None = None, settings: Settings | None = None
) -> dict[str, Any]:
    """The verdicts on a case as it is and as it would be.

    Args:
        document: what `validate_document` takes; in a document of cases every case is changed.

    Returns:
        `{before, after, gone, new}`: both verdicts, the findings that only the first has and those only the second has,
        told apart by rule and severity; of a document of cases `{cases: {id: that}}`.

    Raises:
        InvalidInput: the document as it is, or as it would be, is not what the rulebook knows; every problem of it.
    """
    before = validate_document(document, book=book, settings=settings)
    after = validate_document(_changed_document(document, changes), book=book, settings=settings)
    if "cases" not in before:
        return _compared(before, after)
    return {"cases": {name: _compared(verdict, after["cases"][name]) for name, verdict in before["cases"].items()}}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _changed_document(document: Any, changes: Sequence[Change]) -> Any:
    changed = deepcopy(document)
    if "cases" not in changed:
        _change(changed, changes, "")
    for case in changed.get("cases", ()):
        _change(case, changes, f"cases.{case['id']}.")
    return changed


def _change(case: dict[str, Any], changes: Sequence[Change], at: str) -> None:
    problems = [problem for change in changes for problem in _changing(case, change, at)]
    if problems:
        raise InvalidInput(problems)


def _changing(case: dict[str, Any], change: Change, at: str) -> list[Problem]:
    place: Any = case
    *outer, last = change.path
    for name in outer:
        # What is not recorded yet has no parts; the change makes the first of them.
        if isinstance(place, dict) and place.get(name) is None:
            place[name] = {}
        place = _inside(place, name)
    if isinstance(place, dict):
        place[last] = change.value
        return []
    if isinstance(place, list) and last.isdecimal() and int(last) < len(place):
        place[int(last)] = change.value
        return []
    message = f"Không có mục nào tên “{change.field}” để thay đổi"
    return [problem("what-if", f"{at}{change.field}", message, "Sửa lại tên mục theo tệp đang kiểm tra")]


def _inside(place: Any, name: str) -> Any:
    if isinstance(place, dict):
        return place[name]
    if isinstance(place, list) and name.isdecimal() and int(name) < len(place):
        return place[int(name)]
    return None


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "before": before,
        "after": after,
        "gone": _only(before, after),
        "new": _only(after, before),
    }


def _only(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    known = {(finding["rule_id"], finding["severity"]) for finding in other["findings"]}
    return [finding for finding in one["findings"] if (finding["rule_id"], finding["severity"]) not in known]
