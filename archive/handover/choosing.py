"""Which dossiers leave, and what lists of them say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlite_utils import Database

from archive.disposal.retention import retentions
from archive.errors import NotFound
from archive.handover.errors import HandoverRefused, RestrictedPapers
from archive.office.accounts import RESTRICTED_ITEMS, Account, can, roles_for
from archive.records.database import one, rows
from archive.records.dossiers import DossierFilter, list_dossiers
from archive.store.ocfl import Store
from generator.facts.values import choice_label
from generator.rules.rulebook import load_rulebook
from generator.vietnamese import name_sort_key, nfc, text_sort_key

FRONT_ITEMS = frozenset({"cover", "contents_list", "bundle", "metadata"})
_SAME_PERSON = """
WITH RECURSIVE top(id, merged_into) AS (
    SELECT id, merged_into FROM person WHERE id = :person
    UNION SELECT p.id, p.merged_into FROM person p JOIN top ON p.id = top.merged_into
), same(id) AS (
    SELECT id FROM top UNION SELECT p.id FROM person p JOIN same ON p.merged_into = same.id
)
SELECT id FROM same
"""


@dataclass(frozen=True)
class Chosen:
    """A dossier that leaves, as lists tell of it.

    Args:
        level, status, kind: in words.
        documents: how many papers its newest version holds; `sheets`: pages of its bundle, None where it has none.
        files: rows of `dossier_file` of its newest version, in order.
    """

    dossier_id: str
    title: str
    subject: str
    unit: str
    period: str
    kind: str
    level: str
    status: str
    complaint: bool
    decision: str
    decided_on: str
    retention: str
    version: int
    documents: int
    sheets: int | None
    files: tuple[Mapping[str, Any], ...]


def same_person(database: Database, person_id: str) -> list[str]:
    """The ids of a person and of everyone merged with him."""
    return [row["id"] for row in rows(database, _SAME_PERSON, {"person": person_id})]


def choose(
    database: Database,
    store: Store,
    *,
    period: str | None = None,
    unit: str | None = None,
    subject: str | None = None,
) -> list[Chosen]:
    """The filed dossiers of a period, a unit with all under it, or a subject; by year, unit and subject.

    Args:
        subject: reference of a person, a unit or a collective.

    Raises:
        NotFound: no such subject.
        HandoverRefused: nothing filed is meant.
    """
    wanted = set(_of_subject(database, subject)) if subject else None
    found = [
        row
        for row in list_dossiers(database, DossierFilter(period=period, unit=unit))
        if row["version"] > 0 and row["status"] != "disposed" and (wanted is None or row["dossier_id"] in wanted)
    ]
    if not found:
        raise HandoverRefused("Không có hồ sơ nào đã nộp lưu trong phạm vi này.")
    kept = retentions(database)
    return [_chosen(database, store, row, kept[row["dossier_id"]].period.told) for row in sorted(found, key=_order)]


def _order(listed: Mapping[str, Any]) -> tuple[object, ...]:
    """By year and unit; a unit's bodies before its people, who stand in the order of their given names."""
    person = listed["kind"] in ("member", "leader_manager")
    name = (name_sort_key if person else text_sort_key)(listed["subject"])
    return (listed["period"], text_sort_key(listed["unit"]), person, name, listed["dossier_id"])


def _of_subject(database: Database, reference: str) -> list[str]:
    given = nfc(reference).strip()
    person = one(database, "SELECT id FROM person WHERE ? IN (reference, id)", [given])
    people = same_person(database, person["id"]) if person else []
    known = bool(person) or any(
        one(database, f"SELECT 1 FROM {table} WHERE ? IN (reference, id)", [given])  # noqa: S608
        for table in ("unit", "collective")
    )
    if not known:
        raise NotFound(f"Không có người, đơn vị hay tập thể nào mang mã “{reference}”.")
    found = rows(
        database,
        "SELECT d.id FROM dossier d LEFT JOIN evaluation e ON e.id = d.evaluation_id"
        " LEFT JOIN unit u ON u.id = coalesce(e.organisation_id, CASE WHEN e.id IS NULL THEN d.unit_id END)"
        " LEFT JOIN collective c ON c.id = e.collective_id"
        " WHERE :given IN (u.reference, u.id, c.reference, c.id)"
        " OR e.person_id IN (SELECT value FROM json_each(:people))",
        {"given": given, "people": json.dumps(people)},
    )
    return [row["id"] for row in found]


def _chosen(database: Database, store: Store, listed: Mapping[str, Any], retention: str) -> Chosen:
    dossier_id, version = listed["dossier_id"], listed["version"]
    row = one(database, "SELECT * FROM dossier_view WHERE dossier_id = ?", [dossier_id]) or {}
    campaign = one(database, "SELECT rulebook FROM campaign WHERE id = ?", [row["campaign_id"]]) or {}
    files = rows(
        database,
        "SELECT * FROM dossier_file WHERE dossier_id = ? AND version = ? ORDER BY position",
        [dossier_id, version],
    )
    level = load_rulebook(campaign["rulebook"]).levels.label(row["level"]) if row["level"] else ""
    kind = choice_label("capacity", row["kind"]) if row["kind"] != "campaign" else "Hồ sơ đợt của đơn vị"
    papers = {file["document_id"] for file in files if file["document_id"]}
    papers |= {file["path"] for file in files if not file["document_id"] and file["item"] not in FRONT_ITEMS}
    return Chosen(
        dossier_id, row["title"], row["subject_name"], row["unit_name"], row["period"], kind, level,
        choice_label("dossier_status", row["status"]), row["complaint"] == "open", row["decision_number"] or "",
        row["decided_on"] or "", retention, version, len(papers), _sheets(store, dossier_id, version, files),
        tuple(files),
    )  # fmt: skip


def _sheets(store: Store, dossier_id: str, version: int, files: Sequence[Mapping[str, Any]]) -> int | None:
    bundle = next((file["path"] for file in files if file["item"] == "bundle"), None)
    return len(PdfReader(BytesIO(store.read(dossier_id, bundle, version))).pages) if bundle else None


def allowed(database: Database, chosen: Sequence[Chosen], account: Account | None) -> None:
    """Whether an account may take the whole dossiers, every version of them.

    Raises:
        RestrictedPapers: one holds a restricted paper and the account may not open such; says how many.
    """
    if can(account, "restricted-file.open"):
        return
    places = ", ".join("?" * len(RESTRICTED_ITEMS))
    holding = {
        row["dossier_id"]
        for row in rows(
            database,
            f"SELECT DISTINCT dossier_id FROM dossier_file WHERE item IN ({places})",  # noqa: S608
            sorted(RESTRICTED_ITEMS),
        )
    }
    found = [one.dossier_id for one in chosen if one.dossier_id in holding]
    if found:
        raise RestrictedPapers(
            f"Có {len(found)} hồ sơ giữ tài liệu hạn chế (kê khai tài sản, khiếu nại), ví dụ {found[0]}; chỉ tài khoản "
            f"{' hoặc '.join(roles_for('restricted-file.open'))} được xuất. Xin đặt HOSO_USER là người ấy."
        )
