"""Restoring a copy: every byte is compared with its digest before the folder becomes the data folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.backup.copies import BackupUnusable, Copy, Place
from archive.errors import FolderUnusable
from archive.office.folder import Office, make_office
from archive.records import events
from archive.records.database import writing
from archive.store.damage import Damage
from archive.store.disk import remove, sync, write_file
from archive.store.filing import recover
from archive.store.fixity import verify
from generator.errors import reason

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Restored:
    """A copy brought back: its name, how many files it has, and what the check of it found damaged."""

    name: str
    files: int
    damages: Sequence[Damage]


def restore(
    folder: Path, root: Path, *, actor: str, name: str | None = None, progress: Progress | None = None
) -> Restored:
    """Brings a copy back as the data folder `root`, which must not exist yet, and checks all of it.

    Args:
        folder: the backup place.
        name: which copy; the newest when not given.

    Raises:
        BackupUnusable: there is no whole copy, or a file of it is gone or damaged. `root` is not made then.
        FolderUnusable: `root` is not empty, or cannot be written.
    """
    place = Place(folder)
    copy = _chosen(place, name)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise FolderUnusable(f"Thư mục {root} đã có dữ liệu. Xin khôi phục vào một thư mục mới, rồi đổi tên sau.")
    half = root.with_name(f"{root.name}.dang-khoi-phuc")
    try:
        remove(half)
        _write(place, copy, half, progress)
        if root.exists():
            root.rmdir()
        half.rename(root)
    except OSError as error:
        raise FolderUnusable(f"Không khôi phục được vào {root}: {reason(error)}.") from error
    finally:
        remove(half)
    damages = _checked(make_office(root), copy, actor)
    return Restored(copy.name, len(copy.files), damages)


def check(folder: Path, *, actor: str, name: str | None = None, progress: Progress | None = None) -> Restored:
    """Restores a copy into a temporary folder, checks every byte of it, and throws it away.

    Raises:
        BackupUnusable: as `restore`.
        FolderUnusable: there is no room for it.
    """
    with tempfile.TemporaryDirectory(prefix="hoso-restore-") as temporary:
        return restore(folder, Path(temporary) / "hoso-data", actor=actor, name=name, progress=progress)


def _chosen(place: Place, name: str | None) -> Copy:
    names = place.names()
    if not names:
        raise BackupUnusable(f"Trong {place.root} không có bản sao lưu nào trọn vẹn.")
    if name is not None and name not in names:
        raise BackupUnusable(f"Không có bản sao lưu {name}. Các bản đang có: {', '.join(names)}.")
    return place.read_copy(name or names[-1])


def _write(place: Place, copy: Copy, half: Path, progress: Progress | None) -> None:
    half.mkdir(parents=True)
    for number, (path, kept) in enumerate(copy.files.items(), start=1):
        target = (half / path).resolve()
        if half.resolve() not in target.parents:
            raise BackupUnusable(f"Danh mục của bản sao lưu {copy.name} ghi một đường dẫn ra ngoài: {path}.")
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, place.content(kept, path))
        if progress:
            progress("Khôi phục", number, len(copy.files))
    sync(half)


def _checked(office: Office, copy: Copy, actor: str) -> list[Damage]:
    database = office.connect()
    try:
        with office.locked():
            recover(office, database)
        damages = verify(office, database, actor=actor)
        with writing(database):
            events.append(
                database, actor=actor, action="backup.restored", subject=copy.name, note=f"{len(damages)} damages"
            )
        return damages
    finally:
        database.close()
