"""What does not fit: a form asked for a subject it is not made for, a text longer than the room left for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.errors import Place, Problem
from generator.forms.assessed import Assessed, Sheets
from generator.forms.library import manifest
from generator.forms.manifest import Manifest
from generator.rules.rulebook import Rulebook

# The input and the facts name the type of a subject by its kind.
TYPE_FIELDS: Mapping[str, str] = {
    "organisation_type": "party_organisation",
    "collective_type": "leadership_collective",
}
# The excerpt that is printed over a sheet that has left the printer, into the dotted lines it has.
OVERPRINT = "entries"
# A line of 165 mm holds some 73 letters of 14 points; capitals are wider.
_LETTERS_A_LINE = 66


def misfits(
    form: Manifest, document: object, facts: object, book: Rulebook, sheets: Sheets, place: Place | None = None
) -> list[Problem]:
    """What in an input says that its subject is not one of this form, each with the form to take instead.

    An assessment sheet (Mẫu 3, Mẫu 4, Mẫu 5.1) is held to the type of the subject that the document or the facts name;
    any form to the kind of subject that the facts name, or of which they name a type. An input that names none fits.

    Args:
        document, facts: the two parts of the input, as they came.
    """
    at = place or Place()
    known = facts if isinstance(facts, Mapping) else {}
    found: Iterator[Problem] = iter(())
    if isinstance(kind := known.get("subject_kind"), str):
        found = _of_another_kind(form, kind, known, book, sheets, replace(at, field="facts.subject_kind"))
    if not (problems := list(found)):
        typed = _of_types(form, document, known, book, sheets, at)
        problems = list(typed if _is_sheet(form, sheets) else _of_implied_kind(form, known, book, sheets, at))
    return problems[:1]


def _of_types(
    form: Manifest, document: object, facts: Mapping[Any, Any], book: Rulebook, sheets: Sheets, at: Place
) -> Iterator[Problem]:
    # The input names the kind assessed, the facts only its type, which several kinds may share.
    for part, prefix, find in ((document, "", sheets.meant), (facts, "facts.", sheets.of_type)):
        for name, kind in TYPE_FIELDS.items():
            code = part.get(name) if isinstance(part, Mapping) else None
            meant = find(kind, code) if isinstance(code, str) else ()
            if meant and form.code not in {one.form for one in meant}:
                label = meant[0].label if len(meant) == 1 else book.type_label(kind, str(code))
                yield _of_another_type(form, label, meant, sheets, replace(at, field=prefix + name))


def _of_implied_kind(
    form: Manifest, facts: Mapping[Any, Any], book: Rulebook, sheets: Sheets, at: Place
) -> Iterator[Problem]:
    for name, kind in TYPE_FIELDS.items():
        code = None if "subject_kind" in facts else facts.get(name)
        if isinstance(code, str) and sheets.meant(kind, code):
            yield from _of_another_kind(form, kind, facts, book, sheets, replace(at, field=f"facts.{name}"))


def unsaid(form: Manifest, values: Mapping[str, Any], sheets: Sheets, place: Place | None = None) -> list[Problem]:
    """The kind assessed, where a sheet serves several by the office's choice and the values do not say which."""
    served = sheets.of_form(form.code)
    if not form.sheet_field or form.sheet_field in values or len(served) < 2:
        return []
    message = f"Mẫu {form.code} dùng cho nhiều loại đối tượng, chưa ghi là loại nào"
    remedy = f"Hãy dùng một trong các mã: {', '.join(one.code for one in served)}"
    return [Problem("input.missing", replace(place or Place(), field=form.sheet_field), message, remedy)]


def overflows(form: Manifest, values: Mapping[str, Any], place: Place | None = None) -> list[Problem]:
    """Texts too long for the dotted lines of the sheet they are to be printed over; none unless that is asked for."""
    if not form.excerpt or values.get(form.excerpt) != OVERPRINT:
        return []
    remedy = "Hãy rút gọn, hoặc in trang đánh giá thành tờ mới (print_only: assessment)"
    return [
        Problem(
            "input.does-not-fit",
            replace(place or Place(), field=one.name),
            f"“{one.label}” dài hơn {one.blank_lines} dòng chấm của tờ đã in",
            remedy,
        )
        for one in form.fields
        if one.by_hand and one.kind == "text" and _lines(values.get(one.name, "")) > one.blank_lines
    ]


def _lines(text: str) -> int:
    return sum(max(1, -(-len(line) // _LETTERS_A_LINE)) for line in text.splitlines())


def _is_sheet(form: Manifest, sheets: Sheets) -> bool:
    return bool(sheets.kinds) and (form.code == sheets.of_member or bool(form.sheet_field))


def _of_another_kind(
    form: Manifest, kind: str, facts: Mapping[Any, Any], book: Rulebook, sheets: Sheets, at: Place
) -> Iterator[Problem]:
    if kind in form.subject_kinds or kind not in book.kinds:
        return
    message = f"{_called(form)} không dùng cho đối tượng “{book.kinds[kind].label}”"
    other = form.instead.get(kind)
    remedy = f"Hãy dùng {_named(manifest(other, book))}" if other else _remedy(kind, facts, sheets)
    yield Problem("input.wrong-form", at, message, remedy or "Xem danh sách bằng “hoso forms”")


def _of_another_type(form: Manifest, label: str, meant: tuple[Assessed, ...], sheets: Sheets, at: Place) -> Problem:
    served = f" dùng cho “{sheets.name(form.code)}”," if sheets.of_form(form.code) else ""
    message = f"{_called(form)}{served} không dùng cho “{label}”"
    return Problem("input.wrong-form", at, message, _right(meant, sheets))


def _remedy(kind: str, facts: Mapping[Any, Any], sheets: Sheets) -> str:
    if kind == "party_member" and sheets.of_member:
        return f"Hãy dùng Mẫu {sheets.of_member} (đảng viên)"
    name = next((name for name, of_kind in TYPE_FIELDS.items() if of_kind == kind), "")
    code = facts.get(name)
    meant = sheets.of_type(kind, code) if isinstance(code, str) else sheets.of_kind(kind)
    return _right(meant, sheets) if meant else ""


def _right(meant: tuple[Assessed, ...], sheets: Sheets) -> str:
    forms = list(dict.fromkeys(one.form for one in meant))
    return f"Hãy dùng {sheets.named(forms)}"


def _named(form: Manifest) -> str:
    """A form for a sentence, with the code to ask for: “Mẫu 2 (Bản tự kiểm điểm cá nhân)”."""
    return f"Mẫu {form.code} ({form.title})" if form.label else f"“{form.title}” (mã {form.code})"


def _called(form: Manifest) -> str:
    return f"Mẫu {form.code}" if form.label else f"“{form.title}”"
