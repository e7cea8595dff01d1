"""Handing dossiers over: their whole objects in a bag, with lists that are read without hoso, and the minutes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from sqlite_utils import Database

from archive.handover.bag import Payload, close, complete_or_absent, write_manifest
from archive.handover.choosing import Chosen, allowed, choose
from archive.handover.finding_aids import as_csv, as_html
from archive.handover.minutes import Owner, Parties, owner_of, write_minutes
from archive.office.accounts import Account
from archive.office.folder import Office
from archive.records import events
from archive.records.database import one, writing
from archive.store.errors import StoreDamaged
from archive.store.inventory import INVENTORY, SIDECAR, parse
from archive.store.layout import OBJECT_DECLARATION, object_folder, root_files
from archive.store.object_fixity import check_object
from archive.store.ocfl import Store
from archive.store.register_object import REGISTER
from generator.rules.rulebook import load_rulebook

Progress = Callable[[str, int, int], None]
MINUTES = "bien-ban"
_STORE = "data/store"


@dataclass(frozen=True)
class HandedOver:
    """A bag that was written: where, how many dossiers and files it holds, and the minutes to sign."""

    path: Path
    dossiers: int
    payload: Payload
    minutes: tuple[Path, ...]


def hand_over(
    office: Office,
    database: Database,
    target: Path,
    *,
    today: date,
    account: Account | None,
    actor: str,
    period: str | None = None,
    unit: str | None = None,
    subject: str | None = None,
    parties: Parties | None = None,
    progress: Progress | None = None,
) -> HandedOver:
    """Writes the chosen dossiers as a BagIt bag; the whole bag or nothing, and an event for each dossier.

    `data/store` is an OCFL storage root of its own: every version of each object, byte for byte, compared with its
    digests. When nothing narrows the choice, the register goes along, so that hoso can be rebuilt from the bag.

    Args:
        period, unit, subject: narrow the choice; `unit` takes those under it too.

    Raises:
        HandoverRefused: nothing is chosen, or `target` exists.
        RestrictedPapers: the account may not open what some of the dossiers hold.
        StoreDamaged: a dossier is not as it was filed.
        FolderUnusable: the place cannot be written.
    """
    store = Store(office.store_root)
    with office.locked():
        chosen = choose(database, store, period=period, unit=unit, subject=subject)
        whole = {one.dossier_id: one.version for one in chosen}
        if (period, unit, subject) == (None, None, None) and store.versions(REGISTER):
            whole[REGISTER] = len(store.versions(REGISTER))
    allowed(database, chosen, account)
    owner = owner_of(database, chosen[-1].dossier_id)
    made: list[tuple[Payload, Sequence[Path]]] = []

    def write(half: Path) -> None:
        _copy(store, half, whole, progress)
        _lists(store, half, chosen, owner)
        payload = write_manifest(half)
        minutes = write_minutes(
            office, database, half / MINUTES, chosen, payload, parties or Parties(),
            book=load_rulebook(_rulebook(database, chosen)), handed_on=today,
        )  # fmt: skip
        close(half, payload, _told(owner, chosen, today, payload))
        made.append((payload, [target / path.relative_to(half) for path in minutes]))

    complete_or_absent(target, write)
    payload, minutes = made[0]
    _record(database, chosen, payload, actor)
    return HandedOver(target, len(chosen), payload, tuple(minutes))


def _rulebook(database: Database, chosen: Sequence[Chosen]) -> str:
    sql = "SELECT c.rulebook FROM dossier d JOIN campaign c ON c.id = d.campaign_id WHERE d.id = ?"
    return str((one(database, sql, [chosen[-1].dossier_id]) or {})["rulebook"])


def _copy(store: Store, bag: Path, whole: Mapping[str, int], progress: Progress | None) -> None:
    for name in root_files():
        (bag / _STORE / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(store.root / name, bag / _STORE / name)
    for number, (object_id, head) in enumerate(whole.items(), start=1):
        _copy_object(store, object_id, head, bag / _STORE / object_folder(object_id))
        if progress:
            progress("Đóng gói", number, len(whole))


def _copy_object(store: Store, object_id: str, head: int, target: Path) -> None:
    """An object up to a version: what is filed meanwhile is not in it."""
    source = store.folder(object_id)
    try:
        inventory = parse((source / f"v{head}" / INVENTORY).read_bytes())
        wanted = [OBJECT_DECLARATION, *inventory.manifest]
        wanted += [f"v{number}/{name}" for number in range(1, head + 1) for name in (INVENTORY, SIDECAR)]
        for name in wanted:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)
        for name in (INVENTORY, SIDECAR):
            shutil.copyfile(source / f"v{head}" / name, target / name)
    except FileNotFoundError as error:
        raise StoreDamaged(f"Hồ sơ {object_id} thiếu tệp trong kho. Xin chạy “hoso verify”.") from error
    if damages := check_object(target, object_id).damages:
        raise StoreDamaged(f"Không xuất được hồ sơ bị hỏng: {damages[0]}")


def _lists(store: Store, bag: Path, chosen: Sequence[Chosen], owner: Owner) -> None:
    where = {one.dossier_id: _where(store, one) for one in chosen}
    notes = (
        f"{owner.name}. {len(chosen)} hồ sơ. Mỗi hồ sơ là một thư mục trong store; bấm vào tên tài liệu để mở.",
        "Cách kho được sắp xếp và cách kiểm tra: store/README.txt.",
    )
    page = as_html("Danh mục hồ sơ bàn giao", notes, chosen, lambda one, path: where[one.dossier_id][path])
    (bag / "data" / "muc-luc.html").write_bytes(page)
    table = as_csv(chosen, lambda one: f"store/{object_folder(one.dossier_id)}")
    (bag / "data" / "muc-luc.csv").write_bytes(table)


def _where(store: Store, one: Chosen) -> dict[str, str]:
    inventory = parse((store.folder(one.dossier_id) / f"v{one.version}" / INVENTORY).read_bytes())
    state = inventory.versions[one.version - 1].state
    folder = f"store/{object_folder(one.dossier_id)}"
    return {path: f"{folder}/{inventory.content_path(digest)}" for path, digest in state.items()}


def _told(owner: Owner, chosen: Sequence[Chosen], today: date, payload: Payload) -> dict[str, list[str]]:
    periods = sorted({one.period for one in chosen})
    return {
        "Source-Organization": [owner.name],
        "Organization-Address": [owner.superior or ""],
        "External-Description": [
            f"Hồ sơ kiểm điểm, đánh giá, xếp loại chất lượng năm {', '.join(periods)}: {len(chosen)} hồ sơ"
        ],
        "Bagging-Date": [today.isoformat()],
        "External-Identifier": [f"hoso-{today:%Y%m%d}-{payload.manifest_digest[:12]}"],
        "Bag-Size": [f"{payload.size / 1_000_000:.1f} MB"],
        "Internal-Sender-Description": [
            "data/store is an OCFL 1.1 storage root; data/muc-luc.html and data/muc-luc.csv list the dossiers"
        ],
        "Bag-Software-Agent": [f"hoso {version('hoso')}"],
        "Dossier-Count": [str(len(chosen))],
        "Period": periods,
    }


def _record(database: Database, chosen: Sequence[Chosen], payload: Payload, actor: str) -> None:
    with writing(database):
        for item in chosen:
            note = f"bag v{item.version} files={len(item.files)}"
            events.append(database, actor=actor, action="dossier.exported", subject=item.dossier_id, note=note)
        note = f"dossiers={len(chosen)} files={payload.files} manifest={payload.manifest_digest}"
        events.append(database, actor=actor, action="bag.exported", subject="store", note=note)
