"""Errors of what is kept. Each class's docstring is the sentence shown."""

from __future__ import annotations

from generator.errors import HosoError


class ArchiveError(HosoError):
    """Không thực hiện được việc lưu trữ."""

    code = "archive.error"


class NotAnOffice(ArchiveError):
    """Thư mục này chưa phải là thư mục dữ liệu của hoso."""

    code = "archive.not-an-office"


class DatabaseLost(ArchiveError):
    """Cơ sở dữ liệu đã mất nhưng kho hồ sơ còn. Xin khôi phục từ bản sao lưu, hoặc chạy “hoso rebuild”."""

    code = "archive.database-lost"


class FolderUnusable(ArchiveError):
    """Không ghi được vào thư mục dữ liệu."""

    code = "archive.folder-unusable"


class Busy(ArchiveError):
    """Một người khác đang ghi vào kho; xin thử lại sau ít phút."""

    code = "archive.busy"


class NotFound(ArchiveError):
    """Không tìm thấy."""

    code = "archive.not-found"
