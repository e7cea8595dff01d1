"""What pydantic found wrong with a row of facts, as sentences a clerk understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.errors import Place, Problem
from generator.facts.values import EARLIEST, LATEST

# Kind of error → (stable code, what is wrong, how to mend it); braces take the values pydantic gives.
_SENTENCES: Mapping[str, tuple[str, str, str]] = {
    "missing": ("input.missing", "còn thiếu, mục này bắt buộc phải ghi", "Hãy ghi vào rồi nhập lại"),
    "extra_forbidden": ("input.unknown-field", "không có mục này", "Hãy bỏ mục này hoặc sửa lại tên mục"),
    "forbidden_character": (
        "input.control-character",
        "có ký tự điều khiển {found} không in được",
        "Hãy xóa ký tự đó hoặc gõ lại nội dung",
    ),
    "implausible_date": (
        "input.implausible-date",
        f"ngày phải trong khoảng từ năm {EARLIEST.year} đến năm {LATEST.year}",
        "Hãy xem lại năm",
    ),
    "too_short": ("input.missing", "đang để trống", "Hãy ghi nội dung"),
    "too_long": (
        "input.too-long",
        "nội dung dài quá {max_length} ký tự",
        "Hãy rút gọn hoặc ghi phần dài ở mục nhận xét",
    ),
    "string_pattern_mismatch": (
        "input.code",
        "mã “{input}” viết chưa đúng",
        "Mã chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch ngang, gạch dưới, không có khoảng trống, "
        "dài nhất 60 ký tự",
    ),
    "greater_than_equal": ("input.count", "số {input} nhỏ quá, phải từ {ge} trở lên", "Hãy ghi lại số"),
    "less_than_equal": ("input.count", "số {input} lớn quá, nhiều nhất là {le}", "Hãy ghi lại số"),
}
_BY_TYPE = {
    "int": ("input.count", "“{input}” không phải là số nguyên", "Hãy ghi một số nguyên, ví dụ 12"),
    "bool": ("input.flag", "“{input}” không phải là Có hoặc Không", "Hãy ghi Có hoặc Không"),
    "date": ("input.date", "“{input}” không phải là ngày tháng có thật", "Hãy ghi ngày/tháng/năm, ví dụ 05/12/2018"),
    "time": ("input.time", "“{input}” không phải là giờ có thật", "Hãy ghi giờ:phút, ví dụ 07:30"),
    "string": ("input.text", "“{input}” không phải là chữ", "Hãy ghi nội dung dạng chữ"),
}
_OTHERWISE = ("input.wrong", "“{input}” ghi chưa đúng", "Hãy xem lại nội dung mục này")


def problems_of(error: ValidationError, model: type[BaseModel], place: Place) -> list[Problem]:
    """The errors of one row, each at its field.

    Args:
        error: what validating a row of `model` raised.
        model: its fields' titles name the places; a part of a field (a criterion, a section) is named by its key.
        place: where the row stands. A row of a sheet gets the heading as column, any other place as field.
    """
    return [_problem(one, model, place) for one in error.errors(include_url=False)]


def _problem(one: ErrorDetails, model: type[BaseModel], place: Place) -> Problem:
    code, message, remedy = _sentence(one["type"])
    values: dict[str, Any] = {"input": _short(one["input"]), **one.get("ctx", {})}
    heading = _heading(one["loc"], model)
    where = replace(place, column=heading) if place.sheet else replace(place, field=heading)
    return Problem(code, where, message.format_map(_Values(values)), remedy)


class _Values(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"


def _sentence(kind: str) -> tuple[str, str, str]:
    kind = kind.removeprefix("string_") if kind in ("string_too_long", "string_too_short") else kind
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    return _BY_TYPE.get(kind.split("_", 1)[0], _OTHERWISE)


def _heading(location: tuple[int | str, ...], model: type[BaseModel]) -> str:
    if not location:
        return ""
    name = str(location[0])
    field = model.model_fields.get(name)
    title = field.title if field and field.title else name
    # pydantic adds “[key]” and the branch of a union to the location; the second part alone is a criterion or section.
    return f"{title}, {location[1]}" if name in ("ratings", "sections") and len(location) > 1 else title


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
