"""Which kept row each row of a workbook means, and what it would become."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from archive.importing.copies import Merge
from archive.records.register import PeopleIndex
from archive.records.row_tables import Kept
from generator.errors import Place, Problem
from generator.facts.problems import problems_of
from generator.facts.values import Row
from generator.workbook.read import WorkbookRow
from generator.workbook.sheets import Sheet

_PARTS = ("ratings", "sections")


@dataclass(frozen=True)
class Planned:
    """A row of the workbook, the kept row it means (None when it is new), and the complete row it would become.

    `contested` says that others changed a cell meanwhile which the workbook changes too.
    """

    source: WorkbookRow
    kept: Kept | None
    row: Row
    contested: bool = False

    @property
    def changes(self) -> bool:
        """Whether it would change what is kept."""
        return self.kept is None or self.row.model_dump() != self.kept.values


class Planner:
    """Plans the rows of one sheet; problems gather.

    Args:
        kept: every row that is kept for the sheet.
        merge: what a row of the workbook changes in a kept one.
    """

    def __init__(self, sheet: Sheet, kept: Sequence[Kept], merge: Callable[[WorkbookRow, Kept], Merge]) -> None:
        self._sheet, self._merge = sheet, merge
        self._by_id = {one.id: one for one in kept}
        self._by_key = {self._key(one.values): one for one in kept}
        self._people = PeopleIndex(kept) if sheet.key == "people" else None
        self._claimed: dict[str, WorkbookRow] = {}
        self.problems: list[Problem] = []

    def plan(self, rows: Sequence[WorkbookRow]) -> list[Planned]:
        """The rows in their order; one that has a problem is left out."""
        copies = {row_id for row_id, count in Counter(row.id for row in rows if row.id).items() if count > 1}
        planned = [one for row in rows for one in self._planned(row, copied=row.id in copies)]
        return list(self._without_twins(planned))

    def _planned(self, row: WorkbookRow, *, copied: bool) -> Iterator[Planned]:
        before = len(self.problems)
        target = self._target(row, copied=copied)
        if len(self.problems) > before:
            return
        if target is not None:
            earlier = self._claimed.setdefault(target.id, row)
            if earlier is not row:
                message = f"dòng này và dòng {earlier.place.row} cùng ghi về một đối tượng"
                self._note("import.twice", row.place, message, "Hãy giữ lại một dòng")
                return
        merge = self._merge(row, target) if target else Merge(row.given)
        try:
            complete = self._sheet.model.model_validate(_merged(target.values if target else {}, merge.changed))
        except ValidationError as error:
            self.problems += problems_of(error, self._sheet.model, row.place)
            return
        yield Planned(row, target, complete, merge.contested)

    def _target(self, row: WorkbookRow, *, copied: bool) -> Kept | None:
        by_id = self._by_id.get(row.id)
        # A row copied in Excel carries the hidden id of its original: then only its own words count.
        if by_id is not None and not copied:
            return by_id
        found = self._by_key.get(self._key(row.given))
        if found is None and self._people is not None:
            return self._person(self._people, row)
        return found

    def _person(self, people: PeopleIndex, row: WorkbookRow) -> Kept | None:
        alike = people.match(row.given)
        if not alike or (len(alike) == 1 and people.is_certain(row.given, alike[0])):
            return alike[0] if alike else None
        names = "; ".join(
            f"{one.values['reference']} – {one.values['full_name']} ({one.values['cell']})" for one in alike
        )
        self._note(
            "import.ambiguous-person",
            row.place,
            f"chưa rõ có phải là người đã có trong sổ không: {names}",
            "Nếu là một người, hãy ghi đúng mã đã có; nếu là người khác, hãy ghi số thẻ của cả hai người",
        )
        return None

    def _without_twins(self, planned: Sequence[Planned]) -> Iterator[Planned]:
        # A kept row that the workbook gives another key no longer stands in the way of its old key.
        taken: dict[tuple[Any, ...], str] = {
            key: "đã có trong dữ liệu đang lưu" for key, one in self._by_key.items() if one.id not in self._claimed
        }
        for one in planned:
            key = self._key(one.row.model_dump())
            keeps_key = one.kept is not None and key == self._key(one.kept.values)
            if key in taken and not keeps_key:
                heading = next(column.header for column in self._sheet.facts if column.field in self._sheet.natural_key)
                words = ", ".join(str(part) for part in key if part is not None)
                place = replace(one.source.place, column=heading)
                self._note(
                    "import.duplicate", place, f"“{words}” bị trùng, {taken[key]}", "Hãy sửa hoặc xóa dòng trùng"
                )
                continue
            taken[key] = f"đã ghi ở dòng {one.source.place.row}"
            yield one

    def _key(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values.get(name) for name in self._sheet.natural_key)

    def _note(self, code: str, place: Place, message: str, remedy: str) -> None:
        self.problems.append(Problem(code, place, message, remedy))


def _merged(kept: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(kept)
    for name, value in given.items():
        values[name] = {**(values.get(name) or {}), **value} if name in _PARTS else value
    if values.get("sections"):
        values["sections"] = {name: text for name, text in values["sections"].items() if text is not None}
    return {name: value for name, value in values.items() if value is not None}
