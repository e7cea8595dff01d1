"""Searching: what is indexed in a second, how large the index is, how long a clerk waits.

The peer is Whoosh as its documentation shows it: a StemmingAnalyzer over the whole text of the papers, every field
stored. Both get the same dossiers; the peer with the printed text of two papers of each (Mẫu 2 and Mẫu 5.1), ours with
what varies alone. How long a query takes at 100,000 dossiers is held against SQLite's FTS5 over the same texts.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from sqlite_utils import Database
from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer

from archive.office.folder import Office
from benchmarks import Row, row, side_by_side, spent
from benchmarks.search_corpus import dossiers, more_queries, office_with, queries
from benchmarks.search_peer import Peer
from generator.rules.rulebook import load_rulebook
from search.analysis import CONCEPT, name_terms, terms
from search.engine import Entry
from search.find import facets, find
from search.index import reindex
from search.whoosh_engine import WhooshEngine

NAMES = (
    "index-rate",
    "index-size",
    "query-20k-p95",
    "query-100k-p95",
    "query-100k-p50-vs-fts5",
    "page-100k-p95",
)
_SIDE_BY_SIDE = 1_500
_LIMIT = 0.100  # seconds
_LIMIT_OF_MANY = 0.150
_FEW, _MANY = 20_000, 100_000


def _variable(dossier: dict[str, str]) -> str:
    return "\n".join(dossier[part] for part in ("comment", "name", "unit", "card", "decision", "period"))


def _ours(folder: Path) -> None:
    WhooshEngine(folder).rebuild(
        Entry(
            one["id"],
            one["period"],
            one["name"],
            name_terms(one["name"], person=True),
            terms(_variable(one)),
            frozenset((*terms(f"{one['unit']}\n{one['period']}"), CONCEPT + one["level"])),
        )
        for one in dossiers(_SIDE_BY_SIDE)
    )


def _printed() -> str:
    """What the forms print for everyone: the text of the templates without their tags, with the criteria's rows."""
    papers = [
        Document(str(resources.files("templates_docx").joinpath("hd13_2018", name)))
        for name in ("mau-2.docx", "mau-5.1.docx")
    ]
    texts = ["".join(paper.element.body.itertext(qn("w:t"))) for paper in papers]
    rows = [criterion.title for criterion in load_rulebook().criteria("party_member")]
    return "\n".join([*(re.sub(r"\{[{%].*?[}%]\}", " ", text) for text in texts), *rows])


def _theirs(folder: Path) -> None:
    printed = _printed()
    text = fields.TEXT(analyzer=StemmingAnalyzer(), stored=True)
    schema = fields.Schema(id=fields.ID(stored=True, unique=True), name=text, unit=text, body=text)
    folder.mkdir()
    writer = index.create_in(str(folder), schema).writer()
    for one in dossiers(_SIDE_BY_SIDE):
        writer.add_document(id=one["id"], name=one["name"], unit=one["unit"], body=f"{printed}\n{_variable(one)}")
    writer.commit()


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _indexing(root: Path) -> list[Row]:
    rounds = iter(range(100))
    made: dict[str, Path] = {}

    def rate(name: str, work: Any) -> float:
        made[name] = root / f"{name}{next(rounds)}"
        return _SIDE_BY_SIDE / spent(lambda: work(made[name]))

    ours, theirs, ratio = side_by_side(lambda: rate("ours", _ours), lambda: rate("theirs", _theirs), 3)
    small, large = _bytes(made["ours"]) / _SIDE_BY_SIDE, _bytes(made["theirs"]) / _SIDE_BY_SIDE
    return [
        row("index-rate", ours, "dossiers/cpu-s", theirs, ratio, 6, _SIDE_BY_SIDE),
        row("index-size", small, "bytes/dossier", large, large / small, 4, _SIDE_BY_SIDE),
    ]


def _query_time(root: Path) -> Row:
    office = office_with(root, _FEW)
    database = office.connect()
    reindex(office, database)
    find(office, database, "làm nóng")
    times = sorted(_waited(partial(find, office, database, query)) for query in queries())
    database.close()
    p95 = _share(times, 0.95)
    return row("query-20k-p95", p95 * 1_000, "ms", _LIMIT * 1_000, _LIMIT / p95, 1, len(times))


def _waited(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _many(root: Path) -> list[Row]:
    """Every query is asked of ours, of FTS5 and as the list's page asks it, one after the other."""
    office = office_with(root / "office", _MANY)
    peer = Peer(root / "peer.db", dossiers(_MANY))
    database = office.connect()
    indexing = spent(lambda: reindex(office, database))
    find(office, database, "làm nóng")
    peer.find("làm nóng")
    asked = [*queries(), *more_queries()]
    ours, theirs, pages, processor = [], [], [], []
    for query in asked:
        before = time.process_time()
        ours.append(_waited(partial(find, office, database, query)))
        processor.append(time.process_time() - before)
        theirs.append(_waited(partial(peer.find, query)))
        pages.append(_waited(partial(_page, office, database, query)))
    database.close()
    peer.close()
    _tell(asked, ours, theirs, pages, processor, indexing)
    half, most, page = _share(ours, 0.5), _share(ours, 0.95), _share(pages, 0.95)
    limit, peers = _LIMIT_OF_MANY, _share(theirs, 0.5)
    return [
        row("query-100k-p95", most * 1_000, "ms", limit * 1_000, limit / most, 1, len(asked)),
        row("query-100k-p50-vs-fts5", half * 1_000, "ms", peers * 1_000, peers / half, 1, len(asked)),
        row("page-100k-p95", page * 1_000, "ms", limit * 1_000, limit / page, 1, len(asked)),
    ]


def _page(office: Office, database: Database, query: str) -> None:
    """What the page of the list asks for: fifty dossiers, and the numbers beside its filters."""
    find(office, database, query, limit=50)
    facets(office, database, query)


def _tell(
    asked: Sequence[str],
    ours: Sequence[float],
    theirs: Sequence[float],
    pages: Sequence[float],
    processor: Sequence[float],
    indexing: float,
) -> None:
    """The figures in full, to standard error: what the rows leave out, and which queries are the slowest."""
    say = partial(print, file=sys.stderr)
    say(f"    {_MANY:,} dossiers indexed at {_MANY / indexing:,.0f}/cpu-s; {len(asked)} queries, ms")
    for name, times in (("ours", ours), ("ours, cpu", processor), ("FTS5", theirs), ("page", pages)):
        middle, most = _share(times, 0.5) * 1_000, _share(times, 0.95) * 1_000
        say(f"    {name:10} p50 {middle:7.2f}  p95 {most:7.2f}  longest {max(times) * 1_000:7.1f}")
    slowest = sorted(zip(ours, theirs, asked, strict=True), reverse=True)[:8]
    for our, their, query in slowest:
        say(f"    {our * 1_000:7.1f}  FTS5 {their * 1_000:7.1f}  {query}")


def run() -> list[Row]:
    """The figures of searching; four minutes, most of it for indexing 100,000 dossiers."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "many").mkdir()
        return [*_indexing(root), _query_time(root / "office"), *_many(root / "many")]
