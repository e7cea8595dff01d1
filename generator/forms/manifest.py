"""A form's manifest: the one place that says what a form asks, what it does with a level and what it prints.

The JSON Schema, the workbook columns, the web fields, the validation and the Word context of a form all come from its
`Manifest`. Manifests are TOML files beside the rulebook they belong to; `parse` reads one and refuses what it does not
know, so that a misspelt key is never a silent loss.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.errors import GeneratorError

KINDS = frozenset({
    "line", "text", "name", "date", "time", "count", "number", "level", "rating", "choice", "flag", "criteria", "table",
    "group",
})  # fmt: skip
SAYS = ("claims", "records", "proposes", "decides")
STATES = ("blank", "draft", "final")
# Names the context gives itself; a field of such a name would hide one of them.
RESERVED = frozenset({"blank", "draft", "final", "form_label", "paper_code", "has", "text", "date_line", "number_line"})

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELD_KEYS = frozenset({
    "name", "label", "kind", "required", "identity", "max", "blank_lines", "blank_rows", "choices",
    "codes", "of", "partial", "column", "field", "when", "by_hand", "percent_of", "total", "sample", "cites", "help",
})  # fmt: skip
_FORM_KEYS = frozenset({
    "code", "title", "label", "order", "subject_kinds", "subject_type", "filled_by", "says", "states", "cites",
    "template", "dossier_item", "take_home", "level_field", "level_fixed", "parts", "text", "field",
})  # fmt: skip
_REQUIRED_FORM_KEYS = ("code", "title", "order", "subject_kinds", "filled_by", "says", "states", "cites", "template")


class ManifestError(GeneratorError):
    """Tệp mô tả biểu mẫu viết chưa đúng."""

    code = "generator.manifest"


@dataclass(frozen=True)
class Choice:
    """One answer of a field of kind `choice`: its code for programs and its label for people."""

    code: str
    label: str


@dataclass(frozen=True)
class Condition:
    """A field applies only while another field of the form has one of these codes."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """One thing a form asks.

    Args:
        name: ASCII, unique in its form; the key in the input and in the template.
        label: as a clerk reads it.
        kind: one of `KINDS`.
        required: must be given unless the form is printed blank.
        identity: still printed on a blank form when given (who and where, never the answers).
        maximum: longest text in characters, largest number, or most rows; None for the kind's own limit.
        blank_lines: dotted lines of a blank `text`.
        blank_rows: empty rows of a blank `table`.
        choices: answers of a `choice`.
        codes: the codes a `level`, `rating` or `criteria` takes, in order; filled from the rulebook when not given.
        of: kind of subject whose criteria a `criteria` field rates; empty for the form's own.
        partial: for a `date`, whether a month alone (`2018-12`) may stand until the day is known.
        columns: columns of a `table`.
        fields: fields of a `group`.
        when: the condition under which the field applies.
        by_hand: left for the pen: the empty lines of a `text` or `table` stand in every state when nothing is given.
        percent_of: for a count in a table, the column or field it is a part of.
        total: for a table, whether its counts are summed.
        sample: a value as an office would write it.
        cites: the place of the guidance that asks for it.
        help: one sentence for the person who fills it in.
    """

    name: str
    label: str
    kind: str
    required: bool = False
    identity: bool = False
    maximum: int | None = None
    blank_lines: int = 3
    blank_rows: int = 3
    choices: tuple[Choice, ...] = ()
    codes: tuple[str, ...] = ()
    of: str = ""
    partial: bool = False
    columns: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    when: Condition | None = None
    by_hand: bool = False
    percent_of: str = ""
    total: bool = False
    sample: Any = None
    cites: str = ""
    help: str = ""


@dataclass(frozen=True, eq=False)
class Manifest:
    """One form: what it is, who fills it, what it does with a level, and its fields in the order they are asked.

    Args:
        code: `5.1`, `minutes-cell`; how commands and dossiers name the form.
        title: its name as printed.
        label: the annex label printed at the top right, e.g. “Mẫu 5.1-HD, KĐ, ĐG”; empty for papers without one.
        order: place in the list of forms, which follows the guidance.
        subject_kinds: the kinds of subject it is about.
        subject_type: which type of that kind, where criteria differ by type; empty when they do not.
        filled_by: roles that fill it in.
        says: what it does with a level: `claims`, `records`, `proposes` or `decides`.
        states: in which states it can be printed.
        cites: the place of the guidance that asks for the form.
        template: file name of its Word template.
        dossier_item: the item of the dossier it is filed under.
        take_home: whether it leaves the office and comes back, so that its footer carries the paper code.
        level_field: the field, or `table.column`, that holds the level the judge is asked about; empty when none.
        level_fixed: the level itself where the form has no field for it, because it is about one level only; then
            `level_field` names the table of those concerned.
        text: wordings that differ between the forms of one template.
        fields: all fields, those of shared parts first.
    """

    code: str
    title: str
    label: str
    order: int
    subject_kinds: tuple[str, ...]
    subject_type: str
    filled_by: tuple[str, ...]
    says: str
    states: tuple[str, ...]
    cites: str
    template: str
    dossier_item: str
    take_home: bool
    level_field: str
    level_fixed: str
    text: Mapping[str, str]
    fields: tuple[Field, ...]
    by_name: Mapping[str, Field] = field(repr=False)

    @property
    def binds(self) -> bool:
        """Whether a finding forbids its final form: it proposes or decides a level."""
        return self.says in ("proposes", "decides")


def parse(data: Mapping[str, Any], parts: Mapping[str, Any], source: str) -> Manifest:
    """The manifest a TOML file holds.

    Args:
        data: the file as `tomllib` read it.
        parts: groups of fields that forms share: name → `{"field": [...]}`.
        source: the file's name, for messages.

    Raises:
        ManifestError: anything unknown, missing, doubled or of the wrong shape.
    """
    _no_unknown(data, _FORM_KEYS, source)
    for key in _REQUIRED_FORM_KEYS:
        if key not in data:
            raise ManifestError(f"Tệp {source}: thiếu khóa “{key}”.")
    if data["says"] not in SAYS:
        raise ManifestError(f"Tệp {source}: “says” phải là một trong {', '.join(SAYS)}.")
    if unknown := set(data["states"]) - set(STATES):
        raise ManifestError(f"Tệp {source}: trạng thái lạ {', '.join(sorted(unknown))}.")
    fields = _all_fields(data, parts, source)
    by_name = {one.name: one for one in fields}
    manifest = Manifest(
        code=data["code"],
        title=data["title"],
        label=data.get("label", ""),
        order=data["order"],
        subject_kinds=tuple(data["subject_kinds"]),
        subject_type=data.get("subject_type", ""),
        filled_by=tuple(data["filled_by"]),
        says=data["says"],
        states=tuple(data["states"]),
        cites=data["cites"],
        template=data["template"],
        dossier_item=data.get("dossier_item", ""),
        take_home=data.get("take_home", False),
        level_field=data.get("level_field", ""),
        level_fixed=data.get("level_fixed", ""),
        text=dict(data.get("text", {})),
        fields=fields,
        by_name=by_name,
    )
    _check_references(manifest, source)
    return manifest


def level_column(manifest: Manifest) -> tuple[Field, Field | None] | None:
    """The field that holds the level the form is about, and its column when that field is a table."""
    if not manifest.level_field:
        return None
    name, _, column = manifest.level_field.partition(".")
    holder = manifest.by_name[name]
    return holder, next((one for one in holder.columns if one.name == column), None) if column else None


def _no_unknown(data: Mapping[str, Any], known: frozenset[str], source: str) -> None:
    if unknown := set(data) - known:
        raise ManifestError(f"Tệp {source}: khóa lạ {', '.join(sorted(unknown))}.")


def _all_fields(data: Mapping[str, Any], parts: Mapping[str, Any], source: str) -> tuple[Field, ...]:
    rows: list[Mapping[str, Any]] = []
    for part in data.get("parts", ()):
        if part not in parts:
            raise ManifestError(f"Tệp {source}: không có nhóm mục “{part}”.")
        rows += parts[part]["field"]
    own = {row.get("name") for row in data.get("field", ())}
    # A form may word a shared field anew: its own field of that name stands in the shared one's place.
    replaced = {row["name"]: row for row in data.get("field", ())}
    shared = {row["name"] for row in rows}
    rows = [replaced[row["name"]] if row["name"] in own else row for row in rows]
    rows += [row for row in data.get("field", ()) if row.get("name") not in shared]
    return _fields(rows, source, top=True)


def _fields(rows: Sequence[Mapping[str, Any]], source: str, *, top: bool = False) -> tuple[Field, ...]:
    fields = tuple(_field(row, source) for row in rows)
    names = [one.name for one in fields]
    for name in names:
        if names.count(name) > 1:
            raise ManifestError(f"Tệp {source}: mục “{name}” viết hai lần.")
        if top and name in RESERVED:
            raise ManifestError(f"Tệp {source}: tên mục “{name}” đã dành riêng.")
    return fields


def _field(row: Mapping[str, Any], source: str) -> Field:
    place = f"{source}, mục “{row.get('name', '?')}”"
    _no_unknown(row, _FIELD_KEYS, place)
    for key in ("name", "label", "kind"):
        if not row.get(key):
            raise ManifestError(f"Tệp {place}: thiếu khóa “{key}”.")
    if row["kind"] not in KINDS:
        raise ManifestError(f"Tệp {place}: không có loại mục “{row['kind']}”.")
    if not _NAME.fullmatch(row["name"]):
        raise ManifestError(f"Tệp {place}: tên mục chỉ gồm chữ thường không dấu, chữ số và dấu gạch dưới.")
    made = Field(
        name=row["name"],
        label=row["label"],
        kind=row["kind"],
        required=row.get("required", False),
        identity=row.get("identity", False),
        maximum=row.get("max"),
        blank_lines=row.get("blank_lines", 3),
        blank_rows=row.get("blank_rows", 3),
        choices=tuple(Choice(one["code"], one["label"]) for one in row.get("choices", ())),
        codes=tuple(row.get("codes", ())),
        of=row.get("of", ""),
        partial=row.get("partial", False),
        columns=_fields(row.get("column", ()), place),
        fields=_fields(row.get("field", ()), place),
        when=Condition(row["when"]["field"], tuple(row["when"]["is"])) if "when" in row else None,
        by_hand=row.get("by_hand", False),
        percent_of=row.get("percent_of", ""),
        total=row.get("total", False),
        sample=row.get("sample"),
        cites=row.get("cites", ""),
        help=row.get("help", ""),
    )
    _check_shape(made, place)
    return made


def _check_shape(made: Field, place: str) -> None:
    for kind, part in (("choice", made.choices), ("table", made.columns), ("group", made.fields)):
        if (made.kind == kind) != bool(part):
            raise ManifestError(f"Tệp {place}: loại “{made.kind}” và các khóa đi kèm không khớp.")
    nested = [one.name for one in (*made.columns, *made.fields) if one.kind in ("table", "group", "criteria")]
    if nested:
        raise ManifestError(f"Tệp {place}: bảng hoặc nhóm không chứa được {', '.join(nested)}.")


def _check_references(manifest: Manifest, source: str) -> None:
    for one in manifest.fields:
        if one.when:
            other = manifest.by_name.get(one.when.field)
            known = {choice.code for choice in other.choices} if other else set()
            if not known or not set(one.when.codes) <= known:
                raise ManifestError(f"Tệp {source}, mục “{one.name}”: điều kiện trỏ tới mục không có.")
        for column in one.columns:
            names = {beside.name for beside in one.columns} | set(manifest.by_name)
            if column.percent_of and column.percent_of not in names:
                raise ManifestError(f"Tệp {source}, mục “{one.name}”: tỷ lệ tính trên mục không có.")
    if manifest.level_field:
        name, _, column_name = manifest.level_field.partition(".")
        holder = manifest.by_name.get(name)
        columns = [one.name for one in holder.columns] if holder else []
        if holder is None or (column_name and column_name not in columns):
            raise ManifestError(f"Tệp {source}: “level_field” trỏ tới mục không có.")
