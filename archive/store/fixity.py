"""Checking the store: every byte and file of it, the database's rows against it, and the events against both.

Nothing is repaired here; each damage names the dossier and the file and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records import events
from archive.store.damage import CALL_AUDITOR, LOOK_AND_MOVE, Damage
from archive.store.errors import PathRefused
from archive.store.filing import recover
from archive.store.fixity_runs import FixityRun, begin_run, known_heads, oldest_first
from archive.store.layout import LETTERS, object_folder, root_file_holds, root_files
from archive.store.object_fixity import check_object, file_bytes
from archive.store.ocfl import Store
from archive.store.recorded import Recorded
from archive.store.register_object import REGISTER

__all__ = ["Damage", "Verified", "check_store", "verify"]

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Verified:
    """What a check found.

    Args:
        objects, checked: how many the store has, and how many of them this run looked at.
    """

    damages: tuple[Damage, ...]
    objects: int
    checked: int


def verify(office: Office, database: Database, *, actor: str = "cli", progress: Progress | None = None) -> list[Damage]:
    """Everything in the store that is not as it was filed; an empty list when all is well. See `check_store`."""
    return list(check_store(office, database, actor=actor, progress=progress).damages)


def check_store(
    office: Office,
    database: Database,
    *,
    actor: str = "cli",
    limit: int | None = None,
    minutes: float | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Checks the store, the objects looked at longest ago first, and keeps a record and an event of it.

    Checked are the root's own files, every object's declaration, inventories (old ones too), sidecars and contents,
    that no file is there which should not be, the rows behind the filed versions, and the events. Filing goes on
    meanwhile: what seems damaged is looked at again under the folder's lock, which the caller does not hold.

    Args:
        limit, minutes: how many objects, and how long; the next run goes on with the others. The root, the events
            and what is missing are checked in every run.
        progress: told a label, how many objects are done, and of how many.

    Raises:
        Busy: another process held the lock for too long.
    """
    store = Store(office.store_root)
    objects, _ = _objects(store)
    run = begin_run(database, actor, len(objects))
    try:
        damages = _check(
            office, database, run, limit, None if minutes is None else monotonic() + minutes * 60, progress
        )
    except BaseException:
        run.end("broken_off", run.damages)
        raise
    run.end("damaged" if damages else "sound", len(damages))
    return Verified(tuple(damages), run.objects, run.checked)


def _check(
    office: Office,
    database: Database,
    run: FixityRun,
    limit: int | None,
    deadline: float | None,
    progress: Progress | None,
) -> list[Damage]:
    store = Store(office.store_root)
    wanted = oldest_first(database, _objects(store)[0])[:limit]
    known = _recorded(store, database)
    found: list[Damage] = []
    for object_id in wanted:
        if deadline is not None and monotonic() > deadline:
            break
        damages = _check_object(store, known, object_id)
        if damages:
            # It may have been filed while it was looked at.
            with office.locked():
                recover(office, database)
                damages = _check_object(store, _recorded(store, database), object_id)
        found += damages
        run.damages = len(found)
        run.note(object_id, len(damages))
        if progress:
            progress("Kiểm tra kho", run.checked, len(wanted))
    around = [*_around(store, known, database)]
    if around:
        with office.locked():
            recover(office, database)
            around = [*_around(store, known, database)]
    found += around
    if run.checked == run.objects:
        found += known.invented_gaps()
    return found


def _recorded(store: Store, database: Database) -> Recorded:
    folder = store.folder(REGISTER)
    return Recorded(database, check_object(folder, REGISTER) if folder.exists() else None)


def _check_object(store: Store, known: Recorded, object_id: str) -> list[Damage]:
    checked = check_object(store.folder(object_id), object_id)
    try:
        return [*checked.damages, *known.against(checked)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        # Its files are as their digests say, but were not written by this program.
        message = f"Mô tả trong kho không đúng mẫu ({type(error).__name__}: {error})"
        return [*checked.damages, Damage("content", object_id, "", message)]


def _around(store: Store, known: Recorded, database: Database) -> Iterator[Damage]:
    """What is wrong outside the objects: the root, strays, lost objects, the chain of events."""
    objects, strays = _objects(store)
    yield from _root(store)
    yield from strays
    yield from known.missing(objects)
    yield from known_heads(database)
    for number in events.broken(database):
        yield Damage("events", "", f"việc số {number}", "Chuỗi nhật ký không khớp ở việc này", CALL_AUDITOR)


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
