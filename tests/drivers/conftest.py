"""Where the drivers work: in memory where the machine has it, since killing a process loses nothing of the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.campaigns.running import CampaignRun
from archive.importing.run import import_workbook
from archive.office.folder import make_office
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign import workbook_bytes

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it


@pytest.fixture(scope="session")
def bench() -> Iterator[Path]:
    """A folder for the whole session."""
    made = Path(tempfile.mkdtemp(prefix="hoso-", dir=_MEMORY if _MEMORY.is_dir() else None))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def place(bench: Path) -> Iterator[Path]:
    """A folder for one test, emptied after it."""
    made = Path(tempfile.mkdtemp(dir=bench))
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def filed_sample(bench: Path) -> Path:
    """The sample campaign of one cell, filed without PDF; copied, never used."""
    root = bench / "sample"
    office = make_office(root)
    database = office.connect()
    book = load_rulebook()
    import_workbook(database, read(workbook_bytes(), "campaign-2018.xlsx", book=book), actor="cli")
    CampaignRun(office, database, "2018", actor="cli", unit="CBK1", with_pdf=False).run()
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return root
