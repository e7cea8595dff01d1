"""The sample commune filed to its end, Word only, in a data folder of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.campaigns.running import CampaignRun
from archive.importing.run import import_workbook
from archive.office.accounts import Account, make_account
from archive.office.folder import make_office, open_office
from archive.records.database import one, rows
from archive.records.dossiers import dossier_id, read_file, show
from archive.store.fixity import verify
from generator.rules.rulebook import load_rulebook
from generator.word.reading import document_text
from generator.workbook.read import read
from sample_campaign import workbook_bytes
from tests.archive.campaigns.conftest import Commune

MEMBER = "DV061"  # decided “good” and filed whole


@dataclass
class Filed(Commune):
    """The filed commune, with the shortest ways to ask what became of a result."""

    def dossier(self, reference: str = MEMBER, capacity: str = "member") -> str:
        """The id of a subject's dossier."""
        return dossier_id("2018", capacity, self.evaluation(reference, capacity).id)

    def row(self, reference: str = MEMBER, capacity: str = "member") -> dict[str, Any]:
        """The dossier's row."""
        return one(self.database, "SELECT * FROM dossier WHERE id = ?", [self.dossier(reference, capacity)]) or {}

    def papers(self, reference: str = MEMBER) -> list[tuple[str, str]]:
        """Item and title of each paper of the newest version, in order."""
        files = show(self.database, self.dossier(reference))["files"]
        return [(file["item"], file["title"]) for file in files]

    def text(self, part: str, reference: str = MEMBER) -> str:
        """The text of the Word file whose name holds a part."""
        files = show(self.database, self.dossier(reference))["files"]
        path = next(file["path"] for file in files if part in file["path"] and file["path"].endswith(".docx"))
        return document_text(read_file(self.office, self.database, self.dossier(reference), path))

    def actions(self, reference: str = MEMBER) -> list[str]:
        """What was done to the dossier, oldest first."""
        found = rows(self.database, "SELECT action FROM event WHERE object = ? ORDER BY seq", [self.dossier(reference)])
        return [row["action"] for row in found]

    def clean(self) -> bool:
        """Whether every byte and row of what these tests touch is as filed."""
        return verify(self.office, self.database) == []


@pytest.fixture(scope="session")
def filed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample run to its end; copied, never used."""
    root = tmp_path_factory.mktemp("afterwards") / "data"
    office = make_office(root)
    database = office.connect()
    import_workbook(database, read(workbook_bytes(), "campaign-2018.xlsx", book=load_rulebook()), actor="cli")
    CampaignRun(office, database, "2018", actor="cli", with_pdf=False).run()
    for name, role in [("duyet", "approver"), ("thu", "clerk"), ("hoach", "personnel"), ("tra", "auditor")]:
        make_account(database, name, f"Người {name}", role, "mot mat khau dai")
    database.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return root


@pytest.fixture
def filed(filed_once: Path, tmp_path: Path) -> Iterator[Filed]:
    """A fresh copy of the filed commune."""
    root = tmp_path / "data"
    shutil.copytree(filed_once, root)
    office = open_office(root)
    database = office.connect()
    yield Filed(office, database)
    database.close()


def _account(filed: Filed, name: str) -> Account:
    row = one(filed.database, "SELECT * FROM account WHERE user_name = ?", [name]) or {}
    return Account(row["id"], row["user_name"], row["full_name"], row["role"], row["session_version"])


@pytest.fixture
def approver(filed: Filed) -> Account:
    return _account(filed, "duyet")


@pytest.fixture
def clerk(filed: Filed) -> Account:
    return _account(filed, "thu")


@pytest.fixture
def personnel(filed: Filed) -> Account:
    return _account(filed, "hoach")


@pytest.fixture
def auditor(filed: Filed) -> Account:
    return _account(filed, "tra")
