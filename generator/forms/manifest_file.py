"""Reading a manifest from its TOML file: what is unknown is refused, so that a misspelt key is never a silent loss."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.forms.manifest import (
    KINDS,
    RESERVED,
    SAYS,
    STATES,
    Check,
    Choice,
    Condition,
    Field,
    Manifest,
    ManifestError,
    Quota,
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_FIELD_KEYS = frozenset({
    "name", "label", "kind", "required", "identity", "max", "blank_lines", "blank_rows", "choices",
    "codes", "of", "type_from", "partial", "column", "field", "when", "by_hand", "percent_of", "total", "sample",
    "cites", "help", "assessed",
})  # fmt: skip
_FORM_KEYS = frozenset({
    "code", "title", "label", "order", "subject_kinds", "subject_type", "filled_by", "says", "states", "cites",
    "template", "dossier_item", "take_home", "level_field", "level_fixed", "parts", "text", "excerpt", "samples",
    "field", "check", "quota", "per_voter", "at_meeting", "instead",
})  # fmt: skip
_CHECK_KEYS = frozenset({"table", "sum", "at_most", "equals", "message"})
_QUOTA_KEYS = frozenset({"rule", "table", "counts", "by", "whole", "concerns", "when"})
_REQUIRED_FORM_KEYS = ("code", "title", "order", "subject_kinds", "filled_by", "says", "states", "cites", "template")


def parse_all(data: Mapping[str, Any], parts: Mapping[str, Any], source: str) -> list[Manifest]:
    """The manifests a TOML file holds: one, or of a family one for each `[[variant]]`.

    A variant says only what it does not share: any key of a form; of `text` and `samples` the entries that differ.

    Raises:
        ManifestError: as `parse` does.
    """
    if "variant" not in data:
        return [parse(data, parts, source)]
    shared = {key: value for key, value in data.items() if key != "variant"}
    made = []
    for variant in data["variant"]:
        merged = {key: {**shared.get(key, {}), **variant.get(key, {})} for key in ("text", "samples")}
        made.append(parse({**shared, **variant, **merged}, parts, f"{source}, mẫu {variant.get('code', '?')}"))
    return made


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
        base_title=data["title"],
        label=data.get("label", ""),
        order=data["order"],
        subject_kinds=tuple(data["subject_kinds"]),
        subject_type=data.get("subject_type", ""),
        filled_by=tuple(data["filled_by"]),
        instead=dict(data.get("instead", {})),
        says=data["says"],
        states=tuple(data["states"]),
        cites=data["cites"],
        template=data["template"],
        dossier_item=data.get("dossier_item", ""),
        take_home=data.get("take_home", False),
        per_voter=data.get("per_voter", False),
        at_meeting=data.get("at_meeting", False),
        level_field=data.get("level_field", ""),
        level_fixed=data.get("level_fixed", ""),
        text=dict(data.get("text", {})),
        excerpt=data.get("excerpt", ""),
        fields=fields,
        checks=tuple(_check(row, source) for row in data.get("check", ())),
        quotas=tuple(_quota(row, by_name, source) for row in data.get("quota", ())),
        by_name=by_name,
    )
    _check_references(manifest, source)
    return manifest


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
    samples = data.get("samples", {})
    if unknown := set(samples) - {row.get("name") for row in rows}:
        raise ManifestError(f"Tệp {source}: dữ liệu mẫu của mục không có: {', '.join(sorted(unknown))}.")
    rows = [{**row, "sample": samples[row["name"]]} if row.get("name") in samples else row for row in rows]
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
        type_from=row.get("type_from", ""),
        partial=row.get("partial", False),
        assessed=row.get("assessed", False),
        columns=_fields([{"blank_lines": 1, **column} for column in row.get("column", ())], place),
        fields=_fields(row.get("field", ()), place),
        when=_when(row),
        by_hand=row.get("by_hand", False),
        percent_of=row.get("percent_of", ""),
        total=row.get("total", False),
        sample=row.get("sample"),
        cites=row.get("cites", ""),
        help=row.get("help", ""),
    )
    _check_shape(made, place)
    return made


def _check(row: Mapping[str, Any], source: str) -> Check:
    _no_unknown(row, _CHECK_KEYS, f"{source}, phần kiểm tra số liệu")
    bounds = [key for key in ("at_most", "equals") if key in row]
    if not row.get("sum") or not row.get("message") or len(bounds) != 1:
        raise ManifestError(f"Tệp {source}: phần kiểm tra số liệu cần “sum”, “message” và một giới hạn.")
    return Check(row.get("table", ""), tuple(row["sum"]), row[bounds[0]], bounds == ["equals"], row["message"])


def _when(row: Mapping[str, Any]) -> Condition | None:
    return Condition(row["when"]["field"], tuple(row["when"]["is"])) if "when" in row else None


def _quota(row: Mapping[str, Any], by_name: Mapping[str, Field], source: str) -> Quota:
    _no_unknown(row, _QUOTA_KEYS, f"{source}, phần tỷ lệ xuất sắc")
    if not all(row.get(key) for key in ("rule", "counts", "concerns")) or ("by" in row) == ("whole" in row):
        keys = "“rule”, “counts”, “concerns” và một trong “by”, “whole”"
        raise ManifestError(f"Tệp {source}: phần tỷ lệ xuất sắc cần {keys}.")
    holder = by_name.get(row.get("table", ""))
    columns = {column.name for column in holder.columns} if holder else set()
    named = {row["by"]} if "by" in row else set()
    if not {*row["counts"], *named} <= columns or row.get("whole", "") not in {"", *by_name}:
        raise ManifestError(f"Tệp {source}: phần tỷ lệ xuất sắc trỏ tới mục không có.")
    by, whole = row.get("by", ""), row.get("whole", "")
    return Quota(row["rule"], row["table"], tuple(row["counts"]), by, whole, row["concerns"], _when(row))


def _known_figures(manifest: Manifest, table: str) -> set[str]:
    holder = manifest.by_name.get(table)
    columns = {column.name for column in holder.columns} if holder else set()
    inner = {f"{one.name}.{part.name}" for one in manifest.fields for part in (*one.fields, *one.columns)}
    return columns | inner | set(manifest.by_name)


def _check_shape(made: Field, place: str) -> None:
    for kind, part in (("choice", made.choices), ("table", made.columns), ("group", made.fields)):
        if (made.kind == kind) != bool(part or (kind == "choice" and made.assessed)):
            raise ManifestError(f"Tệp {place}: loại “{made.kind}” và các khóa đi kèm không khớp.")
    nested = [one.name for one in (*made.columns, *made.fields) if one.kind in ("table", "group", "criteria")]
    if nested:
        raise ManifestError(f"Tệp {place}: bảng hoặc nhóm không chứa được {', '.join(nested)}.")


def _check_references(manifest: Manifest, source: str) -> None:
    for one in manifest.fields:
        if one.type_from and one.type_from not in manifest.by_name:
            raise ManifestError(f"Tệp {source}, mục “{one.name}”: loại đối tượng lấy từ mục không có.")
        if one.when:
            other = manifest.by_name.get(one.when.field)
            known = {choice.code for choice in other.choices} if other else set()
            if not known or not set(one.when.codes) <= known:
                raise ManifestError(f"Tệp {source}, mục “{one.name}”: điều kiện trỏ tới mục không có.")
        for column in one.columns:
            names = {beside.name for beside in one.columns} | set(manifest.by_name)
            if column.percent_of and column.percent_of not in names:
                raise ManifestError(f"Tệp {source}, mục “{one.name}”: tỷ lệ tính trên mục không có.")
    for check in manifest.checks:
        if not {*check.parts, check.bound} <= _known_figures(manifest, check.table):
            raise ManifestError(f"Tệp {source}: phần kiểm tra số liệu trỏ tới mục không có.")
    if manifest.excerpt and getattr(manifest.by_name.get(manifest.excerpt), "kind", "") != "choice":
        raise ManifestError(f"Tệp {source}: “excerpt” phải trỏ tới một mục lựa chọn.")
    if manifest.level_field:
        name, _, column_name = manifest.level_field.partition(".")
        holder = manifest.by_name.get(name)
        columns = [one.name for one in holder.columns] if holder else []
        if holder is None or (column_name and column_name not in columns):
            raise ManifestError(f"Tệp {source}: “level_field” trỏ tới mục không có.")
