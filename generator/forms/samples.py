"""A complete sample input of a form, made from the samples its fields carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from generator.forms.inputs import applies
from generator.forms.manifest import Field, Manifest, level_column
from generator.rules.rulebook import Rulebook


def sample(manifest: Manifest, book: Rulebook) -> dict[str, Any]:
    """`{document, facts}` of an invented case that the form accepts; `facts` only where a level is judged.

    The people, the commune “xã An Đồng, huyện Thanh Lâm” and all they did are invented.
    """
    document = sample_document(manifest.fields)
    made: dict[str, Any] = {"document": document}
    held = level_column(manifest)
    if held is None:
        return made
    known = _facts(book.package)
    concerned = document.get("concerns") or manifest.subject_kinds[0]
    holder = held[0]
    if holder.kind == "table":
        kinds = [row.get("concerns") or concerned for row in document.get(holder.name, [])]
        if any(kind in known for kind in kinds):
            made["facts"] = {holder.name: [deepcopy(known.get(kind)) for kind in kinds]}
    elif concerned in known and holder.name in document:
        made["facts"] = _of_type(deepcopy(known[concerned]), manifest)
    return made


def _of_type(facts: dict[str, Any], manifest: Manifest) -> dict[str, Any]:
    """The invented case as one of the type of subject that an assessment sheet is for."""
    if manifest.sheet_field:
        facts[manifest.sheet_field] = manifest.subject_type
        rated = next(one for one in manifest.fields if one.kind == "criteria")
        facts["criteria"] = {
            code: rating if code in rated.codes else None for code, rating in facts["criteria"].items()
        }
    return facts


def sample_document(fields: Sequence[Field], chosen: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """The sample value of each field that applies.

    Args:
        chosen: field → code, in place of the sample of a choice on which other fields depend.
    """
    made: dict[str, Any] = {}
    for one in fields:
        if not applies(one, made):
            continue
        value = chosen.get(one.name) or _value(one)
        if value is not None:
            made[one.name] = value
    return made


def _value(one: Field) -> Any:
    if one.sample is not None:
        return deepcopy(one.sample)
    if one.kind == "table":
        return [sample_document(one.columns)]
    if one.kind == "group":
        return sample_document(one.fields) or None
    return None


@cache
def _facts(package: str) -> Mapping[str, Any]:
    file = resources.files(package).joinpath("sample_facts.yaml")
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read
