"""Facts that meet every condition of excellent, to be changed in one place by each test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.generator.rules.good_facts import good_facts

Changed = Callable[..., dict[str, Any]]


@pytest.fixture
def facts_of() -> Changed:
    """`facts_of(kind, **changes)`: excellent facts of a kind; `criteria__b1="good"` changes one inside."""
    return good_facts
