"""What a copy of a workbook changes: its cells against what they said before, against what others changed meanwhile.

People fill in a workbook, import it, fill in more in the same file and import it again; or give copies of one file to
two people. So each cell has a base: what it said when the workbook was written, or when this copy was last imported. A
cell that says its base changes nothing. One that says something else does, unless what is kept has left the base too.

Who imports, the file's name and who saved it last tell copies apart. Where these are the same, a cell imported before
may be changed again only by a file that still says everything else its last import said; another copy would not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from archive.records.row_tables import Kept
from generator.workbook.originals import digests
from generator.workbook.read import WorkbookContent, WorkbookRow
from generator.workbook.sheets import Sheet

_Record = tuple[str, str]  # key of the sheet, id of the kept row


@dataclass(frozen=True)
class Merge:
    """What a row of a workbook changes in a kept row.

    Args:
        changed: the given values that people changed, in the shape of `WorkbookRow.given`.
        contested: whether what is kept of one of them was changed by others too, to something else.
    """

    changed: Mapping[str, Any]
    contested: bool = False


class Copies:
    """The copy that is being imported, among the copies of one workbook imported before."""

    def __init__(self, database: Database, content: WorkbookContent, sheets: Mapping[str, Sheet], actor: str) -> None:
        self._database, self._content, self._sheets = database, content, sheets
        hand = json.dumps([actor, content.file_name, content.saved_by], ensure_ascii=False)
        self._copy = hashlib.blake2b(hand.encode(), digest_size=10).hexdigest()
        self._own: dict[_Record, dict[str, str]] = {}
        self._others: dict[_Record, list[dict[str, str]]] = {}
        for record in self._recorded():
            key, said = (record["sheet"], record["record_id"]), json.loads(record["said"])
            if record["copy"] == self._copy:
                self._own[key] = said
            else:
                self._others.setdefault(key, []).append(said)

    def _recorded(self) -> list[dict[str, Any]]:
        sql = "SELECT copy, sheet, record_id, said FROM workbook_row WHERE workbook = ?"
        return rows(self._database, sql, [self._content.workbook_id]) if self._content.workbook_id else []

    def merge(self, sheet: Sheet, row: WorkbookRow, kept: Kept) -> Merge:
        """What a row changes in the kept row it means."""
        says, record = digests(sheet, row.given), (sheet.key, kept.id)
        written = _written(row, kept.id)
        before = self._own.get(record, {})
        if written is None and record not in self._own:
            return self._without_base(sheet, record, row, says, kept)
        base = {**(written or {}), **before}
        changed = {key: digest for key, digest in says.items() if digest != base.get(key, "")}
        contested = False
        if changed:
            now = digests(sheet, kept.values)
            for key, digest in changed.items():
                left_base = now.get(key, "") != base.get(key, "")
                again = key in before and before[key] != (written or {}).get(key, "")
                if digest != now.get(key, "") and (left_base or (again and not self._continues)):
                    contested = True
        return Merge(_only(sheet, row.given, changed), contested)

    def _without_base(
        self, sheet: Sheet, record: _Record, row: WorkbookRow, says: Mapping[str, str], kept: Kept
    ) -> Merge:
        """A row typed anew changes whatever it says, but not what another copy of the file has said of it."""
        others = self._others.get(record, ())
        now = digests(sheet, kept.values) if others else {}
        contested = any(said.get(key) == now.get(key, "") != digest for said in others for key, digest in says.items())
        return Merge(row.given, contested)

    def note(self, sheet: Sheet, row: WorkbookRow, record_id: str) -> None:
        """Keeps what a row said, now that it is settled, for the next import of the same copy."""
        record, says = (sheet.key, record_id), digests(sheet, row.given)
        before = self._own.get(record, {})
        said = {**before, **says}
        written = _written(row, record_id) or {}
        told = record in self._own or any(digest != written.get(key, "") for key, digest in says.items())
        if self._content.workbook_id and told and said != before:
            self._database.execute(
                "INSERT INTO workbook_row (workbook, copy, sheet, record_id, said) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET said = excluded.said",
                [self._content.workbook_id, self._copy, *record, json.dumps(said)],
            )

    @cached_property
    def _continues(self) -> bool:
        """Whether the file still says what this copy said when it was last imported, or something new in its place.

        A row that is gone, or a cell that again says what was written, is the sign of another copy of the file.
        """
        by_id = {(row.sheet, row.id): row for row in self._rows() if row.id}
        by_key = {self._key(row.sheet, digests(self._sheets[row.sheet], row.given)): row for row in self._rows()}
        for record, said in self._own.items():
            row = by_id.get(record) or by_key.get(self._key(record[0], said))
            if row is None or self._went_back(row, record[1], said):
                return False
        return True

    def _went_back(self, row: WorkbookRow, record_id: str, said: Mapping[str, str]) -> bool:
        says, written = digests(self._sheets[row.sheet], row.given), _written(row, record_id) or {}
        return any(
            digest != written.get(key, "") and (says.get(key) == written[key] if key in written else key not in says)
            for key, digest in said.items()
        )

    def _rows(self) -> Iterator[WorkbookRow]:
        for found in self._content.rows.values():
            yield from found

    def _key(self, sheet: str, says: Mapping[str, str]) -> tuple[str, ...]:
        return sheet, *(says.get(name, "") for name in self._sheets[sheet].natural_key)


def _written(row: WorkbookRow, record_id: str) -> Mapping[str, str] | None:
    # A row copied in Excel carries what its original said, which tells nothing of another record.
    return row.original if row.id == record_id else None


def _only(sheet: Sheet, given: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for column in sheet.facts:
        if column.key in keys:
            if column.part:
                changed.setdefault(column.field, {})[column.part] = given[column.field][column.part]
            else:
                changed[column.field] = given[column.field]
    return changed
