"""The file a form's input is written in: YAML or JSON, read without guessing.

YAML's older rules turn `07:30` into 450, `0123` into 83 and `no` into false. Here a value is a number, true, false or
null only when it looks exactly so; everything else is text, letter for letter.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import yaml

from generator.errors import InvalidInput, Place, Problem

LARGEST_FILE = 20 * 1024 * 1024

_SAMPLE_HINT = "Xem một bản mẫu bằng lệnh “hoso sample MÃ”"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Loader(yaml.SafeLoader):
    """Safe YAML with the core schema of YAML 1.2, which refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable) or key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"khóa “{key}” viết hai lần", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"~|null|", ["~", "n", ""]),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))


class _Dumper(yaml.SafeDumper):
    """YAML for people: long texts as blocks, nothing referred to elsewhere."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text_node)


def load_input(path: Path) -> dict[str, Any]:
    """The input a file holds: a JSON object when its name ends in `.json`, else YAML.

    Raises:
        InvalidInput: no such file, too large, not readable as UTF-8, badly written, empty, a key twice, no mapping.
    """
    place = Place(file=path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refusal("too-large", place, "Tệp lớn hơn 20 MB", "Hãy chia thành nhiều tệp")
        data = path.read_bytes()
    except OSError as error:
        raise _refusal("unreadable", place, "Không đọc được tệp", "Hãy xem lại tên tệp và quyền đọc") from error
    return read_input(data, place, json_form=path.suffix.lower() == ".json")


def read_input(data: bytes, place: Place, *, json_form: bool = False) -> dict[str, Any]:
    """The input that the bytes of a file hold; `place` names the file in messages.

    Raises:
        InvalidInput: as `load_input`.
    """
    text = _decoded(data, place)
    if not text.strip():
        raise _refusal("empty", place, "Tệp không có nội dung", _SAMPLE_HINT)
    made = _from_json(text, place) if json_form else _from_yaml(text, place)
    if not isinstance(made, dict):
        raise _refusal("type", place, "Tệp không phải là các cặp tên mục và giá trị", _SAMPLE_HINT)
    return made


def yaml_text(value: Mapping[str, Any]) -> str:
    """The value as YAML that `load_input` reads back unchanged, fields in their order."""
    return yaml.dump(dict(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _decoded(data: bytes, place: Place) -> str:
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _refusal(
            "encoding", place, "Tệp không dùng bảng mã UTF-8", "Hãy lưu lại tệp với bảng mã UTF-8"
        ) from error


def _from_yaml(text: str, place: Place) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader with fewer implicit types
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = Place(file=place.file, row=mark.line + 1) if mark else place
        cause = getattr(error, "problem", None)
        own = f": {cause}" if cause and "khóa" in cause else ""
        raise _refusal(
            "syntax", at, f"Tệp YAML viết chưa đúng{own}", "Hãy xem lại dấu hai chấm và thụt dòng"
        ) from error


def _from_json(text: str, place: Place) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
        if twice is not None:
            raise _refusal("twice", place, f"Khóa “{twice}” viết hai lần", "Hãy bỏ bớt một chỗ")
        return dict(pairs)

    def no_constant(name: str) -> Any:
        raise _refusal("number", place, f"“{name}” không phải là số", "Hãy viết số bằng chữ số")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
    except json.JSONDecodeError as error:
        at = Place(file=place.file, row=error.lineno)
        raise _refusal(
            "syntax", at, "Tệp JSON viết chưa đúng", "Hãy xem lại dấu ngoặc, dấu phẩy và dấu nháy"
        ) from error
    except RecursionError as error:
        raise _refusal("syntax", place, "Tệp JSON lồng nhau quá sâu", _SAMPLE_HINT) from error


def _refusal(code: str, place: Place, message: str, remedy: str) -> InvalidInput:
    return InvalidInput([Problem(f"input.{code}", place, message, remedy)])
