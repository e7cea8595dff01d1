"""The names a template of a form may use, and what stands behind each: text, a list, a choice with its options.

They are read off the context itself, so that nothing has to say twice what `context` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from generator.forms import inputs
from generator.forms.context import context
from generator.forms.library import forms
from generator.forms.manifest import Field, Manifest
from generator.forms.samples import sample_document
from generator.rules.rulebook import Rulebook

TEXT, FLAG, LIST, RECORD, ANY = "text", "flag", "list", "record", "any"

# Every sign that breaks careless writers; a template's output is compared with docxtpl's for it too.
HOSTILE = "A & B <b> > \"c\" 'd' {{ 7*7 }} {% if x %} {# y #} ]]> “ư”"
PAPER_CODE = "2018-ABC-abcdefghjkmn"
# What the heading's lines are made of.
_HEADING = {
    "date_line": ("place", "date", "year"),
    "day_line": ("date", "year"),
    "number_line": ("number", "symbol"),
}


@dataclass(frozen=True)
class Shape:
    """What a name stands for.

    Args:
        kind: `text`, `flag`, `list`, `record` (something with entries), or `any` where no sample shows it.
        entries: of a record, by name.
        item: of a list, each of its rows.
    """

    kind: str
    entries: Mapping[str, Shape] = field(default_factory=dict)
    item: Shape | None = None


UNKNOWN = Shape(ANY)
LOOP = Shape(RECORD, {name: Shape(TEXT) for name in ("index", "index0", "length")} | {
    name: Shape(FLAG) for name in ("first", "last")
})  # fmt: skip


def trial_contexts(form: Manifest, book: Rulebook) -> Iterator[dict[str, Any]]:
    """Contexts that show all a form may print: samples and hostile text in every state, and nothing given at all."""
    complete = sample_document(form.fields)
    hostile = {one.name: _hostile(one, complete[one.name]) for one in form.fields if one.name in complete}
    # What applies only after another answer is shown with that answer.
    answers = {(one.when.field, one.when.codes[0]) for one in form.fields if one.when}
    others = [sample_document(form.fields, {name: code}) for name, code in sorted(answers)]
    code = PAPER_CODE if form.take_home else ""
    for state in form.states:
        for document in (complete, hostile, *others):
            yield context(form, inputs.read(form, document, state=state), state=state, book=book, paper_code=code)
    yield context(form, {}, state="blank", book=book)


def _hostile(one: Field, value: Any) -> Any:
    if isinstance(value, str) and one.kind in ("line", "name", "text"):
        return HOSTILE[: one.maximum]
    if one.kind == "table":
        return [{column.name: _hostile(column, row[column.name]) for column in one.columns if column.name in row}
                for row in value]  # fmt: skip
    if one.kind == "group":
        return {inner.name: _hostile(inner, value[inner.name]) for inner in one.fields if inner.name in value}
    return value


@lru_cache(maxsize=256)
def names(form: Manifest, book: Rulebook) -> Shape:
    """What the templates of a form may name: what it has, and what the forms have that come with the same template.

    A template that serves several forms asks before it prints what one of them lacks; trying it out shows whether.
    """
    family = [other for other in forms(book).values() if other.template == form.template]
    return _merged([_shape(made) for other in family for made in trial_contexts(other, book)])


def _shape(value: Any) -> Shape:
    if isinstance(value, Mapping):
        return Shape(RECORD, {str(name): _shape(inner) for name, inner in value.items()})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Shape(LIST, item=_merged([_shape(inner) for inner in value]))
    return Shape(FLAG if isinstance(value, bool) else TEXT)


def _merged(shapes: Iterable[Shape]) -> Shape:
    known = [shape for shape in shapes if shape.kind != ANY]
    if not known:
        return UNKNOWN
    kind = known[0].kind
    if kind == RECORD:
        every = dict.fromkeys(name for shape in known for name in shape.entries)
        return Shape(RECORD, {
            name: _merged([shape.entries[name] for shape in known if name in shape.entries]) for name in every
        })  # fmt: skip
    if kind == LIST:
        return Shape(LIST, item=_merged([shape.item for shape in known if shape.item]))
    return known[0]


def unprinted(form: Manifest, printed: Iterable[tuple[str, ...]], asked: Iterable[tuple[str, ...]]) -> list[
    tuple[str, Field]
]:  # fmt: skip
    """The fields, columns and parts of groups that a template never prints, each with the tag that would.

    Args:
        printed: the paths of the names printed, loops passed through: `("members", "full_name")`.
        asked: those that only a condition reads; a choice or a yes/no is printed by what hangs on it.
    """
    shown = {path[:2] for path in printed} | {path[:1] for path in printed}
    chosen = {path[:2] for path in asked} | {path[:1] for path in asked}
    for line, parts in _HEADING.items():
        if (line,) in shown:
            shown |= {(part,) for part in parts}
    shown |= {path[1:] for path in shown if path[0] == "words"}
    shown |= {(one.type_from,) for one in form.fields if one.type_from and (one.name,) in shown}
    found = []
    for one in form.fields:
        totals = {(f"{one.name}_{end}",) for end in ("count", "total")}
        inner = (*one.columns, *one.fields)
        if not _is_shown(one, (one.name,), shown, chosen) and not (inner and shown & totals):
            found.append((one.name, one))
            continue
        found += [
            (f"{one.name}.{part.name}", part)
            for part in inner
            if not _is_shown(part, (one.name, part.name), shown, chosen)
        ]
    return found


def _is_shown(one: Field, path: tuple[str, ...], shown: set[tuple[str, ...]], chosen: set[tuple[str, ...]]) -> bool:
    by_condition = one.kind in ("flag", "choice", "level", "rating") and path in chosen
    return path in shown or by_condition
