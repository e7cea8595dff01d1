"""The rulebook as a page: everything its tables say, written out for a reader of `docs/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.rules.facts import FactsModel
from generator.rules.rulebook import Rule, Rulebook
from generator.rules.tables import tables_under

_REQUIREMENTS = {"required": "R", "conditional": "C", "optional": "tùy", "not_applicable": "–"}


Cases = Mapping[str, Sequence[tuple[str, str]]]
"""Rule id → the cases tests put to the judge: one that breaks the rule or is under it, one that keeps it or is not."""


def rulebook_markdown(book: Rulebook, shown: Cases | None = None, test: str = "") -> str:
    """The whole rulebook in Markdown: scales, criteria, rules, readings, settings, bodies, dossier, facts.

    Args:
        shown: the cases that show each rule; rules without one are listed by what people are asked, or as stated only.
        test: the test that puts those cases to the judge.
    """
    parts = [
        _opening(book),
        _scales(book),
        _criteria(book),
        _rules(book),
        _shown(book, shown or {}, test),
        _readings(book),
        _settings(book),
        _deciders(book),
        _dossier(book),
        _facts(book),
    ]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _opening(book: Rulebook) -> Iterator[str]:
    yield f"# Rulebook `{book.name}`"
    yield ""
    yield f"{book.guidance}."
    yield ""
    yield f"{len(book.rules)} rules. Generated from the tables of the rulebook; not edited by hand."
    yield ""


def _scales(book: Rulebook) -> Iterator[str]:
    yield "## Scales"
    yield ""
    rows = [(f"`{code}`", label, book.levels.short(code)) for code, label in book.levels.labels.items()]
    yield from _table(("level, best first", "label", "short"), rows)
    yield from _table(
        ("rating, best first", "label"), [(f"`{code}`", book.ratings.label(code)) for code in book.ratings.codes]
    )


def _criteria(book: Rulebook) -> Iterator[str]:
    yield "## Criteria"
    yield ""
    for kind in book.kinds.values():
        column_of: dict[tuple[str, ...], str] = {}
        for subject_type in (*book.subject_types(kind.code), None):
            criteria = book.criteria(kind.code, subject_type)
            titles = tuple(criterion.title for criterion in criteria)
            label = book.type_label(kind.code, subject_type) if subject_type else ""
            column_of[titles] = "; ".join(filter(None, (column_of.get(titles, ""), label)))
        for titles, labels in column_of.items():
            if not titles:
                continue
            subject_type = next(
                (t for t in book.subject_types(kind.code) if tuple(_titles(book, kind.code, t)) == titles), None
            )
            yield f"### {kind.label}: {labels}" if len(column_of) > 1 else f"### {kind.label}"
            yield ""
            yield from _table(
                ("code", "number", "criterion", "cites", "class"),
                [
                    (f"`{c.code}`", c.number, c.title, c.cites, ", ".join(_classes(c)))
                    for c in book.criteria(kind.code, subject_type)
                ],
            )


def _titles(book: Rulebook, kind: str, subject_type: str) -> Iterator[str]:
    return (criterion.title for criterion in book.criteria(kind, subject_type))


def _classes(criterion: Any) -> list[str]:
    return [name for name in ("key", "task", "basic", "optional", "leaders_only") if getattr(criterion, name)]


def _rules(book: Rulebook) -> Iterator[str]:
    yield "## Rules"
    yield ""
    yield "`error` refuses, `warning` asks for a reason, `info` is shown. An approver may waive what is marked so."
    yield ""
    for rows in tables_under(book.package, "rules"):
        rules = [book.rule(row["id"]) for row in rows["rule"]]
        yield f"### {rules[0].id} … {rules[-1].id}"
        yield ""
        yield from _table(
            ("id", "citation", "rule", "effect", "severity", "readings", "waivable"),
            [_rule_row(rule) for rule in rules],
        )
    asked = [rule for rule in book.rules if rule.question]
    yield "### What people are asked"
    yield ""
    yield from _table(
        ("id", "question", "asked of", "when"),
        [
            (rule.id, rule.question, ", ".join(rule.asked_of or rule.applies_to), ", ".join(rule.asked_when))
            for rule in asked
        ],
    )


def _rule_row(rule: Rule) -> tuple[str, ...]:
    effect = f"{rule.effect} → {rule.cap}" if rule.cap else rule.effect
    cites = "; ".join(rule.cites)
    return (rule.id, cites, rule.title, effect, rule.severity, ", ".join(rule.readings), "yes" if rule.waivable else "")


def _shown(book: Rulebook, shown: Cases, test: str) -> Iterator[str]:
    if not shown:
        return
    yield "## Tests that show each rule"
    yield ""
    yield f"Each row is put to the judge by `{test}`, as `test_a_case_breaks_it[…]` and `test_a_case_keeps_it[…]` with"
    yield "the rule's id in the brackets. Of a level the changes to facts that meet every condition are given, with the"
    yield "kind of subject and the level proposed. A rule about who or where is kept by a case that is not under it."
    yield ""
    rows = [(rule.id, *_code(case)) for rule in book.rules for case in shown.get(rule.id, ())]
    yield from _table(("rule", "a case that breaks it or is under it", "a case that keeps it or is not"), rows)
    stated = [rule for rule in book.rules if rule.id not in shown and not rule.question]
    asked = [rule.id for rule in book.rules if rule.id not in shown and rule.question]
    yield f"Asked of people where the records of a campaign do not tell ({len(asked)}): {', '.join(asked)}."
    yield ""
    yield f"Stated only, nothing to judge or to ask ({len(stated)}): {', '.join(rule.id for rule in stated)}."
    yield ""


def _code(case: tuple[str, str]) -> tuple[str, str]:
    breaks, keeps = case
    return f"`{breaks}`", f"`{keeps}`"


def _readings(book: Rulebook) -> Iterator[str]:
    yield "## Readings of an open text"
    yield ""
    yield from _table(
        ("id", "citation", "question", "reading", "alternatives"),
        [(r.id, r.cites, r.question, r.reading, r.alternatives) for r in book.readings.values()],
    )


def _settings(book: Rulebook) -> Iterator[str]:
    yield "## Settings"
    yield ""
    rows = []
    for name, spec in book.settings.specs.items():
        default = spec.default if isinstance(spec.default, str) else ", ".join(spec.default)
        choices = "criteria codes" if spec.kind else "; ".join(f"`{c}` {label}" for c, label in spec.choices.items())
        rows.append((f"`{name}`", spec.title, spec.reading, f"`{default}`", choices))
    yield from _table(("setting", "title", "reading", "default", "choices"), rows)


def _deciders(book: Rulebook) -> Iterator[str]:
    yield "## Who decides"
    yield ""
    rows = []
    for row in book.authorities:
        types = "; ".join(book.type_label(row["kind"], code) for code in row["types"])
        levels = ", ".join(row.get("levels", ()))
        rows.append((types, levels, book.body_label(row["body"]), row["rule"]))
    yield from _table(("subject", "level", "decided by", "rule"), rows)


def _dossier(book: Rulebook) -> Iterator[str]:
    yield "## Dossier"
    yield ""
    yield "R required, C required when the condition holds, `tùy` optional, – not part of it."
    yield ""
    profiles = book.dossier_profiles
    columns = {profile: book.dossier_items(profile) for profile in profiles}
    rows = []
    for index, item in enumerate(next(iter(columns.values()))):
        cells = [_requirement(items[index]) for items in columns.values()]
        stage = "" if item.stage == "submission" else item.stage
        rows.append((item.rule_id, f"`{item.code}`", item.title, *cells, stage))
    yield from _table(("rule", "code", "item", *profiles.values(), "from stage"), rows)


def _requirement(item: Any) -> str:
    mark = _REQUIREMENTS[item.requirement]
    if item.condition.startswith("not "):
        return f"{mark} (trừ khi {item.condition_label})"
    return f"{mark} ({item.condition_label})" if item.condition else mark


def _facts(book: Rulebook) -> Iterator[str]:
    yield "## Facts"
    yield ""
    yield "What `hoso validate` and `hoso check` read under `facts`. A field with a default may be left out."
    yield ""
    for title, model in _shapes(book):
        yield f"### {title}"
        yield ""
        yield from _table(("field", "meaning", "value"), list(_fields(model.model_json_schema())))


def _shapes(book: Rulebook) -> Iterator[tuple[str, type[FactsModel]]]:
    for kind, model in book.classified_facts.items():
        yield f"`classification` of `{kind}`", model
    for kind, model in book.capped_facts.items():
        yield f"`cap` of `{kind}`", model
    for case_type, judging in sorted(book.registered.judgings.items()):
        if isinstance(judging.facts, Mapping):
            for name, model in judging.facts.items():
                yield f"`{case_type}` of kind `{name}`", model
        else:
            yield f"`{case_type}`", judging.facts


def _fields(
    schema: Mapping[str, Any], under: str = "", whole: Mapping[str, Any] | None = None
) -> Iterator[Sequence[str]]:
    whole = whole or schema
    for name, field in schema.get("properties", {}).items():
        inner = _resolved(field, whole)
        title = field.get("title", "")
        shown = "" if title.lower().replace(" ", "_") == name else title
        default = f"; default {_value(field['default'])}" if "default" in field else ""
        yield f"`{under}{name}`", shown, _described(field, whole) + default
        if inner.get("properties"):
            yield from _fields(inner, f"{under}{name}.", whole)
        items = _resolved(inner.get("items", {}), whole)
        if items.get("properties"):
            yield from _fields(items, f"{under}{name}[].", whole)


def _resolved(field: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    for option in field.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolved(option, whole)
    reference = field.get("$ref", "").rpartition("/")[2]
    return whole["$defs"][reference] if reference else field


def _described(field: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(_described(option, whole) for option in field["anyOf"])
    inner = _resolved(field, whole)
    if "const" in inner:
        return f"`{inner['const']}`"
    if "enum" in inner:
        return ", ".join(f"`{code}`" for code in inner["enum"])
    if inner.get("type") == "array":
        return f"list of {_described(inner['items'], whole)}"
    if inner.get("format") == "date":
        return "day"
    return {"object": "mapping", "integer": "count", "number": "number", "boolean": "true/false", "null": "null"}.get(
        inner.get("type", ""), "text"
    )


def _value(value: object) -> str:
    return "null" if value is None else "empty" if value == [] else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""
