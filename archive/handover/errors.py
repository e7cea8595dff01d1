"""Errors of what leaves the office. Each class's docstring is the sentence shown."""

from __future__ import annotations

from archive.errors import ArchiveError


class HandoverRefused(ArchiveError):
    """Không xuất được."""

    code = "archive.handover-refused"


class RestrictedPapers(HandoverRefused):
    """Trong các hồ sơ này có tài liệu hạn chế (kê khai tài sản, khiếu nại) mà tài khoản không được mở."""

    code = "archive.restricted-papers"
    exit_code = 1
