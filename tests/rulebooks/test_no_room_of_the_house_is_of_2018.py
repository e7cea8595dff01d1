"""No module outside the rooms of 2018 names what the guidance of 2018 calls its levels, forms, rules, units or ballots.

A new guidance has other words for all of these, so a name of 2018 elsewhere would be a change it needs elsewhere.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.facts.values import choices
from generator.forms.library import forms
from generator.rules.rulebook import load_rulebook

_ROOT = Path(__file__).parents[2]
_HOUSE = ("generator", "archive", "search", "pages", "commands")
# The rooms that are of 2018, and why.
_ROOMS = {
    "generator/rulebooks/hd13_2018": "its folder",
    "archive/campaigns/hd13_2018": "its campaign: the folder itself knows no archive",
    "archive/afterwards": "complaints, annulments and reserved opinions by V.1 and V.3, with their papers",
    "archive/handover/minutes.py": "fills its minutes of handing over; a guidance without the form has none",
    "archive/handover/member_set.py": "fills its summary over the years; a guidance without the form has none",
    "archive/records/vote_tables.py": "a migration says what the columns of votes were called",
}
_BOOK = load_rulebook()
_RULE = re.compile("|".join([*(rf"\b{re.escape(rule.id)}\b" for rule in _BOOK.rules), re.escape(_BOOK.number)]))
_ORDINARY = ("self", "decision", "good", "missing", "none", "typed", "authority", "appraisal")
# Whole words of 2018. What the house says too is no one's alone: its own lists, and ordinary words.
_WORDS = frozenset(
    {
        *_BOOK.levels.labels,
        *_BOOK.ratings.labels,
        *(code for code in forms(_BOOK) if not code.isdecimal()),
        *(code for labels in _BOOK.choices.values() for code in labels),
    }
) - {*(code for labels in choices().values() for code in labels), *_ORDINARY}


def _modules() -> list[str]:
    found = [path.relative_to(_ROOT) for name in _HOUSE for path in sorted((_ROOT / name).rglob("*.py"))]
    return [path.as_posix() for path in found if not path.as_posix().startswith(tuple(_ROOMS))]


def _strings(tree: ast.AST) -> Iterator[ast.Constant]:
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _BOOK.name in (node.module or ""):
            yield f"{node.lineno}: {node.module}"


def named(text: str) -> list[str]:
    """What a module's text names of 2018, and what it imports from its rooms, as `line: word`."""
    tree = ast.parse(text)
    words = [
        f"{node.lineno}: {node.value!s}"
        for node in _strings(tree)
        if node.value in _WORDS or _RULE.search(str(node.value))
    ]
    return [*words, *_imported(tree)]


@pytest.mark.parametrize("module", _modules())
def test_a_module_of_the_house_names_nothing_of_2018(module: str) -> None:
    assert named((_ROOT / module).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("room", _ROOMS)
def test_a_room_of_2018_is_still_one(room: str) -> None:
    place = _ROOT / room
    modules = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    assert any(named(path.read_text(encoding="utf-8")) for path in modules)


def test_what_is_of_2018_would_be_seen() -> None:
    text = 'def f(x):\n    """excellent"""\n    return x == "excellent" or x in ("member_round1", "see QUO-02")\n'
    assert named(text) == ["3: excellent", "3: member_round1", "3: see QUO-02"]
    assert named("from archive.campaigns.hd13_2018.cases import facts\n") == ["1: archive.campaigns.hd13_2018.cases"]
