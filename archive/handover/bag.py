"""Writing a BagIt bag (RFC 8493): payload, manifests with SHA-512, description; whole under its name or not there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.errors import FolderUnusable
from archive.handover.errors import HandoverRefused
from archive.store.disk import remove, sync
from generator.errors import reason

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Payload:
    """What a bag carries: number of files and bytes, and the SHA-512 of the list of its files."""

    files: int
    size: int
    manifest_digest: str


def complete_or_absent(target: Path, write: Callable[[Path], None]) -> None:
    """Has a folder written beside `target` and renames it at the end; what fails leaves nothing.

    Raises:
        HandoverRefused: `target` exists.
        FolderUnusable: the place cannot be written.
    """
    if target.exists():
        raise HandoverRefused(f"{target} đã có. Xin đặt tên khác hoặc xóa thư mục cũ.")
    half = target.with_name(f"{target.name}.dang-ghi")
    try:
        remove(half)
        half.mkdir(parents=True)
        write(half)
        sync(half)
        half.rename(target)
        sync(target.parent)
    except OSError as error:
        raise FolderUnusable(f"Không ghi được vào {target}: {reason(error)}.") from error
    finally:
        remove(half)


def digest_of(path: Path) -> str:
    """SHA-512 of a file, read piece by piece."""
    found = hashlib.sha512()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def write_manifest(bag: Path) -> Payload:
    """Writes the list of all that lies in `data/`."""
    files = _files(bag / "data")
    _write(bag / "manifest-sha512.txt", _lines(bag, files))
    size = sum(path.stat().st_size for path in files)
    return Payload(len(files), size, digest_of(bag / "manifest-sha512.txt"))


def close(bag: Path, payload: Payload, told: Mapping[str, Iterable[str]]) -> None:
    """Writes declaration, description and the list of what is not payload; last of all.

    Args:
        told: labels of `bag-info.txt` with their values.
    """
    _write(bag / "bagit.txt", _DECLARATION)
    lines = [f"{label}: {' '.join(value.split())}\n" for label, values in told.items() for value in values if value]
    lines.append(f"Payload-Oxum: {payload.size}.{payload.files}\n")
    _write(bag / "bag-info.txt", "".join(lines))
    around = [path for path in _files(bag) if path.relative_to(bag).parts[0] != "data"]
    _write(bag / "tagmanifest-sha512.txt", _lines(bag, around))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _lines(bag: Path, files: Iterable[Path]) -> str:
    return "".join(f"{digest_of(path)}  {_escaped(path.relative_to(bag).as_posix())}\n" for path in files)


def _escaped(name: str) -> str:
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
