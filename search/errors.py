"""Errors of searching. Each class's docstring is the sentence shown."""

from __future__ import annotations

from generator.errors import HosoError


class SearchError(HosoError):
    """Không tìm kiếm được."""

    code = "search.error"


class IndexBroken(SearchError):
    """Chỉ mục tìm kiếm bị hỏng; phần mềm sẽ dựng lại từ cơ sở dữ liệu."""

    code = "search.index-broken"


class IndexBusy(SearchError):
    """Chỉ mục tìm kiếm đang được dựng lại; xin thử lại sau ít phút."""

    code = "search.index-busy"


class IndexUnwritable(SearchError):
    """Không ghi được chỉ mục tìm kiếm."""

    code = "search.index-unwritable"
