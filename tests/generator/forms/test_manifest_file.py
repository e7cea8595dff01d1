"""A manifest that says something the house does not know is refused, never half read."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from generator.forms.manifest import ManifestError
from generator.forms.manifest_file import parse, parse_all

PARTS: dict[str, Any] = {"heading": {"field": [{"name": "year", "label": "Năm", "kind": "count", "sample": 2018}]}}
GOOD: dict[str, Any] = {
    "code": "9",
    "title": "Phiếu thử",
    "order": 1,
    "subject_kinds": ["party_member"],
    "filled_by": ["party_member"],
    "says": "claims",
    "states": ["blank", "draft", "final"],
    "cites": "13-HD/TU, II.2.5",
    "template": "phieu-thu.docx",
    "parts": ["heading"],
    "level_field": "rows.level",
    "field": [
        {
            "name": "variant",
            "label": "Loại",
            "kind": "choice",
            "choices": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}],
        },
        {"name": "extra", "label": "Thêm", "kind": "line", "when": {"field": "variant", "is": ["b"]}},
        {
            "name": "rows",
            "label": "Bảng",
            "kind": "table",
            "column": [{"name": "level", "label": "Mức", "kind": "level"}],
        },
    ],
}


def changed(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD) | changes


def with_field(**field: Any) -> dict[str, Any]:
    made = changed()
    made["field"].append({"name": "one", "label": "Một", "kind": "line"} | field)
    return made


def test_shared_fields_come_first_and_a_forms_own_wording_takes_their_place() -> None:
    own = changed()
    own["field"].append({"name": "year", "label": "Năm đánh giá", "kind": "count"})
    made = parse(own, PARTS, "9.toml")
    assert [field.name for field in made.fields] == ["year", "variant", "extra", "rows"]
    assert made.by_name["year"].label == "Năm đánh giá"


def test_a_family_is_a_form_for_each_variant_which_says_only_what_differs() -> None:
    family = {key: value for key, value in GOOD.items() if key not in ("code", "order")} | {
        "text": {"voters": "chi bộ", "note": "Ghi chú"},
        "samples": {"extra": "Chung"},
        "variant": [
            {"code": "9A", "order": 1, "text": {"voters": "Ban Chấp hành"}},
            {"code": "9B", "order": 2, "samples": {"extra": "Riêng", "year": 2019}},
        ],
    }
    first, second = parse_all(family, PARTS, "9.toml")
    assert [form.code for form in (first, second)] == ["9A", "9B"]
    assert first.text == {"voters": "Ban Chấp hành", "note": "Ghi chú"} and second.text["voters"] == "chi bộ"
    assert [form.by_name["extra"].sample for form in (first, second)] == ["Chung", "Riêng"]
    assert [form.by_name["year"].sample for form in (first, second)] == [2018, 2019]
    assert [form.code for form in parse_all(GOOD, PARTS, "9.toml")] == ["9"]


def test_a_wrong_variant_is_named() -> None:
    with pytest.raises(ManifestError, match=r"9\.toml, mẫu 9A: khóa lạ codes"):
        parse_all(changed(variant=[{"code": "9A", "codes": []}]), PARTS, "9.toml")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (changed(titel="x"), "titel"),
        (changed(samples={"nothing": "x"}), "dữ liệu mẫu"),
        (changed(excerpt="nothing"), "excerpt"),
        (changed(excerpt="extra"), "excerpt"),
        (with_field(assessed=True), "khóa đi kèm"),
        ({key: value for key, value in GOOD.items() if key != "cites"}, "cites"),
        (changed(says="guesses"), "says"),
        (changed(states=["blank", "signed"]), "signed"),
        (changed(parts=["footing"]), "footing"),
        (changed(level_field="nothing"), "level_field"),
        (changed(level_field="rows.nothing"), "level_field"),
        (with_field(lable="x"), "lable"),
        (with_field(kind="paragraph"), "paragraph"),
        (with_field(name="Họ tên"), "tên mục"),
        (with_field(name="variant"), "hai lần"),
        (with_field(name="has"), "dành riêng"),
        (with_field(kind="choice"), "khóa đi kèm"),
        (with_field(kind="table"), "khóa đi kèm"),
        (with_field(choices=[{"code": "a", "label": "A"}]), "khóa đi kèm"),
        (with_field(when={"field": "variant", "is": ["c"]}), "điều kiện"),
        (with_field(when={"field": "nowhere", "is": ["a"]}), "điều kiện"),
        (with_field(kind="criteria", type_from="nowhere"), "loại đối tượng"),
        (
            with_field(kind="table", column=[{"name": "n", "label": "Số", "kind": "count", "percent_of": "nowhere"}]),
            "tỷ lệ",
        ),
        (
            with_field(
                kind="table",
                column=[
                    {
                        "name": "t",
                        "label": "Bảng",
                        "kind": "table",
                        "column": [{"name": "x", "label": "X", "kind": "line"}],
                    }
                ],
            ),
            "không chứa được",
        ),
    ],
)
def test_what_is_unknown_missing_or_points_nowhere_is_refused(data: dict[str, Any], says: str) -> None:
    with pytest.raises(ManifestError, match=says):
        parse(data, PARTS, "9.toml")
