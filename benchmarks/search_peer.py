"""The peer of searching: SQLite FTS5 over the same texts, `đ` folded by hand, as one would build it with care.

It holds what ours holds, with indexes of two and three letters for beginnings of words, and gives what a list needs:
how many there are, and the first twenty. It is asked in its own words: our query is read and written as FTS5 has it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from search.filters import key
from search.query import AllOf, AnyOf, Concept, Filter, Node, Not, Phrase, Prefix, Term, parse

_PLAIN = str.maketrans("đĐ", "dD")
_TEXTS = ("name", "unit", "card", "decision", "comment", "period")
_LEVELS = {"tot": "good", "xs": "excellent"}
_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE dossier (
    number INTEGER PRIMARY KEY, id TEXT, period TEXT, name TEXT, unit TEXT, level TEXT, unit_key TEXT
);
CREATE INDEX dossier_period ON dossier(period, level);
CREATE INDEX dossier_level ON dossier(level, period);
CREATE INDEX dossier_unit ON dossier(unit_key, period);
CREATE VIRTUAL TABLE word USING fts5(
    name, unit, card, decision, comment, period, content = '', prefix = '2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""


class Peer:
    """The same dossiers in FTS5."""

    def __init__(self, path: Path, dossiers: Iterable[Mapping[str, str]]) -> None:
        self._database = sqlite3.connect(path)
        self._database.executescript(_TABLES)
        for number, one in enumerate(dossiers):
            row = [number, *(one[part] for part in ("id", "period", "name", "unit", "level")), key(one["unit"])]
            self._database.execute("INSERT INTO dossier VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            texts = [one[part].translate(_PLAIN) for part in _TEXTS]
            self._database.execute(
                "INSERT INTO word (rowid, name, unit, card, decision, comment, period) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [number, *texts],
            )
        self._database.execute("INSERT INTO word (word) VALUES ('optimize')")
        self._database.execute("INSERT INTO word (word, rank) VALUES ('rank', 'bm25(8.0, 1.0)')")
        self._database.executescript("ANALYZE")
        self._database.commit()

    def find(self, query: str) -> int:
        """Asks for the first twenty and gives how many there are."""
        read = parse(query)
        conditions = [_condition(given) for given in read.filters]
        where = " AND ".join(sql for sql, _ in conditions) or "1"
        values = [value for _, listed in conditions for value in listed]
        source, order = "dossier d", "d.period DESC"
        if read.text is not None:
            # CROSS JOIN: the words first, else SQLite asks FTS5 once for every dossier of a year.
            source, order = "word CROSS JOIN dossier d ON d.number = word.rowid", "word.rank, d.period DESC"
            where, values = f"word MATCH ? AND {where}", [_match(read.text), *values]
        self._database.execute(
            f"SELECT d.id, d.name, d.unit, d.period, d.level FROM {source} WHERE {where} ORDER BY {order} LIMIT 20",  # noqa: S608
            values,
        ).fetchall()
        counted = "word" if source != "dossier d" and not conditions else source
        total: int = self._database.execute(f"SELECT count(*) FROM {counted} WHERE {where}", values).fetchone()[0]  # noqa: S608
        return total

    def close(self) -> None:
        """Lets the database go."""
        self._database.close()


def _condition(given: Filter) -> tuple[str, list[str]]:
    if given.field == "period" and ".." in given.values[0]:
        first, _, last = given.values[0].partition("..")
        return "d.period BETWEEN ? AND ?", [first, last]
    column, values = {
        "period": ("d.period", list(given.values)),
        "level": ("d.level", [_LEVELS[value] for value in given.values if value in _LEVELS]),
        "unit": ("d.unit_key", [key(value) for value in given.values]),
    }[given.field]
    return f"{column} {'NOT IN' if given.without else 'IN'} ({', '.join('?' * len(values))})", values


def _match(node: Node) -> str:
    match node:
        case Term():
            return f'"{node.folded}"'
        case Prefix():
            return f'"{node.folded}"*'
        case Phrase():
            return '"' + " ".join(word.folded for word in node.words) + '"'
        case Concept():
            return f'"{node.code}"'
        case AnyOf():
            return "(" + " OR ".join(_match(part) for part in node.parts) + ")"
        case AllOf():
            wanted = " AND ".join(_match(part) for part in node.parts if not isinstance(part, Not))
            return " NOT ".join([f"({wanted})", *(_match(part.part) for part in node.parts if isinstance(part, Not))])
        case Not():
            raise ValueError("FTS5 has no answer to what is only left out")
