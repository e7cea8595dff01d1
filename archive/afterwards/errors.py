"""Errors of what happens to a result afterwards. Each class's docstring is the sentence shown."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import ArchiveError
from generator.rules.findings import Finding


class AfterwardsRefused(ArchiveError):
    """Không thực hiện được việc này với hồ sơ."""

    code = "archive.afterwards-refused"
    exit_code = 1


class NotPermitted(AfterwardsRefused):
    """Tài khoản không có quyền làm việc này. Xin đặt HOSO_USER là tên đăng nhập của người có quyền."""

    code = "archive.not-permitted"


class LevelRefused(AfterwardsRefused):
    """Mức xếp loại này chưa đúng quy định nên chưa quyết định được."""

    code = "archive.level-refused"

    def __init__(self, findings: Sequence[Finding], incomplete: Sequence[str] = ()) -> None:
        self.findings = tuple(findings)
        told = [f"- {one.message}: {one.given} [{one.rule_id}; {one.citation}]." for one in findings]
        super().__init__("\n".join([(self.__doc__ or "").strip(), *told, *(f"- {line}" for line in incomplete)]))
