"""Which sheet of Mẫu 3 and Mẫu 4 serves which kind of organisation or collective, and how an office corrects that.

The guidance names the sheets without saying which is whose (13-HD/TU, II.1.6 and III.5), so the choice is data: the
table `assessed.toml` of the rulebook, over which an office lays its own `{forms: {kind: sheet}, names: {sheet: name}}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

from generator.errors import InvalidInput, Place, Problem
from generator.rules.rulebook import Rulebook
from generator.rules.tables import table
from generator.vietnamese import forbidden_character, joined, nfc

LONGEST_NAME = 300


@dataclass(frozen=True)
class Assessed:
    """One kind of organisation or collective that has a sheet.

    Args:
        code: ASCII, as the input names it (`commune`).
        kind: kind of subject of the rulebook (`party_organisation`).
        types: types of that kind it may be of; the criteria printed are those of the first.
        label: its name in Vietnamese.
        form: code of the sheet that serves it.
        titles: criterion → its wording for this kind, where that is not the usual one.
        facts: what the kind itself says of the conditions on its participants (`is_commune`, `caucus`).
        participants: participant → its name for this kind, where the guidance names two bodies by turns.
    """

    code: str
    kind: str
    types: tuple[str, ...]
    label: str
    form: str
    titles: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, bool | str] = field(default_factory=dict)
    participants: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Sheets:
    """The kinds assessed and the sheet of each.

    Args:
        kinds: code of a kind → the kind, in the order of the sheets.
        own_names: sheet → the name an office gives that variant in place of the kinds it serves.
        of_member: the one sheet of every member; empty in a guidance without these sheets.
    """

    kinds: Mapping[str, Assessed]
    own_names: Mapping[str, str] = field(default_factory=dict)
    of_member: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The sheets that serve some kind, in order."""
        return tuple(sorted({one.form for one in self.kinds.values()}))

    def of_form(self, form: str) -> tuple[Assessed, ...]:
        """The kinds a sheet serves; none where the office uses it for nothing."""
        return tuple(one for one in self.kinds.values() if one.form == form)

    def of_kind(self, kind: str) -> tuple[Assessed, ...]:
        """The kinds assessed of one kind of subject."""
        return tuple(one for one in self.kinds.values() if one.kind == kind)

    def of_type(self, kind: str, subject_type: str) -> tuple[Assessed, ...]:
        """The kinds assessed that a type of the rulebook may be of; nothing when there is no such type."""
        return tuple(one for one in self.of_kind(kind) if subject_type in one.types)

    def meant(self, kind: str, code: str) -> tuple[Assessed, ...]:
        """What an input may mean by a code: the kind assessed of that code, else those of that type."""
        known = self.kinds.get(code)
        return (known,) if known is not None and known.kind == kind else self.of_type(kind, code)

    def name(self, form: str) -> str:
        """The name of a variant: the office's own, else the kinds it serves."""
        return self.own_names.get(form) or "; ".join(one.label for one in self.of_form(form))

    def named(self, forms: Sequence[str]) -> str:
        """Sheets with their names, for a sentence: “Mẫu 3B.8 (Chi bộ trực thuộc đảng ủy cơ sở)”."""
        return joined([f"Mẫu {form} ({self.name(form)})" for form in forms])

    def overlaid(self, own: Mapping[str, Any], known_forms: Sequence[str], place: Place | None = None) -> Sheets:
        """These sheets as an office corrects them.

        Args:
            own: `{forms: {kind assessed: code of its sheet}, names: {code of a sheet: name of the variant}}`, each
                part optional.
            known_forms: the codes of all sheets there are, of Mẫu 3 and of Mẫu 4.
            place: where `own` comes from, for messages.

        Raises:
            InvalidInput: with every entry that names what there is not.
        """
        problems = list(_problems(self, own, known_forms, place or Place()))
        if problems:
            raise InvalidInput(problems)
        chosen = own.get("forms") or {}
        kinds = {code: replace(one, form=chosen.get(code, one.form)) for code, one in self.kinds.items()}
        names = {form: nfc(name).strip() for form, name in (own.get("names") or {}).items()}
        return Sheets(kinds, {**self.own_names, **names}, self.of_member)


def shipped_sheets(book: Rulebook) -> Sheets:
    """The sheets as the rulebook comes; empty for a guidance that has no such variants."""
    return _shipped(book.package)


@cache
def _shipped(package: str) -> Sheets:
    if not resources.files(package).joinpath("assessed.toml").is_file():
        return Sheets({})
    whole = table(package, "assessed")
    kinds = {row["code"]: Assessed(**{**row, "types": tuple(row["types"])}) for row in whole["assessed"]}
    return Sheets(kinds, of_member=whole["member_sheet"])


def _problems(sheets: Sheets, own: Mapping[str, Any], known_forms: Sequence[str], place: Place) -> Iterator[Problem]:
    if not isinstance(own, Mapping) or not all(isinstance(own.get(part) or {}, Mapping) for part in ("forms", "names")):
        yield Problem("sheets.type", place, "Bảng chọn mẫu phiếu phải gồm hai phần “forms” và “names”")
        return
    for part in set(own) - {"forms", "names"}:
        yield Problem("sheets.unknown", replace(place, field=str(part)), "Không có phần này", "Hãy bỏ phần này")
    for code, form in (own.get("forms") or {}).items():
        at = replace(place, field=f"forms.{code}")
        assessed = sheets.kinds.get(code)
        if assessed is None:
            near = get_close_matches(str(code), list(sheets.kinds), n=1)
            remedy = f"Loại gần giống nhất là “{near[0]}” ({sheets.kinds[near[0]].label})" if near else ""
            yield Problem("sheets.unknown", at, f"Không có loại đối tượng “{code}”", remedy)
            continue
        same = sorted({one for one in known_forms if one[0] == assessed.form[0]})
        if form not in same:
            remedy = f"Hãy dùng một trong các mẫu: {', '.join(same)}"
            yield Problem("sheets.form", at, f"“{form}” không phải là mẫu phiếu của “{assessed.label}”", remedy)
    for form, name in (own.get("names") or {}).items():
        at = replace(place, field=f"names.{form}")
        if form not in known_forms:
            yield Problem("sheets.form", at, f"Không có mẫu phiếu “{form}”", f"Các mẫu: {', '.join(known_forms)}")
        elif not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME or forbidden_character(name):
            yield Problem("sheets.name", at, f"Tên mẫu phải là một dòng chữ, nhiều nhất {LONGEST_NAME} ký tự")
