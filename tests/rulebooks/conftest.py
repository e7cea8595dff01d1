"""The invented rulebook, found in its own folder like an office's."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.rules.rulebook import Rulebook, load_rulebook


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """The rulebook of points and quarters."""
    monkeypatch.setenv("HOSO_RULEBOOKS", str(Path(__file__).parent))
    return load_rulebook("score_2025")
