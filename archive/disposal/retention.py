"""How long dossiers are kept: suggestions as data, over them what the office has set, from both the last day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.afterwards.permission import permitted
from archive.disposal.errors import DisposalRefused
from archive.errors import NotFound
from archive.office.accounts import Account
from archive.records import events
from archive.records.database import new_id, now, rows, writing
from generator.vietnamese import nfc

_LONGEST = 200


@dataclass(frozen=True)
class Period:
    """How long one kind of dossier or paper is kept.

    Args:
        of: `dossier` or `item`: whether `code` is a kind of dossier, or an item of its contents that lengthens it.
        years: None for ever.
        source: who says so, in words.
        in_force: the office has set it; a suggestion alone lets nothing fall due.
    """

    code: str
    label: str
    of: str
    years: int | None
    source: str
    in_force: bool

    @property
    def told(self) -> str:
        """“20 năm” or “Vĩnh viễn”."""
        return f"{self.years} năm" if self.years else "Vĩnh viễn"

    def as_dict(self) -> dict[str, Any]:
        """As JSON carries it."""
        return asdict(self)


@dataclass(frozen=True)
class Retention:
    """How long one dossier is kept: the period that binds it, and the first day on which its time is over.

    Args:
        due_on: None while it is kept for ever, or while a period it hangs on is only a suggestion.
        unset: labels of the periods the office has not set yet.
    """

    period: Period
    due_on: date | None
    unset: tuple[str, ...]


@cache
def _shipped() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("retention.toml").read_text(encoding="utf-8"))


def periods(database: Database) -> dict[str, Period]:
    """Every period by its code, as the office set it or else as suggested."""
    chosen = {row["code"]: row for row in rows(database, "SELECT * FROM retention_period ORDER BY rowid")}
    found = {}
    for one in _shipped()["period"]:
        own = chosen.get(one["code"])
        years = own["years"] if own else one.get("years")
        source = f"{_shipped()['set']}: {own['document']}" if own else _shipped()["suggested"]
        found[one["code"]] = Period(one["code"], one["label"], one["of"], years, source, own is not None)
    return found


def set_period(database: Database, code: str, years: int | None, *, document: str, account: Account | None) -> Period:
    """Sets how long the office keeps a kind; the former settings stay on record.

    Args:
        years: None for ever.
        document: what the office goes by.

    Raises:
        NotPermitted: only an approver may.
        NotFound: there is no such code.
        DisposalRefused: no document, or years out of reason.
    """
    account = permitted(account, "retention.set")
    if code not in periods(database):
        raise NotFound(f"Không có loại “{code}”. Các loại: {', '.join(periods(database))}.")
    document = nfc(document).strip()
    if not document:
        raise DisposalRefused("Phải ghi văn bản làm căn cứ đặt thời hạn bảo quản (--document).")
    if years is not None and not 1 <= years <= _LONGEST:
        raise DisposalRefused(f"Thời hạn bảo quản phải từ 1 đến {_LONGEST} năm, hoặc vĩnh viễn.")
    with writing(database):
        database.table("retention_period").insert({
            "id": new_id(), "code": code, "years": years, "document": document, "set_by": account.id,
            "set_name": account.full_name, "set_at": now(),
        })  # fmt: skip
        events.append(database, actor=account.id, action="retention.set", subject=code, note=f"years={years}")
    return periods(database)[code]


def retentions(database: Database) -> dict[str, Retention]:
    """How long each filed dossier is kept, by its id."""
    known = periods(database)
    items: dict[str, set[str]] = {}
    for row in rows(
        database,
        "SELECT DISTINCT f.dossier_id, f.item FROM dossier_file f JOIN dossier d ON d.id = f.dossier_id",
    ):
        items.setdefault(row["dossier_id"], set()).add(row["item"])
    filed = rows(
        database,
        "SELECT d.id, d.kind, d.filed_at, c.period FROM dossier d JOIN campaign c ON c.id = d.campaign_id"
        " WHERE d.version > 0 AND d.status <> 'disposed'",
    )
    return {row["id"]: _retention(row, items.get(row["id"], set()), known) for row in filed}


def _retention(dossier: Mapping[str, Any], items: set[str], known: Mapping[str, Period]) -> Retention:
    binding = [known[dossier["kind"]], *(one for one in known.values() if one.of == "item" and one.code in items)]
    longest = max(binding, key=lambda one: one.years or _LONGEST + 1)
    unset = tuple(one.label for one in binding if not one.in_force)
    if longest.years is None or unset:
        return Retention(longest, None, unset)
    # The years count from the one in which the work ended, and run to the end of the last.
    ended = max(int(dossier["filed_at"][:4]), int(dossier["period"][:4]))
    return Retention(longest, date(ended + longest.years + 1, 1, 1), ())
