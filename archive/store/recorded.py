"""What the database says of one object of the store, held against the object."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from archive.records import events
from archive.records.database import one, rows
from archive.records.filed_tables import COMPLAINT, LOCKED, REGISTER_TABLES, SUBJECT_TABLES, UNIT_TABLES, Record
from archive.store.damage import CALL_AUDITOR, REBUILD, Damage
from archive.store.filed_rows import FiledRows, Revisions, revisions_of
from archive.store.inventory import INVENTORY, Inventory
from archive.store.object_fixity import CheckedObject
from archive.store.package import DOSSIER_JSON, ITSELF
from archive.store.register_object import EVENTS, REGISTER, REGISTER_JSON
from archive.store.removing import TOMBSTONES
from archive.store.rows import filed_action


class Recorded:
    """The rows of filed objects.

    Args:
        register: the check of the register object, for what its rows had become when they were filed; None without one.
    """

    def __init__(self, database: Database, register: CheckedObject | None) -> None:
        self.database = database
        self.heads: set[str] = set()
        self._rows = FiledRows(database, _revisions(register))
        self._disposed = {row["id"] for row in (_told(register, TOMBSTONES) or ())} if register else set()

    def against(self, checked: CheckedObject) -> Iterator[Damage]:
        """What the rows say otherwise than the object."""
        object_id, inventory = checked.object_id, checked.inventory
        filings = {
            row["version"]: row
            for row in rows(
                self.database,
                "SELECT version, inventory_digest, reason, prepared_at FROM filing"
                " WHERE object = ? AND state = 'committed'",
                [object_id],
            )
        }
        dossier = one(self.database, "SELECT * FROM dossier WHERE id = ? AND version > 0", [object_id])
        if not filings or (dossier is None and object_id != REGISTER):
            yield Damage("row", object_id, "", "Có trong kho nhưng không có trong cơ sở dữ liệu", REBUILD)
            return
        if inventory is None:
            return
        yield from self._filings(checked, inventory, filings)
        if object_id == REGISTER:
            yield from self._register(checked, inventory, len(filings))
        elif dossier is not None:
            yield from self._dossier(checked, inventory, dossier)

    def missing(self, objects: list[str]) -> Iterator[Damage]:
        """Objects that only the database knows."""
        wanted = rows(
            self.database,
            "SELECT id FROM dossier WHERE version > 0 UNION SELECT object FROM filing WHERE state = 'committed'",
        )
        # Nobody's word but the store's own says that a dossier was disposed of.
        for object_id in sorted({row["id"] for row in wanted}.difference(objects, self._disposed)):
            yield Damage("missing", object_id, "", "Có trong cơ sở dữ liệu nhưng mất khỏi kho")

    def invented_gaps(self) -> Iterator[Damage]:
        """Rows that stand for lost events, and whose hash no filed version knows; ask after all objects are checked."""
        for row in rows(self.database, "SELECT seq, hash FROM event WHERE action = ?", [events.LOST]):
            if row["hash"] not in self.heads:
                yield Damage("events", "", f"việc số {row['seq']}", "Nhật ký bị thay bằng một chỗ trống", CALL_AUDITOR)

    def _filings(self, checked: CheckedObject, inventory: Inventory, filings: Mapping[int, Record]) -> Iterator[Damage]:
        object_id = checked.object_id
        for number, found in checked.inventory_digests.items():
            version, filing = inventory.version(number), filings.get(number)
            if filing is None or filing["inventory_digest"] != found:
                message = f"Tệp kê của lần nộp {number} khác tệp kê mà cơ sở dữ liệu ghi lúc nộp"
                yield Damage("inventory", object_id, f"v{number}/{INVENTORY}", message)
            elif version and (filing["reason"], filing["prepared_at"]) != (version.message, version.created):
                message = f"Cơ sở dữ liệu ghi lý do hoặc lúc nộp lần {number} khác trong kho"
                yield Damage("row", object_id, "", message, REBUILD)
        action = filed_action(object_id)
        sql = "SELECT note FROM event WHERE object = ? AND action = ?"
        told = {row["note"].partition(" ")[0] for row in rows(self.database, sql, [object_id, action])}
        for number in range(1, inventory.head + 1):
            if f"version={number}" not in told:
                yield Damage("events", object_id, "", f"Nhật ký không có việc nộp lần {number}", CALL_AUDITOR)

    def _dossier(self, checked: CheckedObject, inventory: Inventory, dossier: Record) -> Iterator[Damage]:
        object_id = checked.object_id
        if inventory.head != dossier["version"]:
            message = f"Cơ sở dữ liệu ghi {dossier['version']} lần nộp, trong kho có {inventory.head}"
            yield Damage("row", object_id, "", message, REBUILD)
        for number in range(1, inventory.head + 1):
            told = _told(checked, DOSSIER_JSON, number)
            if told is None:
                if DOSSIER_JSON in inventory.versions[number - 1].state and checked.is_sound(DOSSIER_JSON, number):
                    message = f"Không đọc được mô tả của lần nộp {number}"
                    yield Damage("content", object_id, DOSSIER_JSON, message)
                continue
            yield from self._head(object_id, DOSSIER_JSON, number, told["filing"])
            if not self._same_files(checked, inventory, number, told["files"]):
                message = f"Danh mục tệp của lần nộp {number} trong cơ sở dữ liệu khác trong kho"
                yield Damage("row", object_id, "", message, REBUILD)
            if number == inventory.head == dossier["version"]:
                yield from self._told_rows(object_id, told, dossier)

    def _told_rows(self, object_id: str, told: Mapping[str, Any], dossier: Record) -> Iterator[Damage]:
        filed = {**told["dossier"], "filed_at": told["filing"]["filed_at"]}
        filed["waits_for"] = json.dumps(filed["waits_for"], ensure_ascii=False)
        filed["complaint"] = self._complaint(dossier)
        changed = [name for name, value in filed.items() if dossier.get(name) != value]
        if changed:
            message = f"Dòng hồ sơ trong cơ sở dữ liệu khác trong kho ở: {', '.join(changed)}"
            yield Damage("row", object_id, "", message, REBUILD)
        locked = told["dossier"]["status"] in LOCKED
        for table in SUBJECT_TABLES if dossier["evaluation_id"] else UNIT_TABLES:
            filed_rows = told.get("rows", {}).get(table.name, ())
            for path, message in self._rows.differences(table, filed_rows, locked=locked):
                yield Damage("row", object_id, path, message, REBUILD)

    def _complaint(self, dossier: Record) -> str:
        found = one(self.database, f"SELECT {COMPLAINT} AS state", {"evaluation": dossier["evaluation_id"]})
        return str(found["state"]) if found else "none"

    def _same_files(self, checked: CheckedObject, inventory: Inventory, number: int, told: list[Record]) -> bool:
        state = inventory.versions[number - 1].state
        listed = {
            row["path"]: row
            for row in rows(
                self.database,
                "SELECT * FROM dossier_file WHERE dossier_id = ? AND version = ?",
                [checked.object_id, number],
            )
        }
        described = [{**file, "position": place} for place, file in enumerate([*told, ITSELF], start=1)]
        return (
            listed.keys() == state.keys()
            and len(described) == len(listed)
            and all(
                row["digest"] == state[path] and row["size"] == checked.sizes.get(row["digest"], row["size"])
                for path, row in listed.items()
            )
            and all(listed[file["path"]][name] == value for file in described for name, value in file.items())
        )

    def _register(self, checked: CheckedObject, inventory: Inventory, filings: int) -> Iterator[Damage]:
        if inventory.head != filings:
            message = f"Cơ sở dữ liệu ghi {filings} lần nộp, trong kho có {inventory.head}"
            yield Damage("row", REGISTER, "", message, REBUILD)
        for number in range(1, inventory.head + 1):
            told = _told(checked, REGISTER_JSON, number)
            if told is not None:
                yield from self._head(REGISTER, REGISTER_JSON, number, told["filing"])
                yield from self._events(checked, number)
        for table in REGISTER_TABLES:
            for path, message in self._rows.differences(table, _told(checked, f"{table.name}.json") or ()):
                yield Damage("row", REGISTER, path, message, REBUILD)

    def _events(self, checked: CheckedObject, number: int) -> Iterator[Damage]:
        data = checked.text(EVENTS, number)
        for line in (data or b"").decode().splitlines():
            told = json.loads(line)
            known = one(self.database, "SELECT hash FROM event WHERE seq = ?", [told["seq"]])
            if known is None or known["hash"] != told["hash"]:
                message = f"Nhật ký khác với nhật ký đã nộp lần {number} từ việc số {told['seq']}"
                yield Damage("events", REGISTER, EVENTS, message, CALL_AUDITOR)
                return

    def _head(self, object_id: str, path: str, number: int, filing: Mapping[str, Any]) -> Iterator[Damage]:
        """Each filing carries the newest event before it; one that is gone from the table was cut off or changed."""
        head = filing["event_head"]
        self.heads.add(head)
        if head == events.GENESIS:
            return
        where, given = ("seq = ?", filing["event_seq"]) if "event_seq" in filing else ("hash = ?", head)
        known = one(self.database, f"SELECT hash FROM event WHERE {where}", [given])  # noqa: S608
        if known is None or known["hash"] != head:
            message = f"Nhật ký thiếu những việc có trước lần nộp {number}"
            yield Damage("events", object_id, path, message, CALL_AUDITOR)


def _told(checked: CheckedObject, path: str, number: int | None = None) -> Any:
    data = checked.text(path, number)
    try:
        return None if data is None else json.loads(data)
    except ValueError:
        return None


def _revisions(register: CheckedObject | None) -> Revisions:
    if register is None:
        return {}
    return revisions_of({table.name: _told(register, f"{table.name}.json") or () for table in REGISTER_TABLES})
