"""Commands about what an office decides beside the rules: what an approver lets pass."""

from __future__ import annotations

import click
from sqlite_utils import Database

from archive.campaigns.loading import find_campaign
from archive.campaigns.running import situation_of
from archive.campaigns.waivers import STATES, campaign_waivers, waive
from archive.office.accounts import Account, accounts
from commands.console import actor, as_json, print_json, table, the_office
from commands.wording import TEXT, command


def account_at_work(database: Database) -> Account | None:
    """The account that `HOSO_USER` names; None for the command line itself or a name nobody has."""
    return next((one for one in accounts(database) if one.user_name == actor()), None)


@command("waive")
@click.argument("dossier", type=TEXT, required=False)
@click.argument("rule", metavar="QUY-TẮC", type=TEXT, required=False)
@click.option("--reason", type=TEXT, help="Lý do chấp nhận ngoại lệ, in trong phiếu.")
@click.option("--document", type=TEXT, help="Văn bản làm căn cứ, in trong phiếu.")
@click.option("--list", "period", metavar="ĐỢT", type=TEXT, help="Danh sách ngoại lệ của một đợt, ví dụ 2018.")
@click.option("--unit", type=TEXT, help="Mã đơn vị chủ trì, khi nhiều đơn vị cùng mở đợt ấy.")
@as_json
@click.pass_context
def waive_command(
    ctx: click.Context, dossier: str | None, rule: str | None, reason: str | None, document: str | None,
    period: str | None, unit: str | None, json_output: bool,
) -> None:  # fmt: skip
    """Chấp nhận ngoại lệ cho một điểm chưa đúng quy định (người duyệt, ghi trong HOSO_USER), hoặc xem danh sách."""
    office = the_office(ctx)
    database = office.connect()
    if period:
        _list(database, period, unit, json_output)
        return
    if not (dossier and rule):
        raise click.UsageError("Phải ghi mã hồ sơ và mã quy tắc, hoặc --list ĐỢT để xem danh sách.")
    with office.locked():
        made = waive(
            database, dossier, rule, reason=reason or "", document=document or "", account=account_at_work(database)
        )
    if json_output:
        print_json({"dossier_id": dossier, "rule_id": made.rule_id, "given_at": made.given_at})
    else:
        click.echo(
            f"Đã chấp nhận ngoại lệ cho quy tắc {made.rule_id}: {made.message}. "
            "Phiếu được lập và lưu vào hồ sơ ở lần chạy đợt tới."
        )


def _list(database: Database, period: str, unit: str | None, json_output: bool) -> None:
    found = campaign_waivers(situation_of(database, find_campaign(database, period, unit)))
    if json_output:
        print_json([one.as_dict() for one in found])
        return
    table(
        ["Hồ sơ", "Đối tượng", "Đơn vị", "Quy tắc", "Lý do", "Văn bản", "Người duyệt", "Ngày", "Tình trạng"],
        [
            (
                one.dossier_id, one.subject, one.unit, one.waiver.rule_id, one.waiver.reason, one.waiver.document,
                one.waiver.approver_name, one.waiver.given_at[:10], STATES[one.state],
            )
            for one in found
        ],
    )  # fmt: skip


COMMANDS = (waive_command,)
