"""The share of the excellent is worked out from the counts a form carries, group by group (13-HD/TU, II.2.3.a)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.forms.context import context
from generator.forms.inputs import read
from generator.forms.library import manifest
from generator.forms.manifest import ManifestError
from generator.forms.manifest_file import parse
from generator.forms.quotas import counted_groups, quota_rows
from generator.rules.rulebook import Rulebook, load_rulebook

Sample = Callable[[str], dict[str, Any]]


def values(code: str, document: dict[str, Any], state: str = "final") -> dict[str, Any]:
    """The values of a form as the context reads them."""
    return read(manifest(code, load_rulebook()), document, state=state)


def cell(name: str, excellent: int, good: int) -> dict[str, Any]:
    """A cell of whose members so many are excellent and good, and nobody else."""
    together = excellent + good
    counts = {"excellent": excellent, "good": good, "completed": 0, "not_completed": 0}
    return {"name": name, "total": together, "classified": together, **counts}


def test_the_members_of_a_base_are_one_group_and_those_of_a_district_one_for_each_base(
    book: Rulebook, sample_of: Sample
) -> None:
    rows = [cell("Chi bộ Khu 1", 2, 6), cell("Chi bộ Khu 2", 0, 4)]
    groups = {}
    for code in ("report-base", "report-district"):
        document = sample_of(code) | {"members": rows, "member_kinds": []}
        found = counted_groups(manifest(code, book), values(code, document), book)
        groups[code] = [(one.place, one.name, one.classified) for one in found if one.rule == "QUO-02"]
    assert groups["report-base"] == [("members", "Đảng viên: Đảng bộ xã An Đồng", 12)]
    assert groups["report-district"] == [
        ("members[1]", "Đảng viên: Chi bộ Khu 1", 8),
        ("members[2]", "Đảng viên: Chi bộ Khu 2", 4),
    ]


def test_organisations_of_one_level_are_counted_together_and_those_of_another_level_not_at_all(
    book: Rulebook, sample_of: Sample
) -> None:
    document = sample_of("report-district")
    rows = quota_rows(manifest("report-district", book), values("report-district", document), book)
    organisations = [row for row in rows if row["group"].startswith("Tổ chức đảng")]
    assert len(organisations) == 1
    # Đảng bộ cơ sở 24 and chi bộ cơ sở 14 good; the 315 subordinate cells are counted in their own bases.
    assert (organisations[0]["second"], organisations[0]["best"]) == ("38", "6")


def test_both_readings_of_the_base_stand_in_the_row(book: Rulebook, sample_of: Sample) -> None:
    rows = quota_rows(manifest("report-base", book), values("report-base", sample_of("report-base")), book)
    members = next(row for row in rows if row["group"].startswith("Đảng viên"))
    assert members == {
        "tt": "2",
        "group": "Đảng viên: Đảng bộ xã An Đồng",
        "classified": "98",
        "second": "71",
        "best": "13",
        "literal_base": "71",
        "literal_quotient": "14,2",
        "literal_limit": "14",
        "pool_base": "84",
        "pool_quotient": "16,8",
        "pool_limit": "16",
        "conclusion": "Trong giới hạn",
    }


@given(excellent=st.integers(0, 200), good=st.integers(0, 1_000))
def test_the_limit_is_never_rounded_up_and_the_conclusion_follows_it(excellent: int, good: int) -> None:
    book = load_rulebook()
    form = manifest("excellent-list", book)
    group = {"name": "Đảng bộ", "excellent": excellent, "good": good, "completed": 0, "not_completed": 0}
    (row,) = quota_rows(form, {"concerns": "party_member", "groups": [group]}, book)
    literal, pool = int(row["literal_limit"]), int(row["pool_limit"])
    assert 5 * literal <= good < 5 * (literal + 1)
    assert 5 * pool <= good + excellent < 5 * (pool + 1)
    expected = "Trong giới hạn" if excellent <= literal else "Vượt giới hạn" if excellent > pool else "Chỉ đúng khi"
    assert row["conclusion"].startswith(expected)


@pytest.mark.parametrize(
    ("concerns", "rule", "word"),
    [
        ("party_member", "QUO-02", "Đảng viên"),
        ("party_organisation", "QUO-01", "Tổ chức đảng"),
        ("leadership_collective", "QUO-03", "Tập thể"),
        ("leader_manager", "QUO-04", "Cán bộ"),
    ],
)
def test_a_list_keeps_to_the_rule_of_those_it_is_about(
    concerns: str, rule: str, word: str, book: Rulebook, sample_of: Sample
) -> None:
    document = sample_of("excellent-list") | {"concerns": concerns}
    (group,) = counted_groups(manifest("excellent-list", book), values("excellent-list", document), book)
    assert (group.rule, group.name) == (rule, f"{word}: Đảng bộ xã An Đồng")


def test_a_blank_form_has_room_for_each_group_and_no_figure(book: Rulebook, sample_of: Sample) -> None:
    form = manifest("report-base", book)
    made = context(form, values("report-base", sample_of("report-base"), "blank"), state="blank", book=book)
    assert len(made["quotas"]) == 4
    assert {figure for row in made["quotas"] for name, figure in row.items() if name != "tt"} == {""}


def test_a_form_without_counts_has_no_group(book: Rulebook, sample_of: Sample) -> None:
    document = {
        name: value for name, value in sample_of("report-base").items() if name not in ("organisations", "leaders")
    }
    document["members"] = []
    rows = quota_rows(manifest("report-base", book), document, book)
    assert [row["group"].partition(":")[0] for row in rows] == ["Tập thể", "Tập thể"]


def test_the_sums_of_a_table_carry_their_share_of_the_sum(book: Rulebook, sample_of: Sample) -> None:
    form = manifest("report-base", book)
    made = context(form, values("report-base", sample_of("report-base")), state="final", book=book)
    sums = made["members_total"]
    assert (sums["classified"], sums["excellent"], sums["excellent_percent"]) == ("98", "13", "13,3%")


COUNTED: dict[str, Any] = {
    "code": "9",
    "title": "Báo cáo thử",
    "order": 1,
    "subject_kinds": ["party_member"],
    "filled_by": ["committee"],
    "says": "proposes",
    "states": ["blank", "draft", "final"],
    "cites": "13-HD/TU, VI.1",
    "template": "bao-cao-thu.docx",
    "field": [
        {"name": "whole", "label": "Đảng bộ", "kind": "line"},
        {
            "name": "rows",
            "label": "Bảng",
            "kind": "table",
            "column": [{"name": "name", "label": "Tên", "kind": "line"}]
            + [
                {"name": level, "label": level, "kind": "count"}
                for level in ("excellent", "good", "completed", "not_completed")
            ],
        },
    ],
    "quota": [
        {"rule": "QUO-02", "table": "rows", "counts": ["excellent", "good"], "by": "name", "concerns": "Đảng viên"}
    ],
}


def test_a_manifest_names_the_table_that_counts_and_what_its_groups_are() -> None:
    (quota,) = parse(COUNTED, {}, "9.toml").quotas
    assert (quota.rule, quota.table, quota.counts) == ("QUO-02", "rows", ("excellent", "good"))
    assert (quota.by, quota.whole) == ("name", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "cell"},
        {"table": "lines"},
        {"table": "whole"},
        {"whole": "rows"},
        {"rule": ""},
        {"concerns": ""},
        {"limit": 5},
        {"counts": []},
        {"counts": ["best"]},
    ],
)
def test_a_share_that_points_nowhere_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ManifestError):
        parse(COUNTED | {"quota": [COUNTED["quota"][0] | wrong]}, {}, "9.toml")
    with pytest.raises(ManifestError):
        named = {name: value for name, value in COUNTED["quota"][0].items() if name != "by"}
        parse(COUNTED | {"quota": [named | {"whole": "nowhere"}]}, {}, "9.toml")
