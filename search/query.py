"""The query language of hoso: what a person types, read once into a small tree. No input is refused.

nguyễn văn an            every word, in any order, with or without marks
"chi bộ khu 1"           these words in this order
ngu*                     words that begin so
-khiển                   without this word
nam:2018 muc:tot         filters: nam, muc, don-vi, loai, trang-thai; `nam:2015..2018`, `muc:tot,xs`, `-muc:tot`
don-vi:"Chi bộ Khu 1"    a value of several words stands in quotes
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.vietnamese import fold, nfc
from search.analysis import CONCEPT, Word, code_runs, concepts_at, vocabulary, words

_LONGEST_QUERY = 1_000
_MOST_WORDS = 60
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_ITEM = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_][\w-]*):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_SPACED_CODE = re.compile(r"(?<=\d)\s*[-–]\s+(?=[^\W\d_]+/)|(?<=\d)\s+[-–]\s*(?=[^\W\d_]+/)")


@dataclass(frozen=True)
class Term:
    """One word. `exact` is empty for one that was put together from a code."""

    folded: str
    exact: str = ""


@dataclass(frozen=True)
class Prefix:
    """The words that begin with `folded`."""

    folded: str


@dataclass(frozen=True)
class Phrase:
    """Words in this order."""

    words: tuple[Term, ...]


@dataclass(frozen=True)
class Concept:
    """Any of the ways to write one thing (`synonyms.toml`)."""

    code: str


@dataclass(frozen=True)
class Not:
    """What does not match `part`."""

    part: Node


@dataclass(frozen=True)
class AnyOf:
    """What matches one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AllOf:
    """What matches every part."""

    parts: tuple[Node, ...]


Node = Term | Prefix | Phrase | Concept | Not | AnyOf | AllOf


@dataclass(frozen=True)
class Filter:
    """A condition on a field of the dossier: one of the values, as typed; `without` turns it round."""

    field: str
    values: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True)
class Query:
    """A query read.

    Args:
        text: what the words ask, or None when there are none.
        filters: conditions, all of which hold.
        words: the folded words to show in the snippet; a prefix ends with `*`.
        plain: the words as typed when there is nothing but words, else empty.
    """

    text: Node | None
    filters: tuple[Filter, ...]
    words: frozenset[str]
    plain: str = ""


@lru_cache(maxsize=256)
def parse(query: str) -> Query:
    """Reads a query; what makes no sense as a filter is taken as words, what holds no letter is passed over."""
    text = _SPACED_CODE.sub("-", nfc(query[:_LONGEST_QUERY]).translate(_QUOTES))
    parts: list[Node] = []
    filters: list[Filter] = []
    plain: list[str] = []
    for item in _ITEM.finditer(text):
        field = vocabulary()["filters"].get(fold(item["field"]).replace("_", "-")) if item["field"] else None
        value = item["quoted"] if item["quoted"] is not None else item["bare"]
        if field:
            values = tuple(part.strip() for part in value.split(",") if words(part))
            filters += [Filter(field, values, bool(item["minus"]))] if values else []
            continue
        chunk = f"{item['field']}:{value}" if item["field"] and item["quoted"] is None else value
        if not item["minus"] and item["quoted"] is None and not chunk.endswith("*"):
            plain.append(chunk)
            continue
        parts += _bare(plain)
        plain = []
        node = _quoted(chunk) if item["quoted"] is not None else _joined(_prefixed(chunk))
        if node is not None:
            parts.append(Not(node) if item["minus"] else node)
    only_words = "" if parts or filters else " ".join(plain)
    parts += _bare(plain)
    parts = parts[:_MOST_WORDS]
    node = _joined(parts)
    return Query(node, tuple(filters), frozenset(_shown(node)) if node else frozenset(), only_words)


def _joined(parts: Sequence[Node]) -> Node | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _term(word: Word) -> Term:
    return Term(word.folded, word.exact)


def _quoted(text: str) -> Node | None:
    found = words(text)[:_MOST_WORDS]
    if not found:
        return None
    form = next(concepts_at(found, 0), None)
    if form and len(form.folded) == len(found) and not form.typed_only:
        return Concept(form.concept)
    return _run(text, found, 0, len(found))


def _run(text: str, found: Sequence[Word], first: int, end: int) -> Node:
    """Words in a row; as a code also without its punctuation."""
    terms = tuple(_term(word) for word in found[first:end])
    if len(terms) == 1:
        return terms[0]
    row = Phrase(terms)
    if any(run == (first, end) for run in code_runs(text, found)):
        return AnyOf((row, Term("".join(term.folded for term in terms))))
    return row


def _prefixed(chunk: str) -> list[Node]:
    """`ngu*`, also at the end of several words (`15-qd*`)."""
    found = words(chunk)[:_MOST_WORDS]
    if not chunk.endswith("*"):
        return _bare([chunk])
    return [*(_term(word) for word in found[:-1]), Prefix(found[-1].folded)] if found else []


def _bare(chunks: Sequence[str]) -> list[Node]:
    """Words typed one after another: codes and concepts are seen in them, the rest are single words."""
    text = " ".join(chunks)
    found = words(text)[:_MOST_WORDS]
    runs = dict(code_runs(text, found))
    parts: list[Node] = []
    index = _address(found)
    while index < len(found):
        form = next(concepts_at(found, index), None)
        if form and not (index in runs and runs[index] > index + len(form.folded)):
            end = index + len(form.folded)
            spoken = _joined([_term(word) for word in found[index:end]])
            parts.append(
                AnyOf((Concept(form.concept), spoken)) if form.typed_only and spoken else Concept(form.concept)
            )
        elif index in runs:
            end = runs[index]
            parts.append(_run(text, found, index, end))
        else:
            end = index + 1
            parts.append(_term(found[index]))
        index = end
    return parts


def _address(found: Sequence[Word]) -> int:
    """How many words at the beginning only say how the person named after them is spoken of."""
    for given in vocabulary()["address"]["typed"]:
        spoken = [word.exact for word in words(nfc(given))]
        if len(spoken) < len(found) and spoken == [word.exact for word in found[: len(spoken)]]:
            return len(spoken)
    return 0


def _shown(node: Node) -> list[str]:
    match node:
        case Term():
            return [node.folded]
        case Prefix():
            return [node.folded + "*"]
        case Phrase():
            return [word.folded for word in node.words]
        case AnyOf() | AllOf():
            return [word for part in node.parts for word in _shown(part)]
        case Concept():
            return [CONCEPT + node.code]
        case Not():
            return []
