"""What may go wrong when papers are taken in."""

from __future__ import annotations

from archive.errors import ArchiveError


class PaperRefused(ArchiveError):
    """Tệp này không nhận được."""

    code = "intake.refused"


class DecisionUnusable(ArchiveError):
    """Không theo được quyết định về giấy tờ này."""

    code = "intake.decision-unusable"
    exit_code = 2
