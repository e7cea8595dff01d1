"""One cell as it stands in the file, read as the value its column asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any

from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import fold, nfc
from generator.workbook.layout import CLEAR
from generator.workbook.sheets import NO, NOT_APPLICABLE, YES, Column, labels

# What Excel drops when it takes a code for a number: the zeros in front of a number of so many digits (domain practice:
# a card number has 8 digits, a file number 6 and letters).
_DIGITS = {"card_number": 8, "file_number": 6}
_YES = frozenset({"co", "x", "v", "yes", "true", "dung", "1", "✓", "✔"})
_NO = frozenset({"khong", "ko", "no", "false", "sai", "0"})
_DAY_FIRST = re.compile(r"(?:ngay\s*)?(\d{1,2})\s*(?:[/.\-]|\s*thang\s*)\s*(\d{1,2})\s*(?:[/.\-]|\s*nam\s*)\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:[ t]00:00(?::00)?)?")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|h|gio)\s*(\d{1,2})?\s*(?:phut|p)?(?::00)?")
_WRITE_DATE = "Hãy ghi ngày/tháng/năm, ví dụ 05/12/2018"


class Unreadable(ValueError):
    """A cell that cannot be read: stable code, what is wrong, how to mend it."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        self.code, self.message, self.remedy = code, message, remedy
        super().__init__(message)


class Cleared:
    """What a cell says that asks to remove what is kept."""


CLEARED = Cleared()


def is_blank(raw: Any) -> bool:
    """Whether a cell is empty or holds blanks only."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_cell(raw: Any, column: Column, book: Rulebook) -> Any:
    """The value of a filled cell: str, int, bool, date, time, a code, None for a rating “not applicable”, or `CLEARED`.

    Raises:
        Unreadable: the cell does not hold what its column asks for.
    """
    if isinstance(raw, str):
        raw = nfc(raw).strip()
        if raw.casefold() == CLEAR:
            return CLEARED
    return _READERS[column.kind](raw, column, book)


def _text(raw: Any, column: Column, book: Rulebook) -> str:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, (date, time, timedelta)):
        raise Unreadable(
            "input.text",
            "Excel đã tự đổi nội dung ô này thành ngày, giờ",
            "Hãy đặt định dạng ô là Text rồi ghi lại nội dung",
        )
    if isinstance(raw, bool):
        return YES if raw else NO
    if float(raw).is_integer() and abs(raw) < 10**15:
        return str(int(raw))
    raise Unreadable(
        "input.text",
        "ô này là một số thập phân, có thể đã bị Excel làm tròn",
        "Hãy đặt định dạng ô là Text rồi ghi lại",
    )


def _code(raw: Any, column: Column, book: Rulebook) -> str:
    text = _text(raw, column, book)
    digits = _DIGITS.get(column.field, 0)
    if isinstance(raw, float) and len(text) < digits:
        raise Unreadable(
            "input.lost-zeros",
            f"ô này là số {text}, Excel có thể đã bỏ mất các số 0 ở đầu",
            "Hãy đặt định dạng ô là Text rồi ghi lại đủ các chữ số",
        )
    return text


def _count(raw: Any, column: Column, book: Rulebook) -> int:
    if isinstance(raw, str) and re.fullmatch(r"[+-]?\d{1,15}", raw):
        raw = int(raw)
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and float(raw).is_integer():
        return int(raw)
    raise Unreadable("input.count", f"“{_as_shown(raw)}” không phải là số nguyên", "Hãy ghi một số nguyên, ví dụ 12")


def _flag(raw: Any, column: Column, book: Rulebook) -> bool:
    word = fold(_whole(raw))
    if raw is True or word in _YES:
        return True
    if raw is False or word in _NO:
        return False
    raise Unreadable(
        "input.flag", f"“{_as_shown(raw)}” không phải là Có hoặc Không", "Hãy ghi Có, Không hoặc đánh dấu x"
    )


def _day(raw: Any, column: Column, book: Rulebook) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if not isinstance(raw, str):
        raise Unreadable("input.date", f"ô này là số {_as_shown(raw)}, không phải ngày tháng", _WRITE_DATE)
    text = fold(raw)
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif _SHORT_YEAR.fullmatch(text):
        raise Unreadable("input.date", f"“{raw}” ghi năm có hai chữ số", "Hãy ghi năm đủ bốn chữ số")
    else:
        raise Unreadable("input.date", f"“{_as_shown(raw)}” không phải là ngày tháng", _WRITE_DATE)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable("input.date", f"“{raw}” không phải là ngày có thật", _WRITE_DATE) from error


def _clock(raw: Any, column: Column, book: Rulebook) -> time:
    if isinstance(raw, time):
        return raw.replace(microsecond=0)
    if isinstance(raw, datetime):
        return raw.time().replace(microsecond=0)
    found = _CLOCK.fullmatch(fold(raw)) if isinstance(raw, str) else None
    if found and int(found.group(1)) < 24 and int(found.group(2) or 0) < 60:
        return time(int(found.group(1)), int(found.group(2) or 0))
    raise Unreadable("input.time", f"“{_as_shown(raw)}” không phải là giờ", "Hãy ghi giờ:phút, ví dụ 07:30")


def _choice(raw: Any, column: Column, book: Rulebook) -> str | None:
    known = _known(column.choices, column.kind, book.name)
    word = _plain(_whole(raw))
    if word in known:
        return known[word]
    shown = [*labels(column.choices, book).values(), *([NOT_APPLICABLE] if column.kind == "rating" else [])]
    near = get_close_matches(word, [_plain(label) for label in shown], n=1, cutoff=0.6)
    hint = next((label for label in shown if near and _plain(label) == near[0]), "")
    remedy = f"Có phải “{hint}” không? Hãy chọn trong danh sách" if hint else f"Hãy chọn: {'; '.join(shown)}"
    raise Unreadable("input.choice", f"“{_as_shown(raw)}” không có trong danh sách", remedy)


@cache
def _known(list_name: str, kind: str, book_name: str) -> Mapping[str, str | None]:
    book = load_rulebook(book_name)
    known: dict[str, str | None] = {}
    scale = {"rating": book.ratings, "level": book.levels}.get(list_name)
    for code, label in labels(list_name, book).items():
        short = scale.short(code) if scale else label
        known.update({_plain(word): code for word in (code, label, short)})
    if kind == "rating":
        known[_plain(NOT_APPLICABLE)] = None
    return known


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def _whole(raw: Any) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _as_shown(raw: Any) -> str:
    text = _whole(raw)
    return text if len(text) <= 40 else f"{text[:39]}…"


_READERS: Mapping[str, Callable[[Any, Column, Rulebook], Any]] = {
    "text": _text,
    "long": _text,
    "code": _code,
    "count": _count,
    "flag": _flag,
    "date": _day,
    "time": _clock,
    "choice": _choice,
    "rating": _choice,
}
