"""Checking the store: every byte and file of it, the database's rows against it, and the events against both.

Nothing is repaired here; each damage names the dossier and the file and says what to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import rows
from archive.store.damage import CALL_AUDITOR, LOOK_AND_MOVE, REBUILD, Damage
from archive.store.errors import PathRefused, StoreDamaged
from archive.store.inventory import INVENTORY, Inventory
from archive.store.layout import LETTERS, object_folder, root_file_holds, root_files
from archive.store.object_fixity import CheckedObject, check_object, file_bytes
from archive.store.ocfl import Store
from archive.store.package import DOSSIER_JSON

__all__ = ["Damage", "verify"]


def verify(
    office: Office, database: Database, *, progress: Callable[[str, int, int], None] | None = None
) -> list[Damage]:
    """Everything in the store that is not as it was filed; an empty list when all is well.

    Checked are the root's own files, every object's declaration, inventories (old ones too), sidecars and contents,
    that no file is there which should not be, the filed rows, and the events. To be called after `recover`; while
    others may be filing, under `office.locked()`.

    Args:
        progress: told a label, how many objects are done, and of how many.
    """
    store = Store(office.store_root)
    found = list(_root(store))
    objects, strays = _objects(store)
    found += strays
    known = _Recorded(database)
    for number, object_id in enumerate(objects, start=1):
        checked = check_object(store.folder(object_id), object_id)
        found += checked.damages
        found += known.against(checked)
        found += _heads(store, checked, known.hashes)
        if progress:
            progress("Kiểm tra kho", number, len(objects))
    found += known.missing(objects)
    found += [
        Damage("events", "", f"việc số {number}", "Chuỗi nhật ký không khớp ở việc này", CALL_AUDITOR)
        for number in events.broken(database)
    ]
    return found


def _root(store: Store) -> Iterator[Damage]:
    if not store.root.is_dir() or not any(store.root.iterdir()):
        return  # a new office; dossiers that should be here are found missing by their rows
    for name in root_files():
        data = file_bytes(store.root / name)
        if data is None:
            yield Damage("root", "", name, "Thiếu tệp của kho")
        elif not root_file_holds(name, data):
            yield Damage("root", "", name, "Tệp của kho không còn như lúc lập kho")


def _objects(store: Store) -> tuple[list[str], list[Damage]]:
    """The ids of the objects in their right places, and whatever else lies between the root and them."""
    objects, strays = [], []
    own = {store.root / name for name in root_files()}
    own |= {folder for path in own for folder in path.parents}
    for entry in sorted(store.root.iterdir()) if store.root.is_dir() else []:
        if entry in own:
            below = [path for path in sorted(entry.rglob("*")) if path not in own] if entry.is_dir() else []
            strays += [_stray(store, path) for path in below]
        elif len(entry.name) != LETTERS or entry.is_symlink() or not entry.is_dir() or not any(entry.iterdir()):
            strays.append(_stray(store, entry))
        else:
            for folder in sorted(entry.iterdir()):
                if _is_home(folder):
                    objects.append(folder.name)
                else:
                    strays.append(_stray(store, folder))
    return objects, strays


def _is_home(folder: Path) -> bool:
    try:
        wanted = object_folder(folder.name)
    except PathRefused:
        return False
    return f"{folder.parent.name}/{folder.name}" == wanted and folder.is_dir() and not folder.is_symlink()


def _stray(store: Store, path: Path) -> Damage:
    name = path.relative_to(store.root).as_posix()
    return Damage("extra", "", name, "Tệp hoặc thư mục lạ trong kho", LOOK_AND_MOVE)


def _heads(store: Store, checked: CheckedObject, hashes: set[str]) -> Iterator[Damage]:
    """Each filing carries the newest event of its day; one that is gone from the table was cut off."""
    for number, version in enumerate(checked.inventory.versions if checked.inventory else (), start=1):
        if DOSSIER_JSON not in version.state:
            continue
        try:
            told = json.loads(store.read(checked.object_id, DOSSIER_JSON, number))
            head = told["filing"]["event_head"]
        except StoreDamaged:
            continue  # told already
        except (ValueError, KeyError, TypeError):
            yield Damage("content", checked.object_id, DOSSIER_JSON, f"Không đọc được mô tả của lần nộp {number}")
            continue
        if head not in hashes:
            message = f"Nhật ký thiếu những việc có trước lần nộp {number}"
            yield Damage("events", checked.object_id, DOSSIER_JSON, message, CALL_AUDITOR)


class _Recorded:
    """What the database says is in the store."""

    def __init__(self, database: Database) -> None:
        self.versions = {
            row["id"]: row["version"] for row in rows(database, "SELECT id, version FROM dossier WHERE version > 0")
        }
        self.files: dict[tuple[str, int], dict[str, Mapping[str, Any]]] = {}
        for row in rows(database, "SELECT dossier_id, version, path, digest, size FROM dossier_file"):
            self.files.setdefault((row["dossier_id"], row["version"]), {})[row["path"]] = row
        self.filings = {
            (row["object"], row["version"]): row["inventory_digest"]
            for row in rows(database, "SELECT object, version, inventory_digest FROM filing WHERE state = 'committed'")
        }
        self.hashes = {events.GENESIS, *(row["hash"] for row in rows(database, "SELECT hash FROM event"))}
        self.told = {
            (row["object"], row["note"].partition(" ")[0])
            for row in rows(database, "SELECT object, note FROM event WHERE action = 'dossier.filed'")
        }

    def against(self, checked: CheckedObject) -> Iterator[Damage]:
        """What the rows say otherwise than the object."""
        object_id, inventory = checked.object_id, checked.inventory
        if object_id not in self.versions and (object_id, 1) not in self.filings:
            yield Damage("row", object_id, "", "Có trong kho nhưng không có trong cơ sở dữ liệu", REBUILD)
            return
        if inventory is None:
            return
        for number, found in checked.inventory_digests.items():
            if self.filings.get((object_id, number)) != found:
                message = f"Tệp kê của lần nộp {number} khác tệp kê mà cơ sở dữ liệu ghi lúc nộp"
                yield Damage("inventory", object_id, f"v{number}/{INVENTORY}", message)
        if object_id in self.versions:
            yield from self._dossier(checked, inventory)

    def _dossier(self, checked: CheckedObject, inventory: Inventory) -> Iterator[Damage]:
        object_id = checked.object_id
        if inventory.head != self.versions[object_id]:
            message = f"Cơ sở dữ liệu ghi {self.versions[object_id]} lần nộp, trong kho có {inventory.head}"
            yield Damage("row", object_id, "", message, REBUILD)
        for number, version in enumerate(inventory.versions, start=1):
            if (object_id, f"version={number}") not in self.told:
                yield Damage("events", object_id, "", f"Nhật ký không có việc nộp lần {number}", CALL_AUDITOR)
            listed = self.files.get((object_id, number), {})
            same = listed.keys() == version.state.keys() and all(
                row["digest"] == version.state[path] and row["size"] == checked.sizes.get(row["digest"], row["size"])
                for path, row in listed.items()
            )
            if not same:
                message = f"Danh mục tệp của lần nộp {number} trong cơ sở dữ liệu khác trong kho"
                yield Damage("row", object_id, "", message, REBUILD)

    def missing(self, objects: list[str]) -> Iterator[Damage]:
        """Objects and versions that only the database knows."""
        wanted = {*self.versions, *(object_id for object_id, _ in self.filings)}
        for object_id in sorted(wanted.difference(objects)):
            yield Damage("missing", object_id, "", "Có trong cơ sở dữ liệu nhưng mất khỏi kho")
