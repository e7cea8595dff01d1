"""The commands of retention and of what leaves the office, called as a clerk calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.disposal.carrying_out import LEFT_BEHIND
from archive.office.folder import make_office
from cli import main
from tests.archive.disposal.conftest import FIRST, accounts_of, fill


@pytest.fixture
def root(tmp_path: Path) -> Path:
    office = make_office(tmp_path / "data")
    database = office.connect()
    fill(office, database)
    accounts_of(database)
    database.close()
    return office.root


def run(root: Path, *words: str, user: str = "") -> Result:
    return CliRunner().invoke(main, ["--data", str(root), *words], env={"HOSO_USER": user} if user else {})


def test_nothing_is_disposed_of_without_period_approvals_and_account(root: Path) -> None:
    assert run(root, "disposal", "retention", "set", "member", "--years", "20", "--document", "5-QĐ/ĐU").exit_code == 1
    done = run(root, "disposal", "retention", "set", "member", "--years", "20", "--document", "5-QĐ/ĐU", user="bithu")
    assert done.exit_code == 0, done.output
    refused = run(root, "disposal", "propose", FIRST, "--reason", "dọn kho", user="vanthu")
    assert refused.exit_code == 1
    assert "còn thời hạn bảo quản" in refused.output
    listed = json.loads(run(root, "disposal", "list", "--all", "--json").stdout)
    assert listed["due"][0]["dossier_id"] == FIRST
    assert "bản sao lưu" in LEFT_BEHIND


def test_a_hold_is_set_listed_and_ended(root: Path) -> None:
    assert run(root, "disposal", "hold", FIRST, "--reason", "thanh tra", user="vanthu").exit_code == 0
    assert [one["dossier_id"] for one in json.loads(run(root, "disposal", "holds", "--json").stdout)] == [FIRST]
    assert run(root, "disposal", "release", FIRST, "--reason", "xong", user="vanthu").exit_code == 0
    assert json.loads(run(root, "disposal", "holds", "--json").stdout) == []


def test_export_asks_for_one_thing_at_a_time(root: Path, tmp_path: Path) -> None:
    assert run(root, "export").exit_code == 2
    assert run(root, "export", "--member", "DV0").exit_code == 2
    done = run(root, "export", "--excel", str(tmp_path / "kq.xlsx"), "--json")
    assert json.loads(done.stdout)["rows"] == 3
    several = run(root, "export", "--member", "Nguyễn Thị Ước", str(tmp_path / "bo"))
    assert several.exit_code == 2
    assert "Có 3 người như vậy" in several.output
