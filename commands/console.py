"""What every command shares: the data folder it works on, JSON output, tables and a progress bar."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from sqlite_utils import Database

from archive.office.accounts import Account, accounts
from archive.office.folder import Office, open_office
from archive.store.filing import recover
from generator.errors import HosoError, reason

_UNCUT = ("Hồ sơ", "Mã")  # what is copied into the next command
_WIDEST = 100_000

as_json = click.option("--json", "json_output", is_flag=True, help="In một tài liệu JSON ra đầu ra chuẩn.")


def folder(ctx: click.Context) -> Path:
    """The data folder named on the command line or by `HOSO_DATA`."""
    return Path(str(ctx.find_root().obj))


def the_office(ctx: click.Context) -> Office:
    """The opened data folder, with what a stopped filing left behind put in order first."""
    office = open_office(folder(ctx))
    database = office.connect()
    try:
        with office.locked():
            recover(office, database)
    finally:
        database.close()
    return office


def actor() -> str:
    """Who the events name for a command: the account of `HOSO_USER`, else the command line itself."""
    return os.environ.get("HOSO_USER", "cli")


def account_at_work(database: Database) -> Account | None:
    """The account that `HOSO_USER` names; None for the command line itself or a name nobody has."""
    return next((one for one in accounts(database) if one.user_name == actor()), None)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """A message beside the report, on standard error."""
    click.echo(text, err=True)


class FileTrouble(HosoError):
    """Không đọc hoặc ghi được tệp."""

    code = "commands.file-trouble"


def read_bytes(path: str) -> bytes:
    """A file's content.

    Raises:
        FileTrouble: it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise FileTrouble(f"Không đọc được tệp {path}: {reason(error)}.") from error


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file whole, making its folder.

    Raises:
        FileTrouble: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise FileTrouble(f"Không ghi được tệp {path}: {reason(error)}.") from error


def table(columns: Sequence[str], lines: Sequence[Sequence[Any]]) -> None:
    """A table for people, as wide as the screen; a line each, uncut, where it goes into a file or another program."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDEST)
    shown = Table(box=None, pad_edge=False)
    for column in columns:
        shown.add_column(column, overflow="fold", no_wrap=column in _UNCUT)
    for line in lines:
        shown.add_row(*("" if cell is None else Text(str(cell)) for cell in line))
    console.print(shown)


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error; gives the function that moves it: label, done, total."""
    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=quiet or not console.is_terminal,
    ) as bar:
        tasks: dict[str, Any] = {}

        def move(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = bar.add_task(label, total=total)
            bar.update(tasks[label], completed=done, total=total, visible=done < total)

        yield move
