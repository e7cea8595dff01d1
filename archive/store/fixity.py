"""Checking the store: every byte and file of it, and the database's rows against it.

Nothing is repaired here; each damage names the dossier and the file and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.records.database import rows
from archive.store.errors import StoreDamaged
from archive.store.inventory import INVENTORY, SIDECAR, Inventory, digest, parse, sidecar
from archive.store.layout import OBJECT_DECLARATION, OBJECT_DECLARATION_TEXT, object_folder, root_files
from archive.store.ocfl import Store

_RESTORE = "Xin khôi phục từ bản sao lưu"


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was filed.

    Args:
        code: `content`, `missing`, `extra`, `inventory`, `sidecar`, `declaration`, `root`, `row`, `events`.
        dossier: its id; empty for the store's own files.
        path: the file, from the object's folder or the store's root.
        message, remedy: Vietnamese, without the closing stop.
    """

    code: str
    dossier: str
    path: str
    message: str
    remedy: str = _RESTORE

    def __str__(self) -> str:
        where = " ".join(part for part in (f"hồ sơ {self.dossier}" if self.dossier else "", self.path) if part)
        return f"{where[:1].upper()}{where[1:]}: {self.message}. {self.remedy}."

    def as_dict(self) -> dict[str, Any]:
        """The damage as JSON carries it, with its sentence under `text`."""
        return {**asdict(self), "text": str(self)}


def verify(
    office: Office, database: Database, *, progress: Callable[[str, int, int], None] | None = None
) -> list[Damage]:
    """Everything in the store that is not as it was filed; an empty list when all is well.

    Checked are the root's own files, every object's declaration, inventories (old ones too), sidecars and contents,
    that no file is there which should not be, the filed rows, and the event chain.
    """
    store = Store(office.store_root)
    found = list(_root(store))
    objects = list(store.objects()) if store.root.is_dir() else []
    for number, object_id in enumerate(objects, start=1):
        found += _object(store, object_id)
        if progress:
            progress("Kiểm tra kho", number, len(objects))
    found += _strangers(store, objects)
    found += _rows(store, database, set(objects))
    found += [
        Damage("events", "", f"việc số {number}", "Chuỗi nhật ký không khớp ở việc này")
        for number in events.broken(database)
    ]
    return found


def _root(store: Store) -> Iterator[Damage]:
    if not store.root.is_dir() or not any(store.root.iterdir()):
        return
    for name, wanted in root_files().items():
        path = store.root / name
        if not path.is_file():
            yield Damage("root", "", name, "Thiếu tệp của kho")
        elif path.read_bytes() != wanted:
            yield Damage("root", "", name, "Tệp của kho không còn như lúc lập kho")


