"""Filing: the one way by which a dossier gets into the store and the database together.

In this order: a `prepared` row with what is to be written → the files in the workspace, synced → renames, synced → one
transaction with rows, events, outbox lines and `committed`. A stop at any point leaves either nothing that counts or
all that is needed to finish; `recover` sees to it at the next opening. Many dossiers share each sync and transaction,
which makes filing fast without promising anything before it is on the disk.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.office.folder import Office
from archive.records.database import one, rows, writing
from archive.records.filed_tables import Record
from archive.store import disk
from archive.store.errors import DossierDisposed, RowsRefused, StoreFull
from archive.store.ocfl import Store, no_checkpoint
from archive.store.package import DossierFile, DossierPackage
from archive.store.planning import Filing, moment_of, plan, plan_register
from archive.store.register_object import register_due
from archive.store.removing import finish_disposals
from archive.store.rows import commit_filings, drop_filing, record_prepared, try_rows

__all__ = [
    "DossierFile",
    "DossierPackage",
    "FiledDossier",
    "RecoveryReport",
    "file_dossiers",
    "file_register",
    "recover",
]

_MOST_DOSSIERS, _MOST_BYTES = 64, 32 * 1024 * 1024
Checkpoint = Callable[[str], None]


@dataclass(frozen=True)
class FiledDossier:
    """A dossier that is filed: its version, and whether this filing made it or found it there unchanged."""

    dossier_id: str
    version: int
    changed: bool


@dataclass(frozen=True)
class RecoveryReport:
    """What an opening found of interrupted filings: dossiers finished, dossiers taken back, other remains removed."""

    finished: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def file_dossiers(
    office: Office,
    database: Database,
    packages: Iterable[DossierPackage],
    *,
    actor: str,
    reason: str,
    progress: Callable[[FiledDossier], None] | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> list[FiledDossier]:
    """Files dossiers, each as a new version of its object; one whose fingerprint did not change is left as it is.

    The caller holds `office.locked()`. Packages are taken in batches, so a generator need not hold them all at once.

    Args:
        actor: account id, or `cli`.
        reason: why, in words; kept in the store.
        progress: told of each dossier once it is on the disk for good.
        checkpoint: told the step just done; tests stop there.

    Raises:
        RowsRefused: a package does not fit the database; nothing of its batch was filed.
        PathRefused: a file name is not plain ASCII or comes twice; nothing of its batch was filed.
        StoreFull: the disk is full or failing; the batch is taken back or finished now, or at the next opening.
        StoreDamaged: a dossier's versions in store and database do not agree.
        DossierDisposed: a dossier of the batch was disposed of; nothing of the batch was filed.
    """
    store = Store(office.store_root)
    filed: list[FiledDossier] = []
    try:
        store.ensure()
        _settle(store, database)
        for batch in _batches(packages):
            for done in _file_batch(store, database, batch, actor, reason, checkpoint):
                filed.append(done)
                if progress:
                    progress(done)
    except (OSError, sqlite3.OperationalError) as error:
        # When the disk is too full even for this, the next opening does it.
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            _settle(store, database)
        raise StoreFull from error
    return filed


def file_register(
    office: Office,
    database: Database,
    *,
    actor: str,
    reason: str,
    before: Callable[[], None] | None = None,
    checkpoint: Checkpoint = no_checkpoint,
) -> bool:
    """Files what the register does not tell of yet: changes, steps, and the events up to now. A run ends with it.

    The caller holds `office.locked()`.

    Args:
        before: writes what this version must tell of, after what an interrupted work left is settled.

    Returns:
        whether a version was made; none is while nothing but events came since the last one.

    Raises:
        StoreFull, StoreDamaged: as `file_dossiers`.
    """
    store = Store(office.store_root)
    try:
        store.ensure()
        _settle(store, database)
        if before:
            before()
        if not register_due(database):
            return False
        _carry_out(store, database, [plan_register(store, database, moment_of(database, actor, reason))], checkpoint)
    except (OSError, sqlite3.OperationalError) as error:
        with contextlib.suppress(OSError, sqlite3.OperationalError):
            _settle(store, database)
        raise StoreFull from error
    return True


def recover(office: Office, database: Database) -> RecoveryReport:
    """Finishes or takes back what an interrupted filing left; the caller holds `office.locked()`.

    A filing all of whose files reached the disk is finished from its `prepared` row; any other is removed, and so is
    everything else in the workspace. Makes the store where there is none.

    Raises:
        StoreFull: the disk is full or failing.
    """
    store = Store(office.store_root)
    try:
        store.ensure()
        return _settle(store, database)
    except (OSError, sqlite3.OperationalError) as error:
        raise StoreFull from error


def _settle(store: Store, database: Database) -> RecoveryReport:
    finished: list[Record] = []
    withdrawn: list[Record] = []
    for filing in rows(database, "SELECT * FROM filing WHERE state = 'prepared' ORDER BY id"):
        if store.roll_forward(filing["object"], filing["version"], filing["inventory_digest"]):
            finished.append(filing)
        else:
            store.withdraw(filing["object"], filing["version"])
            withdrawn.append(filing)
    removed = [path.name for path in store.leftovers()]
    for path in store.leftovers():
        disk.remove(path)
    if finished or withdrawn:
        store.sync()
        refused = _commit(store, database, finished)
        withdrawn += refused
        finished = [filing for filing in finished if filing not in refused]
        with writing(database):
            for filing in withdrawn:
                if filing not in refused:
                    drop_filing(database, filing)
    finish_disposals(store, database)
    return RecoveryReport(
        tuple(filing["object"] for filing in finished), tuple(filing["object"] for filing in withdrawn), tuple(removed)
    )


def _batches(packages: Iterable[DossierPackage]) -> Iterator[list[DossierPackage]]:
    batch: list[DossierPackage] = []
    size = 0
    for package in packages:
        heavy = size >= _MOST_BYTES or len(batch) >= _MOST_DOSSIERS
        if batch and (heavy or any(package.dossier_id == other.dossier_id for other in batch)):
            yield batch
            batch, size = [], 0
        batch.append(package)
        size += sum(len(file.data) for file in package.files)
    if batch:
        yield batch


def _file_batch(
    store: Store,
    database: Database,
    batch: Sequence[DossierPackage],
    actor: str,
    reason: str,
    checkpoint: Checkpoint,
) -> list[FiledDossier]:
    results, wanted = [], []
    for package in batch:
        known = one(database, "SELECT version, fingerprint, status FROM dossier WHERE id = ?", [package.dossier_id])
        if known and known["status"] == "disposed":
            raise DossierDisposed(f"Hồ sơ {package.dossier_id} đã tiêu hủy nên không nộp lưu lại được.")
        version = known["version"] if known else 0
        changed = not known or version == 0 or known["fingerprint"] != package.fingerprint or bool(package.changes)
        results.append(FiledDossier(package.dossier_id, version + changed, changed))
        if changed:
            wanted.append((package, version))
    if wanted:
        _carry_out(store, database, plan(store, database, wanted, moment_of(database, actor, reason)), checkpoint)
    return results


def _carry_out(store: Store, database: Database, filings: Sequence[Filing], checkpoint: Checkpoint) -> None:
    records = [filing.row for filing in filings]
    try:
        with writing(database):
            try_rows(database, records)
            record_prepared(database, records)
    except sqlite3.IntegrityError as error:
        names = ", ".join(record["object"] for record in records)
        raise RowsRefused(f"{RowsRefused.__doc__} Cơ sở dữ liệu báo: {error} ({names}).") from error
    checkpoint("prepared")
    for filing in filings:
        store.write(filing.prepared)
        checkpoint("written")
    store.sync()
    checkpoint("synced")
    for filing in filings:
        store.install(filing.prepared, checkpoint)
        checkpoint("installed")
    store.sync()
    checkpoint("renames synced")
    refused = _commit(store, database, records, checkpoint)
    checkpoint("committed")
    if refused:
        names = ", ".join(str(record["object"]) for record in refused)
        raise RowsRefused(f"{RowsRefused.__doc__} Dữ liệu vừa được người khác sửa ({names}). Xin làm lại.")


def _commit(
    store: Store, database: Database, filings: Sequence[Record], checkpoint: Checkpoint = no_checkpoint
) -> list[Record]:
    """Writes the rows of filings that stand in the store; takes back, and gives, those that no longer fit the others.

    They fitted when they were prepared; but who works on other rows does not wait for a filing.
    """
    try:
        with writing(database):
            commit_filings(database, filings)
            checkpoint("rows written")
    except sqlite3.IntegrityError:
        if len(filings) > 1:
            return [gone for filing in filings for gone in _commit(store, database, [filing])]
        store.withdraw(filings[0]["object"], filings[0]["version"])
        store.sync()
        with writing(database):
            drop_filing(database, filings[0])
        return list(filings)
    return []
