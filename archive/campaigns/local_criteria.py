"""A campaign's own rows under the criteria of the guidance: titles, and ratings that no rule reads."""

from __future__ import annotations

import json
from typing import Any

from sqlite_utils import Database

from archive.campaigns.questions import KINDS
from archive.campaigns.rulings import concerned
from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import one, rows, writing
from generator.rules.rulebook import Rulebook

_MOST = 99


class LocalCriterionRefused(ArchiveError):
    """Không ghi được tiêu chí riêng."""

    code = "archive.local-criterion-refused"


def local_criteria(database: Database, campaign_id: str) -> list[dict[str, Any]]:
    """Every row of its own a campaign has: `{kind, code, parent, title}`, by kind and code."""
    found = rows(database, "SELECT kind, code, parent, title FROM local_criterion WHERE campaign_id = ?", [campaign_id])
    return sorted(found, key=lambda row: (row["kind"], row["parent"], int(row["code"].partition(".")[2])))


def add_local_criterion(
    database: Database, book: Rulebook, campaign_id: str, kind: str, parent: str, title: str, *, actor: str
) -> str:
    """Adds a row under a criterion of the guidance and gives its code (`a1.2`).

    Raises:
        LocalCriterionRefused: the guidance has no such criterion, the title is empty or there already.
    """
    if kind not in book.kinds or parent not in {criterion.code for criterion in book.criteria(kind)}:
        raise LocalCriterionRefused(f"Hướng dẫn không có tiêu chí “{parent}” cho loại đối tượng này.")
    if not title:
        raise LocalCriterionRefused("Phải ghi tên tiêu chí riêng.")
    with writing(database):
        known = [row for row in local_criteria(database, campaign_id) if (row["kind"], row["parent"]) == (kind, parent)]
        if title in {row["title"] for row in known}:
            raise LocalCriterionRefused(f"Tiêu chí {parent} đã có mục riêng “{title}”.")
        number = 1 + max((int(row["code"].partition(".")[2]) for row in known), default=0)
        if number > _MOST:
            raise LocalCriterionRefused(f"Một tiêu chí có nhiều nhất {_MOST} mục riêng.")
        code = f"{parent}.{number}"
        row = {"campaign_id": campaign_id, "kind": kind, "code": code, "parent": parent, "title": title}
        database.table("local_criterion").insert(row)
        events.append(database, actor=actor, action="local-criterion.added", subject=campaign_id, note=f"{kind} {code}")
    return code


def remove_local_criterion(database: Database, campaign_id: str, kind: str, code: str, *, actor: str) -> int:
    """Takes a row of its own out of a campaign of which nothing is filed yet, with the ratings given to it.

    Returns:
        How many ratings went with it.

    Raises:
        NotFound: the campaign has no such row.
        LocalCriterionRefused: a dossier of the campaign is filed, and may hold the row.
    """
    with writing(database):
        if code not in {row["code"] for row in local_criteria(database, campaign_id) if row["kind"] == kind}:
            raise NotFound(f"Đợt này không có tiêu chí riêng “{code}” cho loại đối tượng này.")
        if one(database, "SELECT 1 FROM dossier WHERE campaign_id = ? AND version > 0", [campaign_id]):
            raise LocalCriterionRefused("Đợt này đã có hồ sơ nộp lưu nên không bỏ tiêu chí riêng được nữa.")
        rated = [
            row
            for row in rows(
                database,
                "SELECT a.id, a.ratings, e.capacity FROM assessment a JOIN evaluation e ON e.id = a.evaluation_id"
                " WHERE e.campaign_id = ?",
                [campaign_id],
            )
            if KINDS[row["capacity"]] == kind and code in json.loads(row["ratings"])
        ]
        for row in rated:
            ratings = {name: rating for name, rating in json.loads(row["ratings"]).items() if name != code}
            database.execute(
                "UPDATE assessment SET ratings = ?, revision = revision + 1 WHERE id = ?",
                [json.dumps(ratings, ensure_ascii=False), row["id"]],
            )
        database.execute(
            "DELETE FROM local_criterion WHERE campaign_id = ? AND kind = ? AND code = ?", [campaign_id, kind, code]
        )
        note = f"{kind} {code}"
        events.append(database, actor=actor, action="local-criterion.removed", subject=campaign_id, note=note)
    return len(rated)


def rate_local_criterion(
    database: Database, dossier: str, assessor: str, code: str, rating: str | None, *, actor: str
) -> None:
    """Rates one row of the campaign's own on an assessor's sheet, beside the ratings the guidance asks for.

    Args:
        assessor: whose sheet (`self`, `cell_committee` …).
        rating: None where the row does not apply.

    Raises:
        NotFound: no such dossier or row, or that assessor gave no assessment.
        LocalCriterionRefused: the rulebook has no such rating.
    """
    with writing(database):
        found = concerned(database, dossier)
        kind, campaign = KINDS[found.evaluation.capacity], found.picture.campaign
        if code not in {row["code"] for row in local_criteria(database, campaign.id) if row["kind"] == kind}:
            raise NotFound(f"Đợt này không có tiêu chí riêng “{code}” cho loại đối tượng của hồ sơ.")
        labels = found.judge.book.ratings.labels
        if rating is not None and rating not in labels:
            raise LocalCriterionRefused(f"Không có cấp độ “{rating}”. Các cấp độ: {', '.join(labels)}.")
        sheet = one(
            database,
            "SELECT id, ratings FROM assessment WHERE evaluation_id = ? AND assessor = ? ORDER BY rowid",
            [found.evaluation.id, assessor],
        )
        if sheet is None:
            raise NotFound("Chưa có phiếu đánh giá của chủ thể này trong hồ sơ.")
        ratings = json.loads(sheet["ratings"]) | {code: rating}
        database.execute(
            "UPDATE assessment SET ratings = ?, revision = revision + 1 WHERE id = ?",
            [json.dumps(ratings, ensure_ascii=False), sheet["id"]],
        )
        events.append(database, actor=actor, action="local-criterion.rated", subject=dossier, note=code)
