"""Files handed in on a page that are not yet part of anything: kept for a day, until what they belong to is recorded.

Each lies in the data folder under its account and a name nobody can guess; only that account gets it back.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from archive.errors import FolderUnusable, NotFound
from archive.office.folder import Office
from archive.records.database import new_id
from generator.errors import reason

_FOLDER = "handed-in"
_KEPT = 24 * 3600  # seconds


def hand_in(office: Office, account_id: str, data: bytes) -> str:
    """Keeps the bytes of a file and gives the key by which the account gets them back; what is older than a day goes.

    Raises:
        FolderUnusable: the data folder cannot be written.
    """
    folder = office.root / _FOLDER / account_id
    key = new_id() + new_id()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _forget_old(office.root / _FOLDER)
        (folder / key).write_bytes(data)
        (folder / key).chmod(0o600)
    except OSError as error:
        raise FolderUnusable(
            f"Không ghi được tệp vào thư mục dữ liệu: {reason(error)}. Xin kiểm tra quyền ghi và chỗ trống trên đĩa."
        ) from error
    return key


def handed_in(office: Office, account_id: str, key: str) -> bytes:
    """The bytes the account handed in under a key.

    Raises:
        NotFound: there are none, or they were kept for a day already.
    """
    if not is_held(office, account_id, key):
        raise NotFound("Tệp đã chọn không còn được giữ. Xin chọn lại tệp.")
    return _path(office, account_id, key).read_bytes()


def is_held(office: Office, account_id: str, key: str) -> bool:
    """Whether the account handed something in under this key that is still kept."""
    return key.isalnum() and key.isascii() and _path(office, account_id, key).is_file()


def forget(office: Office, account_id: str, key: str) -> None:
    """Takes away what was handed in under a key, once it is kept elsewhere."""
    if is_held(office, account_id, key):
        _path(office, account_id, key).unlink(missing_ok=True)


def _path(office: Office, account_id: str, key: str) -> Path:
    return office.root / _FOLDER / account_id / key


def _forget_old(root: Path) -> None:
    limit = time.time() - _KEPT
    for folder in root.iterdir():
        kept = list(folder.iterdir())
        for path in kept:
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)
        if not kept and folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
