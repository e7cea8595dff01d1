"""Accounts: signing in, the throttle, and what each role may do."""

from __future__ import annotations

import re
import unicodedata

import pytest
from sqlite_utils import Database

from archive.office import accounts
from archive.office.accounts import (
    ROLES,
    AccountUnusable,
    SignInRefused,
    TooManyAttempts,
    account_in_session,
    can,
    change_password,
    end_sessions,
    first_administrator,
    make_account,
    sign_in,
)
from archive.office.folder import make_office
from tests.pages.conftest import PASSWORD
from tests.search.conftest import SmallOffice


@pytest.fixture
def database(small: SmallOffice) -> Database:
    return small.database


def test_the_right_password_signs_in_however_it_was_composed(database: Database) -> None:
    assert sign_in(database, " Clerk ", unicodedata.normalize("NFD", PASSWORD)).role == "clerk"


@pytest.mark.parametrize(
    ("name", "password"), [("clerk", "sai mật khẩu"), ("nobody", PASSWORD), ("", ""), ("clerk", "")]
)
def test_a_wrong_name_and_a_wrong_password_are_told_alike(database: Database, name: str, password: str) -> None:
    with pytest.raises(SignInRefused, match=re.escape("Tên đăng nhập hoặc mật khẩu không đúng.")):
        sign_in(database, name, password)


def test_five_failures_close_a_name_even_to_the_right_password_and_no_other(database: Database) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(database, "clerk", "sai mật khẩu")
    with pytest.raises(TooManyAttempts):
        sign_in(database, "clerk", PASSWORD)
    assert sign_in(database, "admin", PASSWORD).role == "admin"
    database.execute("UPDATE sign_in_attempt SET attempted_at = datetime('now', '-16 minutes')")
    assert sign_in(database, "clerk", PASSWORD).role == "clerk"


def test_a_success_starts_the_count_again(database: Database) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInRefused):
                sign_in(database, "clerk", "sai mật khẩu")
        sign_in(database, "clerk", PASSWORD)


def test_a_session_ends_everywhere(database: Database) -> None:
    account = sign_in(database, "clerk", PASSWORD)
    assert account_in_session(database, account.id, account.session_version) == account
    end_sessions(database, account.id)
    assert account_in_session(database, account.id, account.session_version) is None


def test_a_changed_password_replaces_the_old_one_and_ends_sessions(database: Database) -> None:
    account = sign_in(database, "clerk", PASSWORD)
    change_password(database, account.id, "Một mật khẩu khác", actor="cli")
    assert account_in_session(database, account.id, account.session_version) is None
    with pytest.raises(SignInRefused):
        sign_in(database, "clerk", PASSWORD)
    sign_in(database, "clerk", "Một mật khẩu khác")


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("clerk", "clerk", PASSWORD),
        ("CLERK", "clerk", PASSWORD),
        ("x", "clerk", PASSWORD),
        ("có dấu", "clerk", PASSWORD),
        ("new", "boss", PASSWORD),
        ("new", "clerk", "ngắn"),
        ("abcdefghijk", "clerk", "abcdefghijk"),
        ("new", "clerk", "a" * 300),
    ],
)
def test_what_no_account_may_have(database: Database, name: str, role: str, password: str) -> None:
    with pytest.raises(AccountUnusable):
        make_account(database, name, "Người Mới", role, password)


def test_the_first_administrator_is_made_once(small: SmallOffice, tmp_path_factory: pytest.TempPathFactory) -> None:
    database = make_office(tmp_path_factory.mktemp("new")).connect()
    made = first_administrator(database)
    assert made is not None
    account, password = made
    assert sign_in(database, account.user_name, password).role == "admin"
    assert first_administrator(database) is None
    assert first_administrator(small.database) is None
    database.close()


def test_no_password_stands_in_the_database_or_the_events(small: SmallOffice) -> None:
    sign_in(small.database, "clerk", PASSWORD)
    assert PASSWORD not in "\n".join(
        str(row) for table in ("account", "event", "sign_in_attempt") for row in small.database.table(table).rows
    )
    assert all(row["password_hash"].startswith("$argon2id$") for row in small.database.table("account").rows)


def test_who_may_do_what(database: Database) -> None:
    people = {role: sign_in(database, role, PASSWORD) for role in ROLES}
    restricted = {"item": "complaint_file"}
    allowed = {
        role
        for role, account in people.items()
        if can(account, "file.open", restricted) and can(account, "file.open", {"item": "review"})
    }
    assert allowed == {"approver", "auditor", "admin"}
    assert {role for role, account in people.items() if can(account, "finding.waive")} == {"approver"}
    assert {role for role, account in people.items() if can(account, "accounts.manage")} == {"admin"}
    assert {role for role, account in people.items() if can(account, "events.see")} == {"auditor", "admin"}


def test_nobody_may_do_anything_unsigned_and_none_what_is_unknown(database: Database) -> None:
    admin = sign_in(database, "admin", PASSWORD)
    assert not can(admin, "no.such-action")
    assert not any(can(None, action) for action in accounts._ACTIONS)
