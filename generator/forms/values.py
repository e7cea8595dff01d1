"""Reading one value of each kind: what a person gave becomes the value hoso keeps, or a problem with its place.

Text is composed (NFC) and otherwise kept letter for letter. Nothing is guessed: a value of the wrong type is a problem,
never a best effort.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from generator.errors import Place, Problem
from generator.forms.manifest import Field
from generator.vietnamese import forbidden_character, nfc

LONGEST = {"line": 1_000, "name": 300, "text": 100_000}
MOST_ROWS = 5_000
LARGEST_COUNT = 10_000_000

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_TIME = re.compile(r"(\d{1,2})[:h](\d{2})")
# A unit's own row under a criterion of the guidance (`a1.2`); no rule reads it.
LOCAL_CRITERION = re.compile(r"([a-z]+[0-9]*)\.[1-9][0-9]?", re.ASCII)


@dataclass
class Notebook:
    """The problems met while one input is read, all of them, each with its place."""

    place: Place
    problems: list[Problem] = field(default_factory=list)

    def note(self, code: str, path: str, message: str, remedy: str) -> None:
        """Writes down one problem of the field at `path` (`members[3].full_name`)."""
        self.problems.append(Problem(f"input.{code}", replace(self.place, field=path), message, remedy))


def given(value: object) -> bool:
    """Whether a value says anything: not null, and not an empty or blank text."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def read_value(one: Field, value: object, notes: Notebook, path: str) -> Any:
    """The kept form of a given value of a field that is neither table nor group; None when it has a problem.

    Text kinds give `str`, `date` gives `date` (or `YYYY-MM` where a month may stand), `time` `HH:MM`, `count` `int`,
    `number` `int` or `float`, `level`, `rating` and `choice` a code, `flag` `bool`, `criteria` code → rating or None.
    """
    return _READERS[one.kind](one, value, notes, path)


def _text(one: Field, value: object, notes: Notebook, path: str) -> str | None:
    # A whole number loses nothing by being written out; a decimal may (1.10), so it must come as text.
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        remedy = "Hãy viết nội dung trong dấu ngoặc kép"
        notes.note("type", path, f"“{one.label}” phải là chữ", remedy)
        return None
    text = nfc(value)
    if found := forbidden_character(text):
        notes.note("character", path, f"“{one.label}” chứa ký tự điều khiển {found}", "Hãy xóa ký tự đó")
        return None
    longest = one.maximum or LONGEST[one.kind]
    if len(text) > longest:
        message = f"“{one.label}” dài {len(text)} ký tự, nhiều nhất là {longest}"
        notes.note("too-long", path, message, "Hãy rút ngắn nội dung")
        return None
    if one.kind != "text" and ("\n" in text or "\r" in text):
        notes.note("one-line", path, f"“{one.label}” chỉ gồm một dòng", "Hãy bỏ dấu xuống dòng")
        return None
    return text


