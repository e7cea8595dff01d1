"""Commands about retention: how long dossiers are kept, what holds them, and disposing of those whose time is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from archive.afterwards.amending import present_day
from archive.campaigns.opening import find_unit
from archive.disposal.carrying_out import LEFT_BEHIND, carry_out
from archive.disposal.holds import hold, holds, release
from archive.disposal.lists import (
    APPROVALS,
    STATES,
    DisposalList,
    approve,
    kept_dossiers,
    lists,
    propose,
    read_list,
    withdraw,
)
from archive.disposal.retention import periods, set_period
from archive.records.dossiers import DossierFilter
from commands.console import account_at_work, as_json, print_json, say, table, the_office
from commands.wording import TEXT, group, whole_number
from generator.vietnamese import short_date
from search.index import drain

_LIST = click.argument("list_id", metavar="MÃ-DANH-MỤC", type=TEXT)
_DOSSIER = click.argument("dossier", metavar="MÃ-HỒ-SƠ", type=TEXT)
_PERIOD = click.option("--period", type=TEXT, help="Chỉ hồ sơ của đợt này, ví dụ 2018.")
_UNIT = click.option("--unit", type=TEXT, help="Chỉ hồ sơ của đơn vị này và các đơn vị trực thuộc.")


def _day(text: str | None) -> str:
    return short_date(date.fromisoformat(text[:10])) if text else ""


@group("disposal")
def disposal_group() -> None:
    """Thời hạn bảo quản, tạm giữ và tiêu hủy hồ sơ hết hạn (hai người duyệt)."""


@disposal_group.command("list")
@_PERIOD
@_UNIT
@click.option("--all", "every", is_flag=True, help="Cả hồ sơ còn thời hạn hoặc đang bị giữ lại.")
@as_json
@click.pass_context
def list_command(ctx: click.Context, period: str | None, unit: str | None, every: bool, json_output: bool) -> None:
    """Hồ sơ hết thời hạn bảo quản, và các danh mục tiêu hủy đã lập."""
    database = the_office(ctx).connect()
    if unit:
        find_unit(database, unit)
    found = [
        one
        for one in kept_dossiers(database, DossierFilter(period=period, unit=unit), present_day())
        if every or not one.against
    ]
    made = lists(database)
    if json_output:
        print_json({"due": [one.as_dict() for one in found], "lists": [one.as_dict() for one in made]})
        return
    table(
        ["Hồ sơ", "Đối tượng", "Đơn vị", "Năm", "Thời hạn", "Hết hạn", "Vì sao giữ lại", "Danh mục"],
        [
            (one.dossier_id, one.subject, one.unit, one.period, one.retention, _day(one.due_on),
             "; ".join(one.against), one.list_id)
            for one in found
        ],
    )  # fmt: skip
    for one in made:
        say(_told(one))


def _told(one: DisposalList) -> str:
    return (
        f"Danh mục {one.id}: {len(one.items)} hồ sơ, {STATES[one.state]}, "
        f"đã duyệt {len(one.approvals)}/{APPROVALS}; lập ngày {_day(one.proposed_at)}, {one.proposed_name}"
    )


@disposal_group.command("propose")
@click.argument("dossiers", metavar="[MÃ-HỒ-SƠ]…", nargs=-1, type=TEXT)
@_PERIOD
@_UNIT
@click.option("--reason", required=True, type=TEXT, help="Lý do tiêu hủy.")
@click.option("--document", default="", type=TEXT, help="Tờ trình kèm theo, ví dụ 12-TTr/VP.")
@as_json
@click.pass_context
def propose_command(
    ctx: click.Context, dossiers: Sequence[str], period: str | None, unit: str | None, reason: str, document: str,
    json_output: bool,
) -> None:  # fmt: skip
    """Lập danh mục tiêu hủy: những hồ sơ đã nêu, hoặc mọi hồ sơ hết hạn."""
    office = the_office(ctx)
    database = office.connect()
    if unit:
        find_unit(database, unit)
    with office.locked():
        made = propose(
            database, dossiers, reason=reason, document=document, account=account_at_work(database),
            today=present_day(), wanted=DossierFilter(period=period, unit=unit),
        )  # fmt: skip
    if json_output:
        print_json(made.as_dict())
    else:
        click.echo(made.id)
        say(f"Đã lập danh mục {made.id} gồm {len(made.items)} hồ sơ; cần {APPROVALS} người duyệt khác nhau.")


@disposal_group.command("show")
@_LIST
@as_json
@click.pass_context
def show_command(ctx: click.Context, list_id: str, json_output: bool) -> None:
    """Một danh mục tiêu hủy với từng hồ sơ và các lần duyệt."""
    found = read_list(the_office(ctx).connect(), list_id)
    if json_output:
        print_json(found.as_dict())
        return
    click.echo(f"{_told(found)}\nLý do: {found.reason}" + (f" ({found.document})" if found.document else ""))
    for given in found.approvals:
        click.echo(f"Duyệt ngày {_day(given['approved_at'])}: {given['account_name']} {given['document']}".rstrip())
    table(
        ["Hồ sơ", "Tiêu đề", "Đối tượng", "Đơn vị", "Thời hạn", "Căn cứ", "Hết hạn"],
        [
            (one["dossier_id"], one["title"], one["subject_name"], one["unit_name"], one["retention"], one["source"],
             _day(one["due_on"]))
            for one in found.items
        ],
    )  # fmt: skip


@disposal_group.command("approve")
@_LIST
@click.option("--document", default="", type=TEXT, help="Văn bản duyệt, ví dụ 15-QĐ/ĐU.")
@click.pass_context
def approve_command(ctx: click.Context, list_id: str, document: str) -> None:
    """Duyệt danh mục (người duyệt, không phải người lập); cần hai người."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        found = approve(database, list_id, document=document, account=account_at_work(database))
    say(f"Đã duyệt {len(found.approvals)}/{APPROVALS}.")


