"""Reading the `document` of a form: every value checked against the manifest, every problem collected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from generator.errors import InvalidInput, Place
from generator.forms.manifest import Field, Manifest
from generator.forms.values import MOST_ROWS, Notebook, given, read_value

Values = dict[str, Any]
Demand = Callable[[Field], bool]


def read(manifest: Manifest, document: object, *, state: str, place: Place | None = None) -> Values:
    """The checked values of a form, in the order of its manifest; what was not given is not there.

    Args:
        manifest: the form, as the library gives it.
        document: the `document` object of the input.
        state: `blank`, `draft` or `final`; a blank form may lack everything.
        place: where the input comes from, for the messages.

    Raises:
        InvalidInput: with every problem of the input, each with its field.
    """
    notes = Notebook(place or Place())
    values: Values = {}
    if isinstance(document, Mapping):
        values = _read_fields(manifest.fields, document, notes, "", must=_asked_for(manifest, document, state))
    else:
        notes.note("type", "document", "Phần “document” phải là các cặp tên mục và giá trị", "Xem mẫu bằng hoso sample")
    if notes.problems:
        raise InvalidInput(notes.problems)
    return values


def plain(value: Any) -> Any:
    """Values or facts as JSON carries them: dates as `YYYY-MM-DD`, all else as it is."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {name: plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def applies(one: Field, values: Mapping[str, Any]) -> bool:
    """Whether a field belongs to the variant of the form that the values choose."""
    return one.when is None or values.get(one.when.field) in one.when.codes


def _asked_for(manifest: Manifest, document: Mapping[Any, Any], state: str) -> Demand:
    """Which fields must be given: none of a blank form, of an excerpt only who and where, else all required."""
    if state == "blank":
        return lambda one: False
    if manifest.excerpt and given(document.get(manifest.excerpt)):
        return lambda one: one.required and one.identity
    return lambda one: one.required


def _read_fields(
    fields: Sequence[Field], document: Mapping[Any, Any], notes: Notebook, prefix: str, *, must: Demand
) -> Values:
    values: Values = {}
    for one in fields:
        path = prefix + one.name
        value = document.get(one.name)
        if not applies(one, document):
            if given(value):
                notes.note("not-applicable", path, f"“{one.label}” không thuộc loại phiếu đã chọn", "Hãy bỏ mục này")
            continue
        if not given(value):
            if must(one):
                notes.note("missing", path, f"Thiếu “{one.label}”", "Hãy điền mục này")
            continue
        made = _read_any(_of_type(one, document), value, notes, path, must=must)
        if made is not None:
            values[one.name] = made
    _note_unknown(fields, document, notes, prefix)
    return values


def _of_type(one: Field, document: Mapping[Any, Any]) -> Field:
    """A criteria field with the criteria of the type of subject the input names."""
    subject_type = document.get(one.type_from) if one.type_from else None
    codes = one.type_codes.get(subject_type) if isinstance(subject_type, str) else None
    return one if codes is None else replace(one, codes=codes)


def _read_any(one: Field, value: object, notes: Notebook, path: str, *, must: Demand) -> Any:
    if one.kind == "table":
        return _read_table(one, value, notes, path, must=must)
    if one.kind != "group":
        return read_value(one, value, notes, path)
    if not isinstance(value, Mapping):
        notes.note("type", path, f"“{one.label}” phải là các cặp tên mục và giá trị", "Xem mẫu bằng hoso sample")
        return None
    return _read_fields(one.fields, value, notes, f"{path}.", must=must)


def _read_table(one: Field, value: object, notes: Notebook, path: str, *, must: Demand) -> list[Values] | None:
    if not isinstance(value, list | tuple):
        notes.note("type", path, f"“{one.label}” phải là danh sách các dòng", "Xem mẫu bằng hoso sample")
        return None
    most = one.maximum or MOST_ROWS
    if len(value) > most:
        message = f"“{one.label}” có {len(value)} dòng, nhiều nhất là {most}"
        notes.note("rows", path, message, "Hãy chia thành nhiều văn bản")
        return None
    if not value and must(one):
        notes.note("missing", path, f"“{one.label}” chưa có dòng nào", "Hãy điền ít nhất một dòng")
    rows: list[Values] = []
    for number, row in enumerate(value, start=1):
        if isinstance(row, Mapping):
            rows.append(_read_fields(one.columns, row, notes, f"{path}[{number}].", must=must))
        else:
            message = f"Dòng {number} của “{one.label}” phải là các cặp tên cột và giá trị"
            notes.note("type", f"{path}[{number}]", message, "Xem mẫu bằng hoso sample")
    return rows


def _note_unknown(fields: Sequence[Field], document: Mapping[Any, Any], notes: Notebook, prefix: str) -> None:
    known = {one.name: one for one in fields}
    for name in document:
        if name not in known:
            near = get_close_matches(str(name), list(known), n=1)
            remedy = f"Mục gần giống nhất là “{near[0]}” ({known[near[0]].label})" if near else "Hãy bỏ mục này"
            shown = str(name)[:60] or "(tên trống)"
            notes.note("unknown", prefix + shown, "Biểu mẫu không có mục này", remedy)
