"""How the command line speaks: its help, its kinds of arguments and what it says of a wrong call, in Vietnamese.

Click words these in English unless the machine's language says otherwise; hoso speaks Vietnamese on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, Any

import click
from click.exceptions import NoSuchCommand

from generator.vietnamese import forbidden_character, nfc

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh"}
# What click adds behind the help of an option.
_REMARKS = {"required]": "bắt buộc]", "[default: ": "[mặc định: "}


class Formatter(click.HelpFormatter):
    """Writes the headings of the help in Vietnamese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line: how the command is written."""
        args = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        """The head of a list of options or commands."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """The options or commands with their help, click's own remarks in Vietnamese."""
        for english, vietnamese in _REMARKS.items():
            rows = [(name, text.replace(english, vietnamese)) for name, text in rows]
        super().write_dl(rows, col_max, col_spacing)


class Context(click.Context):
    """A call whose help is Vietnamese."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is Vietnamese."""

    context_class = Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, explained in Vietnamese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Hiện hướng dẫn này rồi dừng."
        return option


class Group(Command, click.Group):
    """A group of commands whose help is Vietnamese."""

    command_class = Command


def command(name: str) -> Callable[[Callable[..., Any]], Command]:
    """Makes a function a command of hoso."""
    return click.command(name, cls=Command)


def group(name: str | None = None, kind: type[Group] = Group, **more: Any) -> Callable[[Callable[..., Any]], Group]:
    """Makes a function a group of commands of hoso."""
    metavar = "[LỆNH …]" if more.get("invoke_without_command") else "LỆNH …"
    return click.group(name, cls=kind, **{"subcommand_metavar": metavar, **more})


class Worded(click.ParamType[Any]):
    """A kind of argument of click's whose refusal is a Vietnamese sentence.

    Args:
        kind: what reads the value.
        refusal: the sentence for a value it does not take.
    """

    name = "value"

    def __init__(self, kind: click.ParamType[Any], refusal: Callable[[str], str]) -> None:
        self.kind, self.refusal = kind, refusal
        self.name = kind.name

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """How the help shows the values."""
        return self.kind.get_metavar(param, ctx)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The value, or a refusal."""
        try:
            return self.kind.convert(value, param, ctx)
        except click.BadParameter:
            self.fail(self.refusal(str(value)), param, ctx)


class ComposedText(click.ParamType[str]):
    """One line of text, composed (NFC) as all that is kept."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, or a refusal when it holds a character no paper can carry."""
        found = forbidden_character(str(value))
        if found:
            self.fail(f"có ký tự không dùng được ({found}).", param, ctx)
        return nfc(str(value)).strip()


def _no_file(value: str) -> str:
    if Path(value).is_dir():
        return f"“{value}” là một thư mục, không phải tệp."
    return f"Không có tệp “{value}”, hoặc không có quyền đọc tệp ấy."


def _no_folder(value: str) -> str:
    if Path(value).exists():
        return f"“{value}” không phải là thư mục, hoặc không có quyền đọc thư mục ấy."
    return f"Không có thư mục “{value}”."


TEXT = ComposedText()
FILE = Worded(click.Path(exists=True, dir_okay=False), _no_file)
FOLDER = Worded(click.Path(exists=True, file_okay=False), _no_folder)
NEW_FILE = Worded(click.Path(dir_okay=False), lambda value: f"“{value}” là một thư mục; xin đặt tên tệp.")
NEW_FOLDER = Worded(click.Path(file_okay=False), lambda value: f"“{value}” là một tệp; xin đặt tên thư mục.")
DAY = Worded(click.DateTime(["%Y-%m-%d"]), lambda value: f"“{value}” không phải là một ngày; xin ghi như 2018-12-28.")


def whole_number(least: int, most: int) -> Worded:
    """A whole number between two others, both allowed."""
    return Worded(
        click.IntRange(least, most), lambda value: f"“{value}” không phải là số nguyên từ {least} đến {most}."
    )


class _Period(click.ParamType[str]):
    """The period of a campaign: a year, or a part of one."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The period, or a refusal."""
        if not re.fullmatch(r"[12][0-9]{3}(-[A-Z0-9]{1,4})?", str(value), re.ASCII):
            self.fail(f"“{value}” không phải là một đợt đánh giá; xin ghi năm, ví dụ 2018.", param, ctx)
        return str(value)


PERIOD = _Period()


def one_of(codes: Sequence[str]) -> Worded:
    """One of several codes."""
    return Worded(click.Choice(codes), lambda value: f"Không có “{value}”. Xin chọn một trong: {', '.join(codes)}.")


def sentence_of(error: click.UsageError) -> str:
    """What is wrong with a call, as a Vietnamese sentence."""
    if isinstance(error, NoSuchCommand):
        return f"Không có lệnh “{error.command_name}”. Xem các lệnh bằng “hoso --help”."
    if isinstance(error, click.NoSuchOption):
        near = f" Có phải {', '.join(error.possibilities)} không?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{near}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} viết chưa đúng (thiếu giá trị, hoặc thừa giá trị)."
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {_name_of(error)}."
    if isinstance(error, click.BadParameter):
        return f"{_name_of(error)}: {error.message}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"Thừa đối số “{error.message.partition('(')[2].removesuffix(')')}”."
    return error.message


def _name_of(error: click.BadParameter) -> str:
    if error.param is None or error.ctx is None:
        return "Đối số"
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.make_metavar(error.ctx)


class WrongCall(click.ClickException):
    """A call that cannot be understood: what is wrong with it, and how the command is written."""

    exit_code = 2

    def __init__(self, error: click.UsageError) -> None:
        usage = ""
        if error.ctx is not None:
            usage = f"\n{error.ctx.get_usage()}\nXem hướng dẫn: {error.ctx.command_path} --help"
        super().__init__(sentence_of(error) + usage)

    def show(self, file: IO[Any] | None = None) -> None:
        """Says so on standard error."""
        click.echo(self.message, file=file, err=file is None)
