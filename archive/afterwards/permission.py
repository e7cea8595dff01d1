"""Whether an account may do something to a dossier, or the refusal that says who may."""

from __future__ import annotations

from typing import Any

from archive.afterwards.errors import NotPermitted
from archive.office.accounts import Account, can, roles_for


def permitted(account: Account | None, action: str, subject: Any = None) -> Account:
    """The account, when it may.

    Raises:
        NotPermitted: there is none, or it may not; the message names the roles that may.
    """
    if account is None or not can(account, action, subject):
        raise NotPermitted(
            f"Chỉ tài khoản {' hoặc '.join(roles_for(action))} được làm việc này. "
            "Xin đặt HOSO_USER là tên đăng nhập của người ấy."
        )
    return account
