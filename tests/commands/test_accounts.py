"""Accounts are made, listed and given a new password on the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.office.accounts import SignInRefused, sign_in
from archive.office.folder import make_office, open_office
from cli import main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty office."""
    make_office(tmp_path / "data")
    return tmp_path / "data"


def hoso(root: Path, *words: str) -> Result:
    """One call."""
    return CliRunner().invoke(main, ["--data", str(root), "account", *words])


def password_in(said: Result) -> str:
    """The password a call shows."""
    found = re.search(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", said.output)
    assert found
    return found[0]


def test_a_new_account_signs_in_with_the_password_shown(root: Path) -> None:
    said = hoso(root, "add", "Duyet1", "--name", "Trần Văn Thịnh", "--role", "approver")
    assert said.exit_code == 0, said.output
    account = sign_in(open_office(root).connect(), "duyet1", password_in(said))
    assert (account.full_name, account.role) == ("Trần Văn Thịnh", "approver")
    listed = json.loads(hoso(root, "list", "--json").output)
    assert listed == [{"user_name": "duyet1", "full_name": "Trần Văn Thịnh", "role": "approver"}]


def test_a_new_password_ends_the_old_one(root: Path) -> None:
    old = password_in(hoso(root, "add", "vanthu", "--name", "Văn thư", "--role", "clerk"))
    new = password_in(hoso(root, "password", "vanthu"))
    database = open_office(root).connect()
    assert sign_in(database, "vanthu", new)
    with pytest.raises(SignInRefused):
        sign_in(database, "vanthu", old)


def test_what_will_not_do_is_said_and_makes_nothing(root: Path) -> None:
    assert hoso(root, "add", "vanthu", "--name", "Văn thư", "--role", "boss").exit_code == 2
    assert hoso(root, "password", "khongco").exit_code == 2
    assert hoso(root, "add", "a", "--name", "A", "--role", "clerk").exit_code == 2
    assert json.loads(hoso(root, "list", "--json").output) == []
