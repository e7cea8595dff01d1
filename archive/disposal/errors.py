"""Errors of retention and disposal. Each class's docstring is the sentence shown."""

from __future__ import annotations

from collections.abc import Sequence

from archive.errors import ArchiveError


class DisposalRefused(ArchiveError):
    """Chưa tiêu hủy được."""

    code = "archive.disposal-refused"
    exit_code = 1

    def __init__(self, message: str, reasons: Sequence[str] = ()) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join([message, *(f"- {reason}" for reason in reasons)]))
