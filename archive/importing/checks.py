"""Checks that need more than one row: references, numbers that two people share, days in an impossible order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from archive.importing.evaluations import SUBJECT_KINDS
from archive.importing.plan import Planned
from archive.records.register import IDENTIFIERS
from archive.records.row_tables import Kept
from generator.errors import Problem
from generator.facts.values import choice_label
from generator.vietnamese import short_date
from generator.workbook.sheets import Sheet

_NAMES = {"person": "đảng viên", "unit": "đơn vị", "collective": "tập thể", "ballot": "đợt bỏ phiếu"}


@dataclass
class Known:
    """The references that exist: kind → reference → name. `doubtful` kinds lack rows that could not be read.

    Args:
        voted_on: kind of ballot → the capacities it votes on.
    """

    names: dict[str, dict[str, str]] = field(
        default_factory=lambda: {"person": {}, "unit": {}, "collective": {}, "ballot": {}}
    )
    ballot_kinds: dict[str, str] = field(default_factory=dict)
    voted_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)

    def add(self, kind: str, reference: str, name: str) -> None:
        """Notes a reference that exists, or will."""
        self.names[kind][reference] = name


def check_references(planned: Planned, sheet: Sheet, known: Known) -> list[Problem]:
    """A problem for each reference of the row that names nobody, with the one that was most likely meant."""
    problems: list[Problem] = []
    for column in sheet.facts:
        reference = getattr(planned.row, column.field, None) if column.refers else None
        if not isinstance(reference, str):
            continue
        kinds = _subject_kinds(planned, known) if column.refers == "subject" else (column.refers,)
        found = [kind for kind in kinds if reference in known.names[kind]]
        place = replace(planned.source.place, column=column.header)
        if len(found) > 1:
            message = f"mã “{reference}” vừa là đơn vị vừa là tập thể"
            problems.append(Problem("import.ambiguous-reference", place, message, "Hãy đặt hai mã khác nhau"))
        elif not found and kinds and not known.doubtful.intersection(kinds):
            words = " hoặc ".join(_NAMES[kind] for kind in kinds)
            message = f"không có {words} nào mang mã “{reference}”"
            problems.append(Problem("import.unknown-reference", place, message, _suggestion(reference, kinds, known)))
    return problems


def check_local_criterion(planned: Planned, sheet: Sheet, known: Mapping[str, Collection[str]]) -> list[Problem]:
    """A problem where a row rates a criterion of its own that the campaign does not have.

    Args:
        known: kind of subject (`person`, `unit`, `collective`) → the codes of the campaign's own rows.
    """
    codes = known.get(SUBJECT_KINDS[planned.row.capacity], ())  # type: ignore[attr-defined]
    code = planned.row.criterion  # type: ignore[attr-defined]
    if code in codes:
        return []
    column = next(column.header for column in sheet.facts if column.field == "criterion")
    listed = f"Các mã có: {', '.join(codes)}" if codes else "Hãy thêm bằng “hoso local-criteria add” rồi nhập lại"
    place = replace(planned.source.place, column=column)
    message = f"đợt này không có tiêu chí riêng “{code}” cho đối tượng ấy"
    return [Problem("import.unknown-local-criterion", place, message, listed)]


def _subject_kinds(planned: Planned, known: Known) -> tuple[str, ...]:
    row = planned.row
    if hasattr(row, "subject_kind"):
        return (row.subject_kind,)
    if hasattr(row, "capacity"):
        return (SUBJECT_KINDS[row.capacity],)
    kind = known.ballot_kinds.get(getattr(row, "ballot", ""), "")
    return tuple(SUBJECT_KINDS[capacity] for capacity in known.voted_on.get(kind, ()))


def _suggestion(reference: str, kinds: Sequence[str], known: Known) -> str:
    every = {code: name for kind in kinds for code, name in known.names[kind].items()}
    folded = {code.casefold(): code for code in every}
    near = get_close_matches(reference.casefold(), list(folded), n=1, cutoff=0.6)
    if near:
        code = folded[near[0]]
        return f"Có phải “{code}” – {every[code]} không? Hãy sửa lại mã hoặc ghi thêm dòng mới ở trang tương ứng"
    return "Hãy sửa lại mã hoặc ghi thêm dòng mới ở trang tương ứng"


def check_days(planned: Planned, sheet: Sheet) -> Iterator[Problem]:
    """A problem for each pair of days that cannot be in that order."""
    headers = {column.field: column.header for column in sheet.facts}
    for first, second in sheet.model.in_order:
        earlier, later = getattr(planned.row, first), getattr(planned.row, second)
        if earlier is not None and later is not None and earlier > later:
            yield Problem(
                "import.day-order",
                replace(planned.source.place, column=headers[second]),
                f"“{headers[second]}” ({short_date(later)}) không thể trước “{headers[first]}” ({short_date(earlier)})",
                "Hãy xem lại hai ngày này",
            )


def check_identifiers(planned: Sequence[Planned], kept: Sequence[Kept], sheet: Sheet) -> Iterator[Problem]:
    """A problem for each card or file number that would belong to two people."""
    headers = {column.field: column.header for column in sheet.facts}
    touched = {one.kept.id for one in planned if one.kept}
    owners = {
        (kind, person.values[kind]): f"{person.values['reference']} – {person.values['full_name']}"
        for person in kept
        for kind in IDENTIFIERS
        if person.values[kind] and person.id not in touched
    }
    for one in planned:
        for kind in IDENTIFIERS:
            value = getattr(one.row, kind)
            if value and (kind, value) in owners:
                place = replace(one.source.place, column=headers[kind])
                message = f"số {value} đã ghi cho {owners[kind, value]}"
                yield Problem("import.duplicate-number", place, message, "Hãy kiểm tra lại số của hai người")
            elif value:
                name = getattr(one.row, "full_name", "")
                owners[kind, value] = f"{name} (dòng {one.source.place.row})"


def check_parents(planned: Sequence[Planned], kept: Sequence[Kept], sheet: Sheet) -> Iterator[Problem]:
    """A problem for each unit that would stand under itself."""
    header = next(column.header for column in sheet.facts if column.field == "parent")
    parents = {one.values["reference"]: one.values["parent"] for one in kept}
    parents |= {getattr(one.row, "reference", ""): getattr(one.row, "parent", None) for one in planned}
    for one in planned:
        start = getattr(one.row, "reference", "")
        above, passed = parents.get(start), {start}
        while above and above not in passed:
            passed.add(above)
            above = parents.get(above)
        if above == start:
            place = replace(one.source.place, column=header)
            message = f"đơn vị “{start}” không thể trực thuộc chính nó"
            yield Problem("import.unit-under-itself", place, message, "Hãy sửa mã đơn vị cấp trên")


def check_decision(planned: Planned, sheet: Sheet) -> Iterator[Problem]:
    """A problem when a decision is named without the level it gives."""
    fields = ("decided_by", "decision_number", "decided_on")
    if sheet.key == "outcomes" and getattr(planned.row, "decided_level", None) is None:
        headers = {column.field: column.header for column in sheet.facts}
        if given := [headers[name] for name in fields if getattr(planned.row, name) is not None]:
            place = replace(planned.source.place, column=headers["decided_level"])
            message = f"đã ghi {', '.join(given)} mà chưa ghi mức quyết định"
            yield Problem("import.decision-without-level", place, message, "Hãy ghi mức quyết định")


def as_text(value: object, list_name: str, labels: Mapping[str, str]) -> str:
    """A value as a clerk reads it in a list of differences."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return short_date(value)
    if list_name:
        return labels.get(str(value), choice_label(list_name, str(value))) if value is not None else ""
    return "" if value is None else str(value)
