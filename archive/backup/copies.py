"""What a backup place holds: one pool of files by their content, and for each copy made a manifest that names them.

    README.txt
    pool/ab/abcd…             every file once, named by its SHA-512
    copies/20190105T081500Z/  manifest.json: path in the data folder → digest and size; manifest.json.sha512
    seen.json                 which files were read last time, so that the next copy reads only what is new

A copy without its manifest was stopped half-way; nobody restores it, and the next one takes over what it wrote.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.store.disk import write_file

README = """Ban luu du phong cua hoso (backup of hoso).

pool/    : noi dung cac tep, ten tep la ma SHA-512 cua noi dung.
copies/  : moi lan sao luu mot thu muc; manifest.json ghi moi duong dan ung voi ma nao trong pool/.
Khoi phuc: hoso --data THU_MUC_MOI restore THU_MUC_NAY. Khong co hoso: chep tung tep trong pool/ theo manifest.json.
"""


class BackupUnusable(ArchiveError):
    """Không dùng được bản sao lưu này."""

    code = "archive.backup-unusable"


@dataclass(frozen=True)
class Kept:
    """One file of a copy: the SHA-512 of its content and its size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True)
class Copy:
    """One copy of the data folder.

    Args:
        name: the moment it was begun, `20190105T081500Z`; later copies sort after earlier ones.
        event_head: the newest hash of the chain of events in it.
        files: path in the data folder → what was kept of it.
    """

    name: str
    hoso: str
    event_head: str
    files: Mapping[str, Kept]


class Place:
    """A backup place: a folder on another disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pool = root / "pool"
        self.copies = root / "copies"

    def file_of(self, digest: str) -> Path:
        """Where the pool keeps a content."""
        return self.pool / digest[:2] / digest

    def take(self, data: bytes) -> Kept:
        """Puts a content into the pool unless it is there already.

        Raises:
            OSError: the disk is full or failing; nothing half-written is left under the content's name.
        """
        kept = Kept(hashlib.sha512(data).hexdigest(), len(data))
        target = self.file_of(kept.digest)
        if not target.exists() or target.stat().st_size != kept.size:
            target.parent.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".part")
            half.unlink(missing_ok=True)
            write_file(half, data)
            half.replace(target)
        return kept

    def content(self, kept: Kept, path: str) -> bytes:
        """A content of the pool, compared with its digest.

        Raises:
            BackupUnusable: it is gone, or another than it was.
        """
        try:
            data = self.file_of(kept.digest).read_bytes()
        except OSError as error:
            raise BackupUnusable(f"Trong bản sao lưu thiếu tệp {path}.") from error
        if len(data) != kept.size or hashlib.sha512(data).hexdigest() != kept.digest:
            raise BackupUnusable(f"Trong bản sao lưu, tệp {path} đã bị hỏng.")
        return data

    def names(self) -> list[str]:
        """The whole copies, oldest first."""
        return sorted(file.parent.name for file in self.copies.glob("*/manifest.json.sha512"))

    def write_copy(self, copy: Copy) -> None:
        """Writes the manifest of a copy, which makes it whole.

        Raises:
            OSError: the disk is full or failing.
        """
        folder = self.copies / copy.name
        folder.mkdir(parents=True, exist_ok=True)
        data = json.dumps(
            {
                "hoso": copy.hoso,
                "event_head": copy.event_head,
                "files": {path: {"sha512": one.digest, "size": one.size} for path, one in sorted(copy.files.items())},
            },
            ensure_ascii=False,
            indent=1,
        ).encode()
        for name in ("manifest.json", "manifest.json.sha512"):
            (folder / name).unlink(missing_ok=True)
        write_file(folder / "manifest.json", data)
        write_file(folder / "manifest.json.sha512", f"{hashlib.sha512(data).hexdigest()} manifest.json\n".encode())

    def read_copy(self, name: str) -> Copy:
        """A whole copy by its name.

        Raises:
            BackupUnusable: there is none, or its manifest is damaged.
        """
        folder = self.copies / name
        try:
            data = (folder / "manifest.json").read_bytes()
            said = (folder / "manifest.json.sha512").read_text(encoding="ascii").split()[0]
            if hashlib.sha512(data).hexdigest() != said:
                raise BackupUnusable(f"Danh mục của bản sao lưu {name} đã bị hỏng. Xin dùng bản sao lưu khác.")
            manifest = json.loads(data)
            files = {path: Kept(one["sha512"], one["size"]) for path, one in manifest["files"].items()}
            return Copy(name, manifest["hoso"], manifest["event_head"], files)
        except (OSError, UnicodeDecodeError, IndexError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BackupUnusable(f"Không đọc được danh mục của bản sao lưu {name}.") from error
