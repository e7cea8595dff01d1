"""An office with three dossiers filed long ago, and the accounts that disposing of them takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.disposal.lists import approve, propose
from archive.disposal.retention import set_period
from archive.office.accounts import Account, make_account
from archive.office.folder import Office, make_office
from archive.store.filing import file_dossiers
from tests.archive.store.conftest import make_rows, package

FIRST, SECOND, THIRD = (f"2018-m-aaaaaaaaaa0{number}" for number in range(3))
LONG_AFTER = date(2060, 1, 5)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = make_office(tmp_path / "data")
    database = made.connect()
    fill(made, database)
    database.close()
    return made


@pytest.fixture
def database(office: Office) -> Database:
    return office.connect()


@pytest.fixture
def people(database: Database) -> dict[str, Account]:
    return accounts_of(database)


def fill(office: Office, database: Database) -> None:
    """Three dossiers, each with rows behind it that hold what was said of the member."""
    make_rows(database)
    for number in range(3):
        evaluation = f"aaaaaaaaaa0{number}"
        database.table("assessment").insert({
            "id": f"assess00000{number}", "evaluation_id": evaluation, "assessor": "self",
            "comment": "Bí mật của người ấy",
        })  # fmt: skip
        database.table("decision").insert({
            "id": f"decision000{number}", "evaluation_id": evaluation, "level": "good", "number": f"1{number}-QĐ/ĐU",
            "decided_on": "2019-01-05",
        })  # fmt: skip
        database.conn.execute('UPDATE evaluation SET facts = \'{"x": "Bí mật"}\' WHERE id = ?', [evaluation])
        database.conn.commit()
        file_dossiers(office, database, [package(number)], actor="cli", reason="nộp lưu")


def accounts_of(database: Database) -> dict[str, Account]:
    return {
        name: make_account(database, name, full_name, role, "mat-khau-dai-2018")
        for name, full_name, role in (
            ("vanthu", "Nguyễn Thị Lan", "clerk"),
            ("bithu", "Trần Văn Thịnh", "approver"),
            ("phobithu", "Lê Thị Ước", "approver"),
            ("xem", "Đỗ Văn Xem", "personnel"),
        )
    }


def kept_for(database: Database, people: dict[str, Account], years: int | None = 20) -> None:
    """The office sets how long the dossiers of members are kept."""
    set_period(database, "member", years, document="Quy định số 5-QĐ/ĐU", account=people["bithu"])


def approved_list(database: Database, people: dict[str, Account], *dossiers: str) -> str:
    """A list with its two approvals; of all that is due when none is named."""
    kept_for(database, people)
    made = propose(database, dossiers, reason="Hết thời hạn bảo quản", document="01-TTr/ĐU", account=people["vanthu"],
                   today=LONG_AFTER)  # fmt: skip
    for name in ("bithu", "phobithu"):
        approve(database, made.id, document="02-QĐ/ĐU", account=people[name])
    return made.id
