"""The fields of a form: what is asked, what was written, and what is wrong with it, beside the field it is wrong in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import request

from archive.afterwards.amending import Attachment
from archive.intake.handed_in import forget, handed_in
from archive.intake.papers import LARGEST_FILE
from generator.vietnamese import forbidden_character, nfc, short_date
from pages.connection import the_office
from pages.handed_files import HandedFile, arrived, still_held
from pages.session import signed_in

LONGEST_LINE, LONGEST_TEXT = 300, 20_000  # characters
_FIRST_YEAR, _LAST_YEAR = 1930, 2100
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Field:
    """One thing asked.

    Args:
        name: of the field in the form, and in the errors.
        kind: `line`, `text` (several lines), `day`, `choice`, or `files`.
        choices: of a choice, code and label.
        start: what stands in it when the form is opened.
        many: whether several files may be given.
        whose: what stands before its label where fields of one label are listed together.
    """

    name: str
    label: str
    kind: str = "line"
    required: bool = False
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    start: str = ""
    many: bool = False
    whose: str = ""

    def at(self, start: str | date | None) -> Field:
        """The field with something in it from the start."""
        return replace(self, start=start.isoformat() if isinstance(start, date) else start or "")


@dataclass
class Entry:
    """What was written into a form: texts by field, files by field, and what is wrong, by field."""

    fields: tuple[Field, ...]
    values: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[HandedFile]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def fresh(cls, fields: Sequence[Field]) -> Entry:
        """A form nobody has written into yet."""
        return cls(tuple(fields), {one.name: one.start for one in fields})

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def given(self, name: str) -> str | None:
        """What was written, or None where nothing was."""
        return self.values.get(name) or None

    def shown(self, one: Field) -> str:
        """What stands in a field as people write it: a day as 28/12/2018."""
        value = self.values.get(one.name, "")
        day = _day(value) if one.kind == "day" else None
        return short_date(day) if day else value

    def day(self, name: str) -> date | None:
        """The day written, or None."""
        return _day(self.values.get(name, ""))

    def present(self, name: str) -> date:
        """The day of a field that must be filled."""
        return date.fromisoformat(self.values[name])

    def blame(self, name: str, sentence: str) -> None:
        """Says what is wrong with a field; the first thing said stays."""
        self.errors.setdefault(name, sentence)

    def not_before(self, name: str, other: str | date | None, what: str) -> None:
        """Blames a day that lies before another: the field of that name, or a day."""
        earliest = self.day(other) if isinstance(other, str) else other
        mine = self.day(name)
        if mine and earliest and mine < earliest:
            self.blame(name, f"Không thể trước {what} ({short_date(earliest)}).")

    def told(self) -> list[tuple[str, str]]:
        """What was written, as it is looked over: label and text, without what was left empty."""
        return [(one.label, text) for one in self.fields if (text := self._told(one))]

    def attachments(self, name: str, title: str = "") -> tuple[Attachment, ...]:
        """The files of a field with their bytes; titled so, or else each by its own name.

        Raises:
            NotFound: a file is no longer held.
        """
        account = signed_in()
        return tuple(
            Attachment(one.name, handed_in(the_office(), account.id, one.key), title or one.title)
            for one in self.files.get(name, ())
        )

    def let_go(self) -> None:
        """Takes the files away that the dossier has now."""
        for held in self.files.values():
            for one in held:
                forget(the_office(), signed_in().id, one.key)

    def _told(self, one: Field) -> str:
        if one.kind == "files":
            return ", ".join(held.name for held in self.files.get(one.name, ()))
        value = self.shown(one)
        return dict(one.choices).get(value, value) if one.kind == "choice" else value


def read(fields: Iterable[Field]) -> Entry:
    """What the present request wrote into the fields; what is wrong with it stands in its errors."""
    entry = Entry(tuple(fields))
    for one in entry.fields:
        if one.kind == "files":
            _read_files(entry, one)
            continue
        # Browsers send the ends of lines as CR LF.
        text = nfc(request.form.get(one.name, "")).replace("\r\n", "\n").strip()
        entry.values[one.name] = text
        _judge(entry, one, text)
    return entry


def _judge(entry: Entry, one: Field, text: str) -> None:
    longest = LONGEST_TEXT if one.kind == "text" else LONGEST_LINE
    if not text:
        if one.required:
            entry.blame(one.name, "Chưa chọn." if one.kind == "choice" else "Chưa ghi.")
    elif found := forbidden_character(text):
        entry.blame(one.name, f"Có ký tự không dùng được ({found}). Xin xóa ký tự ấy.")
    elif len(text) > longest:
        entry.blame(
            one.name, f"Dài quá {longest} ký tự (đang có {len(text)}). Xin rút ngắn, phần còn lại đính kèm tệp."
        )
    elif one.kind == "line" and "\n" in text:
        entry.blame(one.name, "Chỉ ghi trên một dòng.")
    elif one.kind == "choice" and text not in dict(one.choices):
        entry.blame(one.name, "Xin chọn một mục trong danh sách.")
    elif one.kind == "day":
        day = _day(text)
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            entry.blame(one.name, f"“{text}” không phải là một ngày. Xin ghi như 28/12/2018.")
        else:
            entry.values[one.name] = day.isoformat()


def _day(text: str) -> date | None:
    for pattern in _DAYS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no hour
        except ValueError:
            continue
    return None


def _read_files(entry: Entry, one: Field) -> None:
    """The files of a field: those held since an earlier try that are still wanted, and those just sent."""
    new, wrong = arrived(one.name, LARGEST_FILE)
    kept, lost = still_held(f"giu-{one.name}")
    # Of a field for one file, the one just chosen takes the place of the one held.
    entry.files[one.name] = [*kept, *new] if one.many else (new or kept)[-1:]
    names = [held.name for held in entry.files[one.name]]
    if twice := next((name for name in names if names.count(name) > 1), None):
        wrong.append(f"Có hai tệp cùng tên “{twice}”. Xin bỏ hoặc đổi tên một tệp.")
    if wrong or lost:
        entry.blame(one.name, " ".join([*wrong, *lost]))
    elif one.required and not names:
        entry.blame(one.name, "Chưa chọn tệp.")


def choices_of(words: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Codes and words as the choices of a field."""
    return tuple((code, str(word)) for code, word in words.items())
