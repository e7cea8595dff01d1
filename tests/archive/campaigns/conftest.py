"""The sample commune in a data folder of its own for each test, imported once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.campaigns.opening import find_campaign
from archive.campaigns.running import CampaignRun, RunReport, situation_of
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Evaluation
from archive.importing.run import import_workbook
from archive.office.folder import Office, make_office, open_office
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign import workbook_bytes

# The stages that make papers; the one after them files.
STAGES = ("prepare", "ballots", "submit", "decide")


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample workbook imported; copied, never used."""
    root = tmp_path_factory.mktemp("sample") / "data"
    database = make_office(root).connect()
    report = import_workbook(database, read(workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook()), actor="cli")
    assert not report.problems
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return root


@dataclass
class Commune:
    """The sample commune's office, with the shortest ways to ask it something."""

    office: Office
    database: Database

    def situation(self) -> Situation:
        """The campaign as it stands now, judged."""
        return situation_of(self.database, find_campaign(self.database, "2018"))

    def run(self, *stages: str, unit: str | None = None, with_pdf: bool = False) -> RunReport:
        """Runs stages, all of them when none is named."""
        run = CampaignRun(self.office, self.database, "2018", actor="cli", unit=unit, with_pdf=with_pdf)
        return run.run(stages) if stages else run.run()

    def evaluation(self, reference: str, capacity: str = "member") -> Evaluation:
        """The evaluation of the subject with an office reference."""
        picture = self.situation().picture
        return next(
            one
            for one in picture.evaluations.values()
            if one.capacity == capacity and picture.subject_reference(one) == reference
        )

    def execute(self, sql: str, *values: object) -> None:
        """Changes the data as someone working on it would."""
        self.database.execute(sql, list(values))
        self.database.conn.commit()

    def forget_steps(self) -> None:
        """Takes back the steps that the import recorded, which nobody but a test can."""
        [kept] = self.database.execute("SELECT sql FROM sqlite_master WHERE name = 'step_kept_on_delete'").fetchone()
        for sql in ("DROP TRIGGER step_kept_on_delete", "DELETE FROM step", kept):
            self.execute(sql)

    def forget_decisions(self) -> None:
        """Takes back every decision, and what followed from the first: the steps and the readings frozen with it."""
        self.forget_steps()
        [kept] = self.database.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'frozen_readings_kept_on_delete'"
        ).fetchone()
        dropped = ("DROP TRIGGER frozen_readings_kept_on_delete", "DELETE FROM frozen_readings")
        for sql in ("DELETE FROM decision", *dropped, kept):
            self.execute(sql)


def _copy(imported: Path, root: Path) -> Commune:
    shutil.copytree(imported, root)
    office = open_office(root)
    return Commune(office, office.connect())


@pytest.fixture
def commune(imported: Path, tmp_path: Path) -> Iterator[Commune]:
    """The sample campaign in an office of its own."""
    opened = _copy(imported, tmp_path / "data")
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def situation(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Situation]:
    """The campaign as imported, read once for all tests of a module."""
    opened = _copy(imported, tmp_path_factory.mktemp("situation") / "data")
    yield opened.situation()
    opened.database.close()
