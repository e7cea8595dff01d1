"""The sheets of the campaign workbook as data: titles, columns and keys, derived from the row models.

A row model names each field once; the ratings columns come from the rulebook and the columns of Mẫu 1 and Mẫu 2 from
the manifests of those forms, so that nothing the workbook asks is written down a second time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib import resources
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.errors import GeneratorError
from generator.facts import campaign, meetings, register
from generator.facts.values import Choice, LongText, Reference, Row, choices
from generator.forms import library
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.vietnamese import nfc

NOT_APPLICABLE = "Không áp dụng"
YES, NO = "Có", "Không"
# A label of a list → its code; of the rulebook, or of the house's `choices.toml`.
Labels = Mapping[str, str]

_INFORMATION = {
    "person": (("name", "Họ và tên (để xem)"), ("cell", "Chi bộ (để xem)")),
    "unit": (("name", "Tên đơn vị (để xem)"),),
    "collective": (("name", "Tên tập thể (để xem)"),),
    "subject": (("name", "Tên đối tượng (để xem)"),),
}


def row_models(names: Mapping[str, Any]) -> dict[str, type[Row]]:
    """The row models among the names of a module."""
    return {
        name: model
        for name, model in names.items()
        if isinstance(model, type) and issubclass(model, Row) and model is not Row
    }


# A guidance may bring further rows, or its own in place of one of these.
_MODELS: Mapping[str, type[Row]] = {
    name: model for module in (campaign, meetings, register) for name, model in row_models(vars(module)).items()
}


class NoSheets(GeneratorError):
    """Bộ quy tắc này chưa có bảng nhập liệu."""

    code = "generator.no-sheets"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Args:
        field: field of the row model; empty for an information column.
        part: key inside a field that holds many values: the criterion code, the section of a form; else empty.
        header: the Vietnamese heading.
        kind: `text`, `long`, `code`, `date`, `time`, `count`, `flag`, `choice`, `rating` or `information`.
        required: must stand in a row that makes something new.
        note: what the clerk should know, with the citation; may be empty.
        choices: name of the list a `choice` or `rating` takes its codes from.
        refers: what the reference names (`person`, `unit`, `collective`, `ballot`, `subject`); on an information
            column what it tells of.
        shows: for an information column, `name` or `cell`.
    """

    field: str
    header: str
    kind: str
    part: str = ""
    required: bool = False
    note: str = ""
    choices: str = ""
    refers: str = ""
    shows: str = ""

    @property
    def key(self) -> str:
        """`full_name`, `ratings.a1`; what an example row and a problem name the column by."""
        return f"{self.field}.{self.part}" if self.part else self.field


