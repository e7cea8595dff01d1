"""Commands that bring papers to the printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from archive.campaigns.opening import find_campaign, find_unit
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation
from archive.campaigns.subjects import Unit
from archive.printing.packs import SPARES, PrintChoice, PrintLine, pack, print_list
from commands.console import as_json, print_json, progress_bar, say, table, the_office, write_bytes
from commands.wording import NEW_FILE, TEXT, group, whole_number


@group("print")
def print_group() -> None:
    """In ấn: danh sách cần in, và các tệp PDF xếp sẵn để in."""


def _choosing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which both commands choose what is printed."""
    for option in (
        click.argument("period"),
        click.option("--unit", type=TEXT, required=True, help="Mã hoặc tên đơn vị."),
        click.option(
            "--form", "forms", multiple=True, help="Chỉ biểu mẫu này, như 2 hoặc 5.1; ghi lại được nhiều lần."
        ),
        click.option("--stage", "stages", multiple=True, help="Chỉ văn bản của bước này, như prepare."),
        click.option("--meeting", is_flag=True, help="Chỉ những gì đặt lên bàn hội nghị: phiếu, biên bản, danh sách."),
        click.option(
            "--spares", type=whole_number(0, 100), default=SPARES, show_default=True, help="Số phiếu in dôi ra."
        ),
    ):
        function = option(function)
    return function


def _prepared(
    ctx: click.Context, period: str, unit: str, forms: Sequence[str], stages: Sequence[str], meeting: bool, spares: int
) -> tuple[Any, Any, Situation, Unit, PrintChoice]:
    office = the_office(ctx)
    database = office.connect()
    situation = situation_of(database, find_campaign(database, period))
    chosen = situation.picture.units[find_unit(database, unit)]
    return office, database, situation, chosen, PrintChoice(tuple(forms), tuple(stages), meeting, spares)


def _show(lines: Sequence[PrintLine]) -> None:
    table(
        ["Mẫu", "Văn bản", "Của ai", "Số bản", "Số tờ"],
        [
            (line.form, line.title, line.subject, line.copies, "" if line.sheets is None else line.sheets)
            for line in lines
        ],
    )
    for line in lines:
        if line.note:
            click.echo(f"{line.title}: {line.note}")
    sheets = sum(line.sheets or 0 for line in lines)
    click.echo(f"Tổng cộng {sum(line.copies for line in lines)} bản" + (f", {sheets} tờ giấy." if sheets else "."))


@print_group.command("list")
@_choosing
@as_json
@click.pass_context
def list_command(
    ctx: click.Context, period: str, unit: str, forms: tuple[str, ...], stages: tuple[str, ...], meeting: bool,
    spares: int, json_output: bool,
) -> None:  # fmt: skip
    """Cần in những gì, mỗi thứ bao nhiêu bản."""
    _, database, situation, chosen, choice = _prepared(ctx, period, unit, forms, stages, meeting, spares)
    lines = print_list(database, situation, chosen, choice)
    if json_output:
        print_json([line.as_dict() for line in lines])
    else:
        _show(lines)


@print_group.command("pack")
@_choosing
@click.option("--duplex", is_flag=True, help="In hai mặt: mỗi bản bắt đầu ở mặt trước, lề mặt sau đổi bên.")
@click.option("-o", "--output", required=True, type=NEW_FILE, help="Tệp PDF sẽ ghi.")
@as_json
@click.pass_context
def pack_command(
    ctx: click.Context, period: str, unit: str, forms: tuple[str, ...], stages: tuple[str, ...], meeting: bool,
    spares: int, duplex: bool, output: str, json_output: bool,
) -> None:  # fmt: skip
    """Xếp các văn bản thành một tệp PDF để in: đủ số phiếu, hai phiếu một trang nếu vừa."""
    office, database, situation, chosen, choice = _prepared(ctx, period, unit, forms, stages, meeting, spares)
    total = len(print_list(database, situation, chosen, choice))
    with progress_bar() as move:
        made, lines = pack(
            office, database, situation, chosen, choice, duplex=duplex,
            progress=lambda done: move("Chuyển PDF", done, total),
        )  # fmt: skip
    write_bytes(Path(output), made.data)
    if json_output:
        print_json([line.as_dict() for line in lines])
    else:
        _show(lines)
    say(f"Đã ghi {output}")


COMMANDS = (print_group,)
