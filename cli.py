"""The `hoso` command: each subcommand reads its arguments, calls its Python twin and prints what came of it."""

from __future__ import annotations

import logging
import sys

import click

from commands import campaign, finding, keeping, office, papers
from generator.errors import HosoError, InvalidInput


class HosoGroup(click.Group):
    """Shows what stopped the work as a sentence, with the exit code of the contract."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the subcommand; an error of hoso's own ends it with its message on standard error."""
        try:
            return super().invoke(ctx)
        except InvalidInput as error:
            for problem in error.problems:
                click.echo(f"• {problem}", err=True)
            sys.exit(error.exit_code)
        except HosoError as error:
            click.echo(error.message, err=True)
            sys.exit(error.exit_code)


@click.group(cls=HosoGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", envvar="HOSO_DATA", default="hoso-data", show_default=True, help="Thư mục dữ liệu.")
@click.version_option(package_name="hoso")
@click.pass_context
def main(ctx: click.Context, data: str) -> None:
    """Hồ sơ kiểm điểm, đánh giá, xếp loại cuối năm: lập văn bản, kiểm tra quy định, lưu trữ, tra cứu."""
    # What pypdf finds wrong with a paper is said by the command in a sentence of its own.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    ctx.obj = data


for _module in (office, papers, campaign, keeping, finding):
    for _command in _module.COMMANDS:
        main.add_command(_command)
