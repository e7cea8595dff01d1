"""Accounts: who may sign in, and what each may do.

`can` is the one answer to “may they?”, for views, templates and commands alike. Passwords are kept as argon2id hashes.
An
account's session version stands in each session; counting it up signs the account out everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlite_utils import Database

from archive.errors import ArchiveError, NotFound
from archive.records import events
from archive.records.database import new_id, now, one, rows, writing
from generator.vietnamese import nfc

ROLES: Mapping[str, str] = {
    "clerk": "Văn thư, cán bộ tổ chức",
    "approver": "Người duyệt",
    "personnel": "Cán bộ làm quy hoạch, bổ nhiệm",
    "auditor": "Kiểm tra",
    "admin": "Quản trị",
}
"""Role code → its Vietnamese name."""

RESTRICTED_ITEMS = frozenset({"asset_declaration", "complaint_file"})
"""Papers of a dossier that only those who check or decide may open."""

GATHERED_ITEMS = frozenset({"bundle", "metadata"})
"""Files of a dossier that hold what all its papers say: restricted where one of these papers is."""

_EVERYONE = frozenset(ROLES)
_ACTIONS: Mapping[str, frozenset[str]] = {
    "dossier.see": _EVERYONE,
    "file.open": _EVERYONE,
    "restricted-file.open": frozenset({"approver", "auditor", "admin"}),
    "person.see": _EVERYONE,
    "facts.change": frozenset({"clerk", "admin"}),
    "paper.take": frozenset({"clerk", "approver", "admin"}),
    "dossier.file": frozenset({"clerk", "approver", "admin"}),
    "question.answer": frozenset({"clerk", "approver", "admin"}),
    "finding.waive": frozenset({"approver"}),
    "decision.make": frozenset({"approver"}),
    "decision.annul": frozenset({"approver"}),
    "complaint.open": frozenset({"clerk", "approver"}),
    "complaint.handle": frozenset({"clerk", "approver"}),
    "complaint.read": frozenset({"approver", "auditor", "admin"}),
    "complaint.resolve": frozenset({"approver"}),
    "opinion.record": frozenset({"clerk", "approver"}),
    "dossier.correct": frozenset({"approver"}),
    "retention.set": frozenset({"approver"}),
    "disposal.propose": frozenset({"clerk", "approver", "admin"}),
    "disposal.approve": frozenset({"approver"}),
    "disposal.hold": frozenset({"clerk", "approver", "auditor", "admin"}),
    "disposal.carry-out": frozenset({"clerk", "approver", "admin"}),
    "events.see": frozenset({"auditor", "admin"}),
    "store.verify": frozenset({"auditor", "admin"}),
    "backup.make": frozenset({"auditor", "admin"}),
    "accounts.manage": frozenset({"admin"}),
}

SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 200
_MOST_FAILURES = 5
_WINDOW = timedelta(minutes=15)
_KEPT = timedelta(days=30)
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
hasher = PasswordHasher()


class SignInRefused(ArchiveError):
    """Tên đăng nhập hoặc mật khẩu không đúng."""

    code = "archive.sign-in-refused"


class TooManyAttempts(ArchiveError):
    """Đã nhập sai quá nhiều lần; xin thử lại sau 15 phút."""

    code = "archive.too-many-attempts"


class AccountUnusable(ArchiveError):
    """Không lập được tài khoản."""

    code = "archive.account-unusable"


@dataclass(frozen=True)
class Account:
    """Someone who may sign in."""

    id: str
    user_name: str
    full_name: str
    role: str
    session_version: int

    @property
    def role_name(self) -> str:
        """The role as it is shown."""
        return ROLES[self.role]


def can(account: Account | None, action: str, subject: Any = None) -> bool:
    """Whether the account may do this to that.

    Args:
        account: None for someone not signed in, who may do nothing.
        action: a code such as `dossier.see`; an unknown one is allowed to nobody.
        subject: for `file.open` the file's row, whose `item` tells a restricted paper and whose `holds_restricted`
            that the dossier has one; for the rest not looked at.
    """
    if account is None:
        return False
    if action == "file.open" and isinstance(subject, Mapping) and is_restricted(subject):
        action = "restricted-file.open"
    return account.role in _ACTIONS.get(action, frozenset())


def is_restricted(file: Mapping[str, Any]) -> bool:
    """Whether a file of a dossier is, or holds, an asset declaration or a paper of a complaint."""
    item = file.get("item")
    return item in RESTRICTED_ITEMS or (item in GATHERED_ITEMS and bool(file.get("holds_restricted")))


def roles_for(action: str) -> tuple[str, ...]:
    """The names of the roles that may do something, in their order."""
    return tuple(name for role, name in ROLES.items() if role in _ACTIONS.get(action, frozenset()))


def make_account(
    database: Database, user_name: str, full_name: str, role: str, password: str, *, actor: str = "cli"
) -> Account:
    """A new account.

    Args:
        user_name: 2 to 40 letters without marks, digits, full stops, hyphens; kept in lower case.
        actor: the account that makes it, or `cli`.

    Raises:
        AccountUnusable: the name, role or password will not do, or the name is taken.
    """
    user_name = user_name.strip().lower()
    if not _USER_NAME.fullmatch(user_name):
        raise AccountUnusable(
            "Tên đăng nhập gồm 2 đến 40 chữ không dấu, chữ số, dấu chấm hoặc gạch nối. Xin chọn tên khác."
        )
    if role not in ROLES:
        raise AccountUnusable(f"Không có vai trò “{role}”. Các vai trò: {', '.join(sorted(ROLES))}.")
    hashed = _hashed(user_name, password)
    with writing(database):
        if one(database, "SELECT id FROM account WHERE user_name = ?", [user_name]):
            raise AccountUnusable(f"Tên đăng nhập “{user_name}” đã có người dùng. Xin chọn tên khác.")
        account = Account(new_id(), user_name, nfc(full_name).strip() or user_name, role, 1)
        database.table("account").insert(
            {
                "id": account.id,
                "user_name": account.user_name,
                "full_name": account.full_name,
                "role": role,
                "password_hash": hashed,
                "session_version": 1,
                "created_at": now(),
            }
        )
        events.append(database, actor=actor, action="account.made", subject=account.id, note=role)
    return account


def first_administrator(database: Database) -> tuple[Account, str] | None:
    """Makes the account `quantri` with a password of its own when the office has no account yet.

    Returns:
        the account and its password, which is kept nowhere; None when there are accounts.
    """
    with writing(database):
        if one(database, "SELECT 1 FROM account LIMIT 1"):
            return None
        password = fresh_password()
        return make_account(database, "quantri", ROLES["admin"], "admin", password), password


def fresh_password() -> str:
    """A new password that nobody has to think up, about 79 bits: `k8uy-bgf9-25jb-63bz`."""
    return "-".join(new_id()[:4] for _ in range(4))


def accounts(database: Database) -> list[Account]:
    """Every account, by user name."""
    return [_account(row) for row in rows(database, "SELECT * FROM account ORDER BY user_name")]


def change_password(database: Database, account_id: str, password: str, *, actor: str) -> None:
    """Sets a password and signs the account out everywhere.

    Raises:
        NotFound: there is no such account.
        AccountUnusable: the password will not do.
    """
    row = one(database, "SELECT * FROM account WHERE id = ?", [account_id])
    if row is None:
        raise NotFound("Không có tài khoản này.")
    hashed = _hashed(row["user_name"], password)
    with writing(database):
        database.execute(
            "UPDATE account SET password_hash = ?, session_version = session_version + 1 WHERE id = ?",
            [hashed, account_id],
        )
        events.append(database, actor=actor, action="account.password-changed", subject=account_id)


def sign_in(database: Database, user_name: str, password: str) -> Account:
    """The account to which the name and password belong.

    Five failures within 15 minutes close the name for the rest of that time; attempts are kept for 30 days.

    Raises:
        SignInRefused: no such name, or the password is wrong; which of them is not told.
        TooManyAttempts: the name is closed for the moment.
    """
    user_name = user_name.strip().lower()[:40]
    attempt = _begin_attempt(database, user_name)
    row = one(database, "SELECT * FROM account WHERE user_name = ?", [user_name])
    # An unknown name costs as much time as a wrong password, so that names cannot be guessed by the clock.
    right = _matches(row["password_hash"] if row else _decoy(), password)
    with writing(database):
        if row is None or not right:
            if row:
                events.append(database, actor=row["id"], action="account.sign-in", subject=row["id"], outcome="refused")
        else:
            database.execute("UPDATE sign_in_attempt SET succeeded = 1 WHERE rowid = ?", [attempt])
            if hasher.check_needs_rehash(row["password_hash"]):
                database.execute(
                    "UPDATE account SET password_hash = ? WHERE id = ?", [hasher.hash(nfc(password)), row["id"]]
                )
            events.append(database, actor=row["id"], action="account.sign-in", subject=row["id"])
    if row is None or not right:
        raise SignInRefused
    return _account(row)


def account_in_session(database: Database, account_id: str, session_version: int) -> Account | None:
    """The account of a session, or None when it is gone or was signed out everywhere."""
    row = one(database, "SELECT * FROM account WHERE id = ? AND session_version = ?", [account_id, session_version])
    return _account(row) if row else None


def end_sessions(database: Database, account_id: str) -> None:
    """Signs the account out wherever it is signed in."""
    with writing(database):
        database.execute("UPDATE account SET session_version = session_version + 1 WHERE id = ?", [account_id])
        events.append(database, actor=account_id, action="account.sessions-ended", subject=account_id)


def _begin_attempt(database: Database, user_name: str) -> int:
    """Writes the attempt down as failed before it is judged, so that many at once do not slip through."""
    moment = datetime.now(UTC)
    with writing(database):
        database.execute("DELETE FROM sign_in_attempt WHERE attempted_at < ?", [_stamp(moment - _KEPT)])
        counted = one(
            database,
            "SELECT count(*) AS failures FROM sign_in_attempt WHERE user_name = :name AND attempted_at > :since "
            "AND succeeded = 0 AND rowid > coalesce((SELECT max(rowid) FROM sign_in_attempt "
            "WHERE user_name = :name AND succeeded = 1), 0)",
            {"name": user_name, "since": _stamp(moment - _WINDOW)},
        )
        if counted and counted["failures"] >= _MOST_FAILURES:
            raise TooManyAttempts
        written = database.execute(
            "INSERT INTO sign_in_attempt (user_name, attempted_at, succeeded) VALUES (?, ?, 0)",
            [user_name, _stamp(moment)],
        )
        return int(written.lastrowid or 0)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _hashed(user_name: str, password: str) -> str:
    password = nfc(password)
    if len(password) < SHORTEST_PASSWORD or password.lower() == user_name:
        raise AccountUnusable(
            f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự và không trùng tên đăng nhập. Xin đặt mật khẩu khác."
        )
    if len(password) > _LONGEST_PASSWORD:
        raise AccountUnusable(f"Mật khẩu dài quá {_LONGEST_PASSWORD} ký tự. Xin đặt mật khẩu ngắn hơn.")
    return hasher.hash(password)


def _matches(hashed: str, password: str) -> bool:
    try:
        return hasher.verify(hashed, nfc(password)[:_LONGEST_PASSWORD])
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return hasher.hash(new_id())


def _account(row: Mapping[str, Any]) -> Account:
    return Account(row["id"], row["user_name"], row["full_name"], row["role"], row["session_version"])
