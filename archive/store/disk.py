"""Writing files so that they survive a power cut, and clearing away what is left of an interrupted work."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)


def write_file(path: Path | str, data: bytes) -> None:
    """Writes a file that does not exist yet. It is on the disk for good only after `sync`.

    Raises:
        OSError: it exists, or the disk is full or failing.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def sync(folder: Path) -> None:
    """Waits until everything written so far on the disk of `folder` (files, names, renames) is on it for good.

    One call for many files takes about the time of one `fsync`, which is what makes filing in batches fast.

    Raises:
        OSError: the disk could not write something.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not hasattr(_libc, "syncfs"):
            os.sync()
        elif _libc.syncfs(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def remove(path: Path) -> None:
    """Removes a file or a folder with all in it; nothing when it is not there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def prune(folder: Path, stop: Path) -> None:
    """Removes `folder` and its parents below `stop` as long as they are empty."""
    while folder != stop and stop in folder.parents:
        with contextlib.suppress(FileNotFoundError):
            if any(folder.iterdir()):
                return
            folder.rmdir()
        folder = folder.parent
