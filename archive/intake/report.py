"""What an intake took, and what it left for a person to decide."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Difference:
    """Where a paper of ours came back saying something else than we know: the label, ours and theirs."""

    label: str
    ours: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.label}: trong hồ sơ là “{self.ours}”, trên giấy là “{self.theirs or 'không ghi'}”"


@dataclass(frozen=True)
class Taken:
    """One file taken: its path under the folder, whose paper it is, which, and for how many evaluations.

    Args:
        pages_from: the files of its pages, where it was put together from photographs.
        version: 1, or more when it takes the place of an earlier one.
        matched_by: `code`, `name` or `decision`.
        signature: `digital`, `copy` (scan, photograph, PDF) or `none`.
        converted_from: the media type it came in, where it was made a PDF; else empty.
        stands_for: the title of our own paper it stands for; else empty.
        read_by_machine: whether a machine reads its text, for searching alone.
    """

    file: str
    subject: str
    title: str
    evaluations: int
    pages_from: tuple[str, ...] = ()
    version: int = 1
    matched_by: str = "name"
    signature: str = "none"
    converted_from: str = ""
    stands_for: str = ""
    read_by_machine: bool = False
    differences: tuple[Difference, ...] = ()

    def notes(self) -> list[str]:
        """What a person should know of it, as sentences; empty when there is nothing."""
        told = []
        if self.version > 1:
            told.append(f"Tệp “{self.file}” đã thay đổi: nhận làm bản thứ {self.version}, bản trước vẫn được giữ.")
        if self.signature == "digital":
            told.append(f"Tệp “{self.file}” có chữ ký số: giữ nguyên từng byte, không sửa.")
        if self.converted_from:
            told.append(f"Tệp “{self.file}” đã chuyển thành PDF; tệp gốc được giữ bên trong, không thay đổi.")
        if self.stands_for:
            told.append(f"Tệp “{self.file}” được dùng thay cho “{self.stands_for}” do phần mềm lập.")
        told += [f"Tệp “{self.file}” khác với dữ liệu. {difference}." for difference in self.differences]
        return told


@dataclass(frozen=True)
class LeftAside:
    """One file not taken.

    Args:
        code: `intake.unknown-person`, `intake.several-people`, `intake.unknown-kind`, `intake.filed`,
            `intake.refused`, …
        file: its path under the folder.
        message: why, a Vietnamese sentence without its stop; remedy likewise.
        candidates: whom it may belong to.
    """

    code: str
    file: str
    message: str
    remedy: str
    candidates: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = f" ({'; '.join(self.candidates)})" if self.candidates else ""
        return f"Tệp “{self.file}”: {self.message}{names}. {self.remedy}."


@dataclass
class IntakeReport:
    """Files taken, files already there, files a person must decide on, and files refused.

    Args:
        unread: scans that were taken and that no machine could read here; only searching misses their text.
    """

    taken: list[Taken] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    undecided: list[LeftAside] = field(default_factory=list)
    refused: list[LeftAside] = field(default_factory=list)
    unread: int = 0
    saved: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON carries it."""
        return {
            "saved": self.saved,
            "taken": [asdict(one) for one in self.taken],
            "known": list(self.known),
            "undecided": [{**asdict(one), "text": str(one)} for one in self.undecided],
            "refused": [{**asdict(one), "text": str(one)} for one in self.refused],
            "unread": self.unread,
        }

    def summary(self) -> str:
        """What the intake did, in one line for people."""
        return (
            f"Nhận {len(self.taken)} giấy tờ, {len(self.known)} đã nhận trước đây, "
            f"{len(self.undecided)} cần người quyết định, {len(self.refused)} bị từ chối."
        )
