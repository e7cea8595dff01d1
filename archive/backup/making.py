"""Making a copy of the data folder while people work: what is new is read, what was copied before is only named."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from archive.backup.copies import README, BackupUnusable, Copy, Kept, Place
from archive.office.folder import Office
from archive.records import events
from archive.records.database import writing
from archive.store.disk import remove, sync
from generator.errors import reason

Progress = Callable[[str, int, int], None]
# Seconds a backup waits for someone who is filing a whole campaign.
_PATIENCE = 300
_DATABASE, _SETTINGS = "hoso.db", "hoso.toml"


@dataclass(frozen=True)
class BackupReport:
    """What a backup did: the name of the copy, how many files it has and how many had to be read."""

    name: str
    files: int
    read: int
    size: int


@dataclass(frozen=True)
class _Found:
    """A file as it stands on the disk: the mark tells whether it may have changed since it was last read."""

    path: str
    mark: str


def backup(
    office: Office, database: Database, folder: Path, *, actor: str, progress: Progress | None = None
) -> BackupReport:
    """Copies the database and the store to a backup place; the second copy reads only what is new.

    The lock on the data folder is held while the database is copied and the store is listed with the few files of it
    that ever change, so both are of one moment; the rest never changes and is read after.

    Raises:
        BackupUnusable: the place cannot be written, or lies within the data folder.
        Busy: someone else is filing.
    """
    if office.root.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise BackupUnusable("Nơi sao lưu không được nằm trong thư mục dữ liệu; xin chọn ổ đĩa hoặc thư mục khác.")
    try:
        report = _copy(office, database, Place(folder), progress)
    except OSError as error:
        raise BackupUnusable(
            f"Không sao lưu được vào {folder}: {reason(error)}. Bản sao lưu đang làm dở không được tính; "
            "xin kiểm tra ổ đĩa rồi chạy lại."
        ) from error
    with writing(database):
        events.append(database, actor=actor, action="backup.made", subject=report.name, note=f"{report.files} files")
    return report


def _copy(office: Office, database: Database, place: Place, progress: Progress | None) -> BackupReport:
    place.root.mkdir(parents=True, exist_ok=True)
    if not (place.root / "README.txt").exists():
        (place.root / "README.txt").write_text(README, encoding="ascii")
    for half in (*place.root.glob("half-*"), *place.pool.glob("*/*.part")):
        remove(half)
    before = _seen(place)
    kept: dict[str, Kept] = {}
    seen: dict[str, tuple[str, Kept]] = {}
    read = 0
    with office.locked(_PATIENCE):
        name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        head = events.head(database)
        kept[_DATABASE] = _database(place, database)
        found = sorted(_files(office), key=lambda one: one.path)
        changing = [one for one in found if not _lasting(one.path)]
        for one in changing:
            kept[one.path] = place.take((office.root / one.path).read_bytes())
    lasting = [one for one in found if _lasting(one.path)]
    for number, one in enumerate(lasting, start=1):
        known = before.get(one.path)
        if known and known[0] == one.mark and place.file_of(known[1].digest).exists():
            kept[one.path] = known[1]
        else:
            kept[one.path] = place.take((office.root / one.path).read_bytes())
            read += 1
        seen[one.path] = (one.mark, kept[one.path])
        if progress:
            progress("Sao lưu", number, len(lasting))
    sync(place.root)
    place.write_copy(Copy(name, version("hoso"), head, kept))
    _remember(place, seen)
    sync(place.root)
    return BackupReport(name, len(kept), read + len(changing) + 1, sum(one.size for one in kept.values()))


def _database(place: Place, database: Database) -> Kept:
    with tempfile.TemporaryDirectory(dir=place.root, prefix="half-") as half:
        copy = Path(half) / _DATABASE
        database.conn.execute("VACUUM INTO ?", [str(copy)])
        return place.take(copy.read_bytes())


def _files(office: Office) -> Iterator[_Found]:
    yield _found(office.root, office.root / _SETTINGS)
    for part in (office.store_root, office.templates_root):
        for folder, _, names in os.walk(part):
            for name in names:
                yield _found(office.root, Path(folder) / name)


def _found(root: Path, file: Path) -> _Found:
    state = file.stat()
    return _Found(file.relative_to(root).as_posix(), f"{state.st_size}:{state.st_mtime_ns}:{state.st_ino}")


def _lasting(path: str) -> bool:
    """Whether a file never changes once it is there: what lies in a version folder of an object."""
    parts = path.split("/")
    return parts[0] == "store" and any(part[:1] == "v" and part[1:].isdigit() for part in parts[1:-1])


def _seen(place: Place) -> dict[str, tuple[str, Kept]]:
    """What was read last time. It only saves reading: without it, or damaged, everything is read again."""
    try:
        said = json.loads((place.root / "seen.json").read_bytes())
        return {path: (mark, Kept(digest, size)) for path, (mark, digest, size) in said.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(place: Place, seen: dict[str, tuple[str, Kept]]) -> None:
    half = place.root / "seen.json.part"
    half.write_text(json.dumps({path: (mark, one.digest, one.size) for path, (mark, one) in seen.items()}))
    half.replace(place.root / "seen.json")