@dataclass(frozen=True)
class Sheet:
    """One sheet: its key in contents, title, row model, natural key, columns in order, and its example row."""

    key: str
    title: str
    model: type[Row]
    natural_key: tuple[str, ...]
    columns: tuple[Column, ...]
    about: str
    cites: str
    example: Mapping[str, Any]

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns that are read; information columns are written only."""
        return tuple(column for column in self.columns if column.kind != "information")


def sheets(book: Rulebook) -> Mapping[str, Sheet]:
    """Every sheet of the workbook by key, in order: units before people, people before what is said of them.

    Raises:
        NoSheets: the book has none.
    """
    return _sheets(book.name)


@cache
def _sheets(book_name: str) -> Mapping[str, Sheet]:
    book = load_rulebook(book_name)
    models = {**_MODELS, **row_models(vars(book.part("rows") or object))}
    own = resources.files(book.package).joinpath("sheets.toml")
    if not own.is_file():
        raise NoSheets(f"Bộ quy tắc “{book_name}” chưa có bảng nhập liệu (tệp sheets.toml).")
    text = own.read_text(encoding="utf-8")
    return {row["key"]: _sheet(row, models[row["model"]], book) for row in tomllib.loads(nfc(text))["sheet"]}


def _sheet(row: Mapping[str, Any], model: type[Row], book: Rulebook) -> Sheet:
    columns: list[Column] = []
    for name, info in model.model_fields.items():
        if name == "ratings":
            columns += _rating_columns(row["criteria"], book)
        elif name == "sections":
            columns += _section_columns(row["form"], row.get("leave_out", ()), book)
        else:
            note = row.get("notes", {}).get(name, info.description or "")
            columns += _with_information(_column(name, info, note), row["key"])
    return Sheet(
        key=row["key"],
        title=row["title"],
        model=model,
        natural_key=tuple(row["natural_key"]),
        columns=tuple(columns),
        about=row["about"],
        cites=row["cites"],
        example=row["example"],
    )


def _column(name: str, info: FieldInfo, note: str) -> Column:
    base, marks = _base_and_marks(info)
    choice = next((mark.name for mark in marks if isinstance(mark, Choice)), "")
    refers = next((mark.to for mark in marks if isinstance(mark, Reference)), "subject" if name == "subject" else "")
    return Column(
        field=name,
        header=info.title or name,
        kind="choice" if choice else _kind(base, marks),
        required=info.is_required(),
        note=note,
        choices=choice,
        refers=refers,
    )


def _kind(base: Any, marks: list[Any]) -> str:
    plain = {bool: "flag", int: "count", date: "date", time: "time"}
    if base in plain:
        return plain[base]
    if any(isinstance(mark, LongText) for mark in marks):
        return "long"
    return "code" if any(getattr(mark, "pattern", None) for mark in marks) else "text"


def _base_and_marks(info: FieldInfo) -> tuple[Any, list[Any]]:
    kind: Any = info.annotation
    marks = list(info.metadata)
    while (origin := get_origin(kind)) in (Annotated, Union, UnionType):
        arguments = get_args(kind)
        if origin is Annotated:
            marks += arguments[1:]
            kind = arguments[0]
        else:
            kind = next(one for one in arguments if one is not type(None))
    return kind, marks


def _with_information(column: Column, sheet: str) -> Iterator[Column]:
    yield column
    # Only what belongs to the row's key is explained: on the person's own sheet names stand anyway.
    if sheet not in ("units", "people", "collectives") and column.required:
        for shows, header in _INFORMATION.get(column.refers, ()):
            yield Column("", header, "information", note=_READ_ONLY, refers=column.field, shows=shows)


_READ_ONLY = "Cột này để xem cho dễ, phần mềm tự ghi và không đọc lại."


def _rating_columns(kind: str, book: Rulebook) -> Iterator[Column]:
    wordings: dict[str, dict[str, list[str]]] = {}
    numbers: dict[str, tuple[str, str]] = {}
    points: dict[str, int] = {}
    for subject_type in book.subject_types(kind):
        label = book.type_label(kind, subject_type)
        for criterion in book.criteria(kind, subject_type):
            number = criterion.number or criterion.code
            numbers.setdefault(criterion.code, (number, criterion.cites))
            points.setdefault(criterion.code, criterion.points)
            wordings.setdefault(criterion.code, {}).setdefault(criterion.title, []).append(label)
    for code, titles in wordings.items():
        number, cites = numbers[code]
        if len(titles) == 1:
            title, note = next(iter(titles)), f"{book.number}, {cites}"
        else:
            title = "Nhiệm vụ theo loại tập thể"
            note = "\n".join(f"{', '.join(labels)}: {wording}." for wording, labels in titles.items())
        if points[code]:
            note = f"Nhiều nhất {points[code]} điểm. {note}"
            yield Column("ratings", f"{number}. {title}", "count", part=code, note=note)
        else:
            yield Column("ratings", f"{number}. {title}", "rating", part=code, note=note, choices="rating")


def _section_columns(form: str, leave_out: Sequence[str], book: Rulebook) -> Iterator[Column]:
    for field in library.manifest(form, book).fields:
        if field.kind == "text" and not field.by_hand and field.name not in leave_out:
            cited = f"{book.number}, {field.cites}" if field.cites else ""
            note = " ".join(part for part in (field.help, cited) if part)
            yield Column("sections", field.label, "long", part=field.name, note=note)


def labels(list_name: str, book: Rulebook) -> Labels:
    """The labels of a list by code, in order: the rulebook's own, else the house's (`choices.toml`)."""
    if list_name == "rating":
        return dict(book.ratings.labels)
    if list_name == "level":
        return dict(book.levels.labels)
    return book.choices.get(list_name) or choices()[list_name]
