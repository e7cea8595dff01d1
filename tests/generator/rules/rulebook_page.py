"""`docs/rulebook.md` as the tables and the tests have it."""

from __future__ import annotations

from pathlib import Path

from generator.rules.document import rulebook_markdown
from generator.rules.rulebook import load_rulebook
from tests.generator.rules.shown import shown_by_rule

PAGE = Path(__file__).parents[3] / "docs" / "rulebook.md"
HOW = "HOSO_WRITE_PAGES=1 .venv/bin/python -m pytest tests/generator/rules/test_rulebook.py"
_TEST = "tests/generator/rules/test_every_rule.py"


def page() -> str:
    """What the page must hold."""
    return rulebook_markdown(load_rulebook(), shown_by_rule(), _TEST)
