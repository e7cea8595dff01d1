"""Numbers of papers: suggested from a counter per issuing unit, type and term, given when the register has them.

A final paper may be printed without number and day (“Số      -QĐ/ĐU”). Numbers of one type run on through a term of the
committee (36-HD/VPTW, phụ lục 3, ô số 3), so each unit says once where its register stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from archive.campaigns.papers.bodies import body_name
from archive.campaigns.papers.paper import Paper
from archive.campaigns.picture import Picture
from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import now, one, rows, writing


class NumberRefused(ArchiveError):
    """Không ghi được số văn bản này."""

    code = "archive.number-refused"
    exit_code = 2


@dataclass(frozen=True)
class NumberedPaper:
    """A paper of the register: its file name, title and symbol, its number and day, or the number suggested."""

    paper: str
    title: str
    unit: str
    symbol: str
    number: str | None
    day: str | None
    suggested: int | None

    def as_dict(self) -> dict[str, Any]:
        """The paper as JSON carries it."""
        return asdict(self)


def type_of(paper: Paper) -> str:
    """The type of a paper as its symbol begins: `QĐ` of `QĐ/ĐU`; empty for a paper outside the register."""
    return str(paper.document.get("symbol", "")).partition("/")[0]


def _in_register(paper: Paper, picture: Picture) -> bool:
    """Whether a paper gets a number of the unit it is made by: a body beside it that issues it has its own register."""
    if paper.state != "final" or not type_of(paper):
        return False
    issuer = paper.document.get("issuing_body")
    return not any(body_name(unit) == issuer for unit in picture.units.values() if unit.id != paper.unit_id)


def begin_series(database: Database, unit_id: str, kind: str, term: str, last: int, *, actor: str) -> None:
    """Says where a unit's register stands: the term it counts in, and the last number it has given to a type.

    Args:
        kind: the type as symbols begin with it (`QĐ`, `BC`).
        term: as people name it (`2015–2020`); a new term counts anew.
        last: 0 when none was given yet.
    """
    with writing(database):
        database.table("number_series").upsert(
            {"unit_id": unit_id, "type": kind, "term": term, "last": last}, pk=("unit_id", "type")
        )
        events.append(database, actor=actor, action="number.series", subject=unit_id, note=f"{kind} {term} {last}")


def register_of(database: Database, picture: Picture, papers: Iterable[Paper]) -> list[NumberedPaper]:
    """The final papers that belong into the register, with their numbers, or in order the numbers they would get."""
    upcoming: dict[tuple[str, str], int] = {}
    listed = []
    for paper in papers:
        if not _in_register(paper, picture):
            continue
        series = (paper.unit_id, type_of(paper))
        suggested = None
        if not paper.document.get("number"):
            suggested = upcoming.setdefault(series, _next(database, picture, *series))
            upcoming[series] += 1
        day = str(paper.document.get("date", ""))
        listed.append(
            NumberedPaper(
                paper.file_name,
                paper.title,
                picture.units[paper.unit_id].name,
                str(paper.document["symbol"]),
                paper.document.get("number"),
                day if len(day) == 10 else None,
                suggested,
            )
        )
    return listed


def _term(database: Database, unit_id: str, kind: str) -> tuple[str, int]:
    series = one(database, "SELECT term, last FROM number_series WHERE unit_id = ? AND type = ?", [unit_id, kind])
    return (series["term"], series["last"]) if series else ("", 0)


def _next(database: Database, picture: Picture, unit_id: str, kind: str) -> int:
    term, last = _term(database, unit_id, kind)
    given = one(
        database,
        "SELECT max(number) AS newest FROM paper_number WHERE unit_id = ? AND type = ? AND term = ?",
        [unit_id, kind, term],
    )
    typed = [
        int(head)
        for evaluation in picture.evaluations.values()
        if unit_id == picture.owner.id and evaluation.decision and evaluation.decision.number
        for head, _, symbol in [evaluation.decision.number.partition("-")]
        if head.isascii() and head.isdigit() and symbol.partition("/")[0] == kind
    ]
    return max([last, (given or {}).get("newest") or 0, *typed]) + 1


def give_number(
    database: Database, picture: Picture, papers: Iterable[Paper], name: str, number: int, day: date, *, actor: str
) -> Paper:
    """Gives a paper its number and day as the office's register has them; it is made anew with them at the next run.

    A decision's number goes to the decisions it tells of, so notices and extracts quote it too.

    Args:
        papers: those of the campaign.
        name: the paper's file name, with or without “.docx”.

    Raises:
        NotFound: no such final paper belongs into the register.
        NumberRefused: it has a number already, or another paper of the series has this one.
    """
    wanted = name.removesuffix(".docx")
    paper = next((one for one in papers if one.file_name == wanted and _in_register(one, picture)), None)
    if paper is None:
        raise NotFound(f"Không có văn bản “{name}” trong sổ. Xem tên văn bản bằng “hoso numbers list”.")
    if paper.document.get("number"):
        raise NumberRefused(f"“{paper.title}” đã có số {paper.number}. Số đã ghi thì không ghi lại.")
    kind = type_of(paper)
    term, _ = _term(database, paper.unit_id, kind)
    with writing(database):
        taken = rows(
            database,
            "SELECT key FROM paper_number WHERE unit_id = ? AND type = ? AND term = ? AND number = ?",
            [paper.unit_id, kind, term, number],
        )
        if taken:
            raise NumberRefused(f"Số {number:02d}-{paper.document['symbol']} đã ghi cho văn bản khác. Xin xem lại sổ.")
        database.table("paper_number").insert({
            "campaign_id": picture.campaign.id, "key": paper.key, "unit_id": paper.unit_id, "type": kind, "term": term,
            "number": number, "dated_on": day.isoformat(), "given_by": actor, "given_at": now(),
        })  # fmt: skip
        for evaluation_id in paper.decides:
            database.execute(
                "UPDATE decision SET number = ?, decided_on = ?, revision = revision + 1 "
                "WHERE evaluation_id = ? AND annulled_on IS NULL",
                [f"{number:02d}-{paper.document['symbol']}", day.isoformat(), evaluation_id],
            )
        events.append(
            database, actor=actor, action="number.given", subject=picture.campaign.id, note=f"{paper.key} {number}"
        )
    return paper
