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
from generator.forms.assessed import Sheets, shipped_sheets
from generator.forms.manifest import Choice, Field, Manifest, ManifestError
from generator.forms.manifest_file import parse_all
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


def sheet_codes(book: Rulebook) -> tuple[str, ...]:
    """The codes of the sheets of Mẫu 3 and Mẫu 4, one for each variant."""
    return tuple(form.code for form in forms(book).values() if form.sheet_field)


def variant_title(form: Manifest, sheets: Sheets) -> str:
    """The title of a form; of a sheet with the name of its variant, as these sheets name it."""
    name = sheets.name(form.code) if form.sheet_field else ""
    return f"{form.base_title}: {name}" if name else form.base_title


def form_rows(book: Rulebook, sheets: Sheets | None = None) -> list[dict[str, Any]]:
    """The list of forms for programs: `[{code, title, subject_kinds, filled_by, states, citation, template}]`.

    `sheets` are those an office has corrected; as shipped when not given.
    """
    return [
        {
            "code": form.code,
            "title": variant_title(form, sheets) if sheets else form.title,
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
        _resolved(form, book)
        for file in folder.iterdir()
        if file.name.endswith(".toml") and file.name != "parts.toml"
        for form in parse_all(tomllib.loads(nfc(file.read_text(encoding="utf-8"))), parts, file.name)
    ]
    for number in {form.order for form in made}:
        twins = sorted(form.code for form in made if form.order == number)
        if len(twins) > 1:
            raise ManifestError(f"Các mẫu {joined(twins)} cùng mang số thứ tự {number}.")
    return made


def _resolved(form: Manifest, book: Rulebook) -> Manifest:
    if form.sheet_field:
        form = _sheet(form, shipped_sheets(book))
    fields = tuple(_with_codes(one, form, book) for one in form.fields)
    return replace(form, fields=fields, by_name={one.name: one for one in fields})


def _sheet(form: Manifest, sheets: Sheets) -> Manifest:
    """A sheet with the kinds assessed as its choices; the first it serves gives its rows where none is named."""
    served = sheets.of_form(form.code)
    if not served:
        raise ManifestError(f"Mẫu {form.code}: bảng assessed.toml không có đối tượng nào dùng mẫu này.")
    choices = tuple(Choice(one.code, one.label) for one in sheets.of_kind(served[0].kind))
    fields = tuple(
        replace(one, choices=choices, required=len(served) > 1, sample=served[0].code) if one.assessed else one
        for one in form.fields
    )
    return replace(
        form,
        title=variant_title(form, sheets),
        subject_type=served[0].types[0],
        fields=fields,
        by_name={one.name: one for one in fields},
    )


def _with_codes(one: Field, form: Manifest, book: Rulebook) -> Field:
    """The field with the codes, and for criteria the ratings, of the rulebook's scales."""
    if one.kind in ("level", "rating") and not one.codes:
        return replace(one, codes=(book.levels if one.kind == "level" else book.ratings).codes)
    if one.kind == "criteria":
        kind = one.of or form.subject_kinds[0]
        rows = _type_rows(form.by_name[one.type_from], form, book) if one.type_from else {}
        return replace(
            one,
            codes=_criterion_codes(book, kind, form.subject_type or None),
            type_codes={code: _criterion_codes(book, kind, subject_type) for code, (subject_type, _) in rows.items()},
            type_rows=rows,
            choices=tuple(Choice(code, book.ratings.label(code)) for code in book.ratings.codes),
        )
    return replace(
        one,
        columns=tuple(_with_codes(column, form, book) for column in one.columns),
        fields=tuple(_with_codes(inner, form, book) for inner in one.fields),
    )


def _type_rows(chooser: Field, form: Manifest, book: Rulebook) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Choice → the type of the rulebook and the wording of its rows; on a sheet its own kind first."""
    if not chooser.assessed:
        return {choice.code: (choice.code, {}) for choice in chooser.choices}
    sheets = shipped_sheets(book)
    own = sheets.of_form(form.code)
    ordered = (*own, *(one for one in sheets.of_kind(own[0].kind) if one.form != form.code))
    return {one.code: (one.types[0], one.titles) for one in ordered}


def _criterion_codes(book: Rulebook, kind: str, subject_type: str | None) -> tuple[str, ...]:
    return tuple(criterion.code for criterion in book.criteria(kind, subject_type))
