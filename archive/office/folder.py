"""The data folder: where its parts lie, how it is made and opened."""

from __future__ import annotations

import os
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from archive.errors import Busy, DatabaseLost, FolderUnusable, NotAnOffice
from archive.records.database import open_database
from generator.errors import reason

_SETTINGS = """# Cấu hình của hoso. Biến môi trường HOSO_TÊN được ưu tiên hơn tệp này.
rulebook = "hd13_2018"
host = "127.0.0.1"
port = 8000
"""
_DEFAULTS: dict[str, str | int] = {"rulebook": "hd13_2018", "host": "127.0.0.1", "port": 8000}


@dataclass(frozen=True)
class Settings:
    """What an office may set in `hoso.toml` or by `HOSO_*` variables."""

    rulebook: str
    host: str
    port: int


@dataclass(frozen=True)
class Office:
    """An opened data folder. Connections are made per thread by `connect`."""

    root: Path
    settings: Settings

    @property
    def database_path(self) -> Path:
        """The SQLite database."""
        return self.root / "hoso.db"

    @property
    def store_root(self) -> Path:
        """The OCFL storage root."""
        return self.root / "store"

    @property
    def index_root(self) -> Path:
        """The search index, a cache."""
        return self.root / "index"

    @property
    def templates_root(self) -> Path:
        """The office's own templates."""
        return self.root / "templates"

    @property
    def print_root(self) -> Path:
        """Papers to print and hand out, by period and unit."""
        return self.root / "print"

    def connect(self) -> Database:
        """A new connection to the database, for the calling thread."""
        return open_database(self.database_path)

    @contextmanager
    def locked(self, seconds: float = 30) -> Iterator[None]:
        """Holds the data folder's lock, shared by the commands and the web pages, against a second writer.

        Raises:
            Busy: another process held it for longer than `seconds`.
            FolderUnusable: the lock file cannot be written.
        """
        lock = FileLock(self.root / "hoso.lock", timeout=seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise Busy from error
        except OSError as error:
            raise _unusable(self.root, error) from error
        try:
            yield
        finally:
            lock.release()


def _settings(path: Path) -> Settings:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise NotAnOffice(
            f"Không đọc được tệp cấu hình {path}: tệp phải là văn bản UTF-8 đọc được. Xin sửa lại rồi chạy lại."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise NotAnOffice(f"Tệp cấu hình {path.name} viết sai: {error}. Xin sửa lại rồi chạy lại.") from error
    merged = {**_DEFAULTS, **given}
    for name in _DEFAULTS:
        if f"HOSO_{name.upper()}" in os.environ:
            merged[name] = os.environ[f"HOSO_{name.upper()}"]
    try:
        return Settings(str(merged["rulebook"]), str(merged["host"]), int(merged["port"]))
    except (TypeError, ValueError) as error:
        raise NotAnOffice("Trong cấu hình, mục port phải là một số. Xin sửa lại tệp hoso.toml.") from error


def _unusable(root: Path, error: OSError) -> FolderUnusable:
    return FolderUnusable(
        f"Không ghi được vào thư mục dữ liệu {root}: {reason(error)}. Xin kiểm tra quyền ghi và chỗ trống trên đĩa."
    )


def make_office(root: Path) -> Office:
    """Makes a data folder at `root` (or completes one) and opens it.

    Raises:
        FolderUnusable: the place cannot be written.
    """
    try:
        for part in ("store", "index", "templates", "logs", "print"):
            (root / part).mkdir(parents=True, exist_ok=True)
        settings = root / "hoso.toml"
        if not settings.exists():
            settings.write_text(_SETTINGS, encoding="utf-8")
    except OSError as error:
        raise _unusable(root, error) from error
    return open_office(root)


def open_office(root: Path) -> Office:
    """Opens the data folder at `root`.

    Raises:
        NotAnOffice: it has no `hoso.toml`; or its settings cannot be read.
        DatabaseLost: there are dossiers in its store and no database; none is made in its place.
        FolderUnusable: its database cannot be opened.
    """
    office = office_without_database(root)
    if not office.database_path.exists() and _holds_dossiers(office):
        raise DatabaseLost
    try:
        office.connect().close()
    except (OSError, sqlite3.Error) as error:
        raise FolderUnusable(
            f"Không mở được cơ sở dữ liệu trong {root}: {error}. Xin kiểm tra quyền ghi và chỗ trống trên đĩa."
        ) from error
    return office


def office_without_database(root: Path) -> Office:
    """The data folder at `root`, whatever has become of its database: to restore or rebuild it.

    Raises:
        NotAnOffice: it has no `hoso.toml`; or its settings cannot be read.
    """
    if not (root / "hoso.toml").is_file():
        raise NotAnOffice(f"Thư mục {root} chưa phải là thư mục dữ liệu của hoso. Xin chạy “hoso init” trước.")
    return Office(root, _settings(root / "hoso.toml"))


def _holds_dossiers(office: Office) -> bool:
    # Objects lie in folders of three characters; the store's own files have longer names.
    return office.store_root.is_dir() and any(len(path.name) == 3 for path in office.store_root.iterdir())