@disposal_group.command("withdraw")
@_LIST
@click.option("--reason", required=True, type=TEXT, help="Lý do rút.")
@click.pass_context
def withdraw_command(ctx: click.Context, list_id: str, reason: str) -> None:
    """Rút danh mục chưa thực hiện."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        withdraw(database, list_id, reason=reason, account=account_at_work(database))
    say("Đã rút danh mục.")


@disposal_group.command("carry-out")
@_LIST
@as_json
@click.pass_context
def carry_out_command(ctx: click.Context, list_id: str, json_output: bool) -> None:
    """Tiêu hủy các hồ sơ của danh mục đã đủ hai lần duyệt. Không lấy lại được."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        done = carry_out(office, database, list_id, account=account_at_work(database), today=present_day())
    drain(office, database)
    if json_output:
        print_json({"list": done.list_id, "dossiers": list(done.dossiers)})
    else:
        click.echo(
            f"Đã tiêu hủy {len(done.dossiers)} hồ sơ theo danh mục {list_id}; dòng ghi việc tiêu hủy được giữ mãi."
        )
    say(LEFT_BEHIND)


@disposal_group.command("hold")
@_DOSSIER
@click.option("--reason", required=True, type=TEXT, help="Vì sao tạm giữ.")
@click.option("--document", default="", type=TEXT, help="Văn bản yêu cầu, ví dụ 8-CV/UBKT.")
@click.pass_context
def hold_command(ctx: click.Context, dossier: str, reason: str, document: str) -> None:
    """Tạm giữ một hồ sơ, không cho tiêu hủy. Khiếu nại chưa kết luận tự giữ hồ sơ lại."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        hold(database, dossier, reason=reason, document=document, account=account_at_work(database))
    say("Đã tạm giữ.")


@disposal_group.command("release")
@_DOSSIER
@click.option("--reason", required=True, type=TEXT, help="Vì sao thôi tạm giữ.")
@click.pass_context
def release_command(ctx: click.Context, dossier: str, reason: str) -> None:
    """Thôi tạm giữ một hồ sơ."""
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        ended = release(database, dossier, reason=reason, account=account_at_work(database))
    say(f"Đã thôi tạm giữ ({ended} lệnh).")


@disposal_group.command("holds")
@as_json
@click.pass_context
def holds_command(ctx: click.Context, json_output: bool) -> None:
    """Các hồ sơ cơ quan đang tạm giữ."""
    found = holds(the_office(ctx).connect())
    if json_output:
        print_json([one.as_dict() for one in found])
    else:
        table(
            ["Hồ sơ", "Lý do", "Văn bản", "Người giữ", "Từ ngày"],
            [(one.dossier_id, one.reason, one.document, one.set_name, _day(one.set_at)) for one in found],
        )


@group("retention", invoke_without_command=True)
@as_json
@click.pass_context
def retention_group(ctx: click.Context, json_output: bool) -> None:
    """Thời hạn bảo quản từng loại hồ sơ, tài liệu và ai đặt."""
    if ctx.invoked_subcommand:
        return
    found = periods(the_office(ctx).connect()).values()
    if json_output:
        print_json([one.as_dict() for one in found])
    else:
        table(["Mã", "Loại", "Thời hạn", "Nguồn"], [(one.code, one.label, one.told, one.source) for one in found])


@retention_group.command("set")
@click.argument("code", metavar="MÃ", type=TEXT)
@click.option("--years", type=whole_number(1, 200), help="Số năm, tính từ hết năm nộp lưu lần cuối.")
@click.option("--permanent", is_flag=True, help="Bảo quản vĩnh viễn.")
@click.option("--document", required=True, type=TEXT, help="Văn bản làm căn cứ.")
@click.pass_context
def set_command(ctx: click.Context, code: str, years: int | None, permanent: bool, document: str) -> None:
    """Đặt thời hạn bảo quản của một loại (người duyệt)."""
    if (years is None) is not permanent:
        raise click.UsageError("Phải ghi --years SỐ hoặc --permanent.")
    office = the_office(ctx)
    database = office.connect()
    with office.locked():
        made = set_period(database, code, years, document=document, account=account_at_work(database))
    say(f"{made.label}: {made.told} ({made.source}).")


disposal_group.add_command(retention_group)
COMMANDS = (disposal_group,)
