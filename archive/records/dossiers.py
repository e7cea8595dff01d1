"""Dossiers as lists, pages and commands see them: found by filters, shown whole, read file by file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive.errors import FolderUnusable, NotFound
from archive.office.accounts import RESTRICTED_ITEMS, Account, can, is_restricted
from archive.office.folder import Office
from archive.office.readings import chosen, layers, told
from archive.records import events
from archive.records.database import one, rows, writing
from archive.store.ocfl import Store
from generator.errors import reason
from generator.rules.rulebook import load_rulebook

_LETTERS = {
    "member": "m",
    "leader_manager": "l",
    "party_organisation": "o",
    "leadership_collective": "c",
    "campaign": "u",
}


# The description of a dossier tells all its rows, also those of a complaint that has no paper yet.
_SPOKEN_AGAINST = """
SELECT 1 FROM dossier d WHERE d.id = ? AND (
    EXISTS (SELECT 1 FROM complaint c WHERE c.evaluation_id = d.evaluation_id)
    OR EXISTS (SELECT 1 FROM reserved_opinion o WHERE o.evaluation_id = d.evaluation_id))
"""


@dataclass(frozen=True)
class DossierFilter:
    """Which dossiers a list shows; a part left None does not narrow it.

    Args:
        unit: reference or name of a unit; those of the units below it are shown too.
    """

    period: str | None = None
    level: str | None = None
    unit: str | None = None
    kind: str | None = None
    status: str | None = None
    complaint: str | None = None


def dossier_id(period: str, capacity: str, subject_id: str) -> str:
    """The ASCII id of a dossier: `2018-m-abcdefghjkmn`; of a unit's own, with its id, `2018-u-…`."""
    return f"{period}-{_LETTERS[capacity]}-{subject_id}"


def list_dossiers(database: Database, wanted: DossierFilter | None = None) -> list[dict[str, Any]]:
    """The dossiers a filter leaves, by id, as the contract prints them."""
    wanted = wanted or DossierFilter()
    conditions, values = ["1 = 1"], {}
    for column in ("period", "level", "kind", "status", "complaint"):
        value = getattr(wanted, column)
        if value is not None:
            conditions.append(f"{column} = :{column}")
            values[column] = value
    if wanted.unit is not None:
        values["unit"] = wanted.unit
        conditions.append(
            "unit_id IN (WITH RECURSIVE below(id) AS ("
            "SELECT unit_id FROM unit_view WHERE :unit IN (reference, name)"
            " UNION SELECT u.unit_id FROM unit_view u JOIN below b ON u.parent_id = b.id) SELECT id FROM below)"
        )
    columns = "dossier_id, subject_name AS subject, kind, period, level, status, complaint, unit_name AS unit, version"
    narrowed = " AND ".join(conditions)
    return rows(database, f"SELECT {columns} FROM dossier_view WHERE {narrowed} ORDER BY dossier_id", values)  # noqa: S608


def show(database: Database, wanted: str) -> dict[str, Any]:
    """All that is known of one dossier: its row, files in order, findings, versions' events, what it waits for.

    Raises:
        NotFound: no dossier has this id.
    """
    found = one(database, "SELECT * FROM dossier_view WHERE dossier_id = ?", [wanted])
    if found is None:
        raise NotFound(f"Không có hồ sơ “{wanted}”.")
    files = _files(database, wanted, found["version"])
    findings = rows(
        database,
        "SELECT rule_id, severity, message, given, needed, remedy, citation FROM finding WHERE evaluation_id = ?"
        " ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule_id",
        [found["evaluation_id"]],
    )
    waivers = {
        row["rule_id"]: row
        for row in rows(
            database,
            "SELECT rule_id, reason, document, approver_name, given_at FROM waiver"
            " WHERE evaluation_id = ? AND ended_at IS NULL",
            [found["evaluation_id"]],
        )
    }
    if found["evaluation_id"] is None:
        findings, waivers = _of_unit(database, found["campaign_id"], found["unit_id"])
    read_as = _how_read(database, found["campaign_id"])
    happened = rows(
        database,
        "SELECT happened_at, actor, action, outcome, note FROM event WHERE object = ? ORDER BY seq",
        [wanted],
    )
    return {
        **found,
        "subject": found["subject_name"],
        "unit": found["unit_name"],
        "waits_for": json.loads(found["waits_for"]),
        "files": files,
        "findings": [
            {**finding, "waiver": waivers.get(finding["rule_id"]), "read_as": read_as(finding["rule_id"])}
            for finding in findings
        ],
        "events": happened,
    }


