"""The JSON Schema (draft 2020-12) of a form's input, for editors and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.forms.manifest import Condition, Field, Manifest, level_column
from generator.forms.values import LARGEST_COUNT, LONGEST, MOST_ROWS
from generator.rules.rulebook import Rulebook

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_DAY = r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4})$"
_DAY_OR_MONTH = r"^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2})$"
_TIME = r"^\d{1,2}[:h]\d{2}$"


def schema(manifest: Manifest, book: Rulebook) -> dict[str, Any]:
    """The schema of `{document, facts}` of one form; what it refuses, `inputs.read` refuses too."""
    properties: dict[str, Any] = {"document": {**_document(manifest, book), "title": manifest.title}}
    held = level_column(manifest)
    if held is not None:
        properties["facts"] = _facts(held[0])
    return {
        "$schema": _DRAFT,
        "$id": f"urn:hoso:{book.name}:form:{manifest.code}",
        "title": f"{manifest.label} {manifest.title}".strip(),
        "description": manifest.cites,
        "type": "object",
        "properties": properties,
        "required": ["document"],
        "additionalProperties": False,
    }


def _facts(holder: Field) -> dict[str, Any]:
    description = "Dữ kiện để phần mềm đối chiếu với tiêu chuẩn; không in trên văn bản"
    one = {"type": ["object", "null"], "description": description}
    if holder.kind != "table":
        return one
    rows = {"type": "array", "items": one, "description": f"Mỗi dòng của “{holder.label}” một mục, theo thứ tự"}
    return {"type": ["object", "null"], "properties": {holder.name: rows}, "additionalProperties": False}


def _document(manifest: Manifest, book: Rulebook) -> dict[str, Any]:
    made = _object(manifest.fields, book)
    if manifest.excerpt:
        who = [name for name in made["required"] if manifest.by_name[name].identity]
        whole = {key: made.pop(key) for key in ("required", "allOf") if key in made}
        excerpt = {"required": [manifest.excerpt], "properties": {manifest.excerpt: {"type": "string"}}}
        made |= {"required": who, "if": excerpt, "else": whole}
    return made


def _object(fields: Sequence[Field], book: Rulebook) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "object",
        "properties": {one.name: _property(one, book) for one in fields},
        "additionalProperties": False,
    }
    required = [one.name for one in fields if one.required and one.when is None]
    if required:
        made["required"] = required
    conditions = [_condition(one.name, one.when) for one in fields if one.required and one.when]
    if conditions:
        made["allOf"] = conditions
    return made


def _condition(name: str, when: Condition) -> dict[str, Any]:
    chosen = {"properties": {when.field: {"enum": list(when.codes)}}, "required": [when.field]}
    return {"if": chosen, "then": {"required": [name]}}


def _property(one: Field, book: Rulebook) -> dict[str, Any]:
    notes = [part for part in (one.help, one.cites) if part]
    described = {"title": one.label} | ({"description": ". ".join(notes)} if notes else {})
    made = described | _shape(one, book)
    if not one.required and "type" in made:
        made["type"] = [*([made["type"]] if isinstance(made["type"], str) else made["type"]), "null"]
    elif not one.required:
        made["oneOf"] = [*made["oneOf"], {"type": "null"}]
    return made


def _shape(one: Field, book: Rulebook) -> dict[str, Any]:
    if one.kind in LONGEST:
        return {"type": ["string", "integer"], "maxLength": one.maximum or LONGEST[one.kind]}
    if one.kind == "date":
        return {"type": "string", "pattern": _DAY_OR_MONTH if one.partial else _DAY}
    if one.kind == "time":
        return {"type": "string", "pattern": _TIME}
    if one.kind in ("count", "number"):
        kind = "integer" if one.kind == "count" else "number"
        return {"type": kind, "minimum": 0, "maximum": one.maximum or LARGEST_COUNT}
    if one.kind == "flag":
        return {"type": "boolean"}
    if one.kind == "criteria":
        rating = {"enum": [*(choice.code for choice in one.choices), None]}
        local = {
            "type": "object",
            "properties": {"title": {"type": "string", "maxLength": LONGEST["line"]}, "rating": rating},
            "required": ["title"],
            "additionalProperties": False,
        }
        return {
            "type": "object",
            "properties": dict.fromkeys(one.codes, rating),
            "patternProperties": {rf"^({'|'.join(one.codes)})\.[1-9][0-9]?$": local},
            "additionalProperties": False,
        }
    if one.kind == "table":
        return {"type": "array", "items": _object(one.columns, book), "maxItems": one.maximum or MOST_ROWS}
    if one.kind == "group":
        return _object(one.fields, book)
    return {"oneOf": [{"const": code, "title": label} for code, label in _answers(one, book)]}


def _answers(one: Field, book: Rulebook) -> list[tuple[str, str]]:
    if one.kind == "choice":
        return [(choice.code, choice.label) for choice in one.choices]
    scale = book.levels if one.kind == "level" else book.ratings
    return [(code, scale.label(code)) for code in one.codes]
