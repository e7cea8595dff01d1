"""One thing in the store that is not as it was filed, told so that a person knows what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

RESTORE = "Xin khôi phục từ bản sao lưu"
REBUILD = "Xin lập lại cơ sở dữ liệu từ kho bằng lệnh “hoso rebuild”"
LOOK_AND_MOVE = "Xin xem rồi chuyển ra ngoài kho"
CALL_AUDITOR = "Xin báo người quản trị và người kiểm tra, đối chiếu với bản sao lưu gần nhất"


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was filed.

    Args:
        code: `content`, `missing`, `extra`, `inventory`, `sidecar`, `declaration`, `root`, `row`, `events`.
        dossier: its id; empty for the store's own files.
        path: the file, from the object's folder or the store's root.
        message, remedy: Vietnamese, without the closing stop.
    """

    code: str
    dossier: str
    path: str
    message: str
    remedy: str = RESTORE

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"hồ sơ {self.dossier}" if self.dossier else "", self.path) if part)
        head = f"{where[:1].upper()}{where[1:]}: " if where else ""
        return f"{head}{self.message}. {self.remedy}."

    def as_dict(self) -> dict[str, Any]:
        """The damage as JSON carries it, with its sentence under `text`."""
        return {**asdict(self), "text": str(self)}
