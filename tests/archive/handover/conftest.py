"""The sample campaign of one cell, filed without PDF: made once, copied for each test."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.campaigns.running import CampaignRun
from archive.importing.run import import_workbook
from archive.office.accounts import Account, make_account
from archive.office.folder import Office, make_office, open_office
from generator.rules.rulebook import load_rulebook
from generator.workbook.read import read
from sample_campaign import workbook_bytes

TODAY = date(2019, 3, 29)


@pytest.fixture(scope="session")
def filed_cell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("handover") / "data"
    office = make_office(root)
    database = office.connect()
    import_workbook(database, read(workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook()), actor="cli")
    CampaignRun(office, database, "2018", actor="cli", unit="CBK1", with_pdf=False).run()
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return root


@pytest.fixture
def office(filed_cell: Path, tmp_path: Path) -> Office:
    return open_office(Path(shutil.copytree(filed_cell, tmp_path / "data")))


@pytest.fixture
def database(office: Office) -> Database:
    return office.connect()


@pytest.fixture
def approver(database: Database) -> Account:
    return make_account(database, "bithu", "Trần Văn Thịnh", "approver", "mat-khau-dai-2018")


@pytest.fixture(autouse=True)
def no_libreoffice(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Only tests marked `office` convert; the others see a machine without LibreOffice."""
    if "office" not in request.keywords:
        for room in ("minutes", "member_set"):
            monkeypatch.setattr(f"archive.handover.{room}.office_available", lambda: False)
