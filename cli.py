"""The `hoso` command: each subcommand reads its arguments, calls its Python twin and prints what came of it."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from commands.wording import Group, WrongCall, group
from generator.errors import HosoError, InvalidInput, reason

# The commands of each room. A room is read when one of its commands is asked for: all of them take a second.
ROOMS = {
    "accounts": ("account",),
    "office": ("init", "demo", "serve", "status"),
    "papers": ("forms", "schema", "sample", "validate", "check", "generate", "format", "calendar"),
    "campaign": ("workbook", "import"),
    "standing": ("campaign",),
    "intake": ("intake",),
    "checking": ("verify", "events"),
    "complaints": ("complaint", "reserve-opinion"),
    "annulment": ("annul", "reclassify", "file"),
    "reviewing": ("review-again",),
    "rulings": ("waive", "questions", "answer"),
    "own_rules": ("readings", "days-off", "local-criteria"),
    "keeping": ("dossier", "why"),
    "finding": ("search", "history", "reindex"),
    "candidates": ("candidates",),
    "printing": ("print",),
    "templates": ("template",),
    "sheets": ("sheets",),
    "backing_up": ("backup", "restore"),
    "rebuilding": ("rebuild",),
    "numbering": ("numbers",),
    "single_paper": ("paper",),
    "exporting": ("export",),
    "disposing": ("disposal",),
}
_ROOM_OF = {command: room for room, commands in ROOMS.items() for command in commands}


class OutOfOrder(HosoError):
    """Máy không thực hiện được."""

    code = "cli.out-of-order"


class HosoGroup(Group):
    """Shows what stopped the work as a sentence, with the exit code of the contract."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(_ROOM_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command from its room, or None."""
        room = _ROOM_OF.get(cmd_name)
        if room is None:
            return None
        commands: tuple[click.Command, ...] = import_module(f"commands.{room}").COMMANDS
        return next(one for one in commands if one.name == cmd_name)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Reads the call; a wrong one is answered in Vietnamese."""
        with _worded():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the subcommand; an error of hoso's own ends it with its message on standard error."""
        try:
            with _worded(), _in_order():
                return super().invoke(ctx)
        except InvalidInput as error:
            for problem in error.problems:
                click.echo(f"• {problem}", err=True)
            sys.exit(error.exit_code)
        except HosoError as error:
            click.echo(error.message, err=True)
            sys.exit(error.exit_code)


@contextmanager
def _worded() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        raise WrongCall(error) from error


@contextmanager
def _in_order() -> Iterator[None]:
    """Says what the machine refused where no command foresaw it: a full disk, a broken database."""
    try:
        yield
    except BrokenPipeError:
        raise
    except sqlite3.DatabaseError as error:
        raise OutOfOrder(
            f"Cơ sở dữ liệu không đọc hoặc ghi được ({error}). Việc đang làm dở không được ghi nhận. "
            "Xin kiểm tra chỗ trống trên đĩa rồi chạy “hoso verify”."
        ) from error
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        raise OutOfOrder(f"Không đọc hoặc ghi được{place}: {reason(error)}.") from error


@group("hoso", HosoGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", envvar="HOSO_DATA", default="hoso-data", help="Thư mục dữ liệu; bỏ trống thì là hoso-data.")
@click.version_option(package_name="hoso", message="%(prog)s %(version)s", help="Hiện phiên bản rồi dừng.")
@click.pass_context
def main(ctx: click.Context, data: str) -> None:
    """Hồ sơ kiểm điểm, đánh giá, xếp loại cuối năm: lập văn bản, kiểm tra quy định, lưu trữ, tra cứu."""
    # What pypdf finds wrong with a paper is said by the command in a sentence of its own.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    ctx.obj = data
