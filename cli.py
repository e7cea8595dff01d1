"""The `hoso` command: each subcommand reads its arguments, calls its Python twin and prints what came of it."""

from __future__ import annotations

import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from commands import (
    accounts,
    annulment,
    backing_up,
    campaign,
    candidates,
    checking,
    complaints,
    disposing,
    exporting,
    finding,
    intake,
    keeping,
    numbering,
    office,
    own_rules,
    papers,
    printing,
    rebuilding,
    reviewing,
    rulings,
    sheets,
    single_paper,
    standing,
    templates,
)
from commands.wording import Group, WrongCall, group
from generator.errors import HosoError, InvalidInput, reason


class OutOfOrder(HosoError):
    """Máy không thực hiện được."""

    code = "cli.out-of-order"


class HosoGroup(Group):
    """Shows what stopped the work as a sentence, with the exit code of the contract."""

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


for _module in (
    accounts,
    office,
    papers,
    campaign,
    intake,
    checking,
    complaints,
    annulment,
    reviewing,
    standing,
    rulings,
    own_rules,
    keeping,
    finding,
    candidates,
    printing,
    templates,
    sheets,
    backing_up,
    rebuilding,
    numbering,
    single_paper,
    exporting,
    disposing,
):
    for _command in _module.COMMANDS:
        main.add_command(_command)
