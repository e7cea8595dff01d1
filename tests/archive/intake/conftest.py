"""An office with two cells and a folder of papers as people hand them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.importing.run import import_workbook
from archive.intake.report import IntakeReport
from archive.intake.run import intake
from archive.office.folder import Office, make_office
from tests.archive.importing.conftest import CONTENT, as_read
from tests.archive.intake.files import pdf as pdf
from tests.archive.intake.files import word as word

Take = Callable[..., IntakeReport]
Put = Callable[[str, bytes], Path]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path / "data")
    extra = [
        {"reference": "DV6", "full_name": "Phạm Thị Dũng", "cell": "CB2", "membership_kind": "official"},
        {"reference": "DV7", "full_name": "Phạm Thị Dung", "cell": "CB1", "membership_kind": "official"},
    ]
    database = made.connect()
    report = import_workbook(database, as_read({**CONTENT, "people": [*CONTENT["people"], *extra]}), actor="cli")
    database.close()
    assert report.saved
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "giay-to"
    made.mkdir()
    return made


@pytest.fixture
def put(folder: Path) -> Put:
    def lay(name: str, data: bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    return lay


@pytest.fixture
def take(office: Office, folder: Path) -> Take:
    def run(dry_run: bool = False, **more: Any) -> IntakeReport:
        return intake(office, folder, actor="cli", dry_run=dry_run, **more)

    return run
