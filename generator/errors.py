"""Errors and problems, as the person who meets them reads them.

An exception stops the work; a `Problem` is a value: many are collected from one input and shown together, each with
its place, what is wrong and how to mend it, in Vietnamese.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True)
class Place:
    """Where in an input something stands. Every part is optional; `str()` gives it as a clerk reads it."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    field: str = ""

    def __str__(self) -> str:
        parts = [
            f"tệp “{self.file}”" if self.file else "",
            f"trang “{self.sheet}”" if self.sheet else "",
            f"dòng {self.row}" if self.row is not None else "",
            f"cột “{self.column}”" if self.column else "",
            f"mục “{self.field}”" if self.field else "",
        ]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    Args:
        code: stable and ASCII, for programs (`input.missing`).
        place: where it stands.
        message: what is wrong, a Vietnamese sentence without its closing stop.
        remedy: how to mend it, likewise; may be empty.
    """

    code: str
    place: Place
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = str(self.place)
        head = f"{place[0].upper()}{place[1:]}: " if place else ""
        return f"{head}{self.message}. {self.remedy}." if self.remedy else f"{head}{self.message}."

    def as_dict(self) -> dict[str, Any]:
        """The problem as JSON carries it, with its sentence under `text`."""
        return {**asdict(self), "text": str(self)}


class HosoError(Exception):
    """Phần mềm không làm được việc vừa yêu cầu."""

    code: ClassVar[str] = "hoso.error"
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())

    @property
    def message(self) -> str:
        """The Vietnamese sentence shown to the person."""
        return str(self.args[0])


_REASONS = {
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đã dùng hết phần đĩa được cấp",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOENT: "không có tệp hoặc thư mục ấy",
    errno.ENOTDIR: "một phần của đường dẫn là tệp, không phải thư mục",
    errno.EISDIR: "đường dẫn là một thư mục, không phải tệp",
    errno.EEXIST: "đã có tệp cùng tên ở chỗ ấy",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EIO: "đĩa bị lỗi",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc",
}


def reason(error: OSError) -> str:
    """Why the system could not do it, as a Vietnamese clause; in the system's own words where it is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class GeneratorError(HosoError):
    """Không lập được văn bản."""

    code = "generator.error"


class InvalidInput(GeneratorError):
    """Dữ liệu đưa vào chưa đúng."""

    code = "generator.invalid-input"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