def _strangers(store: Store, objects: list[str]) -> Iterator[Damage]:
    if not store.root.is_dir():
        return
    known = {store.root / name for name in root_files()}
    folders = {store.root / object_folder(object_id) for object_id in objects}
    for path in sorted(store.root.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            empty = not any(path.iterdir())
            if empty and not any(path == folder or folder in path.parents for folder in folders):
                yield Damage("extra", "", _relative(path, store.root), "Thư mục lạ, rỗng, trong kho", "Xin xem rồi xóa")
        elif path not in known and not any(folder in path.parents for folder in folders):
            yield Damage(
                "extra", "", _relative(path, store.root), "Tệp lạ trong kho", "Xin xem rồi chuyển ra ngoài kho"
            )


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _object(store: Store, object_id: str) -> Iterator[Damage]:
    folder = store.folder(object_id)
    inventory, damages = _inventory(folder, object_id, INVENTORY)
    yield from damages
    declaration = folder / OBJECT_DECLARATION
    if not declaration.is_file() or declaration.read_bytes() != OBJECT_DECLARATION_TEXT:
        yield Damage("declaration", object_id, OBJECT_DECLARATION, "Thiếu hoặc sai tệp khai báo của hồ sơ")
    if inventory is None:
        return
    if inventory.object_id != object_id:
        yield Damage("inventory", object_id, INVENTORY, f"Tệp kê ghi mã hồ sơ khác: {inventory.object_id}")
    expected = {OBJECT_DECLARATION, INVENTORY, SIDECAR}
    for number in range(1, inventory.head + 1):
        home = f"v{number}"
        expected |= {f"{home}/{INVENTORY}", f"{home}/{SIDECAR}"}
        older, damages = _inventory(folder, object_id, f"{home}/{INVENTORY}")
        yield from damages
        if older and older.versions != inventory.versions[:number]:
            yield Damage("inventory", object_id, f"{home}/{INVENTORY}", "Tệp kê cũ không khớp tệp kê hiện nay")
    head = f"v{inventory.head}/{INVENTORY}"
    if _bytes(folder / head) != _bytes(folder / INVENTORY):
        yield Damage("inventory", object_id, head, "Tệp kê của phiên bản mới nhất khác tệp kê chung")
    yield from _contents(folder, object_id, inventory, expected)


def _inventory(folder: Path, object_id: str, path: str) -> tuple[Inventory | None, list[Damage]]:
    data = _bytes(folder / path)
    if data is None:
        return None, [Damage("missing", object_id, path, "Thiếu tệp kê của hồ sơ")]
    damages = []
    beside = (folder / path).with_name(SIDECAR)
    if _bytes(beside) != sidecar(data):
        damages.append(Damage("sidecar", object_id, _relative(beside, folder), "Mã kiểm tra của tệp kê không khớp"))
    try:
        return parse(data), damages
    except StoreDamaged:
        return None, [*damages, Damage("inventory", object_id, path, "Không đọc được tệp kê của hồ sơ")]


def _contents(folder: Path, object_id: str, inventory: Inventory, expected: set[str]) -> Iterator[Damage]:
    for path, wanted in sorted(inventory.manifest.items()):
        data = _bytes(folder / path)
        if data is None:
            yield Damage("missing", object_id, path, "Thiếu tệp")
        elif digest(data) != wanted:
            yield Damage("content", object_id, path, "Nội dung không còn như lúc nộp")
    for found in sorted(folder.rglob("*")):
        name = _relative(found, folder)
        if found.is_dir() and not found.is_symlink():
            if not any(found.iterdir()):
                yield Damage("extra", object_id, name, "Thư mục rỗng lạ trong hồ sơ", "Xin xem rồi xóa")
        elif name not in inventory.manifest and name not in expected:
            yield Damage("extra", object_id, name, "Tệp lạ trong hồ sơ", "Xin xem rồi chuyển ra ngoài kho")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _rows(store: Store, database: Database, objects: set[str]) -> Iterator[Damage]:
    versions = {
        row["id"]: row["version"] for row in rows(database, "SELECT id, version FROM dossier WHERE version > 0")
    }
    for object_id in sorted(objects - set(versions)):
        yield Damage("row", object_id, "", "Có trong kho nhưng không có trong cơ sở dữ liệu", "Xin lập lại từ kho")
    recorded: dict[tuple[str, int], dict[str, str]] = {}
    for row in rows(database, "SELECT dossier_id, version, path, digest FROM dossier_file"):
        recorded.setdefault((row["dossier_id"], row["version"]), {})[row["path"]] = row["digest"]
    for object_id, version in sorted(versions.items()):
        if object_id not in objects:
            yield Damage("missing", object_id, "", "Có trong cơ sở dữ liệu nhưng mất khỏi kho")
            continue
        inventory, _ = _inventory(store.folder(object_id), object_id, INVENTORY)
        if inventory is None:
            continue
        if inventory.head != version:
            message = f"Cơ sở dữ liệu ghi phiên bản {version}, trong kho là {inventory.head}"
            yield Damage("row", object_id, "", message, "Xin lập lại từ kho")
        for number, kept in enumerate(inventory.versions, start=1):
            if dict(kept.state) != recorded.get((object_id, number), {}):
                message = f"Danh mục tệp của phiên bản {number} trong cơ sở dữ liệu khác trong kho"
                yield Damage("row", object_id, "", message, "Xin lập lại từ kho")
