"""Vietnamese text: composing, folding, sorting, numbers and dates in words.

Text enters hoso through `nfc` and is kept as it was given, except for composition; `fold` is for comparing and
finding only.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_ORDER = {letter: index for index, letter in enumerate(_ALPHABET, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
# What XML 1.0 cannot carry: a Word file holding one of these would not open.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")


def nfc(text: str) -> str:
    """The text in composed form, the only form hoso keeps."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def forbidden_character(text: str) -> str | None:
    """The first character no Word file can hold, as `U+0007`, or None when all may stand."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without marks, `đ` as `d`: “Đặng Thị Hoà” and “dang thi hoa” fold alike."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", plain.replace("đ", "d"))


@lru_cache(maxsize=8192)
def _syllable_key(syllable: str) -> tuple[tuple[int, ...], int]:
    letters: list[int] = []
    tone = 0
    for letter in unicodedata.normalize("NFC", syllable.lower()):
        marks = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[mark] for mark in marks if mark in _TONES), tone)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        letters.append(_LETTER_ORDER.get(bare, 100 + ord(bare[0])))
    return tuple(letters), tone


@lru_cache(maxsize=65536)
def name_sort_key(full_name: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Sorting key of a person's name: given name first, then middle names, then family name, Vietnamese alphabet."""
    words = full_name.split()
    ordered = [words[-1], *words[1:-1], words[0]] if len(words) > 1 else words
    return tuple(_syllable_key(word) for word in ordered)


def text_sort_key(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """Sorting key of any text, word by word, Vietnamese alphabet."""
    return tuple(_syllable_key(word) for word in text.split())


def _three_digits(number: int, full: bool) -> list[str]:
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    words: list[str] = []
    if hundreds or full:
        words += [_DIGITS[hundreds], "trăm"]
    if tens == 0:
        if units and words:
            words.append("linh")
    elif tens == 1:
        words.append("mười")
    else:
        words += [_DIGITS[tens], "mươi"]
    if units == 1 and tens > 1:
        words.append("mốt")
    elif units == 5 and tens > 0:
        words.append("lăm")
    elif units:
        words.append(_DIGITS[units])
    return words


def number_in_words(number: int) -> str:
    """A count in words: 15 is “mười lăm”, 21 “hai mươi mốt”, 105 “một trăm linh năm”.

    Raises:
        ValueError: below zero or from 10¹² on; no count of people is.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"no words for {number}")
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words: list[str] = []
    for index in reversed(range(len(groups))):
        if groups[index]:
            words += _three_digits(groups[index], full=bool(words))
            words += [_GROUPS[index]] if _GROUPS[index] else []
    return " ".join(words)


def date_in_words(day: date) -> str:
    """`ngày 05 tháng 01 năm 2019`: a leading zero below day 10 and in months 1 and 2 (HD 36-HD/VPTW)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """`05/01/2019`."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def decimal(number: float, places: int = 1) -> str:
    """A number with the Vietnamese decimal comma and no needless zeros: 66.67 with one place is “66,7”."""
    text = f"{number:.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def percent(part: int, whole: int) -> str:
    """`part` of `whole` as “66,7%”; an empty string when there is no whole."""
    return f"{decimal(100 * part / whole)}%" if whole else ""


def joined(parts: list[str]) -> str:
    """The parts as one phrase: “a, b và c”."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " và " + parts[-1]
