"""Figures that do not agree are told with their place, and the paper is printed all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.documents import generate
from generator.forms.manifest import Manifest

Sample = Callable[[str], dict[str, Any]]


def test_the_figures_of_every_sample_agree(form: Manifest, complete: dict[str, Any]) -> None:
    assert generate(form.code, complete).remarks == ()


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"round1": {"issued": 20}}, ["round1.issued"]),
        ({"round1": {"returned": 4}}, ["members[1]", "members[2]", "members[3]"]),
        ({"round2": {"returned": 19}}, ["round2.returned"]),
        ({"figures": {"probationary": 3}}, ["figures.official"]),
        ({"figures": {"not_yet": 0}}, ["figures.classified"]),
    ],
)
def test_a_report_whose_figures_disagree_says_where(
    changes: dict[str, dict[str, int]], places: list[str], sample_of: Sample
) -> None:
    document = sample_of("6")
    for group, figures in changes.items():
        document[group] |= figures
    made = generate("6", {"document": document})
    assert [remark.place.field for remark in made.remarks] == places
    assert all("so với" in remark.message for remark in made.remarks)


def test_what_is_not_counted_yet_is_not_compared(sample_of: Sample) -> None:
    document = sample_of("6")
    del document["round2"]
    assert generate("6", {"document": document}).remarks == ()
    assert generate("6", {"document": {}}, state="blank").remarks == ()
