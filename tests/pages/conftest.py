"""The small office with people who may sign in, a client, and papers in the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from archive.office import accounts
from archive.office.accounts import ROLES, make_account
from tests.archive.afterwards.conftest import Filed, filed, filed_once
from tests.search.conftest import SmallOffice, small_office
from web import create_app

__all__ = ["filed", "filed_once"]

PASSWORD = "Mật khẩu dài 2018"  # noqa: S105 - of accounts that live for one test


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashing at the lowest cost."""
    monkeypatch.setattr(accounts, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts._decoy.cache_clear()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallOffice]:
    """An office with one account per role, named by it."""
    made = small_office(tmp_path / "office")
    for role in ROLES:
        make_account(made.database, role, f"Người {role.title()}", role, PASSWORD)
    yield made
    made.database.close()


@pytest.fixture
def app(small: SmallOffice) -> Flask:
    return create_app(small.office)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def token(client: FlaskClient, path: str = "/dang-nhap") -> str:
    """The token of the form on a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found is not None
    return found.group(1)


def enter(client: FlaskClient, role: str = "clerk") -> FlaskClient:
    """The client, signed in."""
    answer = client.post("/dang-nhap", data={"ten": role, "mat-khau": PASSWORD, "csrf_token": token(client)})
    assert answer.status_code == 303, answer.text
    return client


@pytest.fixture
def desk(filed: Filed) -> Any:
    """The sample commune filed to its end, and a browser before its pages."""
    # What fills its forms in needs this module itself.
    from tests.pages.commune import Desk

    return Desk(filed, create_app(filed.office).test_client())
