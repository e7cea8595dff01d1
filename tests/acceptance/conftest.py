"""The sample campaign, typed in once and run once for each process of tests; tests that change it take a copy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.journey import INTAKE, WORKBOOK, Desk


@pytest.fixture(scope="session")
def typed_in(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A data folder with the sample's facts and papers taken in. Read only."""
    desk = Desk(tmp_path_factory.mktemp("typed_in") / "data")
    desk("init")
    desk("import", WORKBOOK)
    desk("intake", INTAKE)
    return desk


@pytest.fixture(scope="session")
def filed(typed_in: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample campaign run to its end, Word only. Read only."""
    desk = typed_in.copied(tmp_path_factory.mktemp("filed") / "data")
    desk("campaign", "run", "2018", "--no-pdf", code=1)
    return desk


@pytest.fixture
def fresh(typed_in: Desk, tmp_path: Path) -> Desk:
    """The sample taken in, to be changed."""
    return typed_in.copied(tmp_path / "data")


@pytest.fixture
def done(filed: Desk, tmp_path: Path) -> Desk:
    """The sample run to its end, to be changed."""
    return filed.copied(tmp_path / "data")
