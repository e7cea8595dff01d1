"""Rebuilding: the database's records made anew from the store, in place or as a new file, and the trial of it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from archive.errors import FolderUnusable
from archive.office.folder import Office
from archive.records.database import now, one, open_database
from archive.store import disk
from archive.store.damage import Damage
from archive.store.errors import StoreFull
from archive.store.filing import recover
from archive.store.inventory import INVENTORY, digest
from archive.store.ocfl import Store
from archive.store.rebuild.comparing import differences
from archive.store.rebuild.reading import StoreReader
from archive.store.rebuild.refill import Refill


@dataclass(frozen=True)
class RebuildReport:
    """What a rebuilding did.

    Args:
        dossiers, versions: how many were read from the store.
        kept: where the database as it was before lies, if there was one.
        anew: there was no readable database; what is not filed must come from a backup.
        damages: what of the store could not be read and was left out.
    """

    dossiers: int
    versions: int
    kept: Path | None
    anew: bool
    damages: tuple[Damage, ...]


def rebuild(office: Office, *, actor: str) -> RebuildReport:
    """Makes all records anew from the store; what is not filed stays as it is, where there is a readable database.

    The database as it was is kept beside the new one. Stopped at any moment it leaves the old records or the new ones,
    never a part. The index is not made here: every dossier stands in its outbox afterwards.

    Args:
        office: need not have a database; open it with `office_without_database`.
        actor: account id, or `cli`.

    Raises:
        Busy: another process is at work on the data folder.
        StoreFull: the disk is full or failing; nothing was changed.
    """
    with office.locked():
        try:
            if _readable(office.database_path):
                return _in_place(office, actor)
            return _anew(office, actor)
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreFull from error


def try_rebuild(office: Office, database: Database) -> list[Damage]:
    """Makes the records anew in a place of its own and tells what is otherwise than in the database; changes nothing.

    Raises:
        StoreFull: there is no room for the trial.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="hoso-rebuild-") as folder:
            reader = StoreReader(Store(office.store_root))
            made = open_database(Path(folder) / "hoso.db")
            with closing(made.conn):
                Refill(made, reader).run("cli")
                return [*reader.damages, *differences(made, database)]
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreFull from error


def _in_place(office: Office, actor: str) -> RebuildReport:
    database = office.connect()
    with closing(database.conn):
        recover(office, database)
        kept = _free_name(office.root, "hoso-truoc-khi-lap-lai", ".db")
        database.conn.execute("VACUUM INTO ?", [str(kept)])
        reader = StoreReader(Store(office.store_root))
        refill = Refill(database, reader)
        refill.run(actor)
    return _report(refill, kept, anew=False)


def _anew(office: Office, actor: str) -> RebuildReport:
    store = Store(office.store_root)
    store.ensure()
    _settle_without_rows(store)
    kept = None
    if office.database_path.exists():
        kept = _free_name(office.root, "hoso-khong-doc-duoc", ".db")
        os.link(office.database_path, kept)
    made = store.workspace / "hoso.db"
    for part in _parts(made):
        disk.remove(part)
    database = open_database(made)
    with closing(database.conn):
        refill = Refill(database, StoreReader(store))
        refill.run(actor)
        database.conn.execute("PRAGMA journal_mode = DELETE")
    # A log of the unreadable database must not be taken for one of the new.
    for part in _parts(office.database_path)[1:]:
        disk.remove(part)
    disk.sync(store.workspace)
    made.replace(office.database_path)
    disk.sync(office.root)
    return _report(refill, kept, anew=True)


def _report(refill: Refill, kept: Path | None, *, anew: bool) -> RebuildReport:
    reader = refill.reader
    return RebuildReport(len(refill.dossiers), len(reader.versions), kept, anew, tuple(reader.damages))


def _readable(path: Path) -> bool:
    if not path.is_file() or not path.stat().st_size:
        return False
    try:
        database = open_database(path)
        with closing(database.conn):
            checked = one(database, "PRAGMA quick_check(1)")
            return checked is not None and "ok" in checked.values()
    except (sqlite3.DatabaseError, OSError) as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise FolderUnusable(
                "Cơ sở dữ liệu đang được dùng. Xin tắt máy chủ và các lệnh khác rồi chạy lại."
            ) from error
        return False


def _settle_without_rows(store: Store) -> None:
    """Finishes or takes back interrupted filings by what lies in the store, where no row tells of them."""
    for object_id in list(store.objects()):
        folder = store.folder(object_id)
        numbers = sorted(int(path.name[1:]) for path in folder.glob("v[1-9]*") if path.name[1:].isdigit())
        head = numbers[-1] if numbers else 0
        with suppress(FileNotFoundError):
            newest = (folder / f"v{head}" / INVENTORY).read_bytes()
            unfinished = head > 1 and (folder / INVENTORY).read_bytes() != newest
            if unfinished and not store.roll_forward(object_id, head, digest(newest)):
                store.withdraw(object_id, head)
    for path in store.leftovers():
        disk.remove(path)
    store.sync()


def _parts(path: Path) -> list[Path]:
    return [path, *(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm", "-journal"))]


def _free_name(folder: Path, start: str, ending: str) -> Path:
    moment = now().replace("-", "").replace(":", "")
    return next(path for path in _names(folder, f"{start}-{moment}", ending) if not path.exists())


def _names(folder: Path, start: str, ending: str) -> Iterator[Path]:
    yield folder / f"{start}{ending}"
    number = 2
    while True:
        yield folder / f"{start}-{number}{ending}"
        number += 1
