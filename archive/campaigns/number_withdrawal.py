"""Taking back a number that was given to a paper by mistake, while the paper is not filed with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from archive.campaigns.numbering import GivenNumber, NumberRefused, paper_named, type_of
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.campaigns.template_choice import FILED
from archive.records import events
from archive.records.database import one, rows, writing


def _given_to(database: Database, picture: Picture, paper: Paper) -> dict[str, Any] | None:
    """The number of a paper; that of a decision by itself, since a decision is called after its number."""
    number = str(paper.document.get("number") or "")
    return one(
        database,
        "SELECT key, number FROM paper_number WHERE campaign_id = :campaign"
        " AND (key = :key OR (unit_id = :unit AND type = :type AND number = :number))",
        {
            "campaign": picture.campaign.id, "key": paper.key, "unit": paper.unit_id, "type": type_of(paper),
            "number": int(number) if number.isascii() and number.isdigit() else 0,
        },
    )  # fmt: skip


def _is_filed(database: Database, picture: Picture, paper: Paper) -> bool:
    """Whether a dossier that is filed holds the paper with its number, or what it decides."""
    own = rows(
        database,
        f"SELECT 1 FROM document x WHERE x.campaign_id = ? AND x.key = ? AND x.number = ? AND {FILED}",  # noqa: S608
        [picture.campaign.id, paper.key, paper.number],
    )
    decided = ", ".join("?" * len(paper.decides))
    return bool(
        own
        or rows(
            database,
            f"SELECT 1 FROM dossier d JOIN dossier_file f ON f.dossier_id = d.id AND f.version = d.version"  # noqa: S608
            f" WHERE d.evaluation_id IN ({decided}) LIMIT 1",
            list(paper.decides),
        )
    )


def withdraw_number(
    database: Database, picture: Picture, papers: Iterable[Paper], name: str, reason: str, *, actor: str
) -> GivenNumber:
    """Takes back a number that was given by mistake; the paper is made anew without it, and the number is free again.

    Args:
        papers: those of the campaign.
        name: the paper's file name, with or without “.docx”.
        reason: why, for the event.

    Raises:
        NotFound: no such final paper belongs into the register.
        NumberRefused: no number was given to it here, or the paper is filed with it.
    """
    paper = paper_named(papers, picture, name)
    given = _given_to(database, picture, paper)
    if given is None:
        raise NumberRefused(
            f"“{paper.title}” chưa có số ghi bằng “hoso numbers give”. Số trong bảng nhập liệu thì sửa ở bảng."
        )
    if _is_filed(database, picture, paper):
        raise NumberRefused(f"“{paper.title}” đã nộp lưu với số {paper.number}; số trong hồ sơ đã nộp không bỏ được.")
    full = f"{given['number']:02d}-{paper.document['symbol']}"
    with writing(database):
        database.execute(
            "DELETE FROM paper_number WHERE campaign_id = ? AND key = ?", [picture.campaign.id, given["key"]]
        )
        for evaluation_id in paper.decides:
            database.execute(
                "UPDATE decision SET number = NULL, revision = revision + 1 "
                "WHERE evaluation_id = ? AND number = ? AND annulled_on IS NULL",
                [evaluation_id, full],
            )
        note = f"{paper.key} {given['number']} {reason}"
        events.append(database, actor=actor, action="number.withdrawn", subject=picture.campaign.id, note=note)
    return GivenNumber(paper, full, ())
