"""“The results of these people?”: whom each line of a list means, and what these people were classified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlite_utils import Database

from archive.records.database import rows
from generator.vietnamese import fold, nfc
from search.analysis import words
from search.candidates import CAPACITIES, name_order
from search.filters import key
from search.judged_years import Years
from search.name_lists import Line, NameList
from search.spans import Span, span_of
from search.year_results import Result, Year

FOUND, UNCLEAR, MISSING = "found", "unclear", "missing"
STATES: Mapping[str, str] = {FOUND: "Đã rõ", UNCLEAR: "Chưa rõ là ai", MISSING: "Không tìm thấy"}
SHOWN = 20
"""So many of those a line may mean are told, with how many there are."""
_OTHER_BIRTH = "Ngày sinh trong kho khác với dòng này."
_TITLES = ("đồng chí", "đ c", "ông", "bà", "anh", "chị")
_LABELS = re.compile(r"^(?:số thẻ(?: đảng(?: viên)?)?|thẻ(?: đảng)?|số lý lịch|sll|mã)\s*[:.]?\s*", re.IGNORECASE)
_BORN = re.compile(r"^(?:sinh(?: ngày| năm)?|ngày sinh|năm sinh|sn|ns)\s*[:.]?\s*", re.IGNORECASE)
_DAY = re.compile(r"(?:(?:(\d{1,2})[/.\-])?(\d{1,2})[/.\-])?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True)
class Answered:
    """What a line means.

    Args:
        people: the one found, or those it may mean (`SHOWN` at most), each with what tells him apart.
        total: how many it may mean.
        remark: why it is not clear, or what does not agree; a sentence, may be empty.
        years: of the one found, by capacity, the oldest year first.
    """

    line: Line
    state: str
    people: tuple[Mapping[str, Any], ...] = ()
    total: int = 0
    remark: str = ""
    years: Mapping[str, tuple[Year, ...]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "line": self.line.number, "given": self.line.given, "state": self.state, "remark": self.remark,
            "total": self.total, "people": [dict(one) for one in self.people],
            "results": {capacity: [year.as_dict() for year in years] for capacity, years in self.years.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class NamedPeople:
    """The answer to a list: as many entries as it has lines, in its order."""

    span: Span
    lines: tuple[Answered, ...]
    source: str
    headings: tuple[str, ...]

    def count(self, state: str) -> int:
        """How many lines ended so."""
        return sum(one.state == state for one in self.lines)

    def as_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "first": self.span.first, "last": self.span.last, "source": self.source, "headings": list(self.headings),
            "counted": {"lines": len(self.lines), **{state: self.count(state) for state in STATES}},
            "lines": [one.as_dict() for one in self.lines],
        }  # fmt: skip


def results_of_named(
    database: Database, given: NameList, rulebook: str, *, years: int = 3, until: str = "", between: str = ""
) -> NamedPeople:
    """Whom each line of a list means, with the results of the span in every capacity. No line is left out.

    Args:
        rulebook: the office's guidance, by which results on paper of other years are read.
        years, until, between: see `search.spans.span_of`.

    Raises:
        SpanUnclear: the span cannot be understood.
    """
    span = span_of(database, years, until, between)
    reader = Years(database, rulebook, span)
    everyone = Everyone(database, reader.survivors)
    answered = _told_twice([everyone.meant(line) for line in given.lines])
    found = [one.people[0]["person_id"] for one in answered if one.state == FOUND]
    results = reader.read(people=found) if found else {}
    told = tuple(
        replace(one, years=_by_capacity(reader, results.get(one.people[0]["person_id"], ())))
        if one.state == FOUND
        else one
        for one in answered
    )
    return NamedPeople(span, told, given.source, given.headings)


def _by_capacity(reader: Years, results: Sequence[Result]) -> dict[str, tuple[Year, ...]]:
    held = {result.capacity for result in results} or {CAPACITIES[0]}
    return {
        capacity: reader.years(result for result in results if result.capacity == capacity)
        for capacity in (*CAPACITIES, *sorted(held - set(CAPACITIES)))
        if capacity in held
    }


def _told_twice(answered: Sequence[Answered]) -> list[Answered]:
    """Says of a line that an earlier one means the same person."""
    first: dict[str, int] = {}
    told = []
    for one in answered:
        if one.state == FOUND:
            earlier = first.setdefault(one.people[0]["person_id"], one.line.number)
            if earlier != one.line.number:
                one = replace(one, remark=f"{one.remark} Trùng với dòng {earlier}.".strip())
        told.append(one)
    return told


class Everyone:
    """All people kept, found by name or number. Someone merged into another is found as the one who stays."""

    def __init__(self, database: Database, survivors: Mapping[str, str]) -> None:
        self._people: dict[str, dict[str, Any]] = {}
        self._codes: dict[str, set[str]] = {}
        self._names: dict[str, list[tuple[str, str]]] = {}
        for row in rows(
            database,
            "SELECT person_id, full_name AS name, birth_date, unit_name AS unit, codes, reference FROM person_view",
        ):
            stays = survivors.get(row["person_id"], row["person_id"])
            if stays == row["person_id"]:
                self._people[stays] = row
            for code in (row["person_id"], row["reference"], *row["codes"].split()):
                self._codes.setdefault(_number(code), set()).add(stays)
            name = nfc(row["name"])
            self._names.setdefault(key(name), []).append((name, stays))

    def meant(self, line: Line) -> Answered:
        """Whom a line means: one person where nothing speaks against him, else those it may mean."""
        births = [born for tell in line.tells if (born := _births(tell))]
        numbers = [number for tell in line.tells if not _births(tell) and (number := _code(tell))]
        certain, near = self._by_name(line)
        if not line.name:
            numbers = numbers or [number for tell in line.tells if (number := _number(tell))]
        bearing = set().union(*(self._codes.get(number, set()) for number in numbers))
        if numbers and bearing:
            return self._by_number(line, bearing, certain | near, births)
        doubts = []
        if numbers and any(self._people[one]["codes"] for one in certain):
            doubts.append(f"Trong kho không có số “{', '.join(numbers)}”.")
        if certain and births:
            certain, doubt = self._born(certain, births[0])
            doubts += [doubt] if doubt else []
        if len(certain) > 1:
            certain = self._there(certain, line.tells) or certain
        if certain:
            if len(certain) > 1:
                doubts.append(f"Có {len(certain)} người trùng tên.")
            return self._answer(line, UNCLEAR if doubts else FOUND, certain, " ".join(doubts))
        if near:
            return self._answer(line, UNCLEAR, near, "Không có ai trùng hẳn tên này; đây là những tên gần giống.")
        remark = "Trong kho không có người nào mang tên hoặc số này." if line.name or numbers else "Dòng không có tên."
        return self._answer(line, MISSING, (), remark)

    def _by_name(self, line: Line) -> tuple[set[str], set[str]]:
        """Those who bear the name, and those whose name is near it."""
        near: set[str] = set()
        # A family name may read like a title (“Ông Văn An”), and a name may hold a comma: as written comes first.
        for name in dict.fromkeys((line.given, line.name, _untitled(line.name))):
            wanted = key(name)
            if not wanted:
                continue
            alike = self._names.get(wanted, ())
            exact = _exact(name) if fold(name) != name.lower() else None
            bearing = {who for kept, who in alike if exact in (None, _exact(kept))}
            if bearing:
                return bearing, set()
            near |= {who for _, who in alike}
        return set(), near or self._holding(key(_untitled(line.name)))

    def _holding(self, wanted: str) -> set[str]:
        """Those whose name holds these words in a row."""
        if not wanted:
            return set()
        return {who for name, kept in self._names.items() if f" {wanted} " in f" {name} " for _, who in kept}

    def _by_number(self, line: Line, bearing: set[str], named: set[str], births: Sequence[tuple[str, ...]]) -> Answered:
        both = bearing & named
        if line.name and not both:
            return self._answer(line, UNCLEAR, bearing | named, "Số trong dòng này là của người mang tên khác.")
        chosen = both or bearing
        if len(chosen) > 1:
            return self._answer(line, UNCLEAR, chosen, f"Có {len(chosen)} người mang số này.")
        (only,) = chosen
        born = self._people[only]["birth_date"]
        differs = bool(births and born and not _agrees(born, births[0]))
        return self._answer(line, FOUND, chosen, _OTHER_BIRTH if differs else "")

    def _born(self, people: set[str], births: Sequence[str]) -> tuple[set[str], str]:
        """Those born so, or all with what does not agree."""
        born = {one for one in people if _agrees(self._people[one]["birth_date"], births)}
        if born:
            return born, ""
        unknown = {one for one in people if not self._people[one]["birth_date"]}
        if unknown:
            return unknown, "Trong kho chưa có ngày sinh để đối chiếu."
        return people, _OTHER_BIRTH

    def _there(self, people: set[str], tells: Iterable[str]) -> set[str]:
        """Those whose unit is told in the line."""
        told = [key(tell) for tell in tells]
        units = {one: key(self._people[one]["unit"] or "") for one in people}
        return {
            one for one, unit in units.items() if unit and any(tell and f" {tell} " in f" {unit} " for tell in told)
        }

    def _answer(self, line: Line, state: str, chosen: Iterable[str], remark: str) -> Answered:
        people = [self._people[one] for one in chosen if one in self._people]
        people.sort(key=name_order)
        return Answered(line, state, tuple(people[:SHOWN]), len(people), remark)


def _exact(name: str) -> tuple[str, ...]:
    return tuple(word.exact for word in words(name))


def _number(text: str) -> str:
    """Letters and digits alone, without zeros in front: Excel drops these."""
    if text.isascii() and text.isalnum():
        return text.lower().lstrip("0")
    return "".join(word.folded for word in words(nfc(text))).lstrip("0")


def _code(tell: str) -> str:
    """The number a part of a line is, or nothing where it is words (“Chi bộ Khu 1”)."""
    text = _LABELS.sub("", tell.strip())
    letters, digits = sum(letter.isalpha() for letter in text), sum(letter.isdigit() for letter in text)
    wordy = letters > 3 and " " in text
    return "" if digits < 4 or wordy else _number(text)


def _births(tell: str) -> tuple[str, ...]:
    """The beginnings that the ISO day of birth may have, by a date or year as people write it; else none."""
    text = _BORN.sub("", tell.strip())
    turned = _YEAR_FIRST.fullmatch(text)
    if turned:
        year, month, day = turned.groups()
        return (f"{year}-{int(month):02d}-{int(day):02d}",)
    found = _DAY.fullmatch(text)
    if not found or (found[3] and len(found[3]) == 2 and not found[1]):
        return ()
    day, month, year = found.groups()
    if len(year) == 4 and not "1900" <= year <= "2100":
        return ()
    years = (year,) if len(year) == 4 else (f"19{year}", f"20{year}")
    rest = (f"-{int(month):02d}" if month else "") + (f"-{int(day):02d}" if day else "")
    return tuple(f"{one}{rest}" for one in years)


def _agrees(kept: str | None, births: Sequence[str]) -> bool:
    return bool(kept) and any(str(kept).startswith(born) for born in births)


def _untitled(name: str) -> str:
    found = words(name)
    for title in _TITLES:
        parts = title.split()
        if [word.text.lower() for word in found[: len(parts)]] == parts and len(found) > len(parts):
            return name[found[len(parts)].start :]
    return name
