"""A file is read as it is written: no number, time or answer is guessed from its letters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator.errors import InvalidInput, Place
from generator.forms.input_file import load_input, read_input, yaml_text
from generator.forms.inputs import read
from generator.forms.manifest import Manifest

HERE = Place(file="phieu.yaml")


def test_letters_stay_letters() -> None:
    text = b"a: 07:30\nb: 0123\nc: no\nd: 2018-12-29\ne: 1_000\nf: 0x1F\ng: .5\nh: '12'\ni: Y"
    expected = {"a": "07:30", "b": "0123", "c": "no", "d": "2018-12-29", "e": "1_000", "f": "0x1F", "g": ".5"}
    assert read_input(text, HERE) == expected | {"h": "12", "i": "Y"}


def test_numbers_and_answers_are_what_they_look_like() -> None:
    assert read_input(b"a: 12\nb: 1.5\nc: true\nd: null\ne: ~\nf:\ng: -3", HERE) == {
        "a": 12, "b": 1.5, "c": True, "d": None, "e": None, "f": None, "g": -3,
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_saved_by_notepad_is_read(encoding: str) -> None:
    assert read_input("tên: Nguyễn Thị Hường".encode(encoding), HERE) == {"tên": "Nguyễn Thị Hường"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input.empty"),
        (b" \n\n", "input.empty"),
        (b"- a\n- b", "input.type"),
        (b"a: 1\nb: [", "input.syntax"),
        (b"a: 1\na: 2", "input.syntax"),
        (b"a: !!python/object/apply:os.system ['true']", "input.syntax"),
        (b"? [a, b]\n: 1", "input.syntax"),
        ("Nguyễn".encode("cp1258", "replace") + b"\xff\xfe\xfa", "input.encoding"),
        (b"a: \x07", "input.syntax"),
        (b"[" * 5000, "input.syntax"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(data: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_input(data, HERE)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert problem.place.file == "phieu.yaml"


def test_a_mistake_in_yaml_has_its_line() -> None:
    with pytest.raises(InvalidInput) as raised:
        read_input(b"a: 1\nb: 2\na: 3", HERE)
    assert raised.value.problems[0].place.row == 3
    assert "a" in raised.value.problems[0].message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1, "a": 2}', "input.twice"),
        (b'{"a": NaN}', "input.number"),
        (b'{"a": 1,}', "input.syntax"),
        (b"[1]", "input.type"),
        (b'{"a": ' * 100_000, "input.syntax"),
    ],
)
def test_bad_json_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read_input(data, HERE, json_form=True)
    assert raised.value.problems[0].code == code


def test_a_missing_file_is_a_problem_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"khong-co\.yaml"):
        load_input(tmp_path / "khong-co.yaml")


def test_a_sample_written_out_is_read_back_the_same(form: Manifest, complete: dict[str, Any], tmp_path: Path) -> None:
    yaml_file, json_file = tmp_path / "a.yaml", tmp_path / "a.json"
    yaml_file.write_text(yaml_text(complete), encoding="utf-8")
    json_file.write_text(json.dumps(complete, ensure_ascii=False), encoding="utf-8")
    assert load_input(yaml_file) == complete
    assert load_input(json_file) == complete
    assert read(form, load_input(yaml_file)["document"], state="final")
