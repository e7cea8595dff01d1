"""Commands about the numbers of papers."""

from __future__ import annotations

from datetime import datetime

import click

from archive.campaigns.number_withdrawal import withdraw_number
from archive.campaigns.numbering import GivenNumber, begin_series, give_number, register_of
from archive.campaigns.opening import find_campaign, find_unit
from archive.campaigns.papers.paper import Paper
from archive.campaigns.running import situation_of
from archive.campaigns.stages import Situation, papers_of, units_of
from commands.console import actor, as_json, print_json, say, table, the_office
from commands.wording import DAY, TEXT, group, whole_number
from generator.rules.rulebook import load_rulebook


@group("numbers")
def numbers_group() -> None:
    """Số văn bản: gợi ý số tiếp theo, ghi số và ngày theo sổ công văn đi."""


def _papers(situation: Situation, unit_id: str | None = None) -> list[Paper]:
    units = [unit for unit in units_of(situation.picture) if unit_id in (None, unit.id)]
    stages = [stage.code for stage in situation.plan.stages if not stage.files]
    return [paper for stage in stages for unit in units for paper in papers_of(situation, stage, unit)]


@numbers_group.command("list")
@click.argument("period")
@click.option("--unit", type=TEXT, help="Mã hoặc tên đơn vị.")
@as_json
@click.pass_context
def list_command(ctx: click.Context, period: str, unit: str | None, json_output: bool) -> None:
    """Văn bản phải vào sổ: đã có số nào, hoặc nên lấy số nào."""
    database = the_office(ctx).connect()
    situation = situation_of(database, find_campaign(database, period))
    unit_id = find_unit(database, unit) if unit else None
    listed = register_of(database, situation.picture, _papers(situation, unit_id))
    if json_output:
        print_json([one.as_dict() for one in listed])
        return
    table(
        ["Văn bản", "Tên", "Của", "Đơn vị", "Số", "Ngày", "Gợi ý"],
        [
            (
                one.paper, one.title, one.subject, one.unit,
                f"{one.number}-{one.symbol}" if one.number else "", one.day or "",
                f"{one.suggested:02d}-{one.symbol}" if one.suggested else "",
            )
            for one in listed
        ],
    )  # fmt: skip


@numbers_group.command("start")
@click.argument("unit", type=TEXT)
@click.argument("kind", metavar="LOẠI", type=TEXT)
@click.argument("last", metavar="SỐ", type=whole_number(0, 99_999))
@click.option("--term", type=TEXT, required=True, help="Nhiệm kỳ, như “2015-2020”.")
@click.pass_context
def start_command(ctx: click.Context, unit: str, kind: str, last: int, term: str) -> None:
    """Cho biết sổ của đơn vị đã đến số nào: loại văn bản (như QĐ, BC) và số cuối cùng đã lấy."""
    office = the_office(ctx)
    database = office.connect()
    book = load_rulebook(office.settings.rulebook)
    with office.locked():
        kind, term = begin_series(database, book, find_unit(database, unit), kind, term, last, actor=actor())
    click.echo(f"Nhiệm kỳ {term}: số {kind} tiếp theo là {last + 1:02d}.")


@numbers_group.command("give")
@click.argument("period")
@click.argument("paper", type=TEXT)
@click.option("--number", type=whole_number(1, 99_999), required=True, help="Số trong sổ.")
@click.option("--date", "day", type=DAY, required=True, help="Ngày ký.")
@click.pass_context
def give_command(ctx: click.Context, period: str, paper: str, number: int, day: datetime) -> None:
    """Ghi số và ngày của một văn bản; chạy lại đợt thì văn bản có số."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        situation = situation_of(database, find_campaign(database, period))
        given = give_number(database, situation.picture, _papers(situation), paper, number, day.date(), actor=actor())
    click.echo(f"Đã ghi số {given.number} cho {_called(given)}.")
    for remark in given.remarks:
        say(f"Lưu ý: {remark}")


def _called(given: GivenNumber) -> str:
    return f"“{given.paper.title}” ({given.paper.file_name})"


@numbers_group.command("withdraw")
@click.argument("period")
@click.argument("paper", type=TEXT)
@click.option("--reason", type=TEXT, required=True, help="Vì sao bỏ số đã ghi.")
@click.pass_context
def withdraw_command(ctx: click.Context, period: str, paper: str, reason: str) -> None:
    """Bỏ số đã ghi nhầm cho một văn bản chưa nộp lưu; số ấy lại dùng được."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        situation = situation_of(database, find_campaign(database, period))
        given = withdraw_number(database, situation.picture, _papers(situation), paper, reason, actor=actor())
    click.echo(f"Đã bỏ số {given.number} của {_called(given)}.")


COMMANDS = (numbers_group,)
