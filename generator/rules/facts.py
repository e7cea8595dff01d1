"""Typed facts: the base of every facts model, and its errors in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError, core_schema

from generator.errors import InvalidInput, Place, Problem

_YEARS = range(1900, 2100)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class FactsModel(BaseModel):
    """Facts of one case: every field typed, none unknown, none changed afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, str_strip_whitespace=False)


@dataclass(frozen=True)
class OneOf:
    """Annotation: a text that is one of these codes of the rulebook's data."""

    codes: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.codes))


@dataclass(frozen=True)
class RatingsOf:
    """Annotation: a rating, or null, for each of these criteria and no other; `labels` names them to the reader."""

    labels: Mapping[str, str]
    ratings: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        rating = core_schema.nullable_schema(core_schema.literal_schema(list(self.ratings)))
        fields = {code: core_schema.typed_dict_field(rating) for code in self.labels}
        return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


def _day(value: Any) -> Any:
    if isinstance(value, datetime):
        raise PydanticCustomError("day", "a day without a time is needed")
    if isinstance(value, str):
        if not _ISO_DAY.fullmatch(value):
            raise PydanticCustomError("day", "a day is written YYYY-MM-DD")
        try:
            value = date.fromisoformat(value)
        except ValueError as error:
            raise PydanticCustomError("no_such_day", "no such day") from error
    # Months and working days are counted from these days, so they stay far from the end of the calendar.
    if isinstance(value, date) and value.year not in _YEARS:
        raise PydanticCustomError("day_out_of_range", "out of range")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A day: a date, or a text `YYYY-MM-DD` of a day that exists, of the years 1900 to 2099."""

Count = Annotated[int, Field(ge=0)]
"""A count of people, sheets or targets; never below zero."""

_Model = TypeVar("_Model", bound=FactsModel)

_SENTENCES: Mapping[str, tuple[str, str]] = {
    "missing": ("Thiếu “{label}”", "Bổ sung mục này"),
    "extra_forbidden": ("Không có mục nào tên “{name}”", "Bỏ mục này hoặc sửa lại tên"),
    "literal_error": ("“{label}” ghi {given}, không phải một lựa chọn có sẵn", "Chọn một trong: {choices}"),
    "bool_type": ("“{label}” ghi {given}, cần ghi có hoặc không", "Ghi true (có) hoặc false (không)"),
    "int_type": ("“{label}” ghi {given}, cần ghi một số nguyên", "Ghi số nguyên, không dấu nháy"),
    "int_from_float": ("“{label}” ghi {given}, cần ghi một số nguyên", "Ghi số nguyên"),
    "float_type": ("“{label}” ghi {given}, cần ghi một số", "Ghi một số, không dấu nháy"),
    "finite_number": ("“{label}” ghi {given}, cần ghi một số", "Ghi một số hữu hạn"),
    "string_type": ("“{label}” ghi {given}, cần ghi chữ", "Ghi chữ, đặt trong dấu nháy nếu cần"),
    "greater_than_equal": ("“{label}” ghi {given}, không được nhỏ hơn {ge}", "Kiểm tra lại số đã ghi"),
    "date_type": ("“{label}” ghi {given}, cần ghi một ngày", "Ghi theo dạng năm-tháng-ngày, ví dụ 2018-12-29"),
    "day": ("“{label}” ghi {given}, cần ghi một ngày", "Ghi theo dạng năm-tháng-ngày, ví dụ 2018-12-29"),
    "no_such_day": ("“{label}” ghi {given}, ngày này không có trong lịch", "Kiểm tra lại ngày, tháng, năm"),
    "invalid_key": ("Tên mục “{name}” phải là chữ", "Đặt tên mục trong dấu nháy"),
    "day_out_of_range": ("“{label}” ghi {given}, ngoài khoảng năm 1900 đến 2099", "Kiểm tra lại năm"),
    "list_type": ("“{label}” phải là một danh sách", "Ghi từng dòng, mỗi dòng một mục"),
    "tuple_type": ("“{label}” phải là một danh sách", "Ghi từng dòng, mỗi dòng một mục"),
    "dict_type": ("“{label}” phải gồm các mục con", "Ghi các mục con thụt vào dưới mục này"),
    "model_type": ("“{label}” phải gồm các mục con", "Ghi các mục con thụt vào dưới mục này"),
    "model_attributes_type": ("“{label}” phải gồm các mục con", "Ghi các mục con thụt vào dưới mục này"),
    "too_short": ("“{label}” không được để trống", "Ghi ít nhất một mục"),
}


def problem(code: str, field: str, message: str, remedy: str = "") -> Problem:
    """A problem at one field of an input, with the code `input.…`."""
    return Problem(f"input.{code}", Place(field=field), message, remedy)


def validated(model: type[_Model], given: object, at: str = "facts") -> _Model:
    """The facts `given`, typed.

    Args:
        at: where they stand in the input, put before every field (`cases.S-1.facts`).

    Raises:
        InvalidInput: what is unknown, missing or of the wrong kind, every problem with its field.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise InvalidInput(problems_of(error, model, at)) from error


def problems_of(error: ValidationError, model: type[FactsModel], at: str) -> tuple[Problem, ...]:
    """The problems a validation found, in Vietnamese, with their places under `at`."""
    return tuple(_problem_of(dict(entry), model, at) for entry in error.errors(include_url=False))


def _problem_of(entry: Mapping[str, Any], model: type[FactsModel], at: str) -> Problem:
    context = entry.get("ctx", {})
    location = [part for part in entry["loc"] if isinstance(part, str | int)]
    path = ".".join([at, *map(str, location)])
    if entry["type"] == "told":
        return problem("inconsistent", path, context["message"], context["remedy"])
    sentence, remedy = _SENTENCES.get(entry["type"], ("“{label}” không đúng kiểu", "Kiểm tra lại mục này"))
    words = {
        "label": label_of(model, location),
        "name": str(location[-1]) if location else at,
        "given": _shown(entry.get("input")),
        "choices": str(context.get("expected", "")).replace(" or ", ", ").replace("'", ""),
        "ge": context.get("ge", 0),
    }
    return problem(entry["type"].replace("_", "-"), path, sentence.format(**words), remedy.format(**words))


def told(message: str, remedy: str = "") -> PydanticCustomError:
    """An error of a model's own validator, already in the words of the reader."""
    return PydanticCustomError("told", "{message}", {"message": message, "remedy": remedy})


def label_of(model: type[FactsModel], location: Iterable[str | int]) -> str:
    """The Vietnamese title of the field at a location, or its own name where the model gives none."""
    label, current = "dữ liệu", model
    labels: Mapping[str, str] = {}
    for part in location:
        if isinstance(part, int):
            continue
        found = current.model_fields.get(part) or _aliased(current, part)
        label = (found.title if found else None) or labels.get(part, part)
        labels = next((entry.labels for entry in found.metadata if isinstance(entry, RatingsOf)), {}) if found else {}
        current = (_inner_model(found.annotation) if found else None) or current
    return label


def _aliased(model: type[FactsModel], name: str) -> Any:
    return next((info for info in model.model_fields.values() if info.alias == name), None)


def _inner_model(annotation: Any) -> type[FactsModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, FactsModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if (found := _inner_model(argument)) is not None:
            return found
    return None


def _shown(value: object) -> str:
    if value is None:
        return "trống"
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
