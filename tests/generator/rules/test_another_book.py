"""Another year's guidance is another folder: five levels, other kinds and scores instead of ratings change no code."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator.rulebooks
from generator import judge
from generator.errors import InvalidInput
from generator.rules.rulebook import Rulebook, load_rulebook

_TABLES = {
    "book.toml": """
name = "scores_2031"
year = 2031
short_citation = "HD 99"
guidance = "Hướng dẫn chấm điểm"
number = "99"
issuer = "Tỉnh ủy"
issued_on = 2031-01-01
format_profile = "plain"
modules = ["team"]
type = []
body = []
level = [
  { code = "gold", label = "Vàng", short = "V" }, { code = "silver", label = "Bạc", short = "B" },
  { code = "bronze", label = "Đồng", short = "Đ" }, { code = "iron", label = "Sắt", short = "S" },
  { code = "clay", label = "Đất", short = "Đt" },
]
outside_level = [{ code = "unrated", label = "Chưa chấm", short = "-" }]
rating = [{ code = "yes", label = "Đạt", short = "Đạt" }, { code = "no", label = "Không đạt", short = "Không" }]
kind = [{ code = "team", label = "Tổ" }]
""",
    "criteria.toml": "group = []\ncriterion = []\n",
    "readings.toml": "reading = []\n",
    "settings.toml": "setting = []\n",
    "authority.toml": "decides = []\n",
    "participants.toml": "evaluation = []\n",
    "dossier.toml": "item = []\nprofile = []\n",
    "rules/team.toml": """
[[rule]]
id = "T-1"
cites = "2, gạch 1"
title = "Từ 90 điểm"
applies_to = ["team"]
effect = "level"
cap = "iron"
message = "Chưa đủ 90 điểm"
needed = "Từ 90 điểm"
""",
    "__init__.py": "",
    "facts.py": """
from generator.rules.facts import Count, FactsModel

class TeamFacts(FactsModel):
    score: Count

CLASSIFIED = {"team": TeamFacts}
CAPPED = {}
""",
    "team.py": """
from generator.rules.findings import Shortfall
from generator.rules.registry import rule

@rule("T-1")
def enough(team, book):
    return None if team.score >= 90 else Shortfall(given=f"{team.score} điểm")
""",
}


@pytest.fixture
def other_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rulebook]:
    folder = tmp_path / "scores_2031"
    for name, text in _TABLES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(generator.rulebooks, "__path__", [*generator.rulebooks.__path__, str(tmp_path)])
    yield load_rulebook("scores_2031")
    for name in [name for name in sys.modules if "scores_2031" in name]:
        del sys.modules[name]


def test_its_levels_kinds_and_rules_are_judged_without_a_change(other_book: Rulebook) -> None:
    refused = judge.classify("team", {"score": 80}, "gold", book=other_book)
    assert (refused.highest_allowed_level, refused.violated_rule_ids) == ("iron", ("T-1",))
    assert refused.findings[0].citation == "HD 99, phần 2, gạch đầu dòng thứ nhất"
    assert judge.classify("team", {"score": 90}, "gold", book=other_book).allowed
    assert judge.classify("team", {"score": 10}, "clay", book=other_book).allowed
    assert judge.classify("team", {"score": 10}, "unrated", book=other_book).allowed
    with pytest.raises(InvalidInput):
        judge.classify("team", {"score": 10}, "excellent", book=other_book)


def test_it_has_only_the_cases_it_judges(other_book: Rulebook) -> None:
    with pytest.raises(InvalidInput):
        judge.check_case({"type": "quota", "facts": {}}, book=other_book)
