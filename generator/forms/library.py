"""The forms of a rulebook: all of them in the order of the guidance, and one by its code however it is written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from importlib import resources
from types import MappingProxyType
from typing import Any

from generator.errors import GeneratorError
from generator.forms.manifest import Choice, Field, Manifest, ManifestError
from generator.forms.manifest_file import parse
from generator.rules.rulebook import Rulebook
from generator.vietnamese import fold, joined, nfc

# “Mẫu” before the code and “-HD, KĐ, ĐG” after it belong to the annex label, not to the code.
_LABEL_WORDS = re.compile(r"^(mau)?|(hd)?(kd)?(dg)?(2018)?$")


class UnknownForm(GeneratorError):
    """Không có biểu mẫu này."""

    code = "generator.unknown-form"

    def __init__(self, asked: str, suggestions: list[str]) -> None:
        self.asked = asked
        self.suggestions = tuple(suggestions)
        hint = f" Có phải {joined(suggestions)}?" if suggestions else " Xem danh sách bằng lệnh “hoso forms”."
        super().__init__(f"Không có biểu mẫu “{asked}”.{hint}")


def forms(book: Rulebook) -> Mapping[str, Manifest]:
    """Every form of the rulebook by code, in the order of the guidance.

    Raises:
        ManifestError: a manifest of the rulebook is not well written.
    """
    return _forms(book)


def manifest(code: str, book: Rulebook) -> Manifest:
    """The form a person means: `3B.1`, `3b1`, `mau 3b.1` and “Mẫu 3B.1-HD, KĐ, ĐG” are the same one.

    Raises:
        UnknownForm: no form has that code; the error carries the codes that come near.
    """
    known = _by_key(book)
    found = known.get(code_key(code))
    if found is None:
        near = get_close_matches(code_key(code), list(known), n=3, cutoff=0.5)
        raise UnknownForm(code, [known[key].code for key in near])
    return found


def form_rows(book: Rulebook) -> list[dict[str, Any]]:
    """The list of forms for programs: `[{code, title, subject_kinds, filled_by, states, citation, template}]`."""
    return [
        {
            "code": form.code,
            "title": form.title,
            "subject_kinds": list(form.subject_kinds),
            "filled_by": list(form.filled_by),
            "states": list(form.states),
            "citation": form.cites,
            "template": form.template,
        }
        for form in forms(book).values()
    ]


def code_key(code: str) -> str:
    """What is left of a code when marks, signs and the words of the annex label are taken away: `3b1`."""
    return _LABEL_WORDS.sub("", re.sub(r"[^a-z0-9]", "", fold(code)))


_KNOWN: dict[str, Mapping[str, Manifest]] = {}
_KEYS: dict[str, Mapping[str, Manifest]] = {}


def _forms(book: Rulebook) -> Mapping[str, Manifest]:
    # By name, since the readings an office chooses change rules and never forms.
    if book.name not in _KNOWN:
        made = sorted(_read(book), key=lambda form: form.order)
        _KNOWN[book.name] = MappingProxyType({form.code: form for form in made})
    return _KNOWN[book.name]


def _by_key(book: Rulebook) -> Mapping[str, Manifest]:
    if book.name not in _KEYS:
        _KEYS[book.name] = {code_key(form.code): form for form in _forms(book).values()}
    return _KEYS[book.name]


def _read(book: Rulebook) -> list[Manifest]:
    folder = resources.files(book.package).joinpath("forms")
    parts = tomllib.loads(nfc(folder.joinpath("parts.toml").read_text(encoding="utf-8")))
    made = [
        _resolved(parse(tomllib.loads(nfc(file.read_text(encoding="utf-8"))), parts, file.name), book)
        for file in folder.iterdir()
        if file.name.endswith(".toml") and file.name != "parts.toml"
    ]
    for number in {form.order for form in made}:
        twins = sorted(form.code for form in made if form.order == number)
        if len(twins) > 1:
            raise ManifestError(f"Các mẫu {joined(twins)} cùng mang số thứ tự {number}.")
    return made


def _resolved(form: Manifest, book: Rulebook) -> Manifest:
    fields = tuple(_with_codes(one, form, book) for one in form.fields)
    return replace(form, fields=fields, by_name={one.name: one for one in fields})


def _with_codes(one: Field, form: Manifest, book: Rulebook) -> Field:
    """The field with the codes, and for criteria the ratings, of the rulebook's scales."""
    if one.kind in ("level", "rating") and not one.codes:
        return replace(one, codes=(book.levels if one.kind == "level" else book.ratings).codes)
    if one.kind == "criteria":
        kind = one.of or form.subject_kinds[0]
        types = [choice.code for choice in form.by_name[one.type_from].choices] if one.type_from else []
        return replace(
            one,
            codes=_criterion_codes(book, kind, form.subject_type or None),
            type_codes={subject_type: _criterion_codes(book, kind, subject_type) for subject_type in types},
            choices=tuple(Choice(code, book.ratings.label(code)) for code in book.ratings.codes),
        )
    return replace(
        one,
        columns=tuple(_with_codes(column, form, book) for column in one.columns),
        fields=tuple(_with_codes(inner, form, book) for inner in one.fields),
    )


def _criterion_codes(book: Rulebook, kind: str, subject_type: str | None) -> tuple[str, ...]:
    return tuple(criterion.code for criterion in book.criteria(kind, subject_type))
