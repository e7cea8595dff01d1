"""The storage root: objects with versions, each version written aside, synced, then put in place by renames.

A version comes into being in three steps, each of which can be interrupted: `write` puts its files into the workspace
beside the store, `sync` waits for the disk, `install` renames. A new object appears by one rename. A new version of an
object takes three (its folder, the inventory, the sidecar); an interrupted one is finished by `roll_forward` or undone
by `withdraw`. Who may install is decided outside: see `archive.store.filing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import NotFound
from archive.store import disk
from archive.store.errors import StoreDamaged
from archive.store.inventory import INVENTORY, SIDECAR, Inventory, User, Version, digest, next_version, parse, sidecar
from archive.store.layout import (
    LETTERS,
    OBJECT_DECLARATION,
    OBJECT_DECLARATION_TEXT,
    ROOT_DECLARATION,
    object_folder,
    root_files,
)


def no_checkpoint(_: str) -> None:
    """The checkpoint of everyday work: nothing stops between two steps."""


@dataclass(frozen=True)
class PreparedVersion:
    """A version worked out in full, not yet in its place."""

    object_id: str
    number: int
    inventory: Inventory
    inventory_bytes: bytes
    inventory_digest: str
    content: Mapping[str, bytes]


class Store:
    """An OCFL 1.1 storage root at `root`, with its workspace in the folder `workspace` beside it, on the same disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workspace = root.parent / "workspace"

    def ensure(self) -> None:
        """Makes the store where there is none. Files missing from an existing one are left for `verify` to tell of."""
        self.workspace.mkdir(parents=True, exist_ok=True)
        self.root.mkdir(parents=True, exist_ok=True)
        if (self.root / ROOT_DECLARATION).exists() or next(self.objects(), None) is not None:
            return
        for name, data in root_files().items():
            disk.remove(self.root / name)
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            disk.write_file(self.root / name, data)
        disk.sync(self.root)

    # Reading

    def folder(self, object_id: str) -> Path:
        """The folder of an object, whether or not it exists."""
        return self.root / object_folder(object_id)

    def objects(self) -> Iterator[str]:
        """The ids of all objects, in the order of their folders."""
        for group in sorted(self.root.glob("?" * LETTERS)):
            yield from sorted(path.name for path in group.iterdir() if path.is_dir())

    def inventory(self, object_id: str) -> Inventory | None:
        """The inventory of an object, or None when there is no such object.

        Raises:
            StoreDamaged: it cannot be read.
        """
        try:
            return parse((self.folder(object_id) / INVENTORY).read_bytes())
        except FileNotFoundError:
            if self.folder(object_id).exists():
                raise StoreDamaged(f"Hồ sơ {object_id} trong kho không có tệp {INVENTORY}.") from None
            return None

    def versions(self, object_id: str) -> tuple[Version, ...]:
        """The versions of an object, oldest first; none when there is no such object."""
        inventory = self.inventory(object_id)
        return inventory.versions if inventory else ()

    def state(self, object_id: str, version: int | None = None) -> dict[str, str]:
        """The paths of a version (the newest without a number), each with the SHA-512 of its content.

        Raises:
            NotFound: no such object or version.
        """
        return dict(self._version(object_id, version)[1].state)

    def read(self, object_id: str, path: str, version: int | None = None) -> bytes:
        """The content at a path of a version (the newest without a number), checked against its digest.

        Raises:
            NotFound: no such object, version or path.
            StoreDamaged: the content is missing or is not what was filed.
        """
        inventory, wanted = self._version(object_id, version)
        if path not in wanted.state:
            raise NotFound(f"Hồ sơ {object_id} không có tệp “{path}”.")
        content = inventory.content_path(wanted.state[path])
        try:
            data = (self.folder(object_id) / str(content)).read_bytes()
        except FileNotFoundError as error:
            raise StoreDamaged(f"Tệp “{path}” của hồ sơ {object_id} đã mất khỏi kho.") from error
        if digest(data) != wanted.state[path]:
            raise StoreDamaged(f"Tệp “{path}” của hồ sơ {object_id} không còn như lúc nộp.")
        return data

    def _version(self, object_id: str, number: int | None) -> tuple[Inventory, Version]:
        inventory = self.inventory(object_id)
        version = inventory.version(number) if inventory else None
        if inventory is None or version is None:
            raise NotFound(f"Trong kho không có hồ sơ {object_id}{f' lần nộp {number}' if number else ''}.")
        return inventory, version

    # Writing

    def plan(
        self, object_id: str, files: Mapping[str, bytes], *, message: str, user: User, created: str
    ) -> PreparedVersion:
        """Works out an object's next version, in memory only: path → content in, everything to be written out.

        Raises:
            PathRefused: the id or a path is not plain ASCII.
            StoreDamaged: the object's inventory cannot be read.
        """
        previous = self.inventory(object_id)
        inventory, content = next_version(object_id, previous, files, message=message, user=user, created=created)
        data = inventory.as_bytes()
        return PreparedVersion(object_id, inventory.head, inventory, data, digest(data), content)

    def write(self, planned: PreparedVersion) -> None:
        """Writes a planned version into the workspace; `sync` must follow before `install`.

        Raises:
            OSError: the disk is full or failing.
        """
        work = self._work(planned.object_id, planned.number)
        home = f"v{planned.number}"
        (work / home).mkdir(parents=True)
        beside = sidecar(planned.inventory_bytes)
        for place in (work, work / home):
            disk.write_file(place / INVENTORY, planned.inventory_bytes)
            disk.write_file(place / SIDECAR, beside)
        if planned.number == 1:
            disk.write_file(work / OBJECT_DECLARATION, OBJECT_DECLARATION_TEXT)
        made: set[str] = set()
        for path, data in planned.content.items():
            folder, _, _ = path.rpartition("/")
            if folder not in made:
                (work / folder).mkdir(parents=True, exist_ok=True)
                made.add(folder)
            disk.write_file(f"{work}/{path}", data)

    def sync(self) -> None:
        """Waits until everything written and renamed so far is on the disk for good."""
        disk.sync(self.workspace)

    def prepare(
        self, object_id: str, files: Mapping[str, bytes], *, message: str, user: User, created: str
    ) -> PreparedVersion:
        """`plan`, `write` and `sync` of one version."""
        planned = self.plan(object_id, files, message=message, user=user, created=created)
        self.write(planned)
        self.sync()
        return planned

    def install(self, prepared: PreparedVersion, checkpoint: Callable[[str], None] = no_checkpoint) -> None:
        """Puts a written and synced version into its place; a `sync` makes the renames last."""
        self._place(prepared.object_id, prepared.number, _pieces(prepared.number), checkpoint)

    def discard(self, prepared: PreparedVersion) -> None:
        """Removes a version from the workspace."""
        disk.remove(self._work(prepared.object_id, prepared.number))

    def _work(self, object_id: str, number: int) -> Path:
        return self.workspace / f"{object_id}.v{number}"

    def _place(
        self, object_id: str, number: int, pieces: Iterable[str], checkpoint: Callable[[str], None] = no_checkpoint
    ) -> None:
        work, target = self._work(object_id, number), self.folder(object_id)
        if number == 1:
            target.parent.mkdir(exist_ok=True)
            checkpoint("folder made")
            work.rename(target)
            return
        for name in pieces:
            (work / name).rename(target / name)
            checkpoint("piece renamed")
        work.rmdir()

    # After an interruption

    def roll_forward(self, object_id: str, number: int, inventory_digest: str) -> bool:
        """Finishes an interrupted version if all of it reached the disk; says whether it now stands in its place.

        Args:
            inventory_digest: SHA-512 of the version's inventory, from the record written before its first file.
        """
        work, target = self._work(object_id, number), self.folder(object_id)
        home = next((base / f"v{number}" for base in (work, target) if (base / f"v{number}").is_dir()), None)
        if home is None or not _version_is_whole(home, number, inventory_digest):
            return False
        wanted = {INVENTORY: (home / INVENTORY).read_bytes(), SIDECAR: (home / SIDECAR).read_bytes()}
        if number == 1:
            wanted[OBJECT_DECLARATION] = OBJECT_DECLARATION_TEXT
        for name, data in wanted.items():
            if data not in (_bytes_or_none(work / name), _bytes_or_none(target / name)):
                return False
        if work.exists():
            self._place(object_id, number, [name for name in _pieces(number) if (work / name).exists()])
        return True

    def withdraw(self, object_id: str, number: int) -> None:
        """Undoes an interrupted version that is not whole, wherever its pieces are. Never call it for a filed one."""
        disk.remove(self._work(object_id, number))
        target = self.folder(object_id)
        if number == 1:
            disk.remove(target)
            disk.prune(target.parent, self.root)
        elif (target / f"v{number}").exists():
            before = target / f"v{number - 1}"
            for name in (INVENTORY, SIDECAR):
                copy = self.workspace / f"{object_id}.{name}"
                disk.remove(copy)
                disk.write_file(copy, (before / name).read_bytes())
                self.sync()
                copy.rename(target / name)
            disk.remove(target / f"v{number}")

    def leftovers(self) -> list[Path]:
        """What lies in the workspace: nothing, unless a filing is under way or was interrupted."""
        return sorted(self.workspace.iterdir()) if self.workspace.is_dir() else []


def _pieces(number: int) -> tuple[str, ...]:
    """What is renamed for a version after the first, in the order in which a stop does least: the inventory last."""
    return (f"v{number}", INVENTORY, SIDECAR)


def _bytes_or_none(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _version_is_whole(home: Path, number: int, inventory_digest: str) -> bool:
    """Whether a version's folder holds its inventory, as recorded, and every content that the inventory gives it."""
    data = _bytes_or_none(home / INVENTORY)
    if data is None or digest(data) != inventory_digest or _bytes_or_none(home / SIDECAR) != sidecar(data):
        return False
    for path, wanted in parse(data).content_of(number).items():
        content = _bytes_or_none(home.parent / path)
        if content is None or digest(content) != wanted:
            return False
    return True
