"""Numbers of papers: suggested from a counter per issuing unit, type and term, given when the register has them.

A final paper may be printed without number and day (“Số      -QĐ/ĐU”). Numbers of one type run on through a term of the
committee (36-HD/VPTW, phụ lục 3, ô số 3), so each unit says once where its register stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
from generator.layout.profile import load_profile
from generator.rules.rulebook import Rulebook
from generator.vietnamese import fold, short_date

# Numbers that were written with what they decide, not given here; an annulled decision keeps its own.
_WRITTEN = """
SELECT d.number FROM decision d JOIN evaluation e ON e.id = d.evaluation_id WHERE e.campaign_id = :campaign
UNION SELECT a.number FROM annulment a JOIN evaluation e ON e.id = a.evaluation_id WHERE e.campaign_id = :campaign
UNION SELECT c.number FROM complaint_step c JOIN evaluation e ON e.id = c.evaluation_id WHERE e.campaign_id = :campaign
"""


class NumberRefused(ArchiveError):
    """Không ghi được số văn bản này."""

    code = "archive.number-refused"
    exit_code = 2


@dataclass(frozen=True)
class NumberedPaper:
    """A paper of the register: its file name, title, whom it is about, its symbol, its number and day, or the number
    suggested. `subject` is empty for a paper about many.
    """

    paper: str
    title: str
    subject: str
    unit: str
    symbol: str
    number: str | None
    day: str | None
    suggested: int | None

    def as_dict(self) -> dict[str, Any]:
        """The paper as JSON carries it."""
        return asdict(self)


@dataclass(frozen=True)
class GivenNumber:
    """A number given: its paper, the number with its symbol, and what the clerk may want to look at again."""

    paper: Paper
    number: str
    remarks: tuple[str, ...]


def type_of(paper: Paper) -> str:
    """The type of a paper as its symbol begins: `QĐ` of `QĐ/ĐU`; empty for a paper outside the register."""
    return str(paper.document.get("symbol", "")).partition("/")[0]


def _in_register(paper: Paper, picture: Picture) -> bool:
    """Whether a paper gets a number of the unit it is made by: a body beside it that issues it has its own register."""
    if paper.state != "final" or not type_of(paper):
        return False
    issuer = paper.document.get("issuing_body")
    return not any(body_name(unit) == issuer for unit in picture.units.values() if unit.id != paper.unit_id)


def begin_series(
    database: Database, book: Rulebook, unit_id: str, kind: str, term: str, last: int, *, actor: str
) -> tuple[str, str]:
    """Says where a unit's register stands: the term it counts in, and the last number it has given to a type.

    Args:
        kind: the type as symbols begin with it (`QĐ`, `BC`), with or without its accents and capitals.
        term: as people name it (`2015-2020`); a new term counts anew.
        last: 0 when none was given yet.

    Returns:
        The type and the term as they are kept.

    Raises:
        NumberRefused: no type of paper has that symbol, or the term is empty.
    """
    known = load_profile(book.format_profile, book.package).symbols
    found = next((one for one in known if fold(one) == fold(kind.strip())), None)
    if found is None:
        raise NumberRefused(f"Không có loại văn bản ký hiệu “{kind}”. Các loại: {', '.join(known)}.")
    # One term is written with any dash and counts as one.
    named = re.sub(r"\s*[-‐‑–—]\s*", "-", " ".join(term.split()))
    if not named:
        raise NumberRefused("Phải ghi nhiệm kỳ, như “2015-2020”.")
    with writing(database):
        database.table("number_series").upsert(
            {"unit_id": unit_id, "type": found, "term": named, "last": last}, pk=("unit_id", "type")
        )
        events.append(database, actor=actor, action="number.series", subject=unit_id, note=f"{found} {named} {last}")
    return found, named


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
                picture.subject_name(picture.evaluations[paper.evaluation_id]) if paper.evaluation_id else "",
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
    return max([last, (given or {}).get("newest") or 0, *_written(database, picture, unit_id, kind)]) + 1


def _written(database: Database, picture: Picture, unit_id: str, kind: str) -> set[int]:
    """The numbers of a type that came with the decisions, annulments and conclusions they belong to."""
    if unit_id != picture.owner.id:
        return set()
    found = rows(database, _WRITTEN, {"campaign": picture.campaign.id})
    parted = (str(record["number"]).partition("-") for record in found)
    return {
        int(head)
        for head, _, symbol in parted
        if head.isascii() and head.isdigit() and symbol.partition("/")[0] == kind
    }


def give_number(
    database: Database, picture: Picture, papers: Iterable[Paper], name: str, number: int, day: date, *, actor: str
) -> GivenNumber:
    """Gives a paper its number and day as the office's register has them; it is made anew with them at the next run.

    A decision's number goes to the decisions it tells of, so notices and extracts quote it too.

    Args:
        papers: those of the campaign.
        name: the paper's file name, with or without “.docx”.

    Raises:
        NotFound: no such final paper belongs into the register.
        NumberRefused: it has a number already, or another paper of the series has this one.
    """
    paper = paper_named(papers, picture, name)
    if paper.document.get("number"):
        raise NumberRefused(
            f"“{paper.title}” đã có số {paper.number}. Ghi nhầm thì bỏ số ấy trước: “hoso numbers withdraw”."
        )
    kind = type_of(paper)
    term, _ = _term(database, paper.unit_id, kind)
    series = [paper.unit_id, kind, term]
    full = f"{number:02d}-{paper.document['symbol']}"
    with writing(database):
        taken = rows(
            database,
            "SELECT number, dated_on FROM paper_number WHERE unit_id = ? AND type = ? AND term = ?",
            series,
        )
        if number in {record["number"] for record in taken} | _written(database, picture, paper.unit_id, kind):
            raise NumberRefused(f"Số {full} đã ghi cho văn bản khác. Xin xem lại sổ.")
        remarks = _remarks(taken, number, day, kind, expected=_next(database, picture, paper.unit_id, kind), term=term)
        database.table("paper_number").insert({
            "campaign_id": picture.campaign.id, "key": paper.key, "unit_id": paper.unit_id, "type": kind, "term": term,
            "number": number, "dated_on": day.isoformat(), "given_by": actor, "given_at": now(),
        })  # fmt: skip
        for evaluation_id in paper.decides:
            database.execute(
                "UPDATE decision SET number = ?, decided_on = ?, revision = revision + 1 "
                "WHERE evaluation_id = ? AND annulled_on IS NULL",
                [full, day.isoformat(), evaluation_id],
            )
        events.append(
            database, actor=actor, action="number.given", subject=picture.campaign.id, note=f"{paper.key} {number}"
        )
    return GivenNumber(paper, full, tuple(remarks))


def paper_named(papers: Iterable[Paper], picture: Picture, name: str) -> Paper:
    """The paper of the register with that file name, with or without “.docx”.

    Raises:
        NotFound: no such final paper belongs into the register.
    """
    wanted = name.removesuffix(".docx")
    paper = next((one for one in papers if one.file_name == wanted and _in_register(one, picture)), None)
    if paper is None:
        raise NotFound(f"Không có văn bản “{name}” trong sổ. Xem tên văn bản bằng “hoso numbers list”.")
    return paper


def _remarks(
    taken: Iterable[Mapping[str, Any]], number: int, day: date, kind: str, *, expected: int, term: str
) -> Iterator[str]:
    """What is unusual of a number: one left out before it, one that the register passed, days that run backwards."""
    if number > expected:
        left = f"{expected:02d}" if number == expected + 1 else f"{expected:02d} đến {number - 1:02d}"
        yield f"Bỏ trống số {left} của loại {kind}; nếu không phải vì văn bản khác thì xin xem lại sổ."
    elif number < expected:
        yield f"Sổ loại {kind} đã đến số {expected - 1:02d}; xin xem số {number:02d} có phải của văn bản khác không."
    for record in taken:
        other = date.fromisoformat(record["dated_on"])
        if (record["number"] < number and other > day) or (record["number"] > number and other < day):
            yield f"Số {record['number']:02d} ngày {short_date(other)}: ngày không theo thứ tự số."
    if not term:
        yield f"Chưa ghi nhiệm kỳ của sổ loại {kind}; xin ghi bằng “hoso numbers start”."
