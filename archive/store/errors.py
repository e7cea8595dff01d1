"""Errors of the store. Each class's docstring is the sentence shown."""

from __future__ import annotations

from archive.errors import ArchiveError


class StoreFull(ArchiveError):
    """Không ghi được vào kho vì đĩa đầy hoặc bị lỗi; không mất gì đã nộp. Xin giải phóng đĩa rồi làm lại."""

    code = "archive.store-full"


class StoreDamaged(ArchiveError):
    """Kho lưu trữ có chỗ bị hỏng. Xin chạy “hoso verify” để biết hỏng ở đâu và khôi phục từ bản sao lưu."""

    code = "archive.store-damaged"


class PathRefused(ArchiveError):
    """Tên tệp trong kho chỉ được gồm chữ cái không dấu, chữ số và các dấu “.”, “-”, “_”."""

    code = "archive.path-refused"


class RowsRefused(ArchiveError):
    """Hồ sơ không khớp với dữ liệu của đợt đánh giá nên chưa nộp được."""

    code = "archive.rows-refused"


class PaperUnreadable(ArchiveError):
    """Có giấy tờ không ghép được vào tập hồ sơ."""

    code = "archive.paper-unreadable"


class DossierDisposed(ArchiveError):
    """Hồ sơ đã tiêu hủy nên không nộp lưu lại được."""

    code = "archive.dossier-disposed"
    exit_code = 1
