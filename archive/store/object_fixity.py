"""Checking one object of the store: its declaration, its inventories, every content, and that nothing else is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.store.damage import LOOK_AND_MOVE, Damage
from archive.store.errors import StoreDamaged
from archive.store.inventory import INVENTORY, SIDECAR, Inventory, digest, parse, sidecar
from archive.store.layout import OBJECT_DECLARATION, OBJECT_DECLARATION_TEXT


@dataclass
class CheckedObject:
    """What the check of an object found.

    Args:
        folder: where it lies.
        inventory: None when it cannot be read.
        inventory_digests: SHA-512 of each version's inventory as it now lies there, by version number.
        sizes: bytes of each sound content, by its digest.
    """

    object_id: str
    folder: Path
    inventory: Inventory | None = None
    inventory_digests: dict[int, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    damages: list[Damage] = field(default_factory=list)

    def report(self, code: str, path: str, message: str, remedy: str | None = None) -> None:
        """Adds a damage of this object."""
        extra = {} if remedy is None else {"remedy": remedy}
        self.damages.append(Damage(code, self.object_id, path, message, **extra))

    def is_sound(self, path: str, number: int | None = None) -> bool:
        """Whether a path of a version (the newest without a number) has the content it was filed with."""
        version = self.inventory.version(number) if self.inventory else None
        return version is not None and version.state.get(path) in self.sizes

    def text(self, path: str, number: int | None = None) -> bytes | None:
        """The content at a path of a version; None when there is none or it is not what was filed."""
        version = self.inventory.version(number) if self.inventory else None
        if self.inventory is None or version is None or not self.is_sound(path, number):
            return None
        return file_bytes(self.folder / str(self.inventory.content_path(version.state[path])))


def check_object(folder: Path, object_id: str) -> CheckedObject:
    """Checks the object in `folder` against itself, byte by byte."""
    checked = CheckedObject(object_id, folder)
    declaration = file_bytes(folder / OBJECT_DECLARATION)
    if declaration != OBJECT_DECLARATION_TEXT:
        message = "Thiếu tệp khai báo" if declaration is None else "Tệp khai báo không còn như lúc nộp"
        checked.report("declaration", OBJECT_DECLARATION, message)
    inventory = checked.inventory = _inventory(folder, INVENTORY, checked)
    expected = {OBJECT_DECLARATION, INVENTORY, SIDECAR}
    if inventory is None:
        return checked
    if inventory.object_id != object_id:
        checked.report("inventory", INVENTORY, f"Tệp kê ghi mã hồ sơ khác: {inventory.object_id}")
    for number in range(1, inventory.head + 1):
        expected |= {f"v{number}/{INVENTORY}", f"v{number}/{SIDECAR}"}
        _check_version(folder, number, inventory, checked)
    _check_manifest(inventory, checked)
    _check_contents(folder, inventory, checked)
    for name in _names(folder):
        if name not in expected and name not in inventory.manifest:
            checked.report("extra", name, "Tệp hoặc thư mục lạ trong hồ sơ", LOOK_AND_MOVE)
    return checked


def file_bytes(path: Path) -> bytes | None:
    """The content of an ordinary file; None for one that is missing or cannot be read, and for a link or folder."""
    try:
        return None if path.is_symlink() else path.read_bytes()
    except OSError:
        return None


def _inventory(folder: Path, path: str, checked: CheckedObject) -> Inventory | None:
    data = file_bytes(folder / path)
    if data is None:
        checked.report("missing", path, "Tệp kê của hồ sơ bị thiếu hoặc không đọc được")
        return None
    beside = f"{path}.sha512"
    if file_bytes(folder / beside) != sidecar(data):
        checked.report("sidecar", beside, "Mã kiểm tra của tệp kê bị thiếu hoặc không khớp")
        if path == INVENTORY and _said_twice(folder):
            checked.report("inventory", path, "Tệp kê khác với mã kiểm tra của nó, mã này có ở hai nơi và giống nhau")
    try:
        return parse(data)
    except StoreDamaged:
        checked.report("inventory", path, "Không đọc được tệp kê của hồ sơ")
        return None


def _said_twice(folder: Path) -> bool:
    """Whether the newest version has the same sidecar as the object: then it is the inventory that changed."""
    versions = [one for one in folder.glob("v*") if one.name[1:].isdigit()]
    newest = max(versions, key=lambda one: int(one.name[1:]), default=None)
    said = file_bytes(folder / SIDECAR)
    return newest is not None and said is not None and said == file_bytes(newest / SIDECAR)


def _check_version(folder: Path, number: int, inventory: Inventory, checked: CheckedObject) -> None:
    path = f"v{number}/{INVENTORY}"
    older = _inventory(folder, path, checked)
    data = file_bytes(folder / path)
    if data is not None:
        checked.inventory_digests[number] = digest(data)
    if older is None:
        return
    brought = {name: value for name, value in inventory.manifest.items() if int(name[1:].split("/")[0]) <= number}
    if (older.object_id, older.versions, older.manifest) != (
        inventory.object_id,
        inventory.versions[:number],
        brought,
    ):
        checked.report("inventory", path, f"Tệp kê của lần nộp {number} không khớp tệp kê chung")
    elif number == inventory.head and data != file_bytes(folder / INVENTORY):
        checked.report("inventory", INVENTORY, "Tệp kê chung khác tệp kê của lần nộp mới nhất")


def _check_manifest(inventory: Inventory, checked: CheckedObject) -> None:
    used = {value for version in inventory.versions for value in version.state.values()}
    known = set(inventory.manifest.values())
    if used != known:
        checked.report("inventory", INVENTORY, "Tệp kê ghi nội dung không lần nộp nào có, hoặc thiếu nội dung đã nộp")


def _check_contents(folder: Path, inventory: Inventory, checked: CheckedObject) -> None:
    for path, wanted in sorted(inventory.manifest.items()):
        data = file_bytes(folder / path)
        if data is None:
            checked.report("missing", path, "Tệp đã nộp bị thiếu hoặc không đọc được")
        elif digest(data) != wanted:
            checked.report("content", path, "Nội dung không còn như lúc nộp")
        else:
            checked.sizes[wanted] = len(data)


def _names(folder: Path) -> Iterator[str]:
    """Every file, link and empty folder below `folder`."""
    for found in sorted(folder.rglob("*")):
        if found.is_symlink() or not found.is_dir() or not any(found.iterdir()):
            yield found.relative_to(folder).as_posix()
