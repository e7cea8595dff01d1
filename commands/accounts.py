"""Commands about accounts: who may sign in, decide and open what."""

from __future__ import annotations

import click

from archive.errors import NotFound
from archive.office.accounts import ROLES, accounts, change_password, fresh_password, make_account
from commands.console import actor, as_json, print_json, table, the_office
from commands.wording import TEXT, group, one_of


@group("account")
def account_group() -> None:
    """Tài khoản: ai được đăng nhập, duyệt, mở hồ sơ."""


@account_group.command("list")
@as_json
@click.pass_context
def list_command(ctx: click.Context, json_output: bool) -> None:
    """Danh sách tài khoản và vai trò."""
    found = accounts(the_office(ctx).connect())
    if json_output:
        print_json([{"user_name": one.user_name, "full_name": one.full_name, "role": one.role} for one in found])
        return
    table(["Tên đăng nhập", "Họ và tên", "Vai trò"], [(one.user_name, one.full_name, one.role_name) for one in found])


@account_group.command("add")
@click.argument("user_name", metavar="TÊN-ĐĂNG-NHẬP", type=TEXT)
@click.option("--name", "full_name", type=TEXT, required=True, help="Họ và tên.")
@click.option("--role", type=one_of(tuple(ROLES)), required=True, help="Vai trò.")
@click.pass_context
def add_command(ctx: click.Context, user_name: str, full_name: str, role: str) -> None:
    """Thêm tài khoản; mật khẩu chỉ hiện một lần."""
    office = the_office(ctx)
    password = fresh_password()
    with office.locked():
        made = make_account(office.connect(), user_name, full_name, role, password, actor=actor())
    click.echo(f"Đã thêm tài khoản {made.user_name} ({made.role_name}).")
    click.echo(f"Mật khẩu (chỉ hiện một lần, xin ghi lại): {password}")


@account_group.command("password")
@click.argument("user_name", metavar="TÊN-ĐĂNG-NHẬP", type=TEXT)
@click.pass_context
def password_command(ctx: click.Context, user_name: str) -> None:
    """Đặt mật khẩu mới cho một tài khoản; người ấy phải đăng nhập lại ở mọi nơi."""
    office = the_office(ctx)
    database = office.connect()
    found = next((one for one in accounts(database) if one.user_name == user_name.lower()), None)
    if found is None:
        raise NotFound(f"Không có tài khoản “{user_name}”. Xem bằng “hoso account list”.")
    password = fresh_password()
    with office.locked():
        change_password(database, found.id, password, actor=actor())
    click.echo(f"Mật khẩu mới của {found.user_name} (chỉ hiện một lần, xin ghi lại): {password}")


COMMANDS = (account_group,)