def _of_unit(database: Database, campaign_id: str, unit_id: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What is kept of a unit itself: its findings, errors first, and the waivers that have not ended, by rule."""
    findings = rows(
        database,
        "SELECT rule_id, severity, message, given, needed, remedy, citation FROM unit_finding"
        " WHERE campaign_id = ? AND unit_id = ?"
        " ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule_id",
        [campaign_id, unit_id],
    )
    waivers = rows(
        database,
        "SELECT rule_id, reason, document, approver_name, given_at FROM unit_waiver"
        " WHERE campaign_id = ? AND unit_id = ? AND ended_at IS NULL",
        [campaign_id, unit_id],
    )
    return findings, {row["rule_id"]: row for row in waivers}


def version_files(database: Database, wanted: str, version: int) -> list[dict[str, Any]]:
    """The files of one version of a dossier, in order.

    Raises:
        NotFound: there is no such version.
    """
    found = _files(database, wanted, version)
    if not found:
        raise NotFound(f"Hồ sơ “{wanted}” không có bản thứ {version}.")
    return found


def _files(database: Database, wanted: str, version: int) -> list[dict[str, Any]]:
    """The files of one version in order; each says whether the version holds a restricted paper."""
    found = rows(
        database,
        "SELECT path, item, title, media_type, digest, size, position, version FROM dossier_file"
        " WHERE dossier_id = ? AND version = ? ORDER BY position",
        [wanted, version],
    )
    holds = any(file["item"] in RESTRICTED_ITEMS for file in found) or one(database, _SPOKEN_AGAINST, [wanted])
    return [{**file, "holds_restricted": bool(holds)} for file in found]


def record_seen(database: Database, wanted: str, *, actor: str, with_texts: bool = False) -> None:
    """Writes the event that someone looked at a dossier.

    Args:
        with_texts: what complaints and reserved opinions say was shown too.
    """
    with writing(database):
        action = "complaint.read" if with_texts else "dossier.seen"
        events.append(database, actor=actor, action=action, subject=wanted)


def record_opened(database: Database, wanted: str, file: Mapping[str, Any], *, actor: str) -> None:
    """Writes the event that someone opened a file of a dossier."""
    with writing(database):
        note = f"v{file['version']} {file['path']}" + (" restricted" if is_restricted(file) else "")
        events.append(database, actor=actor, action="document.opened", subject=wanted, note=note)


def _how_read(database: Database, campaign_id: str) -> Callable[[str], list[str]]:
    """Gives, for a rule, how the open text behind it is read in a campaign, in sentences."""
    campaign = one(database, "SELECT * FROM campaign WHERE id = ?", [campaign_id]) or {}
    book = load_rulebook(campaign["rulebook"])
    settings = book.settings.overlaid(chosen(book, layers(database, campaign["owner_id"], campaign)))
    return lambda rule_id: told(book, settings, book.rule(rule_id).readings)


def file_row(database: Database, wanted: str, path: str, version: int | None = None) -> Mapping[str, Any]:
    """The row of one file of a dossier's version, the newest when none is named; see `can("file.open", …)`.

    Raises:
        NotFound: no such dossier, version or file.
    """
    newest = one(database, "SELECT version FROM dossier WHERE id = ?", [wanted])
    files = _files(database, wanted, version or (newest["version"] if newest else 0))
    found = next((file for file in files if file["path"] == path), None)
    if found is None:
        raise NotFound(f"Hồ sơ “{wanted}” không có tệp “{path}”.")
    return found


def read_file(office: Office, database: Database, wanted: str, path: str, version: int | None = None) -> bytes:
    """The content of one file, checked against its digest. Whoever opens it for a person records the event.

    Raises:
        NotFound: no such dossier, version or file.
        StoreDamaged: it is not what was filed.
    """
    row = file_row(database, wanted, path, version)
    return Store(office.store_root).read(wanted, path, row["version"])


@dataclass(frozen=True)
class Exported:
    """What an export wrote, and the titles of the restricted papers it left out."""

    written: tuple[Path, ...]
    left_out: tuple[str, ...]


def export(
    office: Office, database: Database, wanted: str, target: Path, *, actor: str, account: Account | None = None
) -> Exported:
    """Copies the files of a dossier's newest version into a folder; restricted ones only for who may open them.

    Raises:
        NotFound, StoreDamaged: as `read_file`.
        FolderUnusable: the folder cannot be written.
    """
    found = show(database, wanted)
    store = Store(office.store_root)
    allowed = [file for file in found["files"] if not is_restricted(file) or can(account, "file.open", file)]
    restricted = sum(is_restricted(file) for file in allowed)
    written = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for file in allowed:
            path = target / file["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.read(wanted, file["path"], found["version"]))
            written.append(path)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được vào {target}: {reason(error)}.") from error
    with writing(database):
        note = f"v{found['version']} files={len(written)} restricted={restricted}"
        events.append(database, actor=actor, action="dossier.exported", subject=wanted, note=note)
    left_out = dict.fromkeys(file["title"] for file in found["files"] if file not in allowed)
    return Exported(tuple(written), tuple(left_out))