def _date(one: Field, value: object, notes: Notebook, path: str) -> date | str | None:
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    remedy = "Hãy viết dạng 2018-12-29 hoặc 29/12/2018"
    if not isinstance(value, str):
        notes.note("type", path, f"“{one.label}” phải là ngày", remedy)
        return None
    text = nfc(value).strip()
    if one.partial and (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return text
    if found := _ISO.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _WRITTEN.fullmatch(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    else:
        notes.note("date", path, f"“{one.label}” ghi “{_shown(text)}”, không phải là ngày", remedy)
        return None
    try:
        made = date(year, month, day)
    except ValueError:
        notes.note("date", path, f"“{one.label}” ghi “{text}”, ngày này không có trong lịch", remedy)
        return None
    if not 1900 <= year <= 2100:
        notes.note("date", path, f"“{one.label}” ghi năm {year}, ngoài khoảng 1900 đến 2100", "Hãy xem lại năm")
        return None
    return made


def _time(one: Field, value: object, notes: Notebook, path: str) -> str | None:
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        message = f"“{one.label}” không phải là giờ trong ngày"
        notes.note("time", path, message, "Hãy viết dạng 07:30, trong dấu ngoặc kép")
        return None
    return f"{int(found[1]):02d}:{found[2]}"


def _count(one: Field, value: object, notes: Notebook, path: str) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        notes.note("type", path, f"“{one.label}” phải là số nguyên", "Hãy viết bằng chữ số, không có dấu ngoặc kép")
        return None
    largest = one.maximum or LARGEST_COUNT
    if not 0 <= value <= largest:
        notes.note("range", path, f"“{one.label}” là {_shown(str(value))}, phải từ 0 đến {largest}", "Hãy xem lại số")
        return None
    return value


def _number(one: Field, value: object, notes: Notebook, path: str) -> int | float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        notes.note("type", path, f"“{one.label}” phải là số", "Hãy viết bằng chữ số, không có dấu ngoặc kép")
        return None
    largest = one.maximum or LARGEST_COUNT
    if not 0 <= value <= largest:
        notes.note("range", path, f"“{one.label}” là {_shown(str(value))}, phải từ 0 đến {largest}", "Hãy xem lại số")
        return None
    return value


def _flag(one: Field, value: object, notes: Notebook, path: str) -> bool | None:
    if not isinstance(value, bool):
        notes.note("type", path, f"“{one.label}” phải là có hoặc không", "Hãy viết true (có) hoặc false (không)")
        return None
    return value


def _code(one: Field, value: object, notes: Notebook, path: str) -> str | None:
    known = [choice.code for choice in one.choices] if one.kind == "choice" else one.codes
    if isinstance(value, str) and value in known:
        return value
    remedy = f"Hãy dùng một trong các mã: {', '.join(known)}"
    notes.note("code", path, f"“{one.label}” ghi “{_shown(str(value))}”, không phải là mã của mục này", remedy)
    return None


def _criteria(one: Field, value: object, notes: Notebook, path: str) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        remedy = "Hãy viết mỗi tiêu chí một dòng, dạng “a1: good”"
        notes.note("type", path, f"“{one.label}” phải là bảng mã tiêu chí và cấp độ", remedy)
        return None
    made: dict[str, Any] = {}
    ratings = tuple(choice.code for choice in one.choices)
    for code, rating in value.items():
        parent = LOCAL_CRITERION.fullmatch(str(code))
        if parent and parent[1] in one.codes and isinstance(rating, Mapping):
            made[code] = _local_criterion(rating, ratings, notes, f"{path}.{code}")
        elif code not in one.codes:
            remedy = f"Các tiêu chí của mẫu này: {', '.join(one.codes)}"
            notes.note("unknown", f"{path}.{_shown(str(code))}", "Không có tiêu chí này", remedy)
        elif rating is not None and rating not in ratings:
            remedy = f"Hãy dùng một trong các mã: {', '.join(ratings)}; hoặc null khi tiêu chí không áp dụng"
            message = f"Cấp độ “{_shown(str(rating))}” không có"
            notes.note("code", f"{path}.{code}", message, remedy)
        else:
            made[code] = rating
    # A local sub-criterion stands below the criterion it belongs to.
    places = {code: place for place, code in enumerate(one.codes)}
    return {code: made[code] for code in sorted(made, key=lambda code: _place(code, places))}


def _place(code: str, places: Mapping[str, int]) -> tuple[int, int]:
    parent, _, number = code.partition(".")
    return places[parent], int(number or 0)


def _local_criterion(value: Mapping[Any, Any], ratings: Sequence[str], notes: Notebook, path: str) -> dict[str, Any]:
    title, rating = value.get("title"), value.get("rating")
    if set(value) - {"title", "rating"} or not isinstance(title, str) or not 0 < len(title) <= LONGEST["line"]:
        remedy = "Ghi {title: tên tiêu chí riêng, rating: cấp độ hoặc null}"
        notes.note("type", path, "Tiêu chí riêng chưa ghi đúng", remedy)
        return {"title": "", "rating": None}
    found = forbidden_character(title)
    if found:
        notes.note("character", path, f"Tên tiêu chí riêng có ký tự không in được ({found})", "Hãy bỏ ký tự ấy")
    if rating is not None and rating not in ratings:
        remedy = f"Hãy dùng một trong các mã: {', '.join(ratings)}; hoặc null khi không áp dụng"
        notes.note("code", path, f"Cấp độ “{_shown(str(rating))}” không có", remedy)
        rating = None
    return {"title": nfc(title), "rating": rating}


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


_READERS: Mapping[str, Callable[[Field, object, Notebook, str], Any]] = {
    "line": _text,
    "name": _text,
    "text": _text,
    "date": _date,
    "time": _time,
    "count": _count,
    "number": _number,
    "flag": _flag,
    "level": _code,
    "rating": _code,
    "choice": _code,
    "criteria": _criteria,
}
